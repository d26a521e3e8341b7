"""Lengths of time and counts as treaties write them: "two years", "thirty (30) days", "the ninetieth day", "fifth".

Patterns need not know the ways to write a number: `masked` overwrites every quantity with as many signs of its kind,
so that a pattern says {period} or {count} and the places of all other words stay the same.

>>> found = quantities("within a period of sixty (60) days after the fifth instrument")
>>> [(q.value, q.unit) for q in found]
[(60.0, 'day'), (5.0, '')]
>>> masked("not less than two years", quantities("not less than two years"))
'not less than §§§§§§§§§'
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

PERIOD, COUNT = "§", "¤"

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ODD = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_ODD["twelve"] = "twelfth"


def _cardinals() -> dict[str, int]:
    below = {word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)}
    tens = {word: number * 10 for number, word in enumerate(_TENS, start=2)}
    pairs = product(tens.items(), list(below.items())[:9])
    return below | tens | {f"{ten} {one}": high + low for (ten, high), (one, low) in pairs}


def _ordinal(cardinal: str) -> str:
    """`twenty two` → `twenty second`, `forty` → `fortieth`."""
    *front, last = cardinal.split()
    if last in _ODD:
        return " ".join((*front, _ODD[last]))
    return " ".join((*front, last[:-1] + "ieth" if last.endswith("y") else last + "th"))


_CARDINALS = _cardinals()
_ORDINALS = {_ordinal(word): number for word, number in _CARDINALS.items()}
_WORDS = "|".join(sorted((word.replace(" ", "[ -]*") for word in _CARDINALS), key=len, reverse=True))
_NTHS = "|".join(sorted((word.replace(" ", "[ -]*") for word in _ORDINALS), key=len, reverse=True))
_HUNDRED = rf"(?:(?:{'|'.join(_ONES)}|a) +hundred(?: +(?:and +)?(?:{_WORDS}))?)"
_AMOUNT = rf"(?:\d{{1,4}}(?:\.\d)?|{_HUNDRED}|(?:{_WORDS})(?:-and-a-half| and a half)?)"
_AGAIN = r"(?: *\( *[\w -]{1,24}\))?"
_BETWEEN = (
    r"(?:(?:full|whole|calendar|working|business|consecutive|clear|complete|further|additional|more|other) +){0,2}"
)
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year)s?"
_ONE = (
    "|".join(rf"(?<={word} )an?" for word in ("within", "after", "least", "than", "of"))
    + r"|(?<=by )an?(?= (?:further|month|week|year))"
)
_LENGTH = rf"(?P<amount>(?:{_AMOUNT})|{_ONE}){_AGAIN}[ -]+{_BETWEEN}{_UNIT}"
_DAY_OF = r"(?! day of (?:the|each|every|a|that) )"
_NTH = rf"(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|{_NTHS}){_AGAIN}{_DAY_OF}(?: (?:calendar +)?(?P<until>day|month|year))?"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_BARE = rf"(?P<bare>\d{{1,3}}(?!\.?\d)|{_HUNDRED}|(?:{_WORDS})){_AGAIN}(?! +(?:{_MONTHS})\b)"
_QUANTITY = re.compile(rf"(?<![\w.,/-])(?:{_LENGTH}|{_NTH}|{_BARE})(?![\w/-]|[ -](?:third|quarter|half|fifth)s?\b)")
_SIGNS = (*_ONES, *_TEENS, *_TENS, "hundred", "first", "second", "third", "fifth", "twelfth", "tieth")
_SIGNAL = re.compile(rf"\d|{'|'.join(_SIGNS)}|an? +(?:hour|day|week|fortnight|month|year)")
_ELLIPSIS = re.compile(r"\b(?:after|within|than|exceed|beyond|for|at least)(?: +a period of)? +$")
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
        return _written(float(Fraction(self.value).limit_denominator(24) * _DAYS[self.unit] / _DAYS[unit])), unit


def quantities(text: str) -> tuple[Quantity, ...]:
    """The lengths of time and the counts in a text of plain words, in order. Weeks are given in days.

    Fractions ("two-thirds"), dates and parts of addresses with points or strokes are none. A number left without its
    unit ("after ten days, or after twenty.") has that of the length before it.
    """
    if not _SIGNAL.search(text):
        return ()
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(match)
        if not quantity.unit and found and _ELLIPSIS.search(text[: match.start()]) and _ENDED.match(text, match.end()):
            quantity = replace(quantity, unit=next((one.unit for one in reversed(found) if one.unit), ""))
        found.append(quantity)
    return tuple(found)


def masked(text: str, found: Iterable[Quantity]) -> str:
    """The text with § over every length of time and ¤ over every count, as long as before."""
    for quantity in found:
        sign = (PERIOD if quantity.unit else COUNT) * (quantity.end - quantity.start)
        text = text[: quantity.start] + sign + text[quantity.end :]
    return text


def _quantity(match: re.Match[str]) -> Quantity:
    unit = match["unit"] or match["until"] or ""
    value = _ordinal_value(match["nth"]) if match["nth"] else _value(match["amount"] or match["bare"])
    if unit in ("week", "fortnight"):
        value, unit = value * (7 if unit == "week" else 14), "day"
    return Quantity(match.start(), match.end(), value, unit)


def _ordinal_value(word: str) -> float:
    return float(_ORDINALS.get(_joined(word)) or re.sub(r"\D", "", word))


def _value(word: str) -> float:
    word = _joined(word)
    if word.endswith(" and a half"):
        return _value(word.removesuffix(" and a half")) + 0.5
    if " hundred" in word:
        times, rest = word.split(" hundred", 1)
        return _value(times) * 100 + (_value(rest.replace(" and ", "").strip()) if rest.strip() else 0)
    if word in ("a", "an"):
        return 1.0
    return float(_CARDINALS[word]) if word in _CARDINALS else float(word)


_TEN_ONE = re.compile(rf"^({'|'.join(_TENS)})[ -]*(?=[a-z])")


def _joined(word: str) -> str:
    """The words of a number one blank apart; a hyphen lost at a line's end is put back: `seventytwo`."""
    return re.sub(r"[ -]+", " ", _TEN_ONE.sub(r"\1 ", word)).strip()


def _written(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
