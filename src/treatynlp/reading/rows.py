"""The seam between reading and structure: rows, each a line with how it stands among its neighbours.

Here they are made from printed lines, by measuring; formats that say themselves what is a paragraph, how far in it
stands and what is a title make theirs in `paragraphs`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pydantic import ConfigDict

from treatynlp.text import Line
from treatynlp.words import WordFile, language_codes, words

_SPACED = re.compile(r"^(?:\S ){3,}\S(?=\s|$)")
LARGER = 1.12
"""Letters so many times as high as running text's are a heading's; less may be another font of the same size."""
SET_IN, SET_IN_PLAIN, OFF_CENTRE = 0.04, 0.1, 0.06
"""Shares of a column's width: free on both sides of a centred line that is loud, or plain (an indented line of running
text can be free on the right by chance, but not by a tenth), and by which the two sides may differ."""
CAPITALS = 3
"""Letters from which on a line without a small one is printed in capitals: "EU" or "II" is no heading."""
NEXT_LINE = 0.7
"""A step lower than this share of the letters leads to a raised mark, and to no line."""
LOW = 5
"""The usual step is the lowest fifth's highest: many steps go over the space between two paragraphs."""
LIKE = 12
"""Points on which left edges are rounded: columns of one layout begin at nearly the same place (a sixth of an inch)."""
LEAST = 0.01
"""A gap is never nought below another line, for nought says that nothing stands above: lines on one level (a number
beside its heading) have something above."""
FEW = 8
"""A column of fewer lines takes the right edge of its likes: none of its own need reach it."""
_SMALL = re.compile(r"[a-zà-ÿ]")


class _Joins(WordFile):
    model_config = ConfigDict(extra="ignore")
    joins: tuple[str, ...]


class _Parts(WordFile):
    """What of parts.yml stands before the last of a list."""

    model_config = ConfigDict(extra="ignore")
    reference: _Joins


@cache
def _ended() -> re.Pattern[str]:
    """A sentence's end, or a list item's with the word that leads to the next; of every language that is known, as
    these words end no line of another behind a mark; a word of these on a line of its own too."""
    joins = {word for language in language_codes() for word in words(language).read("parts", _Parts).reference.joins}
    joined = "|".join(sorted(joins))
    return re.compile(rf"""[.;:!?…]["”’'»)\]]*$|[.;:,]\s*(?:(?:{joined})(?:/(?:{joined}))?)$|^(?:{joined})$""")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with how it stands among its neighbours: what every reader hands over, whatever its source's format.

    `indent` is how far in it begins and `slack` what is free behind it, in points of a column `measure` points wide;
    `gap` the step from the row above as a multiple of the usual step (0.0 at the head of a page or column, 1.0 inside
    a paragraph); `loud` when it is set apart from running text by weight, slant, size or capitals; `centred` between
    its column's edges. `style` is (bold, italic, capitals, centred), as far as they differ from running text.
    """

    line: Line
    indent: float
    slack: float
    measure: float
    gap: float
    loud: bool
    centred: bool
    style: tuple[bool, bool, bool, bool]

    @property
    def text(self) -> str:
        """The words with letter-spacing at their beginning closed ("A r t i c l e 1")."""
        return tidied(self.line.text)

    @property
    def ended(self) -> bool:
        """Whether a sentence or a list item ends with the line."""
        return bool(_ended().search(self.text))

    @property
    def head(self) -> bool:
        """Whether the line stands at the head of a page or column, where no gap can be seen."""
        return self.gap == 0.0


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool
    italic: bool
    size: float


def printed_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of the lines of printed pages, in the same order: measured against the edges of their column, the usual
    step from line to line, and the look of running text."""
    columns = list(_columns(lines))
    step = _usual_step(columns)
    plain = _plain(lines)
    edges = _edges(columns)
    result: list[Row] = []
    for column, (left, right) in zip(columns, edges, strict=True):
        above: Line | None = None
        for line in column:
            result.append(_row(line, above, (left, right), step, plain))
            above = line
    return tuple(result)


def _row(line: Line, above: Line | None, edges: tuple[float, float], step: float, plain: _Look) -> Row:
    left, right = edges
    indent, slack, width = line.box[0] - left, right - line.box[2], right - left
    gap = max((line.box[1] - above.box[1]) / step, LEAST) if above is not None and step else 0.0
    capitals = in_capitals(line.text)
    bold, italic = line.bold and not plain.bold, line.italic and not plain.italic
    loud = bold or italic or capitals or line.size > LARGER * plain.size
    free = (SET_IN if loud else SET_IN_PLAIN) * width
    centred = min(indent, slack) > free > 0 and abs(indent - slack) < OFF_CENTRE * width
    return Row(
        line=line,
        indent=indent,
        slack=slack,
        measure=width,
        gap=gap,
        loud=loud,
        centred=centred,
        style=(bold, italic, capitals, centred),
    )


def tidied(text: str) -> str:
    """The words with letter-spacing at their beginning closed.

    >>> tidied("A r t i c l e 1")
    'Article1'
    """
    if text[1:2] != " ":
        return text
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text) if _SPACED.match(text) else text


def in_capitals(text: str) -> bool:
    """Whether the words are printed in capitals: three letters or more, none of them small."""
    return not _SMALL.search(text) and sum(map(str.isalpha, text)) >= CAPITALS


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down one page or column."""
    column: list[Line] = []
    for line in lines:
        # Up by more than two lines: raised marks, and pieces of one line, go up a little.
        if column and (line.page != column[-1].page or line.box[1] < column[-1].box[1] - 2 * line.size):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _usual_step(columns: Sequence[Sequence[Line]]) -> float:
    """The step from line to line inside a paragraph: a low one, as many steps go over the space between two."""
    steps = sorted(
        below.box[1] - above.box[1]
        for column in columns
        for above, below in pairwise(column)
        if below.box[1] - above.box[1] > NEXT_LINE * below.size
    )
    return steps[len(steps) // LOW] if steps else 0.0


def _plain(lines: Sequence[Line]) -> _Look:
    """The look of running text: what most characters have."""
    looks: Counter[tuple[bool, bool]] = Counter()
    sizes: Counter[float] = Counter()
    for line in lines:
        # By letters: an instrument may have more lines of titles than of text, and never more letters.
        looks[line.bold, line.italic] += len(line.text)
        sizes[round(line.size * 2) / 2] += len(line.text)
    bold, italic = max(looks, key=lambda look: (looks[look], look), default=(False, False))
    return _Look(bold, italic, max(sizes, key=lambda size: (sizes[size], size), default=0.0))


def _edges(columns: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Left and right edge of each column; a column with few lines takes the right edge of its likes."""
    lefts = [min(line.box[0] for line in column) for column in columns]
    rights = [max(line.box[2] for line in column) for column in columns]
    likes: dict[int, list[float]] = defaultdict(list)
    for left, right in zip(lefts, rights, strict=True):
        likes[round(left / LIKE)].append(right)
    # The middle one: a line that reaches into the margin is no column's edge.
    usual = {left: sorted(found)[(len(found) - 1) // 2] for left, found in likes.items()}
    return [
        (left, max(right, usual[round(left / LIKE)]) if len(column) < FEW else right)
        for column, left, right in zip(columns, lefts, rights, strict=True)
    ]
