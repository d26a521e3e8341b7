"""Roman numerals in small letters, as instruments number their parts, points and pages.

>>> value("xlix"), to_roman(49)
(49, 'xlix')
"""

from itertools import pairwise

_TENS = r"(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})"
LISTED = rf"c{{0,3}}{_TENS}"
"""A pattern of the numbers of lists, to 399: there a d or an m is a letter. It also matches nothing at all."""
MOST = 399
"""The last number that lists have numerals for here."""
PRINTED = rf"m{{0,3}}(?:c[md]|d?c{{0,3}}){_TENS}"
"""A pattern of the numbers of pages, to 3999. It also matches nothing at all."""
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_STEPS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(letters: str) -> int:
    """The number that the letters of a numeral stand for."""
    values = [_VALUES[letter] for letter in letters] + [0]
    return sum(-one if one < after else one for one, after in pairwise(values))


def to_roman(number: int) -> str:
    """The numeral in small letters, as addresses and headings are compared in; numbers from 1 to 399.

    >>> to_roman(4), to_roman(99)
    ('iv', 'xcix')
    """
    letters = ""
    for worth, sign in _STEPS:
        times, number = divmod(number, worth)
        letters += sign * times
    return letters
