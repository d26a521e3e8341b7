"""Numbers as instruments print them: 4, IV, iv, d, four, first, 2 bis, 2a, 1.2, I-1; and what comes next after each.

>>> readings("i", "en")
(Numeral(family='alpha', value=9, suffix=0, until=0), Numeral(family='roman', value=1, suffix=0, until=0))
>>> readings("2 bis", "en")[0].follows(readings("2", "en")[0])
True
>>> readings("twenty-one", "en")[0].value, readings("I-2", "en")[0].family
(21, 'dotted I')
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from unicodedata import normalize

from treatynlp import roman
from treatynlp.words import Reasoned, WordFile, WordList, shared_words, words

INSERTED = 100
"""What one letter, or one Latin suffix, adds to a number; letters behind it ("3aa") stand between two of these."""
_LETTERS, _BEFORE_A = 26, ord("a") - 1
"""Letters of the alphabet ("aa" comes behind "z"), and what is taken off a letter's code to count from one."""
_ROMAN = re.compile(rf"^(?=.){roman.LISTED}$")
_RAISED = re.compile(r"[º°ª*†‡]|(?<=\d)[¹²³⁰⁴-⁹]+")
"""Signs behind a number that are not of it: the ordinal's, and the marks of footnotes."""
_CODE = re.compile(r"^[LRDA]\*?\.?\s?(?=\d{3,4}-\d)")
"""The letter before the number of a code's article says by whom it was made, and is no figure of it ("L. 111-1")."""
_RANGE = re.compile(r"^(\d{1,4})–(\d{1,4})$")
_CLOCK = {"iiii": 4, "viiii": 9}
"""Four strokes for a four, as clocks and some printers have it."""


class _Spelled(Reasoned):
    words: tuple[tuple[str, ...], ...]


class _Ordinals(WordList):
    also: dict[str, int]
    endings: tuple[str, ...]


class Suffixes(WordFile):
    """The content of latin.yml, which is no language's own."""

    suffixes: _Spelled


class NumberWords(WordFile):
    """The content of numbers.yml."""

    units: WordList
    tens: WordList
    hundred: WordList
    ordinals: _Ordinals


@dataclass(frozen=True, slots=True)
class Numeral:
    """One way to read a printed number: `family` digit, alpha, ALPHA, roman, ROMAN, word, or dotted ("1.2", "I-2",
    whose family carries what stands before the last number); `suffix` is INSERTED for bis or a, twice that for ter
    or b, …; `until` is the last number of several that stand as one ("Articles 5 to 7 (reserved)"), else 0."""

    family: str
    value: int
    suffix: int = 0
    until: int = 0

    @property
    def last(self) -> int:
        """The number that the next one follows."""
        return self.until or self.value

    def follows(self, other: "Numeral") -> bool:
        """Whether it is the next one in a list: 4 after 3, 3 bis after 3, 4 after 3 bis."""
        if self.family != other.family:
            return False
        if self.suffix:
            return self.value == other.last and 0 < self.suffix - other.suffix <= INSERTED
        return self.value == other.last + 1

    @property
    def first(self) -> bool:
        return self.value == 1 and not self.suffix


def numbers(language: str) -> NumberWords:
    """How numbers are written in words of a language."""
    return words(language).read("numbers", NumberWords)


@cache
def _values(language: str) -> dict[str, int]:
    """Every number in words, with its value."""
    known = numbers(language)
    units = {word: at for at, word in enumerate(known.units.words, 1)}
    tens = {word: 10 * at for at, word in enumerate(known.tens.words, 2)}
    joined = {f"{ten}-{unit}": tens[ten] + units[unit] for ten in tens for unit in known.units.words[:9]}
    ordinals = {word: at for at, word in enumerate(known.ordinals.words, 1)}
    return units | tens | joined | dict.fromkeys(known.hundred.words, 100) | ordinals | known.ordinals.also


@cache
def numbers_in_words(language: str) -> str:
    """Numbers in words, as part of a pattern."""
    every = sorted(_values(language), key=len, reverse=True)
    return "|".join(word.replace(" ", r"\s").replace("-", r"[-\s‐‑]") for word in every)


@cache
def ordinals_in_words(language: str) -> str:
    """Places in a row in words ("second"), as part of a pattern."""
    return "|".join(numbers(language).ordinals.words)


@cache
def _suffixes() -> dict[str, int]:
    known = shared_words().read("latin", Suffixes).suffixes
    return {word: INSERTED * at for at, every in enumerate(known.words, 1) for word in every}


LATIN = "|".join(sorted(_suffixes(), key=len, reverse=True))
"""bis, ter, … as part of a pattern."""
SUFFIX = rf"(?:[\s\u00a0\u2009.-]{{0,3}}\(?(?:(?:{LATIN})\b|alt\.?\s?\d{{1,2}})\)?)"
"""The same as they are printed behind a number: "2 bis", "2-ter", "2 - ter", "2 (quater)", "2.alt1"."""


@cache
def endings(language: str) -> str:
    """What stands behind the figures of a number to show that it is a place in a row ("1er"), as part of a pattern."""
    return "|".join(numbers(language).ordinals.endings)


