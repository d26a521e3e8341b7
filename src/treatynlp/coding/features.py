"""Features: what speaks for and against each topic of a passage, the same few kinds of signs for all topics.

Since the signs are shared ("a strong pattern of the topic stands in the heading"), what is learned about them from
frequent topics holds for rare ones too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import OF_WHOLES, Hit

Matrix = NDArray[Any]

SIGNS = (
    "heading", "heading_medium", "above", "inside", "body", "body_kinds", "body_medium", "body_weak", "against",
    "lead", "early", "share", "rivals", "rivals_above", "untitled", "unnamed", "dominance", "title", "chapter",
)  # fmt: skip
"""The signs read off the patterns, in the order of the last axis of `pattern_signs`."""
_AT = {name: number for number, name in enumerate(SIGNS)}
LEAD = 300
"""Characters of the body that count as its opening."""
EARLY = 120
"""Characters of a paragraph or point within which its subject is usually named."""


def pattern_signs(passage: Passage, hits: Sequence[Hit], topics: dict[str, int]) -> Matrix:
    """topics × SIGNS: what the patterns say of each topic."""
    table = np.zeros((len(topics), len(SIGNS)))
    by_topic: dict[str, list[Hit]] = {}
    for hit in hits:
        by_topic.setdefault(hit.pattern.topic, []).append(hit)
    for topic, found in by_topic.items():
        if topic in topics:
            for name, value in _signs(passage, found):
                table[topics[topic], _AT[name]] = max(table[topics[topic], _AT[name]], value)
    _compare(table, passage)
    return table


def _signs(passage: Passage, hits: Sequence[Hit]) -> Iterator[tuple[str, float]]:
    """The signs of one topic, from its own patterns."""
    for hit in hits:
        weight = hit.pattern.entry.weight
        if weight == "against":
            yield "against", 1
        elif hit.place == "heading":
            yield ("heading" if weight == "strong" else "heading_medium"), 1
        elif hit.place in ("above", "inside", *OF_WHOLES):
            yield hit.place, 1
        else:
            yield {"strong": "body", "medium": "body_medium", "weak": "body_weak"}[weight], 1
    # Weak and middling words stand all over a treaty: where they stand says nothing of where the topic is.
    strong = [hit for hit in hits if hit.pattern.entry.weight == "strong" and hit.span]
    if strong:
        yield from _spread(passage, strong)


def _spread(passage: Passage, hits: Sequence[Hit]) -> Iterator[tuple[str, float]]:
    """In how many wordings, parts and places a topic's strong patterns stand."""
    spans = [hit.span for hit in hits if hit.span]
    parts = passage.parts()
    held = sum(any(span.within(part.span) for span in spans) for part in parts)
    # Different wordings, and their logarithm: the fifth repetition of a phrase tells nothing that the first did not.
    yield "body_kinds", float(np.log1p(len({hit.phrase for hit in hits})))
    yield "share", held / len(parts)
    yield "lead", float(min(span.start for span in spans) - passage.start < LEAD)
    yield "early", float(any(span.start - passage.holding(span).body.start < EARLY for span in spans))


def _compare(table: Matrix, passage: Passage) -> None:
    """What the other topics' patterns say: rivals in headings, a heading that names nothing, the body's majority."""
    named, above = table[:, _AT["heading"]] > 0, table[:, _AT["above"]] > 0
    # A heading that names another topic is the best sign that this one is only mentioned below it.
    table[:, _AT["rivals"]] = (named.sum() > 0) & ~named
    table[:, _AT["rivals_above"]] = (above.sum() > 0) & ~above
    table[:, _AT["untitled"]] = not passage.heading
    # A heading that names nothing known is not the same as none: the drafters named a subject that no pattern knows.
    table[:, _AT["unnamed"]] = bool(passage.heading) and not named.any()
    strength = table[:, _AT["body_kinds"]]
    table[:, _AT["dominance"]] = strength / max(strength.sum(), 1e-9)
