"""How far those who judge the same things agree beyond chance, Krippendorff's α; and of people who coded the same
passages, topic by topic.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), nominal data, any number of judges.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
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
        found.append(CoderAgreement(topic, krippendorff(units), len(units), sum(len(set(unit)) == 1 for unit in units)))
    return tuple(found)


def krippendorff(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's α for nominal values: the agreement beyond chance of those who judged each unit (Krippendorff
    2011).

    A unit holds the values it was given; what was not judged is left out. None where all values are the same. Own,
    since the library of this name is under a licence that cannot be combined with ours.

    >>> krippendorff([("a", "a"), ("b", "b"), ("a", "b")])
    0.4444444444444444
    >>> a, b = "0100000010", "1110010000"                       # the source's example of two coders, binary data
    >>> round(krippendorff(list(zip(a, b))), 3)
    0.095
    """
    pairable = [Counter(values) for values in units if len(values) > 1]
    total = Counter[Hashable]()
    for unit in pairable:
        total += unit
    size = sum(total.values())
    expected = size * size - sum(count * count for count in total.values())
    if not expected:
        return None
    differ = sum(
        (m * m - sum(n * n for n in unit.values())) / (m - 1) for unit in pairable if (m := sum(unit.values()))
    )
    return 1 - (size - 1) * differ / expected
