"""Trust: how often each pattern was right where people coded, drawn towards what its kind is worth where it is rare.

A pattern in the body is worth less under a heading that names another topic, and more where there is no heading at
all; so it is counted in each of these situations apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from treatynlp.coding.features import Matrix
from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import Hit

TRUSTS = ("trust_heading", "trust_above", "trust_body", "trust_sum")
_COLUMN = {"heading": 0, "above": 1, "inside": 2, "body": 2}
DRAW = 4.0
"""How many findings it takes until a pattern's own record counts as much as that of its kind."""

Counts = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Trust:
    """`counts` of findings, (right, all), by pattern, place and situation, and by kinds of these."""

    counts: Counts

    def table(self, passage: Passage, hits: Sequence[Hit], topics: Mapping[str, int]) -> Matrix:
        """topics × TRUSTS: the best log-odds of the topic's patterns in each place, and the sum of the good ones."""
        table = np.zeros((len(topics), len(TRUSTS)))
        for hit, situation in _findings(passage, hits):
            if hit.pattern.topic in topics:
                row, odds = table[topics[hit.pattern.topic]], self._odds(hit, situation)
                # The best pattern of a place, not their sum: five wordings of one idea in a paragraph are one reason,
                # not five.
                column = _COLUMN[hit.place]
                row[column] = max(row[column], odds)
                row[3] += max(odds, 0.0)
        return table

    def _odds(self, hit: Hit, situation: str) -> float:
        """The log-odds that the pattern is right, as far above those of one in twenty."""
        kind, own, here = _keys(hit, situation)
        right, seen = self.counts.get(kind, (0.0, 0.0))
        # Smoothed: a kind that was never seen is right once in four, and not never; then each record draws from there.
        share = (right + 1) / (seen + 4)
        for key, draw in ((own, DRAW), (here, DRAW / 2)):
            right, seen = self.counts.get(key, (0.0, 0.0))
            share = (right + draw * share) / (seen + draw)
        # log(19) is about 3: a pattern that is right once in twenty speaks for nothing.
        return log(share / (1 - share)) + 3


def _keys(hit: Hit, situation: str) -> tuple[str, str, str]:
    own = f"{hit.pattern.id}@{hit.place}"
    return f"{hit.pattern.entry.weight}@{hit.place}@{situation}", own, f"{own}@{situation}"


def _findings(passage: Passage, hits: Sequence[Hit]) -> Iterator[tuple[Hit, str]]:
    """Each pattern found, once for each place, with the situation of its topic."""
    named = {hit.pattern.topic for hit in hits if hit.place == "heading" and hit.pattern.entry.weight == "strong"}
    seen = set()
    for hit in hits:
        key = (hit.pattern.id, hit.place)
        # Once for each place: a pattern found ten times in a long article would write ten lines of its record.
        if key not in seen and hit.pattern.entry.weight != "against" and hit.place in _COLUMN:
            seen.add(key)
            rivals = named and hit.pattern.topic not in named
            yield hit, "rivals" if rivals else "plain" if passage.heading else "untitled"


Finding = tuple[Passage, Sequence[Hit], frozenset[str]]


def count(findings: Iterable[Finding]) -> dict[str, Counts]:
    """For each instrument, the record of each pattern in its coded passages."""
    counts: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for passage, hits, topics in findings:
        own = counts[passage.treaty]
        for hit, situation in _findings(passage, hits):
            for key in _keys(hit, situation):
                right, seen = own.get(key, (0.0, 0.0))
                own[key] = (right + (hit.pattern.topic in topics), seen + 1)
    return dict(counts)


def trust(counts: Mapping[str, Counts], without: Collection[str] = ()) -> Trust:
    """The record over all instruments but those left out."""
    total: dict[str, tuple[float, float]] = {}
    for instrument in sorted(counts):
        if instrument not in without:
            for key, (right, seen) in counts[instrument].items():
                before = total.get(key, (0.0, 0.0))
                total[key] = (before[0] + right, before[1] + seen)
    return Trust(dict(sorted(total.items())))
