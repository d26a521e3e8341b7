"""The tree of an instrument's provisions, and what points from one to another.

A Treaty is one Text and provisions that tile it: each owns a span, a child's span lies inside its parent's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from treatynlp.errors import Issue
from treatynlp.text import Span, Text

Kind = Literal[
    "front", "preamble", "recital", "book", "part", "title", "chapter", "section", "subsection", "article",
    "paragraph", "point", "indent", "chapeau", "alinea", "final", "annex", "signature", "note",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of an instrument with an address: a chapter, an article, a paragraph, a point.

    `eid` is its Akoma Ntoso address (`art_29__para_3__point_a`), `number` what is printed ("(a)"), `label` the bare
    number ("a"); `span` is all of it (number and heading included), `body` what remains below the heading: for an
    article all its words without heading, for a paragraph or point the number and its words, children included.
    `quoted` where its words are another instrument's, which this one amends.
    """

    eid: str
    kind: Kind
    label: str
    number: str
    heading: str
    span: Span
    body: Span
    page: int
    children: tuple["Provision", ...] = ()
    quoted: bool = False

    @property
    def bound_in(self) -> bool:
        """Whether it is an annex with articles of its own: another instrument, bound in the same booklet."""
        return self.kind == "annex" and any(inside.kind == "article" for inside in self.walk())

    def walk(self) -> Iterator["Provision"]:
        """The provision and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point to a provision: `eid` is where they stand, `span` the words, `instrument` and `target`
    what they mean ("" for the instrument itself; a target "" is the whole instrument)."""

    eid: str
    span: Span
    instrument: str
    target: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term an instrument gives a meaning: where (`eid`), the term's words, the meaning's, and for which part."""

    eid: str
    term: str
    term_span: Span
    meaning: Span
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Treaty:
    """An instrument as it was split: its words, its provisions in reading order, what was noticed on the way.

    `language` is the one its words are in, by whose words it is linked and coded.
    """

    id: str
    text: Text
    provisions: tuple[Provision, ...]
    references: tuple[Reference, ...] = ()
    definitions: tuple[Definition, ...] = ()
    issues: tuple[Issue, ...] = ()
    language: str = "en"

    def walk(self) -> Iterator[Provision]:
        """Every provision of every level, in reading order."""
        for provision in self.provisions:
            yield from provision.walk()

    @property
    def articles(self) -> tuple[Provision, ...]:
        """The articles in reading order, whatever chapter they stand in (articles of annexes left out)."""
        return tuple(p for top in self.provisions if top.kind != "annex" for p in top.walk() if p.kind == "article")

    def words(self, span: Span) -> str:
        """The characters of a span of the treaty's text."""
        return self.text.value[span.start : span.end]
