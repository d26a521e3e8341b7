"""The recitals of a preamble that numbers none of them: where each begins, and where what was agreed does.

>>> words = "The Parties, Considering the tide; Aware of the moon, Have agreed as follows:"
>>> [words[span.start : span.end] for span in recitals(words, Span(0, len(words)))]
['Considering the tide; ', 'Aware of the moon, ']
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from treatynlp.text import Span
from treatynlp.words import WordFile, WordList, words


class RecitalWords(WordFile):
    """The file recitals.yml of a language."""

    begins: WordList
    names: WordList
    agreed: WordList


def recitals(text: str, within: Span, language: str = "en") -> tuple[Span, ...]:
    """The recitals in a range of a text, one behind the other; none where nothing begins like one."""
    begin, agreed = _patterns(language)
    starts = [one.start() for one in begin.finditer(text, within.start, within.end)]
    if not starts:
        return ()
    # Behind the last recital only: "have agreed" also stands in recitals on earlier conventions.
    end = agreed.search(text, starts[-1], within.end)
    stop = end.start() if end else within.end
    return tuple(Span(first, second) for first, second in pairwise([*starts, stop]) if first < second)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = words(language).read("recitals", RecitalWords)
    begins, names = _one_of(said.begins.words), _one_of(said.names.words)
    # Behind a comma too, as most preambles part their recitals; a name that begins with such a word is none.
    begin = rf"(?:(?<=[;,:.])|(?<=[;,:.]\s)|(?<=\n))(?:{begins})\b(?! (?:{names}))"
    return re.compile(begin), re.compile(rf"\b(?:{_one_of(said.agreed.words)})\b", re.IGNORECASE)


def _one_of(given: Sequence[str]) -> str:
    return "|".join(given)
