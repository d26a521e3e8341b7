"""Whether two instruments criminalise the same conduct, offence by offence."""

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.dual_criminality import OVERLAPS
from treatynlp.publishing.columns import (
    LEFT,
    PROVEN,
    REFERS_PAIR,
    REFERS_TOPIC,
    RIGHT,
    TOPIC,
    cited_provisions,
    first_place,
)
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, Value, rows_of

_SIDES = tuple(
    Field(f"{side}_{name}", f"{means} ({side})", kind, separator="; " if name == "articles" else "")  # type: ignore[arg-type]
    for side in ("left", "right")
    for name, means, kind in (
        ("state", "state of the cell", "string"), ("strength", "strength of the duty", "string"),
        ("articles", "provisions, as cited", "string"), ("page", "page of the source", "integer"),
        ("url", "address of the source", "string"),
    )
)  # fmt: skip
FIELDS = (
    LEFT,
    RIGHT,
    TOPIC,
    Field("overlap", "whether conduct criminal under one is criminal under the other", required=True,
          one_of=OVERLAPS),
    Field("conditions", "both_if: elements that one side demands or may demand, left / right", separator="; "),
    Field("reason", "unknown: why"),
    PROVEN,
    Field("left_eid", "address of the provision that was compared (left)"),
    Field("right_eid", "address of the provision that was compared (right)"),
    Field("left_terms", "what cooperation asks of an offence: dual criminality, threshold (left)", separator="; "),
    Field("right_terms", "the same (right)", separator="; "),
    *_SIDES,
)  # fmt: skip


def dual_criminality_table(material: Material) -> Table:
    """Offence by offence for every two instruments."""
    rows = rows_of(FIELDS, (
        _side("left", row.left) | _side("right", row.right)
        | {"left": row.left.instrument, "right": row.right.instrument, "topic": row.left.topic, "overlap": row.overlap,
           "conditions": "; ".join(map(str, row.conditions)) or None, "reason": row.reason or None,
           "proven": material.overview.proven.get(row.kind, False),
           "left_eid": row.pair[0] if row.pair else None, "right_eid": row.pair[1] if row.pair else None,
           "left_terms": "; ".join(row.left_terms) or None, "right_terms": "; ".join(row.right_terms) or None}
        for row in material.overview.criminality
    ))  # fmt: skip
    means = "Whether two instruments criminalise the same conduct, offence by offence"
    key, refers = ("left", "right", "topic"), (*REFERS_PAIR, REFERS_TOPIC)
    return Table(
        name="dual_criminality",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Dual criminality", raw=True),
        key=key,
        refers=refers,
    )


def _side(side: str, cell: Cell) -> dict[str, Value]:
    at = first_place(cell)
    return {
        f"{side}_state": cell.state, f"{side}_strength": cell.strength or None,
        f"{side}_articles": cited_provisions(cell) or None,
        f"{side}_page": at.get("page"), f"{side}_url": at.get("url"),
    }  # fmt: skip
