"""Cross-references."""

from treatynlp.comparison.records import locate
from treatynlp.publishing.columns import INSTRUMENT, OFFSETS, PLACE, REFERS_INSTRUMENT, offset_columns, place_columns
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    INSTRUMENT,
    *PLACE,
    Field("target_instrument", "id of the instrument pointed to; empty for the instrument itself"),
    Field("target", "address pointed to; empty for the whole instrument"),
    *OFFSETS,
    Field("words", "the words that point", words=True),
)


def references_table(material: Material) -> Table:
    """Every cross-reference that was resolved."""
    rows = rows_of(FIELDS, (
        place_columns(passage := locate(record, where, found.eid, found.span), where) | offset_columns(passage)
        | {"target_instrument": found.instrument or None, "target": found.target or None,
           "words": record.treaty.words(found.span)}
        for record, where in material.taken if record.treaty for found in record.treaty.references
    ))  # fmt: skip
    sheet = Sheet.none("they are links of the explorer, and of use to programs")
    return Table(
        name="references",
        means="Cross-references",
        fields=FIELDS,
        rows=rows,
        sheet=sheet,
        key=(),
        refers=(REFERS_INSTRUMENT,),
    )
