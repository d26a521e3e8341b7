"""Confirmed wordings: what a pattern finds counts for learning only where somebody else says it too.

Patterns are mended on coded instruments, so on these they find more than on a treaty nobody has seen: a decision
learned from all of it takes their silence for a denial. So each instrument is learned from as if its own words, and
those of its siblings of drafting, had never been read.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from treatynlp.coding.rules import OF_WHOLES, Hit
from treatynlp.coding.words import Apart

if TYPE_CHECKING:
    from treatynlp.coding.model import Example

Where = dict[tuple[str, str], set[str]]


def confirmed(examples: Sequence["Example"], apart: Apart, teachers: Sequence["Example"] = ()) -> tuple["Example", ...]:
    """The examples with only those hits whose wording stands in an instrument of another drafting family (or of a
    teacher's) too, or was written without any (`example: none`)."""
    where: Where = defaultdict(set)
    for example in (*examples, *teachers):
        for hit in example.hits:
            where[_wording(hit)].add(example.instrument)
    return tuple(replace(one, hits=_others_have(one, where, apart)) for one in examples)


def _others_have(example: "Example", where: Where, apart: Apart) -> tuple[Hit, ...]:
    own = {example.instrument, *apart(example.instrument)}
    return tuple(hit for hit in example.hits if _from_nobody(hit) or where[_wording(hit)] - own)


def _from_nobody(hit: Hit) -> bool:
    # What is found in a title is one name for one kind of instrument; nobody else need bear it.
    return hit.place in OF_WHOLES or hit.pattern.entry.example == "none"


def _wording(hit: Hit) -> tuple[str, str]:
    return hit.pattern.id, hit.phrase
