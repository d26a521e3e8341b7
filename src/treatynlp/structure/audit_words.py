"""Words that do not belong: a page of another text among the pages, an article in letters that spell nothing, a draft's
brackets.

The thresholds were set on the 300 texts at hand (60 of the registry, 240 more of five looks): beside each is what the
whole of them come near to.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.structure.address import cited
from treatynlp.structure.tree import Treaty
from treatynlp.structure.vocabulary import any_of

SHARED = 0.4
"""A page inside a text shares more than this of its words with other pages: 0.49 is the least of 2,136 pages."""
SHARED_OF_FEW, FEW_WORDS = 0.3, 1000
"""And more than this of the words of other pages where these are few: an agreement of three pages says little twice."""
PAGE_WORDS, PAGES = 60, 3
"""A page with fewer words, or a text with fewer pages, does not tell."""
LETTER_WORDS, SHARED_OF_LETTER = 25, 0.15
"""But a page with so many words tells when it shares hardly one with the others: a letter that was scanned along."""
UNKNOWN = 0.3
"""An article with more than this share of words that no dictionary knows is garbled: 0.16, an article of names of
islands, is the most of any."""
ARTICLE_WORDS = 25
"""An article with fewer words does not tell."""
RARE = 3
"""A word that stands more often in the text than this is the text's own, whatever dictionaries know."""
SHOWN = 3
"""Strange words that a message repeats."""
DRAFT = 4
"""So many words in square brackets, or options, make a draft; a published text has at most one, an editor's."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_BRACKETED = re.compile(r"\[(?=[^\]]{0,400}?[a-zà-ÿ]{2})[^\]\[]{0,60}")
_TABLES = ("lemma_index", "lemma_exc", "lemma_lookup")
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")


def audit_words(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Pages, articles and words that cannot be the instrument's own text as it was agreed."""
    yield from _foreign_pages(document, treaty)
    yield from _unknown_words(document, treaty)
    yield from _draft(document, treaty)


# ---- pages of another text ----------------------------------------------------------------------------------------


def _foreign_pages(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Pages inside the articles hardly a word of which stands on any other page: bound in by mistake."""
    pages = _words_of_pages(document)
    if len(pages) < PAGES:
        return
    everywhere = Counter(word for words in pages.values() for word in set(words))
    whole = sum(map(len, pages.values()))
    # Not the first and the last: covers and lists of signatures have few words in common with any text.
    for page in sorted(pages)[1:-1]:
        words = pages[page]
        share = sum(everywhere[word] > 1 for word in words) / max(1, len(words))
        around = _article_of(treaty, page)
        least = SHARED if whole - len(words) >= FEW_WORDS else SHARED_OF_FEW
        told = share < least if len(words) >= PAGE_WORDS else share < SHARED_OF_LETTER
        if len(words) >= LETTER_WORDS and told and around:
            yield issue("page-foreign", f"{document.name} p. {page}", shared=share, provision=cited(around))


def _words_of_pages(document: Document) -> Mapping[int, list[str]]:
    pages: dict[int, list[str]] = {}
    for row in document.rows:
        pages.setdefault(row.line.page, []).extend(_WORD.findall(row.text.lower()))
    return pages


def _article_of(treaty: Treaty, page: int) -> str:
    """The article in which the words of a page end; "" where they do not end in one (lists of annexes, signatures)."""
    last = max((one.end for one in treaty.text.origins if one.page == page), default=0)
    return next((one.eid for one in treaty.articles if one.span.start < last <= one.span.end), "")


# ---- words that are none ------------------------------------------------------------------------------------------


def _unknown_words(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Articles many of whose words no dictionary knows: letters that a font or a scan has exchanged."""
    known = dictionary(treaty.language)
    if not known:
        return
    counted = Counter(_WORD.findall(treaty.text.value.lower()))
    for article in treaty.articles:
        words = _WORD.findall(treaty.words(article.body).lower())
        strange = [word for word in words if counted[word] <= RARE and not _is_known(word, known)]
        if len(words) >= ARTICLE_WORDS and len(strange) > UNKNOWN * len(words):
            facts = {"share": len(strange) / len(words), "words": ", ".join(strange[:SHOWN])}
            yield issue("words-unknown", f"{document.name} p. {article.page}", provision=cited(article.eid), **facts)


@cache
def dictionary(language: str) -> frozenset[str]:
    """The words that the dictionaries at hand know of a language; none where there are none for it."""
    import spacy_lookups_data  # imported, not looked for: so its version is part of the keys of what is split

    folder = Path(spacy_lookups_data.__file__).parent / "data"
    files = [folder / f"{language}_{table}.json.gz" for table in _TABLES]
    return frozenset(word.lower() for file in files if file.exists() for word in _entries(file))


def _entries(file: Path) -> Iterator[str]:
    for key, value in json.loads(gzip.decompress(file.read_bytes())).items():
        yield key
        if isinstance(value, str):
            yield value
        else:
            yield from value


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether dictionaries know the word, or the word it is formed of."""
    stems = [word, *(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))]
    forms = (form for stem in stems for form in (stem, f"{stem}e", stem.removesuffix("i") + "y"))
    # The dictionaries spell "organize" as the United States do, and most official texts do not.
    return any(form in known or form.replace("is", "iz") in known for form in forms)


# ---- drafts -------------------------------------------------------------------------------------------------------


def _draft(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """Words in square brackets and options stand in texts that are still negotiated."""
    text = "\n".join(treaty.words(one.span) for one in treaty.articles)
    editors = any_of("editorial", treaty.language)
    passages = [match[0] for match in _BRACKETED.finditer(text) if not editors.search(match[0])]
    brackets, options = len(passages), len(any_of("option", treaty.language).findall(text))
    other = sum("alt" in one.label for one in treaty.articles)  # an article's other wording ("Article 3.alt1")
    if brackets + options >= DRAFT or other:
        yield issue("draft", document.name, brackets=brackets, options=options + other)
