"""Tables of what was found: instruments, documents, provisions, labels, attributes, references, definitions."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from treatynlp.coding.labels import Label
from treatynlp.comparison.cells import modalities
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.parameters import in_days
from treatynlp.comparison.records import Place, Record, locate, places
from treatynlp.publishing.columns import (
    FAMILY,
    INSTRUMENT,
    OFFSETS,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    STRENGTH,
    TOPIC,
    by_kind,
    offsets,
    place,
)  # fmt: skip
from treatynlp.publishing.tables import Field, Table, Value, rows_of

Where = dict[str, Place]
Row = dict[str, Value]


def contents(overview: Overview) -> list[Table]:
    """The tables of what was found, in the order of the pipeline."""
    taken = [(record, places(record.treaty)) for record in overview.records]
    return [
        instruments(overview.records), topics(overview), documents(overview.records), provisions(taken),
        labels(taken, overview.codebook.family_of),
        attributes(taken), references(taken), definitions(taken),
    ]  # fmt: skip


INSTRUMENTS = (
    Field("id", "id of the instrument", required=True),
    Field("short_title", "name in common use", required=True),
    Field("title", "full title"),
    Field("citation", "official citation"),
    Field("body", "organisation it was made in"),
    Field("kind", "treaty, protocol, directive, model law, …"),
    Field("binding", "whether it binds", "boolean"),
    Field("scope", "regional or global"),
    Field("region", "region, where regional"),
    Field("adopted", "date of adoption, as exact as declared"),
    Field("opened", "date of opening for signature"),
    Field("signed", "date of signature"),
    Field("in_force", "date of entry into force"),
    Field("date", "the earliest date known, by which instruments are put in order of time"),
    Field("parent", "id of the instrument it supplements"),
    Field("status", "how far it was taken", required=True, one_of=("coded", "split", "not_assessed")),
    Field("articles", "articles found", "integer"),
    Field("articles_expected", "articles the registry expects", "integer"),
    Field("url", "address of its first official source"),
)


def instruments(records: Iterable[Record]) -> Table:
    """Every instrument of the registry, whether or not its text was there."""
    rows = rows_of(INSTRUMENTS, map(_instrument, records))
    return Table("instruments", "The registry, and how far each instrument was taken", INSTRUMENTS, rows, ("id",))


def _instrument(record: Record) -> Row:
    declared = record.instrument
    names = ("id", "short_title", "title", "citation", "body", "kind", "binding", "scope", "region", "parent")
    return {name: getattr(declared, name) for name in names} | {
        "adopted": declared.dates.adopted, "opened": declared.dates.opened, "signed": declared.dates.signed,
        "in_force": declared.dates.in_force, "date": declared.dates.first,
        "status": "not_assessed" if record.treaty is None else "split" if record.coding is None else "coded",
        "articles": len(record.treaty.articles) if record.treaty else None,
        "articles_expected": declared.expect.articles,
        "url": declared.sources[0].url if declared.sources else None,
    }  # fmt: skip


TOPICS = (
    Field("topic", "topic", required=True),
    FAMILY,
    Field("means", "the coding rule"),
    Field("means_not", "where the neighbouring topic begins"),
)


def topics(overview: Overview) -> Table:
    """The codebook's topics, so that a release explains itself."""
    rows = rows_of(TOPICS, (
        {"topic": name, "family": topic.family, "means": topic.means, "means_not": topic.but_not}
        for name, topic in overview.codebook.topics.items()
    ))  # fmt: skip
    return Table("topics", "The codebook's topics", TOPICS, rows, ("topic",))


DOCUMENTS = (
    INSTRUMENT,
    Field("url", "address of the source", required=True),
    Field("sha256", "hash of the source's bytes", required=True),
    Field("media_type", "media type of the source"),
    Field("pages", "pages of the source", "integer"),
    Field("fidelity", "how the characters were had: text, ocr, html"),
    Field("confidence", "how sure their reading is, 0 to 1", "number"),
    Field("origin", "official: from the address above; mirror, specimen, own or file: from a stand-in for it"),
    Field("characters", "characters of the instrument's text", "integer"),
    Field("text_sha256", "hash of the instrument's text as split"),
)


