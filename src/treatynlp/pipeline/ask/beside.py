"""One instrument beside those a workspace holds: what it regulates, whom it is like, what it lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from treatynlp.comparison.cells import Cell, assess
from treatynlp.comparison.records import Provenance, Record
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.similarity import similarities
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import DataError, issue
from treatynlp.pipeline.ask.lookup import look_up
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.workspace.declarations import declared_last
from treatynlp.pipeline.workspace.history import histories
from treatynlp.store import Workspace

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A topic an instrument regulates: in which articles, how strictly (its strongest words), how surely."""

    family: str
    topic: str
    state: str
    citations: tuple[str, ...]
    strength: str
    score: float


@dataclass(frozen=True, slots=True)
class Near:
    """An instrument that is like it: in theme (Jaccard index of the topics) and in wording (cosine), 0 to 1 each."""

    id: str
    title: str
    thematic: float | None
    textual: float | None


@dataclass(frozen=True, slots=True)
class Lack:
    """A topic that others regulate and this one does not; `certain` where that is a claim and no doubt of reading."""

    family: str
    topic: str
    has: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One instrument beside others: its topics, the nearest first of the others, what it lacks, what it alone has."""

    id: str
    against: tuple[str, ...]
    topics: tuple[Found, ...]
    nearest: tuple[Near, ...]
    gaps: tuple[Lack, ...]
    alone: tuple[str, ...]


def beside(workspace: Workspace, corpus: Corpus, ident: str, against: Collection[str] = ()) -> Beside:
    """An instrument that a workspace holds, beside the others there, or `against` some of them.

    DataError when one of those has not been made there.
    """
    others = _others(workspace, ident, against)
    records = [_record(workspace, corpus, one) for one in (ident, *others)]
    book = corpus.codebook
    rules = load_rules(corpus.rules_folder, book.topics, book.families)
    cells = assess(records, book, rules)
    mine = {cell.topic: cell for cell in cells if cell.instrument == ident}
    theirs = [cell for cell in cells if cell.instrument != ident]
    alike = [one for one in similarities(records, cells, rules.boilerplate) if one.left == ident]
    titles = {record.id: record.instrument.short_title for record in records}
    near = (Near(one.right, titles[one.right], _tidy(one.thematic), _tidy(one.textual)) for one in alike)
    return Beside(
        id=ident, against=others,
        topics=tuple(_found(cell, book.topics[cell.topic].family) for cell in mine.values() if cell.found),
        nearest=tuple(sorted(near, key=lambda one: (-(one.thematic or 0) - (one.textual or 0), one.id))),
        gaps=tuple(_gaps(mine, theirs, book.family_of)),
        alone=tuple(topic for topic, cell in mine.items() if cell.found and topic not in _has(theirs)),
    )  # fmt: skip


def _others(workspace: Workspace, ident: str, against: Collection[str]) -> tuple[str, ...]:
    # Coded ones only: one that was merely split has no topics to lay beside.
    made = {one.id for one in current(workspace).values() if one.coding}
    if unknown := sorted(set(against) - made):
        raise DataError(*(issue("instrument-unknown.workspace", one) for one in unknown))
    return tuple(sorted((set(against) or made) - {ident}))


def _record(workspace: Workspace, corpus: Corpus, ident: str) -> Record:
    entry = look_up(workspace, ident)
    source = entry.prepared.source if entry.prepared else None
    provenance = Provenance.of(entry.piece.document, source.url, source.origin) if source else None
    return Record(_declared(workspace, corpus, ident), provenance, entry.piece.treaty, entry.coding)


def _declared(workspace: Workspace, corpus: Corpus, ident: str) -> Instrument:
    there = next((one for one in corpus.instruments if one.id == ident), None)
    # Not validated: an instrument that is declared nowhere any more has no entry to be right or wrong.
    bare = Instrument.model_construct(id=ident, title=ident, short_title=ident, binding=True, kind="other")
    return there or declared_last(workspace, histories(workspace), ident) or bare


def _found(cell: Cell, family: str) -> Found:
    citations = tuple(dict.fromkeys(ground.passage.citation for ground in cell.grounds))
    return Found(
        family=family,
        topic=cell.topic,
        state=cell.state,
        citations=citations,
        strength=cell.strength,
        score=round(cell.score or 0.0, 2),
    )


def _has(cells: Sequence[Cell]) -> dict[str, tuple[str, ...]]:
    """The instruments that regulate each topic."""
    found: dict[str, tuple[str, ...]] = {}
    for cell in cells:
        if cell.found:
            found[cell.topic] = (*found.get(cell.topic, ()), cell.instrument)
    return found


def _gaps(mine: dict[str, Cell], theirs: Sequence[Cell], families: dict[str, str]) -> list[Lack]:
    """What is missing, that which most others have first."""
    missing = {topic: cell for topic, cell in mine.items() if cell.state in ("absent", "inconclusive")}
    found = (
        Lack(families[topic], topic, has, missing[topic].state == "absent")
        for topic, has in _has(theirs).items()
        if topic in missing
    )
    return sorted(found, key=lambda one: (-len(one.has), one.family, one.topic))


_PLACES = 3
"""Decimals of an index on a terminal."""


def _tidy(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
