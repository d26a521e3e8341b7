"""What one language version of an instrument counts and points to, provision by provision.

Words cannot be compared across languages; numbers, periods, dates, references and defined terms can. What is left
unread beside them is kept, so that a comparison can tell "has it not" from "was not read".
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from treatynlp.coding.quantities import is_place, quantities
from treatynlp.coding.sentences import normalise
from treatynlp.structure.title_guess import dates_in
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Span

Kind = Literal["provision", "period", "number", "date", "reference", "term"]
Facts = Mapping[Kind, Counter[str]]
_UNNUMBERED = ("alinea", "indent")
"""Parts that are set otherwise from language to language; what they hold counts for what they stand in."""
# "10 000 000" and "10,000,000", "0.5" and "0,5": one number that each language prints in its own way.
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,]\d{3})+(?![\d.,]\d|\d)")
_DECIMAL = re.compile(r"(?<![\w.,/])\d+[.,]\d{1,2}(?![\d/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version's numbered provisions: what is `counted` at each address, and its own words, with blanks where a
    reference or a defined term was read (`unread`)."""

    treaty: Treaty
    counted: Mapping[str, Facts]
    unread: Mapping[str, str]


def version_facts(treaty: Treaty) -> VersionFacts:
    """What is counted of each numbered provision, its unnumbered parts with it."""
    every: dict[str, dict[Kind, Counter[str]]] = {
        one.eid: {kind: Counter() for kind in ("period", "number", "date", "reference", "term")}
        for one in numbered(treaty)
    }
    plain = normalise(treaty.text.value)
    masked = _blanked(plain, [one.span for one in treaty.references])
    unread = _blanked(masked, [one.term_span for one in treaty.definitions])
    left: dict[str, str] = dict.fromkeys(every, "")
    for article in treaty.articles:
        for one in article.walk():
            holder = holding(one.eid, every)
            for begin, end in _own_words(one):
                left[holder] += f" {unread[begin:end]}"
                every[holder]["date"].update(_dates(plain[begin:end], treaty.language))
                for kind, said in _numbers(masked[begin:end], treaty.language):
                    every[holder][kind][said] += 1
    for reference in treaty.references:
        if holder := holding(reference.eid, every):
            target = f"{reference.instrument} {_stepped(reference.target)}".strip()
            every[holder]["reference"][target] += 1
    for term in treaty.definitions:
        if holder := holding(term.eid, every):
            every[holder]["term"]["a defined term"] += 1
    return VersionFacts(treaty, dict(every), left)


def numbered(treaty: Treaty) -> list[Provision]:
    """The articles and their numbered parts, in reading order."""
    inside = (one for article in treaty.articles for one in article.walk())
    return [one for one in inside if one.kind not in _UNNUMBERED]


def holding(eid: str, every: Mapping[str, object]) -> str:
    """The numbered provision an address is in; "" where it is in none of an article.

    >>> holding("art_2__para_1__alinea_2", {"art_2": 0, "art_2__para_1": 0})
    'art_2__para_1'
    """
    while eid and eid not in every:
        eid = eid.rpartition("__")[0]
    return eid


def _stepped(eid: str) -> str:
    """An address without its unnumbered parts."""
    return "__".join(step for step in eid.split("__") if step.partition("_")[0] not in _UNNUMBERED)


def _blanked(text: str, spans: list[Span]) -> str:
    signs = list(text)
    for span in spans:
        signs[span.start : span.end] = " " * span.length
    return "".join(signs)


def _own_words(provision: Provision) -> Iterator[tuple[int, int]]:
    """The stretches of a provision that are in none of its parts, without its number."""
    start = provision.body.start + (len(provision.number) if provision.kind != "article" else 0)
    starts = [start, *(child.span.end for child in provision.children)]
    ends = [*(child.span.start for child in provision.children), provision.body.end]
    yield from zip(starts, ends, strict=True)


def _dates(words: str, language: str) -> Iterator[str]:
    """Dates, each once and as exact as it stands there: a day's month is none of its own."""
    found = dates_in(words, language)
    yield from (one for one in found if not any(other.startswith(f"{one}-") for other in found))


def _numbers(words: str, language: str) -> Iterator[tuple[Kind, str]]:
    """Periods and numbers. Left out: one, which is an article in some languages, and places in a row ("third")."""
    for printed, mark in ((_THOUSANDS, ""), (_DECIMAL, ".")):
        for figure in printed.finditer(words):
            yield "number", re.sub(r"[ .,]", mark, figure[0])
        words = printed.sub(lambda figure: " " * len(figure[0]), words)
    for one in quantities(words, language):
        if one.unit or (one.value > 1 and not is_place(words[one.start : one.end], language)):
            yield ("period" if one.unit else "number"), f"{one.value:g} {one.unit}".strip()
