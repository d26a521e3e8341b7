"""The sentences of an instrument as its provisions share them out, each with the words it must be read with.

A list is one sentence cut over several provisions: the point "(b) fail to answer" says nothing without the
introductory words "A Party may:" above it. A Statement holds a provision's own words (children's left out) and
what it completes. Words are in lower case with plain quotes and dashes, so that patterns need one form only;
every character keeps its place, so that offsets into a statement are offsets into the treaty's text.

>>> [span.start for span in sentences("A Party may refuse. See Art. 4 of No. 7. It shall say why.")]
[0, 20, 41]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from treatynlp.structure.numerals import Suffixes
from treatynlp.structure.tree import Kind, Provision, Treaty
from treatynlp.text import Span, Text
from treatynlp.words import Template, WordFile, WordList, shared_words, words

CODED: frozenset[Kind] = frozenset({"article", "paragraph", "point", "indent", "chapeau", "alinea", "final"})
"""Kinds of provision that bind or declare something; headings, recitals, signatures and notes do not."""

_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00a7\u00a4\t\n\v\f\r\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
)


class SentenceWords(WordFile):
    """The content of sentences.yml."""

    shorts: WordList
    option: Template


@dataclass(frozen=True, slots=True)
class _Shapes:
    """How sentences look: `stop` ends one, unless `short` or `mark` stands before it; `number` begins a provision."""

    stop: re.Pattern[str]
    short: re.Pattern[str]
    mark: re.Pattern[str]
    number: re.Pattern[str]


@cache
def _shapes(language: str) -> _Shapes:
    known = words(language).read("sentences", SentenceWords)
    latin = "|".join(word for one in shared_words().read("latin", Suffixes).suffixes.words for word in one)
    added = rf"(?: ?(?:{latin}))?"
    return _Shapes(
        # A capital with a small letter right behind the point: two sentences whose blank the PDF's text has lost.
        stop=re.compile(
            r"[.?!][\"')\u201d\u2019]*(?:(?=[A-Z][a-z])"
            rf"|\s+(?=(?:\(?\w{{1,4}}{added}[.)]\s+)?[\"'(\u201c\u2018]*[^\W\da-z_]))"
        ),
        short=re.compile(rf"(?:\b(?:{'|'.join(known.shorts.words)})|\b[a-z])\.$"),
        mark=re.compile(rf"\s*\(?(?:\d{{1,3}}|[a-z]{{1,2}}|[ivxlc]{{1,5}}){added}[.)]+\s*", re.IGNORECASE),
        number=re.compile(
            rf"\s*(?:\(?(?:\d{{1,3}}|[a-z]{{1,2}}|[ivxlc]+){added}[.)\-\u2013]+(?=\s|[A-Z\"(])\s*"
            r"|[\u2022\u25cf\u2013\u2014-]\s+)?",
            re.IGNORECASE,
        ),
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the part of one that stands in this provision: plain words, and where they begin."""

    text: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """A range of the sentence as a range of the treaty's text."""
        return Span(self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Statement:
    """A provision's own sentences with their surroundings, all in plain words.

    `openings` is what the first sentence completes (the introductory words of every list it stands in), `heading` the
    headings above it from the chapter down, `title` the last of them, `article` all words of the article it belongs to
    (of the paragraph itself where a chapter has no articles), its heading in front. `language` is the treaty's.
    """

    eid: str
    kind: Kind
    sentences: tuple[Sentence, ...]
    openings: tuple[Sentence, ...] = ()
    heading: str = ""
    title: str = ""
    article: str = ""
    language: str = "en"

    @property
    def before(self) -> str:
        """The introductory words it completes, of all lists it stands in, as one text."""
        return " ".join(opening.text for opening in self.openings)

    def opening_at(self, place: int) -> tuple[Sentence, int]:
        """The introductory words in which character `place` of `before` stands, and its place there."""
        for opening in self.openings:
            if place <= len(opening.text):
                return opening, place
            place -= len(opening.text) + 1
        raise IndexError(f"{place} characters beyond the introductory words")


def normalise(text: str) -> str:
    """The words in lower case, quotes, dashes and blanks each in one form; as many characters as before.

    >>> normalise("“Child” – any\\nperson")
    '"child" - any person'
    """
    text = text.translate(_PLAIN)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def sentences(text: str, language: str = "en") -> Iterator[Span]:
    """The ranges of the sentences of a text as printed. Semicolons and colons do not end one, nor do the points of
    abbreviations ("Art. 4", "No. 7"); a paragraph's number belongs to the sentence behind it."""
    shapes, start = _shapes(language), 0
    for stop in shapes.stop.finditer(text):
        said = text[start : stop.start() + 1]
        # Eight letters hold the longest abbreviation: the whole sentence would be searched at every point in it.
        if not shapes.short.search(said[-8:].lower()) and not shapes.mark.fullmatch(said):
            yield Span(start, stop.end())
            start = stop.end()
    if text[start:].strip():
        yield Span(start, len(text))


def statement(text: str, before: str = "", heading: str = "") -> Statement:
    """A text that stands by itself as a Statement, with the introductory words and the headings it is to be read with.

    The introductory words count as standing in front of the text: what rests on them begins below 0.

    >>> [sentence.text for sentence in statement("(a) Refuse it. Or not.", before="A Party may:").sentences]
    ['refuse it.', 'or not.']
    """
    found = tuple(_sentences(Treaty("", Text(text), ()), Span(0, len(text))))
    title = normalise(heading)
    openings = (Sentence(normalise(before), -len(before) - 1),) if before else ()
    article = f"{title} / {normalise(text)}"
    return Statement("", "article", found, openings, heading=title, title=title, article=article)


def statements(treaty: Treaty) -> Iterator[Statement]:
    """Every provision that can oblige someone, in reading order, with its own words and its surroundings."""
    for top in treaty.provisions:
        yield from _walk(treaty, top, Statement("", "article", (), language=treaty.language))


def _walk(treaty: Treaty, provision: Provision, above: Statement) -> Iterator[Statement]:
    if provision.kind in ("front", "preamble", "signature", "note", "annex"):
        return
    own = _statement(treaty, provision, above)
    if provision.kind in CODED:
        yield own
    gaps = _gaps(provision)
    opening = own
    for child, gap in zip(provision.children, gaps, strict=False):
        opening = _opened(treaty, opening, own, gap)
        yield from _walk(treaty, child, opening)
        if child.kind == "chapeau":
            opening = _opened(treaty, opening, own, child.body)


def _statement(treaty: Treaty, provision: Provision, above: Statement) -> Statement:
    # In a chapter without articles each paragraph is read as an article is, with its own words around it.
    whole = provision.kind in ("article", "final") or (provision.kind in CODED and not above.article)
    article = f"{normalise(provision.heading)} / {normalise(treaty.words(provision.body))}" if whole else above.article
    found = [sentence for gap in _gaps(provision) for sentence in _sentences(treaty, gap)]
    title = normalise(provision.heading)
    heading = " / ".join(filter(None, (above.heading, title)))
    statement = replace(above, eid=provision.eid, kind=provision.kind, sentences=tuple(found))
    return replace(statement, heading=heading, title=title or above.title, article=article)


def _gaps(provision: Provision) -> list[Span]:
    """The ranges of a body that belong to none of the children, one before each child and one at the end."""
    starts = [provision.body.start, *(child.span.end for child in provision.children)]
    ends = [*(child.span.start for child in provision.children), provision.body.end]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _sentences(treaty: Treaty, gap: Span) -> Iterator[Sentence]:
    printed = treaty.words(gap)
    number = _shapes(treaty.language).number.match(printed)
    first = number.end() if number else 0
    for span in sentences(printed[first:], treaty.language):
        text = normalise(printed[first + span.start : first + span.end])
        kept = text.strip()
        if kept:
            yield Sentence(kept, gap.start + first + span.start + text.index(kept))


def _opened(treaty: Treaty, opening: Statement, own: Statement, gap: Span) -> Statement:
    """What the next child completes: the introductory words, when there are any that were left open."""
    found = list(_sentences(treaty, gap))
    if not found:
        return replace(opening, eid=own.eid)
    last = found[-1]
    # A sentence that has ended introduces nothing: the list behind it completes what the provision itself was
    # introduced by.
    if last.text.endswith((".", "!", "?")):
        return replace(opening, openings=own.openings)
    return replace(opening, openings=(*own.openings, last))
