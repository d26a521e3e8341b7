"""What is marked inside the words of an Akoma Ntoso document: references, ranges and lists of them, defined terms.

One reference is a `ref`; "Articles 2 through 5" a `rref` from the first to the last; "Articles 2, 3 and 7" a `mref`
that holds a `ref` around each number. Nothing points to a file that is not in the release, nor to an address that it
has not: of a paragraph that is not there the article is meant.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from treatynlp.structure.tree import Reference, Treaty
from treatynlp.text import Span

Files = Mapping[str, Collection[str]]
"""Instruments that have a file, each with the addresses in it."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words that become an element: its name, its attributes, and the marks inside it."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    inner: tuple["Mark", ...] = field(default=(), compare=False)


def marks(treaty: Treaty, files: Files | None = None) -> list[Mark]:
    """References to what has an address here or in another instrument's file, and the defined terms, none overlapping
    another. `files` are the instruments that have a file beside this one; None: all are taken to have all addresses."""
    known = {provision.eid for provision in treaty.walk()}
    refs = [one for one in treaty.references if _reaches(one, known, files)]
    refs.sort(key=lambda one: (one.span.start, one.span.end))
    pointing = [_pointing(treaty, span, list(group), files) for span, group in groupby(refs, key=attrgetter("span"))]
    defined = [
        Mark(one.term_span.start, one.term_span.end, "def", (("refersTo", f"#term_{n}"),))
        for n, one in enumerate(treaty.definitions, 1)
    ]
    return _apart(sorted(pointing + defined))


def _reaches(one: Reference, known: Collection[str], files: Files | None) -> bool:
    if one.instrument:
        return files is None or one.instrument in files
    return one.target in known


def _pointing(treaty: Treaty, span: Span, group: Sequence[Reference], files: Files | None) -> Mark:
    """One element for all that the same words point to."""
    addresses = list(dict.fromkeys(_address(one, files) for one in group))
    if len(addresses) == 1:
        return Mark(span.start, span.end, "ref", (("href", addresses[0]),))
    each = tuple(_numbered(treaty, span, group, files))
    if len(each) == len({(one.instrument, one.target) for one in group}):
        return Mark(span.start, span.end, "mref", (), each)
    # The words name the ends of a range only, or name its members in a way that cannot be told apart.
    return Mark(span.start, span.end, "rref", (("from", addresses[0]), ("upTo", addresses[-1])))


def _numbered(treaty: Treaty, span: Span, group: Sequence[Reference], files: Files | None) -> Iterator[Mark]:
    """The number of each member where the words print all of them in order; else as many as could be found."""
    words, at = treaty.words(span), 0
    for one in group:
        label = one.target.rpartition("_")[2]
        # From where the last was found: in "Articles 2, 3 and 2 bis" a 2 stands twice.
        found = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)").search(words, at)
        if not label or not found:
            return
        at = found.end()
        yield Mark(span.start + found.start(), span.start + found.end(), "ref", (("href", _address(one, files)),))


def _address(reference: Reference, files: Files | None) -> str:
    """Where the words point: into this file, or the file of another instrument beside it; there to the nearest part
    that holds what is meant, for a copy may number its paragraphs otherwise, or lack its end."""
    if not reference.instrument:
        return f"#{reference.target}"
    target = reference.target
    while files is not None and target and target not in files[reference.instrument]:
        target = target.rpartition("__")[0]
    return f"{reference.instrument}.xml#{target}" if target else f"{reference.instrument}.xml"


def _apart(found: Sequence[Mark]) -> list[Mark]:
    """The marks that overlap none before them: an element cannot cross another."""
    kept: list[Mark] = []
    for mark in found:
        # The first wins: a term that is defined inside a reference is still found under its own definition.
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept
