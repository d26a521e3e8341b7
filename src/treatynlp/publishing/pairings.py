"""What `treatynlp compare` answers about two instruments, as JSON whose keys are stable."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from treatynlp.comparison.redline import redline
from treatynlp.structure.address import cited

if TYPE_CHECKING:  # what aligns needs scikit-learn, and what prints its answer does not
    from treatynlp.comparison.alignment import Aligned, Alignment
    from treatynlp.comparison.records import Record


def compare_answer(aligned: "Aligned", proven: Mapping[str, bool]) -> dict[str, Any]:
    """What `treatynlp compare` says of two instruments, and which kinds of rows are `proven` to be right."""
    sides = {"left": aligned.left, "right": aligned.right}
    return {
        **{side: {"id": record.id, "short_title": record.instrument.short_title} for side, record in sides.items()},
        "pairs": [_pair(one, aligned) for one in aligned.pairs],
        "only_left": list(aligned.only_left),
        "only_right": list(aligned.only_right),
        "proven": {"pairs": proven.get("alignments", False), "relations": proven.get("relations", False)},
    }


PLACES = 4
"""Decimals of a score in the JSON of commands."""


def _pair(one: "Alignment", aligned: "Aligned") -> dict[str, Any]:
    left, right = _side(aligned.left, one.left), _side(aligned.right, one.right)
    return {
        "left": one.left, "right": one.right, "score": round(one.score, PLACES), "relation": one.relation,
        "differs": [asdict(difference) for difference in one.differs],
        **{f"left_{key}": value for key, value in left.items()},
        **{f"right_{key}": value for key, value in right.items()},
        # Always in the JSON: who reads that cannot be asked whether they want it.
        "redline": [asdict(piece) for piece in redline(left["text"], right["text"])],
    }  # fmt: skip


def _side(record: "Record", eid: str) -> dict[str, Any]:
    treaty = record.treaty
    found = next((one for one in treaty.walk() if one.eid == eid), None) if treaty else None
    text = treaty.words(found.body) if treaty and found else ""
    return {"citation": cited(eid), "heading": found.heading if found else "", "text": text}
