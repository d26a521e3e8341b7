"""Passages: what is coded as one, with what stands above it. An article; where there are none, a paragraph.

A clause of a list means little without the heading it stands under, so each passage knows its own heading, the
headings above it, and the parts (paragraphs, points) in which its words lie.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from treatynlp.coding.phrases import lower
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Span

_DIVISIONS = frozenset({"book", "part", "title", "chapter", "section", "final", "annex"})
TITLE = 400
"""Characters in which the title of an instrument is looked for."""
_SILENT = frozenset({"front", "signature", "note", "recital", "preamble"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision to be coded: `heading` and `body` in lower case, `above` the headings it stands under, `title` the
    instrument's.

    `body[k]` is character `start + k` of the treaty's text.
    """

    treaty: str
    provision: Provision
    above: tuple[str, ...]
    heading: str
    body: str
    title: str = ""

    @property
    def eid(self) -> str:
        return self.provision.eid

    @property
    def start(self) -> int:
        return self.provision.body.start

    @property
    def opening(self) -> str:
        """The heading; where there is none, the first sentence, which then says what it is about."""
        # A paragraph's number is a sentence of its own to this cut ("1. Each Party …"): then what stands behind is
        # taken.
        return self.heading or self.body[:240].split(". ")[0 if not self.body[:3].strip(". ").isdigit() else -1]

    def parts(self) -> tuple[Provision, ...]:
        """The paragraphs or points directly below; the passage itself where there are none."""
        return self.provision.children or (self.provision,)

    def holding(self, span: Span) -> Provision:
        """The smallest provision of the passage in which the words stand."""
        found = self.provision
        # Words that run over from one paragraph into the next stand in neither: the provision around both holds them.
        while inner := [child for child in found.children if span.within(child.span)]:
            found = inner[0]
        return found


def passages(treaty: Treaty) -> tuple[Passage, ...]:
    """All that is to be coded of an instrument, in reading order. The preamble is not: it is one by its place. Nor is
    another instrument bound in the same booklet: what a protocol says, its convention does not say."""
    title, own = title_of(treaty), tuple(one for one in treaty.provisions if not one.bound_in)
    return tuple(replace(one, title=title) for one in _passages(treaty, own, ()))


_BROKEN = re.compile(r"(?<=\w)- (?=\w)")


def title_of(treaty: Treaty) -> str:
    """What stands before the preamble and the first article, as far as a title goes, in lower case.

    Words broken at the end of a line are joined, as titles are set in large letters.
    """
    front = next((one for one in treaty.provisions if one.kind == "front"), None)
    return _BROKEN.sub("", " ".join(lower(treaty.words(front.span)).split()))[:TITLE] if front else ""


def _passages(treaty: Treaty, provisions: tuple[Provision, ...], above: tuple[str, ...]) -> Iterator[Passage]:
    for provision in provisions:
        # A division without parts (a final chapter that is one text) is coded as an article is.
        if provision.kind in _DIVISIONS and provision.children:
            heading = lower(" ".join(provision.heading.split()))
            yield from _passages(treaty, provision.children, (*above, heading) if heading else above)
        elif provision.kind not in _SILENT:
            yield _passage(treaty, provision, above)


def every_headed(treaty: Treaty) -> Iterator[Passage]:
    """Every provision that has a heading of its own and is no division, as if it were coded by itself."""
    for whole in passages(treaty):
        yield from _headed(treaty, whole.provision, whole.above)


def _headed(treaty: Treaty, provision: Provision, above: tuple[str, ...]) -> Iterator[Passage]:
    own = _passage(treaty, provision, above)
    if own.heading:
        yield own
    for child in provision.children:
        yield from _headed(treaty, child, (*above, own.heading) if own.heading else above)


def _passage(treaty: Treaty, provision: Provision, above: tuple[str, ...]) -> Passage:
    heading = lower(" ".join(provision.heading.split()))
    return Passage(treaty.id, provision, above, heading, lower(treaty.words(provision.body)))
