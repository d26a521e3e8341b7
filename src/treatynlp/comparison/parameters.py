"""Parameters side by side: what each instrument asks in numbers and conditions, topic by topic.

A period of 90 days and one of 3 months are set side by side in days; ages and counts stay what they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from treatynlp.codebook import DAYS
from treatynlp.coding.labels import Attribute
from treatynlp.coding.quantities import quantities
from treatynlp.comparison.bounds import bound_of, members_among
from treatynlp.comparison.records import CitedPassage, Place, Record, locate, places
from treatynlp.comparison.rules import Qualifies
from treatynlp.text import Span

if TYPE_CHECKING:
    from treatynlp.codebook import Codebook

OF_SENTENCES = frozenset({"extradition_threshold", "penalty_threshold"})
"""Attributes that measure the length of a sentence, whose maximum and minimum are two things."""
_OF_PERIODS = {"maximum": "at_most", "minimum": "at_least"}

OF_STATES = frozenset({"ratifications_required"})
"""Attributes that count States, of which some may have to be members of the organisation."""

OF_CONDUCT = frozenset({"mens_rea"})
"""Attributes that qualify what is done: said in introductory words, they are said of every act that these introduce."""

AGES = frozenset({"age_of_child"})
"""Attributes in years that are no length of time to set side by side in days."""

PLACES = 4
"""Decimals of a length of time in days: an hour is 0.0417."""


@dataclass(frozen=True, slots=True, order=True)
class Parameter:
    """A value an instrument sets, under the topic its provision is about, with the words it rests on.

    `days` is the value as a length of time, None for what is no length of time; `bound` says whether it is the
    least, the most, or of what sentence (see comparison.bounds); `members` how many of the
    States it counts must be members of the organisation, "" where that is not asked; `by` who decided.
    """

    topic: str
    attribute: str
    passage: CitedPassage
    value: str
    unit: str
    days: float | None
    case: str
    bound: str = ""
    members: str = ""
    by: str = "rule"


def in_days(attribute: str, value: str, unit: str) -> float | None:
    """A length of time in days.

    >>> in_days("preservation_period", "3", "month"), in_days("age_of_child", "18", "year"), in_days("x", "90", "")
    (90.0, None, None)
    """
    if attribute in AGES or unit not in DAYS:
        return None
    try:
        return round(float(value) * DAYS[unit], PLACES)
    except ValueError:
        return None


def parameters(records: Iterable[Record], qualifies: Qualifies | None = None) -> tuple[Parameter, ...]:
    """Every parameter of every instrument.

    A parameter stands under the topic it qualifies (see `qualifies`) among those of its provision and of those around
    it, else among those of its neighbours in the article; without any topic its topic is "". A mental element in
    introductory words ("when committed intentionally:") stands under those of the acts they introduce, too.
    """
    return tuple(row for record in records for row in _of(record, qualifies or Qualifies()))


def _of(record: Record, qualifies: Qualifies) -> Iterable[Parameter]:
    if record.coding is None:
        return
    where, topics = places(record.treaty), _topics(record)
    for found in sorted(record.coding.attributes):
        passage = locate(record, where, found.eid, found.evidence or Span(0, 0))
        days = in_days(found.attribute, found.value, found.unit)
        bound = bounded(found, record, where) if days is not None else ""
        members = _members(found, record, where) if found.attribute in OF_STATES else ""
        said_of = around(found.eid, where, topics)
        if found.attribute in OF_CONDUCT:
            said_of = _with_introduced(said_of, found.eid, found.evidence, where, topics)
        for topic in qualifies.among(found.attribute, said_of):
            yield Parameter(
                topic=topic,
                attribute=found.attribute,
                passage=passage,
                value=found.value,
                unit=found.unit,
                days=days,
                case=found.case,
                bound=bound,
                members=members,
                by=found.by,
            )


def bounded(found: Attribute, record: Record, where: Mapping[str, Place]) -> str:
    """What the words around a length of time make of it, within its sentence.

    A maximum or a minimum that is said of a period, and not of a sentence, is the most or the least of it.
    """
    if (said := _sentence(found, record, where)) is None:
        return ""
    bound = bound_of(*said, record.treaty.language if record.treaty else "en")
    return bound if found.attribute in OF_SENTENCES else _OF_PERIODS.get(bound.partition("_")[0], bound)


def _members(found: Attribute, record: Record, where: Mapping[str, Place]) -> str:
    """How many of the States counted must be members: looked for behind the count."""
    if record.treaty is None or (said := _sentence(found, record, where)) is None:
        return ""
    words = f"{said[1]}{said[2]}"
    counts = quantities(words.lower(), record.treaty.language)
    return members_among(words[counts[0].end :]) if counts else ""


def _sentence(found: Attribute, record: Record, where: Mapping[str, Place]) -> tuple[str, str, str] | None:
    """The words of the sentence before, in and behind those a value rests on."""
    if not (record.treaty and found.evidence and found.evidence.length):
        return None
    # Within the provision: the sentence before a list's first point may bound another period.
    text, span = record.treaty.text.value, found.evidence
    home = where[found.eid].provision.span if found.eid in where else Span(0, len(text))
    before = re.split(r"[.;](?=\s)", text[home.start : span.start])[-1]
    behind = re.split(r"[.;](?=\s)", text[span.end : home.end])[0]
    return before, text[span.start : span.end], behind


def _topics(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label in record.coding.labels if record.coding else ():
        found.setdefault(label.eid, set()).add(label.topic)
    return found


def around(eid: str, where: Mapping[str, Place], topics: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The topics that what a provision says belongs to: its own and those around it, else those of its neighbours."""
    at, own = eid, set[str]()
    while at:
        own |= topics.get(at, set())
        at = where[at].parent if at in where else ""
    if own:
        return tuple(sorted(own))
    article = where[eid].article if eid in where else eid
    inside = {topic for other, place in where.items() if place.article == article for topic in topics.get(other, ())}
    return tuple(sorted(inside)) or ("",)


def _with_introduced(
    said_of: tuple[str, ...], eid: str, words: Span | None, where: Mapping[str, Place], topics: Mapping[str, set[str]]
) -> tuple[str, ...]:
    """Topics, with those of the parts of a provision that the words introduce, as far as they stand before the first of
    them (drug conventions lay down trade and laundering under one paragraph)."""
    parts = where[eid].provision.children if eid in where else ()
    if not (parts and words and words.length and words.end <= parts[0].span.start):
        return said_of
    inside = {topic for part in parts for one in part.walk() for topic in topics.get(one.eid, ())}
    return tuple(sorted({*filter(None, said_of), *inside})) or said_of


def elements_by_topic(
    records: Iterable[Record], codebook: "Codebook"
) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """(instrument, topic) → element → the values it is laid down with; under topics that the element can qualify."""
    found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for record in records:
        where, topics = places(record.treaty), _topics(record)
        for row in record.coding.elements if record.coding else ():
            can = codebook.element_groups[codebook.elements[row.element].of].topics
            said_of = _with_introduced(around(row.eid, where, topics), row.eid, row.evidence, where, topics)
            for topic in set(said_of) & set(can):
                at = found.setdefault((record.id, topic), {})
                at[row.element] = at.get(row.element, frozenset()) | {f"{row.case} {row.value}".strip()}
    return found
