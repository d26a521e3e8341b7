"""The second look: each topic of a passage is weighed again beside what the first look found of the others (stacked
generalisation, Wolpert 1992).

A topic of which the wording alone says little is likely where nothing else speaks for another one, and unlikely in an
article that is surely about something else.
"""

from collections.abc import Iterator

import numpy as np

from treatynlp.coding.features import Matrix
from treatynlp.coding.words import Apart

SECOND = ("first", "first_rival", "first_others", "first_contest")
"""What `looked_again` adds: the log-odds of the first look, the best probability of the passage's other topics, the sum
of theirs, and the best times the log-odds."""
FOLDS = 8
"""Into how many parts instruments are put, each decided by what was learned from the others."""
_LEAST = 0.003
"""Probabilities count as no lower than this, so that log-odds stay within bounds."""


def looked_again(features: Matrix, first: Matrix) -> Matrix:
    """The features with those of the second look behind them; `first` are the first probabilities."""
    kept = np.clip(first, _LEAST, 1 - _LEAST)
    odds, rival = np.log(kept / (1 - kept)), _best_other(first)
    others = first.sum(axis=1, keepdims=True) - first
    return np.concatenate([features, np.stack([odds, rival, others, odds * rival], axis=-1)], axis=-1)


def _best_other(first: Matrix) -> Matrix:
    """For each topic of a passage, the highest of its other topics."""
    if first.shape[1] == 1:
        return np.zeros_like(first)
    ordered = np.sort(first, axis=1)
    return np.asarray(np.where(first == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:]))


def rounds(owners: Matrix, apart: Apart) -> Iterator[tuple[list[str], Matrix, Matrix]]:
    """An eighth of the instruments at a time: their ids, which passages are theirs, and from which may be learned
    (neither theirs nor of instruments that must not be known when one of them is coded)."""
    every = sorted(set(owners.tolist()))
    for start in range(min(FOLDS, len(every))):
        fold = every[start::FOLDS]
        out = {*fold, *(other for id in fold for other in apart(id))}
        yield fold, np.isin(owners, fold), ~np.isin(owners, sorted(out))
