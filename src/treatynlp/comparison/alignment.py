"""Which provision of one instrument answers which of another.

Units that share a topic come first; each finds at most one counterpart by global assignment, or none; what is left over
may join a counterpart that is already taken (1:n). A search and seizure article then meets an article on searches and
another on seizures, each with the paragraphs that correspond.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from treatynlp.comparison.bags import Matrix
from treatynlp.comparison.likeness import Stacked, Weights, features, probability
from treatynlp.comparison.records import Pair, Record, same_field
from treatynlp.comparison.relation import ALIKE, Relation, duty, relation
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.terms import (
    Difference,
    comparable_elements,
    differences,
    instrument_differences,
    of_offences,
    settled,
    terms,
)
from treatynlp.comparison.units import Coded, Unit, inner_units, units
from treatynlp.comparison.unlike import broad, unlike


class Match(NamedTuple):
    """Two units (or parts of them) that answer each other, with the probability that they do."""

    left: str
    right: str
    score: float


MATCHED = 0.7
"""The score from which on two provisions are said to match; below it they are candidates that a reader must judge. Of
85 judged pairs 10 of 14 between 0.6 and 0.7 were right, 63 of 71 from there on."""


LARGER = 2.5
"""How many times longer one of two provisions must be for it to be the whole, and the other a part."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two provisions that regulate the same thing, how sure that is, and how they relate, by how many terms
    (`comparable_elements`). Of mere candidates nothing is said: they are `not_compared`; `doubt` says why a pair is
    one though its score is high."""

    left: str
    right: str
    score: float
    relation: Relation
    differs: tuple[Difference, ...] = ()
    compared: int = 0
    doubt: str = ""

    @property
    def matched(self) -> bool:
        """Whether they are said to match."""
        return self.score >= MATCHED and not self.doubt


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two instruments laid side by side: what matches or may match, and the articles that only one of them has."""

    left: Record
    right: Record
    pairs: tuple[Alignment, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]

    @property
    def same_field(self) -> bool:
        """Whether both are declared to be about one field, so that what only one of them has is missed in the other."""
        return same_field(self.left, self.right)

    @property
    def matches(self) -> tuple[Alignment, ...]:
        """The pairs that are said to match."""
        return tuple(pair for pair in self.pairs if pair.matched)


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


def align(left: Record, right: Record, rules: Rules, weights: Weights) -> Aligned:
    """Lay two instruments side by side. Without text on a side nothing matches."""
    return side_by_side(Side.of(left, rules), Side.of(right, rules), rules, weights)


def align_all(
    records: Iterable[Record],
    rules: Rules,
    weights: Weights,
    chosen: Container[Pair] | None = None,
    known: Mapping[Pair, Aligned] | None = None,
) -> tuple[Aligned, ...]:
    """Every two instruments that have a text, in the registry's order; where pairs are `chosen`, only those. `known`
    are pairs of which it was found before."""
    side = cache(lambda n: Side.of(taken[n], rules))
    taken = [record for record in records if record.treaty]
    found = known or {}
    return tuple(
        found.get(pair) or side_by_side(side(a), side(b), rules, weights)
        for a, b in combinations(range(len(taken)), 2)
        if (pair := (taken[a].id, taken[b].id)) and (chosen is None or pair in chosen)
    )


def side_by_side(left: Side, right: Side, rules: Rules, weights: Weights) -> Aligned:
    """The alignment of two instruments whose units are cut."""
    sides = left, right
    matches = finest(refine(rolled_up(match(left, right, weights), sides), sides, weights), sides, weights)
    pairs = tuple(_alignment(m, sides, rules) for m in in_order(matches, sides))
    only = _only(left, [p.left for p in pairs]), _only(right, [p.right for p in pairs])
    return Aligned(left.coded.record, right.coded.record, pairs, *only)


def _alignment(match: Match, sides: tuple[Side, Side], rules: Rules) -> Alignment:
    ends = (sides[0].coded, match.left), (sides[1].coded, match.right)
    doubt = unlike(*ends, match.score, rules) if match.score >= MATCHED else ""
    if match.score < MATCHED or doubt or broad(*ends, rules):
        return Alignment(match.left, match.right, match.score, "not_compared", doubt=doubt)
    left, right = settled(*(terms(*end, rules) for end in ends))
    if not {*left, *right} & of_offences(rules) and _lopsided(*ends):
        return Alignment(match.left, match.right, match.score, "not_compared")
    bound = [one for one in duty(*ends, rules) if one.direction != "opposed" or match.score >= ALIKE]
    found, count = (
        (*bound, *instrument_differences(differences(left, right, rules), *ends, rules)),
        comparable_elements(left, right, rules),
    )
    return Alignment(match.left, match.right, match.score, relation(found, count), found, count)


def _lopsided(left: tuple[Coded, str], right: tuple[Coded, str]) -> bool:
    """Whether one of two provisions says so much more that most of it has nothing to be compared with. An offence is
    described in few words or many."""
    lengths = sorted(coded.where[eid].provision.span.length for coded, eid in (left, right))
    return lengths[1] > LARGER * lengths[0]


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
    found = assign(scores[: len(left.units), : len(right.units)], weights.threshold)
    found |= leftover(found, scores, (left, right), weights)
    return found | _turned(leftover(_turned(found), scores.T, (right, left), weights))


