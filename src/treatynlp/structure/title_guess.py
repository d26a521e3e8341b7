"""What an instrument calls itself: title, kind and date as they stand on its first pages.

They are guesses for a person to look at: nothing is split, coded or compared by them.

>>> dated("Done at Port Meridian, on 3 April 2391", "en"), dated("Port Meridian, 3.IV.2391", "en")
('2391-04-03', '2391-04-03')
>>> kind_of("Additional Protocol to the Convention on Lamps", "en")
'protocol'
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from treatynlp import roman
from treatynlp.reading.document import Document
from treatynlp.structure.tree import Treaty
from treatynlp.text import Line
from treatynlp.words import Reasoned, WordFile, WordList, words

FIRST_LINES = 60
"""Lines of a document among which its title and date are looked for."""
LONGEST = 8
"""A title has no more lines than this."""
LINES_BEHIND = 4
"""Lines behind a title among which the place and date of signature stand."""
END = 1500
"""Characters at the end of the operative text in which it says when it was done."""
SAME_SIZE = 0.6
"""Points by which the letters of one title may differ in size. Set by eye."""
BINDING = frozenset({"treaty", "protocol", "directive", "regulation", "framework_decision"})
"""Kinds that oblige States by themselves."""
_FIGURES = r"\b(?P<d>\d{1,2})\.\s?(?P<m>[IVX]+|\d{1,2})\.\s?(?P<y>\d{4})\b"


class _Kinds(Reasoned):
    words: dict[str, tuple[str, ...]]


class _Dates(Reasoned):
    patterns: tuple[str, ...]


class Naming(WordFile):
    """The content of titles.yml."""

    kinds: _Kinds
    small: WordList
    months: WordList
    dates: _Dates


@dataclass(frozen=True, slots=True)
class TitleGuess:
    """What was guessed; "" where nothing was found. `binding` goes by the kind alone."""

    title: str = ""
    kind: str = ""
    date: str = ""

    @property
    def binding(self) -> bool:
        return self.kind in BINDING


def naming(language: str) -> Naming:
    """The words of a language for titles and dates."""
    return words(language).read("titles", Naming)


def guess_title(document: Document, treaty: Treaty) -> TitleGuess:
    """What the document says it is: a title that names a kind of instrument, and the date nearest to it."""
    lines, language = document.lines[:FIRST_LINES], document.language
    runs = [run for run in _runs(lines, language) if kind_of(_joined(run), language) and len(run) <= LONGEST]
    title = _joined(runs[0]) if runs else ""
    after = lines.index(runs[0][-1]) + 1 if runs else 0
    near = " ".join(line.text for line in lines[after : after + LINES_BEHIND])
    # The title's own date first, then one below it: final clauses, asked last, speak of days of deposit and of force as
    # well.
    date = next(filter(None, (dated(said, language) for said in (title, near, _last_words(treaty)))), "")
    return TitleGuess(capitalised(title, language), kind_of(title, language), date)


def _runs(lines: Sequence[Line], language: str) -> list[list[Line]]:
    """Lines one after the other that look alike: of one size, weight and case, on one page."""
    runs: list[list[Line]] = [[line] for line in lines[:1]]
    for before, line in pairwise(lines):
        if _alike(before, line) and not dated(line.text, language):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _alike(one: Line, other: Line) -> bool:
    same = one.page == other.page and one.bold == other.bold and one.text.isupper() == other.text.isupper()
    return same and abs(one.size - other.size) < SAME_SIZE


def _joined(run: Sequence[Line]) -> str:
    return " ".join(" ".join(line.text for line in run).replace("\xad ", "").split())


def _last_words(treaty: Treaty) -> str:
    """The end of the operative text, where an instrument says when it was done."""
    tops = [top for top in treaty.provisions if top.kind not in ("annex", "note", "signature")]
    return treaty.words(tops[-1].span)[-END:] if tops else ""


def kind_of(title: str, language: str) -> str:
    """The kind of instrument a title names; "" where it names none."""
    folded = title.casefold()
    found = (
        (match.start(), kind)
        for kind, names in naming(language).kinds.words.items()
        for name in names
        if (match := re.search(rf"\b{name}\b", folded))
    )
    return min(found, default=(0, ""), key=lambda one: one[0])[1]


def capitalised(title: str, language: str) -> str:
    """A title printed in capitals as one writes it in a sentence; any other as it is.

    >>> capitalised("CONVENTION ON THE LAMPS OF ATLANTIS", "en")
    'Convention on the Lamps of Atlantis'
    """
    if not title.isupper():
        return title
    spelled = title.lower().split()
    small = naming(language).small.words
    return " ".join(word if n and word in small else word.capitalize() for n, word in enumerate(spelled))


def dated(said: str, language: str) -> str:
    """The first date in what is said, as exact as it stands there; "" where there is none."""
    return next(_dates(said, language), "")


def dates_in(said: str, language: str) -> frozenset[str]:
    """Every date in what is said, each as exact as it stands there."""
    return frozenset(_dates(said, language))


def _dates(said: str, language: str) -> Iterator[str]:
    known = naming(language)
    months = f"(?P<m>{'|'.join(known.months.words)})"
    for pattern in (*(one.replace("{month}", months) for one in known.dates.patterns), _FIGURES):
        for match in re.finditer(pattern, said, re.I):
            found = match.groupdict()
            month, day = _month(found["m"], known.months.words), int(found.get("d", "1"))
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield f"{found['y']}-{month:02}" + (f"-{day:02}" if "d" in found else "")


def _month(word: str, names: Sequence[str]) -> int:
    if word.isdigit():
        return int(word)
    return next((at for at, name in enumerate(names, 1) if re.fullmatch(name, word, re.I)), 0) or roman.value(
        word.lower()
    )
