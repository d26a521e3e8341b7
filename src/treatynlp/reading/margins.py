"""What is printed over or beside the text of a page: numbers of lines, notes in the margin, a watermark.

It is taken away before lines are set together, since it stands on their level; it is kept apart as furniture.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from treatynlp.reading.margin_titles import with_margin_titles
from treatynlp.reading.pdf import Page
from treatynlp.text import Line

LARGE = 1.8
"""Letters so many times as high as the text's that lie over lines of it are a watermark (DRAFT, COPY, EMBARGO)."""
SMALL = 0.85
"""Notes in the margin have letters lower than this share of the text's (acts of the Westminster kind, old prints)."""
NARROW = 0.25
"""And they are no wider than this share of the page."""
OUTER = 0.28
"""The margin lies within this share of the page's width from its edge; a short centred title does not."""
APART = 4.0
"""Points between the margin and the text's edge."""
A_LINE = 8
"""Letters that count once when the usual size is asked for."""
FIGURES, EVERY = 3, 5
"""A line's number has no more figures, and every line is numbered, or each fifth."""
NEARLY_ALL = 0.8
"""Share of the steps from number to number that count so: one may be hidden by a note."""
OUTERMOST = 20
"""One in so many lines may reach into the margin (a heading, a long word) without moving the text's edge."""
STAMP = 40
"""A watermark has fewer letters: more in so large a type are a title."""
FEW, CHAIN = 5, 6
"""Fewer lines than FEW show no edges; at least CHAIN numbers one after the other are numbers of lines."""


def without_margins(pages: Sequence[Page]) -> tuple[list[Page], tuple[Line, ...]]:
    """The pages without what is printed over or beside their text, and those lines; titles in the margin beside a
    bare number stand above it."""
    pages, beside = with_margin_titles(pages)
    cleared, aside = [], list(beside)
    found = [_aside(page) for page in pages]
    marks = {(line.text, _place(line)) for page, gone in zip(pages, found, strict=True) for line in page.lines
             if id(line) in gone and _is_large(line, page)}  # fmt: skip
    for page, gone in zip(pages, found, strict=True):
        # on a page with few lines it lies over none of them
        gone |= {id(line) for line in page.lines if (line.text, _place(line)) in marks}
        cleared.append(
            replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)) if gone else page
        )
        aside += [line for line in page.lines if id(line) in gone]
    return cleared, tuple(aside)


def _aside(page: Page) -> set[int]:
    # By how much is set in each size, not by how many lines: notes are many and short.
    sizes = sorted((line.size, len(line.text)) for line in page.lines)
    size = _usual([one for one, length in sizes for _ in range(length // A_LINE + 1)])
    found = [*_line_numbers(page.lines), *_notes(page, size), *_watermark(page.lines, size)]
    return {id(line) for line in found}


def _is_large(line: Line, page: Page) -> bool:
    return line.size > LARGE * _usual([one.size for one in page.lines])


def _place(line: Line) -> tuple[int, ...]:
    return tuple(round(edge / 2) for edge in line.box)


def _usual(sizes: Sequence[float]) -> float:
    return median(sizes) if sizes else 0.0


def _line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Bare numbers one below the other outside the text's edges, that count every line or every fifth."""
    bare = sorted(
        (line for line in lines if line.text.isdecimal() and len(line.text) <= FIGURES), key=lambda one: one.box[1]
    )
    if len(bare) < CHAIN:
        return []
    others = [line for line in lines if not line.text.isdecimal()]
    left, right = min((one.box[0] for one in others), default=0.0), max((one.box[2] for one in others), default=0.0)
    # Outside the text's edges: the numbers of a table, or of paragraphs, count one below the other as well.
    outside = [line for line in bare if line.box[2] < left or line.box[0] > right]
    steps = [int(below.text) - int(above.text) for above, below in pairwise(outside)]
    counting = max(steps.count(1), steps.count(EVERY))
    return outside if counting >= CHAIN - 1 and counting >= NEARLY_ALL * len(steps) else []


def _notes(page: Page, size: float) -> list[Line]:
    """Small lines wholly beside the text, in a margin of their own."""
    text = [line for line in page.lines if line.size >= SMALL * size]
    if len(text) < FEW:
        return []
    # Not the outermost of them: one line that reaches into the margin would leave no margin.
    left = sorted(line.box[0] for line in text)[len(text) // OUTERMOST]
    right = sorted(line.box[2] for line in text)[-1 - len(text) // OUTERMOST]
    # Margins lie outside the text and near the page's edge: a short line of a centred title is only outside.
    inner = (1 - OUTER) * page.width
    # Between the first and the last line of the text: small print above is a head, below it a footnote.
    top, bottom = min(line.box[1] for line in text), max(line.box[3] for line in text)
    return [
        line
        for line in page.lines
        if line.size < SMALL * size
        and line.box[2] - line.box[0] < NARROW * page.width
        and (line.box[2] < min(left - APART, OUTER * page.width) or line.box[0] > max(right + APART, inner))
        and top <= line.box[1] <= bottom
    ]


def _watermark(lines: Sequence[Line], size: float) -> list[Line]:
    """Very large letters that lie over lines of the text."""
    large = [line for line in lines if line.size > LARGE * size > 0 and len(line.text) < STAMP]
    # Over two lines at least: a large initial lies over the line that it begins.
    return [one for one in large if sum(_overlaps(one, line) for line in lines if line.size <= LARGE * size) >= 2]


def _overlaps(one: Line, line: Line) -> bool:
    """Whether the first covers the middle of the other's height, somewhere along it."""
    middle = (line.box[1] + line.box[3]) / 2
    across = min(one.box[2], line.box[2]) - max(one.box[0], line.box[0])
    return one.box[1] < middle < one.box[3] and across > 0
