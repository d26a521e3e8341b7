"""How far people who coded the same passages agree, topic by topic: Krippendorff's α.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), binary data, any number of coders.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Coded = Mapping[Any, frozenset[str]]
"""What one person gave: by passage the topics; a passage that is not there was not coded."""


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """On one topic: α (1 agreement, 0 as by chance; None where nobody, or everybody, always gave it), the passages that
    several people coded, and on how many of them all said the same."""

    topic: str
    alpha: float | None
    passages: int
    alike: int


def agreement_by_topic(coders: Sequence[Coded], topics: Iterable[str]) -> tuple[CoderAgreement, ...]:
    """Topic by topic how far the coders agree on the passages that at least two of them coded."""
    places = Counter(place for coder in coders for place in coder)
    shared = sorted((place for place, times in places.items() if times > 1), key=repr)
    found = []
    for topic in topics:
        units = [[topic in coder[place] for coder in coders if place in coder] for place in shared]
        found.append(CoderAgreement(topic, alpha(units), len(units), sum(len(set(unit)) == 1 for unit in units)))
    return tuple(found)


def alpha(units: Iterable[Sequence[bool]]) -> float | None:
    """Krippendorff's α of units that each hold what their coders said; None where all that was said is the same.

    >>> a, b = "0100000010", "1110010000"                       # the source's example of two coders, binary data
    >>> round(alpha([(x == "1", y == "1") for x, y in zip(a, b)]), 3)
    0.095
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in paired for value in unit)
    if len(values) < 2:
        return None
    observed = sum(2 * sum(unit) * (len(unit) - sum(unit)) / (len(unit) - 1) for unit in paired)
    expected = 2 * values[True] * values[False] / (values.total() - 1)
    return float(1 - observed / expected)
