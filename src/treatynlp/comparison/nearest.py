"""Which instruments are laid side by side provision by provision: each with its nearest, and with what it belongs to.

How alike any two are, in topics and in wording, is counted for all of them at once, from an index of terms; what
answers what takes some milliseconds a pair. In a corpus of a few dozen that is nothing; in one of hundreds most pairs
have little to say to each other, and their number grows with the square of the instruments.
"""

from collections.abc import Iterable, Sequence

from treatynlp.comparison.records import Pair, Record
from treatynlp.comparison.rules import Nearest
from treatynlp.comparison.similarity import Similarity

DIGITS = 6
"""Decimals by which two likenesses are the same, so that the last bits of a sum decide no order."""


def nearest(records: Sequence[Record], alike: Iterable[Similarity], rule: Nearest | None) -> frozenset[Pair]:
    """The pairs to compare, each in the registry's order: those in which one is among the other's nearest by topics in
    common and likeness of wording (sum of the two measures; of equals, the earlier in the registry), and those of which
    one belongs to the other. Without a rule, and of no more instruments than it takes as a whole, all pairs.
    Instruments without text are in none."""
    order = {record.id: n for n, record in enumerate(records) if record.treaty}
    near: dict[str, list[tuple[float, int, Pair]]] = {ident: [] for ident in order}
    for one in alike:
        if one.left in order and one.right in order:
            score, pair = (one.thematic or 0.0) + (one.textual or 0.0), (one.left, one.right)
            near[one.left].append((-round(score, DIGITS), order[one.right], pair))
            near[one.right].append((-round(score, DIGITS), order[one.left], pair))
    count = rule.count if rule and len(order) > rule.whole else None
    kept = {pair for rows in near.values() for *_, pair in sorted(rows)[:count]}
    return frozenset(kept | set(_belonging(records, order)))


def _belonging(records: Iterable[Record], order: dict[str, int]) -> Iterable[Pair]:
    for record in records:
        parent = record.instrument.parent
        if record.id in order and parent in order:
            yield tuple(sorted((record.id, parent), key=order.__getitem__))  # type: ignore[misc]
