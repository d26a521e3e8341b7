"""A split that audits itself: signs that a provision was lost, swallowed by its neighbour, or put in the wrong place.

Each check is pure, knows no instrument, and gives warnings with the page, the place and what to do. Codes that
issues.yml marks `incomplete` say that the text is not whole as it was split: what is not found in it is not absent.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from statistics import median

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.languages import called, language_of
from treatynlp.reading.rows import Row
from treatynlp.structure.address import cited
from treatynlp.structure.audit_counts import audit_counts, place
from treatynlp.structure.audit_nothing import audit_nothing
from treatynlp.structure.audit_words import audit_words
from treatynlp.structure.headings import FULL, LOWER, Heading, annex_headings, article_headings
from treatynlp.structure.joined import is_parted
from treatynlp.structure.numerals import readings
from treatynlp.structure.slips import nearly
from treatynlp.structure.spacing import APART
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.structure.vocabulary import article_patterns, vocabulary
from treatynlp.text import Line, Span

LONG, TIMES = 12_000, 25
"""An article of more characters than LONG and so many TIMES the median of its instrument has swallowed something: the
Regulations under the Patent Cooperation Treaty once stood in its last article, with 400,000."""
FEW = 3
"""Of no more articles than this a median tells nothing."""
SHOWN, SHOWN_LINES = 50, 3
"""Letters of a line, and lines of one provision, that a message repeats."""
LEAST_WORD = 5
"""A first word of fewer letters is not so like a unit's word as `nearly` asks, or is like many."""
QUOTED_FROM = 40
"""Rows above a line in which a quotation may have begun that it stands in: about a page."""
LONGEST_NUMBER = 4
"""A number that cannot be read has at most so many characters ("lV", "1O", "S")."""
SHORT = 60
"""A heading's line has fewer characters than this."""
SPACED = 2.5
"""Words of fewer letters in the mean are letter-spaced type, which tells no language."""
ENOUGH = 200
"""A provision of fewer characters does not tell its language."""


@dataclass(frozen=True)
class _Split:
    """A document beside its split: which provisions hold which row."""

    document: Document
    treaty: Treaty

    @cached_property
    def places(self) -> tuple[list[tuple[int, int]], list[int]]:
        """The places (page, index) of the treaty's characters in order, and the offset at which each run stands."""
        runs = sorted((one.page, one.index, one.start) for one in self.treaty.text.origins)
        return [(page, index) for page, index, _ in runs], [start for *_, start in runs]

    @cached_property
    def own(self) -> tuple[Provision, ...]:
        """The provisions with a number of their own: what is behind a heading belongs to one of these."""
        return tuple(one for one in self.treaty.walk() if one.kind in ("article", "annex", "final"))

    @cached_property
    def heads(self) -> frozenset[int]:
        """Where provisions begin that have a number or a title: a heading that opens no more than an unnumbered
        paragraph is none that was understood."""
        return frozenset(one.span.start for one in self.treaty.walk() if one.kind != "alinea")

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """The spans of what is quoted of other instruments: its headings are no provisions of this one's own."""
        return tuple(one.span for one in self.treaty.walk() if one.quoted)

    def offset(self, row: Row) -> int:
        """Where the row begins in the treaty's text; -1 when it is not in it."""
        places, starts = self.places
        at = bisect_right(places, (row.line.page, row.line.stretches[0][2])) - 1
        same = at >= 0 and places[at][0] == row.line.page
        return starts[at] + row.line.stretches[0][2] - places[at][1] if same else -1

    def around(self, row: Row) -> Provision | None:
        """The innermost article or annex whose words the row stands among, its heading left out."""
        offset = self.offset(row)
        inside = [one for one in self.own if one.body.start <= offset < one.span.end]
        return min(inside, key=lambda one: one.span.length, default=None)


def audit_split(document: Document, treaty: Treaty) -> tuple[Issue, ...]:
    """Every sign that the split is not whole; () for one that vouches for itself."""
    split = _Split(document, treaty)
    found = (
        audit_counts(document, treaty), _inside(split), _aside(document, treaty), _long(document, treaty),
        _pages(split), _languages(split),
    )  # fmt: skip
    return (*chain(*found), *audit_words(document, treaty), *audit_nothing(document, treaty))


# ---- headings left in the text --------------------------------------------------------------------------------------


def _inside(split: _Split) -> Iterator[Issue]:
    """Lines that look like headings and stand inside a provision."""
    rows, language = split.document.rows, split.document.language
    every = [one for style in _units(split.treaty) for one in article_headings(rows, style, language)]
    own = [one for one in every if split.offset(rows[one.at]) in split.heads]
    plain = 2 * sum(_is_apart(rows[one.at]) for one in own) < len(own)
    found = {one.at: one for one in every if _stands_out(one, rows) and (plain or _is_apart(rows[one.at]))}
    found |= {one.at: one for one in annex_headings(rows, 0, len(rows), language) if one.at not in found}
    held: dict[str, list[Row]] = {}
    parted = (at for at, (row, below) in enumerate(pairwise(rows)) if is_parted(row, below, language))
    for at in sorted({*found, *_misread(rows, language), *parted}):
        around = split.around(rows[at])
        quoting = _quoting(rows, at) or any(one.start <= split.offset(rows[at]) < one.end for one in split.quoted)
        if around is not None and split.offset(rows[at]) not in split.heads and not quoting:
            held.setdefault(around.eid, []).append(rows[at])
    for eid, lines in held.items():
        where = place(split.document, lines[0].line.page)
        yield issue("heading-inside", where, lines=len(lines), provision=cited(eid), words=_repeated(lines))


