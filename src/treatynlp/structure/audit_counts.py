"""Whether what is numbered counts on: articles, the paragraphs and points inside them, articles from page to page."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.structure.address import cited
from treatynlp.structure.headings import LIKELY, article_headings
from treatynlp.structure.markers import marker
from treatynlp.structure.numerals import INSERTED, Numeral, chained, readings
from treatynlp.structure.tree import Provision, Treaty

TABLE = 60
"""Articles of an annex that have hardly more characters than their number are rows of a table of correspondence."""
NEAR = 4
"""A number that begins an unnumbered paragraph is of the list above when no more than so many steps lie between."""
TURNS = 2
"""From so many pages to the next the numbers of articles go back in a text whose pages are in reverse order."""


def audit_counts(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Gaps, repetitions and steps back in what is numbered."""
    yield from _first(document, treaty)
    for scope in _scopes(treaty):
        yield from _articles(document, scope)
    yield from _paragraphs(document, treaty)
    yield from _reversed(document)


def place(document: Document, page: int) -> str:
    """Where a sign was found, as people look it up."""
    return f"{document.name} p. {page}" if page else document.name


# ---- articles -----------------------------------------------------------------------------------------------------


def _scopes(treaty: Treaty) -> Iterator[Sequence[Provision]]:
    """The articles whose numbers make one count: the instrument's own, and those of each annex."""
    yield treaty.articles
    for top in treaty.provisions:
        if top.kind == "annex":
            inside = [one for one in top.walk() if one.kind == "article"]
            # Its first column is headed "Article" and counts neither on nor from one.
            if inside and median([one.span.length for one in inside]) > TABLE:  # else a table of correspondence
                yield inside


def _first(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """A first article whose number can be read, and is not where any count begins (101 begins one whose hundreds are
    the chapter's number)."""
    read = [one for article in treaty.articles[:1] for one in readings(article.label, treaty.language)]
    if read and not any(one.value % 100 == 1 for one in read):
        first = treaty.articles[0]
        yield issue("articles-first", place(document, first.page), number=first.number)


def _articles(document: Document, articles: Sequence[Provision]) -> Iterator[Issue]:
    """Gaps in the count, numbers twice, numbers that go back; a count that begins anew with its division is none."""
    for before, after in pairwise(articles):
        step = _step(before, after, document.language)
        if step is None:
            continue
        last, here = step
        where = place(document, after.page)
        if missing := _missing(last, here):
            yield issue("articles-gap", where, before=before.number, after=after.number, missing=missing)
        elif (here.value, here.suffix) == (last.value, last.suffix):
            yield issue("articles-repeated", where, after=after.number)
        elif here.value < last.value or (here.value == last.value and here.suffix < last.suffix):
            yield issue("articles-out-of-order", where, before=before.number, after=after.number)


def _missing(last: Numeral, here: Numeral) -> str:
    """What is missing between two numbers, with its verb; "" where nothing is. Inserted numbers (3 after 2 and before
    3a, 2a before 2b) can be lost too.

    >>> [_missing(*(readings(one, "en")[0] for one in pair)) for pair in (("2", "5"), ("2", "3a"), ("2", "2b"))]
    ['3 to 4 are', '3 is', 'something inserted is']
    """
    lost = range(last.last + 1, here.value + bool(here.suffix))
    if lost:
        return f"{lost[0]} is" if len(lost) == 1 else f"{lost[0]} to {lost[-1]} are"
    return "something inserted is" if here.value == last.last and here.suffix > last.suffix + INSERTED else ""


def _step(before: Provision, after: Provision, language: str) -> tuple[Numeral, Numeral] | None:
    """The two numbers read alike; None where the second goes on as it should, or begins anew, or cannot be read."""
    pairs = [
        (a, b)
        for a in readings(before.label, language)
        for b in readings(after.label, language)
        if a.family == b.family
    ]
    if any(b.follows(a) or b.first for a, b in pairs):
        return None
    if any(chained(a, b) for a in readings(before.label, language) for b in readings(after.label, language)):
        return None
    return pairs[0] if pairs else None


# ---- paragraphs and points ----------------------------------------------------------------------------------------


def _paragraphs(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """The first gap in the count of each article: above its first paragraph, between two paragraphs or points of one
    list, or between the last of them and an unnumbered paragraph that begins with a number."""
    for above, article in zip((None, *treaty.articles), treaty.articles, strict=False):
        for before, after in (*_late(article, above, treaty), *_gaps(article, treaty)):
            where = place(document, article.page)
            yield issue("paragraphs-gap", where, provision=cited(article.eid), before=before, after=after)
            break


def _gaps(article: Provision, treaty: Treaty) -> Iterator[tuple[str, str]]:
    for parent in article.walk():
        listed = [one for one in parent.children if one.kind in ("paragraph", "point") and not one.quoted]
        for before, after in pairwise(listed):
            step = _step(before, after, treaty.language)
            if step and _shape(before) == _shape(after) and step[1].value > step[0].last + 1:
                yield before.number, after.number
        for before, after in pairwise(parent.children):
            if after.kind == "alinea" and before.kind in ("paragraph", "point"):
                yield from _left(before, treaty.words(before.span), treaty.words(after.span), treaty.language)


def _late(article: Provision, above: Provision | None, treaty: Treaty) -> Iterator[tuple[str, str]]:
    """An article that begins with a paragraph whose number is not the first: those above it may be lost. Not where the
    number before begins a line of the article `above`: paragraphs that are counted through a whole text (a list of
    Word's that no heading interrupts)."""
    first = next(iter(article.children), None)
    if first is None or first.kind != "paragraph" or first.quoted:
        return
    numbers = [one for one in readings(first.label, treaty.language) if one.family == "digit"]
    late = next((one.value for one in numbers if 1 < one.value <= NEAR), 0)
    before = re.escape(first.number.replace(first.label, str(late - 1)))
    if late and not (above and re.search(rf"^{before}", treaty.words(above.span), re.M)):
        yield "the heading", first.number


def _shape(provision: Provision) -> str:
    return provision.number.replace(provision.label, "")


def _left(before: Provision, above: str, words: str, language: str) -> Iterator[tuple[str, str]]:
    """A number of a list's shape that begins an unnumbered paragraph behind it and is not the list's next; unless the
    next stands in the words above, in another shape ("(k)", then "l." or "(I)"): its words are not lost."""
    found = marker(words, language)
    if found is None or not _shape(before) or found.printed.replace(found.value, "") != _shape(before):
        return
    steps = [
        here.value - last.value
        for last in readings(before.label, language)
        for here in readings(found.value, language)
        if last.family == here.family
    ]
    following = chr(ord(before.label) + 1) if len(before.label) == 1 else ""
    there = following and re.search(rf"(?<!\w)(?:{following}|{'I' if following == 'l' else following})\s?[.)]", above)
    if steps and 1 < min(steps) <= NEAR and not there:
        yield before.number, found.printed


# ---- pages --------------------------------------------------------------------------------------------------------


def _reversed(document: Document) -> Iterator[Issue]:
    """Articles that count up on each page and back from page to page."""
    numbers = [
        (document.rows[one.at].line.page, one.numerals[0].value)
        for one in article_headings(document.rows, 0, document.language)
        if one.weight >= LIKELY and one.numerals
    ]
    pages = [[value for _, value in group] for _, group in groupby(numbers, key=lambda one: one[0])]
    back = [max(after) < min(before) for before, after in pairwise(pages)]
    if len(back) >= TURNS and all(back) and all(page == sorted(page) for page in pages):
        yield issue("pages-reversed", document.name, first=min(pages[-1]), last=max(pages[0]))
