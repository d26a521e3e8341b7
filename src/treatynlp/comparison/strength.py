"""How strongly each provision binds, wherever in the instrument the duty is laid down.

An article binds as its strongest own duty does, not as its first sentence; introductory words reach down to the points
that complete them; and a duty reaches across: where one article obliges Parties to criminalise what a chapter or other
articles describe, what is described there is owed, though its own words only state it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from treatynlp.coding.labels import Coding
from treatynlp.comparison.records import Place, Record
from treatynlp.comparison.rules import Rules

MODALITIES = ("obligation", "prohibition", "recommendation", "permission", "declaration")
"""From the strongest to the weakest: what is owed, what is asked, what is allowed, what is merely said."""
_CONTAINERS = ("book", "part", "title", "chapter", "section", "subsection")


def strongest(modalities: Iterable[str]) -> str:
    """The strongest of some modalities.

    >>> strongest(["permission", "obligation"]), strongest([])
    ('obligation', '')
    """
    return min((m for m in modalities if m in MODALITIES), key=MODALITIES.index, default="")


def strengths(record: Record, where: Mapping[str, Place], rules: Rules) -> dict[str, str]:
    """Every provision's strength: the strongest of its own words and of what is inside it, else its parent's; a mere
    statement that another provision obliges Parties to criminalise is an obligation."""
    found = _own(record.coding or Coding(record.id, ()))
    for eid in _reached(record, where, found, rules):
        for inside in where[eid].provision.walk():
            if found.get(inside.eid) == "declaration":
                found[inside.eid] = "obligation"
    # From the smallest up, so that an article has its points' strength before its chapter asks for it.
    for eid in reversed(list(where)):
        children = where[eid].provision.children
        found[eid] = strongest((found.get(eid, ""), *(found.get(child.eid, "") for child in children)))
    # A point without a verb of its own ("(b) the name of the person") binds as the words do that introduce it.
    for eid, place in where.items():
        found[eid] = found[eid] or found.get(place.parent, "")
    return found


def _own(coding: Coding) -> dict[str, str]:
    """What each provision's own words say, the strongest where they say several things."""
    own: dict[str, list[str]] = {}
    for one in coding.modalities:
        own.setdefault(one.eid, []).append(one.strength)
    return {eid: strongest(values) for eid, values in own.items()}


def _reached(record: Record, where: Mapping[str, Place], own: Mapping[str, str], rules: Rules) -> Iterator[str]:
    """The provisions that a duty to criminalise laid down elsewhere reaches."""
    treaty = record.treaty
    if treaty is None or rules.criminalising is None:
        return
    said = rules.criminalising
    duty, chapter, unless = (re.compile(words, re.I) for words in (said.duty, said.chapter, said.unless))
    targets: dict[str, list[str]] = {}
    for one in treaty.references:
        if not one.instrument and one.target in where:
            targets.setdefault(one.eid, []).append(one.target)
    for eid, place in where.items():
        if place.provision.children or own.get(eid) not in ("obligation", "prohibition"):
            continue
        # Smallest provisions only: the words of a whole article hold those of all its paragraphs.
        words = " ".join(treaty.words(place.provision.body).split())
        if duty.search(words) and not unless.search(words):
            yield from (target for target in targets.get(eid, ()) if where[target].article != place.article)
            if chapter.search(words):
                yield from _around(place, where)


def _around(place: Place, where: Mapping[str, Place]) -> Iterator[str]:
    """The nearest chapter, section or part around a provision."""
    parent = place.parent
    while parent and where[parent].provision.kind not in _CONTAINERS:
        parent = where[parent].parent
    if parent:
        yield parent
