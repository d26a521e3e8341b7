"""Intrusive powers and the safeguards that go with them."""

from treatynlp.publishing.columns import (
    PLACE,
    PROVEN,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    TOPIC,
    cited_provisions,
    first_place,
)
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of
from treatynlp.structure.address import cited

FIELDS = (
    Field("instrument", "id of the instrument", required=True),
    TOPIC,
    Field("safeguard", "where the conditions stand that go with the power", required=True,
          one_of=("own_article", "referenced", "general", "missing", "unknown")),
    PROVEN,
    Field("safeguard_articles", "the articles with the conditions, as cited", separator="; "),
    Field("articles", "provisions that give the power, as cited", separator="; "),
    *PLACE[3:],
)  # fmt: skip


def safeguards_table(material: Material) -> Table:
    """Every intrusive power, and whether conditions and safeguards go with it."""
    rows = rows_of(FIELDS, (
        first_place(row.power)
        | {"instrument": row.power.instrument, "topic": row.power.topic, "safeguard": row.safeguard,
           "proven": material.overview.proven.get("safeguards", False),
           "safeguard_articles": "; ".join(map(cited, row.articles)) or None, "articles": cited_provisions(row.power)}
        for row in material.overview.safeguards
    ))  # fmt: skip
    means = "Intrusive powers and the safeguards that go with them"
    key, refers = ("instrument", "topic"), (REFERS_INSTRUMENT, REFERS_TOPIC)
    return Table(
        name="safeguards", means=means, fields=FIELDS, rows=rows, sheet=Sheet("Safeguards"), key=key, refers=refers
    )
