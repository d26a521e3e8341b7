"""Where the provisions of an instrument begin and end: its preamble above them, its signatures behind."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from treatynlp.reading.rows import Row
from treatynlp.structure.spacing import INSIDE
from treatynlp.structure.vocabulary import any_of, preamble_title

FURTHER = 1.2
"""A clause farther than this times the usual space between paragraphs is set apart from the last article."""
ROWS_BEFORE = 200
"""Rows before the last article's on which that space is measured: some pages, set like the last ones."""
FREE_BEHIND = 60
"""Points free behind the line above a page's head by which it is the last of its paragraph: a long word would have had
room."""
BY_SPACE, AT_HEAD = 3, 2
"""How plainly a clause is set apart (see `_apartness`)."""


def preamble_start(rows: Sequence[Row], low: int, stop: int, language: str) -> int:
    """The row in which the preamble above row `stop` begins: at its title, else below the instrument's title with
    the parties as its subject. Where a title stands right above row `stop` there is no preamble."""
    # The last title above the articles: a cover or a list of contents may have the word before it.
    titled = [at for at in range(low, stop) if preamble_title(language).match(rows[at].text)]
    if titled:
        return titled[-2] if len(titled) > 1 and titled[-1] - titled[-2] == 1 else titled[-1]
    enacting = any_of("enacting", language)
    begin = stop
    while begin > low and not (_is_title(rows[begin - 1], language) and not enacting.match(rows[begin - 1].text)):
        begin -= 1
    return next((at for at in range(begin, stop) if enacting.match(rows[at].text)), begin)


def is_preamble_title(row: Row, language: str) -> bool:
    return preamble_title(language).match(row.text) is not None


def _is_title(row: Row, language: str) -> bool:
    return (row.loud or row.centred) and not any_of("agreed", language).search(row.text)


def closing(rows: Sequence[Row], first: int, stop: int, language: str) -> int:
    """Where the witness clause or the signatures begin behind the last provision.

    A clause set apart by more space than parts the paragraphs is taken before one that is printed like one more
    paragraph of the last article: some publishers append a final formula to a text that has brought its own.
    """
    formula, pattern = any_of("formula", language), any_of("testimonium", language)
    # Measured on what goes before, too: the last article may be two lines long and show no space between paragraphs.
    apart = FURTHER * _space(rows[max(0, first - ROWS_BEFORE) : stop])
    ranks = {
        at: _apartness(rows[at - 1], rows[at], apart) for at in range(first + 1, stop) if pattern.match(rows[at].text)
    }
    # By its words alone: parts.yml says of a formula that it is never part of an article, however it is set.
    ranks |= {at: BY_SPACE for at in range(first + 1, stop) if formula.match(rows[at].text)}
    best = max(ranks.values(), default=0)
    begin = next((at for at, rank in sorted(ranks.items()) if rank == best), stop) if best else stop
    return _with_other_clause(rows, [at for at in sorted(ranks) if ranks[at]], begin)


def _with_other_clause(rows: Sequence[Row], clauses: Sequence[int], begin: int) -> int:
    """The clause of place and date may stand above the witness clause, or below; it is one formula where each
    stands once."""
    opening = [rows[at].text.split()[0].lower() for at in clauses]
    earlier = [at for at in clauses if at < begin]
    return earlier[0] if len(set(opening)) == len(opening) and earlier else begin


def _apartness(above: Row, row: Row, apart: float) -> int:
    """How plainly a line is set apart from the one above: 3 by space, 2 at the head of a page (where no space
    shows), 1 like a paragraph, 0 not at all."""
    if row.gap > apart:
        return BY_SPACE
    if row.head and (above.ended or above.slack > FREE_BEHIND):
        return AT_HEAD
    return int(above.ended and row.gap > INSIDE)


def _space(rows: Sequence[Row]) -> float:
    """The usual step from one paragraph of running text to the next, as a multiple of that between lines."""
    steps = [
        row.gap
        for above, row in pairwise(rows)
        if row.gap > INSIDE and not (row.loud or row.centred or above.loud or above.centred)
    ]
    return median(steps) if steps else 1.0
