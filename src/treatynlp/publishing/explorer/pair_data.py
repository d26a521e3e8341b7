"""Two instruments side by side for the explorer: what answers what, and where their wordings part."""

from collections.abc import Iterator, Mapping
from typing import Any

from treatynlp.comparison.alignment import Aligned, Alignment
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.redline import comparable_words, redline_runs, shared
from treatynlp.publishing.explorer.numbering import Json, Numbering, ReadInstrument
from treatynlp.publishing.table import tidy

REDLINED = 0.25
"""Share of words in common from which on a redline is kept: below it shows nothing but strangers between strangers."""

Tokens = Mapping[tuple[str, str], tuple[str, ...]]


def pair_data(overview: Overview, numbers: Numbering, with_text: bool) -> Iterator[tuple[str, Json]]:
    """For each instrument on the left of any pair: what the instruments on the right answer to it."""
    read = {one.id: one for one in numbers.read}
    words = _words(overview, read) if with_text else {}
    found: dict[str, list[Any]] = {one.id: [] for one in numbers.read} if overview.alignments else {}
    for aligned in overview.alignments:
        sides = read[aligned.left.id], read[aligned.right.id]
        found.setdefault(aligned.left.id, []).append(
            [numbers.instruments[aligned.right.id], *_told(aligned, sides, words)]
        )
    for id, pairs in found.items():
        yield id, {"pairs": pairs}


def _words(overview: Overview, read: Mapping[str, ReadInstrument]) -> Tokens:
    """The words of every provision that matches another, taken apart once."""
    met = {
        (side.id, eid)
        for aligned in overview.alignments
        for pair in aligned.pairs
        for side, eid in ((aligned.left, pair.left), (aligned.right, pair.right))
    }
    return {(id, eid): comparable_words(_body(read[id], eid)) for id, eid in sorted(met)}


def _body(one: ReadInstrument, eid: str) -> str:
    treaty = one.record.treaty
    return treaty.words(one.where[eid].provision.body) if treaty and eid in one.where else ""


def _told(aligned: Aligned, sides: tuple[ReadInstrument, ReadInstrument], words: Tokens) -> list[Any]:
    left, right = sides
    return [
        [_pair(pair, sides, words) for pair in aligned.pairs],
        [left.number[eid] for eid in aligned.only_left],
        [right.number[eid] for eid in aligned.only_right],
    ]


def _pair(pair: Alignment, sides: tuple[ReadInstrument, ReadInstrument], words: Tokens) -> list[Any]:
    """Provision, provision, score, relation, differences, share of words in common, redline as one row of numbers."""
    left, right = sides
    relation = pair.relation if pair.matched else "candidate"
    row = [left.number[pair.left], right.number[pair.right], tidy(pair.score), relation,
           "; ".join(map(str, pair.differs))]  # fmt: skip
    if not words:
        return row
    one, other = words[left.id, pair.left], words[right.id, pair.right]
    common = shared(one, other)
    return [*row, tidy(common), [n for run in redline_runs(one, other) for n in run] if common >= REDLINED else 0]
