"""Figures: how near given labels come to those of people.

Every figure is taken over articles, as `score_topics.py` of the gold takes it: an article's labels are its own and
its paragraphs'.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

from treatynlp.coding.features import Matrix

CORE = ("criminalisation", "procedure", "cooperation", "data_protection")
SEED = 20011123
"""Where the resampling begins, so that intervals are the same on every run."""
DRAWS = 500


@dataclass(frozen=True, slots=True)
class CodingOutcome:
    """What was given to articles that the giver had not seen, beside what people gave.

    `owners` the articles' instruments; `truth` and `given` articles × topics, 0 or 1; `scores` probabilities;
    `open` where the coder abstained.
    """

    owners: Matrix
    topics: tuple[str, ...]
    truth: Matrix
    given: Matrix
    scores: Matrix
    open: Matrix

    def of(self, rows: Matrix) -> "CodingOutcome":
        """The outcome for some articles (a mask, or numbers that may come more than once)."""
        return CodingOutcome(
            owners=self.owners[rows],
            topics=self.topics,
            truth=self.truth[rows],
            given=self.given[rows],
            scores=self.scores[rows],
            open=self.open[rows],
        )

    def only(self, columns: Sequence[int]) -> "CodingOutcome":
        """The outcome for some topics, by number."""
        return CodingOutcome(
            owners=self.owners,
            topics=tuple(self.topics[column] for column in columns),
            truth=self.truth[:, columns],
            given=self.given[:, columns],
            scores=self.scores[:, columns],
            open=self.open[:, columns],
        )


def f1(truth: Matrix, given: Matrix) -> float:
    """F1 over all pairs; 1 where there is nothing to find and nothing was given.

    >>> f1(np.array([1, 1, 0]), np.array([1, 0, 0]))
    0.6666666666666666
    """
    return float(f1_score(truth.ravel(), given.ravel(), zero_division=1.0))


def micro(outcome: CodingOutcome) -> float:
    """F1 over all pairs of article and topic."""
    return float(f1_score(*_pairs(outcome), average="micro", zero_division=1.0))


def macro(outcome: CodingOutcome) -> float:
    """The mean of the topics' F1, of those that people gave at least twice."""
    frequent = outcome.truth.sum(axis=0) >= 2
    each = f1_score(*_pairs(outcome), average=None, zero_division=1.0)
    return float(np.mean(each[frequent])) if frequent.any() else 1.0


def _pairs(outcome: CodingOutcome) -> tuple[csr_matrix, csr_matrix]:
    """What people gave, and what was given, as scikit-learn reads labels. One pair in fifty is a label: over sparse
    tables it takes half the time, and an interval asks 500 times."""
    return csr_matrix(outcome.truth), csr_matrix(outcome.given)


def cells(outcome: CodingOutcome) -> float:
    """F1 over the cells of the matrix: instrument × topic, present or not."""
    return f1(_by_owner(outcome, outcome.truth), _by_owner(outcome, outcome.given))


def _by_owner(outcome: CodingOutcome, table: Matrix) -> Matrix:
    owners = sorted(set(outcome.owners.tolist()))
    return np.array([table[outcome.owners == owner].max(axis=0) for owner in owners])


@dataclass(frozen=True, slots=True)
class Absence:
    """What "absent" is worth: `missed` of the cells people give, the share that is printed absent; `wrong` of the cells
    printed absent, the share that people give; `inconclusive` of all cells, the share left open. `cells` people gave.
    Of the cells that are not left open, `sensitivity`: of those that people give the share that is found;
    `specificity`: of the others the share that is printed absent.
    """

    missed: float
    wrong: float
    inconclusive: float
    cells: int
    sensitivity: float
    specificity: float


def absence(outcome: CodingOutcome) -> Absence:
    """How often an instrument is said to be silent on a topic that people found in it.

    A cell is present where a passage is given the topic, inconclusive where none is but one is open, else absent.
    """
    truth, given, open_ = (_by_owner(outcome, one) > 0 for one in (outcome.truth, outcome.given, outcome.open))
    absent = ~given & ~open_
    missed = float((truth & absent).sum())
    found, false = float((truth & given).sum()), float((~truth & given).sum())
    silent = float((~truth & absent).sum())
    return Absence(
        missed=missed / max(truth.sum(), 1),
        wrong=missed / max(absent.sum(), 1),
        inconclusive=float((open_ & ~given).mean()),
        cells=int(truth.sum()),
        sensitivity=found / max(found + missed, 1),
        specificity=silent / max(silent + false, 1),
    )


def exact(outcome: CodingOutcome) -> float:
    """The share of articles whose topics are met exactly."""
    return float(accuracy_score(*_pairs(outcome)))


