"""Cross-references: words that point to a provision, of the same instrument or of another.

"paragraph 2 of this article", "Articles 2 through 5", "point (b) of Article 6(1)", "Article 9 of the Convention" in a
protocol, "Directive 1999/1/XY". What points into the instrument itself gets the address of a provision that is there;
what points into another one gets that one's id (EXTERNAL when the registry does not have it) and the address as cited.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from treatynlp.errors import Issue, issue
from treatynlp.registry import TITLES, Instrument
from treatynlp.structure.address import cited
from treatynlp.structure.instruments import (
    EXTERNAL,
    InstrumentMention,
    Owner,
    aliases,
    instrument_mentions,
    named_before,
    nouns_in,
    own_noun,
    owner,
    registered_names,
    without_parent,
)
from treatynlp.structure.lookup import WORDED, Line, Places, nominal, sorted_places
from treatynlp.structure.pointers import AddressStep, Pointer, pointers
from treatynlp.structure.reference_words import grammar, names_kind
from treatynlp.structure.tree import Provision, Reference, Treaty
from treatynlp.text import Span

__all__ = ["EXTERNAL", "references", "unresolved"]

_ROOTS = ("article", "annex", "chapter", "section", "part", "title", "book", "recital", *WORDED)

_ITS = 10
"""Characters before a provision in which "its" stands ("the Directive, and its Chapter V")."""


def references(treaty: Treaty, registry: Sequence[Instrument] = ()) -> tuple[Reference, ...]:
    """Every cross-reference of a treaty, in reading order; one for each provision of a range or list, all with the
    words of the whole ("Articles 2 to 4" gives three).

    `instrument` is "" for the treaty itself, an id of the registry, or EXTERNAL. In the treaty itself `target` is a
    provision that exists, or "" where the one named does not (see `unresolved`); in another instrument it is the
    address as cited, "" for the whole.
    """
    reader = _reader(treaty, registry)
    found = [*reader.pointed(), *reader.named_alone()]
    order = {reference: at for at, reference in enumerate(found)}
    return tuple(sorted(order, key=lambda one: (one.span.start, one.span.end, order[one])))


def unresolved(treaty: Treaty, found: Sequence[Reference]) -> tuple[Issue, ...]:
    """A row for each reference to a provision of the treaty that is not there: a slip of the drafters, or a
    provision that was not recognised."""
    return tuple(_told(treaty, one) for one in found if not one.instrument and not one.target)


def _told(treaty: Treaty, one: Reference) -> Issue:
    said = " ".join(treaty.words(one.span).split())
    return issue("reference-unresolved", f"{treaty.id} {one.eid}", provision=cited(one.eid), said=said)


@dataclass(frozen=True, slots=True)
class _Owned:
    """A pointer with what is said of the instrument it points into."""

    pointer: Pointer
    owner: Owner | None

    @property
    def end(self) -> int:
        return max(self.pointer.end, self.owner.end if self.owner else 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to say what a pointer means: the treaty's places, the instruments it names, and by what words."""

    treaty: Treaty
    places: Places
    named: tuple[InstrumentMention, ...]
    owned: tuple[_Owned, ...]
    nouns: dict[str, str]
    own: str

    # ---- provisions -----------------------------------------------------------------------------------------

    def pointed(self) -> Iterator[Reference]:
        """The references that name a provision."""
        last: Provision | None = None
        for one in self.owned:
            around = self.places.around(one.pointer.start)
            # A provision's own number at its head points to nothing, and a title page names provisions of others.
            if around and not _heads(one.pointer, around[-1], self.treaty.language) and around[-1].kind != "front":
                for reference, target in self.meant(one, around, last):
                    last = target or last
                    yield reference

    def meant(self, one: _Owned, around: Line, last: Provision | None) -> Iterator[tuple[Reference, Provision | None]]:
        span, eid = Span(one.pointer.start, one.end), around[-1].eid
        instrument, scope = self.instrument(one.owner, around)
        if instrument or around[-1].kind == "note":
            if not instrument:  # a footnote speaks of other texts; what it does not name stays unsaid
                return
            for target in dict.fromkeys(eid for path in one.pointer.paths for eid in nominal(path)):
                yield Reference(eid, span, instrument, target), None
            return
        found = list(self.targets(one.pointer, around, scope, last))
        for provision in {target.eid: target for target in found}.values():
            yield Reference(eid, span, "", provision.eid), provision
        # "Rule 5" may be of rules that are named nowhere near: that this instrument has none is no slip of it.
        if not found and _first(one.pointer).kind not in WORDED:
            yield Reference(eid, span, "", ""), None

    def targets(
        self, pointer: Pointer, around: Line, scope: Sequence[Provision], last: Provision | None
    ) -> Iterator[Provision]:
        if not pointer.paths:
            yield from self.places.near(pointer.anchor, pointer.shift, around, scope)
            return
        if pointer.earlier and last is not None:  # "paragraph 2 of that article": of the one named before
            around = self.places.around(last.span.start)
        for path in pointer.paths:
            yield from self.places.find(path, around, scope, pointer.anchor)

    def instrument(self, owned: Owner | None, around: Line) -> tuple[str, Sequence[Provision]]:
        """The instrument meant ("" for this one), and the scope an article's number is looked up in."""
        here = self.places.scope(around)
        if owned is None or (not owned.instrument and not owned.noun):
            return "", here
        if owned.instrument == EXTERNAL and owned.name in self.nouns:
            return self.nouns[owned.name], here
        if owned.instrument:
            return ("" if owned.instrument == self.treaty.id else owned.instrument), self.places.main
        if here != self.places.main and owned.noun == own_noun(self.words(here), self.treaty.language):
            return "", here
        if owned.that:  # "Article 3 of that Convention": of the one spoken of before, which is not known
            return self.nouns.get(owned.noun, EXTERNAL), here
        if owned.noun == self.own:
            return "", self.places.main
        if owned.this:
            return "", here
        return self.nouns.get(owned.noun, EXTERNAL), here

    def words(self, scope: Sequence[Provision]) -> str:
        return self.treaty.text.value[scope[0].span.start : scope[-1].span.end] if scope else ""

    # ---- instruments ----------------------------------------------------------------------------------------

    def named_alone(self) -> Iterator[Reference]:
        """The references to whole instruments."""
        taken = [(one.pointer.start, one.end) for one in self.owned]
        ends = iter([*taken, (len(self.treaty.text) + 1, 0)])
        start, end = next(ends)
        for one in self.named:
            while end <= one.start and start <= one.start:
                start, end = next(ends)
            around = self.places.around(one.start)
            free = around and around[-1].kind != "front" and not start <= one.start < end
            if free and one.instrument != self.treaty.id:
                yield Reference(around[-1].eid, Span(one.start, one.end), one.instrument, "")


