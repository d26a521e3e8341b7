"""Lengths of time and counts as treaties write them: "two years", "thirty (30) days", "the ninetieth day", "fifth".

Patterns need not know the ways to write a number: `masked` overwrites every quantity with as many signs of its kind,
so that a pattern says {period} or {count} and the places of all other words stay the same.

>>> found = quantities("within a period of sixty (60) days after the fifth instrument", "en")
>>> [(q.value, q.unit) for q in found]
[(60.0, 'day'), (5.0, '')]
>>> masked("not less than two years", quantities("not less than two years", "en"))
'not less than §§§§§§§§§'
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import product

from pydantic import ConfigDict

from treatynlp.words import Reasoned, Template, WordFile, WordList, filled, words

PERIOD, COUNT = "§", "¤"


class _Numbers(Reasoned):
    units: dict[str, int]
    tens: dict[str, int]


class _Hundred(WordList):
    one: tuple[str, ...]
    joints: tuple[str, ...]


class _Ordinals(Reasoned):
    odd: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]


class _Units(Reasoned):
    days: dict[str, int]
    words: dict[str, str]


class QuantityWords(WordFile):
    """The content of quantities.yml."""

    numbers: _Numbers
    hundred: _Hundred
    half: WordList
    ordinals: _Ordinals
    articles: WordList
    units: _Units
    length: Template
    one: Template
    nth: Template
    bare: Template
    fraction: WordList
    left_out: Template
    signal: Template


class _Months(WordFile):
    """What of titles.yml a count must not stand before."""

    model_config = ConfigDict(extra="ignore")
    months: WordList


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language writes numbers and lengths of time."""

    words: QuantityWords
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    quantity: re.Pattern[str]
    signal: re.Pattern[str]
    left_out: re.Pattern[str]
    glued: Mapping[str, str]

    def quantity_of(self, match: re.Match[str]) -> "Quantity":
        unit = self.words.units.words.get(match["unit"] or match["until"] or "", "")
        value = self.place(match["nth"]) if match["nth"] else self.value(match["amount"] or match["bare"])
        if unit in self.words.units.days:
            value, unit = value * self.words.units.days[unit], "day"
        return Quantity(match.start(), match.end(), value, unit)

    def place(self, word: str) -> float:
        """The value of an ordinal, in words or in figures."""
        return float(self.ordinals.get(self.joined(word)) or re.sub(r"\D", "", word))

    def value(self, word: str) -> float:
        """The value of a number, in words or in figures."""
        word = self.joined(word)
        # A half is taken off the end before the rest is read as a number of its own.
        for half in self.words.half.words:
            if found := re.search(rf"{half}$", word):
                return self.value(word[: found.start()]) + 0.5
        for hundred in self.words.hundred.words:
            if re.search(rf"(?:^| ){hundred}(?: |$)", word):
                times, rest = word.split(hundred, 1)
                for joint in self.words.hundred.joints:
                    rest = rest.replace(f" {joint} ", "")
                more = self.value(rest.strip()) if rest.strip() else 0
                return (self.value(times.strip()) if times.strip() else 1) * 100 + more
        if word in self.words.articles.words:
            return 1.0
        return float(self.cardinals[word]) if word in self.cardinals else float(word)

    def joined(self, word: str) -> str:
        """The words of a number one blank apart; a hyphen lost at a line's end is put back: `seventytwo`."""
        plain = re.sub(r"[ -]+", " ", word).strip()
        return self.glued.get(plain.replace(" ", ""), plain)


@cache
def _grammar(language: str) -> _Grammar:
    known = words(language).read("quantities", QuantityWords)
    months = "|".join(words(language).read("titles", _Months).months.words)
    cardinals = _cardinals(known.numbers)
    ordinals = {_ordinal(word, known.ordinals): number for word, number in cardinals.items()}
    # Longest first, as `_any` sorts them: "twenty" would else be taken out of "twenty-four".
    number, nths = _any(cardinals), _any(ordinals)
    ones = "|".join([word for word, value in known.numbers.units.items() if value < 10] + list(known.hundred.one))
    hundreds, joint = "|".join(known.hundred.words), "|".join(known.hundred.joints)
    first = f"(?:{ones})" + (" +" if known.hundred.one else " +|\\b")
    hundred = rf"(?:(?:{first})(?:{hundreds})(?: +(?:(?:{joint}) +)?(?:{number}))?)"
    amount = rf"(?:\d{{1,4}}(?:\.\d)?|{hundred}|(?:{number})(?:{'|'.join(known.half.words)})?)"
    parts = {
        "amount": amount, "number": number, "nth": nths, "hundred": hundred, "month": months,
        "again": r"(?: *\( *[\w -]{1,24}\))?", "one": known.one.pattern,
    }  # fmt: skip
    every = "|".join(filled(one.pattern, **parts) for one in (known.length, known.nth, known.bare))
    # Line ends eat hyphens: "seventytwo" stands for "seventy-two", and for nothing else.
    glued = {word.replace(" ", ""): word for word in (*cardinals, *ordinals)}
    return _Grammar(
        words=known, cardinals=cardinals, ordinals=ordinals,
        quantity=re.compile(rf"(?<![\w.,/-])(?:{every})(?![\w/-]|{'|'.join(known.fraction.words)})"),
        signal=re.compile(known.signal.pattern), left_out=re.compile(known.left_out.pattern), glued=glued,
    )  # fmt: skip


