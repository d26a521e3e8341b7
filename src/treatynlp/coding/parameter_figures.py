"""How near parameters come to those of people: counted by attribute, as `score_attributes.py` of the gold counts.

>>> fact("16", "preservation_period", "3", "month") == fact("16", "preservation_period", "90", "day")
True
>>> table({fact("16", "preservation_period", "90", "day")}, set())["all attributes"]
Counts(right=0, wrong=0, missed=1)
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from treatynlp.codebook import DAYS

Fact = tuple[str, ...]
"""Where (an instrument, an article), the attribute and its value, lengths of time in days."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many facts are right, how many wrong, how many missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def fact(article: str, attribute: str, value: str, unit: str) -> Fact:
    """Article, attribute and value, lengths of time in days."""
    try:
        amount = float(value) * (DAYS.get(unit, 1.0) if attribute != "age_of_child" else 1.0)
    except ValueError:
        return article, attribute, value
    return article, attribute, f"{amount:.2f}"


def table(meant: Collection[Fact], read: Collection[Fact]) -> Mapping[str, Counts]:
    """The counts of each attribute (the last field but one of a fact), and of all."""
    counts: dict[str, Counter[str]] = {"all attributes": Counter()}
    for found in {*meant, *read}:
        kind = "missed" if found not in read else "right" if found in meant else "wrong"
        for name in (found[-2], "all attributes"):
            counts.setdefault(name, Counter())[kind] += 1
    return {name: Counts(count["right"], count["wrong"], count["missed"]) for name, count in sorted(counts.items())}
