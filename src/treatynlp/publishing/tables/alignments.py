"""Which provision of one instrument answers which of another."""

from collections.abc import Iterable

from treatynlp.comparison.alignment import Aligned, Alignment
from treatynlp.comparison.relation import RELATIONS
from treatynlp.publishing.columns import LEFT, PLACE, PROVEN, REFERS_PAIR, RIGHT, end_columns, sides
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value, rows_of

FIELDS = (
    LEFT,
    RIGHT,
    Field("match", "matched; candidate: less sure than 0.7, or alike in words only, a reader must judge; or alone",
          required=True,
          one_of=("matched", "candidate", "only_left", "only_right")),
    Field("same_field", "whether both instruments are declared to be about one field", "boolean", required=True),
    Field("score", "probability that the match is right", "number"),
    Field("relation", "matches: which criminalises or asks more, from elements read on both sides",
          one_of=RELATIONS),
    Field("compared", "elements compared; 0 where fewer than two were read on either side", "integer"),
    Field("differs", "the elements that differ, left / right, separated by semicolons", separator="; "),
    PROVEN,
    Field("relation_proven", "the same of the relation and what differs; empty: nothing is said", "boolean"),
    *sides((PLACE[0], *PLACE[2:])),
)  # fmt: skip


def alignments_table(material: Material) -> Table:
    """Provision against provision for every two instruments, and the articles that only one of them has."""
    rows = rows_of(FIELDS, (row for aligned in material.overview.alignments for row in _alignments(aligned, material)))
    means = "Which provision of one instrument answers which of another"
    return Table(
        name="alignments",
        means=means,
        fields=FIELDS,
        rows=rows,
        # Four of five rows name an article without a counterpart in one other instrument: 80,000 of sixty instruments.
        sheet=Sheet("Matching provisions", ("score",), raw=True, only=("match", ("matched", "candidate"))),
        key=(),
        refers=REFERS_PAIR,
    )


def _alignments(aligned: Aligned, material: Material) -> Iterable[Row]:
    left, right = aligned.left.id, aligned.right.id
    both: dict[str, Value] = {"left": left, "right": right, "same_field": aligned.same_field,
        "proven": material.overview.proven.get("alignments", False)}  # fmt: skip
    for pair in aligned.pairs:
        ends = end_columns("left", material.located(left, pair.left))
        yield ends | end_columns("right", material.located(right, pair.right)) | {
            "match": "matched" if pair.matched else "candidate", "score": pair.score,
            "relation": pair.relation if pair.matched else None, "compared": pair.compared if pair.matched else None,
            # A candidate has no relation: what may not match cannot be wider or narrower.
            "differs": "; ".join(map(str, pair.differs)) or None, "relation_proven": _proven(pair, material), **both,
        }  # fmt: skip
    for side, id, eids in (("left", left, aligned.only_left), ("right", right, aligned.only_right)):
        for eid in eids:
            yield end_columns(side, material.located(id, eid)) | {"match": f"only_{side}"} | both


def _proven(pair: Alignment, material: Material) -> bool | None:
    """Whether what is said of how two provisions relate is proven; None where nothing is."""
    said = pair.matched and pair.relation != "not_compared"
    return material.overview.proven.get(pair.kind, False) if said else None
