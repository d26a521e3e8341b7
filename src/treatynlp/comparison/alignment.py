"""Two instruments laid side by side: what answers what, how the two provisions relate, and what stands alone.

Which unit answers which is `matching`'s to say, at which depth it is shown `refining`'s.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from treatynlp.comparison.differences import (
    Difference,
    comparable_elements,
    differences,
    instrument_differences,
    of_offences,
)
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.matching import MATCHED, Match, Side, match
from treatynlp.comparison.records import Pair, Record, same_field
from treatynlp.comparison.refining import LARGER, finest, in_order, refine, rolled_up
from treatynlp.comparison.relation import ALIKE, Relation, duty_difference, relation
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.terms import terms, without_implied
from treatynlp.comparison.units import Coded
from treatynlp.comparison.unlike import broad, incomparable, why_unlike


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two provisions that regulate the same thing, how sure that is, and how they relate, by how many terms
    (`comparable_elements`). Of mere candidates nothing is said: they are `not_compared`; `doubt` says why a pair is
    one though its score is high. `kind` is the kind of relation that was judged (`proven` of comparison.yml)."""

    left: str
    right: str
    score: float
    relation: Relation
    differs: tuple[Difference, ...] = ()
    compared: int = 0
    doubt: str = ""
    kind: str = "relations"

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


def _alignment(met: Match, sides: tuple[Side, Side], rules: Rules) -> Alignment:
    ends = (sides[0].coded, met.left), (sides[1].coded, met.right)
    doubt = why_unlike(*ends, met.score, rules) if met.score >= MATCHED else ""
    if met.score < MATCHED or doubt or broad(*ends, rules) or incomparable(*ends, rules):
        return Alignment(left=met.left, right=met.right, score=met.score, relation="not_compared", doubt=doubt)
    left, right = without_implied(*(terms(*end, rules) for end in ends))
    # Half a page on extradition against one sentence: what the sentence leaves out is no difference.
    if not {*left, *right} & of_offences(rules) and _lopsided(*ends):
        return Alignment(left=met.left, right=met.right, score=met.score, relation="not_compared")
    bound = [one for one in duty_difference(*ends, rules) if one.direction != "opposed" or met.score >= ALIKE]
    differing = differences(left, right, rules)
    found = (*bound, *instrument_differences(differing, *ends, rules))
    count = comparable_elements(left, right, rules, {one.element for one in differing if one.calendar})
    # How strongly final clauses bind is no matter of final clauses: such a pair is judged with those of substance.
    final = not bound and {*left, *right} <= set(rules.final_clauses.terms)
    return Alignment(
        left=met.left, right=met.right, score=met.score, relation=relation(found, count), differs=found,
        compared=count, kind="relations_final" if final else "relations",
    )  # fmt: skip


def _lopsided(left: tuple[Coded, str], right: tuple[Coded, str]) -> bool:
    """Whether one of two provisions says so much more that most of it has nothing to be compared with. An offence is
    described in few words or many."""
    lengths = sorted(coded.where[eid].provision.span.length for coded, eid in (left, right))
    return lengths[1] > LARGER * lengths[0]


def _only(side: Side, matched: Iterable[str]) -> tuple[str, ...]:
    """The articles (or units, where there are none) of which no part matched."""
    met = {side.home(eid) for eid in matched}
    homes = (side.home(unit.eid) for unit in side.units)
    return tuple(dict.fromkeys(home for home in homes if home not in met))
