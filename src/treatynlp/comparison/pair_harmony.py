"""How far every two instruments agree, over the topics known in both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.counts import Counts, Table
from treatynlp.comparison.harmonisation import Terms, agreements


@dataclass(frozen=True, slots=True)
class PairHarmony:
    """How far two instruments agree over the topics known in both.

    `thematic` = topics both regulate / topics either regulates (Jaccard); `index` = Σ h over those topics / topics
    either regulates; `index_low`/`index_high` count topics unknown in one of them as lacking / as agreed upon.
    """

    left: str
    right: str
    both: int
    either: int
    unknown: int
    thematic: float | None
    index: float | None
    index_low: float | None
    index_high: float | None


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many topics two instruments share, in each sense of `Counts`; and `agreed`, the sum of h over them."""

    both: float
    either: float
    unknown: float
    possible: float
    of_other: float
    assessed: float
    agreed: float


def harmonise_pairs(cells: Iterable[Cell], said: Mapping[tuple[str, str], Terms]) -> tuple[PairHarmony, ...]:
    """One row for every two instruments, in the order the cells come."""
    counts = Counts.of(cells)
    tables = {
        "both": counts.both,
        "either": counts.either,
        "unknown": counts.unknown,
        "possible": counts.possible,
        "of_other": counts.of_other,
        "assessed": counts.assessed,
        "agreed": _agreed(counts, said),
    }
    return tuple(
        _pair(counts.ids[a], counts.ids[b], _Counted(**{name: float(table[a, b]) for name, table in tables.items()}))
        for a, b in combinations(range(len(counts.ids)), 2)
    )


def _agreed(counts: Counts, said: Mapping[tuple[str, str], Terms]) -> Table:
    """The sum of h over all topics, of every two instruments."""
    agreed = np.zeros((len(counts.ids), len(counts.ids)))
    for row in counts.cells:
        # Only those that have the topic: h is nought beside any other, and most cells of a row are empty.
        found = [(n, cell) for n, cell in enumerate(row) if cell is not None and cell.found]
        at = [n for n, _ in found]
        agreed[np.ix_(at, at)] += agreements([cell for _, cell in found], said).whole
    return agreed


def _pair(left: str, right: str, of: _Counted) -> PairHarmony:
    """The indices of two instruments. Topics unknown in one of them count as lacking in the lowest, as agreed upon in
    the highest; where nothing is known in both, neither bound says anything."""
    lowest, highest = of.either + of.of_other, of.either + of.possible
    return PairHarmony(
        left=left,
        right=right,
        both=int(of.both),
        either=int(of.either),
        unknown=int(of.unknown),
        thematic=of.both / of.either if of.either else None,
        index=of.agreed / of.either if of.either else None,
        index_low=of.agreed / lowest if of.assessed and lowest else None,
        index_high=(of.agreed + of.possible) / highest if of.assessed and highest else None,
    )
