"""Every provision of every instrument."""

from collections.abc import Iterable, Mapping

from treatynlp.comparison.records import Record, locate
from treatynlp.corpus import text_hash
from treatynlp.publishing.columns import (
    INSTRUMENT,
    OFFSETS,
    PLACE,
    REFERS_INSTRUMENT,
    STRENGTH,
    offset_columns,
    place_columns,
)
from treatynlp.publishing.material import Material, Where
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    INSTRUMENT,
    *PLACE,
    Field("parent", "address of the provision around it"),
    Field("kind", "chapter, article, paragraph, point, …", required=True),
    Field("level", "depth in the tree, from 0", "integer"),
    Field("order", "place in reading order, from 0", "integer"),
    Field("number", "number as printed"),
    Field("label", "bare number"),
    Field("heading", "heading as printed"),
    Field("quoted", "whether its words are another instrument's, which this one amends", "boolean"),
    Field(
        "modality", "its strongest words; a duty to criminalise laid down elsewhere reaches it", one_of=STRENGTH.one_of
    ),
    *OFFSETS,
    Field("text_start", "offset of the first character of `text`", "integer"),
    Field("text_hash", "hash of the letters and digits of the whole provision, as corpus/overrides names it"),
    Field("text", "its words without heading", words=True),
)


def provisions_table(material: Material) -> Table:
    """Every provision of every instrument, in reading order."""
    said = material.overview.strengths
    rows = rows_of(
        FIELDS, (row for record, where in material.taken for row in _provisions(record, where, said.get(record.id, {})))
    )
    means = "Every provision, with its address and place in the source"
    return Table(
        name="provisions",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Provisions", raw=True),
        key=("instrument", "eid"),
        refers=(REFERS_INSTRUMENT,),
    )


def _provisions(record: Record, where: Where, strengths: Mapping[str, str]) -> Iterable[Row]:
    for eid, at in where.items():
        passage = locate(record, where, eid)
        found, text = at.provision, record.treaty.words(at.provision.body) if record.treaty else ""
        yield place_columns(passage, where) | offset_columns(passage) | {
            "parent": at.parent or None, "kind": found.kind, "level": at.level, "order": at.order,
            "number": found.number, "label": found.label, "heading": found.heading,
            "quoted": found.quoted, "modality": strengths.get(eid) or None, "text": text,
            "text_start": found.body.start,
            "text_hash": text_hash(record.treaty.words(found.span)) if record.treaty else None,
        }  # fmt: skip
