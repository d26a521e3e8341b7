"""Elements: the terms on which offences, powers and cooperation are laid down."""

from collections.abc import Iterable

from treatynlp.comparison.records import Record, locate
from treatynlp.publishing.columns import INSTRUMENT, OFFSETS, PLACE, REFERS_INSTRUMENT, offset_columns, place_columns
from treatynlp.publishing.material import Material, Where
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

CASES = ("required", "optional")

FIELDS = (
    INSTRUMENT,
    *PLACE,
    Field("element", "element of the codebook", required=True),
    Field("value", "its value", required=True),
    Field("case", "whether the provision itself demands it or a Party may; empty: not asked", one_of=CASES),
    *OFFSETS,
    Field("evidence", "the words it rests on", words=True),
)


def elements_table(material: Material) -> Table:
    """Every element read off a provision, in reading order."""
    rows = rows_of(FIELDS, (row for record, where in material.taken for row in _elements(record, where)))
    means = "Terms of offences, powers and cooperation, by which provisions are compared"
    sheet = Sheet.none("the differences made of them are shown instead")
    return Table(
        name="elements", means=means, fields=FIELDS, rows=rows, sheet=sheet, key=(), refers=(REFERS_INSTRUMENT,)
    )


def _elements(record: Record, where: Where) -> Iterable[Row]:
    if record.coding is None or record.treaty is None:
        return
    for found in sorted(
        record.coding.elements, key=lambda one: (where[one.eid].order if one.eid in where else -1, one)
    ):
        passage = locate(record, where, found.eid, found.evidence)
        yield place_columns(passage, where) | offset_columns(passage) | {
            "element": found.element, "value": found.value, "case": found.case or None,
            "evidence": record.treaty.words(found.evidence),
        }  # fmt: skip
