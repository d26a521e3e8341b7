"""From pages to lines: furniture, columns, notes and marks. Pages are made of lines of our own; PDFs are specimens."""

from pathlib import Path

import pytest

from treatynlp.errors import DataError
from treatynlp.reading import _unread, read
from treatynlp.reading.furniture import sort_out
from treatynlp.reading.layout import ordered
from treatynlp.reading.pdf import Page
from treatynlp.text import Line

HEIGHT, WIDTH = 800.0, 600.0


def line(words: str, page: int, top: float, left: float = 70, size: float = 10, right: float | None = None) -> Line:
    return Line(words, page, (left, top, right or left + 5.0 * len(words), top + size), 0, size)


def page(number: int, *extra: Line) -> list[Line]:
    body = [line(f"words of the text, line {at} of page {number}", number, 100 + 14 * at) for at in range(20)]
    return sorted([*body, *extra], key=lambda one: one.box[1])


FURNITURE = [
    ("a running head on every page", lambda n: line("Treaty of the Lake", n, 40), 6),
    ("heads that change sides", lambda n: line(f"{n} Lake Gazette" if n % 2 else f"Lake Gazette {n}", n, 40), 6),
    ("letter-spaced feet with the page number", lambda n: line(f"L a k e  P a g e | {n}", n, 760), 6),
    ("bare page numbers", lambda n: line(str(n + 10), n, 770, left=300), 6),
    ("roman page numbers", lambda n: line(["i", "ii", "iii", "iv", "v", "vi"][n - 1], n, 770, left=300), 6),
    ("page x of y", lambda n: line(f"- {n} / 6 -", n, 770, left=300), 6),
    ("a first line of the text that is alike on some pages is none", lambda n: line(f"Article {n}", n, 300), 0),
]


@pytest.mark.parametrize(("reason", "extra", "found"), FURNITURE, ids=[row[0] for row in FURNITURE])
def test_heads_feet_and_page_numbers(reason, extra, found) -> None:  # type: ignore[no-untyped-def]
    pages = [page(number, extra(number)) for number in range(1, 7)]
    assert len(sort_out(pages, [HEIGHT] * 6, "en").furniture) == found, reason


def test_a_heading_below_a_running_head_that_names_it_is_the_texts_own() -> None:
    """Each article begins a page, and the page's head says which it is."""
    pages = [page(n, line(f"Article {n}", n, 40, left=450), line(f"Article {n}", n, 72, left=250)) for n in range(1, 7)]
    assert [(one.page, one.box[1]) for one in sort_out(pages, [HEIGHT] * 6, "en").furniture] == [
        (n, 40) for n in range(1, 7)
    ]


def test_a_number_below_a_units_word_is_no_pages_number() -> None:
    """Roman numbers of articles on lines of their own count as the pages do."""
    pages = [
        page(n, line("ARTICLE", n, 50, left=250), line(("I", "II", "III")[n - 1], n, 64, left=270)) for n in (1, 2, 3)
    ]
    assert not [one.text for one in sort_out(pages, [HEIGHT] * 3, "en").furniture if one.text.startswith("I")]


def test_footnotes_stand_in_smaller_letters_and_begin_with_a_mark() -> None:
    note = [line("1 See the annex.", 1, 700, size=8), line("and its table.", 1, 709, size=8)]
    assert [one.text for one in sort_out([page(1, *note)], [HEIGHT], "en").notes] == [
        "1 See the annex.",
        "and its table.",
    ]


def test_small_print_without_a_mark_stays_in_the_text() -> None:
    assert sort_out([page(1, line("In force since spring.", 1, 700, size=8))], [HEIGHT], "en").notes == ()


def test_a_list_of_contents_is_set_aside() -> None:
    entries = [line(f"Article {n} Boats {'.' * 30} {n + 1}", 1, 120 + 14 * n) for n in range(1, 8)]
    pages = [[line("Contents", 1, 100), *entries], page(2)]
    assert len(sort_out(pages, [HEIGHT] * 2, "en").contents) == 8


def columns() -> Page:
    left = [line(f"left column, line {at}", 1, 100 + 12 * at, left=50, right=280) for at in range(12)]
    right = [line(f"right column, line {at}", 1, 100 + 12 * at, left=310, right=540) for at in range(12)]
    title = line("A title over both columns", 1, 80, left=100, right=480)
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    return Page(1, WIDTH, HEIGHT, (title, *mixed))


def test_columns_are_read_one_after_the_other_below_what_spans_them() -> None:
    words = [one.text for one in ordered([columns()])[0]]
    assert words[0] == "A title over both columns"
    assert words[1:13] == [f"left column, line {at}" for at in range(12)]
    assert words[13:] == [f"right column, line {at}" for at in range(12)]


def test_a_page_too_short_to_show_its_columns_has_those_of_the_others() -> None:
    last = Page(
        2, WIDTH, HEIGHT, (line("end of left", 2, 100, 50, right=280), line("end of right", 2, 90, 310, right=500))
    )
    assert [one.text for one in ordered([columns(), last])[1]] == ["end of left", "end of right"]


def test_fragments_on_one_level_are_one_line_and_raised_marks_are_dropped() -> None:
    words = line("of the Lake (", 1, 100, 70, right=140)
    mark = Line("1", 1, (140, 98, 143, 103), 14, 5)
    rest = Line("), boats", 1, (143, 100, 190, 110), 15, 10)
    (found,) = ordered([Page(1, WIDTH, HEIGHT, (words, mark, rest))])[0]
    assert found.text == "of the Lake, boats"
    assert found.runs == ((0, 11, 0), (11, 18, 16))


BAD = [
    ("no bytes", b"", "source-empty"),
    ("a web page", b"<!doctype html><title>Not found</title>", "html-error-page"),
    ("something else", b"PK\x03\x04 a zip", "format-unsupported"),
    ("only the beginning of a PDF", b"%PDF-1.7\n1 0 obj\n<<", "pdf-broken"),
]


@pytest.mark.parametrize(("reason", "data", "code"), BAD, ids=[row[0] for row in BAD])
def test_what_cannot_be_read_is_refused_with_the_reason(reason: str, data: bytes, code: str) -> None:
    with pytest.raises(DataError) as refused:
        read(data, "lake.pdf")
    assert [(issue.code, issue.where) for issue in refused.value.issues] == [(code, "lake.pdf")], reason


def test_the_same_bytes_read_twice_are_the_same_document() -> None:
    data = (Path(__file__).parents[2] / "corpus" / "specimens" / "lemuria-data-2340.pdf").read_bytes()
    assert read(data, "lemuria") == read(data, "lemuria")


@pytest.mark.parametrize(
    ("failing", "rows"),
    [(1, ["x.pdf p. 2: torn."]), (2_998, ["x.pdf p. 2: torn; so do 2,997 more pages."])],
)
def test_pages_that_fail_alike_are_one_row(failing: int, rows: list[str]) -> None:
    every = [Page(1, 600, 800, ()), *(Page(n, 600, 800, (), faults=("torn",)) for n in range(2, failing + 2))]
    assert [f"{row.where}: {row.message}" for row in _unread("x.pdf", every)] == rows