def precision(outcome: CodingOutcome) -> float:
    """The share of given labels that people gave."""
    return float(precision_score(*_pairs(outcome), average="micro", zero_division=0.0))


def recall(outcome: CodingOutcome) -> float:
    """The share of people's labels that were given."""
    return float(recall_score(*_pairs(outcome), average="micro", zero_division=0.0))


def families(outcome: CodingOutcome, family: Mapping[str, str]) -> dict[str, float]:
    """F1 of each family over articles: an article has a family when it has one of its topics."""
    out = {}
    for name in dict.fromkeys(family.values()):
        columns = [t for t, topic in enumerate(outcome.topics) if family[topic] == name]
        if columns:
            out[name] = f1(outcome.truth[:, columns].max(axis=1), outcome.given[:, columns].max(axis=1))
    return out


def core(outcome: CodingOutcome, family: Mapping[str, str]) -> float:
    """The mean F1 of the four families the project exists for."""
    found = families(outcome, family)
    return float(np.mean([found[name] for name in CORE if name in found]))


Figure = Callable[[CodingOutcome], float]


def headline(family: Mapping[str, str]) -> dict[str, Figure]:
    """The figures a reader looks at first, by name."""
    return {
        "micro_f1": micro, "macro_f1": macro, "core_families_f1": lambda o: core(o, family), "cells_f1": cells,
        "exact": exact, "precision": precision, "recall": recall,
    }  # fmt: skip


def interval(outcome: CodingOutcome, figure: Figure, draws: int = DRAWS) -> tuple[float, float]:
    """The range that holds 95 of 100 values of the figure, when instruments, and articles within them, are drawn
    again with replacement.
    """
    chance = np.random.default_rng(SEED)
    rows = [np.flatnonzero(outcome.owners == owner) for owner in sorted(set(outcome.owners.tolist()))]
    values = []
    for _ in range(draws):
        chosen = [rows[i] for i in chance.integers(len(rows), size=len(rows))]
        values.append(figure(outcome.of(np.concatenate([chance.choice(own, size=len(own)) for own in chosen]))))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of article and topic whose probability lies in a range: how many, its mean, how many people gave."""

    low: float
    high: float
    pairs: int
    mean_score: float
    share_given: float


def reliability(outcome: CodingOutcome, bins: int = 10) -> tuple[Bin, ...]:
    """Whether a probability of 0.8 is right in 80 of 100 cases. Pairs nothing spoke for are left out."""
    scores, truth = outcome.scores[outcome.scores > 0], outcome.truth[outcome.scores > 0]
    edges = np.linspace(0, 1, bins + 1)
    places = np.clip(np.digitize(scores, edges) - 1, 0, bins - 1)
    found = []
    for number in range(bins):
        inside = places == number
        if inside.any():
            means = float(scores[inside].mean()), float(truth[inside].mean())
            found.append(Bin(float(edges[number]), float(edges[number + 1]), int(inside.sum()), *means))
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of probability and frequency, weighted by how many pairs there are (ECE)."""
    pairs = sum(one.pairs for one in bins)
    return sum(one.pairs * abs(one.mean_score - one.share_given) for one in bins) / max(pairs, 1)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the coverage curve: abstaining on pairs nearer than `margin` to even odds decides `coverage` of the
    pairs that anything spoke for, and is right in `accuracy` of them; `f1` counts the undecided as not given."""

    margin: float
    coverage: float
    accuracy: float
    f1: float


def coverage(
    outcome: CodingOutcome, margins: Sequence[float] = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
) -> tuple[Point, ...]:
    """What abstaining costs and what it is worth."""
    considered = outcome.scores > 0
    truth, scores = outcome.truth[considered], outcome.scores[considered]
    points = []
    for margin in margins:
        decided = np.abs(scores - 0.5) >= margin
        right = (scores >= 0.5) == (truth > 0)
        given = (outcome.scores >= max(0.5 + margin, 1e-9)).astype(float)
        share = float(right[decided].mean()) if decided.any() else 1.0
        points.append(Point(margin, float(decided.mean()), share, f1(outcome.truth, given)))
    return tuple(points)


def confusion(outcome: CodingOutcome, family: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Family missed → family given instead, counted over articles; `none` where nothing was missed, or given."""
    counts: dict[str, dict[str, int]] = {}
    for truth, given in zip(outcome.truth, outcome.given, strict=True):
        missed = sorted({family[outcome.topics[t]] for t in np.flatnonzero(truth > given)}) or ["none"]
        wrong = sorted({family[outcome.topics[t]] for t in np.flatnonzero(given > truth)}) or ["none"]
        for one in missed:
            for other in wrong:
                if (one, other) != ("none", "none"):
                    row = counts.setdefault(one, {})
                    row[other] = row.get(other, 0) + 1
    return {one: dict(sorted(row.items())) for one, row in sorted(counts.items())}
