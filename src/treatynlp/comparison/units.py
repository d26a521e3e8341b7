"""What is compared with what: an article that is about one thing, or the parts of one that lumps several together.

An article of offences under many points ("29. … (a) … entering …; (b) … wiretapping …") would resemble ten articles of
another instrument a little and none of them enough. It is cut where the topics of its parts part.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from treatynlp.coding.labels import Attribute, Label
from treatynlp.comparison.bags import Bag
from treatynlp.comparison.cells import decider
from treatynlp.comparison.memory import Memory, remembered
from treatynlp.comparison.parameters import in_days
from treatynlp.comparison.periods import period
from treatynlp.comparison.records import Place, Record, places
from treatynlp.comparison.rules import Boilerplate, FinalClauses, Rules
from treatynlp.comparison.strength import strengths
from treatynlp.comparison.wording import own_words, trimmed_words
from treatynlp.structure.tree import Provision
from treatynlp.text import Span

_CONTAINERS = ("book", "part", "title", "chapter", "section", "subsection", "final")
WHOLE = 0.5
"""Share of a provision's words that one topic must cover for the provision to be about one thing."""
LUMPED = 4
"""Topics from which on, where its parts have them and it has not, a provision may be a mere list."""


class Said(NamedTuple):
    """A term as it is said somewhere: its name, value and case, the provision and the words that say it."""

    name: str
    value: str
    case: str
    eid: str
    words: Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision as it is compared: its topics, its heading's and its own words (stems, boilerplate stripped).

    `place` is how far down the instrument it stands, from 0 to 1.
    """

    eid: str
    article: str
    topics: frozenset[str]
    heading: Bag
    words: Bag
    place: float


@dataclass(frozen=True, slots=True)
class Coded:
    """A split text with the topics of its labels, as units are cut from it."""

    record: Record
    where: Mapping[str, Place]
    topics: Mapping[str, frozenset[str]]
    named: Mapping[str, frozenset[str]]
    strengths: Mapping[str, str]
    said: Mapping[str, tuple[Said, ...]]
    boilerplate: tuple[Boilerplate, ...]
    memory: Memory = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, record: Record, rules: Rules) -> "Coded":
        """The record's operative text; labels that stand outside it are left out."""
        where = {eid: place for eid, place in places(record.treaty).items() if place.operative}
        topics: dict[str, frozenset[str]] = {}
        named: dict[str, frozenset[str]] = {}
        for label in record.coding.labels if record.coding else ():
            topics[label.eid] = topics.get(label.eid, frozenset()) | {label.topic}
            if label.eid in where and _names(label, where[label.eid].provision):
                named[label.eid] = named.get(label.eid, frozenset()) | {label.topic}
        # Without coding nothing binds: an instrument that nobody coded is never weaker than another.
        said = strengths(record, where, rules) if record.coding else {}
        return cls(
            record=record,
            where=where,
            topics=topics,
            named=named,
            strengths=said,
            said=_said(record, rules.final_clauses),
            boilerplate=rules.boilerplate,
        )

    @remembered
    def below(self, provision: Provision) -> frozenset[str]:
        """The topics of a provision and of everything in it."""
        return frozenset().union(*(self.topics.get(p.eid, frozenset()) for p in provision.walk()))

    def around(self, eid: str) -> frozenset[str]:
        """The topics a provision inherits from its article and what lies between."""
        found: frozenset[str] = frozenset()
        while eid in self.where and self.where[eid].provision.kind != "article":
            eid = self.where[eid].parent
            found |= self.topics.get(eid, frozenset())
        return found

    def share(self, provision: Provision, topic: str) -> float:
        """The share of a provision's characters that carry a topic."""
        if topic in self.about(provision) or not provision.children:
            return float(topic in self.topics.get(provision.eid, ()))
        inside = sum(self.share(child, topic) * child.span.length for child in provision.children)
        return inside / max(1, provision.span.length)

    def about(self, provision: Provision) -> frozenset[str]:
        """The topics of a provision as a whole: those its heading or a person gives it, and those a machine found in
        it and could place in no part of it, unless the parts have so many of their own that it is a mere list."""
        own = self.topics.get(provision.eid, frozenset())
        inside = self.below(provision) - own
        # An article of definitions or of general provisions, whose parts are about many things: one label on the whole
        # is then likely its least wrong guess.
        lumped = len(inside) >= LUMPED and len(inside) > 2 * len(own)
        return self.named.get(provision.eid, frozenset()) if lumped else own

    @remembered
    def unit(self, provision: Provision) -> Unit:
        """The provision as it is compared."""
        treaty, at = self.record.treaty, self.where[provision.eid]
        words = own_words(treaty.words(provision.body), self.boilerplate) if treaty else ""
        # A paragraph without topics of its own is about what its article is about; one that has some is not about the
        # rest of it.
        topics = self.below(provision) or self.around(provision.eid)
        # Treaties keep an order (offences, powers, cooperation, final clauses), so that place tells alike clauses
        # apart.
        place = provision.span.start / max(1, len(treaty.text)) if treaty else 0.0
        heading = Bag.of(trimmed_words(own_words(provision.heading, ())))
        return Unit(
            eid=provision.eid,
            article=at.article,
            topics=topics,
            heading=heading,
            words=Bag.of(trimmed_words(words)),
            place=place,
        )


