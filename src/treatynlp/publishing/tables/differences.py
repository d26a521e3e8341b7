"""What matched provisions differ in, element by element, with the words of both."""

from collections.abc import Iterable
from typing import get_args

from treatynlp.comparison.alignment import Aligned, Alignment
from treatynlp.comparison.differences import Difference, Direction
from treatynlp.comparison.terms import Words
from treatynlp.publishing.columns import LEFT, PROVEN, REFERS_PAIR, RIGHT
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value, rows_of

FIELDS = (
    LEFT,
    RIGHT,
    Field("left_eid", "address of the matched provision (left)", required=True),
    Field("right_eid", "address of the matched provision (right)", required=True),
    Field("element", "element or parameter of the codebook, or modality", required=True),
    Field("left_value", "what the left provision says of it; empty for nothing", separator="; "),
    Field("right_value", "what the right provision says of it; empty for nothing", separator="; "),
    Field("direction", "the side that criminalises or asks more; opposed: shall not against shall; empty: not told",
          one_of=tuple(name for name in get_args(Direction) if name)),
    Field("choice", "true: all that differs is what a Party may require", "boolean", required=True),
    Field("calendar", "true: one side counts days, the other calendar months of about that length; not compared",
          "boolean", required=True),
    PROVEN,
    *(
        Field(f"{side}_{name}", f"{means} ({side})", kind, words=name == "words")  # type: ignore[arg-type]
        for side in ("left", "right")
        for name, means, kind in (
            ("said_in", "address of the provision that says it", "string"),
            ("start", "offset where they begin", "integer"), ("end", "offset behind them", "integer"),
            ("words", "the words that say it", "string"),
        )
    ),
)  # fmt: skip


def differences_table(material: Material) -> Table:
    """A row for each element that two matched provisions differ in."""
    rows = rows_of(FIELDS, (row for one in material.overview.alignments for row in _differences(one, material)))
    means = "What matched provisions differ in, element by element, with the words of both"
    return Table(
        name="differences",
        means=means,
        fields=FIELDS,
        rows=rows,
        # Raw, as the matches they belong to: printed, sixty instruments' took 16 of the workbook's 72 pages.
        sheet=Sheet("Differences", raw=True),
        key=(),
        refers=REFERS_PAIR,
    )


def _differences(aligned: Aligned, material: Material) -> Iterable[Row]:
    for pair in aligned.matches:
        for found in pair.differs:
            yield _row(aligned, pair, found, material)


def _row(aligned: Aligned, pair: Alignment, found: Difference, material: Material) -> Row:
    left, right = aligned.left.id, aligned.right.id
    return _said("left", left, found.left_words, material) | _said("right", right, found.right_words, material) | {
        "left": left, "right": right, "left_eid": pair.left, "right_eid": pair.right, "element": found.element,
        "left_value": "; ".join(found.left) or None, "right_value": "; ".join(found.right) or None,
        "direction": found.direction or None, "choice": found.choice,
        "calendar": found.calendar, "proven": material.overview.proven.get(pair.kind, False),
    }  # fmt: skip


def _said(side: str, id: str, words: tuple[Words, ...], material: Material) -> dict[str, Value]:
    """The first words that say it; none where nothing is said."""
    if not words:
        return {}
    eid, span = words[0]
    return {
        f"{side}_said_in": eid, f"{side}_start": span.start, f"{side}_end": span.end,
        f"{side}_words": material.words(id, span),
    }  # fmt: skip
