"""How alike instruments are, as squares."""

from treatynlp.publishing.columns import INSTRUMENT, REFERS_INSTRUMENT
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

MEASURES = ("thematic", "textual")


def matrix_similarity_table(material: Material) -> Table:
    """Instruments down and across, once by theme and once by wording; the diagonal is 1."""
    measure = Field("measure", "what is measured", required=True, one_of=MEASURES)
    fields = (measure, INSTRUMENT, *(Field(id, f"Similarity with {id}", "number") for id in material.ids))
    rows: list[Row] = []
    for name in MEASURES:
        values = {(row.left, row.right): getattr(row, name) for row in material.overview.similarities}
        for one in material.ids:
            across = {id: values.get((one, id), values.get((id, one))) for id in material.ids} | {one: 1.0}
            rows.append({"measure": name, "instrument": one} | across)
    means = "How alike two instruments are: by theme and by wording"
    sheet, key = Sheet.none("the sheet of `similarity` has the same numbers"), ("measure", "instrument")
    return Table(
        name="matrix_similarity",
        means=means,
        fields=fields,
        rows=rows_of(fields, rows),
        sheet=sheet,
        key=key,
        refers=(REFERS_INSTRUMENT,),
    )
