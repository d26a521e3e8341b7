"""Two language versions of one instrument, side by side by address: what is in one and not in the other.

The words cannot be compared across languages, what they count and point to can: provisions, numbers, periods,
references and defined terms. A difference is a reason to look at both texts; whether they part in meaning is for a
reader to say.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from treatynlp.coding.labels import Coding
from treatynlp.coding.quantities import is_place, quantities
from treatynlp.coding.sentences import normalise
from treatynlp.structure.tree import Provision, Treaty

Kind = Literal["provision", "period", "number", "reference", "term"]
_UNNUMBERED = ("alinea", "indent")
"""Parts that are set otherwise from language to language; what they hold counts for what they stand in."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """What one version has at an address and the other has not: `left` and `right` hold what only that one has."""

    eid: str
    kind: Kind
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An address that both versions have, with their pages and the topics of the left one, which hold for both."""

    eid: str
    left_page: int
    right_page: int
    topics: tuple[str, ...] = ()


def shared_addresses(left: Treaty, right: Treaty, coding: Coding) -> tuple[SharedAddress, ...]:
    """The numbered provisions of the articles that both versions have, in the order of the left one."""
    topics: dict[str, list[str]] = {}
    for label in coding.labels:
        topics.setdefault(label.eid, []).append(label.topic)
    pages = {one.eid: one.page for one in _numbered(right)}
    both = (one for one in _numbered(left) if one.eid in pages)
    return tuple(
        SharedAddress(one.eid, one.page, pages[one.eid], tuple(sorted(topics.get(one.eid, ())))) for one in both
    )


def version_differences(left: Treaty, right: Treaty) -> tuple[VersionDifference, ...]:
    """Where two linked versions differ, in the order of their addresses; () when all that is counted agrees.

    Compared are articles, their numbered paragraphs and points. Numbers of one, places in a row
    and numbers inside references are left out: "one" is an article in some languages, "third countries" are a
    number in some, and references are compared by what they point to.
    """
    sides = [_facts(treaty) for treaty in (left, right)]
    order = dict.fromkeys(chain(*sides))
    return tuple(found for eid in order for found in _differing(eid, sides[0].get(eid), sides[1].get(eid)))


Facts = Mapping[Kind, Counter[str]]


def _differing(eid: str, left: Facts | None, right: Facts | None) -> Iterator[VersionDifference]:
    if left is None or right is None:
        yield VersionDifference(eid, "provision", (eid,) if left else (), (eid,) if right else ())
        return
    for kind in left:
        only = [
            tuple(sorted((one - other).elements()))
            for one, other in ((left[kind], right[kind]), (right[kind], left[kind]))
        ]
        if any(only):
            yield VersionDifference(eid, kind, *only)


def _numbered(treaty: Treaty) -> list[Provision]:
    inside = (one for article in treaty.articles for one in article.walk())
    return [one for one in inside if one.kind not in _UNNUMBERED]


def _facts(treaty: Treaty) -> dict[str, Facts]:
    """What is counted of each numbered provision, its unnumbered parts with it."""
    every: dict[str, dict[Kind, Counter[str]]] = {
        one.eid: {"period": Counter(), "number": Counter(), "reference": Counter(), "term": Counter()}
        for one in _numbered(treaty)
    }
    masked = _without_references(treaty)
    for article in treaty.articles:
        for one in article.walk():
            for kind, said in _quantities(treaty, one, masked):
                every[_holder(one.eid, every)][kind][said] += 1
    for reference in treaty.references:
        if holder := _holder(reference.eid, every):
            target = f"{reference.instrument} {_stepped(reference.target)}".strip()
            every[holder]["reference"][target] = 1  # once is enough: a text may name it twice in one language
    for term in treaty.definitions:
        if holder := _holder(term.eid, every):
            every[holder]["term"]["a defined term"] += 1
    return dict(every)


def _holder(eid: str, every: Mapping[str, object]) -> str:
    """The numbered provision an address is in; "" where it is in none of an article."""
    while eid and eid not in every:
        eid = eid.rpartition("__")[0]
    return eid


def _stepped(eid: str) -> str:
    """An address without its unnumbered parts."""
    return "__".join(step for step in eid.split("__") if step.partition("_")[0] not in _UNNUMBERED)


def _without_references(treaty: Treaty) -> str:
    """The text in plain words, with blanks where it points to provisions and instruments."""
    text = list(normalise(treaty.text.value))
    for one in treaty.references:
        text[one.span.start : one.span.end] = " " * one.span.length
    return "".join(text)


def _quantities(treaty: Treaty, provision: Provision, text: str) -> Iterator[tuple[Kind, str]]:
    start = provision.body.start + (len(provision.number) if provision.kind != "article" else 0)
    ends = [*(child.span.start for child in provision.children), provision.body.end]
    starts = [start, *(child.span.end for child in provision.children)]
    for begin, end in zip(starts, ends, strict=True):
        for one in quantities(text[begin:end], treaty.language):
            said = text[begin + one.start : begin + one.end]
            if one.unit or (one.value > 1 and not is_place(said, treaty.language)):
                yield ("period" if one.unit else "number"), f"{one.value:g} {one.unit}".strip()
