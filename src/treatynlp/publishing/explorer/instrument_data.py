"""One instrument for the explorer: its words, the tree of its provisions, and what is known of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from treatynlp.comparison.cells import decider
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.parameters import Parameter
from treatynlp.comparison.records import Place, locate
from treatynlp.comparison.strength import MODALITIES
from treatynlp.publishing.explorer.numbering import Json, Numbering, ReadInstrument
from treatynlp.publishing.table import tidy
from treatynlp.structure.address import cited

Packed = list[Any]
"""A row whose columns go by their place: `data.js` names them."""
SELF, OUTSIDE = -1, -2
"""What a reference points into that is no instrument of the corpus by number: the instrument itself, any other."""


def instrument_data(one: ReadInstrument, overview: Overview, numbers: Numbering, with_text: bool) -> Json:
    """All that is known of one instrument; its words only `with_text`. The rows' columns are named in `data.js`."""
    treaty, own = one.record.treaty, [p for p in overview.parameters if p.passage.instrument == one.id]
    coding = one.record.coding
    deciders = sorted({label.by for label in (*coding.labels, *coding.inconclusive)}) if coding else []
    kinds = sorted({place.provision.kind for place in one.where.values()})
    return {
        "text": treaty.text.value if with_text and treaty else None,
        "kinds": kinds,
        "provisions": list(_provisions(one, kinds, overview.strengths.get(one.id, {}))),
        "deciders": deciders,
        "labels": list(_labels(one, numbers, deciders)),
        "parameters": [_parameter(one, numbers, found) for found in own],
        "elements": list(_elements(one, numbers)),
        "references": list(_references(one, numbers)),
        "definitions": list(_definitions(one)),
    }


def _provisions(one: ReadInstrument, kinds: Sequence[str], strengths: Mapping[str, str]) -> Iterator[Packed]:
    for eid, place in one.where.items():
        found, at = place.provision, one.offset
        strength = strengths.get(eid, "")
        address = _step(eid, place.parent), _step(cited(eid), cited_above(place)), found.number, found.heading
        extent = at(found.span.start), at(found.span.end), at(found.body.start)
        page = locate(one.record, one.where, eid).page
        known = page, MODALITIES.index(strength) if strength else -1, int(place.operative)
        yield [one.number.get(place.parent, -1), kinds.index(found.kind), *address, *extent, *known]


def cited_above(place: Place) -> str:
    """How the provision around it is cited; "" at the top."""
    return cited(place.parent) if place.parent else ""


def _step(whole: str, above: str) -> str:
    """What an address adds to the one above it, after a tilde; the whole where it does not go on from there.

    >>> _step("art_2__para_1", "art_2"), _step("art_2", "chp_I"), _step("preamble", "")
    ('~__para_1', 'art_2', 'preamble')
    """
    return f"~{whole.removeprefix(above)}" if above and whole.startswith(above) else whole


def _labels(one: ReadInstrument, numbers: Numbering, deciders: Sequence[str]) -> Iterator[Packed]:
    coding = one.record.coding
    rows = [(label, 1) for label in coding.labels] + [(label, 0) for label in coding.inconclusive] if coding else []
    order = numbers.topics
    rows = [row for row in rows if row[0].eid in one.number and row[0].topic in order]
    for label, committed in sorted(rows, key=lambda r: (one.number[r[0].eid], order[r[0].topic], -r[1], r[0].by)):
        by = deciders.index(label.by)
        words = [one.offset(label.evidence.start), one.offset(label.evidence.end)] if label.evidence else []
        yield [one.number[label.eid], order[label.topic], committed, tidy(label.score), by, *words]


def _parameter(one: ReadInstrument, numbers: Numbering, found: Parameter) -> Packed:
    place, at = found.passage, one.offset
    topic = numbers.topics.get(found.topic, -1)
    return [
        topic,
        one.number.get(place.eid, -1),
        found.attribute,
        numbers.titles.value(found),
        at(place.start),
        at(place.end),
        decider(found.by),
        found.value,
        found.unit,
        found.case,
    ]


def _elements(one: ReadInstrument, numbers: Numbering) -> Iterator[Packed]:
    """The terms of offences and powers: provision, element, in words, and the words it rests on."""
    coding, at = one.record.coding, one.offset
    for found in sorted(coding.elements) if coding else ():
        if found.eid in one.number:
            said = numbers.titles.term(found.element, found.value, found.case)
            yield [one.number[found.eid], found.element, said, at(found.evidence.start), at(found.evidence.end)]


def _references(one: ReadInstrument, numbers: Numbering) -> Iterator[Packed]:
    for found in one.record.treaty.references if one.record.treaty else ():
        into = SELF if not found.instrument else numbers.instruments.get(found.instrument, OUTSIDE)
        target = one.number.get(found.target, -1) if into == SELF else found.target
        yield [one.number.get(found.eid, -1), one.offset(found.span.start), one.offset(found.span.end), into, target]


def _definitions(one: ReadInstrument) -> Iterator[Packed]:
    for found in one.record.treaty.definitions if one.record.treaty else ():
        where = one.number.get(found.eid, -1), one.number.get(found.scope, -1)
        yield [found.term, *where, one.offset(found.meaning.start), one.offset(found.meaning.end)]
