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
)


def similarity(material: Material) -> Table:
    """One row for every two instruments."""
    names = [field.name for field in FIELDS]
    rows = rows_of(FIELDS, ({name: getattr(row, name) for name in names} for row in material.overview.similarities))
    sheet = Sheet("Likeness", ("thematic", "textual"), raw=True)
    return Table("similarity", "How alike two instruments are", FIELDS, rows, sheet, ("left", "right"), REFERS_PAIR)
