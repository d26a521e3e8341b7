"""The words by which the parts of an instrument are known, as compiled patterns."""

import re
from functools import cache

from treatynlp.structure.numerals import SUFFIX, worded
from treatynlp.words import Reasoned, WordFile, words


class _Articles(Reasoned):
    units: tuple[tuple[str, ...], ...]


class _Units(Reasoned):
    units: tuple[str, ...]
    also: tuple[str, ...] = ()


class _Titles(Reasoned):
    titles: tuple[str, ...]


class _Patterns(Reasoned):
    patterns: tuple[str, ...]


class _Empty(_Patterns):
    ranges: tuple[str, ...]


class _References(Reasoned):
    follows: tuple[str, ...]
    before: tuple[str, ...]


class _Prefixes(Reasoned):
    prefixes: frozenset[str]


class Vocabulary(WordFile):
    """The content of parts.yml."""

    article: _Articles
    division: _Units
    annex: _Units
    preamble: _Titles
    enacting: _Patterns
    agreed: _Patterns
    formula: _Patterns
    repealed: _Empty
    testimonium: _Patterns
    reference: _References
    hyphenated: _Prefixes


def vocabulary(language: str = "en") -> Vocabulary:
    """The words of a language for the parts of an instrument."""
    return words(language).read("parts", Vocabulary)


_NUMBER = rf"""(?P<number>(?:(?:[IVXLC]{{1,7}}|\d{{1,2}})-\d{{1,3}}|\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}|[IVXLC]{{1,7}}
    |(?:{worded()})|(?-i:[A-Z]))
    (?:{SUFFIX}|(?<=\d)(?:er|ère|re)(?!\w)|(?<=\d)[a-zA-Z]{{2}}(?![a-zA-Z])|[a-zA-Z](?![a-zA-Z]))?)(?:\.?\s?[º°ª])?(?:[¹²³⁰⁴-⁹]+|\s?[*†‡]+)?(?:\]?\s?\[\d{{1,3}}\])?(?![\w])"""
_REST = r"\s*(?P<separator>[.:;–—\-)\]]*)\s*(?P<rest>.*)$"


def _heading(units: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return re.compile(
        rf"^[\W_]{{0,3}}(?P<unit>{words})(?:\.?\s+|\.|(?=\d))(?:(?:no|nr|n)?[.º°]?\s*|\#\s*|№\s*|the\s+)\[?{_NUMBER}{_REST}",
        re.I | re.X,
    )


@cache
def article_patterns() -> tuple[re.Pattern[str], ...]:
    """One pattern for each unit an instrument may be divided into, the usual one first."""
    return tuple(_heading(units) for units in vocabulary().article.units)


@cache
def division_pattern() -> re.Pattern[str]:
    return _heading(vocabulary().division.units)


@cache
def annex_pattern() -> re.Pattern[str]:
    """A heading of matter with its own numbering: "ANNEX II – …", "Annex", "PROTOCOL TO …"."""
    words = "|".join(vocabulary().annex.units)
    return re.compile(
        rf"^\W{{0,2}}(?:(?P<nth>{worded()})\s+)?(?P<unit>{words})(?:\s+(?P<number>\d{{1,2}}|[IVXLC]{{1,6}}|[A-Z]))?"
        rf"(?![\w]){_REST}",
        re.I,
    )


@cache
def preamble_title() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(vocabulary().preamble.titles)})\W*$", re.I)


@cache
def any_of(name: str) -> re.Pattern[str]:
    """The patterns of the list called `name`, as one."""
    return re.compile("|".join(getattr(vocabulary(), name).patterns), re.I)


@cache
def repealed_pattern() -> re.Pattern[str]:
    """The heading of several articles of which only the numbers are left: "Articles 5 to 7 (reserved)"."""
    units, ranges = ("|".join(words) for words in (vocabulary().article.units[0], vocabulary().repealed.ranges))
    return re.compile(
        rf"^[\W_]{{0,3}}(?P<unit>{units})s?\.?\s+(?P<first>\d{{1,4}})\s*(?:{ranges})\s*(?P<last>\d{{1,4}})(?!\w)"
        r"\s*[.:–—-]*\s*(?P<rest>.*)$", re.I,
    )  # fmt: skip


@cache
def reference_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What shows that a number at a line's beginning is a reference: words behind it, words before it."""
    words = vocabulary().reference
    return (
        re.compile(rf"^\W*(?:{'|'.join(words.follows)})\b"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, words.before))})$", re.I),
    )
