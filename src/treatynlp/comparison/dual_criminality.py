"""Whether conduct that one instrument has made an offence is one under another, conduct by conduct.

Two offences overlap where their provisions answer each other, never because both stand under a broad topic; on what
terms an act is an offence under both is said by the elements that one of them demands, or lets a Party demand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.cells import Cell
from treatynlp.comparison.likeness import Stacked, Weights, features, probability
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.terms import Difference, differences, settled, terms
from treatynlp.comparison.units import Coded

if TYPE_CHECKING:
    from treatynlp.corpus import Codebook

Overlap = Literal["both", "both_if", "only_left", "only_right", "unknown"]
OVERLAPS: tuple[Overlap, ...] = ("both", "both_if", "only_left", "only_right", "unknown")
COOPERATION = ("extradition_threshold", "dual_criminality")
"""Parameters of the cooperation articles that say when an act must be an offence, and how grave, on both sides."""


@dataclass(frozen=True, slots=True)
class Criminality:
    """One offence under two instruments. `both`: each makes it an offence and no term was read that differs; `both_if`:
    an act is an offence under both if it also meets `conditions`; `unknown`: `reason` says why.

    `pair` are the provisions that were compared; `left_terms` and `right_terms` what each side's articles on
    cooperation ask of an offence.
    """

    left: Cell
    right: Cell
    overlap: Overlap
    reason: str = ""
    conditions: tuple[Difference, ...] = ()
    pair: tuple[str, str] | None = None
    left_terms: tuple[str, ...] = ()
    right_terms: tuple[str, ...] = ()

    @property
    def haven(self) -> bool:
        """Whether a person could find a safe haven: the act, or some act of the kind, is no offence on one side, while
        cooperation under one of them asks for an offence on both."""
        said = self.left_terms + self.right_terms
        asks = any(one.startswith(("dual_criminality required", "extradition_threshold")) for one in said)
        return asks and self.overlap in ("both_if", "only_left", "only_right")


@dataclass(frozen=True, slots=True)
class Offences:
    """One instrument as far as offences go: its cells on them, its provisions, what its cooperation asks."""

    coded: Coded
    cells: Mapping[str, Cell]
    asks: tuple[str, ...]

    @classmethod
    def of(cls, record: Record, cells: Iterable[Cell], names: Sequence[str], rules: Rules) -> "Offences":
        own = {cell.topic: cell for cell in cells if cell.instrument == record.id and cell.topic in names}
        rows = record.coding.attributes if record.coding else ()
        asks = (" ".join(filter(None, (row.attribute, row.value, row.unit, row.case and f"({row.case})")))
                for row in rows if row.attribute in COOPERATION)  # fmt: skip
        return cls(Coded.of(record, rules), own, tuple(sorted(set(asks))))

    @property
    def criminalises(self) -> bool:
        """Whether it obliges Parties to make anything an offence."""
        return any(cell.state == "present" and cell.strength == "obligation" for cell in self.cells.values())


Ways = tuple["Codebook", Rules, Weights]


def dual_criminality(
    records: Sequence[Record], cells: Sequence[Cell], aligned: Iterable[Aligned], ways: Ways
) -> tuple[Criminality, ...]:
    """Offence by offence for every two instruments that were laid side by side and create offences; those that neither
    knows are left out."""
    codebook, rules, weights = ways
    names = [name for name, topic in codebook.topics.items() if topic.family == "criminalisation"]
    names = [name for name in names if name not in rules.general_part.topics]
    sides = [Offences.of(record, cells, names, rules) for record in records if record.treaty]
    sides = [side for side in sides if side.criminalises]
    pairs = {(one.left.id, one.right.id): one for one in aligned}
    return tuple(
        judged(left, right, name, (pairs.get((left.coded.record.id, right.coded.record.id)), rules, weights))
        for left, right in combinations(sides, 2)
        if (left.coded.record.id, right.coded.record.id) in pairs
        for name in names
        if name in left.cells and name in right.cells and (left.cells[name].found or right.cells[name].found)
    )


def judged(left: Offences, right: Offences, topic: str, ways: tuple[Aligned | None, Rules, Weights]) -> Criminality:
    """One offence under two instruments."""
    one, other, asks = left.cells[topic], right.cells[topic], (left.asks, right.asks)
    aligned, rules, weights = ways
    if not (one.found and other.found):
        return _one_sided(one, other, asks, topic in rules.vague.topics)
    if "by_reference" in (one.state, other.state) or "partial" in (one.state, other.state):
        return Criminality(one, other, "unknown", "one of them only touches it, or takes it over", (), None, *asks)
    pair = _pair(left, right, topic, (aligned, rules, weights))
    if pair is None:
        why = "both have offences of this kind, and no provision of one answers one of the other"
        return Criminality(one, other, "unknown", why, (), None, *asks)
    if topic in rules.general_part.broad:
        why = "under this broad topic two provisions match; whether they mean the same act, a reader must judge"
        return Criminality(one, other, "unknown", why, (), pair, *asks)
    matched = {(one.left, one.right) for one in (aligned.matches if aligned else ())}
    if pair not in matched and (_several(left, pair[0], rules) or _several(right, pair[1], rules)):
        why = "one provision lays down several offences: whose terms it states, a reader must judge"
        return Criminality(one, other, "unknown", why, (), pair, *asks)
    sides = terms(left.coded, pair[0], rules), terms(right.coded, pair[1], rules)
    if not (sides[0] and sides[1]):
        why = "the terms of the offence were not read on both sides"
        return Criminality(one, other, "unknown", why, (), pair, *asks)
    found = _narrowing(left, right, pair, rules)
    strengths = [side.coded.strengths.get(eid, "") for side, eid in zip((left, right), pair, strict=True)]
    if strengths[0] != strengths[1]:
        found = (*found, Difference("modality", (strengths[0],), (strengths[1],), ""))
    return Criminality(one, other, "both_if" if found else "both", "", found, pair, *asks)


def _one_sided(one: Cell, other: Cell, asks: tuple[tuple[str, ...], tuple[str, ...]], vague: bool) -> Criminality:
    has, lacks = (one, other) if one.found else (other, one)
    if vague:
        return Criminality(one, other, "unknown", "the topic holds all that is left and names no act", (), None, *asks)
    if lacks.state != "absent" or has.state != "present":
        why = lacks.reason if lacks.state != "absent" else "it is only touched, or taken over"
        return Criminality(one, other, "unknown", why, (), None, *asks)
    return Criminality(one, other, "only_left" if one.found else "only_right", "", (), None, *asks)


def _pair(
    left: Offences, right: Offences, topic: str, ways: tuple[Aligned | None, Rules, Weights]
) -> tuple[str, str] | None:
    """The provisions on the offence that answer each other best. Under a broad topic only such as match; where a topic
    names one conduct, of those that are alike the two that demand least beyond each other: the basic offence, not one
    of its graver forms."""
    aligned, rules, weights = ways
    here, there = _places(left, topic), _places(right, topic)
    if topic in rules.general_part.broad:
        met = [(one.score, one.left, one.right) for one in (aligned.matches if aligned else ())
               if _meets(one.left, here) and _meets(one.right, there)]  # fmt: skip
        return max(met)[1:] if met else None
    if not here or not there:
        return None
    units = [left.coded.unit(left.coded.where[eid].provision) for eid in here]
    others = [right.coded.unit(right.coded.where[eid].provision) for eid in there]
    chances = probability(features(Stacked.of(units), Stacked.of(others)), weights)
    near = [(a, b) for a in range(len(here)) for b in range(len(there)) if chances[a, b] >= chances.max() / 2]
    pairs = [(_demanded(_narrowing(left, right, (here[a], there[b]), rules)), -chances[a, b], a, b) for a, b in near]
    *_, a, b = min(pairs)
    return here[a], there[b]


def _several(side: Offences, eid: str, rules: Rules) -> bool:
    """Whether one provision is itself about several kinds of conduct (an article on interception and disruption)."""
    general = set(rules.general_part.topics)
    return len({topic for topic in side.coded.topics.get(eid, ()) if topic in side.cells and topic not in general}) > 1


def _demanded(found: Iterable[Difference]) -> int:
    """How many values one of two provisions demands and the other does not."""
    return sum(not value.endswith("(optional)") for row in found for value in set(row.left) ^ set(row.right))


def _narrowing(left: Offences, right: Offences, pair: tuple[str, str], rules: Rules) -> tuple[Difference, ...]:
    """The elements on which an act may be an offence under one provision only."""
    names = {rule.attribute for rule in rules.strictness if rule.sense == "wider" and rule.unstated != "weakest"}
    sides = settled(terms(left.coded, pair[0], rules), terms(right.coded, pair[1], rules))
    return tuple(row for row in differences(*sides, rules) if row.element in names)


def _places(side: Offences, topic: str) -> list[str]:
    """The operative provisions that carry the topic, in reading order; without those a smaller one stands for."""
    eids = dict.fromkeys(g.passage.eid for g in side.cells[topic].grounds if g.operative and g.strength == "obligation")
    return [eid for eid in eids if eid in side.coded.where]


def _meets(eid: str, places: Iterable[str]) -> bool:
    """Whether a provision is one of some, stands inside one, or holds one."""
    return any(eid == one or eid.startswith(f"{one}__") or one.startswith(f"{eid}__") for one in places)
