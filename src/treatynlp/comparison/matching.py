"""Which units of two instruments answer each other: one to one at first, by global assignment, or none.

What is left over may join a counterpart that is already taken (1:n). A search and seizure article then meets an article
on searches and another on seizures; at which depth each is shown is `refining`'s to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from treatynlp.comparison.bags import Matrix
from treatynlp.comparison.likeness import Stacked, Weights, features, probability
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.units import Coded, Unit, inner_units, units


class Match(NamedTuple):
    """Two units (or parts of them) that answer each other, with the probability that they do."""

    left: str
    right: str
    score: float


MATCHED = 0.7
"""The score from which on two provisions are said to match; below it they are candidates that a reader must judge. Of
85 judged pairs 10 of 14 between 0.6 and 0.7 were right, 63 of 71 from there on."""


@dataclass(frozen=True, slots=True)
class Side:
    """One instrument's candidates: its units first, then the parts of units that are about something of their own."""

    coded: Coded
    units: tuple[Unit, ...]
    parts: tuple[Unit, ...]
    stacked: Stacked

    @classmethod
    def of(cls, record: Record, rules: Rules) -> "Side":
        coded = Coded.of(record, rules)
        found = units(coded)
        inside = tuple(part for unit in found for part in inner_units(coded, unit))
        return cls(coded, found, inside, Stacked.of((*found, *inside)))

    @property
    def all(self) -> tuple[Unit, ...]:
        return (*self.units, *self.parts)

    def home(self, eid: str) -> str:
        """The article a provision stands in; itself where it stands in none."""
        at = self.coded.where[eid]
        return at.article if at.in_article else eid


def match(left: Side, right: Side, weights: Weights) -> list[Match]:
    """The units that answer each other: one to one, then what is left over joins what is taken."""
    if not left.units or not right.units:
        return []
    scores = probability(features(left.stacked, right.stacked), weights)
    return [Match(left.all[a].eid, right.all[b].eid, weights.sure(float(scores[a, b])))
            for a, b in sorted(matched(scores, (left, right), weights))]  # fmt: skip


def matched(scores: Matrix, sides: tuple[Side, Side], weights: Weights) -> set[tuple[int, int]]:
    """The pairs of candidates that answer each other, from the probabilities of all pairs."""
    left, right = sides
    # Whole units first and all at once: taken pair by pair, the likeliest pair may take what another one needs.
    found = assign(scores[: len(left.units), : len(right.units)], weights.threshold)
    found |= late_matches(found, scores, (left, right), weights)
    return found | _turned(late_matches(_turned(found), scores.T, (right, left), weights))


def _turned(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(b, a) for a, b in pairs}


def late_matches(
    found: set[tuple[int, int]], scores: Matrix, sides: tuple[Side, Side], weights: Weights
) -> set[tuple[int, int]]:
    """Left units without a counterpart that find one after all: a part of a right unit (one to one again); a right unit
    that is taken, where it is like enough; or the counterpart of a neighbour that is about the same topics."""
    units, others = sides[0].units, len(sides[1].units)
    alone = [a for a in range(len(units)) if a not in {pair[0] for pair in found}]
    # Parts come first: that a point of a list answers says more than that the list does, taken twice.
    more = {(alone[a], b + others) for a, b in assign(scores[alone, others:], weights.several)}
    for a in (a for a in alone if a not in dict(more)):
        best = int(scores[a, :others].argmax())
        beside = [b for b in _beside(a, units, found | more) if scores[a, b] >= weights.threshold]
        if scores[a, best] >= weights.several:
            more.add((a, best))
        elif beside:
            more.add((a, beside[0]))
    return more


def _beside(a: int, units: Sequence[Unit], found: set[tuple[int, int]]) -> list[int]:
    """The counterparts of a unit's neighbours that are about the same topics."""
    # Drafters split an article in two: what stands beside a provision on the same topics is answered where that one is.
    near = [c for c in (a - 1, a + 1) if 0 <= c < len(units) and _same_topics(units[a], units[c])]
    return [b for c in near for one, b in sorted(found) if one == c]


def _same_topics(one: Unit, other: Unit) -> bool:
    return bool(one.topics) and one.topics == other.topics


def assign(scores: Matrix, threshold: float) -> set[tuple[int, int]]:
    """The one-to-one pairs that together are likeliest, each above the threshold; the rest stay alone.

    A pair gains what its log-odds exceed the threshold's by; staying alone gains nothing.

    >>> sorted(assign(np.array([[0.9, 0.8], [0.8, 0.1]]), 0.5)), sorted(assign(np.array([[0.9, 0.6]]), 0.5))
    ([(0, 1), (1, 0)], [(0, 0)])
    """
    gain = np.maximum(0.0, _odds(scores) - float(_odds(np.array(threshold))))
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return {(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if gain[a, b] > 0}


def _odds(probabilities: Matrix) -> Matrix:
    return np.asarray(np.log(probabilities / (1 - probabilities)), dtype=np.float64)
