"""Conduct for which cooperation between two instruments' Parties could fail, and why."""

from treatynlp.comparison.dual_criminality import Criminality
from treatynlp.publishing.columns import LEFT, PROVEN, REFERS_PAIR, REFERS_TOPIC, RIGHT, TOPIC, cited_provisions
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    LEFT,
    RIGHT,
    TOPIC,
    Field("why", "the act is no offence on one side, or only if more is shown", required=True,
          one_of=("no_offence_left", "no_offence_right", "narrower_offence")),
    Field("conditions", "what must also be shown, left / right", separator="; "),
    PROVEN,
    Field("left_articles", "the offence, as cited (left)", separator="; "),
    Field("right_articles", "the offence, as cited (right)", separator="; "),
    Field("left_terms", "what cooperation asks of an offence: dual criminality, threshold (left)", separator="; "),
    Field("right_terms", "the same (right)", separator="; "),
)  # fmt: skip


def safe_havens_table(material: Material) -> Table:
    """A row for each offence of two instruments where cooperation asks for an offence on both sides and there is none,
    or not for every such act."""
    rows = rows_of(FIELDS, (_row(one, material) for one in material.overview.criminality if one.haven))
    means = "Conduct for which cooperation could fail, because it is no offence on both sides"
    key, refers = ("left", "right", "topic"), (*REFERS_PAIR, REFERS_TOPIC)
    return Table(
        name="safe_havens",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Safe havens", raw=True),
        key=key,
        refers=refers,
    )


def _row(one: Criminality, material: Material) -> Row:
    why = {"only_left": "no_offence_right", "only_right": "no_offence_left", "both_if": "narrower_offence"}
    return {
        "left": one.left.instrument, "right": one.right.instrument, "topic": one.left.topic, "why": why[one.overlap],
        "conditions": "; ".join(map(str, one.conditions)) or None,
        "proven": material.overview.proven.get(one.kind, False),
        "left_articles": cited_provisions(one.left) or None, "right_articles": cited_provisions(one.right) or None,
        "left_terms": "; ".join(one.left_terms) or None, "right_terms": "; ".join(one.right_terms) or None,
    }  # fmt: skip