def _aside(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Heads and feet of pages that are the headings of articles which nothing else holds; not where words that nobody
    sees were set aside, too, which is told."""
    if not treaty.articles or any(one.code == "words-unseen" for one in document.issues):
        return
    language = document.language
    known = {one for part in treaty.walk() if part.kind == "article" for one in readings(part.label, language)}
    found = []
    for line in document.furniture:
        match = article_patterns(language)[0].match(line.text)
        numbers = readings(match["number"], language) if match and match["number"] and not match["rest"] else ()
        if numbers and not known & set(numbers):
            found.append(line)
    if found:
        yield issue("heading-aside", place(document, found[0].page), lines=len(found), words=_repeated(found))


def _repeated(lines: Sequence[Row] | Sequence[Line]) -> str:
    """The beginnings of the first lines, as a message repeats them."""
    return "; ".join(f'"{one.text[:SHOWN]}"' for one in lines[:SHOWN_LINES])


def _units(treaty: Treaty) -> tuple[int, ...]:
    """Which lists of units count: the usual one, and the one the instrument itself is divided into."""
    styles = article_patterns(treaty.language)
    own = (
        style
        for style in range(1, len(styles))
        if sum(bool(styles[style].match(one.number)) for one in treaty.articles) > 1
    )
    return (0, *own)


def _stands_out(one: Heading, rows: Sequence[Row]) -> bool:
    """Whether a line is as a heading is: alone or with a title, short, behind a finished sentence."""
    row = rows[one.at]
    alone = bool(one.rest) or one.separator in ("", ".", ":")
    return one.weight >= FULL and len(row.text) < SHORT and alone and not row.text.endswith((";", ","))


def _is_apart(row: Row) -> bool:
    """Whether a line is set apart from running text: where most headings are, one that is not is a reference."""
    return row.loud or row.centred or row.gap > APART or row.head


def _misread(rows: Sequence[Row], language: str) -> Iterator[int]:
    """Short lines whose first word is nearly the unit's, or the unit's with a number that is none."""
    unit = vocabulary(language).article.units[0][0]
    for at, row in enumerate(rows):
        first, _, rest = row.text.partition(" ")
        if len(row.text) > SHORT or not rest or LOWER.match(row.text) or len(first) < LEAST_WORD or row.ended:
            continue
        word = first.lower().strip(".:")
        # Sentences of an article begin with its word, too ("Article 4(2) shall …"): their numbers have stops, brackets.
        number = rest.split()[0].strip(".:–—-")
        if len(number) > LONGEST_NUMBER or "." in number or "(" in number:
            continue
        unreadable = word == unit and len(rest.split()) == 1 and not readings(number, language)
        digits = any(map(str.isdigit, word + number))
        if unreadable or ((word != unit and nearly(word, unit, language)) and (readings(number, language) or digits)):
            yield at


def _quoting(rows: Sequence[Row], at: int) -> bool:
    """Whether the line stands inside quotation marks: what an amending instrument quotes is no provision of its own."""
    if rows[at].text[:1] in "“\"„«'‘":
        return True
    above = " ".join(row.text for row in rows[max(0, at - QUOTED_FROM) : at])
    # Printers open a mark before each paragraph that is quoted and close it once, so more are open than closed.
    return above.count("“") > above.count("”") or above.count("„") > above.count("“")


# ---- lengths, pages, languages ----------------------------------------------------------------------------------


def _long(document: Document, treaty: Treaty) -> Iterator[Issue]:
    articles = treaty.articles
    usual = median([one.span.length for one in articles]) if len(articles) > FEW else 0.0
    for one in articles:
        # Beside its own instrument's articles: those of a code or a trade agreement are ten times as long as a
        # convention's.
        if one.span.length > max(LONG, TIMES * usual) and usual:
            times, where = f"{one.span.length / usual:.0f}", place(document, one.page)
            yield issue("article-too-long", where, number=one.number, letters=one.span.length, times=times)


def _pages(split: _Split) -> Iterator[Issue]:
    """Pages of which nothing came into the provisions, among pages of which much did; pages twice."""
    words: dict[int, list[str]] = {}
    for row in split.document.rows:
        words.setdefault(row.line.page, []).append(row.text)
    texts = {page: " ".join(lines) for page, lines in words.items()}
    # Short pages are alike by right: half-titles, pages left blank, forms.
    long = {page: text for page, text in texts.items() if len(text) > ENOUGH}
    for text, times in Counter(long.values()).items():
        if times > 1:
            pages = [page for page in long if long[page] == text]
            yield issue("page-twice", place(split.document, pages[1]), first=pages[0], second=pages[1])


def _languages(split: _Split) -> Iterator[Issue]:
    """Articles whose paragraphs are of several languages."""
    language = split.document.language
    foreign: dict[str, Provision] = {}
    for article in split.own:
        for one in _leaves(article):
            text = split.treaty.words(one.span)
            spaced = len(text) < (SPACED + 1) * len(text.split())
            if len(text) > ENOUGH and not spaced and language_of(text) not in ("", language):
                foreign.setdefault(article.eid, one)
    # One row for the document: where columns were mixed, most of its articles are.
    for eid, one in list(foreign.items())[:1]:
        spoken = called(language_of(split.treaty.words(one.span)))
        where = place(split.document, one.page)
        yield issue("languages-mixed", where, provision=cited(eid), spoken=spoken, articles=len(foreign))


def _leaves(provision: Provision) -> Iterator[Provision]:
    if not provision.children:
        yield provision
    for child in provision.children:
        yield from _leaves(child)


__all__ = ["audit_split"]
