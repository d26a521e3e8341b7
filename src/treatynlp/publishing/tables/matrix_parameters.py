"""Values that instruments set, side by side."""

from treatynlp.comparison.overview import Overview
from treatynlp.publishing.columns import REFERS_TOPIC
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of
from treatynlp.publishing.titles import Titles


def matrix_parameters_table(material: Material) -> Table:
    """Topic and attribute down, instruments across; several values of one cell are separated by semicolons."""
    fields = (
        Field("family", "family the topic belongs to"),
        Field("topic", "topic of the provisions; empty where they have none"),
        Field("attribute", "attribute of the codebook", required=True),
        *(Field(id, f"Values set: {id}", separator="; ") for id in material.ids),
    )
    means = "Values that instruments set: topic and attribute down, instruments across"
    rows = rows_of(fields, _rows(material.overview))
    return Table(
        name="matrix_parameters",
        means=means,
        fields=fields,
        rows=rows,
        sheet=Sheet("Parameters"),
        key=(),
        refers=(REFERS_TOPIC,),
    )


def _rows(overview: Overview) -> list[Row]:
    titles, families = Titles(overview.codebook), overview.codebook.family_of
    values: dict[tuple[str, str], dict[str, list[str]]] = {}
    for p in overview.parameters:
        values.setdefault((p.topic, p.attribute), {}).setdefault(p.passage.instrument, []).append(titles.value(p))
    order = {name: n for n, name in enumerate(families)}
    return [
        {"family": families.get(name), "topic": name or None, "attribute": attribute}
        | {id: "; ".join(dict.fromkeys(said)) for id, said in values[name, attribute].items()}
        for name, attribute in sorted(values, key=lambda key: (order.get(key[0], len(order)), key[1]))
    ]
