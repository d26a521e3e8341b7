"""The sources that were read."""

from treatynlp.comparison.records import Record
from treatynlp.publishing.columns import INSTRUMENT, REFERS_INSTRUMENT
from treatynlp.publishing.material import Material, text_sha256
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
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


def documents_table(material: Material) -> Table:
    """One row for each source that was read."""
    rows = rows_of(FIELDS, (_document(record) for record in material.overview.records if record.source))
    means = "The sources that were read"
    return Table(
        name="documents",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Sources", raw=True),
        key=("instrument",),
        refers=(REFERS_INSTRUMENT,),
    )


def _document(record: Record) -> Row:
    source, treaty = record.source, record.treaty
    names = ("url", "sha256", "media_type", "pages", "fidelity", "confidence", "origin")
    return {name: getattr(source, name) for name in names} | {
        "instrument": record.id,
        "characters": len(treaty.text) if treaty else None,
        "text_sha256": text_sha256(record),
    }
