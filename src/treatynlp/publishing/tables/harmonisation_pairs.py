"""How far every two instruments agree."""

from treatynlp.publishing.columns import LEFT, REFERS_PAIR, RIGHT
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    LEFT,
    RIGHT,
    Field("both", "topics both regulate", "integer"),
    Field("either", "topics at least one regulates", "integer"),
    Field("unknown", "topics unknown in one of them", "integer"),
    Field("thematic", "both / either", "number"),
    Field("index", "agreement on topics and their terms / either", "number"),
    Field("index_low", "the same, unknown topics counted as lacking", "number"),
    Field("index_high", "the same, unknown topics counted as agreed upon", "number"),
)


def harmonisation_pairs_table(material: Material) -> Table:
    """One row for every two instruments."""
    rows = rows_of(FIELDS, ({f.name: getattr(row, f.name) for f in FIELDS} for row in material.overview.pairs))
    means = "How far two instruments agree over all topics"
    sheet = Sheet("Agreement by pair", ("thematic", "index"), raw=True)
    return Table(
        name="harmonisation_pairs",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=sheet,
        key=("left", "right"),
        refers=REFERS_PAIR,
    )
