"""The views scholars ask for: gaps, dual criminality, powers without safeguards, who came first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Literal

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.harmonisation import Terms
from treatynlp.comparison.records import Place, Record, places
from treatynlp.comparison.reuse import Reused
from treatynlp.comparison.rules import Rules

if TYPE_CHECKING:
    from treatynlp.corpus import Codebook

Grid = Mapping[tuple[str, str], Cell]
Overlap = Literal["both", "conditional", "only_left", "only_right", "neither", "unknown"]
Safeguard = Literal["own_article", "referenced", "general", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic that `has` regulates and `lacks` does not: `certain` only where its absence is a claim, not a doubt."""

    has: str
    lacks: str
    family: str
    cell: Cell
    missing: Cell
    certain: bool


@dataclass(frozen=True, slots=True)
class Criminality:
    """Whether conduct criminal under one instrument is criminal under the other.

    `both`: each requires it to be made an offence on the same terms; `conditional`: both cover it, but `differs`
    names terms (strength, mental element, reservation, …) on which an act may be criminal under one only.
    """

    left: Cell
    right: Cell
    overlap: Overlap
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerCheck:
    """An intrusive power and the safeguard beside it.

    `own_article`: conditions stand in the power's own article; `referenced`: it points to the article that has them;
    `general`: the instrument has such an article, unconnected; `missing`: it has none.
    """

    power: Cell
    safeguard: Safeguard
    articles: tuple[str, ...]


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


def gaps(cells: Iterable[Cell], codebook: "Codebook") -> tuple[Gap, ...]:
    """For every ordered pair of instruments, what the first has and the second has not."""
    at = grid(cells)
    ids = list(dict.fromkeys(instrument for instrument, _ in at))
    return tuple(
        Gap(one, other, topic.family, at[one, name], at[other, name], at[other, name].state == "absent")
        for one, other in permutations(ids, 2)
        for name, topic in codebook.topics.items()
        if at[one, name].found and at[other, name].state in ("absent", "inconclusive")
    )


def dual_criminality(
    cells: Iterable[Cell], said: Mapping[tuple[str, str], Terms], codebook: "Codebook", rules: Rules
) -> tuple[Criminality, ...]:
    """Offence by offence for every two instruments; offences neither of them covers are left out."""
    at = grid(cells)
    ids = list(dict.fromkeys(instrument for instrument, _ in at))
    offences = [name for name, topic in codebook.topics.items() if topic.family == "criminalisation"]
    offences = [name for name in offences if name not in rules.general_part.topics]
    rows = (_criminality(at[a, o], at[b, o], said) for a, b in combinations(ids, 2) for o in offences)
    return tuple(row for row in rows if row.left.found or row.right.found)


def _criminality(left: Cell, right: Cell, said: Mapping[tuple[str, str], Terms]) -> Criminality:
    if left.found and right.found:
        differs = _differs(left, right, said)
        return Criminality(left, right, "conditional" if differs else "both", differs)
    if left.known and right.known:
        only: Overlap = "only_left" if left.found else "only_right" if right.found else "neither"
        return Criminality(left, right, only, ())
    return Criminality(left, right, "unknown", ())


def _differs(left: Cell, right: Cell, said: Mapping[tuple[str, str], Terms]) -> tuple[str, ...]:
    a, b = said.get((left.instrument, left.topic), {}), said.get((right.instrument, right.topic), {})
    terms = [name for name in sorted({*a, *b}) if a.get(name, frozenset()) != b.get(name, frozenset())]
    return (*(["state"] if left.state != right.state else []),
            *(["strength"] if left.strength != right.strength else []), *terms)  # fmt: skip


def safeguards(records: Iterable[Record], cells: Iterable[Cell], rules: Rules) -> tuple[PowerCheck, ...]:
    """Every intrusive power that an assessed instrument gives, with the safeguard that goes with it."""
    at = grid(cells)
    rows = []
    for record in records:
        guards = [at[record.id, topic] for topic in rules.powers.safeguards if (record.id, topic) in at]
        powers = (at[record.id, topic] for topic in rules.powers.topics if (record.id, topic) in at)
        rows += [_check(record, power, guards) for power in powers if power.found]
    return tuple(rows)


def _check(record: Record, power: Cell, guards: Sequence[Cell]) -> PowerCheck:
    where = places(record.treaty)
    powers = articles_of(power, where)
    homes = {article for guard in guards if guard.found for article in articles_of(guard, where)}
    refers = {
        where[r.target].article
        for r in (record.treaty.references if record.treaty else ())
        if r.eid in where and where[r.eid].article in powers and not r.instrument and r.target in where
    }
    for kind, met in (("own_article", homes & powers), ("referenced", homes & refers), ("general", homes)):
        if met:
            return PowerCheck(power, kind, tuple(a for a in where if a in met))  # type: ignore[arg-type]
    return PowerCheck(power, "missing" if all(guard.state == "absent" for guard in guards) else "unknown", ())


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
    dated = sorted((made(record), record.id) for record in records if made(record))
    rows = []
    for name, topic in codebook.topics.items():
        having = [(date, id) for date, id in dated if (id, name) in at and at[id, name].found]
        articles = {id: articles_of(at[id, name], where[id]) for _, id in having}
        for rank, (date, id) in enumerate(having, 1):
            earlier = tuple(other for _, other in having[: rank - 1])
            taken = _taken(id, earlier, articles, passages)
            rows.append(First(name, topic.family, rank, date, at[id, name], earlier, *taken))
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
    rows = [(words, -earlier.index(other), other) for other, eid, words in met if eid in articles.get(other, ())
            and other in earlier]  # fmt: skip
    words, _, other = max(rows, default=(0, 0, ""))
    return other, words


def made(record: Record) -> str:
    """The date an instrument was made: adopted, else opened, signed, or published; "" when none is declared."""
    dates = record.instrument.dates
    return next((d for d in (dates.adopted, dates.opened, dates.signed, dates.published) if d), "")
