"""How a page is printed, painted by hand: columns, and marks of notes behind numbers."""

import pytest

from support.pdf_pages import TOP, typed
from support.structure_attacks import bound
from treatynlp.reading import read
from treatynlp.reading.layout import ordered
from treatynlp.reading.pdf import pages
from treatynlp.structure import split

DUTY = (
    "Each Party shall keep its",
    "lamps lit at night, and in",
    "fog it shall ring a bell for",
    "ships that come near.",
)


def numbers(data: bytes) -> list[str]:
    return [one.label for one in split(read(data, "lamps.pdf"), "lamps").articles]


def in_columns(left: tuple[int, ...], size: float, articles: int) -> bytes:
    """Articles of five lines each, seven to a column, one column after the other, page by page."""
    painted: list[list[bytes]] = []
    for at in range(articles):
        page, place = divmod(at, 7 * len(left))
        painted += [[]] if page == len(painted) else []
        column, row = divmod(place, 7)
        lines = (f"Article {at + 1}", *DUTY)
        painted[page] += [typed(line, TOP - 90 * row - 14 * n, size, left=left[column]) for n, line in enumerate(lines)]
    return bound([b"".join(one) for one in painted])


COLUMNS = [
    ("three columns", (50, 220, 390), 12),
    ("three narrow columns, wide gaps between", (70, 240, 410), 9),
    ("three narrow columns, small gaps", (100, 235, 370), 9.5),
]


@pytest.mark.parametrize(("reason", "left", "size"), COLUMNS, ids=[row[0] for row in COLUMNS])
def test_columns_are_read_one_after_the_other(reason: str, left: tuple[int, ...], size: float) -> None:
    """The last page has a column and a half."""
    assert numbers(in_columns(left, size, 31)) == [str(number) for number in range(1, 32)], reason


MARKS = [
    ("small and raised", 7, 4),
    ("as large as the number, and raised", 12, 4),
    ("as large, and hardly raised", 12, 3),
]


@pytest.mark.parametrize(("reason", "size", "up"), MARKS, ids=[row[0] for row in MARKS])
def test_a_raised_figure_behind_a_number_is_a_mark(reason: str, size: float, up: float) -> None:
    painted = []
    for number in range(1, 7):
        down = TOP - 60 * number
        painted += [typed(f"Article {number}", down), typed("The Parties shall keep their lamps lit.", down - 20)]
        if number in (3, 5):  # "Article 3" is 46 points wide
            painted.append(typed("1", down + up, size, left=72 + 46))
    assert numbers(bound([b"".join(painted)])) == list("123456"), reason


def test_a_watermark_on_a_page_of_few_lines_is_one_too() -> None:
    """The last page has a line above it, and nothing under it."""
    mark = b"BT /F 120 Tf 0.7 0.7 -0.7 0.7 180 300 Tm (DRAFT) Tj ET\n"
    lines = (f"Article {number}" if row == 0 else DUTY[row - 1] for number in (1, 2, 3, 4) for row in range(5))
    first = b"".join(typed(line, TOP - 24 * row) for row, line in enumerate(lines))
    last = typed("Article 5", TOP) + typed("The Parties shall keep their lamps lit.", TOP - 24)
    document = read(bound([mark + first, mark + last]), "lamps.pdf")
    assert "DRAFT" not in " ".join(row.text for row in document.rows)


def test_columns_one_of_which_has_short_lines() -> None:
    """A second language that says it shorter: half of its lines end soon; hardly a line crosses the middle."""
    left, right = (
        (" ".join(DUTY[:2]), "and the wicks of its lamps dry and clean."),
        ("Chaque Partie tient ses lampes claires la nuit", "des ports."),
    )
    lines = [
        typed(words, TOP - 14 * (12 * article + row), 9, left=column)
        for article in range(4)
        for column, pair in ((50, left), (320, right))
        for row, words in enumerate((f"Article {article + 1}", *pair * 4))
    ]
    found = ordered(list(pages(bound([b"".join(lines)]), "lamps.pdf")))[0]
    assert [round(line.box[0]) for line in found] == [50] * 36 + [320] * 36
