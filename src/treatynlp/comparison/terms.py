"""The terms a provision is laid down on, and how those of two provisions differ.

A term is an element (a security measure must be infringed, minor cases may be left out) or a parameter (the mental
element, a threshold), with the words that say so. A term counts for a provision where its own words, those inside it or
the introductory words it completes say it; the age of a child also where the definitions say it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from treatynlp.comparison.memory import remembered
from treatynlp.comparison.periods import same_length
from treatynlp.comparison.rules import Rules, Strictness
from treatynlp.comparison.units import Coded, Said
from treatynlp.text import Span

Direction = Literal["left_wider", "right_wider", "left_stronger", "right_stronger", "opposed", ""]
Words = tuple[str, Span]
"""Where a term is said: address of the provision, and the words."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a provision says of one element: its values, each with its case, and the words it rests on."""

    values: frozenset[tuple[str, str]]
    words: tuple[Words, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """The values as a reader sees them: "infringed (optional)"."""
        return tuple(sorted(f"{value} ({case})" if case else value for value, case in self.values))


Terms = Mapping[str, Term]


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


@remembered
def terms(coded: Coded, eid: str, rules: Rules) -> dict[str, Term]:
    """The terms of a provision by element, in the order they are said."""
    found: dict[str, list[Said]] = {}
    own = [row for one in _reach(coded, eid) for row in coded.said.get(one, ())]
    narrowing = {rule.attribute for rule in rules.strictness if rule.narrows}
    own = [row for row in own if row.name not in narrowing or not _of_one_form(row, own, coded, eid)]
    own += _options_beside(coded, eid)
    own += [row for one in own for row in _akin(one, coded, rules)]
    for row in (*own, *_defined(coded, eid, {row.name for row in own}, rules)):
        found.setdefault(row.name, []).append(row)
    return {name: _term(rows) for name, rows in found.items()}


def _term(rows: Iterable[Said]) -> Term:
    said = list(rows)
    return Term(frozenset((r.value, r.case) for r in said), tuple(dict.fromkeys((r.eid, r.words) for r in said)))


FORMS = 3
"""Points from which on a provision is a list of forms: what fewer than half of them say is no term of the whole (that
one form of an offence is committed through a computer system makes it no computer offence)."""


def _of_one_form(row: Said, rows: Iterable[Said], coded: Coded, eid: str) -> bool:
    """Whether a term is said by fewer than half of the points it is listed in, and nowhere above them."""
    inside = row.eid
    while inside != eid and inside in coded.where and coded.where[inside].provision.kind != "point":
        inside = coded.where[inside].parent
    above = coded.where[inside].parent if inside in coded.where else ""
    if inside == eid or not above or not (above == eid or above.startswith(f"{eid}__")):
        return False
    points = [one.eid for one in coded.where[above].provision.children if one.kind == "point"]
    same = [one.eid for one in rows if one[:3] == row[:3]]
    saying = [p for p in points if any(one == p or one.startswith(f"{p}__") for one in same)]
    return above not in same and len(points) >= FORMS and 2 * len(saying) < len(points)


def _options_beside(coded: Coded, eid: str) -> list[Said]:
    """What another paragraph of the article lets a Party require ("may require that the conduct described in
    paragraph 1 result in serious harm")."""
    home = coded.where[eid]
    if home.provision.kind == "article" or home.parent not in coded.where:
        return []
    if coded.where[home.parent].provision.kind != "article":
        return []
    beside = (one for one in coded.where[home.parent].provision.children if one.eid != eid)
    eids = (inside.eid for one in beside for inside in one.walk())
    return [row for one in eids for row in coded.said.get(one, ()) if row.case == "optional"]


def _reach(coded: Coded, eid: str) -> list[str]:
    """What a provision completes, up to its article, then itself and all inside it."""
    inside = [provision.eid for provision in coded.where[eid].provision.walk()]
    above = eid
    while coded.where[above].provision.kind != "article" and coded.where[above].parent in coded.where:
        above = coded.where[above].parent
        inside.insert(0, above)
    return inside


def _defined(coded: Coded, eid: str, own: set[str], rules: Rules) -> Iterator[Said]:
    """Terms that the instrument's definitions settle for a provision that uses the word defined."""
    treaty = coded.record.treaty
    for rule in rules.defined if treaty else ():
        if treaty is None or rule.term in own:
            continue
        places = {one.eid for one in treaty.definitions if re.search(rule.word, one.term, re.I)}
        rows = [row for place in sorted(places) for row in _said_at(coded, place) if row.name == rule.term]
        words = treaty.words(coded.where[eid].provision.span)
        if rows and re.search(rule.word, words, re.I) and re.search(rule.where, words, re.I):
            yield from rows


def _said_at(coded: Coded, place: str) -> list[Said]:
    """What is said in a provision, also where the reader gave it the address of what is around it."""
    if place not in coded.where:
        return []
    span = coded.where[place].provision.span
    around = (eid for eid in coded.said if eid == place or place.startswith(f"{eid}__"))
    rows = (row for eid in around for row in coded.said[eid])
    return [row for row in rows if row.eid == place or span.start <= row.words.start < span.end]


IMPLIED = "implied"
"""The case of a value that other words imply: it answers the same value on the other side, and is told nowhere else."""


def _akin(said: Said, coded: Coded, rules: Rules) -> Iterator[Said]:
    """What the words of one element imply of another ("fraudulently" says that the act is dishonest)."""
    treaty = coded.record.treaty
    for rule in rules.akin if treaty else ():
        if treaty and said.name == rule.of and re.search(rule.words, treaty.words(said.words), re.I):
            yield said._replace(name=rule.element, value=rule.value, case=IMPLIED)


def settled(left: Terms, right: Terms) -> tuple[Terms, Terms]:
    """The terms of two provisions without what one says and the other implies, for that is no difference."""
    return _answered(left, right), _answered(right, left)


def _answered(own: Terms, others: Terms) -> dict[str, Term]:
    found = {name: replace(term, values=_unanswered(term, others.get(name, _SILENT))) for name, term in own.items()}
    return {name: term for name, term in found.items() if term.values}


def _unanswered(term: Term, other: Term) -> frozenset[tuple[str, str]]:
    told = {value for value, case in other.values if case != IMPLIED}
    answered = {value for value, case in other.values if case == IMPLIED} - told
    return frozenset((value, case) for value, case in term.values if case != IMPLIED and value not in answered)


def comparable_elements(left: Terms, right: Terms, rules: Rules, apart: Collection[str] = ()) -> int:
    """How many elements two provisions can be compared by: those of either, where at least two were read on both; those
    `apart` cannot be."""
    here, there = set(left) - set(apart), set(right) - set(apart)
    return len(here | there) if min(len(here), len(there)) >= rules.least_terms else 0


def differences(left: Terms, right: Terms, rules: Rules) -> tuple[Difference, ...]:
    """The elements on which two provisions differ, in the order they are declared."""
    ranks = {rule.attribute: rule for rule in rules.strictness}
    names = [*(name for name in ranks if name in left or name in right), *sorted({*left, *right} - set(ranks))]
    pairs = ((name, left.get(name, _SILENT), right.get(name, _SILENT)) for name in names)
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
    return {*_term(row for row in said if row.name == element).told, *implied}


@remembered
def _mechanisms(coded: Coded, eid: str, rules: Rules) -> frozenset[int]:
    """Which mechanisms of cooperation a provision is about, or the article it stands in."""
    if eid not in coded.where:
        return frozenset()
    topics = coded.below(coded.where[eid].provision) | coded.around(eid)
    return frozenset(n for n, one in enumerate(rules.mechanisms.topics) if topics & set(one))


_SILENT = Term(frozenset(), ())


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
    demanded = tuple(one for one in rows if not one.choice)
    return frozenset(one.direction for one in demanded or rows)
