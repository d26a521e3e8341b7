"""The changelog of the matrix: which cells differ from an earlier release, and why.

The causes are found from what that very cell rests on: the words of its provisions, what people coded and decided of
its topic, its topic's line in the codebook and patterns in the lexicon, model, registry, comparison.yml, the program.
Each is in the snapshot; where several of them changed, all are named. A failed download changes none of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Cause = Literal[
    "text", "label", "override", "registry", "codebook", "lexicon", "model", "comparison", "program", "not_recorded",
]  # fmt: skip
CAUSES: tuple[Cause, ...] = get_args(Cause)
Key = tuple[str, str]
Row = Mapping[str, str]
COMPARED = ("state", "articles", "strength")
"""What of a cell a reader would call changed, beside whether a person decided; a score that moved alone is none."""
SHARED = ""
"""Stands for what all topics share, among hashes by topic."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What cells are made from besides text, registry and codebook, as hashes.

    `labels` and `overrides` by instrument and topic: what people coded and decided; `lexicon` by topic, under "" what
    all patterns share; `model`, `comparison` (comparison.yml) and `program`.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    overrides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lexicon: Mapping[str, str] = field(default_factory=dict)
    model: str = ""
    comparison: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release as far as changes are concerned: its cells as printed, and the hashes of what they were made from.

    `texts` by instrument and address (articles, and what stands beside them), `registry` by instrument, `codebook` by
    topic. Not `recorded`: the release was made before these were kept, so that no cause can be told.
    """

    cells: Mapping[Key, Row]
    texts: Mapping[str, Mapping[str, str]]
    registry: Mapping[str, str]
    codebook: Mapping[str, str]
    inputs: Inputs = Inputs()
    recorded: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One cell that changed: what it claimed before and claims now ("" where there was, or is, no such cell)."""

    instrument: str
    topic: str
    before: str
    after: str
    what: str
    articles_before: str
    articles_after: str
    causes: tuple[Cause, ...]


def keyed(rows: Iterable[Row]) -> dict[Key, Row]:
    """The rows of cells.csv by instrument and topic."""
    return {(row["instrument"], row["topic"]): row for row in rows}


def changes(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """Every cell whose state, articles, strength or kind of decider differ, in the order of the cells now; gone ones
    last."""
    keys = dict.fromkeys([*now.cells, *before.cells])
    rows = ((key, before.cells.get(key, {}), now.cells.get(key, {})) for key in keys)
    return tuple(_change(key, old, new, causes(key, before, now)) for key, old, new in rows if differing(old, new))


def differing(old: Row, new: Row) -> str:
    """Which parts of a cell differ; "" when none does. That a person decides it now, or no longer, is one."""
    # By what is printed: the same claim made by other means is no change that anybody has to look at.
    parts = [name for name in COMPARED if old.get(name, "") != new.get(name, "")]
    if old.get("by") and new.get("by") and _by_people(old) != _by_people(new):
        parts.append("decided_by")
    return " ".join(parts)


def _by_people(row: Row) -> bool:
    return row.get("decided_by", "") == "human"


def _change(key: Key, old: Row, new: Row, why: tuple[Cause, ...]) -> Change:
    before, after = old.get("state", ""), new.get("state", "")
    instrument, topic = key
    return Change(
        instrument=instrument,
        topic=topic,
        before=before,
        after=after,
        what=differing(old, new),
        articles_before=old.get("articles", ""),
        articles_after=new.get("articles", ""),
        causes=why,
    )


def causes(key: Key, before: Snapshot, now: Snapshot) -> tuple[Cause, ...]:
    """Everything a cell rests on that is not what it was, in the order of `CAUSES`."""
    found = set(_causes(key, before, now)) if before.recorded else set()
    return tuple(cause for cause in CAUSES if cause in found) or ("not_recorded",)


def _causes(key: Key, before: Snapshot, now: Snapshot) -> Iterator[Cause]:
    instrument, topic = key
    rows = before.cells.get(key, {}), now.cells.get(key, {})
    others = {row.get("referred_instrument", "") for row in rows} - {""}
    for one in (instrument, *sorted(others)):
        yield from _of_instrument(one, topic, rows if one == instrument else ({}, {}), (before, now))
    was, new = before.inputs, now.inputs
    # A pattern that changed decides nothing where people did.
    if all(_people_alone(row) for row in rows):
        return
    if before.codebook.get(topic) != now.codebook.get(topic):
        yield "codebook"
    if any(was.lexicon.get(name) != new.lexicon.get(name) for name in (topic, SHARED)):
        yield "lexicon"
    named: tuple[tuple[Cause, str, str], ...] = (
        ("model", was.model, new.model), ("comparison", was.comparison, new.comparison),
        ("program", was.program, new.program),
    )  # fmt: skip
    yield from (cause for cause, old, other in named if old != other)


def _of_instrument(one: str, topic: str, rows: tuple[Row, Row], ends: tuple[Snapshot, Snapshot]) -> Iterator[Cause]:
    """What changed of an instrument that a cell on this topic rests on."""
    before, now = ends
    if _words(rows, before.texts.get(one, {}), now.texts.get(one, {})):
        yield "text"
    sides = before.inputs, now.inputs
    if len({side.labels.get(one, {}).get(topic, "") for side in sides}) > 1:
        yield "label"
    if len({side.overrides.get(one, {}).get(topic, "") for side in sides}) > 1:
        yield "override"
    if before.registry.get(one) != now.registry.get(one):
        yield "registry"


def _words(rows: tuple[Row, Row], old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether the words a cell rests on changed: those of its provisions; of a cell without any, those of the whole
    instrument."""
    eids = {home for row in rows for eid in row.get("eids", "").split() for home in (_home(eid, old), _home(eid, new))}
    places = eids - {""}
    # Silence rests on every word: any change of the text may have brought an absent topic.
    if not places or not (old and new):
        return old != new
    return any(old.get(place) != new.get(place) for place in places)


def _home(eid: str, hashes: Mapping[str, str]) -> str:
    """The address among those that have a hash that a provision stands in; itself where there is none."""
    parts = eid.split("__")
    above = ("__".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((one for one in above if one in hashes), eid)


def _people_alone(row: Row) -> bool:
    """Whether all that a cell rests on was decided by people, so that no machine's change touches it."""
    kinds = {by.partition(":")[0] for by in row.get("by", "").split()}
    return bool(kinds) and kinds <= {"gold", "override", "human"}
