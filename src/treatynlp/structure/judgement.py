"""What a document is not: no instrument, in a language that is not read, garbled, mangled, only a part.

A split always gives a tree; this says when the tree must not be taken for a treaty's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.languages import called, language_of, letter_script
from treatynlp.structure.numerals import readings
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.structure.vocabulary import vocabulary
from treatynlp.words import Reasoned, WordFile, words

TITLE_LINES = 40
"""Lines at a document's beginning among which its title is looked for."""
STRANGE = 0.02
"""Share of characters no text has (private use, control, replacement) above which a text layer is garbled."""
MIXED = 0.1
"""Share of words whose letters are of several scripts above which a text layer is garbled."""
INLINE = 5
"""So many article headings inside running lines show that a text has lost its lines."""
FEW_WORDS, NO_WORDS = 60, 20
"""A text of fewer words does not tell its language; one of fewer than NO_WORDS has no text layer worth the name (page
numbers and stamps of a scan)."""

_WORD = re.compile(r"[^\W\d_]{2,}")


class _Instrument(Reasoned):
    names: tuple[str, ...]
    patterns: tuple[str, ...]


class _Other(Reasoned):
    what: str
    title: tuple[str, ...]
    text: tuple[str, ...]
    least: int


class Signs(WordFile):
    """The content of documents.yml."""

    instrument: _Instrument
    others: dict[str, _Other]


def document_signs(language: str) -> Signs:
    """The words of a language that show what a document is."""
    return words(language).read("documents", Signs)


def judge(document: Document, treaty: Treaty) -> tuple[Issue, ...]:
    """What must be known before the treaty read from the document is relied on; () for an instrument like others.

    Errors: `text-garbled`, `language-unsupported`, `text-mangled` (nothing in the tree can be trusted). Warnings:
    `not-an-instrument`, `excerpt`. Info: `no-articles` (a declaration, or a layout that was not understood).
    """
    unreadable = tuple(_unreadable(document, treaty))
    return unreadable or tuple(_mangled(document, treaty)) or tuple(_no_instrument(document, treaty))


# ---- what cannot be read ------------------------------------------------------------------------------------------


def _unreadable(document: Document, treaty: Treaty) -> Iterator[Issue]:
    text, language = treaty.text.value, treaty.language
    every = _WORD.findall(text)
    if len(every) < NO_WORDS:
        yield issue("text-missing", document.name, words=len(every), pages=document.pages)
        return
    strange, mixed, found = _strange(text), _mixed(every), language_of(text)
    if strange > STRANGE or mixed > MIXED:
        yield issue("text-garbled", document.name, strange=strange, mixed=mixed)
    elif found and found != language:
        yield issue("language-unsupported.text", document.name, found=called(found), wanted=called(language))
    elif not found and len(every) >= FEW_WORDS:
        yield issue("language-unknown", document.name, wanted=called(language))


def _strange(text: str) -> float:
    """The share of characters that stand for no letter: private use, control, replacement."""
    counted = Counter(text)
    bad = sum(times for char, times in counted.items() if char == "\ufffd" or (not char.isprintable() and char != "\n"))
    private = sum(times for char, times in counted.items() if "\ue000" <= char <= "\uf8ff")
    return max(bad, private) / max(1, len(text))


def _mixed(every: Sequence[str]) -> float:
    """The share of words with letters of more than one script."""
    odd = sum(times for word, times in Counter(every).items() if len({letter_script(letter) for letter in word}) > 1)
    return odd / max(1, len(every))


# ---- what has lost its shape --------------------------------------------------------------------------------------


@cache
def _inline_heading(language: str) -> re.Pattern[str]:
    units = "|".join(
        form for unit in vocabulary(language).article.units[0] for form in (unit.capitalize(), unit.upper())
    )
    return re.compile(rf"(?<=[.;:)”\"])[^\S\n](?:{units})\.?\s(\d{{1,3}})\s(?=[A-Z])")


def _mangled(document: Document, treaty: Treaty) -> Iterator[Issue]:
    inline = {match[1] for match in _inline_heading(treaty.language).finditer(treaty.text.value)}
    found = sum(provision.kind == "article" for provision in treaty.walk())
    if len(inline) >= INLINE and len(inline) > found:
        yield issue("text-mangled", document.name, inline=len(inline), found=found)


# ---- what is no instrument, or not all of one -----------------------------------------------------------------------


def _no_instrument(document: Document, treaty: Treaty) -> Iterator[Issue]:
    articles = treaty.articles
    if not articles:
        yield _without_articles(document, treaty)
        return
    other = _other(document, treaty) if all(one.number == one.label for one in articles) else None
    if other:  # numbers that no word stands before are articles in a memorandum, and paragraphs in a resolution
        yield other
    elif _first_number(articles[0], treaty.language) > 1:
        yield issue("excerpt", document.name, label=articles[0].label)
    elif not _is_instrument(treaty):
        yield issue("not-an-instrument.unnamed", document.name, articles=len(articles))


def _is_instrument(treaty: Treaty) -> bool:
    """Whether what stands before the provisions names an instrument, or the text says it was agreed or is in force."""
    first = next((one.span.start for one in treaty.provisions if one.kind not in ("front", "preamble")), 0)
    known = document_signs(treaty.language).instrument
    names = "|".join(known.names)
    named = re.search(rf"\b(?:{names})\b", treaty.text.value[:first], re.I)
    return bool(named) or _has(known.patterns, treaty.text.value)


def _without_articles(document: Document, treaty: Treaty) -> Issue:
    return _other(document, treaty) or issue("no-articles", document.name)


def _other(document: Document, treaty: Treaty) -> Issue | None:
    """What else the document is, by its title and the words it is written in."""
    title, text = _title(document), treaty.text.value
    for other in document_signs(treaty.language).others.values():
        count = sum(len(re.findall(pattern, text, re.I)) for pattern in other.text)
        if _has(other.title, title) and count >= other.least:
            return issue("not-an-instrument.other", document.name, what=other.what, why=other.why)
    return None


def _title(document: Document) -> str:
    return "\n".join(line.text for line in document.lines[:TITLE_LINES])


def _has(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.I | re.M) for pattern in patterns)


def _first_number(article: Provision, language: str) -> int:
    """The article's number, the lowest it can be read as, without hundreds (101 begins a count whose hundreds are the
    chapter's number); 1 where it has none."""
    return min((reading.value % 100 or 100 for reading in readings(article.label, language)), default=1)
