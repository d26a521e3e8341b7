"""Intrusive powers and the safeguards that govern them.

A safeguard guards the powers its own words reach: those of its article, those that point to it or that it points to,
"the powers in this section"; or, where it conditions the measures of the whole instrument, all of them. Fair treatment
in extradition guards no confiscation.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.records import Place, Record, places
from treatynlp.comparison.rules import Powers, Rules
from treatynlp.structure.address import are_nested

Safeguard = Literal["own_article", "referenced", "general", "missing", "unknown"]
SAFEGUARDS: tuple[Safeguard, ...] = ("own_article", "referenced", "general", "missing", "unknown")
_CONTAINERS = ("section", "subsection", "chapter", "title", "part", "book")


@dataclass(frozen=True, slots=True)
class PowerCheck:
    """An intrusive power and what governs it.

    `own_article`: conditions stand in the power's own article; `referenced`: one of the two points to the other, or
    both are taken over together; `general`: a provision conditions the measures of its chapter or of the instrument;
    `missing`: the text was read whole and has none; `unknown`: it has some, and none is seen to reach the power, or
    leaves it to domestic law; `articles` are the addresses of the conditions.
    """

    power: Cell
    safeguard: Safeguard
    articles: tuple[str, ...] = ()


def safeguards(records: Iterable[Record], cells: Iterable[Cell], rules: Rules) -> tuple[PowerCheck, ...]:
    """Every intrusive power that an assessed instrument gives, with the safeguard that governs it."""
    at: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        at.setdefault(cell.instrument, {})[cell.topic] = cell
    return tuple(row for record in records for row in _checks(record, at.get(record.id, {}), rules.powers))


def _checks(record: Record, cells: Mapping[str, Cell], powers: Powers) -> Iterator[PowerCheck]:
    given = [cells[topic] for topic in powers.topics if topic in cells and cells[topic].found]
    if not given or record.treaty is None:
        return
    guards = _Guards(record, places(record.treaty), powers, {t: c for t, c in cells.items() if c.found})
    # A cell left open may be a safeguard: then "missing" is no claim that could be made.
    sure = all(cells[topic].state in ("absent", "present") for topic in powers.safeguards if topic in cells)
    for power in given:
        yield guards.check(power, sure)


@dataclass(frozen=True, slots=True)
class _Guards:
    """What of an instrument may guard its powers."""

    record: Record
    where: Mapping[str, Place]
    powers: Powers
    cells: Mapping[str, Cell]

    def check(self, power: Cell, sure: bool) -> PowerCheck:
        """The safeguard that governs a power, the nearest one first."""
        # The conditions stand in the other instrument; only whether they are taken over too can be read here.
        if power.state == "by_reference":
            return self._taken_over(power)
        homes = self._homes(power)
        for kind, found in (("own_article", self._own(homes)), ("referenced", self._pointed(homes)),
                            ("general", self._general(homes))):  # fmt: skip
            if found:
                return PowerCheck(power, kind, tuple(sorted(set(found), key=lambda e: self.where[e].order)))  # type: ignore[arg-type]
        open_ = self._labelled() or any(
            re.search(self.powers.domestic, self._own_words(eid), re.I) for eid in self._lines(homes)
        )
        return PowerCheck(power, "missing" if sure and not open_ else "unknown")

    def _taken_over(self, power: Cell) -> PowerCheck:
        """A power of another instrument that is made to apply together with its conditions."""
        by = {ground.passage.eid for ground in power.grounds}
        cells = [self.cells[topic] for topic in self.powers.safeguards if topic in self.cells]
        eids = {g.passage.eid for cell in cells if cell.state == "by_reference" for g in cell.grounds} & by
        return PowerCheck(power, "referenced" if eids else "unknown", tuple(sorted(eids)))

    def _homes(self, power: Cell) -> list[str]:
        """Where the power is given: not where it is conditioned, as legal remedies against it."""
        homes, guards = self._eids(power), set(self._labelled())
        return [eid for eid in homes if eid not in guards] or homes

    def _lines(self, homes: list[str]) -> list[str]:
        """What a power stands in and what stands in it."""
        beside = (eid for eid in self.where if any(are_nested(eid, home) for home in homes))
        return [eid for eid in beside if self.where[eid].in_article]

    def _eids(self, cell: Cell) -> list[str]:
        return list(dict.fromkeys(g.passage.eid for g in cell.grounds if g.operative and g.passage.eid in self.where))

    def _labelled(self) -> list[str]:
        """The provisions coded as conditions and safeguards, those left out that protect persons in one procedure."""
        found = (self.cells[topic] for topic in self.powers.safeguards if topic in self.cells)
        return self._sound(eid for cell in found for eid in self._eids(cell))

    def _sound(self, eids: Iterable[str]) -> list[str]:
        return [eid for eid in eids if not re.search(self.powers.procedural, self._words(eid), re.I)]

    def _own(self, homes: list[str]) -> list[str]:
        """Conditions in the power's own article: coded as such, or in words that condition it."""
        articles = {self.where[eid].article for eid in homes}
        coded = [eid for eid in self._labelled() if self.where[eid].article in articles]
        lines = set(self._lines(homes))
        # What is coded goes before what a pattern finds, for people saw the whole article.
        return coded or [eid for eid in self._around(homes) if self._conditions(eid)
                         and (eid in lines or re.search(self.powers.article, self._own_words(eid), re.I))]  # fmt: skip

    def _conditions(self, eid: str) -> bool:
        return bool(re.search(self.powers.conditions, self._own_words(eid), re.I))

    def _around(self, homes: list[str]) -> list[str]:
        """The provisions of the articles a power stands in."""
        articles = {self.where[eid].article for eid in homes}
        return [eid for eid, place in self.where.items() if place.article in articles]

    def _pointed(self, homes: list[str]) -> list[str]:
        """Conditions that the power's article points to, or that point to it."""
        treaty = self.record.treaty
        assert treaty is not None
        guards = {self.where[eid].article for eid in self._labelled()}
        articles = {self.where[eid].article for eid in homes}
        own = [r for r in treaty.references if not r.instrument and {r.eid, r.target} <= set(self.where)]
        # Both ways: some powers name their conditions ("subject to Articles 14 and 15"), some conditions their powers.
        there = {self.where[r.target].article for r in own if self.where[r.eid].article in articles}
        back = {self.where[r.eid].article for r in own if self.where[r.target].article in articles}
        return [eid for eid in (there | back) & guards if eid in self.where]

    def _general(self, homes: list[str]) -> list[str]:
        """Provisions that condition the measures of the chapter the power stands in, or of the instrument."""
        found = []
        rights = (self.cells[topic] for topic in self.powers.rights if topic in self.cells)
        eids = [*self._labelled(), *self._sound(eid for cell in rights for eid in self._eids(cell))]
        for eid in dict.fromkeys(eids):
            words = self._words(eid)
            if re.search(self.powers.instrument, words, re.I) or (
                re.search(self.powers.chapter, words, re.I) and self._container(eid) in map(self._container, homes)
            ):
                found.append(eid)
        return found or [eid for eid, place in self.where.items() if self._everywhere(eid, place)]

    def _everywhere(self, eid: str, place: Place) -> bool:
        """Whether the smallest provision conditions every measure of the instrument."""
        leaf = place.operative and not place.provision.children
        return leaf and bool(re.search(self.powers.anywhere, self._words(eid), re.I))

    def _container(self, eid: str) -> str:
        while eid in self.where and self.where[eid].provision.kind not in _CONTAINERS:
            eid = self.where[eid].parent
        return eid

    def _words(self, eid: str) -> str:
        treaty = self.record.treaty
        return " ".join(treaty.words(self.where[eid].provision.span).split()) if treaty else ""

    def _own_words(self, eid: str) -> str:
        """The words of a provision up to its parts."""
        provision, treaty = self.where[eid].provision, self.record.treaty
        assert treaty is not None
        end = provision.children[0].span.start if provision.children else provision.span.end
        return " ".join(treaty.text.value[provision.body.start : end].split())
