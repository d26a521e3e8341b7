"""The matrix as tables: long (one row a cell, with what it rests on) and wide (topics down, instruments across)."""

from collections.abc import Callable, Iterable, Sequence

from treatynlp.comparison.cells import MODALITIES, STATES, Cell
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.parameters import Parameter
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
    citations,
    first_place,
    offsets,
    place,
)  # fmt: skip
from treatynlp.publishing.tables import Field, Table, Value, rows_of

Row = dict[str, Value]


def matrices(overview: Overview) -> list[Table]:
    """The matrix in all its tables."""
    families = overview.codebook.family_of
    ids = [record.id for record in overview.records]
    found = overview.cells
    return [
        cells(found, families),
        _wide(found, families, ids, ("matrix_presence", "State of every cell", STATES), lambda c: c.state),
        _wide(found, families, ids, ("matrix_articles", "Provisions behind every cell", ()), citations),
        _wide(found, families, ids, ("matrix_strength", "Strongest modality", MODALITIES), lambda c: c.strength),
        parameters(overview.parameters), wide_parameters(overview.parameters, families, ids),
        similarity(overview), wide_similarity(overview, ids),
    ]  # fmt: skip


CELLS = (
    INSTRUMENT,
    TOPIC,
    FAMILY,
    STATE,
    STRENGTH,
    Field("articles", "provisions it rests on, as cited, separated by semicolons", separator="; "),
    Field("eids", "their addresses, separated by blanks", separator=" "),
    Field("score", "how sure the surest label is, 0 to 1", "number"),
    Field("decided_by", "human, rule or model"),
    Field("by", "every decider behind it, separated by blanks", separator=" "),
    Field("reason", "why the state is not `present`"),
    *PLACE[2:],
    *OFFSETS,
)


def cells(found: Iterable[Cell], families: dict[str, str]) -> Table:
    """One row for each instrument and topic; page, URL and offsets are those of the surest evidence."""
    rows = rows_of(CELLS, (_cell(cell, families) for cell in found))
    means = "The matrix, one cell a row, with what it rests on"
    return Table("cells", means, CELLS, rows, ("instrument", "topic"), (REFERS_INSTRUMENT, REFERS_TOPIC))


def _cell(cell: Cell, families: dict[str, str]) -> Row:
    return first_place(cell) | _evidence(cell) | {
        "instrument": cell.instrument, "topic": cell.topic, "family": families[cell.topic], "state": cell.state,
        "strength": cell.strength or None, "articles": citations(cell) or None, "score": cell.score,
        "eids": " ".join(dict.fromkeys(ground.passage.eid for ground in cell.grounds)) or None,
        "decided_by": cell.decided_by or None, "reason": cell.reason or None,
        "by": " ".join(dict.fromkeys(ground.by for ground in cell.grounds)) or None,
    }  # fmt: skip


def _evidence(cell: Cell) -> Row:
    """The offsets of the words the surest ground rests on."""
    if not cell.grounds:
        return {}
    best = min(cell.grounds, key=lambda g: (not g.operative, -g.score, g.passage.start))
    start, end = best.evidence or (best.passage.start, best.passage.end)
    return {"start": start, "end": end}


def _wide(
    found: Iterable[Cell],
    families: dict[str, str],
    ids: Sequence[str],
    named: tuple[str, str, tuple[str, ...]],
    say: Callable[[Cell], str],
) -> Table:
    name, means, one_of = named
    many = "" if one_of else "; "
    fields = (FAMILY, TOPIC, *(Field(id, f"{means}: {id}", one_of=one_of, separator=many) for id in ids))
    rows: dict[str, Row] = {topic: {"family": family, "topic": topic} for topic, family in families.items()}
    for cell in found:
        rows[cell.topic][cell.instrument] = say(cell) or None
    means = f"{means}: topics down, instruments across"
    return Table(name, means, fields, rows_of(fields, rows.values()), ("topic",), (REFERS_TOPIC,))


