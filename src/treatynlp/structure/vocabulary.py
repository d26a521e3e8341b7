"""The words by which the parts of an instrument are known, from vocabulary.yml, as compiled patterns."""

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from treatynlp.structure.numerals import ORDINALS, SUFFIXES, WORDS


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    why: str


class _Articles(_List):
    units: tuple[tuple[str, ...], ...]


class _Units(_List):
    units: tuple[str, ...]
    also: tuple[str, ...] = ()


class _Titles(_List):
    titles: tuple[str, ...]


class _Patterns(_List):
    patterns: tuple[str, ...]


class _References(_List):
    follows: tuple[str, ...]
    before: tuple[str, ...]


class _Prefixes(_List):
    prefixes: frozenset[str]


class Vocabulary(BaseModel):
    """The content of vocabulary.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    article: _Articles
    division: _Units
    annex: _Units
    preamble: _Titles
    enacting: _Patterns
    agreed: _Patterns
    formula: _Patterns
    testimonium: _Patterns
    reference: _References
    hyphenated: _Prefixes


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    return Vocabulary.model_validate(
        yaml.safe_load(files(__package__).joinpath("vocabulary.yml").read_text(encoding="utf-8"))
    )


_NUMBER = rf"""(?P<number>(?:\d{{1,3}}|[IVXLC]{{1,7}}|[ivxlc]{{1,7}}|(?:{"|".join([*WORDS, *ORDINALS])})|(?-i:[A-Z]))
    (?:\s?(?:{"|".join(SUFFIXES)})|[a-zA-Z](?![a-zA-Z]))?)(?![\w])"""
_REST = r"\s*(?P<separator>[.:;–—\-)\]]*)\s*(?P<rest>.*)$"


def _heading(units: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return re.compile(
        rf"^[\W_]{{0,3}}(?P<unit>{words})(?:\.?\s+|\.|(?=\d))(?:no\.?\s*|the\s+)?{_NUMBER}{_REST}", re.I | re.X
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
        rf"^\W{{0,2}}(?P<unit>{words})(?:\s+(?P<number>\d{{1,2}}|[IVXLC]{{1,6}}|[A-Z]))?(?![\w]){_REST}", re.I
    )


@cache
def preamble_title() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(vocabulary().preamble.titles)})\W*$", re.I)


@cache
def any_of(name: str) -> re.Pattern[str]:
    """The patterns of the list called `name`, as one."""
    return re.compile("|".join(getattr(vocabulary(), name).patterns), re.I)


@cache
def reference_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What shows that a number at a line's beginning is a reference: words behind it, words before it."""
    words = vocabulary().reference
    return (
        re.compile(rf"^\W*(?:{'|'.join(words.follows)})\b"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, words.before))})$", re.I),
    )
