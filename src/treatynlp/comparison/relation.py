"""How two matched provisions relate: equivalent, one stricter than the other, or different.

Never from how alike they read: only from what they ask, that is modality, mental element, thresholds, periods,
reservations and hedges, each weighed as `corpus/comparison.yml` declares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from treatynlp.coding.labels import Coding
from treatynlp.comparison.parameters import in_days
from treatynlp.comparison.rules import Rules, Strictness
from treatynlp.comparison.strength import strongest
from treatynlp.comparison.units import Coded

Relation = Literal["equivalent", "stricter_left", "stricter_right", "differs"]
Asks = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter on which two provisions differ; `stricter` says on which side more is asked, if any."""

    attribute: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    stricter: Literal["left", "right", ""]

    def __str__(self) -> str:
        return f"{self.attribute}: {', '.join(self.left) or '–'} / {', '.join(self.right) or '–'}"


def asks(coded: Coded, eid: str) -> dict[str, frozenset[str]]:
    """What a provision with all inside it asks: attribute → values, lengths of time in days.

    `modality` is the strongest of the provisions, `hedge` is set where all duties of that strength are hedged.
    """
    inside = {provision.eid for provision in coded.where[eid].provision.walk()}
    coding = coded.record.coding or Coding(coded.record.id, ())
    found: dict[str, set[str]] = {}
    for row in (row for row in coding.attributes if row.eid in inside):
        days = in_days(row.attribute, row.value, row.unit)
        found.setdefault(row.attribute, set()).add(f"{days:g}" if days is not None else row.value)
    strength = strongest(coded.strengths.get(one, "") for one in inside)
    duties = [one for one in coding.modalities if one.eid in inside and one.strength == strength]
    found["modality"] = {strength} if strength else set()
    found["hedge"] = {"hedged"} if duties and all(one.hedges for one in duties) else set()
    return {name: frozenset(values) for name, values in found.items() if values}


def differences(left: Asks, right: Asks, rules: Rules) -> tuple[Difference, ...]:
    """The parameters on which two provisions differ, each with the side that asks more."""
    ranks = {rule.attribute: rule for rule in rules.strictness}
    names = [*ranks, *sorted({*left, *right} - set(ranks))]
    pairs = ((name, left.get(name, frozenset()), right.get(name, frozenset())) for name in names)
    return tuple(
        Difference(name, tuple(sorted(one)), tuple(sorted(other)), _stricter(ranks.get(name), one, other))
        for name, one, other in pairs
        if not _same(ranks.get(name), one, other)
    )


def _same(rule: Strictness | None, one: frozenset[str], other: frozenset[str]) -> bool:
    if one == other:
        return True
    return rule is not None and bool(one and other) and {rule.rank(v) for v in one} == {rule.rank(v) for v in other}


def _stricter(rule: Strictness | None, one: frozenset[str], other: frozenset[str]) -> Literal["left", "right", ""]:
    left, right = _rank(rule, one), _rank(rule, other)
    if left is None or right is None or left == right:
        return ""
    return "left" if left > right else "right"


def _rank(rule: Strictness | None, values: frozenset[str]) -> float | None:
    """The rank of the strictest value; of silence where there is none."""
    if rule is None:
        return None
    ranks = [rank for value in values if (rank := rule.rank(value)) is not None]
    return max(ranks) if ranks else rule.silence if not values else None


def relation(found: Iterable[Difference]) -> Relation:
    """What the differences amount to: one side stricter only where no other difference speaks against it."""
    sides = {difference.stricter for difference in found}
    if not sides:
        return "equivalent"
    if len(sides) > 1 or "" in sides:
        return "differs"
    return "stricter_left" if sides == {"left"} else "stricter_right"