def documents(records: Iterable[Record]) -> Table:
    """The sources that were read."""
    rows = rows_of(DOCUMENTS, (_document(record) for record in records if record.source))
    return Table("documents", "The sources that were read", DOCUMENTS, rows, ("instrument",), (REFERS_INSTRUMENT,))


def _document(record: Record) -> Row:
    source, treaty = record.source, record.treaty
    names = ("url", "sha256", "media_type", "pages", "fidelity", "confidence", "origin")
    return {name: getattr(source, name) for name in names} | {
        "instrument": record.id,
        "characters": len(treaty.text) if treaty else None,
        "text_sha256": text_sha256(record),
    }


def text_sha256(record: Record) -> str | None:
    """The hash of an instrument's text; None without text."""
    return sha256(record.treaty.text.value.encode()).hexdigest() if record.treaty else None


PROVISIONS = (
    INSTRUMENT,
    *PLACE,
    Field("parent", "address of the provision around it"),
    Field("kind", "chapter, article, paragraph, point, …", required=True),
    Field("level", "depth in the tree, from 0", "integer"),
    Field("order", "place in reading order, from 0", "integer"),
    Field("number", "number as printed"),
    Field("label", "bare number"),
    Field("heading", "heading as printed"),
    Field("modality", "strength of its main clause", one_of=STRENGTH.one_of),
    *OFFSETS,
    Field("text_start", "offset of the first character of `text`", "integer"),
    Field("text", "its words without heading", words=True),
)


def provisions(taken: Sequence[tuple[Record, Where]]) -> Table:
    """Every provision of every instrument, in reading order."""
    rows = rows_of(PROVISIONS, (row for record, where in taken for row in _provisions(record, where)))
    means = "Every provision, with its address and place in the source"
    return Table("provisions", means, PROVISIONS, rows, ("instrument", "eid"), (REFERS_INSTRUMENT,))


def _provisions(record: Record, where: Where) -> Iterable[Row]:
    strengths = modalities(where, record.coding) if record.coding else {}
    for eid, at in where.items():
        passage = locate(record, where, eid)
        found, text = at.provision, record.treaty.words(at.provision.body) if record.treaty else ""
        yield place(passage, where) | offsets(passage) | {
            "parent": at.parent or None, "kind": found.kind, "level": at.level, "order": at.order,
            "number": found.number, "label": found.label, "heading": found.heading,
            "modality": strengths.get(eid) or None, "text": text,
            "text_start": found.body.start,
        }  # fmt: skip


LABELS = (
    INSTRUMENT,
    *PLACE,
    TOPIC,
    FAMILY,
    Field("status", "committed: counts in the matrix; inconclusive: a reader must look", required=True,
          one_of=("committed", "inconclusive")),
    Field("score", "how sure, 0 to 1", "number", required=True),
    Field("by", "who decided: gold, rule:<pattern>, model:<name>, override:<reviewer>", required=True),
    Field("decided_by", "the kind of decider: human, rule, model", required=True),
    STRENGTH,
    *OFFSETS,
    Field("evidence", "the words it rests on", words=True),
)  # fmt: skip


def labels(taken: Sequence[tuple[Record, Where]], families: dict[str, str]) -> Table:
    """Every label, committed or not, with the words it rests on."""
    rows = rows_of(LABELS, (row for record, where in taken for row in _labels(record, where, families)))
    means = "What each provision is about, how sure that is and who says so"
    return Table("labels", means, LABELS, rows, (), (REFERS_INSTRUMENT, REFERS_TOPIC))


