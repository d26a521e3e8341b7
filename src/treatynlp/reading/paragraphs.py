"""Paragraphs → rows: for formats that say themselves what is a paragraph and how it is set off.

A reader of such a format (a web page, a word processor's file, XML, plain text) makes one Paragraph of each and
hands them to `set_out`; nothing is measured, and a paragraph is one row however long it is.

>>> title, text = Line("Article 1", 1, NOWHERE, bold=True), Line("Lamps are lit.", 1, NOWHERE)
>>> found = set_out([Paragraph(title), Paragraph(text)])
>>> [(row.loud, row.gap > 1.25) for row in found]
[(True, False), (False, True)]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from treatynlp.reading.rows import Row, in_capitals
from treatynlp.text import Box, Line

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
"""The place of a line of a format without pages."""
MEASURE = 450.0
"""The width of a column of an A4 page in points: indents and what is free behind a line are told on its scale."""
CHARACTERS = 90
"""So many characters fill a row where the author has broken hardly any line."""
APART = 5 / 3
"""The step from one paragraph to the next, as a multiple of that from line to line: what printed pages have."""
ENDING = 0.25
"""At least this share of the measure is free behind the end of a paragraph."""
CENTRED, DEEPEST = 0.2, 0.5
"""Shares of the measure: free at least on both sides of a centred line, and by which lists are set in at the most."""
NARROWEST, FULL = 25, 0.9
"""Characters of the narrowest measure; and share of the broken lines that it holds, as some are longer by a word."""
BROKEN = 0.3
"""Where more than this share of the paragraphs are lines broken by their author, their length is the measure
(old pages that print a typewriter's page in <pre>)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, title or list item: its words with their place in the source, and how it is set off.

    `line` has the words, whether they are bold or italic, and the place of each character; `indent` is in points;
    `wrapped` when only a line break parts it from the one before.
    """

    line: Line
    indent: float = 0.0
    centred: bool = False
    wrapped: bool = False


def set_out(paragraphs: Sequence[Paragraph]) -> tuple[Row, ...]:
    """The paragraphs as rows, in the same order; those without words are left out."""
    every = [one for one in paragraphs if one.line.text]
    measure = _measure(every)
    bold, italic = _usual(every)
    return tuple(
        _row(one, above, below, (measure, bold, italic))
        for above, one, below in zip([None, *every], every, [*every[1:], None], strict=False)
    )


def _row(one: Paragraph, above: Paragraph | None, below: Paragraph | None, usual: tuple[int, bool, bool]) -> Row:
    measure, *plain = usual
    bold, italic = one.line.bold and not plain[0], one.line.italic and not plain[1]
    capitals = in_capitals(one.line.text)
    indent, slack = _edges(one, measure)
    if below is None or not below.wrapped:  # its author ended it here: its last line never runs on, however long
        slack = max(slack, ENDING * MEASURE)
    gap = 0.0 if above is None else 1.0 if one.wrapped else APART
    loud = bold or italic or capitals
    return Row(
        line=one.line,
        indent=indent,
        slack=slack,
        measure=MEASURE,
        gap=gap,
        loud=loud,
        centred=one.centred,
        style=(bold, italic, capitals, one.centred),
    )


def _edges(one: Paragraph, measure: int) -> tuple[float, float]:
    """How far in it begins, and what is free behind its last line."""
    width = len(one.line.text) / measure
    if one.centred:
        return (free := max(CENTRED, (1 - width) / 2) * MEASURE), free
    indent = min(one.indent, DEEPEST * MEASURE)
    rest = width % 1.0 or 1.0
    return indent, max(0.0, MEASURE - indent - rest * MEASURE)


def _measure(every: Sequence[Paragraph]) -> int:
    """How many characters fill a row."""
    broken = sorted(len(one.line.text) for one in every if one.wrapped)
    return max(NARROWEST, broken[int(FULL * (len(broken) - 1))]) if len(broken) > BROKEN * len(every) else CHARACTERS


def _usual(every: Sequence[Paragraph]) -> tuple[bool, bool]:
    """Whether running text itself is bold, or italic: most characters are."""
    whole = sum(len(one.line.text) for one in every)
    bold = sum(len(one.line.text) for one in every if one.line.bold)
    italic = sum(len(one.line.text) for one in every if one.line.italic)
    return 2 * bold > whole, 2 * italic > whole
