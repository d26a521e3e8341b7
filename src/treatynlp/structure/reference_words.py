"""The words by which provisions point to one another, as compiled patterns."""

import re
from dataclasses import dataclass
from functools import cache

from treatynlp.structure.numerals import SUFFIX, counted, numbers
from treatynlp.words import Reasoned, Template, WordFile, WordList, filled
from treatynlp.words import words as words_of


class UnitWords(WordFile):
    """A level of an instrument: its kind in the tree, how high it stands, how one and how several are called."""

    kind: str
    level: int
    one: str
    many: str


class _Units(Reasoned):
    list: tuple[UnitWords, ...]


class ReferenceWords(WordFile):
    """The content of references.yml."""

    units: _Units
    the: WordList
    signs: WordList
    behind: WordList
    endings: WordList
    range: WordList
    and_: WordList
    down: WordList
    up: WordList
    again: WordList
    contracted: WordList
    its: Template
    here: WordList
    before: WordList
    after: WordList
    earlier: WordList
    same: WordList
    vague: WordList
    several: WordList
    alone: Template
    counted: WordList
    amounts: WordList
    instruments: WordList


def referring_words(language: str) -> ReferenceWords:
    """The words of a language that point to provisions."""
    return words_of(language).read("references", ReferenceWords)


def one_of(*lists: WordList) -> str:
    """The words of the lists as one group, the longest first."""
    every = [word.replace(" ", r"\s+") for found in lists for word in found.words]
    return f"(?:{'|'.join(sorted(every, key=len, reverse=True))})"


_LABEL = re.compile(r"[^\W\d_]+|\d+")
_SUFFIX = f"{SUFFIX}?"
_DEEPER = (
    rf"(?:\s?\(\s?(?:\d{{1,3}}|[a-z]{{1,5}}){_SUFFIX}\s?\){_SUFFIX}"
    r"|\.\d{1,2}(?!\d)|\.(?-i:[a-z]{1,4})\b|\s(?-i:[a-z])(?=\.[ivx]))"
)
_GAP = r"(?:\s+|(?<=['’])\s*)"
"""Between two words; none is needed behind an elided one ("l'article")."""


def _item(known: ReferenceWords, language: str) -> str:
    """A number with the bracketed ones behind it; a letter alone is one where the words go on as behind a number."""
    bare = rf"(?=\s*(?:[,.;:)]|$|\b{one_of(known.behind)}\b))"
    number = (
        rf"(?:\(\s?(?:\d{{1,3}}|[a-zA-Z]{{1,5}})\s?\)|(?-i:[a-z]|[ivx]{{1,5}})\)|\d{{1,3}}(?![\d/%])(?:[a-z](?![a-z.]))?"
        rf"{_SUFFIX}"
        rf"|(?-i:[IVXLC]{{1,7}})\b{_SUFFIX}|(?-i:[ivx]{{2,5}})\b|(?-i:[a-zA-Z])\b(?:(?=\.[ivx\d])|{bare}))"
    )
    first = "|".join(numbers(language).ordinals.also)
    return rf"(?P<base>{number}|(?:{first})\b)(?:{one_of(known.endings)}(?!\w))?(?P<deeper>{_DEEPER}*)"


def unit_words(language: str, kind: str = "") -> str:
    """The words for units (of one kind, or of all) as part of a pattern."""
    units = [unit for unit in referring_words(language).units.list if kind in ("", unit.kind)]
    return rf"(?i:{'|'.join(f'{unit.one}|{unit.many}' for unit in units) or '(?!)'})(?![a-z])"


def names_kind(number: str, kind: str, language: str) -> bool:
    """Whether a provision's printed number begins with a word for a kind.

    >>> names_kind("Article 5", "article", "en"), names_kind("(5)", "article", "en")
    (True, False)
    """
    return re.match(unit_words(language, kind), number) is not None


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language points to provisions: its `words`, and patterns. `unit` finds a unit's word, groups one0…, many0…
    say which; the others are matched where a word may end."""

    language: str
    words: ReferenceWords
    unit: re.Pattern[str]
    item: re.Pattern[str]
    range: re.Pattern[str]
    and_: re.Pattern[str]
    joint: re.Pattern[str]
    down: re.Pattern[str]
    up: re.Pattern[str]
    anchor: re.Pattern[str]
    its: re.Pattern[str]
    alone: re.Pattern[str]
    counted: re.Pattern[str]
    amount: re.Pattern[str]

    def unit_named(self, word: str) -> UnitWords:
        """The unit a word names.

        >>> grammar("en").unit_named("sub-paragraphs").kind
        'subparagraph'
        """
        return next(unit for unit in self.words.units.list if re.fullmatch(f"{unit.one}|{unit.many}", word, re.I))

    def number(self, printed: str) -> str:
        """The number an item names by its figures or letters: "1" for "premier"."""
        return counted("".join(_LABEL.findall(printed)), self.language)

    def place(self, word: str) -> int:
        """The place an ordinal in words counts."""
        every = enumerate(self.words.counted.words, 1)
        return next(place for place, one in every if re.fullmatch(one, word, re.I))


def _named(unit: UnitWords, at: int) -> str:
    return rf"(?P<many{at}>{unit.many})|(?P<one{at}>{unit.one})"


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language's pointers."""
    known, flags = referring_words(language), re.I
    units = "|".join(
        _named(unit, at) for at, unit in sorted(enumerate(known.units.list), key=lambda one: -one[1].level)
    )
    plain = "|".join(f"{unit.one}|{unit.many}" for unit in reversed(known.units.list))
    count, the = one_of(known.counted), rf"(?:{one_of(known.the)}{_GAP})?"
    which, contracted = one_of(known.here, known.earlier), f"(?:{_GAP}|{one_of(known.contracted)})"
    alone = filled(
        known.alone.pattern,
        here=one_of(known.here),
        near=one_of(known.before, known.after),
        count=count,
        unit=f"(?:{plain})",
        several=one_of(known.several),
    )
    return Grammar(
        language=language,
        words=known,
        unit=re.compile(rf"(?<![\w-])(?:{units})(?![a-z])", flags),
        item=re.compile(rf"\s*(?:{one_of(known.signs)}\s*)?{_item(known, language)}", flags),
        range=re.compile(rf"\s*{one_of(known.range)}(?![a-z])", flags),
        and_=re.compile(rf"\s*{one_of(known.and_)}(?![a-z])", flags),
        joint=re.compile(rf"\s*{one_of(known.and_)}(?:\s+{one_of(known.again)})?", flags),
        down=re.compile(rf"\s*{one_of(known.down)}{_GAP}", flags),
        up=re.compile(rf"\s*{one_of(known.up)}{_GAP}{the}", flags),
        anchor=re.compile(rf"\s*{one_of(known.up)}{contracted}(?P<which>{which}){_GAP}(?P<unit>{plain})\b", flags),
        its=re.compile(known.its.pattern, flags),
        alone=re.compile(alone, flags),
        counted=re.compile(rf"(?P<nth>{count})\s+(?P<unit3>{plain})\b", flags),
        amount=re.compile(rf"\s*{one_of(known.amounts)}(?!\w)", flags),
    )  # fmt: skip
