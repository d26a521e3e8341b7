"""Passages that provisions of two instruments share word for word."""

from treatynlp.comparison.derived_tables import date_made
from treatynlp.comparison.reuse import Reused
from treatynlp.publishing.columns import LEFT, OFFSETS, PLACE, REFERS_PAIR, RIGHT, end_columns, offset_columns, sides
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value, rows_of
from treatynlp.text import Span

FIELDS = (
    LEFT,
    RIGHT,
    Field("words", "words of the longest passage the two provisions share", "integer", required=True),
    Field("shared", "sequences of eight words they have in common", "integer", required=True),
    Field(
        "earlier",
        "which of the two has the older words (of a consolidated text its last amendment counts); empty where they are "
        "of one day or a date is unknown",
    ),
    *sides((PLACE[0], *PLACE[2:], *OFFSETS)),
    Field("passage", "the passage, as the left has it", words=True),
)


def reuse_table(material: Material) -> Table:
    """Passages that provisions of two instruments share word for word, the longest first."""
    rows = rows_of(FIELDS, (_reused(found, material) for found in material.overview.reuse.pairs))
    means = "The longest passage that provisions of two instruments share word for word"
    return Table(
        name="reuse",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Shared passages", raw=True),
        key=(),
        refers=REFERS_PAIR,
    )


def _reused(found: Reused, material: Material) -> Row:
    older = _earlier(material, found)
    ends = _end(material, "left", (found.left, found.left_eid, found.left_span))
    return ends | _end(material, "right", (found.right, found.right_eid, found.right_span)) | {
        "left": found.left, "right": found.right, "words": found.words, "shared": found.shared, "earlier": older,
        "passage": material.words(found.left, found.left_span),
    }  # fmt: skip


def _earlier(material: Material, found: Reused) -> str:
    left, right = (date_made(material.by_id[id][0]) for id in (found.left, found.right))
    return "" if left == right or not (left and right) else found.left if left < right else found.right


def _end(material: Material, side: str, at: tuple[str, str, Span]) -> dict[str, Value]:
    passage = material.located(*at)
    offsets = {f"{side}_{name}": value for name, value in offset_columns(passage).items()}
    return end_columns(side, passage) | offsets
