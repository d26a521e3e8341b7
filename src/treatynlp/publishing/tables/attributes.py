"""Parameters read off provisions, whatever their topic."""

from collections.abc import Iterable

from treatynlp.coding.labels import Attribute, Modality
from treatynlp.comparison.cells import decider
from treatynlp.comparison.parameters import in_days
from treatynlp.comparison.records import Record, locate
from treatynlp.publishing.columns import INSTRUMENT, OFFSETS, PLACE, REFERS_INSTRUMENT, offset_columns, place_columns
from treatynlp.publishing.material import Material, Where
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    INSTRUMENT,
    *PLACE,
    Field("attribute", "attribute of the codebook", required=True),
    Field("value", "its value"),
    Field("unit", "unit of the value"),
    Field("days", "the value as a length of time in days (month 30, year 365)", "number"),
    Field("case", "case of the codebook, or a hedge"),
    Field("decided_by", "who decided: human or rule", required=True),
    *OFFSETS,
    Field("evidence", "the words it rests on", words=True),
)


def attributes_table(material: Material) -> Table:
    """Every parameter and modality read off a provision."""
    rows = rows_of(FIELDS, (row for record, where in material.taken for row in _attributes(record, where)))
    means = "Parameters read off provisions, modality included"
    sheet = Sheet.none("the sheet of `parameters` holds them with their topics")
    return Table(
        name="attributes", means=means, fields=FIELDS, rows=rows, sheet=sheet, key=(), refers=(REFERS_INSTRUMENT,)
    )


def _as_attribute(found: Modality) -> Attribute:
    """A modality as a row of this table, which shows both: its hedges stand where an attribute has its case."""
    return Attribute(
        eid=found.eid,
        attribute="modality",
        value=found.strength,
        unit="",
        case=";".join(found.hedges),
        evidence=found.evidence,
    )


def _attributes(record: Record, where: Where) -> Iterable[Row]:
    if record.coding is None or record.treaty is None:
        return
    read = (*record.coding.attributes, *map(_as_attribute, record.coding.modalities))
    # In reading order; what stands at an address that the tree no longer has comes first, where it is seen.
    for found in sorted(read, key=lambda a: (where[a.eid].order if a.eid in where else -1, a)):
        passage = locate(record, where, found.eid, found.evidence)
        yield place_columns(passage, where) | offset_columns(passage) | {
            "attribute": found.attribute, "value": found.value, "unit": found.unit or None, "case": found.case or None,
            "decided_by": decider(found.by),
            "days": in_days(found.attribute, found.value, found.unit), "evidence": record.treaty.words(found.evidence),
        }  # fmt: skip
