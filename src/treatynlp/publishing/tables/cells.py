"""The matrix, one cell a row."""

from treatynlp.comparison.cells import Cell
from treatynlp.publishing.columns import (
    FAMILY,
    INSTRUMENT,
    OFFSETS,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    STATE,
    STRENGTH,
    TOPIC,
    cited_provisions,
    first_place,
)  # fmt: skip
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value, rows_of

FIELDS = (
    INSTRUMENT,
    TOPIC,
    FAMILY,
    STATE,
    STRENGTH,
    Field("articles", "provisions it rests on, as cited, separated by semicolons", separator="; "),
    Field("eids", "their addresses, separated by blanks", separator=" "),
    Field("referred_instrument", "by reference: id of the instrument whose provisions are made to apply"),
    Field("referred", "by reference: those provisions, as cited, separated by semicolons", separator="; "),
    Field("score", "how sure the surest label is, 0 to 1", "number"),
    Field("decided_by", "human, rule or model"),
    Field("by", "every decider behind it, separated by blanks", separator=" "),
    Field("reason", "why the state is not `present`"),
    *PLACE[2:],
    *OFFSETS,
)


def cells_table(material: Material) -> Table:
    """One row for each instrument and topic; page, URL and offsets are those of the surest evidence."""
    families = material.overview.codebook.family_of
    rows = rows_of(FIELDS, (_cell(cell, families) for cell in material.overview.cells))
    means = "The matrix, one cell a row, with what it rests on"
    sheet = Sheet.none("the sheets `matrix` and `evidence` show it")
    return Table(
        name="cells",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=sheet,
        key=("instrument", "topic"),
        refers=(REFERS_INSTRUMENT, REFERS_TOPIC),
    )


def _cell(cell: Cell, families: dict[str, str]) -> Row:
    return first_place(cell) | _evidence(cell) | {
        "instrument": cell.instrument, "topic": cell.topic, "family": families[cell.topic], "state": cell.state,
        "strength": cell.strength or None, "articles": cited_provisions(cell) or None, "score": cell.score,
        "eids": " ".join(dict.fromkeys(ground.passage.eid for ground in cell.grounds)) or None,
        "referred_instrument": cell.referred[0].instrument if cell.referred else None,
        "referred": "; ".join(dict.fromkeys(one.citation for one in cell.referred)) or None,
        "decided_by": cell.decided_by or None, "reason": cell.reason or None,
        "by": " ".join(dict.fromkeys(ground.by for ground in cell.grounds)) or None,
    }  # fmt: skip


def _evidence(cell: Cell) -> dict[str, Value]:
    """The offsets of the words the surest ground rests on."""
    if not cell.grounds:
        return {}
    # Operative words before the preamble's, then the surest, then the first: a reader is sent to one page only.
    best = min(cell.grounds, key=lambda g: (not g.operative, -g.score, g.passage.start))
    start, end = best.evidence or (best.passage.start, best.passage.end)
    return {"start": start, "end": end}
