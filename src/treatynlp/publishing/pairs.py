"""Tables of two instruments side by side: provisions that answer each other, passages they share."""

from collections.abc import Iterable, Mapping

from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Place, Record, locate, places
from treatynlp.comparison.reuse import Reused
from treatynlp.publishing.columns import OFFSETS, PLACE, REFERS_INSTRUMENT, offsets, place
from treatynlp.publishing.tables import Field, Table, Value, rows_of
from treatynlp.text import Span

Row = dict[str, Value]
Taken = Mapping[str, tuple[Record, dict[str, Place]]]
LEFT, RIGHT = Field("left", "id of one instrument", required=True), Field("right", "id of the other", required=True)
REFERS_PAIR = (("left", "instruments", "id"), ("right", "instruments", "id"))


def pairs(overview: Overview) -> list[Table]:
    """The tables of two instruments side by side."""
    taken = {record.id: (record, places(record.treaty)) for record in overview.records}
    return [alignments(overview, taken), reuse(overview, taken), matrix_reuse(overview)]


def _sides(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields once for the left and once for the right."""
    kept = list(fields)
    return tuple(
        Field(f"{side}_{field.name}", f"{field.means} ({side})", field.type, words=field.words)
        for side in ("left", "right")
        for field in kept
    )


_END = (PLACE[0], *PLACE[2:])
ALIGNMENTS = (
    LEFT,
    RIGHT,
    Field("match", "matched, or an article without counterpart in the other instrument", required=True,
          one_of=("matched", "only_left", "only_right")),
    Field("score", "probability that the match is right", "number"),
    Field("relation", "what one asks against the other; from parameters and modality, never from likeness",
          one_of=("equivalent", "stricter_left", "stricter_right", "differs")),
    Field("differs", "the parameters that differ, left / right, separated by semicolons", separator="; "),
    *_sides(_END),
)  # fmt: skip


def alignments(overview: Overview, taken: Taken) -> Table:
    """Provision against provision for every two instruments, and the articles that only one of them has."""
    rows = [row for aligned in overview.alignments for row in _alignments(aligned, taken)]
    means = "Which provision of one instrument answers which of another"
    return Table("alignments", means, ALIGNMENTS, rows_of(ALIGNMENTS, rows), (), REFERS_PAIR)


def _alignments(aligned: Aligned, taken: Taken) -> Iterable[Row]:
    left, right = aligned.left.id, aligned.right.id
    for pair in aligned.pairs:
        at = _end("left", taken[left], pair.left) | _end("right", taken[right], pair.right)
        yield at | {
            "left": left, "right": right, "match": "matched", "score": pair.score, "relation": pair.relation,
            "differs": "; ".join(map(str, pair.differs)) or None,
        }  # fmt: skip
    for side, eids in (("left", aligned.only_left), ("right", aligned.only_right)):
        for eid in eids:
            end = _end(side, taken[left if side == "left" else right], eid)
            yield end | {"left": left, "right": right, "match": f"only_{side}"}


def _end(side: str, taken: tuple[Record, dict[str, Place]], eid: str, span: Span | None = None) -> Row:
    passage = locate(*taken, eid, span)
    at = place(passage, taken[1]) | (offsets(passage) if span else {})
    return {f"{side}_{name}": value for name, value in at.items() if name not in ("instrument", "article")}


REUSE = (
    LEFT,
    RIGHT,
    Field("words", "words of the longest passage the two provisions share", "integer", required=True),
    Field("shared", "sequences of eight words they have in common", "integer", required=True),
    *_sides((*_END, *OFFSETS)),
    Field("passage", "the passage, as the left has it", words=True),
)


def reuse(overview: Overview, taken: Taken) -> Table:
    """Passages that provisions of two instruments share word for word, the longest first."""
    rows = rows_of(REUSE, (_reused(found, taken) for found in overview.reuse.pairs))
    means = "The longest passage that provisions of two instruments share word for word"
    return Table("reuse", means, REUSE, rows, (), REFERS_PAIR)


def _reused(found: Reused, taken: Taken) -> Row:
    treaty = taken[found.left][0].treaty
    left = _end("left", taken[found.left], found.left_eid, found.left_span)
    return left | _end("right", taken[found.right], found.right_eid, found.right_span) | {
        "left": found.left, "right": found.right, "words": found.words, "shared": found.shared,
        "passage": treaty.words(found.left_span) if treaty else None,
    }  # fmt: skip


def matrix_reuse(overview: Overview) -> Table:
    """The share of one instrument's words (down) that stand in passages of another (across)."""
    ids = [record.id for record in overview.records]
    fields = (
        Field("instrument", "id of the instrument whose words are counted", required=True),
        Field("words", "its words", "integer"),
        Field("anywhere", "share of them in passages that any other instrument has", "number"),
        *(Field(id, f"share of them in passages that are also in {id}", "number") for id in ids),
    )
    rows: dict[str, Row] = {id: {"instrument": id} for id in ids}
    for share in overview.reuse.shares:
        rows[share.instrument] |= {"words": share.words, share.other or "anywhere": share.share}
    means = "How much of each instrument (down) is found in each other (across), word for word from eight words on"
    return Table("matrix_reuse", means, fields, rows_of(fields, rows.values()), ("instrument",), (REFERS_INSTRUMENT,))
