"""How alike every two instruments are."""

from treatynlp.publishing.columns import REFERS_PAIR
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    Field("left", "id of one instrument", required=True),
    Field("right", "id of the other", required=True),
    Field("topics_left", "topics the left one regulates (of those known in both)", "integer"),
    Field("topics_right", "topics the right one regulates (of those known in both)", "integer"),
    Field("topics_both", "topics both regulate", "integer"),
    Field("thematic", "Jaccard index of the topics they regulate", "number"),
    Field("textual", "TF-IDF cosine of their operative words, boilerplate stripped", "number"),
    Field(
        "compared",
        "whether they were laid side by side provision by provision (alignments, differences, gaps, "
        "dual_criminality); false: each has nearer ones, ask `treatynlp compare`",
        "boolean",
        required=True,
    ),
)


def similarity_table(material: Material) -> Table:
    """One row for every two instruments."""
    names, compared = [field.name for field in FIELDS if field.name != "compared"], material.overview.compared
    rows = rows_of(FIELDS, (
        {name: getattr(row, name) for name in names} | {"compared": (row.left, row.right) in compared}
        for row in material.overview.similarities
    ))  # fmt: skip
    sheet = Sheet("Likeness", ("thematic", "textual"), raw=True)
    return Table(
        name="similarity",
        means="How alike two instruments are",
        fields=FIELDS,
        rows=rows,
        sheet=sheet,
        key=("left", "right"),
        refers=REFERS_PAIR,
    )
