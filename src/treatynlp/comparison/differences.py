"""How the terms of two provisions differ, element by element, and which side a difference speaks for.

A difference is told with its words on both sides. What a whole instrument says elsewhere can undo one of cooperation;
an offence is as wide as its own words.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from treatynlp.comparison.memory import remembered
from treatynlp.comparison.periods import same_length
from treatynlp.comparison.rules import Rules, Strictness
from treatynlp.comparison.terms import SILENT, Term, Terms, Words, term_of
from treatynlp.comparison.units import Coded

Direction = Literal["left_wider", "right_wider", "left_stronger", "right_stronger", "opposed", ""]


@dataclass(frozen=True, slots=True)
class Difference:
    """An element on which two provisions differ: what each says ("" for nothing) and on which words; `direction` names
    the side that criminalises more (`left_wider`) or asks more (`left_stronger`), "" where neither can be said.

    `choice`: all that differs is what a Party may require, not what the provision demands. `calendar`: one counts days
    and the other calendar months of about that length, so that nobody can say which is longer: it is not compared.
    """

    element: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    direction: Direction
    left_words: tuple[Words, ...] = ()
    right_words: tuple[Words, ...] = ()
    choice: bool = False
    calendar: bool = False

    def __str__(self) -> str:
        named = f"{self.element} (days against calendar months, not compared)" if self.calendar else self.element
        return f"{named}: {', '.join(self.left) or '–'} / {', '.join(self.right) or '–'}"


def comparable_elements(left: Terms, right: Terms, rules: Rules, apart: Collection[str] = ()) -> int:
    """How many elements two provisions can be compared by: those of either, where at least two were read on both; those
    `apart` cannot be."""
    here, there = set(left) - set(apart), set(right) - set(apart)
    return len(here | there) if min(len(here), len(there)) >= rules.least_terms else 0


def differences(left: Terms, right: Terms, rules: Rules) -> tuple[Difference, ...]:
    """The elements on which two provisions differ, in the order they are declared."""
    ranks = {rule.attribute: rule for rule in rules.strictness}
    names = [*(name for name in ranks if name in left or name in right), *sorted({*left, *right} - set(ranks))]
    pairs = ((name, left.get(name, SILENT), right.get(name, SILENT)) for name in names)
    return tuple(_difference(name, ranks.get(name), one, other) for name, one, other in pairs
                 if one.values != other.values)  # fmt: skip


def of_offences(rules: Rules) -> set[str]:
    """The elements by which one offence is wider than another."""
    return {rule.attribute for rule in rules.strictness if rule.sense == "wider" and not rule.stricter}


def instrument_differences(
    found: Iterable[Difference], left: tuple[Coded, str], right: tuple[Coded, str], rules: Rules
) -> Iterator[Difference]:
    """The differences that remain when the whole instruments are looked at: a ground of refusal that one article lacks
    is no difference where another article of its instrument has it, unless that is about another mechanism: that
    assistance may be given without double criminality says nothing of extradition. An offence is as wide as its own
    words."""
    own = of_offences(rules)
    for one in found:
        here, there = (_told_elsewhere(coded, eid, one.element, rules) for coded, eid in (left, right))
        silent = one.element in rules.silence.elements and not (one.left and one.right)
        # What the other instrument says elsewhere is taken off on both sides: only what it says nowhere is a
        # difference.
        differ = set(one.left) - set(one.right) - there or set(one.right) - set(one.left) - here
        unread = (not one.left and _implies(left[0], one.element, rules)) or (
            not one.right and _implies(right[0], one.element, rules)
        )
        if one.element in own or (differ and not silent and not unread):
            yield one


def _implies(coded: Coded, parameter: str, rules: Rules) -> bool:
    """Whether an instrument that names no value of a parameter speaks of its subject as an element."""
    said = {(row.name, row.value) for rows in coded.said.values() for row in rows}
    return any(one.attribute == parameter and (one.element, one.value) in said for one in rules.silence.implied)


def _told_elsewhere(coded: Coded, eid: str, element: str, rules: Rules) -> set[str]:
    """What an instrument says of an element, wherever it does, as a reader sees it; also what a parameter implies. What
    is said of another mechanism of cooperation than the provision's is left out."""
    own = _mechanisms(coded, eid, rules)
    other = (at for at in coded.said if own and (its := _mechanisms(coded, at, rules)) and not its & own)
    apart = set(other)
    said = [row for at, rows in coded.said.items() if at not in apart for row in rows]
    implied = {
        one.value
        for one in rules.silence.implied
        if one.element == element and any(row.name == one.attribute and row.value in one.values for row in said)
    }
    return {*term_of(row for row in said if row.name == element).told, *implied}