def _any(numbers: Iterable[str]) -> str:
    return "|".join(sorted((word.replace(" ", "[ -]*") for word in numbers), key=len, reverse=True))


def _cardinals(known: _Numbers) -> dict[str, int]:
    below = {word.replace("-", " "): value for word, value in known.units.items()}
    tens = {word.replace("-", " "): value for word, value in known.tens.items()}
    pairs = product(tens.items(), ((word, value) for word, value in below.items() if value < 10))
    return below | tens | {f"{ten} {one}": high + low for (ten, high), (one, low) in pairs}


def _ordinal(cardinal: str, known: _Ordinals) -> str:
    """`twenty two` → `twenty second`, `forty` → `fortieth`."""
    *front, last = cardinal.split()
    if last in known.odd:
        return " ".join((*front, known.odd[last]))
    lost, gained = next(ending for ending in known.endings if last.endswith(ending[0]))
    return " ".join((*front, last.removesuffix(lost) + gained))


_ENDED = re.compile(r"\s*(?:[.,;)]|$)")
_DAYS = {"hour": Fraction(1, 24), "day": Fraction(1), "month": Fraction(30), "year": Fraction(365)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: where it stands, how many, of what (`hour`, `day`, `month`, `year`, or "" for a count)."""

    start: int
    end: int
    value: float
    unit: str

    def expressed(self, units: tuple[str, ...]) -> tuple[str, str]:
        """Value and unit in one of the units allowed, its own when it is among them; else the nearest one below it,
        a month counted as 30 days and a year as 365 or 12 months.

        >>> Quantity(0, 9, 2, "year").expressed(("day",)), Quantity(0, 9, 1, "year").expressed(("day", "month"))
        (('730', 'day'), ('12', 'month'))
        """
        if not units or self.unit in units or not self.unit:
            return _written(self.value), self.unit
        lower = [unit for unit in units if _DAYS[unit] < _DAYS[self.unit]]
        unit = max(lower, key=_DAYS.__getitem__) if lower else min(units, key=_DAYS.__getitem__)
        if (self.unit, unit) == ("year", "month"):
            return _written(self.value * 12), unit
        # Fractions, so that a third of a day in hours is 8 and not 7.999…; 24 is the finest division there is, a day's
        # hours.
        return _written(float(Fraction(self.value).limit_denominator(24) * _DAYS[self.unit] / _DAYS[unit])), unit


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The lengths of time and the counts in a text of plain words, in order. Weeks are given in days.

    Fractions ("two-thirds"), dates and parts of addresses with points or strokes are none. A number left without its
    unit ("after ten days, or after twenty.") has that of the length before it.
    """
    known = _grammar(language)
    # Most sentences hold no number: this look spares them the long pattern.
    if not known.signal.search(text):
        return ()
    found: list[Quantity] = []
    for match in known.quantity.finditer(text):
        quantity = known.quantity_of(match)
        if (
            not quantity.unit
            and found
            and known.left_out.search(text[: match.start()])
            and _ENDED.match(text, match.end())
        ):
            quantity = replace(quantity, unit=next((one.unit for one in reversed(found) if one.unit), ""))
        found.append(quantity)
    return tuple(found)


def is_place(said: str, language: str) -> bool:
    """Whether a number says a place in a row and no count.

    >>> is_place("third", "en"), is_place("three", "en"), is_place("3e", "fr")
    (True, False, True)
    """
    known = _grammar(language)
    figures = "|".join(known.words.ordinals.figures)
    return known.joined(said) in known.ordinals or re.fullmatch(rf"\d+(?:{figures})", said) is not None


def masked(text: str, found: Iterable[Quantity]) -> str:
    """The text with § over every length of time and ¤ over every count, as long as before."""
    for quantity in found:
        sign = (PERIOD if quantity.unit else COUNT) * (quantity.end - quantity.start)
        text = text[: quantity.start] + sign + text[quantity.end :]
    return text


def _written(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
