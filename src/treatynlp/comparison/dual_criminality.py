"""Whether conduct that one instrument has made an offence is one under another, conduct by conduct.

Two offences overlap where their provisions answer each other, never because both stand under a broad topic; on what
terms an act is an offence under both is said by the elements that one of them demands, or lets a Party demand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.cells import Cell
from treatynlp.comparison.differences import Difference, differences
from treatynlp.comparison.likeness import Stacked, Weights, features, probability
from treatynlp.comparison.memory import remembered
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.terms import terms, without_implied
from treatynlp.comparison.units import Coded
from treatynlp.comparison.wording import own_words
from treatynlp.structure.address import are_nested

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
    def kind(self) -> str:
        """The kind of row that was judged (`proven` of comparison.yml): that only one side has an offence, or on what
        terms both have it."""
        return "dual_criminality_only" if self.overlap in ("only_left", "only_right") else "dual_criminality"

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


class Ways(NamedTuple):
    """What offences are compared by: the codebook's topics, the rules of comparison, the weights of the alignment."""

    codebook: "Codebook"
    rules: Rules
    weights: Weights


class Sides(NamedTuple):
    """Two instruments' offences, how their provisions were aligned (None where they were not), and by what rules."""

    left: Offences
    right: Offences
    aligned: Aligned | None
    rules: Rules
    weights: Weights

    @property
    def matched(self) -> set[tuple[str, str]]:
        """The provisions that answer each other, by address."""
        return {(one.left, one.right) for one in (self.aligned.matches if self.aligned else ())}


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
        judged(Sides(left, right, pairs[left.coded.record.id, right.coded.record.id], rules, weights), name)
        for left, right in combinations(sides, 2)
        if (left.coded.record.id, right.coded.record.id) in pairs
        for name in names
        if name in left.cells and name in right.cells and (left.cells[name].found or right.cells[name].found)
    )


def judged(sides: Sides, topic: str) -> Criminality:
    """One offence under two instruments."""
    one, other = sides.left.cells[topic], sides.right.cells[topic]
    row = Criminality(
        left=one, right=other, overlap="unknown", left_terms=sides.left.asks, right_terms=sides.right.asks
    )
    if not (one.found and other.found):
        return _one_sided(row, topic in sides.rules.vague.topics)
    # What is only touched or taken over has no terms of its own to compare.
    if "by_reference" in (one.state, other.state) or "partial" in (one.state, other.state):
        return replace(row, reason="one of them only touches it, or takes it over")
    pair = _pair(sides, topic)
    if pair is None:
        return replace(row, reason="both have offences of this kind, and no provision of one answers one of the other")
    row = replace(row, pair=pair)
    if why := _why_unknown(sides, topic, pair):
        return replace(row, reason=why)
    found = (*_narrowing(sides, topic, pair), *_bound_otherwise(sides, pair))
    return replace(row, overlap="both_if" if found else "both", conditions=found)


def _bound_otherwise(sides: Sides, pair: tuple[str, str]) -> tuple[Difference, ...]:
    """How each side binds, where they differ: who need only consider an offence (UNCAC 18 to 22) may have none."""
    here, there = (side.coded.strengths.get(eid, "") for side, eid in zip(sides[:2], pair, strict=True))
    return () if here == there else (Difference(element="modality", left=(here,), right=(there,), direction=""),)


def _why_unknown(sides: Sides, topic: str, pair: tuple[str, str]) -> str:
    """Why nothing is claimed of two provisions that answer each other; "" where it can be."""
    # Before the matches are asked: hijacking and hostage taking read alike and are two acts.
    if topic in sides.rules.general_part.broad:
        return "under this broad topic two provisions match; whether they mean the same act, a reader must judge"
    ends = ((sides.left, pair[0]), (sides.right, pair[1]))
    if pair not in sides.matched and any(_several(side, eid, sides.rules) for side, eid in ends):
        return "one provision lays down several offences: whose terms it states, a reader must judge"
    if not all(terms(side.coded, eid, sides.rules) for side, eid in ends):
        return "the terms of the offence were not read on both sides"
    return ""


def _one_sided(row: Criminality, vague: bool) -> Criminality:
    """The row of an offence that one side has not."""
    has, lacks = (row.left, row.right) if row.left.found else (row.right, row.left)
    if vague:
        return replace(row, reason="the topic holds all that is left and names no act")
    if lacks.state != "absent" or has.state != "present":
        return replace(row, reason=lacks.reason if lacks.state != "absent" else "it is only touched, or taken over")
    return replace(row, overlap="only_left" if row.left.found else "only_right")


