"""The words by which provisions point to one another, from reference_words.yml, as compiled patterns."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from treatynlp.structure.numerals import SUFFIXES


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    why: str
    words: tuple[str, ...]


class Unit(BaseModel):
    """A level of an instrument: its kind in the tree, how high it stands, how one and how several are called."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    level: int
    one: str
    many: str


class _Units(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    why: str
    list: tuple[Unit, ...]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    units: _Units
    range: _List
    and_: _List
    down: _List
    up: _List
    here: _List
    before: _List
    after: _List
    earlier: _List
    counted: _List
    amounts: _List
    instruments: _List


@cache
def words() -> _Words:
    """The words that come with the package."""
    content = yaml.safe_load(files(__package__).joinpath("reference_words.yml").read_text(encoding="utf-8"))
    return _Words.model_validate({("and_" if key == "and" else key): value for key, value in content.items()})


def one_of(*lists: _List) -> str:
    """The words of the lists as one group, the longest first."""
    every = [word.replace(" ", r"\s+") for found in lists for word in found.words]
    return f"(?:{'|'.join(sorted(every, key=len, reverse=True))})"


_SUFFIX = rf"(?:\s?(?:{'|'.join(SUFFIXES)})\b)?"
_BARE = r"(?=\s*(?:[,.;:)]|$|\b(?:of|and|or|to|above|below|shall|is|are|in|hereof|thereof|does|may|under)\b))"
NUMBER = (
    rf"(?:\(\s?(?:\d{{1,3}}|[a-zA-Z]{{1,5}})\s?\)|(?-i:[a-z]|[ivx]{{1,5}})\)|\d{{1,3}}(?![\d/%])(?:[a-z](?![a-z.]))?{_SUFFIX}"
    rf"|(?-i:[IVXLC]{{1,7}})\b{_SUFFIX}|(?-i:[ivx]{{2,5}})\b|(?-i:[a-zA-Z])\b(?:(?=\.[ivx\d])|{_BARE}))"
)
_DEEPER = r"(?:\s?\(\s?(?:\d{1,3}|[a-z]{1,5})\s?\)|\.\d{1,2}(?!\d)|\.(?-i:[a-z]{1,4})\b|\s(?-i:[a-z])(?=\.[ivx]))"
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
