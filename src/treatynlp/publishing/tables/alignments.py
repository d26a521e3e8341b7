"""Which provision of one instrument answers which of another."""

from collections.abc import Iterable

from treatynlp.comparison.alignment import Aligned
from treatynlp.publishing.columns import LEFT, PLACE, REFERS_PAIR, RIGHT, end_columns, sides
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    LEFT,
    RIGHT,
    Field("match", "matched, or an article without counterpart in the other instrument", required=True,
          one_of=("matched", "only_left", "only_right")),
    Field("score", "probability that the match is right", "number"),
    Field("relation", "what one asks against the other; from parameters and modality, never from likeness",
          one_of=("equivalent", "stricter_left", "stricter_right", "differs")),
    Field("differs", "the parameters that differ, left / right, separated by semicolons", separator="; "),
    *sides((PLACE[0], *PLACE[2:])),
)  # fmt: skip


def alignments(material: Material) -> Table:
    """Provision against provision for every two instruments, and the articles that only one of them has."""
    rows = rows_of(FIELDS, (row for aligned in material.overview.alignments for row in _alignments(aligned, material)))
    means = "Which provision of one instrument answers which of another"
    return Table("alignments", means, FIELDS, rows, Sheet("Matching provisions", ("score",)), (), REFERS_PAIR)


def _alignments(aligned: Aligned, material: Material) -> Iterable[Row]:
    left, right = aligned.left.id, aligned.right.id
    for pair in aligned.pairs:
        ends = end_columns("left", material.located(left, pair.left))
        yield ends | end_columns("right", material.located(right, pair.right)) | {
            "left": left, "right": right, "match": "matched", "score": pair.score, "relation": pair.relation,
            "differs": "; ".join(map(str, pair.differs)) or None,
        }  # fmt: skip
    for side, id, eids in (("left", left, aligned.only_left), ("right", right, aligned.only_right)):
        for eid in eids:
            yield end_columns(side, material.located(id, eid)) | {"left": left, "right": right, "match": f"only_{side}"}
