"""What one instrument has and another lacks, and who came first."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from treatynlp.comparison.cells import Cell, decider
from treatynlp.comparison.records import Place, Record, places, same_field
from treatynlp.comparison.reuse import Reused
from treatynlp.comparison.rules import Rules

if TYPE_CHECKING:
    from treatynlp.corpus import Codebook

Grid = Mapping[tuple[str, str], Cell]
SURE = 0.8
"""The score from which on a pattern's label makes a gap certain; what only the model says makes none. Of 19 gaps told
of what an instrument has that nobody had coded three of four below 0.8 rested on a wrong label, and two of 15 above."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic that `has` regulates and `lacks` does not: `certain` only where both are claims, not doubts: people or a
    pattern say that the one has it, and the other was read whole without it."""

    has: str
    lacks: str
    family: str
    cell: Cell
    missing: Cell
    certain: bool


@dataclass(frozen=True, slots=True)
class First:
    """A topic's appearance in an instrument, in order of date: `rank` 1 is the first of the corpus to regulate it.

    `earlier` are the instruments that had it before; `taken_from` the one of them with which the articles on the topic
    share their longest passage, `words` long ("" and 0 where they share none).
    """

    topic: str
    family: str
    rank: int
    date: str
    cell: Cell
    earlier: tuple[str, ...]
    taken_from: str = ""
    words: int = 0


def grid(cells: Iterable[Cell]) -> dict[tuple[str, str], Cell]:
    """(instrument, topic) → cell."""
    return {(cell.instrument, cell.topic): cell for cell in cells}


def gaps(
    records: Sequence[Record],
    cells: Iterable[Cell],
    codebook: "Codebook",
    chosen: Set[tuple[str, str]] | None = None,
    rules: Rules | None = None,
) -> tuple[Gap, ...]:
    """For every ordered pair of instruments of one field (where pairs are `chosen`, of those), what the first has and
    the second has not. That a convention on data protection punishes no computer fraud is no gap; of a vague topic
    none is certain, nor where the second regulates another part of the mechanism (of assistance its procedure only)."""
    at = grid(cells)
    vague = rules.vague.topics if rules else ()
    return tuple(
        Gap(
            has=one,
            lacks=other,
            family=topic.family,
            cell=at[one, name],
            missing=at[other, name],
            certain=at[other, name].state == "absent"
            and name not in vague
            and not any(at[other, akin].found for akin in _mechanism(name, rules) if (other, akin) in at)
            and _surely_there(at[one, name]),
        )
        for one, other in (
            (a.id, b.id)
            for a, b in permutations(records, 2)
            if same_field(a, b) and (chosen is None or {(a.id, b.id), (b.id, a.id)} & chosen)
        )
        for name, topic in codebook.topics.items()
        # What only touches a topic (`partial`) is neither had nor lacked: it makes no gap on either side.
        if at[one, name].state == "present" and at[other, name].state in ("absent", "inconclusive")
    )


def _mechanism(topic: str, rules: Rules | None) -> tuple[str, ...]:
    """The topics of the mechanism of cooperation that a topic is a part of."""
    return next((topics for topics in rules.mechanisms.topics if topic in topics), ()) if rules else ()


def _surely_there(cell: Cell) -> bool:
    """Whether people, or a pattern that the model bears out, say that the topic is regulated."""
    deciders = ((decider(ground.by), ground.score) for ground in cell.grounds if ground.operative)
    return any(who == "human" or (who == "rule" and score >= SURE) for who, score in deciders)


def articles_of(cell: Cell, where: Mapping[str, Place]) -> set[str]:
    """The eIds of the articles a cell's labels stand in."""
    eids = (ground.passage.eid for ground in cell.grounds)
    return {where[eid].article if eid in where else eid for eid in eids}


def chronology(
    records: Sequence[Record], cells: Iterable[Cell], codebook: "Codebook", shared: Iterable[Reused] = ()
) -> tuple[First, ...]:
    """Which instrument regulated each topic first, and which came after; `shared`: passages they have in common."""
    at, passages = grid(cells), _passages(shared)
    where = {record.id: places(record.treaty) for record in records}
    # An undated instrument can come neither first nor later.
    dated = sorted((date_made(record), record.id) for record in records if date_made(record))
    rows = []
    for name, topic in codebook.topics.items():
        having = [(date, id) for date, id in dated if (id, name) in at and at[id, name].found]
        articles = {id: articles_of(at[id, name], where[id]) for _, id in having}
        for rank, (date, id) in enumerate(having, 1):
            earlier = tuple(other for _, other in having[: rank - 1])
            taken_from, words = _taken(id, earlier, articles, passages)
            first = First(
                topic=name,
                family=topic.family,
                rank=rank,
                date=date,
                cell=at[id, name],
                earlier=earlier,
                taken_from=taken_from,
                words=words,
            )
            rows.append(first)
    return tuple(rows)


def _passages(shared: Iterable[Reused]) -> dict[tuple[str, str], list[tuple[str, str, int]]]:
    """(instrument, article) → the other's instrument and article, and the words they share, either way round."""
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for one in shared:
        found.setdefault((one.left, one.left_eid), []).append((one.right, one.right_eid, one.words))
        found.setdefault((one.right, one.right_eid), []).append((one.left, one.left_eid, one.words))
    return found


def _taken(
    id: str,
    earlier: Sequence[str],
    articles: Mapping[str, set[str]],
    passages: Mapping[tuple[str, str], list[tuple[str, str, int]]],
) -> tuple[str, int]:
    """The earlier instrument with the longest passage in common on the topic; of equals, the earliest."""
    met = (row for eid in sorted(articles[id]) for row in passages.get((id, eid), ()))
    # Of passages as long, the oldest text is the likelier source: the others may have it from there, too.
    rows = [(words, -earlier.index(other), other) for other, eid, words in met if eid in articles.get(other, ())
            and other in earlier]  # fmt: skip
    words, _, other = max(rows, default=(0, 0, ""))
    return other, words


def date_made(record: Record) -> str:
    """The date of an instrument's words: that of a consolidated text, for nobody can say which of its words are older;
    else when it was adopted, opened, signed, or published; "" when none is declared."""
    declared, dates = record.instrument, record.instrument.dates
    if declared.version:
        return declared.words_date
    return next((d for d in (dates.adopted, dates.opened, dates.signed, dates.published) if d), "")
