"""The changelog of the matrix: which cells differ from an earlier release, and why.

The cause is the nearest one that can be shown: the instrument's text or its entry in the registry changed; a reviewer
decided; the codebook changed; another model or lexicon coded it. A failed download changes none of them, so no cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

Cause = Literal["registry", "text", "override", "codebook", "model", "unexplained"]
Key = tuple[str, str]
COMPARED = ("state", "articles", "strength")
"""What of a cell a reader would call changed; a score that moved alone is none."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release as far as changes are concerned: its cells as printed, and the hashes of what they were made from."""

    cells: Mapping[Key, Mapping[str, str]]
    texts: Mapping[str, str]
    registry: Mapping[str, str]
    codebook: str
    versions: Mapping[str, str]

    @classmethod
    def of(
        cls, rows: Iterable[Mapping[str, str]], *, texts: Mapping[str, str], registry: Mapping[str, str], codebook: str,
        versions: Mapping[str, str],
    ) -> Self:  # fmt: skip
        """From the rows of cells.csv."""
        return cls({(row["instrument"], row["topic"]): row for row in rows}, texts, registry, codebook, versions)


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
    cause: Cause


def changes(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """Every cell whose state, articles or strength differ, in the order of the cells now; gone ones last."""
    keys = dict.fromkeys([*now.cells, *before.cells])
    rows = ((key, before.cells.get(key, {}), now.cells.get(key, {})) for key in keys)
    return tuple(_change(key, old, new, cause(key, before, now)) for key, old, new in rows if what(old, new))


def what(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Which parts of a cell differ; "" when none does."""
    return " ".join(name for name in COMPARED if old.get(name, "") != new.get(name, ""))


def _change(key: Key, old: Mapping[str, str], new: Mapping[str, str], why: Cause) -> Change:
    before, after = old.get("state", ""), new.get("state", "")
    return Change(*key, before, after, what(old, new), old.get("articles", ""), new.get("articles", ""), why)


def cause(key: Key, before: Snapshot, now: Snapshot) -> Cause:
    """Why a cell may have changed; the text first, since new words explain every label on them."""
    instrument = key[0]
    if before.texts.get(instrument) != now.texts.get(instrument):
        return "text"
    deciders = [cells.get(key, {}).get("by", "") for cells in (before.cells, now.cells)]
    if deciders[0] != deciders[1] and any("override:" in by for by in deciders):
        return "override"
    if before.codebook != now.codebook:
        return "codebook"
    if dict(before.versions) != dict(now.versions):
        return "model"
    return "registry" if before.registry.get(instrument) != now.registry.get(instrument) else "unexplained"
