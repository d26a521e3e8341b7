"""Features: what speaks for and against each topic of a passage, the same few kinds of signs for all topics.

Since the signs are shared ("a strong pattern of the topic stands in the heading"), what is learned about them from
frequent topics holds for rare ones too.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import Hit

Matrix = NDArray[np.float64]

SIGNS = (
    "heading", "heading_medium", "above", "inside", "body", "body_kinds", "body_medium", "body_weak", "against",
    "lead", "share", "rivals", "untitled", "unnamed", "body_rivals", "dominance",
)  # fmt: skip
"""The signs read off the patterns, in the order of the last axis of `signs`."""
_AT = {name: number for number, name in enumerate(SIGNS)}
LEAD = 300
"""Characters of the body that count as its opening."""


def signs(passage: Passage, hits: Sequence[Hit], topics: dict[str, int]) -> Matrix:
    """topics × SIGNS: what the patterns say of each topic."""
    table = np.zeros((len(topics), len(SIGNS)))
    for hit in hits:
        if hit.pattern.topic in topics:
            _mark(table[topics[hit.pattern.topic]], hit, passage)
    _spread(table, hits, passage, topics)
    _compare(table, passage)
    return table


def _mark(row: Matrix, hit: Hit, passage: Passage) -> None:
    weight = hit.pattern.entry.weight
    if weight == "against":
        row[_AT["against"]] = 1
    elif hit.place == "heading":
        row[_AT["heading" if weight == "strong" else "heading_medium"]] = 1
    elif hit.place in ("above", "inside"):
        row[_AT[hit.place]] = 1
    else:
        row[_AT[{"strong": "body", "medium": "body_medium", "weak": "body_weak"}[weight]]] = 1
        if weight == "strong" and hit.span and hit.span.start - passage.start < LEAD:
            row[_AT["lead"]] = 1


def _spread(table: Matrix, hits: Iterable[Hit], passage: Passage, topics: dict[str, int]) -> None:
    """How many different phrases were found in the body, and in how large a share of the parts."""
    parts = passage.parts()
    kinds: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for hit in hits:
        if hit.span and hit.pattern.entry.weight == "strong" and hit.pattern.topic in topics:
            kinds.setdefault(hit.pattern.topic, set()).add(hit.phrase)
            holding = next((part.eid for part in parts if hit.span.within(part.span)), "")
            places.setdefault(hit.pattern.topic, set()).add(holding)
    for topic, found in kinds.items():
        row = table[topics[topic]]
        row[_AT["body_kinds"]] = np.log1p(len(found))
        row[_AT["share"]] = len(places[topic]) / len(parts)


def _compare(table: Matrix, passage: Passage) -> None:
    """What the other topics' patterns say: rivals in the heading, a heading that names nothing, the body's majority."""
    named = table[:, _AT["heading"]] > 0
    table[:, _AT["rivals"]] = (named.sum() - named) > 0
    table[:, _AT["untitled"]] = not passage.heading
    table[:, _AT["unnamed"]] = bool(passage.heading) and not named.any()
    table[:, _AT["body_rivals"]] = table[:, _AT["body"]] * table[:, _AT["rivals"]] * (1 - table[:, _AT["heading"]])
    strength = table[:, _AT["body_kinds"]]
    table[:, _AT["dominance"]] = strength / max(strength.sum(), 1e-9)
