"""What a number bounds: the least, the most, or a sentence whose shortest or longest is meant.

>>> bound_of("shall be preserved for a period of not less than", "60 days", "")
'at_least'
>>> bound_of("punishable by deprivation of liberty for a maximum period of at least", "one year", "")
'maximum_at_least'
"""

import re
from functools import cache

from treatynlp.coding.quantities import quantities
from treatynlp.words import WordFile, WordList, words

LIMITS = ("at_least", "at_most", "more_than", "less_than")
SENTENCES = ("maximum", "minimum")
BOUNDS = (*LIMITS, *SENTENCES, *(f"{one}_{limit}" for one in SENTENCES for limit in LIMITS))
"""Every bound there is; "maximum_at_least" is said of a sentence whose maximum is the number or more."""
NEAR = 70
"""Characters before a number in which words can bound it: extradition articles put the kind of penalty between "for a
maximum period" and the number (seen in agreements of 1957 and later)."""

BESIDE = 24
"""Characters before a number in which words can limit it: "within the jurisdiction" and "punishable under the laws"
stand farther away, and limit nothing."""

RIGHT_BEHIND = 20
"""Characters behind a number in which words can still limit it ("one year or more")."""


class BoundWords(WordFile):
    """The content of words/<language>/bounds.yml."""

    at_least: WordList
    at_most: WordList
    more_than: WordList
    less_than: WordList
    maximum: WordList
    minimum: WordList
    behind: WordList
    among: WordList
    members: WordList


def bound_of(before: str, number: str, behind: str, language: str = "en") -> str:
    """What the words before, in and behind a number make of it; "" where they make no bound of it.

    `before` and `behind` are words of the same sentence. Of several words the last before the number counts, so that
    "not less than" is not taken for "less than", nor the maximum of a fine for that of a sentence. Words before another
    length of time are that one's ("for a maximum of two years or, once imposed, for at least six months").
    """
    patterns = _patterns(language)
    before = before[max((one.end for one in quantities(before.lower(), language) if one.unit), default=0) :]
    said = " ".join(f"{before[-NEAR:]} {number}".split()).lower()
    beside = " ".join(f"{before[-BESIDE:]} {number}".split()).lower()
    sentence = _last(patterns, SENTENCES, said)
    limit = _last(patterns, LIMITS, beside)
    # "A minimum period of one year or a more severe penalty": a minimum is the least already.
    if not limit and sentence != "minimum":
        limit = _first_behind(patterns, " ".join(behind[:RIGHT_BEHIND].split()).lower())
    return "_".join(part for part in (sentence, limit) if part)


def _last(patterns: dict[str, re.Pattern[str]], names: tuple[str, ...], said: str) -> str:
    """The name whose words stand last; of two that end alike the longer ("not less than" before "less than")."""
    found = [(match.end(), -match.start(), name) for name in names for match in patterns[name].finditer(said)]
    return max(found)[2] if found else ""


def _first_behind(patterns: dict[str, re.Pattern[str]], said: str) -> str:
    found = patterns["behind"].match(said.lstrip(" ,"))
    return next((name for name in ("at_least", "at_most") if found and patterns[name].fullmatch(found[0])), "")


def members_among(behind: str, language: str = "en") -> str:
    """How many of those that a count asks for must be members, by the words of the sentence behind the count; "" where
    nothing is asked of them.

    >>> members_among("States, including at least two member States of the League, have accepted it")
    '2'
    """
    said = " ".join(behind.split()).lower()
    patterns = _patterns(language)
    for named in patterns["among"].finditer(said):
        for one in quantities(said[named.end() : named.end() + NEAR], language):
            rest = said[named.end() + one.end : named.end() + NEAR]
            if not one.unit and patterns["members"].match(rest.lstrip()):
                return one.expressed(())[0]
    return ""


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    lists = words(language).read("bounds", BoundWords)
    named = ((name, getattr(lists, name)) for name in BoundWords.model_fields)
    return {name: re.compile(rf"\b(?:{'|'.join(one.words)})\b") for name, one in named}
