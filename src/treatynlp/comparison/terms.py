"""The terms a provision is laid down on; how those of two provisions differ is `differences`' to say.

A term is an element (a security measure must be infringed, minor cases may be left out) or a parameter (the mental
element, a threshold), with the words that say so. A term counts for a provision where its own words, those inside it or
the introductory words it completes say it; the age of a child also where the definitions say it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from treatynlp.comparison.memory import remembered
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.units import Coded, Said
from treatynlp.structure.address import stands_in
from treatynlp.text import Span

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
SILENT = Term(frozenset(), ())
"""What a provision says of an element it does not name."""


@remembered
def terms(coded: Coded, eid: str, rules: Rules) -> dict[str, Term]:
    """The terms of a provision by element, in the order they are said."""
    found: dict[str, list[Said]] = {}
    own = [row for one in _reach(coded, eid) for row in coded.said.get(one, ())]
    narrowing = {rule.attribute for rule in rules.strictness if rule.narrows}
    whole = (row for row in own if row.name not in narrowing or not _of_one_form(row, own, coded, eid))
    own = [row for row in whole if row.name not in narrowing or not _of_last_act(row, coded, rules)]
    # "A Party may require …" mostly stands in a paragraph of its own (Budapest 4(2)).
    own += _options_beside(coded, eid)
    own += [row for one in own for row in _akin(one, coded, rules)]
    for row in (*own, *_defined(coded, eid, {row.name for row in own}, rules)):
        found.setdefault(row.name, []).append(row)
    return {name: term_of(rows) for name, rows in found.items()}


def term_of(rows: Iterable[Said]) -> Term:
    said = list(rows)
    return Term(frozenset((r.value, r.case) for r in said), tuple(dict.fromkeys((r.eid, r.words) for r in said)))


FORMS = 3
"""Points from which on a provision is a list of forms: what fewer than half of them say is no term of the whole (that
one form of an offence is committed through a computer system makes it no computer offence)."""


def _of_one_form(row: Said, rows: Iterable[Said], coded: Coded, eid: str) -> bool:
    """Whether a term is said by fewer than half of the points it is listed in, and nowhere above them."""
    inside = row.eid
    # Up to the point that is one of the forms; an indent inside it belongs to it.
    while inside != eid and inside in coded.where and coded.where[inside].provision.kind != "point":
        inside = coded.where[inside].parent
    above = coded.where[inside].parent if inside in coded.where else ""
    if inside == eid or not above or not stands_in(above, eid):
        return False
    points = [one.eid for one in coded.where[above].provision.children if one.kind == "point"]
    same = [one.eid for one in rows if one[:3] == row[:3]]
    saying = [p for p in points if any(stands_in(one, p) for one in same)]
    return above not in same and len(points) >= FORMS and 2 * len(saying) < len(points)


def _of_last_act(row: Said, coded: Coded, rules: Rules) -> bool:
    """Whether a term is said of the last of several acts only ("making, selling or possessing for that purpose")."""
    treaty, words = coded.record.treaty, rules.last_act
    if treaty is None or words is None or row.eid not in coded.where:
        return False
    before = " ".join(treaty.text.value[coded.where[row.eid].provision.body.start : row.words.start].split())
    return bool(re.search(words.pattern, f"{before} ", re.I))


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
        fits = re.search(rule.word, words, re.I) and re.search(rule.where, words, re.I)
        if rows and fits and not re.search(rule.unless, words, re.I):
            yield from rows


def _said_at(coded: Coded, place: str) -> list[Said]:
    """What is said in a provision, also where the reader gave it the address of what is around it."""
    if place not in coded.where:
        return []
    span = coded.where[place].provision.span
    around = (eid for eid in coded.said if stands_in(place, eid))
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


def without_implied(left: Terms, right: Terms) -> tuple[Terms, Terms]:
    """The terms of two provisions without what one says and the other implies, for that is no difference."""
    return _answered(left, right), _answered(right, left)


def _answered(own: Terms, others: Terms) -> dict[str, Term]:
    found = {name: replace(term, values=_unanswered(term, others.get(name, SILENT))) for name, term in own.items()}
    return {name: term for name, term in found.items() if term.values}


def _unanswered(term: Term, other: Term) -> frozenset[tuple[str, str]]:
    told = {value for value, case in other.values if case != IMPLIED}
    answered = {value for value, case in other.values if case == IMPLIED} - told
    return frozenset((value, case) for value, case in term.values if case != IMPLIED and value not in answered)