@remembered
def _mechanisms(coded: Coded, eid: str, rules: Rules) -> frozenset[int]:
    """Which mechanisms of cooperation a provision is about, or the article it stands in."""
    if eid not in coded.where:
        return frozenset()
    topics = coded.below(coded.where[eid].provision) | coded.around(eid)
    return frozenset(n for n, one in enumerate(rules.mechanisms.topics) if topics & set(one))


def _difference(name: str, rule: Strictness | None, left: Term, right: Term) -> Difference:
    calendar = _calendar(left.values, right.values)
    side = _side(rule, left.values, right.values) if rule and not calendar else ""
    direction: Direction = f"{side}_{rule.sense}" if side and rule else ""  # type: ignore[assignment]
    differing = left.values ^ right.values
    choice = bool(differing) and all(case == "optional" for _, case in differing)
    return Difference(
        element=name, left=left.told, right=right.told, direction=direction,
        left_words=left.words, right_words=right.words, choice=choice, calendar=calendar,
    )  # fmt: skip


def _calendar(left: frozenset[tuple[str, str]], right: frozenset[tuple[str, str]]) -> bool:
    """Whether all that two provisions differ in is that one counts days and the other calendar months."""
    here, there = left - right, right - left
    # Each period must have its like: one that has none is a difference whatever the others are counted in.
    alike = [any(case == its and same_length(value, other) for other, its in there) for value, case in here]
    return bool(here) and len(here) == len(there) and all(alike)


def _side(rule: Strictness, left: frozenset[tuple[str, str]], right: frozenset[tuple[str, str]]) -> str:
    """The side that criminalises or asks more; "" where neither can be said."""
    if rule.narrows:
        return _wider(rule, left, right)
    if rule.stricter and {case for _, case in left} != {case for _, case in right}:
        return ""  # a threshold of prosecution and one of enforcement are two things
    one, other = _rank(rule, left), _rank(rule, right)
    if one is None or other is None or one == other:
        return ""
    return "left" if one > other else "right"


def _wider(rule: Strictness, left: frozenset[tuple[str, str]], right: frozenset[tuple[str, str]]) -> str:
    """The side that a narrowing element narrows less: not at all, less than it does the other, or only by choice."""
    steps = {_step(rule, value, left) - _step(rule, value, right) for value, _ in left | right}
    # Two values of one ladder are one step apart, not one demand on either side.
    if rule.values and left and right and {v for v, _ in left} != {v for v, _ in right}:
        steps = {_least(rule, left) - _least(rule, right)}
    less, more = any(step < 0 for step in steps), any(step > 0 for step in steps)
    return "" if less == more else "left" if less else "right"


def _step(rule: Strictness, value: str, said: frozenset[tuple[str, str]]) -> int:
    """How much a value narrows: not said 0, by choice 1, demanded 2."""
    return max((1 if case == "optional" else 2 for one, case in said if one == value), default=0)


def _least(rule: Strictness, said: frozenset[tuple[str, str]]) -> int:
    """The place of the narrowest value on the element's ladder; the wider the sooner."""
    return max((rule.values.index(value) for value, _ in said if value in rule.values), default=0)


def _rank(rule: Strictness, values: frozenset[tuple[str, str]]) -> float | None:
    """The rank of the value that asks most; of silence where there is none."""
    ranks = [rank for value, _ in values if (rank := rule.rank(value)) is not None]
    return max(ranks) if ranks else rule.silence if not values else None


def directions(found: Iterable[Difference]) -> frozenset[Direction]:
    """The directions of what differs; those that rest on a choice alone count only where nothing else differs."""
    rows = tuple(found)
    # A Party need not use a choice; where all that differs is choices, they are all there is to tell.
    demanded = tuple(one for one in rows if not one.choice)
    return frozenset(one.direction for one in demanded or rows)
