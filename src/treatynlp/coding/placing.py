"""Placing: where in a passage a label belongs. At the passage when its heading or most of its parts say so, else at
the paragraphs or points in which its words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import Hit
from treatynlp.structure.tree import Treaty
from treatynlp.text import Span

_STRENGTH = {"strong": 0, "medium": 1, "weak": 2, "against": 3}
_PLACES = {"heading": 0, "inside": 1, "body": 2, "above": 3, "chapter": 4, "title": 5}
MOST = 0.5
"""From which share of its parts on a passage is spoken of as a whole."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A provision, the pattern that speaks for the label there (None: the words as a whole), and on which words."""

    eid: str
    hit: Hit | None
    evidence: Span | None


def place(passage: Passage, hits: Sequence[Hit], treaty: Treaty, rivals: bool) -> tuple[Placed, ...]:
    """Where a topic belongs; `hits` are the patterns that speak for it, `rivals` whether the heading names others.

    An article is about what its heading names; what else it regulates, it regulates in some paragraph.
    """
    ranked = sorted(hits, key=_rank)
    # A heading that names the topic speaks for all of the article, however few of its paragraphs repeat the words.
    named = next((hit for hit in ranked if hit.place == "heading" and hit.pattern.entry.weight == "strong"), None)
    strongest = [hit for hit in ranked if hit.span and hit.pattern.entry.weight == "strong"]
    # Weaker words only where there are no strong ones: in an article on several powers, they would spread each over all
    # paragraphs.
    strongest = strongest or [hit for hit in ranked if hit.span]
    if named or not strongest:
        return (_whole(passage, named or (ranked[0] if ranked else None), treaty),)
    parts = {part.eid for part in passage.parts() for hit in strongest if hit.span and hit.span.within(part.span)}
    if len(parts) >= MOST * len(passage.parts()) and not rivals:
        return (Placed(passage.eid, strongest[0], strongest[0].span),)
    return _apart(passage, strongest)


def _apart(passage: Passage, hits: Sequence[Hit]) -> tuple[Placed, ...]:
    """One row for each provision that holds words of the topic; those below one that has it already are left out."""
    found: dict[str, Placed] = {}
    for hit in hits:
        if hit.span:
            holder = passage.holding(hit.span)
            found.setdefault(holder.eid, Placed(holder.eid, hit, hit.span))
    # A point's label says nothing beyond that of the paragraph it stands in; in the matrix both would count as grounds.
    return tuple(found[eid] for eid in sorted(found) if not any(eid.startswith(f"{o}__") for o in found))


def _rank(hit: Hit) -> tuple[int, int, int]:
    return _STRENGTH[hit.pattern.entry.weight], _PLACES[hit.place], hit.span.start if hit.span else 0


def _whole(passage: Passage, hit: Hit | None, treaty: Treaty) -> Placed:
    return Placed(passage.eid, hit, _heading(passage, treaty) if hit and hit.place == "heading" else None)


def _heading(passage: Passage, treaty: Treaty) -> Span | None:
    """Where the passage's heading stands in the treaty's text."""
    provision = passage.provision
    title = Span(provision.span.start, provision.body.start)
    printed = treaty.words(title)
    # Its beginning only: a heading wrapped over two lines is printed with a line end that `heading` has not.
    at = printed.find(provision.heading[:20])
    return Span(title.start + at, title.start + len(printed.rstrip())) if provision.heading and at >= 0 else None
