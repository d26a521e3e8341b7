"""The second look: each topic of a passage is weighed again beside what the first look found of the others (stacked
generalisation, Wolpert 1992).

A topic of which the wording alone says little is likely where nothing else speaks for another one, and unlikely in an
article that is surely about something else.
"""

from collections.abc import Iterator, Sequence, Set

import numpy as np

from treatynlp.coding.features import SIGNS, Matrix
from treatynlp.coding.words import Apart

SECOND = (
    "first", "first_rival", "first_others", "first_contest", "first_frame", "first_whole", "first_working",
    "first_requests",
)  # fmt: skip
"""What `looked_again` adds: the log-odds of the first look, the best probability of the passage's other topics, the sum
of theirs, the best times the log-odds, the best of FRAMING; and, where the instrument or chapter is about the topic,
the best of the others, how little the best of FRAMING is, and the best of REQUESTS."""
FRAMING = frozenset({
    "purpose", "definitions", "scope", "sovereignty", "relation_to_instruments", "entry_into_force", "accession",
    "territorial_application", "reservations", "federal_clause", "dispute_settlement", "amendment", "denunciation",
    "depositary", "implementation_mechanism",
})  # fmt: skip
"""Topics of the articles that frame an instrument. The others are its working articles, and carry what it is about."""
REQUESTS = frozenset({"mla_procedure"})
"""Topics that a mechanism's own articles have beside it (ruling 1)."""
FOLDS = 8
"""Into how many parts instruments are put, each decided by what was learned from the others."""
_LEAST = 0.003
"""Probabilities count as no lower than this, so that log-odds stay within bounds."""


def looked_again(features: Matrix, first: Matrix, topics: Sequence[str]) -> Matrix:
    """The features with those of the second look behind them; `first` are the first probabilities."""
    kept = np.clip(first, _LEAST, 1 - _LEAST)
    odds, rival = np.log(kept / (1 - kept)), _best_other(first)
    others = first.sum(axis=1, keepdims=True) - first
    whole = features[..., [SIGNS.index("title"), SIGNS.index("chapter")]].max(axis=-1)
    frame, requests = (_best_of(first, topics, named) for named in (FRAMING, REQUESTS))
    more = [odds, rival, others, odds * rival, frame]
    more += [whole * rival, whole * (1 - frame), whole * requests]
    return np.concatenate([features, np.stack(more, axis=-1)], axis=-1)


def _best_of(first: Matrix, topics: Sequence[str], named: Set[str]) -> Matrix:
    """For each topic of a passage, the highest probability of a topic among the named ones, other than itself."""
    own = np.array([topic in named for topic in topics])
    return np.where(own, _best_other(first * own), (first * own).max(axis=1, keepdims=True))


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
