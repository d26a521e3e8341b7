"""Blocks of a web page → lines with a place, as a plain printer would set them.

The splitter reads what geometry tells: space between paragraphs, how far in a list stands, titles in the middle.
A paragraph is broken only in the middle of a sentence and before a plain word in small letters, so that no line of
our making can be taken for the beginning of a provision.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatynlp.reading.html_blocks import Block, Look
from treatynlp.text import Line

LEFT, TOP, WIDTH, SIZE = 72.0, 72.0, 450.0, 10.0
STEP, SPACE = 12.0, 20.0
"""Points from line to line inside a paragraph, and from one paragraph to the next."""
MEASURES = (90, 60, 40, 25)
"""Characters to a line: the widest at which enough steps are steps inside a paragraph."""
_BREAK = re.compile(r"(?<=[a-z,]) (?=[a-z]{4,} [a-z]{2,})")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class _Words:
    """A block's words with blanks closed up; `index` has the place of each character, None for one of ours."""

    text: str
    index: tuple[int | None, ...]
    look: Look
    bold: bool
    italic: bool
    inset: float
    wrapped: bool

    @property
    def plain(self) -> bool:
        return not (self.bold or self.italic or self.look.centred)


def typeset(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The blocks as lines of one long page, one below the other."""
    every = [words for words in map(_closed, blocks) if words.text]
    measure = _measure(every)
    top, lines = TOP - SPACE, []
    for words in every:
        top += STEP if words.wrapped else SPACE
        for start, end in _broken(words, measure):
            lines.append(_line(words, start, end, top, measure))
            top += STEP
        top -= STEP
    return tuple(lines)


def _closed(block: Block) -> _Words:
    """A block's words with every run of blanks closed up to one, and characters without shape left out."""
    text: list[str] = []
    index: list[int | None] = []
    blanks, weight = 0.0, [0, 0, 0]
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
                weight = [weight[0] + 1, weight[1] + piece.look.bold, weight[2] + piece.look.italic]
    if text and text[-1] == " ":
        text, index = text[:-1], index[:-1]
    look = block.look
    bold, italic = weight[1] > 0.9 * weight[0], weight[2] > 0.9 * weight[0]
    return _Words("".join(text), tuple(index), look, bold, italic, look.inset + 5.0 * blanks, block.wrapped)


def _measure(every: Sequence[_Words]) -> int:
    """How many characters go on a line: as the page's author broke the lines, or as few as it needs to be plain
    which steps are inside a paragraph and which between two."""
    broken = sorted(len(words.text) for words in every if words.wrapped)
    if len(broken) > 0.3 * len(every):
        return max(25, broken[int(0.9 * (len(broken) - 1))])
    for measure in MEASURES:
        inner = sum(len(list(_broken(words, measure))) - 1 for words in every)
        if inner > 0.3 * (inner + len(every)):
            return measure
    return MEASURES[-1]


def _broken(words: _Words, measure: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a block begin and end; titles are not broken."""
    start = at = 0
    for found in _BREAK.finditer(words.text) if words.plain else ():
        if found.start() - start > measure and at > start:
            yield start, at
            start = at + 1
        at = found.start()
    yield start, len(words.text)


def _line(words: _Words, start: int, end: int, top: float, measure: int) -> Line:
    left, right = _place(words, end - start, measure, last=end == len(words.text))
    box = (left, top, right, top + SIZE)
    runs = tuple(_runs(words.index[start:end]))
    index = runs[0][2] if runs else 0
    return Line(words.text[start:end], 1, box, index, SIZE, words.bold, words.italic, runs or ((0, 0, index),))


def _place(words: _Words, length: int, measure: int, last: bool) -> tuple[float, float]:
    """Left and right edge of a line; one that is not centred never stands as if it were."""
    width = min(1.0, length / measure) * WIDTH
    if words.look.centred:
        width = min(width, 0.6 * WIDTH)
        return LEFT + (WIDTH - width) / 2, LEFT + (WIDTH + width) / 2
    inset = min(words.inset, 0.5 * WIDTH)
    if not last:
        return LEFT + inset, LEFT + WIDTH
    right = min(inset + width, WIDTH)
    if abs(inset - (WIDTH - right)) < 0.08 * WIDTH and inset > 0.03 * WIDTH:
        right = max(inset + 1.0, right - 0.15 * WIDTH)
    return LEFT + inset, LEFT + right


def _runs(index: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """The stretches of characters that stand side by side in the page's text."""
    start, place = 0, None
    for at, here in enumerate([*index, None]):
        if place is not None and (here is None or here != place + at - start):
            yield start, at, place
            place = None
        if place is None and here is not None:
            start, place = at, here
