"""Words as they are searched: without case and accents, joined with their other forms.

>>> stem("criminalize") == stem("criminalising"), stem("CERT") == stem("certain"), fold("Résolus")
(True, False, 'resolus')
>>> stem("co-operate") == stem("cooperation"), stem("offense") == stem("offences"), tokens("Co-operate, re-enter")
(True, True, ['co-operate', 're', 'enter'])
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import snowballstemmer

from treatynlp.packaged_yaml import load_yaml

# "co-operation" and "co-ordination" are words that others write without the stroke; no other prefix is joined, since
# "non-", "re-" and "cross-" stand before words that are searched by themselves.
WORD = re.compile(r"(?:co[-\u2010\u2011](?=o))?[^\W_]+")
_STROKE = re.compile(r"[-\u2010\u2011]")
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
    """What a word has in common with its other forms; -ise and -ize, -isation and -ization are one (English), and so
    are the words of a row of same_words.yml."""
    own = _own_stem(word)
    return _same_words().get(own, own)


@cache
def _own_stem(word: str) -> str:
    # Treaties write both: -ise in London and Strasbourg, -ize in New York.
    return str(_stemmer().stemWord(_ISE.sub(r"is\1", _STROKE.sub("", fold(word)))))


@cache
def _same_words() -> dict[str, str]:
    """Stem → the stem of the first word of its row in same_words.yml."""
    return {_own_stem(word): _own_stem(row["words"][0]) for row in _rows() for word in row["words"]}


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load_yaml((files("treatynlp.publishing") / "same_words.yml").read_bytes())
    return rows


def stems_of(texts: Iterable[str]) -> dict[str, str]:
    """The stem of every word of some texts; with the words that are searched as one of them."""
    found = {word: stem(word) for word in sorted({word for text in texts for word in tokens(text)})}
    # Whoever types a name that no text has must find the others: a browser has only this list to know it by.
    used = set(found.values())
    names = (form for row in _rows() for word in row["words"] for form in (word, f"{word}s"))
    also = {name: stem(name) for name in names if stem(name) in used}
    return dict(sorted((also | found).items()))
