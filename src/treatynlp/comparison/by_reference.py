"""What an instrument regulates by making another's provisions apply: "Articles 14 to 21 of the Convention shall apply".

Its cells on those topics are neither absent nor its own: they are `by_reference`, with the address that refers and the
addresses referred to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from treatynlp.comparison.cells import Cell, Ground
from treatynlp.comparison.records import Place, Record, locate, places
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.strength import strengths
from treatynlp.structure.tree import Reference


def with_references(cells: Sequence[Cell], records: Sequence[Record], rules: Rules) -> tuple[Cell, ...]:
    """The cells, those on which an instrument is silent filled with what it makes apply of another one."""
    where = {record.id: places(record.treaty) for record in records}
    at = {(cell.instrument, cell.topic): cell for cell in cells}
    own: dict[str, list[Cell]] = {}
    for cell in cells:
        own.setdefault(cell.instrument, []).append(cell)
    found: dict[tuple[str, str], Cell] = {}
    for record in records:
        for topic, ground, met in _taken_over(record, where, own, rules):
            key = record.id, topic
            # Own words go before: a protocol that takes over an article and adds to it regulates the topic itself.
            if at[key].state in ("absent", "inconclusive"):
                found[key] = _joined(found.get(key), record.id, ground, met, topic)
    return tuple(found.get((cell.instrument, cell.topic), cell) for cell in cells)


def _taken_over(
    record: Record, where: Mapping[str, dict[str, Place]], cells: Mapping[str, Sequence[Cell]], rules: Rules
) -> Iterator[tuple[str, Ground, Sequence[Ground]]]:
    """Each topic that a reference makes apply: the ground that refers, and the other instrument's own."""
    said = strengths(record, where[record.id], rules) if record.coding else {}
    for one in incorporated(record, where[record.id], rules):
        passage = locate(record, where[record.id], one.eid, one.span)
        for cell in cells.get(one.instrument, ()):
            if met := _inside(cell, one.target, where.get(one.instrument, {})):
                # It is as sure as the surest label of what it refers to, and as strong as its own words.
                best = max(met, key=lambda ground: ground.score)
                yield cell.topic, Ground(
                    passage=passage, strength=said.get(one.eid, ""), score=best.score, by=best.by, operative=True,
                    evidence=(one.span.start, one.span.end),
                ), met  # fmt: skip


def _joined(known: Cell | None, id: str, ground: Ground, met: Sequence[Ground], topic: str) -> Cell:
    """One more reference behind a cell that is regulated by reference."""
    before = known or Cell(
        instrument=id,
        topic=topic,
        state="by_reference",
        grounds=(),
        reason="provisions of another instrument are made to apply",
    )
    grounds = before.grounds if ground.passage in [g.passage for g in before.grounds] else (*before.grounds, ground)
    referred = dict.fromkeys((*before.referred, *(one.passage for one in met)))
    return replace(before, grounds=grounds, referred=tuple(referred))


def _inside(cell: Cell, target: str, where: Mapping[str, Place]) -> list[Ground]:
    """The operative labels of a cell that stand in a provision."""
    if target not in where or cell.state not in ("present", "partial"):
        return []
    eids = {provision.eid for provision in where[target].provision.walk()}
    return [ground for ground in cell.grounds if ground.operative and ground.passage.eid in eids]


def incorporated(record: Record, where: Mapping[str, Place], rules: Rules) -> list[Reference]:
    """The references by which an instrument makes provisions of another one its own: "Articles 14 to 21 of the
    Convention shall apply"; `target` is never empty."""
    words = rules.incorporating
    if record.treaty is None or words is None:
        return []
    patterns = tuple(re.compile(text, re.I) for text in (words.before, words.after, words.unless))
    foreign = (one for one in record.treaty.references if one.instrument and one.target and one.eid in where)
    return [one for one in foreign if where[one.eid].operative and _applies(record, where[one.eid], one, patterns)]


def _applies(record: Record, place: Place, one: Reference, patterns: tuple[re.Pattern[str], ...]) -> bool:
    """Whether the sentence around a reference makes what it points to apply."""
    assert record.treaty is not None
    before, after, unless = patterns
    text, body = record.treaty.text.value, place.provision.body
    # Of the sentence only: "shall apply" of the next one is said of something else.
    head = " ".join(re.split(r"[.;](?=\s)", text[body.start : one.span.start])[-1].split())
    tail = " ".join(re.split(r"[.;](?=\s|$)", text[one.span.end : body.end])[0].split())
    if unless.search(head) or unless.search(tail):
        return False
    return bool(before.search(head) or after.search(tail))
