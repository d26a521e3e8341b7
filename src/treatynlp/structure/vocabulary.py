"""The words by which the parts of an instrument are known, as compiled patterns."""

import re
from collections.abc import Iterable
from functools import cache

from treatynlp.structure.numerals import SUFFIX, endings, numbers_in_words, ordinals_in_words
from treatynlp.words import Reasoned, WordFile, words


class _Articles(Reasoned):
    units: tuple[tuple[str, ...], ...]
    endings: tuple[str, ...]
    drafts: tuple[str, ...] = ()


class _Divisions(Reasoned):
    units: dict[str, str]


class _Annexes(Reasoned):
    units: tuple[str, ...]
    of: tuple[str, ...]
    also: tuple[str, ...]


class _Number(Reasoned):
    signs: tuple[str, ...]
    articles: tuple[str, ...]


class _Points(Reasoned):
    shapes: tuple[str, ...]


class _Inside(Reasoned):
    units: tuple[str, ...]


class _Titles(Reasoned):
    titles: tuple[str, ...]


class _Patterns(Reasoned):
    patterns: tuple[str, ...]


class _Empty(_Patterns):
    ranges: tuple[str, ...]


class _References(Reasoned):
    follows: tuple[str, ...]
    before: tuple[str, ...]
    joins: tuple[str, ...]
    others: str


class _Prefixes(Reasoned):
    prefixes: frozenset[str]


class Vocabulary(WordFile):
    """The content of parts.yml."""

    article: _Articles
    number: _Number
    division: _Divisions
    annex: _Annexes
    inside: _Inside
    point: _Points
    preamble: _Titles
    enacting: _Patterns
    agreed: _Patterns
    formula: _Patterns
    repealed: _Empty
    amending: _Patterns
    option: _Patterns
    editorial: _Patterns
    testimonium: _Patterns
    reference: _References
    hyphenated: _Prefixes


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language for the parts of an instrument."""
    return words(language).read("parts", Vocabulary)


def _number(language: str) -> str:
    return rf"""(?P<number>(?:(?-i:[LRDA])\*?\.?\s?\d{{3,4}}-\d{{1,3}}|(?:[IVXLC]{{1,7}}|\d{{1,4}})-\d{{1,3}}
        |\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}|[IVXLC]{{1,7}}|[\u2160-\u216f]{{1,4}}|(?:{numbers_in_words(language)})|(?-i:[A-Z]))
        (?:{SUFFIX}|(?<=\d)(?:{endings(language)})(?!\w)|(?<=\d)[a-zA-Z]{{2}}(?![a-zA-Z])|[a-zA-Z](?![a-zA-Z])
        |(?<=\d)-(?-i:[A-Z])|(?<=\d)\.(?-i:[A-Z])(?=\W*$)|(?<=\d)/\d{{1,2}}|(?<=\d)\s[a-zA-Z](?=\W*$))?)
        (?:\.?\s?[º°ª])?(?:[¹²³⁰⁴-⁹]+|\s?[*†‡]+)?(?:\]?\s?\[\d{{1,3}}\])?(?:(?!\w)|(?<=\d)(?=(?-i:[A-Z][a-z]{{2}})))"""


_MARKED = r"(?-i:[FCEIM]\d{1,4}\s?\[?|[A-Z]{2,5}(?:[/,]\s?[A-Z]{2,5})*\s?:\s)?"
"""Before a heading: the mark of an amendment ("[F4Article 4A", legislation.gov.uk), or who proposed it ("[EU: Article
7", texts under negotiation)."""
_REST = r"\s*(?P<separator>[.:;–—\-)\]]*)\s*(?P<rest>.*)$"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _heading(units: Iterable[str], language: str) -> re.Pattern[str]:
    known = vocabulary(language).number
    signs = rf"(?:(?:{_any(known.signs)})?[.º°]?\s*|\#\s*|№\s*|(?:{_any(known.articles)})\s+)[\[(]?"
    drafts = rf"{_MARKED}(?:(?:{_any(vocabulary(language).article.drafts)})\s+)?"
    return re.compile(
        rf"^[\W_]{{0,3}}{drafts}(?:(?P<nth>{ordinals_in_words(language)})\s+)?(?P<unit>{_any(units)})"
        rf"(?(nth)(?!\w)|(?:[.,]?\s+|\.|-(?=\d)|(?=\d|(?-i:[IVXLC]+\b))){signs}{_number(language)}){_REST}",
        re.I | re.X,
    )


@cache
def article_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """One pattern for each unit an instrument may be divided into, the usual one first."""
    return tuple(_heading(units, language) for units in vocabulary(language).article.units)


@cache
def division_pattern(language: str) -> re.Pattern[str]:
    return _heading(vocabulary(language).division.units, language)


@cache
def annex_pattern(language: str) -> re.Pattern[str]:
    """A heading of matter with its own numbering: "ANNEX II – …", "Annex", "PROTOCOL TO …"."""
    return re.compile(
        rf"^\W{{0,2}}(?:(?P<nth>{numbers_in_words(language)})\s+)?(?P<unit>{'|'.join(vocabulary(language).annex.units)})"
        rf"(?:\s+(?P<number>\d{{1,2}}|[IVXLC]{{1,6}}|[A-Z]))?(?![\w]){_REST}",
        re.I,
    )


@cache
def annexed_to(language: str) -> re.Pattern[str]:
    """What follows an annex's word and number where it says to what it belongs: "Annex to Article 4"."""
    return re.compile(rf"(?:{_any(vocabulary(language).annex.of)})\b[^.;:]{{3,80}}$", re.I)


@cache
def behind_pattern(language: str) -> re.Pattern[str]:
    """The title of what is printed behind the signatures and belongs to the instrument: "PROTOCOL OF SIGNATURE"."""
    return re.compile(rf"^\W*(?:{'|'.join(vocabulary(language).annex.also)})\W*$", re.I)


@cache
def preamble_title(language: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(vocabulary(language).preamble.titles)})\W*$", re.I)


@cache
def any_of(name: str, language: str) -> re.Pattern[str]:
    """The patterns of the list called `name`, as one."""
    return re.compile("|".join(getattr(vocabulary(language), name).patterns), re.I)


@cache
def repealed_pattern(language: str) -> re.Pattern[str]:
    """The heading of several articles of which only the numbers are left: "Articles 5 to 7 (reserved)"."""
    units, ranges = (
        "|".join(words) for words in (vocabulary(language).article.units[0], vocabulary(language).repealed.ranges)
    )
    return re.compile(
        rf"^[\W_]{{0,3}}(?P<unit>{units})s?\.?\s+(?P<first>\d{{1,4}})\s*(?:{ranges})\s*(?P<last>\d{{1,4}})(?!\w)"
        r"\s*[.:–—-]*\s*(?P<rest>.*)$", re.I,
    )  # fmt: skip


@cache
def reference_words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What shows that a number at a line's beginning is a reference: words behind it, words before it."""
    words = vocabulary(language).reference
    return (
        re.compile(rf"^\W*(?:{'|'.join(words.follows)})\b"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, words.before))})$", re.I),
    )
