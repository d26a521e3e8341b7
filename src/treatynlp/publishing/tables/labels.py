"""What each provision is about, how sure that is and who says so."""

from collections.abc import Iterable

from treatynlp.coding.labels import Label
from treatynlp.comparison.cells import decider
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Record, locate
from treatynlp.publishing.columns import (
    FAMILY,
    INSTRUMENT,
    OFFSETS,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    STRENGTH,
    TOPIC,
    offset_columns,
    place_columns,
)  # fmt: skip
from treatynlp.publishing.material import Material, Where
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    INSTRUMENT,
    *PLACE,
    TOPIC,
    FAMILY,
    Field("status", "committed: counts in the matrix; inconclusive: a reader must look", required=True,
          one_of=("committed", "inconclusive")),
    Field("score", "how sure, 0 to 1", "number", required=True),
    Field("by", "who decided: gold, rule:<pattern>, model:<name>, override:<reviewer>", required=True),
    Field("decided_by", "the kind of decider: human, rule, model", required=True),
    STRENGTH,
    *OFFSETS,
    Field("evidence", "the words it rests on", words=True),
)  # fmt: skip


def labels_table(material: Material) -> Table:
    """Every label, committed or not, with the words it rests on."""
    overview = material.overview
    rows = rows_of(FIELDS, (row for record, where in material.taken for row in _labels(record, where, overview)))
    means = "What each provision is about, how sure that is and who says so"
    sheet = Sheet.none("the sheet `evidence` holds those the matrix rests on")
    return Table(
        name="labels",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=sheet,
        key=(),
        refers=(REFERS_INSTRUMENT, REFERS_TOPIC),
    )


def _labels(record: Record, where: Where, overview: Overview) -> Iterable[Row]:
    if record.coding is None or record.treaty is None:
        return
    families, strengths = overview.codebook.family_of, overview.strengths.get(record.id, {})
    statuses = [("committed", label) for label in record.coding.labels]
    statuses += [("inconclusive", label) for label in record.coding.inconclusive]

    def order(pair: tuple[str, Label]) -> tuple[int, str, str, str]:
        return (where[pair[1].eid].order if pair[1].eid in where else -1, pair[1].topic, pair[0], pair[1].by)

    for status, label in sorted(statuses, key=order):
        passage = locate(record, where, label.eid, label.evidence)
        yield place_columns(passage, where) | offset_columns(passage) | {
            "topic": label.topic, "family": families.get(label.topic), "status": status, "score": label.score,
            "by": label.by, "decided_by": decider(label.by), "strength": strengths.get(label.eid) or None,
            "evidence": record.treaty.words(label.evidence) if label.evidence else None,
        }  # fmt: skip
