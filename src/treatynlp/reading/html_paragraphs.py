"""Blocks of a web page → paragraphs: blanks closed up as a browser does, each character with its place."""

from collections.abc import Iterable, Iterator, Sequence

from treatynlp.reading.html_blocks import Block
from treatynlp.reading.paragraphs import NOWHERE, Paragraph
from treatynlp.text import Line

NBSP_POINTS = 5.0
"""How far a non-breaking blank at a line's beginning moves it in (pages of the 1990s indent so)."""
MOST = 0.9
"""A block is bold or italic when more than this share of its letters is."""
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


def paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """The blocks as paragraphs; those without words are left out."""
    return [found for found in map(_closed, blocks) if found.line.text]


def _closed(block: Block) -> Paragraph:
    """A block's words with every run of blanks closed up to one, and characters without shape left out."""
    text: list[str] = []
    index: list[int | None] = []
    blanks, letters, bold, italic = 0, 0, 0, 0
    for piece in block.pieces:
        for at, char in enumerate(piece.text):
            place = None if piece.index is None else piece.index + at
            if char.isspace():
                if text and text[-1] != " ":
                    text.append(" ")
                    index.append(place if char == " " else None)
                elif not text and (char == "\xa0" or piece.look.pre):
                    blanks += 1
            elif char not in _UNSEEN and char.isprintable():
                text.append(char)
                index.append(place)
                own = piece.index is not None  # an item's number, which a browser prints, has no look of its own
                letters, bold, italic = letters + own, bold + own * piece.look.bold, italic + own * piece.look.italic
    if text and text[-1] == " ":
        text, index = text[:-1], index[:-1]
    runs = tuple(_runs(index)) or ((0, 0, 0),)
    line = Line(
        text="".join(text),
        page=1,
        box=NOWHERE,
        index=runs[0][2],
        size=0.0,
        bold=bold > MOST * letters,
        italic=italic > MOST * letters,
        runs=runs,
    )
    return Paragraph(line, block.look.inset + NBSP_POINTS * blanks, block.look.centred, block.wrapped)


def _runs(index: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """The stretches of characters that stand side by side in the page's text."""
    start, place = 0, None
    for at, here in enumerate([*index, None]):
        if place is not None and (here is None or here != place + at - start):
            yield start, at, place
            place = None
        if place is None and here is not None:
            start, place = at, here