@cache
def _parts(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<base>(?:[ivxlc]+|\d+)-\d+|[\d.]+?|[^\W\d_]+(?:[-\s](?!(?:{LATIN})\b)[^\W\d_]+)?)\.?"
        rf"(?:[\s.-]*\(?(?P<suffix>{LATIN})\)?|(?:\.?[º°ª]|{endings(language)})"
        rf"|[\s.-]*\(?alt\.?\s?(?P<option>\d{{1,2}})\)?"
        rf"|(?P<letters>(?<=\d)[A-Za-z]{{1,2}}|(?<=\d)[\s.-][A-Za-z])|(?<=\d)/(?P<stroke>\d{{1,2}}))?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def readings(printed: str, language: str) -> tuple[Numeral, ...]:
    """Every way to read a printed number; none when it is no number."""
    plain = normalize("NFKC", _RAISED.sub("", printed)).strip()
    plain = " ".join(plain.replace("\u2010", "-").replace("\u2011", "-").split())
    plain = _CODE.sub("", plain)
    if several := _RANGE.match(plain):
        return (Numeral("digit", int(several[1]), until=int(several[2])),)
    match = _parts(language).match(plain)
    if not match:
        return ()
    return tuple(replace(reading, suffix=_suffix(match)) for reading in _bare(match["base"], language))


def _suffix(match: re.Match[str]) -> int:
    """What a number's suffix adds to it: bis, a letter, or a number behind a stroke ("3/1", in the laws of Yugoslavia's
    successors); an alternative of a draft ("3 alt 2") stands between the article and its bis."""
    if match["stroke"]:
        return INSERTED * int(match["stroke"])
    if match["option"]:
        return INSERTED // 2 + int(match["option"])
    return _suffixes()[match["suffix"].lower()] if match["suffix"] else _letters(match["letters"] or "")


def counted(printed: str, language: str) -> str:
    """The number by which a provision is addressed: as printed, or in figures where it is printed as a place in a row
    that goes on in figures ("Article premier" or "Article 1er" stands before Article 2).

    >>> counted("premier", "en"), counted("3 bis", "en"), counted("IV", "en")
    ('1', '3 bis', 'IV')
    """
    plain = re.sub(rf"(?<=\d)(?:{endings(language)})$", "", normalize("NFKC", printed), flags=re.I)
    if code := _CODE.match(plain):
        return f"{code[0][0]}{plain.removeprefix(code[0])}"
    return str(numbers(language).ordinals.also.get(plain.lower(), plain))


def _letters(letters: str) -> int:
    """a, b, … as bis, ter, …; aa stands between a and b."""
    ranks = [ord(letter) - _BEFORE_A for letter in letters.strip(" .-").lower()]
    return INSERTED * ranks[0] + sum(ranks[1:]) if ranks else 0


def _bare(base: str, language: str) -> list[Numeral]:
    found, lower, named = _figures(base), base.lower(), _values(language)
    if lower in numbers(language).ordinals.also:  # "Article premier" stands before Article 2
        found.append(Numeral("digit", named[lower]))
    value = named.get(lower) or named.get(lower.replace(" ", "-")) or 0
    return [*found, Numeral("word", value)] if value else found


def _figures(base: str) -> list[Numeral]:
    """The readings of a number that is not in words."""
    if base[-1].isdigit() or base[0].isdigit():
        return _digits(base.rstrip("."))
    found = []
    lower = base.lower()
    cased = base.islower() or base.isupper()
    # Long lists go on with "aa", "bb" behind "z"; other pairs of letters are words.
    if len(set(lower)) == 1 and len(lower) <= 2 and cased and lower.isascii():
        found.append(
            Numeral("alpha" if base.islower() else "ALPHA", ord(lower[0]) - _BEFORE_A + _LETTERS * (len(lower) - 1))
        )
    if cased and (_ROMAN.match(lower) or lower in _CLOCK):
        value = _CLOCK.get(lower) or roman.value(lower)
        found.append(Numeral("roman" if base.islower() else "ROMAN", value))
    if base == "l":  # a one, as old printers and OCR have it
        found.append(Numeral("digit", 1))
    return found


def _digits(base: str) -> list[Numeral]:
    before, mark, last = base.rpartition("-" if "-" in base else ".")
    if not last.isdigit() or ".." in base:
        return []
    return [Numeral(f"dotted {before}" if mark else "digit", int(last))]


def _next_chapter(before: Numeral, after: Numeral) -> bool:
    """Whether a code's number of title and chapter goes on with the first chapter of a later title: 121 after 113."""
    return after.value > 100 and after.value % 10 == 1 and after.value // 10 > before.value // 10


def chained(before: Numeral, after: Numeral) -> bool:
    """Whether a number with its division's in front goes on with the next division's: 2.1 after 1.7, II-1 or II-61
    after I-60; 201 after 114, where the hundreds are the chapter's number (trade agreements).

    >>> chained(readings("1.7", "en")[0], readings("2.1", "en")[0])
    True
    """
    if before.family == after.family == "digit":
        return after.value > 100 and after.value // 100 > before.value // 100 and after.value % 100 == 1
    outer = [numeral.family.partition("dotted ")[2] for numeral in (before, after)]
    if not all(outer) or not any(
        following.follows(one) or _next_chapter(one, following)
        for one in _figures(outer[0])
        for following in _figures(outer[1])
    ):
        return False
    return after.value in (1, before.value + 1) and not after.suffix
