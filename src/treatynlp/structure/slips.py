"""A heading's line as it should read, where letters were misread, taken from another script, or torn apart.

Scans misread ("Artic1e 3", "Artide 7", "Article lO"), people type letters of another script that look the same, and
some programs set a heading letter by letter ("Art i cle 8"). None of these may cost an article.

>>> [one.text for one in corrected("ARTICLE Il", "en")]
['Article 11', 'Article II']
>>> corrected("Artide 7", "en")[0], corrected("The Parties", "en")
(Corrected(text='Article 7', longer=1), ())
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from treatynlp.structure.vocabulary import article_patterns, vocabulary
from treatynlp.words import Reasoned, WordFile, shared_words

_TORN = re.compile(r"(?<=^\d)\s(?=\d$)")
"""A blank inside a number that is all of a heading's line ("Article 1 2", scans)."""
ALIKE = 80.0
"""A word so like the unit's, in a hundred, and not the same is the unit misread."""
MAX_TITLE, SHORT = 90, 24
"""A heading's line, or a title on one line, has no more characters than MAX_TITLE; a heading torn into single letters
no more than SHORT."""


class _Letters(Reasoned):
    letters: dict[str, str]


class Misread(WordFile):
    """The content of misread.yml."""

    alike: _Letters
    figures: _Letters
    strokes: _Letters
    joined: _Letters


@dataclass(frozen=True, slots=True)
class Corrected:
    """A heading's line put right, and by how many characters it is longer than what is printed."""

    text: str
    longer: int


def latin(text: str) -> str:
    """The text with letters of other scripts that look like Latin ones put in Latin; as long as before.

    >>> latin("\\u0410rticle 2")
    'Article 2'
    """
    return text if text.isascii() else text.translate(_table("alike"))


@lru_cache(maxsize=32_768)  # every line is asked about for each unit, and again when the split is audited
def corrected(text: str, language: str) -> tuple[Corrected, ...]:
    """What a line says whose first word is the unit's, misread or not: its number with figures for the letters that
    stand for them, and as a Roman one; () for a line that is no heading."""
    if len(text) > MAX_TITLE:
        return ()
    word, blank, rest = text.partition(" ")
    rest = _TORN.sub("", rest)
    unit = vocabulary(language).article.units[0][0]
    # A scan may lose a letter of the word; one that is shorter by two is another word.
    if blank and len(word) >= len(unit) - 1 and nearly(word.lower(), unit, language):
        number = rest.partition(" ")[0]
        title = rest[len(number) :]
        lines = dict.fromkeys(f"{unit.capitalize()} {one}{title}" for one in _numbers(number))
        found = (Corrected(line, len(line) - len(text)) for line in lines if line != text)
        return (*found, *_closed(text, language))
    return tuple(_closed(text, language))


def _numbers(number: str) -> Iterator[str]:
    """A number's ways to be read: its figures, its strokes, or as it is printed."""
    figures, strokes = number.translate(_table("figures")), number.translate(_table("strokes"))
    if figures.strip(".:").isdecimal():
        yield figures
    if re.fullmatch(r"[IVXLC]+[.:]?", strokes):
        yield strokes
    elif not figures.strip(".:").isdecimal():
        yield number


def is_misreadable(number: str) -> bool:
    """Whether a printed number is made of letters alone that OCR reads for figures ("Article S", "Article lO"), or is
    one of figures with a stroke or a nought among them ("1O", "l2"): no inserted article is lettered so."""
    mixed = re.fullmatch(r"\d+[OlI|]|[OlI|]\d+|[IVX]*[1l|!][IVX1l|!]*[VX][IVX1l|!]*|[IVX]+[1l|!][IVX1l|!]*", number)
    return mixed is not None or (bool(number) and all(letter in _letters("figures") for letter in number))


def _closed(text: str, language: str) -> Iterator[Corrected]:
    """The line with its blanks closed, where only then it is a unit with its number and nothing behind."""
    close = "".join(text.split())
    if len(text) > SHORT or close == text or not text[:1].isupper():
        return
    match = article_patterns(language)[0].match(close)
    if match and not match["rest"] and match["unit"].lower() == vocabulary(language).article.units[0][0]:
        yield Corrected(close, len(close) - len(text))


def nearly(word: str, unit: str, language: str) -> bool:
    """Whether a word is its unit's with a letter or two misread; its own plural and genitive are not."""
    plural = word in (f"{unit}{ending}" for ending in vocabulary(language).article.endings)
    alike = max(fuzz.ratio(word, unit), fuzz.ratio(_joined(word), _joined(unit))) >= ALIKE
    return alike and not plural and (word[:1] == unit[:1] or not word.isalpha() or not word.isascii())


def _joined(word: str) -> str:
    """The word with letters that scans take for one another made the same."""
    for printed, read in _letters("joined").items():
        word = word.replace(printed, read)
    return word


@cache
def _letters(kind: str) -> dict[str, str]:
    return dict(getattr(shared_words().read("misread", Misread), kind).letters)


@cache
def _table(kind: str) -> dict[int, str]:
    return str.maketrans(_letters(kind))
