"""Which instrument regulated a topic first, and which followed."""

from treatynlp.publishing.columns import (
    FAMILY,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    TOPIC,
    cited_provisions,
    first_place,
)
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    TOPIC,
    FAMILY,
    Field("rank", "1: the first instrument of the corpus to regulate the topic", "integer", required=True),
    Field("date", "date it was made, as exact as declared", required=True),
    Field("instrument", "id of the instrument", required=True),
    Field("articles", "provisions, as cited", separator="; "),
    *PLACE[3:],
    Field("earlier", "ids of the instruments that had it before, separated by blanks", separator=" "),
    Field("taken_from", "the one of them with the longest passage on the topic in common, word for word"),
    Field("words", "words of that passage", "integer"),
)


def chronology_table(material: Material) -> Table:
    """A row for each instrument that regulates a topic, the oldest first."""
    rows = rows_of(FIELDS, (
        first_place(row.cell)
        | {"topic": row.topic, "family": row.family, "rank": row.rank, "date": row.date,
           "instrument": row.cell.instrument, "articles": cited_provisions(row.cell),
           "earlier": " ".join(row.earlier) or None, "taken_from": row.taken_from or None, "words": row.words or None}
        for row in material.overview.chronology
    ))  # fmt: skip
    means = "Which instrument regulated a topic first, and which followed"
    key, refers = ("topic", "instrument"), (REFERS_INSTRUMENT, REFERS_TOPIC)
    return Table(
        name="chronology",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Chronology", raw=True),
        key=key,
        refers=refers,
    )
