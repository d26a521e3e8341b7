"""Values that instruments set, each with the topic it belongs to."""

from treatynlp.comparison.bounds import BOUNDS
from treatynlp.comparison.cells import decider
from treatynlp.publishing.columns import (
    INSTRUMENT,
    OFFSETS,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    offset_columns,
    place_columns,
)
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of
from treatynlp.publishing.titles import Titles

FIELDS = (
    INSTRUMENT,
    Field("topic", "topic of the provision that the value qualifies; empty where it has none"),
    Field("attribute", "attribute of the codebook", required=True),
    Field("value", "its value"),
    Field("unit", "its unit"),
    Field("days", "the value as a length of time in days (month 30, year 365)", "number"),
    Field("bound", "what the number bounds; a maximum or minimum is that of a sentence", one_of=BOUNDS),
    Field("members", "of the States counted, how many must be members of the organisation", "integer"),
    Field("says", "the value in words, with its bound and case"),
    Field("case", "case of the codebook, or a hedge"),
    Field("decided_by", "who decided: human or rule", required=True),
    *PLACE,
    *OFFSETS,
)


def parameters_table(material: Material) -> Table:
    """One row for each value, under the topics it qualifies."""
    titles = Titles(material.overview.codebook)
    rows = rows_of(FIELDS, (
        place_columns(p.passage) | offset_columns(p.passage)
        | {"topic": p.topic or None, "attribute": p.attribute, "value": p.value, "unit": p.unit or None, "days": p.days,
           "case": p.case or None, "bound": p.bound or None, "members": int(p.members) if p.members else None,
           "says": titles.value(p),
           "decided_by": decider(p.by)}
        for p in material.overview.parameters
    ))  # fmt: skip
    means = "Values that instruments set, with the topic they belong to"
    sheet, refers = Sheet("Parameters, one a row", raw=True), (REFERS_INSTRUMENT, REFERS_TOPIC)
    return Table(name="parameters", means=means, fields=FIELDS, rows=rows, sheet=sheet, key=(), refers=refers)
