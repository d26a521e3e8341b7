"""The words by which instruments are named in running text, as compiled patterns."""

import re
from dataclasses import dataclass
from functools import cache

from treatynlp.structure.reference_words import one_of, referring_words, unit_words
from treatynlp.words import Template, WordFile, filled
from treatynlp.words import words as words_of

CODE = r"\d{2,4}/\d{1,4}(?:/[A-Z]{2,8})?(?![\w/])"
"""The number of an act, as part of a pattern ("1999/1/XY")."""


class InstrumentWords(WordFile):
    """The content of instruments.yml: patterns in which {noun} stands for what instruments call themselves, {of} for
    the words between a provision and its instrument, {unit} for the words of provisions, {code} for an act's number."""

    link: Template
    numbered: Template
    series: Template
    called: Template
    cut: Template
    capital: Template
    article: Template
    own: Template
    itself: Template
    named: Template
    general: Template
    acronym: Template
    quoted: Template
    thereof: Template
    lead: Template
    parent: Template


@dataclass(frozen=True, slots=True)
class InstrumentPatterns:
    """The patterns of instruments.yml, compiled."""

    noun: str
    numbered: str
    series: str
    called: re.Pattern[str]
    cut: re.Pattern[str]
    capital: re.Pattern[str]
    article: re.Pattern[str]
    own: re.Pattern[str]
    itself: re.Pattern[str]
    named: re.Pattern[str]
    general: re.Pattern[str]
    acronym: re.Pattern[str]
    quoted: re.Pattern[str]
    thereof: re.Pattern[str]
    lead: re.Pattern[str]
    parent: re.Pattern[str]


@cache
def instrument_patterns(language: str) -> InstrumentPatterns:
    """The patterns by which a language names instruments and says whose a provision is."""
    known = words_of(language).read("instruments", InstrumentWords)
    noun = one_of(referring_words(language).instruments)
    parts = {
        "noun": noun,
        "unit": unit_words(language),
        "earlier": one_of(referring_words(language).earlier),
        "code": f"(?P<code>{CODE})",
    }
    parts["of"] = filled(known.link.pattern, **parts)

    def compiled(template: Template, flags: int = 0) -> re.Pattern[str]:
        return re.compile(filled(template.pattern, **parts), flags)

    any_case = {"own", "itself", "named"}
    rest = {
        name: compiled(getattr(known, name), re.I if name in any_case else re.S if name == "cut" else 0)
        for name in InstrumentWords.model_fields
        if name not in ("link", "numbered", "series")
    }
    return InstrumentPatterns(noun, filled(known.numbered.pattern, **parts), known.series.pattern, **rest)
