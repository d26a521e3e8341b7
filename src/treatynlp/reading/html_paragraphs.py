"""Blocks of a web page → paragraphs: blanks closed up as a browser does, each character with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from treatynlp.reading.html_blocks import Block, TextRun
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


@dataclass(slots=True)
class _Closing:
    """The words of a block as they are set together: each character with its place in the page's text (None where a
    browser prints what stands nowhere), the blanks before the first, and how many letters look how."""

    text: list[str] = field(default_factory=list)
    index: list[int | None] = field(default_factory=list)
    blanks: int = 0
    letters: int = 0
    bold: int = 0
    italic: int = 0

    def add(self, piece: TextRun, at: int, char: str) -> None:
        place = None if piece.index is None else piece.index + at
        if char.isspace():
            self.blank(piece, place, char)
        elif char not in _UNSEEN and char.isprintable():
            self.text.append(char)
            self.index.append(place)
            own = piece.index is not None  # an item's number, which a browser prints, has no look of its own
            self.letters += own
            self.bold += own * piece.look.bold
            self.italic += own * piece.look.italic

    def blank(self, piece: TextRun, place: int | None, char: str) -> None:
        """One blank for a run of them, as a browser does; before the first word none, but where the page's author
        moved it in by blanks that do not break."""
        if self.text and self.text[-1] != " ":
            self.text.append(" ")
            self.index.append(place if char == " " else None)
        elif not self.text and (char == "\xa0" or piece.look.pre):
            self.blanks += 1


def _closed(block: Block) -> Paragraph:
    """A block's words with every run of blanks closed up to one, and characters without shape left out."""
    words = _Closing()
    for piece in block.pieces:
        for at, char in enumerate(piece.text):
            words.add(piece, at, char)
    text = "".join(words.text).removesuffix(" ")
    runs = tuple(_runs(words.index[: len(text)])) or ((0, 0, 0),)
    bold, italic = words.bold > MOST * words.letters, words.italic > MOST * words.letters
    line = Line(text=text, page=1, box=NOWHERE, index=runs[0][2], size=0.0, bold=bold, italic=italic, runs=runs)
    return Paragraph(line, block.look.inset + NBSP_POINTS * words.blanks, block.look.centred, block.wrapped)


def _runs(index: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """The stretches of characters that stand side by side in the page's text."""
    start, place = 0, None
    for at, here in enumerate([*index, None]):
        if place is not None and (here is None or here != place + at - start):
            yield start, at, place
            place = None
        if place is None and here is not None:
            start, place = at, here
