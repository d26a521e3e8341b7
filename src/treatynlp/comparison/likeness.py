"""How likely two units regulate the same thing: features of the pair, and a probability from them.

The weights were fitted on pairs of instruments whose counterparts are known (benchmarks/alignment.py); which pairs, and
how well the probability is calibrated, stands in models/alignment/README.md.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from treatynlp.comparison.units import Unit
from treatynlp.errors import DataError, issue

Matrix = npt.NDArray[np.float64]
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


def features(left: Sequence[Unit], right: Sequence[Unit]) -> npt.NDArray[np.float64]:
    """The features of every pair: an array of len(left) × len(right) × len(FEATURES)."""
    both = [*left, *right]
    topics = _weighted([unit.topics for unit in both])
    words, headings = _weighted([unit.words for unit in both]), _weighted([unit.heading for unit in both])
    place = np.array([unit.place for unit in both])
    n = len(left)
    shared, mass = _overlap(topics, n)
    union = np.add.outer(mass[:n], mass[n:]) - shared
    common, size = _overlap(words, n)
    coded = float(mass[:n].any() and mass[n:].any())
    stacked = [
        coded * ((shared == 0.0) & (union > 0.0)),
        _safe(shared, union), _safe(shared, np.minimum.outer(mass[:n], mass[n:])), _alone(left, right),
        _cosine(words, n), _safe(common, np.minimum.outer(size[:n], size[n:])), _cosine(headings, n),
        1 - np.abs(np.subtract.outer(place[:n], place[n:])),
    ]  # fmt: skip
    return np.stack(stacked, axis=-1)


def _alone(left: Sequence[Unit], right: Sequence[Unit]) -> Matrix:
    """For each pair, 1 where they share a topic that no other article of either instrument has, 1/n where n pairs of
    articles share it."""
    found = np.zeros((len(left), len(right)))
    for topic in sorted({topic for unit in left for topic in unit.topics}):
        one, other = ([unit.article if topic in unit.topics else "" for unit in side] for side in (left, right))
        articles = len(set(one) - {""}) * len(set(other) - {""})
        if articles:
            both = np.outer([bool(at) for at in one], [bool(at) for at in other])
            found = np.maximum(found, both / articles)
    return found


def probability(pairs: npt.NDArray[np.float64], weights: Weights) -> Matrix:
    """The probability of every pair that it regulates the same thing."""
    odds = pairs @ np.array(weights.features) + weights.bias
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64).clip(SURE, 1 - SURE)


def _weighted(bags: Sequence[Sequence[str] | frozenset[str]]) -> csr_matrix:
    """Bags of terms as rows, each term once, weighted by how few bags have it."""
    seen = Counter(term for bag in bags for term in set(bag))
    column = {term: n for n, term in enumerate(sorted(seen))}
    rows, columns, values = [], [], []
    for n, bag in enumerate(bags):
        for term, count in sorted(Counter(bag).items()):
            rows.append(n)
            columns.append(column[term])
            values.append((1 + log(count)) * log((1 + len(bags)) / seen[term]))
    return csr_matrix((values, (rows, columns)), shape=(len(bags), max(1, len(column))), dtype=np.float64)


def _overlap(bags: csr_matrix, n: int) -> tuple[Matrix, Matrix]:
    """The weight of the terms each pair shares, and of all terms of each bag; repetition does not count."""
    weight = np.asarray(bags.max(axis=0).todense()).ravel()
    there = csr_matrix(bags.astype(bool).astype(np.float64))
    heavy = there.multiply(weight).tocsr()
    shared = np.asarray((heavy[:n] @ there[n:].T).todense())
    return shared, np.asarray(heavy.sum(axis=1)).ravel()


def _cosine(bags: csr_matrix, n: int) -> Matrix:
    norms = np.sqrt(np.asarray(bags.multiply(bags).sum(axis=1)).ravel())
    dot = np.asarray((bags[:n] @ bags[n:].T).todense())
    return _safe(dot, np.outer(norms[:n], norms[n:]))


def _safe(above: Matrix, below: Matrix) -> Matrix:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
