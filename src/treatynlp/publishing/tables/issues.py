"""What a reader must know of the data."""

from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    Field("level", "error, warning or info", required=True, one_of=("error", "warning", "info")),
    Field("code", "what kind of problem", required=True),
    Field("where", "file, instrument, page or address", required=True),
    Field("message", "what is wrong and what to do about it", required=True),
)


def issues_table(material: Material) -> Table:
    """Every problem once."""
    names = [field.name for field in FIELDS]
    rows = rows_of(FIELDS, ({name: getattr(one, name) for name in names} for one in sorted(set(material.issues))))
    return Table(
        name="issues",
        means="What a reader must know of the data",
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Issues", raw=True),
    )
