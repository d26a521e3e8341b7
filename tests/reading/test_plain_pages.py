"""Heads and feet of pages in plain text are none of its words; what only looks like them is."""

import pytest

from treatynlp.reading.plain_pages import page_lines


def text(page: int) -> list[str]:
    return [f"Line {at} of page {page}." if at % 2 else "" for at in range(20)]


def paged(*between: str, pages: int = 5) -> list[str]:
    """Pages of the same length with these lines between them; # is the page's number."""
    lines = ["CONVENTION ON LAMPS", "", "Preamble", ""]
    for number in range(1, pages + 1):
        lines += [*text(number), *(one.replace("#", str(number)) for one in between)]
    return lines


ROWS = [
    ("a number, then the series", paged("", "#", "", "Treaty Series  2091", ""), ["#", "Treaty Series  2091"]),
    ("a head behind a form feed", paged("\fTREATY ON LAMPS  A/91", ""), ["\fTREATY ON LAMPS  A/91"]),
    ("the same on two pages", paged("\fTREATY ON LAMPS  A/91", "", pages=2), ["\fTREATY ON LAMPS  A/91"]),
    ("a line on two pages, without a form feed", paged("", "#", "", "Treaty Series", "", pages=2), []),
    ("numbers between dashes and a form feed", paged("- # -", "\fLAMPS", ""), ["- # -", "\fLAMPS"]),
    ("the title itself, again on each page", paged("#", "CONVENTION ON LAMPS"), ["#", "CONVENTION ON LAMPS"]),
    ("numbers of provisions, without a head", paged("", "#", ""), []),
    ("numbers that do not count beside a line", paged("", "7", "", "Treaty Series", ""), []),
    ("what stands under number after number", ["Preamble", "", *(["", "4", "(repealed)"] * 9)], []),
    ("a line that comes again without a number", paged("", "The Parties have agreed.", ""), []),
]


@pytest.mark.parametrize(("reason", "lines", "gone"), ROWS, ids=[row[0] for row in ROWS])
def test_lines_of_pages(reason: str, lines: list[str], gone: list[str]) -> None:
    """The title at the top stays the text's own."""
    found = page_lines(lines)
    wanted = {one.replace("#", str(number)) for number in range(1, 6) for one in gone}
    assert {lines[at] for at in found} == wanted, reason
    assert 0 not in found
