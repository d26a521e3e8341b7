"""Surroundings of a passage: what its parts say, its neighbours, its chapter, and the rest of its instrument.

A paragraph may carry a topic that its article as a whole hardly speaks of; a working article of a chapter on one
mechanism often does not name the mechanism at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from treatynlp.coding.features import Matrix
from treatynlp.coding.passages import Passage

NEIGHBOURS = ("before", "behind", "rest_mean", "rest_best", "chapter_mean")
"""What `neighbours` gives, in its order: the passage before and behind, mean and best of the instrument's others, mean
of the chapter's others."""


def parts_of(passage: Passage) -> Iterator[Passage]:
    """The paragraphs or points of a passage, each as a passage under the same headings."""
    for part in passage.provision.children:
        start = part.span.start - passage.start
        yield replace(passage, provision=part, body=passage.body[start : start + part.span.end - part.span.start])


def best_of_parts(whole: Matrix, parts: Matrix, owners: Matrix) -> Matrix:
    """passages × topics: the highest score of a passage and its parts; `owners` numbers the passage of each part."""
    best = whole.copy()
    np.maximum.at(best, owners, parts)
    return best


def neighbours(scores: Matrix, passages: Sequence[Passage]) -> tuple[Matrix, ...]:
    """For each of NEIGHBOURS, passages × topics of some score of passages in reading order."""
    found = tuple(np.zeros_like(scores) for _ in NEIGHBOURS)
    for own in _groups([passage.treaty for passage in passages]):
        if len(own) > 1:
            before, behind, mean, best = found[:4]
            before[own[1:]], behind[own[:-1]] = scores[own[:-1]], scores[own[1:]]
            mean[own] = _mean_of_others(scores[own])
            best[own] = _best_of_others(scores[own])
    for own in _groups([(passage.treaty, passage.above) if passage.above else None for passage in passages]):
        if len(own) > 1:
            found[4][own] = _mean_of_others(scores[own])
    return found


def _groups(keys: Sequence[object]) -> Iterator[Matrix]:
    for key in dict.fromkeys(keys):
        if key is not None:
            yield np.array([number for number, other in enumerate(keys) if other == key])


def _mean_of_others(scores: Matrix) -> Matrix:
    return np.asarray((scores.sum(axis=0) - scores) / (len(scores) - 1))


def _best_of_others(scores: Matrix) -> Matrix:
    ordered = np.sort(scores, axis=0)
    return np.asarray(np.where(scores == ordered[-1], ordered[-2], ordered[-1]))