def _labels(record: Record, where: Where, families: dict[str, str]) -> Iterable[Row]:
    if record.coding is None or record.treaty is None:
        return
    strengths = modalities(where, record.coding)
    statuses = [("committed", label) for label in record.coding.labels]
    statuses += [("inconclusive", label) for label in record.coding.inconclusive]

    def order(pair: tuple[str, Label]) -> tuple[int, str, str, str]:
        return (where[pair[1].eid].order if pair[1].eid in where else -1, pair[1].topic, pair[0], pair[1].by)

    for status, label in sorted(statuses, key=order):
        passage = locate(record, where, label.eid, label.evidence)
        yield place(passage, where) | offsets(passage) | {
            "topic": label.topic, "family": families.get(label.topic), "status": status, "score": label.score,
            "by": label.by, "decided_by": by_kind(label.by), "strength": strengths.get(label.eid) or None,
            "evidence": record.treaty.words(label.evidence) if label.evidence else None,
        }  # fmt: skip


ATTRIBUTES = (
    INSTRUMENT,
    *PLACE,
    Field("attribute", "attribute of the codebook", required=True),
    Field("value", "its value"),
    Field("unit", "unit of the value"),
    Field("days", "the value as a length of time in days (month 30, year 365)", "number"),
    Field("case", "case of the codebook, or a hedge"),
    *OFFSETS,
    Field("evidence", "the words it rests on", words=True),
)


def attributes(taken: Sequence[tuple[Record, Where]]) -> Table:
    """Every parameter and modality read off a provision."""
    rows = rows_of(ATTRIBUTES, (row for record, where in taken for row in _attributes(record, where)))
    means = "Parameters read off provisions, modality included"
    return Table("attributes", means, ATTRIBUTES, rows, (), (REFERS_INSTRUMENT,))


def _attributes(record: Record, where: Where) -> Iterable[Row]:
    if record.coding is None or record.treaty is None:
        return
    for found in sorted(record.coding.attributes, key=lambda a: (where[a.eid].order if a.eid in where else -1, a)):
        passage = locate(record, where, found.eid, found.evidence)
        yield place(passage, where) | offsets(passage) | {
            "attribute": found.attribute, "value": found.value, "unit": found.unit or None, "case": found.case or None,
            "days": in_days(found.attribute, found.value, found.unit), "evidence": record.treaty.words(found.evidence),
        }  # fmt: skip


REFERENCES = (
    INSTRUMENT,
    *PLACE,
    Field("target_instrument", "id of the instrument pointed to; empty for the instrument itself"),
    Field("target", "address pointed to; empty for the whole instrument"),
    *OFFSETS,
    Field("words", "the words that point", words=True),
)


def references(taken: Sequence[tuple[Record, Where]]) -> Table:
    """Every cross-reference that was resolved."""
    rows = rows_of(REFERENCES, (
        place(passage := locate(record, where, found.eid, found.span), where) | offsets(passage)
        | {"target_instrument": found.instrument or None, "target": found.target or None,
           "words": record.treaty.words(found.span)}
        for record, where in taken if record.treaty for found in record.treaty.references
    ))  # fmt: skip
    return Table("references", "Cross-references", REFERENCES, rows, (), (REFERS_INSTRUMENT,))


DEFINITIONS = (
    INSTRUMENT,
    *PLACE,
    Field("term", "the term defined", required=True),
    Field("scope", "the part it is defined for; empty for the whole instrument"),
    *OFFSETS,
    Field("meaning", "the meaning it is given", words=True),
)


def definitions(taken: Sequence[tuple[Record, Where]]) -> Table:
    """Every term an instrument defines."""
    rows = rows_of(DEFINITIONS, (
        place(passage := locate(record, where, found.eid, found.meaning), where) | offsets(passage)
        | {"term": found.term, "scope": found.scope or None, "meaning": record.treaty.words(found.meaning)}
        for record, where in taken if record.treaty for found in record.treaty.definitions
    ))  # fmt: skip
    return Table("definitions", "Terms and where they are defined", DEFINITIONS, rows, (), (REFERS_INSTRUMENT,))
