"""How alike two instruments are in theme and in wording: two measures never mixed, for one rule may be worded twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.records import Record, places
from treatynlp.comparison.rules import Phrase
from treatynlp.comparison.wording import plain, vectors


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
    records: Sequence[Record], cells: Sequence[Cell], boilerplate: tuple[Phrase, ...]
) -> tuple[Similarity, ...]:
    """One row for every two instruments, in the registry's order."""
    by_instrument: dict[str, dict[str, Cell]] = {record.id: {} for record in records}
    for cell in cells:
        by_instrument[cell.instrument][cell.topic] = cell
    rows = vectors([operative(record, boilerplate) for record in records])
    cosine = (rows @ rows.T).toarray() if records else None
    return tuple(
        _similarity((a.id, by_instrument[a.id]), (b.id, by_instrument[b.id]),
                    float(cosine[i, j]) if a.treaty and b.treaty and cosine is not None else None)
        for (i, a), (j, b) in combinations(enumerate(records), 2)
    )  # fmt: skip


def _similarity(
    left: tuple[str, Mapping[str, Cell]], right: tuple[str, Mapping[str, Cell]], textual: float | None
) -> Similarity:
    known = [topic for topic, cell in left[1].items() if cell.known and topic in right[1] and right[1][topic].known]
    one = {topic for topic in known if left[1][topic].found}
    other = {topic for topic in known if right[1][topic].found}
    thematic = len(one & other) / len(one | other) if one | other else None
    return Similarity(left[0], right[0], len(one), len(other), len(one & other), thematic, textual)


def operative(record: Record, boilerplate: tuple[Phrase, ...]) -> str:
    """The words of an instrument's operative text, as they are compared."""
    if record.treaty is None:
        return ""
    tops = (place.provision for place in places(record.treaty).values() if place.operative and not place.parent)
    return plain(" ".join(record.treaty.words(top.span) for top in tops), boilerplate)