def _pair(sides: Sides, topic: str) -> tuple[str, str] | None:
    """The provisions on the offence that answer each other best. Under a broad topic only such as match; where a topic
    names one conduct, of those that are alike the two that demand least beyond each other: the basic offence, not one
    of its graver forms; where several demand the same, the two that name most acts in common."""
    left, right = sides.left, sides.right
    here, there = _places(left, topic), _places(right, topic)
    if topic in sides.rules.general_part.broad:
        met = [(one.score, one.left, one.right) for one in (sides.aligned.matches if sides.aligned else ())
               if _meets(one.left, here) and _meets(one.right, there)]  # fmt: skip
        return max(met)[1:] if met else None
    if not here or not there:
        return None
    units = [left.coded.unit(left.coded.where[eid].provision) for eid in here]
    others = [right.coded.unit(right.coded.where[eid].provision) for eid in there]
    chances = probability(features(Stacked.of(units), Stacked.of(others)), sides.weights)
    near = [(a, b) for a in range(len(here)) for b in range(len(there)) if chances[a, b] >= NEAR * chances.max()]
    pairs = [(_demanded(_narrowing(sides, topic, (here[a], there[b]))),
              -acts_in_common(acts(left.coded, here[a]), acts(right.coded, there[b])), -chances[a, b], a, b)
             for a, b in near]  # fmt: skip
    *_, a, b = min(pairs)
    return here[a], there[b]


NEAR = 1 / 3
"""The share of the best likeness from which on two forms are near: of the forms of one offence the one worded most
alike need not be the basic one, nor the same act (of Malabo's entering and damaging of data the first reads more like
a directive's damaging of them)."""
ROOT = 5
"""Letters by which a verb and the noun made of it are known as one act ("deletion", "delete")."""


@remembered
def acts(coded: Coded, eid: str) -> frozenset[str]:
    """The words of an offence by their beginnings: what is done, and to what.

    Of the forms of one offence, of which Malabo has three for access (to enter, to remain, to enter for a further
    offence), the words that vectors weigh by rarity chose the wrong one: "fraudulently" outweighed the act.
    """
    treaty = coded.record.treaty
    words = own_words(treaty.words(coded.where[eid].provision.span), coded.boilerplate) if treaty else ""
    return frozenset(word[:ROOT] for word in words.split() if len(word) >= ROOT)


def acts_in_common(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of the acts of the shorter provision that the other names too.

    >>> acts_in_common(frozenset({"enter", "lamps"}), frozenset({"enter", "wreck", "ships"}))
    0.5
    """
    return len(left & right) / max(1, min(len(left), len(right)))


def _several(side: Offences, eid: str, rules: Rules) -> bool:
    """Whether one provision is itself about several kinds of conduct (an article on interception and disruption)."""
    general = set(rules.general_part.topics)
    return len({topic for topic in side.coded.topics.get(eid, ()) if topic in side.cells and topic not in general}) > 1


def _demanded(found: Iterable[Difference]) -> int:
    """How many values one of two provisions demands and the other does not. Whether intent is said or goes without
    saying makes no other form of the offence ("gain unauthorised access", "remain fraudulently")."""
    rows = (row for row in found if row.element != "mens_rea")
    return sum(not value.endswith("(optional)") for row in rows for value in set(row.left) ^ set(row.right))


def _narrowing(sides: Sides, topic: str, pair: tuple[str, str]) -> tuple[Difference, ...]:
    """The elements on which an act may be an offence under one provision only. How gravely it must be punishable says
    something of the act only where the offence rests on others (laundering the proceeds of serious crimes); elsewhere
    it is the penalty (Directive 2011/93, Article 6)."""
    rules = sides.rules
    qualified = rules.qualifies.topics
    names = {
        rule.attribute
        for rule in rules.strictness
        if rule.sense == "wider" and rule.unstated != "weakest" and topic in qualified.get(rule.attribute, (topic,))
    }
    said = without_implied(terms(sides.left.coded, pair[0], rules), terms(sides.right.coded, pair[1], rules))
    return tuple(row for row in differences(*said, rules) if row.element in names)


def _places(side: Offences, topic: str) -> list[str]:
    """The operative provisions that carry the topic, in reading order; without those a smaller one stands for."""
    eids = dict.fromkeys(g.passage.eid for g in side.cells[topic].grounds if g.operative and g.strength == "obligation")
    return [eid for eid in eids if eid in side.coded.where]


def _meets(eid: str, places: Iterable[str]) -> bool:
    """Whether a provision is one of some, stands inside one, or holds one."""
    return any(are_nested(eid, one) for one in places)
