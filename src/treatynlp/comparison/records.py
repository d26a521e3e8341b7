"""What is known of an instrument when comparing begins, and where in its source each fact stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from treatynlp.coding.labels import Coding
from treatynlp.dates import day_of
from treatynlp.structure.address import cited
from treatynlp.structure.tree import Kind, Provision, Treaty
from treatynlp.text import Span

if TYPE_CHECKING:
    from treatynlp.corpus import Instrument
    from treatynlp.reading.document import Document
    from treatynlp.registry import Source

OPERATIVE_NOT: frozenset[Kind] = frozenset({"front", "preamble", "recital", "signature", "note"})
"""Kinds of provisions that surround what an instrument orders, and order nothing themselves."""
Pair = tuple[str, str]
"""Two instruments by their ids, in the registry's order."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an instrument's words were taken from and how well they could be read.

    `origin` is `official`, `mirror`, `specimen`, `own` or `file`; `fidelity` how the characters were had (text, ocr,
    html), `confidence` how sure the reading of them is (0 to 1); `fetched` the day on which these words came from the
    official address, "" for a stand-in.
    """

    url: str
    sha256: str
    media_type: str
    pages: int
    fidelity: str
    origin: str
    confidence: float = 1.0
    fetched: str = ""

    @classmethod
    def of(cls, document: "Document", url: str, origin: str, fetched: str = "") -> "Provenance":
        """The provenance of a document that was read from `url`, or from a stand-in for it (see `origin`)."""
        read = (document.sha256, document.media_type, document.pages, document.fidelity)
        # A stand-in is as old as the folder it lies in, which says nothing of the official address.
        day = day_of(fetched) if origin == "official" else ""
        return cls(url, *read, origin=origin, confidence=document.confidence, fetched=day)


TEXTS = ("official", "translation", "copy")
"""Kinds of text: of the body itself, in a language that it publishes in; into another language, by others; in one of
its languages, but published by others."""


@dataclass(frozen=True, slots=True)
class Record:
    """One instrument of the registry as far as it was taken: declared, found, split, coded.

    `treaty` is None where there is no text to judge, `coding` where nobody coded it: neither is ever read as "absent".
    """

    instrument: "Instrument"
    source: Provenance | None = None
    treaty: Treaty | None = None
    coding: Coding | None = None

    @property
    def id(self) -> str:
        return self.instrument.id

    @property
    def declared_source(self) -> "Source | None":
        """The entry of the registry that the words were taken from, or that they stand in for; None where nothing was
        read, or a file of one's own that no entry names."""
        url = self.source.url if self.source else ""
        return next((one for one in self.instrument.sources if one.url == url), None)

    @property
    def kind_of_text(self) -> str:
        """One of TEXTS, "" where the registry does not say."""
        read = self.declared_source
        if read is None:
            return ""
        languages = self.instrument.languages
        return "official" if read.official else "copy" if read.language in languages or not languages else "translation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision stands in its instrument: under which parent, in which article, how deep, how far down.

    `article` is the eId of the article it belongs to, or of the top part (preamble, annex) where there is none.
    """

    provision: Provision
    parent: str
    article: str
    level: int
    order: int
    operative: bool

    @property
    def in_article(self) -> bool:
        """Whether it is an article or stands in one."""
        return "art_" in self.article.rpartition("__")[2]


@dataclass(frozen=True, slots=True, order=True)
class CitedPassage:
    """Words of a source that a reader can open: address, citation, offsets into the text, page, URL."""

    instrument: str
    eid: str
    citation: str
    start: int
    end: int
    page: int
    url: str


def places(treaty: Treaty | None) -> dict[str, Place]:
    """Every provision of a treaty by eId, in reading order."""
    found: dict[str, Place] = {}
    for top in treaty.provisions if treaty else ():
        for parent, article, level, provision, operative in _descend(top, "", "", 0, True):
            found[provision.eid] = Place(
                provision=provision, parent=parent, article=article, level=level, order=len(found), operative=operative
            )
    return found


def _descend(
    provision: Provision, parent: str, article: str, level: int, operative: bool
) -> Iterator[tuple[str, str, int, Provision, bool]]:
    operative = operative and provision.kind not in OPERATIVE_NOT and not provision.bound_in
    home = provision.eid if provision.kind == "article" or not article else article
    yield parent, home, level, provision, operative
    # Below a chapter homes begin anew: its articles, or its paragraphs where it has none.
    below = home if provision.kind not in ("book", "part", "title", "chapter", "section") else ""
    for child in provision.children:
        yield from _descend(child, provision.eid, below, level + 1, operative)


def same_field(one: Record, other: Record) -> bool:
    """Whether two instruments are declared to be about one field, or one belongs to the other."""
    if one.id == other.instrument.parent or other.id == one.instrument.parent:
        return True
    return bool(set(one.instrument.family) & set(other.instrument.family))


def locate(record: Record, where: dict[str, Place], eid: str, span: Span | None = None) -> CitedPassage:
    """The passage a fact rests on: the span's words, or the whole provision."""
    place = where.get(eid)
    span = span or (place.provision.span if place else Span(0, 0))
    page = record.treaty.text.page(span.start) if record.treaty and span.length else 0
    return CitedPassage(
        instrument=record.id,
        eid=eid,
        citation=cited(eid),
        start=span.start,
        end=span.end,
        page=page,
        url=page_url(record.source, page),
    )


def page_url(source: Provenance | None, page: int) -> str:
    """The source's address, opened at the page where the medium has pages."""
    if source is None:
        return ""
    return f"{source.url}#page={page}" if page and "pdf" in source.media_type else source.url