def _said(record: Record, final: FinalClauses) -> dict[str, tuple[Said, ...]]:
    """What the words of each provision say of its terms; lengths of time in the unit they are written in."""
    found: dict[str, list[Said]] = {}
    for one in record.coding.attributes if record.coding else ():
        length = in_days(one.attribute, one.value, one.unit) is not None
        value = period(one.value, one.unit) + _run_on(record, one, final) if length else one.value
        row = Said(name=one.attribute, value=value, case=one.case, eid=one.eid, words=one.evidence)
        found.setdefault(one.eid, []).append(row)
    for element in record.coding.elements if record.coding else ():
        row = Said(
            name=element.element, value=element.value, case=element.case, eid=element.eid, words=element.evidence
        )
        found.setdefault(element.eid, []).append(row)
    return {eid: tuple(rows) for eid, rows in found.items()}


RUNS_ON, FIRST_DAY = ", then to the first day of a month", ", on its first day"
"""How a period is told that runs on to the next month ("the first day of the month following …"), or is counted in
calendar months ("the first day of the third month after …")."""
_BEFORE = 80
"""Characters before a period that are looked at for its end."""


def _run_on(record: Record, one: Attribute, final: FinalClauses) -> str:
    """What the words before a period of final clauses make of its end; "" where it ends by itself."""
    if one.attribute not in final.terms or record.treaty is None:
        return ""
    before = record.treaty.text.value[max(0, one.evidence.start - _BEFORE) : one.evidence.start]
    met = re.search(final.first_day, " ".join(before.split()), re.I)
    return "" if met is None else RUNS_ON if met["after"] else FIRST_DAY


def _names(label: Label, provision: Provision) -> bool:
    """Whether the label holds for the provision as a whole: its heading says so, or a person does."""
    if decider(label.by) == "human":
        return True
    return label.evidence is not None and provision.span.start <= label.evidence.start < provision.body.start


def units(coded: Coded) -> tuple[Unit, ...]:
    """The units of an instrument in reading order: its articles, cut where one lumps several topics together."""
    tops = tuple(top for at in coded.where.values() if not at.parent for top in _tops(at.provision))
    # Signatures and annexes without articles beside a body that has them would be matched with its articles.
    # The paragraphs are those of a final chapter without articles (Arab Convention, Chapter V).
    if any(top.kind == "article" for top in tops):
        tops = tuple(top for top in tops if top.kind in ("article", "paragraph"))
    return tuple(coded.unit(part) for top in tops for part in cut(coded, top))


def _tops(provision: Provision) -> Iterator[Provision]:
    """The articles in a part of an instrument; where it has none, the paragraphs of a chapter without articles (a
    final chapter may be numbered by paragraphs alone), or a part that has no paragraphs itself."""
    if provision.kind == "article":
        yield provision
    elif any(inside.kind == "article" for inside in provision.walk()):
        for child in provision.children:
            yield from _tops(child)
    elif provision.kind in _CONTAINERS and provision.children:
        yield from provision.children
    else:
        yield provision


def cut(coded: Coded, provision: Provision) -> Iterator[Provision]:
    """The provision itself where one topic covers it (or none is known), else its parts, cut the same way."""
    topics = coded.below(provision)
    # By length, as headings promise more than paragraphs keep: an article is about what most of its words are about.
    whole = not topics or not provision.children or max(coded.share(provision, t) for t in topics) >= WHOLE
    if whole or not any(coded.below(child) for child in provision.children):
        yield provision
        return
    for child in provision.children:
        yield from cut(coded, child)


def inner_units(coded: Coded, unit: Unit) -> Iterator[Unit]:
    """The provisions inside a unit that are about something of their own."""
    for provision in coded.where[unit.eid].provision.walk():
        if provision.eid != unit.eid and coded.below(provision):
            yield coded.unit(provision)
