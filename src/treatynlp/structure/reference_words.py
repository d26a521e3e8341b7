"""The words by which provisions point to one another, as compiled patterns."""

import re
from dataclasses import dataclass
from functools import cache

from treatynlp.structure.numerals import SUFFIX
from treatynlp.words import Reasoned, WordFile, WordList
from treatynlp.words import words as words_of


class Unit(WordFile):
    """A level of an instrument: its kind in the tree, how high it stands, how one and how several are called."""

    kind: str
    level: int
    one: str
    many: str


class _Units(Reasoned):
    list: tuple[Unit, ...]


class ReferenceWords(WordFile):
    """The content of references.yml."""

    units: _Units
    range: WordList
    and_: WordList
    down: WordList
    up: WordList
    here: WordList
    before: WordList
    after: WordList
    earlier: WordList
    counted: WordList
    amounts: WordList
    instruments: WordList


def words(language: str = "en") -> ReferenceWords:
    """The words of a language that point to provisions."""
    return words_of(language).read("references", ReferenceWords)


def one_of(*lists: WordList) -> str:
    """The words of the lists as one group, the longest first."""
    every = [word.replace(" ", r"\s+") for found in lists for word in found.words]
    return f"(?:{'|'.join(sorted(every, key=len, reverse=True))})"


_SUFFIX = f"{SUFFIX}?"
_BARE = r"(?=\s*(?:[,.;:)]|$|\b(?:of|and|or|to|above|below|shall|is|are|in|hereof|thereof|does|may|under)\b))"
NUMBER = (
    rf"(?:\(\s?(?:\d{{1,3}}|[a-zA-Z]{{1,5}})\s?\)|(?-i:[a-z]|[ivx]{{1,5}})\)|\d{{1,3}}(?![\d/%])(?:[a-z](?![a-z.]))?{_SUFFIX}"
    rf"|(?-i:[IVXLC]{{1,7}})\b{_SUFFIX}|(?-i:[ivx]{{2,5}})\b|(?-i:[a-zA-Z])\b(?:(?=\.[ivx\d])|{_BARE}))"
)
_DEEPER = (
    rf"(?:\s?\(\s?(?:\d{{1,3}}|[a-z]{{1,5}}){_SUFFIX}\s?\){_SUFFIX}"
    r"|\.\d{1,2}(?!\d)|\.(?-i:[a-z]{1,4})\b|\s(?-i:[a-z])(?=\.[ivx]))"
)
ITEM = rf"(?P<base>{NUMBER})(?P<deeper>{_DEEPER}*)"


UNIT = rf"(?i:{'|'.join(f'{unit.one}|{unit.many}' for unit in words().units.list)})(?![a-z])"


@dataclass(frozen=True, slots=True)
class Patterns:
    """`unit` finds a unit's word, groups one0…, many0… say which; the others are matched where a word may end."""

    unit: re.Pattern[str]
    item: re.Pattern[str]
    range: re.Pattern[str]
    and_: re.Pattern[str]
    down: re.Pattern[str]
    up: re.Pattern[str]
    anchor: re.Pattern[str]
    alone: re.Pattern[str]
    counted: re.Pattern[str]
    amount: re.Pattern[str]


def _named(unit: Unit, at: int) -> str:
    return rf"(?P<many{at}>{unit.many})|(?P<one{at}>{unit.one})"


@cache
def patterns() -> Patterns:
    """The grammar's patterns."""
    known, flags = words(), re.I
    units = "|".join(
        _named(unit, at) for at, unit in sorted(enumerate(known.units.list), key=lambda one: -one[1].level)
    )
    plain = "|".join(f"{unit.one}|{unit.many}" for unit in reversed(known.units.list))
    near = one_of(known.before, known.after)
    count = one_of(known.counted)
    return Patterns(
        re.compile(rf"(?<![\w-])(?:{units})(?![a-z])", flags),
        re.compile(rf"\s*(?:nos?\.\s*)?{ITEM}", flags),
        re.compile(rf"\s*{one_of(known.range)}(?![a-z])", flags),
        re.compile(rf"\s*{one_of(known.and_)}(?![a-z])", flags),
        re.compile(rf"\s*{one_of(known.down)}\s+", flags),
        re.compile(rf"\s*{one_of(known.up)}\s+(?:the\s+)?", flags),
        re.compile(
            rf"\s*{one_of(known.up)}\s+(?P<which>{one_of(known.here, known.earlier)})\s+(?P<unit>{plain})\b", flags
        ),
        re.compile(
            rf"\b(?:(?P<here>{one_of(known.here)})\s+(?P<unit>{plain})|the\s+(?:(?P<two>two|three)\s+)?"
            rf"(?P<near>{near})\s+(?P<unit2>{plain})|the\s+(?P<nth>{count})\s+(?P<unit3>{plain}))\b", flags,
        ),
        re.compile(rf"(?P<nth>{count})\s+(?P<unit3>{plain})\b", flags),
        re.compile(rf"\s*{one_of(known.amounts)}(?!\w)", flags),
    )  # fmt: skip


@cache
def unit_named(word: str) -> Unit:
    """The unit a word names.

    >>> unit_named("sub-paragraphs").kind
    'subparagraph'
    """
    return next(unit for unit in words().units.list if re.fullmatch(f"{unit.one}|{unit.many}", word, re.I))
