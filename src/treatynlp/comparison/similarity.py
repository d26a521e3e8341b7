"""How alike two instruments are in theme and in wording: two measures never mixed, for one rule may be worded twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.counts import Counts
from treatynlp.comparison.records import Record, places
from treatynlp.comparison.rules import Boilerplate
from treatynlp.comparison.wording import own_words, vectors


@dataclass(frozen=True, slots=True)
class Similarity:
    """Two instruments: `thematic` is the Jaccard index of the topics they regulate (over topics known in both),
    `textual` the TF-IDF cosine of their operative words, boilerplate stripped. None where one was not assessed."""

    left: str
    right: str
    topics_left: int
    topics_right: int
    topics_both: int
    thematic: float | None
    textual: float | None


def similarities(
    records: Sequence[Record], cells: Sequence[Cell], boilerplate: tuple[Boilerplate, ...]
) -> tuple[Similarity, ...]:
    """One row for every two instruments, in the registry's order."""
    counts = Counts.of(cells)
    at = {ident: n for n, ident in enumerate(counts.ids)}
    own, both, either = counts.of_row, counts.both, counts.either
    rows = vectors([operative(record, boilerplate) for record in records])
    cosine = (rows @ rows.T).toarray() if records else None
    found = []
    for (i, left), (j, right) in combinations(enumerate(records), 2):
        a, b = at[left.id], at[right.id]
        # Of the operative text alone: preambles recall the same charters, whatever the treaty is about.
        textual = float(cosine[i, j]) if left.treaty and right.treaty and cosine is not None else None
        # Two that regulate nothing in common and nothing at all are not alike: there is no figure, rather than 0 or 1.
        thematic = float(both[a, b] / either[a, b]) if either[a, b] else None
        found.append(
            Similarity(
                left=left.id,
                right=right.id,
                topics_left=int(own[a, b]),
                topics_right=int(own[b, a]),
                topics_both=int(both[a, b]),
                thematic=thematic,
                textual=textual,
            )
        )
    return tuple(found)


def operative(record: Record, boilerplate: tuple[Boilerplate, ...]) -> str:
    """The words of an instrument's operative text, as they are compared."""
    if record.treaty is None:
        return ""
    tops = (place.provision for place in places(record.treaty).values() if place.operative and not place.parent)
    return own_words(" ".join(record.treaty.words(top.span) for top in tops), boilerplate)
