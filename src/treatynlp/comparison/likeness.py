"""How likely two units regulate the same thing: features of the pair, and a probability from them.

The weights were fitted on pairs of instruments whose counterparts are known (benchmarks/alignment.py); which pairs, and
how well the probability is calibrated, stands in models/alignment/README.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from treatynlp.comparison.bags import Bag, Ints, Matrix, Met, Stack, quotient
from treatynlp.comparison.units import Unit
from treatynlp.errors import DataError, issue

FEATURES = ("apart", "topics", "topics_inside", "alone", "words", "words_inside", "heading", "place")
"""Whether they share no topic though both sides were coded; shared topics (rare ones weigh more), and the same as share
of the poorer side; whether they are the only articles on a topic they share; cosine of words, and share of the shorter
side's words found in the other; cosine of headings; nearness of their places."""

SURE = 1e-6
"""Probabilities stay this far from nought and one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts in the log-odds of a pair taken at random.

    `threshold`: from which probability on a pair may be matched; `several`: from which a unit may join a counterpart
    that is taken; `slope` and `shift` turn the log-odds of a pair that was matched into those of its being right.
    """

    features: tuple[float, ...]
    bias: float
    threshold: float
    several: float
    slope: float = 1.0
    shift: float = 0.0

    @classmethod
    def load(cls, models: Path) -> "Weights":
        """The weights under a models folder. DataError when the file is missing or is not what this version made."""
        path = models / "alignment" / "weights.json"
        try:
            made: dict[str, Any] = json.loads(path.read_bytes())
            features = tuple(float(made["features"][name]) for name in FEATURES)
            rest = (float(made[name]) for name in ("bias", "threshold", "several", "slope", "shift"))
            return cls(features, *rest)
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise DataError(issue("weights-unusable", "models/alignment/weights.json", reason=reason)) from None

    def sure(self, chance: float) -> float:
        """The probability that a matched pair is right, from the probability it had among all pairs."""
        return 1 / (1 + exp(-(self.slope * log(chance / (1 - chance)) + self.shift)))


@dataclass(frozen=True, slots=True, eq=False)
class Stacked:
    """Units of one instrument as they are laid beside those of another: the stacks of their topics, words and headings,
    their places, and for each topic the units that have it and the number of articles these stand in."""

    topics: Stack
    words: Stack
    headings: Stack
    place: Matrix
    about: Mapping[str, tuple[Ints, int]]

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Self:
        having: dict[str, list[int]] = {}
        for n, unit in enumerate(units):
            for topic in unit.topics:
                having.setdefault(topic, []).append(n)
        about = {topic: (np.array(rows), len({units[n].article for n in rows})) for topic, rows in having.items()}
        topics = Stack.of([bag_of_topics(unit.topics) for unit in units])
        words, headings = Stack.of([unit.words for unit in units]), Stack.of([unit.heading for unit in units])
        return cls(topics, words, headings, np.array([unit.place for unit in units]), about)


@lru_cache(maxsize=1 << 14)
def bag_of_topics(topics: frozenset[str]) -> Bag:
    """The topics of a unit as a bag."""
    return Bag.of(topics)


def features(left: Stacked, right: Stacked) -> npt.NDArray[np.float64]:
    """The features of every pair: an array of units of the left × units of the right × len(FEATURES)."""
    shared, *mass = Met.of(left.topics, right.topics).overlap()
    words, headings = Met.of(left.words, right.words), Met.of(left.headings, right.headings)
    union = np.add.outer(*mass) - shared
    common, *size = words.overlap()
    # Without a topic on a whole side nothing is "apart": that side was not coded.
    coded = float(mass[0].any() and mass[1].any())
    stacked = [
        coded * ((shared == 0.0) & (union > 0.0)),
        quotient(shared, union), quotient(shared, np.minimum.outer(*mass)), _alone(left, right),
        words.cosine(), quotient(common, np.minimum.outer(*size)), headings.cosine(),
        1 - np.abs(np.subtract.outer(left.place, right.place)),
    ]  # fmt: skip
    return np.stack(stacked, axis=-1)


def _alone(left: Stacked, right: Stacked) -> Matrix:
    """For each pair, 1 where they share a topic that no other article of either instrument has, 1/n where n pairs of
    articles share it."""
    found = np.zeros((len(left.place), len(right.place)))
    for topic in sorted(left.about.keys() & right.about.keys()):
        (rows, here), (columns, there) = left.about[topic], right.about[topic]
        at = np.ix_(rows, columns)
        # By articles, not by paragraphs: a topic that one article has in five paragraphs is still that article's alone.
        found[at] = np.maximum(found[at], 1 / (here * there))
    return found


def probability(pairs: npt.NDArray[np.float64], weights: Weights) -> Matrix:
    """The probability of every pair that it regulates the same thing."""
    odds = pairs @ np.array(weights.features) + weights.bias
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64).clip(SURE, 1 - SURE)
