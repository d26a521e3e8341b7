"""Lines as a splitter sees them: each with how it stands among its neighbours."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from treatynlp.text import Line

_SPACED = re.compile(r"^(?:\S ){3,}\S(?=\s|$)")
_SMALL = re.compile(r"[a-zà-ÿ]")
_ENDED = re.compile(r"""[.;:!?…]["”’'»)\]]*$|[.;:,]\s*(?:and|or|and/or)$""")


@dataclass(frozen=True, slots=True)
class Row:
    """A line, with its words tidied for reading, and how it stands.

    `indent` is the distance from its column's left edge in points; `slack` what is free on its right; `gap` the
    step from the line above as a multiple of the usual step (0.0 at the head of a page or column); `loud` when it is set
    apart from running text by weight, slant, size or capitals; `centred` between its column's edges.
    """

    line: Line
    text: str
    indent: float
    slack: float
    gap: float
    loud: bool
    centred: bool
    style: tuple[bool, bool, bool, bool]

    @property
    def ended(self) -> bool:
        """Whether a sentence or a list item ends with the line."""
        return bool(_ENDED.search(self.text))

    @property
    def head(self) -> bool:
        """Whether the line stands at the head of a page or column, where no gap can be seen."""
        return self.gap == 0.0


def rows(lines: Sequence[Line]) -> list[Row]:
    """The rows of a document's lines, in the same order."""
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
    return result


def _row(line: Line, above: Line | None, edges: tuple[float, float], step: float, plain: tuple[bool, bool, float]) -> Row:
    left, right = edges
    indent, slack = line.box[0] - left, right - line.box[2]
    gap = (line.box[1] - above.box[1]) / step if above is not None and step else 0.0
    text = _tidied(line.text)
    capitals = not _SMALL.search(text) and sum(map(str.isalpha, text)) >= 3
    bold, italic, larger = line.bold and not plain[0], line.italic and not plain[1], line.size > 1.12 * plain[2] > 0
    width = right - left
    centred = width > 0 and indent > 0.04 * width and slack > 0.04 * width and abs(indent - slack) < 0.06 * width
    style = (bold, italic, capitals, centred)
    return Row(line, text, indent, slack, max(gap, 0.01) if above else 0.0, bold or italic or capitals or larger, centred, style)


def _tidied(text: str) -> str:
    """The words with letter-spacing at their beginning closed ("A r t i c l e 1")."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text) if _SPACED.match(text) else text


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down one page or column."""
    column: list[Line] = []
    for line in lines:
        if column and (line.page != column[-1].page or line.box[1] < column[-1].box[1] - 2 * line.size):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _usual_step(columns: Sequence[Sequence[Line]]) -> float:
    steps = [b.box[1] - a.box[1] for column in columns for a, b in zip(column, column[1:], strict=False)]
    steps = [round(step, 1) for step in steps if step > 1]
    return median(steps) if steps else 0.0


def _plain(lines: Sequence[Line]) -> tuple[bool, bool, float]:
    """The look of running text: bold?, italic?, letter height."""
    looks: Counter[tuple[bool, bool]] = Counter()
    sizes: Counter[float] = Counter()
    for line in lines:
        looks[line.bold, line.italic] += len(line.text)
        sizes[round(line.size * 2) / 2] += len(line.text)
    look = max(looks, key=lambda key: (looks[key], key), default=(False, False))
    return *look, max(sizes, key=lambda key: (sizes[key], key), default=0.0)


def _edges(columns: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Left and right edge of each column; a column with few lines takes the right edge of its likes."""
    rights: dict[int, list[float]] = defaultdict(list)
    lefts = [_left(column) for column in columns]
    for column, left in zip(columns, lefts, strict=True):
        rights[round(left / 12)].append(max(line.box[2] for line in column))
    usual = {left: sorted(found)[(len(found) - 1) // 2] for left, found in rights.items()}
    return [
        (left, max(usual[round(left / 12)], max(line.box[2] for line in column)) if len(column) < 8 else max(line.box[2] for line in column))
        for column, left in zip(columns, lefts, strict=True)
    ]


def _left(column: Sequence[Line]) -> float:
    return min(line.box[0] for line in column)