def _owned(text: str, named: Sequence[InstrumentMention], own: str, language: str) -> tuple[_Owned, ...]:
    """The pointers with their instruments; one joined by "and" to the next shares that one's instrument."""
    found = [
        _Owned(pointer, owner(text, pointer.end, named, language) or _its(text, pointer, named, language))
        for pointer in pointers(text.replace("\n", "\0"), language)
    ]  # none goes over from one provision to the next
    result: list[_Owned] = []
    for at in range(len(found) - 1, -1, -1):
        one = _with_thereof(text, found[at], found[at - 1] if at else None, own)
        if result and one.owner is None and _joined(text, one, result[-1], language):
            shared = result[-1].owner
            one = _Owned(one.pointer, replace(shared, end=one.pointer.end) if shared else None)
        result.append(one)
    return tuple(reversed(result))


def _its(text: str, pointer: Pointer, named: Sequence[InstrumentMention], language: str) -> Owner | None:
    """ "la directive 1999/1/XY, en particulier son chapitre V": whose it is stands before the provision."""
    near = grammar(language).its.search(text, max(0, pointer.start - _ITS), pointer.start)
    before = named_before(text, pointer.start, named) if near and _rooted(pointer) else ""
    return Owner(pointer.end, before) if before else None


def _joined(text: str, one: _Owned, other: _Owned, language: str) -> bool:
    between = text[one.end : other.pointer.start].rstrip()
    return _rooted(one.pointer) and _rooted(other.pointer) and grammar(language).joint.fullmatch(between) is not None


def _with_thereof(text: str, one: _Owned, before: _Owned | None, own: str) -> _Owned:
    """ "thereof" behind a paragraph means the article named before in the sentence, else an instrument; behind an
    article always an instrument."""
    if one.owner is None or not one.owner.thereof or one.owner.instrument not in ("", own):
        return one
    near = before is not None and not before.owner and not re.search(r"[.;:]\s", text[before.end : one.pointer.start])
    if _rooted(one.pointer) or not near:
        return _Owned(one.pointer, replace(one.owner, instrument=EXTERNAL))
    return _Owned(replace(one.pointer, earlier=True), replace(one.owner, instrument=""))


def _reader(treaty: Treaty, registry: Sequence[Instrument]) -> _Reader:
    text, where, language = treaty.text.value, sorted_places(treaty), treaty.language
    found = instrument_mentions(text, registered_names(registry, language))
    own = own_noun("\n".join(treaty.words(one.span) for one in where.main), language)
    nouns = _parents(treaty.id, registry) | _protocols(treaty.id, registry) | aliases(text, found, language)
    return _Reader(
        treaty=treaty, places=where, named=found, owned=_owned(text, found, treaty.id, language), nouns=nouns, own=own
    )


def _parents(ident: str, registry: Sequence[Instrument]) -> dict[str, str]:
    """What a protocol calls the convention it belongs to, going by the registry."""
    parent = next((one.parent for one in registry if one.id == ident and one.parent), None)
    title = next((one.title for one in registry if one.id == parent), "")
    return dict.fromkeys(_nouns(title), parent) if parent else {}


def _protocols(ident: str, registry: Sequence[Instrument]) -> dict[str, str]:
    """What a convention calls the protocols to it, going by the registry: "the Second Additional Protocol"."""
    own = [one for one in registry if one.parent == ident]
    return {short: one.id for one in own if (short := without_parent(one.title, TITLES)) != one.title.lower()}


def _nouns(title: str) -> list[str]:
    return nouns_in(title, TITLES)


def _rooted(pointer: Pointer) -> bool:
    return bool(pointer.paths) and pointer.paths[0][0].kind in _ROOTS


def _heads(pointer: Pointer, provision: Provision, language: str) -> bool:
    """Whether the words are the provision's own number ("Article 5" at its head)."""
    opens = bool(provision.number) and pointer.start == provision.span.start
    return opens and names_kind(provision.number, _first(pointer).kind, language)


def _first(pointer: Pointer) -> AddressStep:
    return pointer.paths[0][0] if pointer.paths else AddressStep(pointer.anchor, "")
