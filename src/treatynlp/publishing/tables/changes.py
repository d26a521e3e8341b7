"""Cells that changed since the earlier release, and why."""

from treatynlp.comparison.changes import Change
from treatynlp.publishing.columns import PLACE, REFERS_TOPIC, first_place
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, Value, rows_of

FIELDS = (
    Field("instrument", "id of the instrument", required=True),
    Field("topic", "topic of the cell", required=True),
    Field("before", "state of the cell in the earlier release; empty for a new cell"),
    Field("after", "state of the cell now; empty for a cell that is gone"),
    Field("what", "what changed: state, articles, strength, decided_by (a person, or no longer)", required=True),
    Field("articles_before", "provisions it rested on", separator="; "),
    Field("articles_after", "provisions it rests on", separator="; "),
    Field("cause", "what the cell rests on that is not what it was; several where several changed", required=True,
          separator=" "),
    *PLACE[3:],
)  # fmt: skip


def changes_table(material: Material) -> Table:
    """A row for each cell that changed; page and URL are those of its surest evidence now."""
    # A cell that has gone has no place now; its row stands without one rather than with that of the release before.
    at = {(cell.instrument, cell.topic): first_place(cell) for cell in material.overview.cells}
    rows = rows_of(FIELDS, (at.get((one.instrument, one.topic), {}) | _told(one) for one in material.changes))
    means = "Cells that changed since the earlier release, and why"
    return Table(
        name="changes",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Changes", raw=True),
        key=(),
        refers=(REFERS_TOPIC,),
    )


def _told(change: Change) -> dict[str, Value]:
    said = {field.name: getattr(change, field.name) or None for field in FIELDS if hasattr(change, field.name)}
    return said | {"cause": " ".join(change.causes)}