PARAMETERS = (
    INSTRUMENT,
    Field("topic", "topic of the provision; empty where it has none"),
    Field("attribute", "attribute of the codebook", required=True),
    Field("value", "its value"),
    Field("unit", "its unit"),
    Field("days", "the value as a length of time in days (month 30, year 365)", "number"),
    Field("case", "case of the codebook, or a hedge"),
    *PLACE,
    *OFFSETS,
)


def parameters(found: Iterable[Parameter]) -> Table:
    """One row for each value, under each topic of its provision."""
    rows = rows_of(PARAMETERS, (
        place(p.passage) | offsets(p.passage)
        | {"topic": p.topic or None, "attribute": p.attribute, "value": p.value, "unit": p.unit or None, "days": p.days,
           "case": p.case or None}
        for p in found
    ))  # fmt: skip
    means = "Values that instruments set, with the topic they belong to"
    return Table("parameters", means, PARAMETERS, rows, (), (REFERS_INSTRUMENT, REFERS_TOPIC))


def shown(parameter: Parameter) -> str:
    """A value as people read it: `90 day`, `1 year (enforcement)`."""
    value = f"{parameter.value} {parameter.unit}".strip()
    return f"{value} ({parameter.case})" if parameter.case else value


def wide_parameters(found: Iterable[Parameter], families: dict[str, str], ids: Sequence[str]) -> Table:
    """Topic and attribute down, instruments across; several values of one cell are separated by semicolons."""
    topic = Field("topic", "topic of the provisions; empty where they have none")
    family = Field("family", "family the topic belongs to")
    fields = (family, topic, Field("attribute", "attribute of the codebook", required=True),
              *(Field(id, f"Values set: {id}", separator="; ") for id in ids))  # fmt: skip
    values: dict[tuple[str, str], dict[str, list[str]]] = {}
    for p in found:
        values.setdefault((p.topic, p.attribute), {}).setdefault(p.passage.instrument, []).append(shown(p))
    order = {name: n for n, name in enumerate(families)}
    rows = rows_of(fields, (
        {"family": families.get(name), "topic": name or None, "attribute": attribute}
        | {id: "; ".join(dict.fromkeys(said)) for id, said in values[name, attribute].items()}
        for name, attribute in sorted(values, key=lambda key: (order.get(key[0], len(order)), key[1]))
    ))  # fmt: skip
    means = "Values that instruments set: topic and attribute down, instruments across"
    return Table("matrix_parameters", means, fields, rows, (), (REFERS_TOPIC,))


SIMILARITY = (
    Field("left", "id of one instrument", required=True),
    Field("right", "id of the other", required=True),
    Field("topics_left", "topics the left one regulates (of those known in both)", "integer"),
    Field("topics_right", "topics the right one regulates (of those known in both)", "integer"),
    Field("topics_both", "topics both regulate", "integer"),
    Field("thematic", "Jaccard index of the topics they regulate", "number"),
    Field("textual", "TF-IDF cosine of their operative words, boilerplate stripped", "number"),
)


def similarity(overview: Overview) -> Table:
    """One row for every two instruments."""
    names = [field.name for field in SIMILARITY]
    rows = rows_of(SIMILARITY, ({name: getattr(row, name) for name in names} for row in overview.similarities))
    refers = (("left", "instruments", "id"), ("right", "instruments", "id"))
    return Table("similarity", "How alike two instruments are", SIMILARITY, rows, ("left", "right"), refers)


def wide_similarity(overview: Overview, ids: Sequence[str]) -> Table:
    """Instruments down and across, once by theme and once by wording; the diagonal is 1."""
    measure = Field("measure", "what is measured", required=True, one_of=("thematic", "textual"))
    fields = (measure, INSTRUMENT, *(Field(id, f"Similarity with {id}", "number") for id in ids))
    rows = []
    for name in measure.one_of:
        values = {(row.left, row.right): getattr(row, name) for row in overview.similarities}
        for one in ids:
            across = {other: values.get((one, other), values.get((other, one))) for other in ids} | {one: 1.0}
            rows.append({"measure": name, "instrument": one} | across)
    means = "How alike two instruments are: by theme and by wording"
    refers = (REFERS_INSTRUMENT,)
    return Table("matrix_similarity", means, fields, rows_of(fields, rows), ("measure", "instrument"), refers)
