"""Reviewing: which labels are most worth a human look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from treatynlp.coding.labels import Coding, Label


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A label to look at. `worth` is its uncertainty (1 at even odds, 0 when sure) times its influence on the matrix:
    1 when the cell hangs on this label alone, less when other labels of the instrument hold the cell up. What an
    article without any label may be about is worth twice as much.
    """

    worth: float
    instrument: str
    eid: str
    topic: str
    score: float
    given: bool


def review(codings: Iterable[Coding], accept: Mapping[str, float] | None = None) -> tuple[Doubt, ...]:
    """The labels of all instruments, those most worth a look first. What people decided is left out.

    `accept` are the topics' thresholds (0.5 where unknown): a label is least sure at its threshold.
    """
    levels = accept or {}
    found = [doubt for coding in codings for doubt in _doubts(coding, levels)]
    return tuple(sorted(found, key=lambda one: (-one.worth, one.instrument, one.eid, one.topic)))


def _doubts(coding: Coding, levels: Mapping[str, float]) -> Iterable[Doubt]:
    labelled = {label.eid.split("__")[0] for label in coding.labels}
    for given, labels in ((True, coding.labels), (False, coding.inconclusive)):
        for label in labels:
            # What people decided is not asked again.
            if not label.by.startswith(("override:", "gold")):
                worth = _uncertainty(label, levels.get(label.topic, 0.5)) * _influence(label, coding.labels)
                # An article without any label is a whole row of empty cells. Twice, and not first in any case: of a
                # table in an annex the machine is sure enough that it is about nothing.
                worth *= 1 + (label.eid.split("__")[0] not in labelled)
                yield Doubt(
                    worth=round(worth, 4),
                    instrument=coding.instrument,
                    eid=label.eid,
                    topic=label.topic,
                    score=label.score,
                    given=given,
                )


def _uncertainty(label: Label, level: float) -> float:
    """1 at the threshold, 0 at the ends."""
    away = label.score - level
    return 1 - abs(away) / (1 - level if away > 0 else level)


def _influence(label: Label, labels: Sequence[Label]) -> float:
    """How much of the cell hangs on the label: all, when nothing else gives the topic to the instrument."""
    others = [one for one in labels if one.topic == label.topic and one.eid != label.eid]
    # Not quite nothing beside a sure label elsewhere: of two doubts that change no cell, the more doubtful comes first
    # still.
    return 1 - max((one.score for one in others), default=0.0) * 0.9
