"""What a document is not: no instrument, in a language that is not read, garbled, mangled, only a part.

A split always gives a tree; this says when the tree must not be taken for a treaty's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from treatynlp.errors import Issue, Level
from treatynlp.reading.document import Document
from treatynlp.reading.languages import called, language_of, script
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
FEW_WORDS = 60

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


def signs(language: str = "en") -> Signs:
    """The words of a language that show what a document is."""
    return words(language).read("documents", Signs)


def judge(document: Document, treaty: Treaty, language: str = "en") -> tuple[Issue, ...]:
    """What must be known before the treaty read from the document is relied on; () for an instrument like others.

    Errors: `text-garbled`, `language-unsupported`, `text-mangled` (nothing in the tree can be trusted). Warnings:
    `not-an-instrument`, `excerpt`. Info: `no-articles` (a declaration, or a layout that was not understood).
    """
    unreadable = tuple(_unreadable(document, treaty, language))
    return unreadable or tuple(_mangled(document, treaty)) or tuple(_no_instrument(document, treaty))


def _issue(level: Level, code: str, document: Document, message: str) -> Issue:
    return Issue(level, code, document.name, message)


# ---- what cannot be read ------------------------------------------------------------------------------------------


def _unreadable(document: Document, treaty: Treaty, language: str) -> Iterator[Issue]:
    text = treaty.text.value
    every = _WORD.findall(text)
    if len(every) < FEW_WORDS // 3:
        message = f"Only {len(every)} words were found on {document.pages} pages. Look at a page as it was read."
        yield _issue("error", "text-missing", document, message)
        return
    strange, mixed, found = _strange(text), _mixed(every), language_of(text)
    if strange > STRANGE or mixed > MIXED:
        message = (
            f"The text layer is garbled: {strange:.0%} of its characters are no letters of any script, {mixed:.0%} of "
            f"its words mix scripts. Its fonts do not say which letters they draw; get another copy, or read it by OCR."
        )
        yield _issue("error", "text-garbled", document, message)
    elif found and found != language:
        message = f"The text is in {called(found)}; only {called(language)} is read. Get the {called(language)} text."
        yield _issue("error", "language-unsupported", document, message)
    elif not found and len(every) >= FEW_WORDS:
        message = (
            f"The text is in no language known here, or its letters are garbled. Compare a page with the file; get "
            f"the {called(language)} text or another copy."
        )
        yield _issue("error", "language-unknown", document, message)


def _strange(text: str) -> float:
    """The share of characters that stand for no letter: private use, control, replacement."""
    counted = Counter(text)
    bad = sum(times for char, times in counted.items() if char == "\ufffd" or (not char.isprintable() and char != "\n"))
    private = sum(times for char, times in counted.items() if "\ue000" <= char <= "\uf8ff")
    return max(bad, private) / max(1, len(text))


def _mixed(every: Sequence[str]) -> float:
    """The share of words with letters of more than one script."""
    odd = sum(times for word, times in Counter(every).items() if len({script(letter) for letter in word}) > 1)
    return odd / max(1, len(every))


# ---- what has lost its shape --------------------------------------------------------------------------------------


@cache
def _inline_heading() -> re.Pattern[str]:
    units = "|".join(form for unit in vocabulary().article.units[0] for form in (unit.capitalize(), unit.upper()))
    return re.compile(rf"(?<=[.;:)”\"])\s(?:{units})\.?\s(\d{{1,3}})\s(?=[A-Z])")


def _mangled(document: Document, treaty: Treaty) -> Iterator[Issue]:
    inline = {match[1] for match in _inline_heading().finditer(treaty.text.value)}
    found = sum(provision.kind == "article" for provision in treaty.walk())
    if len(inline) >= INLINE and len(inline) > found:
        message = (
            f"{len(inline)} article headings stand inside running lines and {found} on lines of their own: this copy "
            "has lost its lines, its provisions cannot be told apart. Get the official copy."
        )
        yield _issue("error", "text-mangled", document, message)


# ---- what is no instrument, or not all of one -----------------------------------------------------------------------


def _no_instrument(document: Document, treaty: Treaty) -> Iterator[Issue]:
    articles = treaty.articles
    if not articles:
        yield _without_articles(document, treaty)
        return
    if _first_number(articles[0]) > 1:
        message = f"The first article is {articles[0].label}: the articles before it are missing, or were not found."
        yield _issue("warning", "excerpt", document, message)
    elif not _is_instrument(treaty):
        message = (
            f"{len(articles)} articles were found, but neither title nor text shows that anybody agreed on or adopted "
            "them: draft articles or model clauses? Do not cite them as an instrument's."
        )
        yield _issue("warning", "not-an-instrument", document, message)


def _is_instrument(treaty: Treaty) -> bool:
    """Whether what stands before the provisions names an instrument, or the text says it was agreed or is in force."""
    first = next((one.span.start for one in treaty.provisions if one.kind not in ("front", "preamble")), 0)
    names = "|".join(signs().instrument.names)
    named = re.search(rf"\b(?:{names})\b", treaty.text.value[:first], re.I)
    return bool(named) or _has(signs().instrument.patterns, treaty.text.value)


def _without_articles(document: Document, treaty: Treaty) -> Issue:
    title, text = _title(document), treaty.text.value
    for other in signs().others.values():
        count = sum(len(re.findall(pattern, text, re.I)) for pattern in other.text)
        if _has(other.title, title) and count >= other.least:
            message = f"No articles were found; the document is {other.what}: {other.why}."
            return _issue("warning", "not-an-instrument", document, message)
    message = (
        "No articles were found, its paragraphs are its provisions: right for a declaration. If it has articles, "
        "the layout was not understood; look at a page as it was read."
    )
    return _issue("info", "no-articles", document, message)


def _title(document: Document) -> str:
    return "\n".join(line.text for line in document.lines[:TITLE_LINES])


def _has(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.I | re.M) for pattern in patterns)


def _first_number(article: Provision) -> int:
    """The article's number, the lowest it can be read as; 1 where it has none."""
    return min((reading.value for reading in readings(article.label)), default=1)
