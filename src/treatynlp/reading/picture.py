"""How a page was read, drawn upon the page: what is text, in which order, and what was set aside as what.

For a person who doubts a result: `treatynlp show --page 12 FILE` writes this picture.
"""

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.drawn_at import scale
from treatynlp.reading.pdf import PDFIUM, open_pdf
from treatynlp.text import Box, Line

DOTS = 110
"""Dots an inch: a page of A4 becomes 909 × 1286, read with ease on a screen."""
MAX_PIXELS = 20_000_000
MARGIN = 36
"""Dots to the left of the page, for the numbers of the lines."""
ROW, ENTRY, ABOVE, FOOT = 20, 300, 8, 14
"""Dots of a line of the legend, of an entry across, above it (and between its colour and its name), and below it."""
SWATCH, FRAME = (24, 12), 3
"""Dots of a colour in the legend, and of the space between a column and its frame."""
LETTERS, FIGURES = 13, 10
"""Dots of the letters of the legend, and of the numbers of lines."""
VEIL, KEY = 38, 60
"""How densely (of 255) a line, which must stay readable, and a colour of the legend are covered."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Role:
    """What a line was read as, its colour, and how the legend calls it."""

    name: str
    colour: Colour


TEXT = _Role("text, numbered as read", (38, 110, 190))
HEADING = _Role("number or heading of a provision", (200, 20, 110))
COLUMN = _Role("column", (235, 140, 0))
FURNITURE = _Role("running head, foot, page number", (120, 120, 120))
CONTENTS = _Role("list of contents", (130, 80, 20))
NOTE = _Role("footnote", (20, 130, 60))
OTHER = _Role("in another language", (110, 60, 170))
LEGEND = (TEXT, HEADING, COLUMN, FURNITURE, CONTENTS, NOTE, OTHER)


def picture(data: bytes, document: Document, page: int, headings: Collection[Box] = ()) -> bytes:
    """The page (from 1) as a PNG: a box around each line in the colour of what it was read as, a legend below.

    `document` is what was read from `data`, `headings` the boxes that `structure.places.headings` gives for the page.
    Raises DataError when there is no such page, or the file has no pages to draw.
    """
    drawn, scale = _drawn(data, document.name, page)
    canvas = Image.new("RGB", (drawn.width + MARGIN, drawn.height + ROW * ((len(LEGEND) + 1) // 2) + FOOT), "white")
    canvas.paste(drawn, (MARGIN, 0))
    pen = _Pen(ImageDraw.Draw(canvas, "RGBA"), scale)
    lines = [line for line in document.lines if line.page == page]
    for at, line in enumerate(lines, 1):
        pen.line(line, HEADING if line.box in headings else TEXT)
        pen.number(at, line.box)
    for column in _columns(lines):
        pen.frame(column)
    for role, line in _aside(document):
        if line.page == page:
            pen.line(line, role)
    pen.legend(drawn.height)
    return _png(canvas)


def _aside(document: Document) -> Iterator[tuple[_Role, Line]]:
    """Every line that was set aside, with what it was read as."""
    yield from ((FURNITURE, line) for line in document.furniture)
    yield from ((CONTENTS, line) for line in document.contents)
    yield from ((NOTE, row.line) for row in document.notes)
    yield from ((OTHER, line) for line in document.others)


def _drawn(data: bytes, name: str, number: int) -> tuple[Image.Image, float]:
    """The page as it looks, and how many dots a point takes."""
    with PDFIUM:
        document = open_pdf(data, name)
        try:
            if not 1 <= number <= len(document):
                raise DataError(_no_page(name, number, len(document)))
            page = document[number - 1]
            width, height = page.get_size()
            dots = scale(width, height, DOTS, MAX_PIXELS)
            return page.render(scale=dots).to_pil().convert("RGB"), dots
        except pdfium.PdfiumError as error:
            raise DataError(issue("page-unread.drawing", f"{name} p. {number}", "error", reason=error)) from None
        finally:
            document.close()


def _no_page(name: str, number: int, pages: int) -> Issue:
    return issue("no-such-page", name, number=number, pages=pages)


def _columns(lines: Sequence[Line]) -> Iterator[Box]:
    """The outlines of the page's columns, where it has more than one: reading goes up again between them."""
    runs: list[list[Line]] = []
    for line in lines:
        if not runs or line.box[1] < runs[-1][-1].box[1] - 2 * max(line.size, 1.0):
            runs.append([])
        runs[-1].append(line)
    for run in runs if len(runs) > 1 else ():
        left, top, right, bottom = zip(*(line.box for line in run), strict=True)
        yield min(left), min(top), max(right), max(bottom)


class _Pen:
    """Draws in points of the page."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float) -> None:
        self.draw, self.scale = draw, scale
        self.font = ImageFont.load_default(LETTERS)
        self.small = ImageFont.load_default(FIGURES)

    def line(self, line: Line, role: _Role) -> None:
        self.draw.rectangle(self.dots(line.box), outline=role.colour, fill=(*role.colour, VEIL))

    def number(self, at: int, box: Box) -> None:
        left, top, _, _ = self.dots(box)
        self.draw.text((max(2.0, left - SWATCH[0]), top), str(at), fill=TEXT.colour, font=self.small)

    def frame(self, box: Box) -> None:
        left, top, right, bottom = self.dots(box)
        self.draw.rectangle((left - FRAME, top - FRAME, right + FRAME, bottom + FRAME), outline=COLUMN.colour, width=2)

    def dots(self, box: Box) -> Box:
        left, right = sorted((box[0], box[2]))
        top, bottom = sorted((box[1], box[3]))
        s = self.scale
        return MARGIN + left * s, top * s, MARGIN + right * s, bottom * s

    def legend(self, top: int) -> None:
        for at, role in enumerate(LEGEND):
            x, y = MARGIN + ENTRY * (at % 2), top + ABOVE + ROW * (at // 2)
            self.draw.rectangle((x, y, x + SWATCH[0], y + SWATCH[1]), outline=role.colour, fill=(*role.colour, KEY))
            self.draw.text((x + SWATCH[0] + ABOVE, y - 2), role.name, fill=role.colour, font=self.font)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
