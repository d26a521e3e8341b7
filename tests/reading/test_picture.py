"""The picture of how a page was read: each line boxed in the colour of its role, where it stands on the page."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from support.sources import SPECIMENS
from support.sources import document as document_of
from support.sources import treaty as treaty_of
from treatynlp.errors import DataError
from treatynlp.reading import Document
from treatynlp.reading.picture import DOTS, FURNITURE, HEADING, MARGIN, TEXT, picture
from treatynlp.structure.page_boxes import headings
from treatynlp.text import Line

PATH = SPECIMENS[0]
PAGE = 2


def drawn(document: Document, page: int = PAGE) -> Image.Image:
    written = picture(PATH.read_bytes(), document, page, headings(treaty_of(PATH), page))
    return Image.open(io.BytesIO(written)).convert("RGB")


def corner(line: Line) -> tuple[int, int]:
    """The dot at the upper left corner of the line's box."""
    return round(MARGIN + line.box[0] * DOTS / 72), round(line.box[1] * DOTS / 72)


def has(image: Image.Image, line: Line, colour: tuple[int, int, int]) -> bool:
    x, y = corner(line)
    return any(image.getpixel((x + dx, y + dy)) == colour for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def test_every_line_is_boxed_in_the_colour_of_its_role() -> None:
    document, boxes = document_of(PATH), headings(treaty_of(PATH), PAGE)
    image = drawn(document)
    lines = [line for line in document.lines if line.page == PAGE]
    assert boxes
    assert lines
    assert [line.text for line in lines if not has(image, line, (HEADING if line.box in boxes else TEXT).colour)] == []
    heads = [line for line in document.furniture if line.page == PAGE]
    assert heads
    assert all(has(image, line, FURNITURE.colour) for line in heads)


def test_a_line_read_as_something_else_changes_colour() -> None:
    document = document_of(PATH)
    moved = next(line for line in document.lines if line.page == PAGE and len(line.text) > 60)
    rows = tuple(row for row in document.rows if row.line != moved)
    image = drawn(replace(document, rows=rows, furniture=(*document.furniture, moved)))
    assert has(image, moved, FURNITURE.colour)


def test_headings_stand_on_the_page_they_are_printed_on() -> None:
    treaty = treaty_of(PATH)
    article = treaty.articles[3]
    line = treaty.text.origin(article.span.start)
    assert line.box in headings(treaty, article.page)
    assert headings(treaty, 999) == ()


def test_the_same_page_gives_the_same_bytes() -> None:
    assert picture(PATH.read_bytes(), document_of(PATH), 1) == picture(PATH.read_bytes(), document_of(PATH), 1)


@pytest.mark.parametrize("page", [0, -1, 999])
def test_a_page_that_is_not_there_is_refused_with_the_pages_there_are(page: int) -> None:
    with pytest.raises(DataError, match=r"pages 1 to \d+"):
        drawn(document_of(PATH), page)
