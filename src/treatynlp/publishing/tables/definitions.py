"""Terms and where they are defined."""

from treatynlp.comparison.records import locate
from treatynlp.publishing.columns import INSTRUMENT, OFFSETS, PLACE, REFERS_INSTRUMENT, offset_columns, place_columns
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    INSTRUMENT,
    *PLACE,
    Field("term", "the term defined", required=True),
    Field("scope", "the part it is defined for; empty for the whole instrument"),
    *OFFSETS,
    Field("meaning", "the meaning it is given", words=True),
)


def definitions_table(material: Material) -> Table:
    """Every term an instrument defines."""
    rows = rows_of(FIELDS, (
        place_columns(passage := locate(record, where, found.eid, found.meaning), where) | offset_columns(passage)
        | {"term": found.term, "scope": found.scope or None, "meaning": record.treaty.words(found.meaning)}
        for record, where in material.taken if record.treaty for found in record.treaty.definitions
    ))  # fmt: skip
    means = "Terms and where they are defined"
    return Table(
        name="definitions",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Definitions", raw=True),
        key=(),
        refers=(REFERS_INSTRUMENT,),
    )
