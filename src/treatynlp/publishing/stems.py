"""Words as they are searched: without case and accents, joined with their other forms.

>>> stem("criminalize") == stem("criminalising"), stem("CERT") == stem("certain"), fold("Résolus")
(True, False, 'resolus')
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
_ISE = re.compile(r"(?<=[a-z]{3})i[sz](e[srd]?|ing|ation|ations)$")


def fold(text: str) -> str:
    """The text in small letters without accents, as long as it was."""
    return "".join(map(_folded, text))


@cache
def _folded(char: str) -> str:
    # The first sign only, so that a text is as long folded as it was: places found in the one hold in the other.
    return (unicodedata.normalize("NFD", char.lower()) or char)[0]


def tokens(text: str) -> list[str]:
    """The folded words of a text."""
    return WORD.findall(fold(text))


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """What a word has in common with its other forms; -ise and -ize, -isation and -ization are one (English)."""
    # Treaties write both: -ise in London and Strasbourg, -ize in New York.
    return str(_stemmer().stemWord(_ISE.sub(r"is\1", fold(word))))


def stems_of(texts: Iterable[str]) -> dict[str, str]:
    """The stem of every word of some texts."""
    return {word: stem(word) for word in sorted({word for text in texts for word in tokens(text)})}