def _turned(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(b, a) for a, b in pairs}


def leftover(
    found: set[tuple[int, int]], scores: Matrix, sides: tuple[Side, Side], weights: Weights
) -> set[tuple[int, int]]:
    """Left units without a counterpart that find one after all: a part of a right unit (one to one again); a right unit
    that is taken, where it is like enough; or the counterpart of a neighbour that is about the same topics."""
    units, others = sides[0].units, len(sides[1].units)
    alone = [a for a in range(len(units)) if a not in {pair[0] for pair in found}]
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


def rolled_up(matches: Sequence[Match], sides: tuple[Side, Side]) -> list[Match]:
    """Parts of two articles that only meet one another become the pair of the articles, at their best score."""
    homes = [(_home(sides[0], m.left), _home(sides[1], m.right)) for m in matches]
    rolled: dict[tuple[str, str], Match] = {}
    for home, one in zip(homes, matches, strict=True):
        alone = all((a == home[0]) == (b == home[1]) for a, b in homes)
        if not alone:
            rolled[one.left, one.right] = one
        elif home not in rolled or rolled[home].score < one.score:
            rolled[home] = Match(*home, one.score)
    return list(rolled.values())


def _home(side: Side, eid: str) -> str:
    """The article a provision stands in; itself where it stands in none."""
    return side.coded.where[eid].article if side.coded.where[eid].in_article else eid


def refine(matches: Sequence[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    """A provision with several counterparts is shown by the paragraphs that answer each, where they can be told."""
    once = [m for group in _grouped(matches, "left") for m in _told_apart(group, sides, weights)]
    turned = [Match(m.right, m.left, m.score) for m in once]
    back = [m for group in _grouped(turned, "left") for m in _told_apart(group, sides[::-1], weights)]
    return [Match(m.right, m.left, m.score) for m in back]


def _grouped(matches: Iterable[Match], side: str) -> list[list[Match]]:
    groups: dict[str, list[Match]] = {}
    for one in matches:
        groups.setdefault(getattr(one, side), []).append(one)
    return list(groups.values())


def _told_apart(group: list[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    coded = sides[0].coded
    children = coded.where[group[0].left].provision.children
    if len(group) < 2 or len(children) < len(group):
        return group
    others = [sides[1].coded.unit(sides[1].coded.where[m.right].provision) for m in group]
    inside = [coded.unit(child) for child in children]
    chances = probability(features(Stacked.of(inside), Stacked.of(others)), weights)
    best = chances.argmax(axis=1)
    if len(set(best.tolist())) < len(group):
        return group
    told = [_own_score(Match(unit.eid, group[b].right, group[b].score), float(chances[n, b]), weights)
            for n, (unit, b) in enumerate(zip(inside, best.tolist(), strict=True))]  # fmt: skip
    surest = {right: max(one.score for one in told if one.right == right) for right in {one.right for one in told}}
    return [one for one in told if one.score >= MATCHED or one.score == surest[one.right]]


def _own_score(one: Match, chance: float, weights: Weights) -> Match:
    """A part of a provision that matches is no surer than it is by its own words."""
    return one._replace(score=min(one.score, weights.sure(chance)))


def finest(matches: Sequence[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    """A whole article against one paragraph becomes that of its own paragraphs which answers it, if one does."""
    once = [_finer(one, sides, weights) for one in matches]
    turned = [_finer(Match(one.right, one.left, one.score), sides[::-1], weights) for one in once]
    return [Match(one.right, one.left, one.score) for one in turned]


def _finer(one: Match, sides: tuple[Side, Side], weights: Weights) -> Match:
    coded, other = sides[0].coded, sides[1].coded
    whole, part = coded.where[one.left].provision, other.where[one.right].provision
    larger = whole.kind == "article" and part.kind != "article"
    if whole.kind != "article":  # a list of offences against one of them
        larger = whole.span.length >= LARGER * part.span.length
    if one.score < MATCHED or not larger or not whole.children:
        return one
    inside = [coded.unit(child) for child in whole.children]
    chances = probability(features(Stacked.of(inside), Stacked.of([other.unit(part)])), weights)[:, 0]
    best = int(chances.argmax())
    if chances[best] < weights.threshold:
        return one
    return _own_score(Match(inside[best].eid, one.right, one.score), float(chances[best]), weights)


def in_order(matches: Iterable[Match], sides: tuple[Side, Side]) -> list[Match]:
    """In the left instrument's reading order, then the right's; a pair that came twice stands once, at its best."""
    best: dict[tuple[str, str], Match] = {}
    for one in matches:
        if best.setdefault((one.left, one.right), one).score < one.score:
            best[one.left, one.right] = one
    return sorted(
        best.values(), key=lambda m: (sides[0].coded.where[m.left].order, sides[1].coded.where[m.right].order)
    )


def _only(side: Side, matched: Iterable[str]) -> tuple[str, ...]:
    """The articles (or units, where there are none) of which no part matched."""
    met = {_home(side, eid) for eid in matched}
    homes = (_home(side, unit.eid) for unit in side.units)
    return tuple(dict.fromkeys(home for home in homes if home not in met))
