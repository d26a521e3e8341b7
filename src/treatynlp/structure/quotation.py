"""What an amending instrument quotes: the words of another instrument, which are no provisions of its own.

Quoted articles and paragraphs belong to the article that quotes them and are marked. They are known by their marks,
opened on a line of their own behind a colon and closed at a line's end; where they are printed without marks, by the
words that introduce them ("shall be replaced by the following:") and by standing further in, or beginning with a
heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatynlp.reading.rows import Row
from treatynlp.structure.vocabulary import any_of, article_patterns

_MARKS = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'"}
"""Marks that open a quotation, and those that close it."""
_COUNTED = frozenset("“„«")
"""Marks that are nothing else; the others are apostrophes too, or open and close alike."""
TERM = 90
"""A quoted term that is defined has no more characters than this ("“hive” means …")."""
ABOVE = 3
"""So many rows above a quotation are looked through for the words that introduce it."""
FURTHER_IN = 4.0
"""Points by which a quotation without marks stands further in than the words that introduce it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The rows [first, stop) that quote; `marked` where the first begins with a quotation mark."""

    first: int
    stop: int
    marked: bool

    def opened(self, rows: Sequence[Row]) -> list[int]:
        """Its rows that begin with its mark: the first, and with some printers every paragraph."""
        mark = rows[self.first].text[:1]
        return [at for at in range(self.first, self.stop) if rows[at].text[:1] == mark]


def quotations(rows: Sequence[Row], reach: tuple[int, int], language: str) -> list[Quotation]:
    """The quotations among the rows [first, stop) of `reach`, in order."""
    found: list[Quotation] = []
    at, stop = reach[0] + 1, reach[1]
    while at < stop:
        quoted = _marked(rows, at, stop) or _unmarked(rows, at, stop, language)
        if quoted:
            found.append(quoted)
        at = quoted.stop if quoted else at + 1
    return found


def _marked(rows: Sequence[Row], at: int, stop: int) -> Quotation | None:
    mark = rows[at].text[:1]
    # Behind a colon only: within a sentence such marks stand around a term or a title.
    if mark not in _MARKS or not rows[at - 1].text.endswith(":") or _is_term(rows[at].text):
        return None
    last = next((one for one in _closed(rows, at, stop) if _closes(rows[one].text, mark)), None)
    return Quotation(at, last + 1, True) if last is not None else None


def _is_term(text: str) -> bool:
    """Whether the mark opens a term only: it is closed within the line, and words follow."""
    close = _MARKS[text[0]]
    return bool(re.match(rf"^.[^{close}]{{1,{TERM}}}[{close}]\s*[(\w]", text))


def _closed(rows: Sequence[Row], at: int, stop: int) -> Iterator[int]:
    """The rows at whose end as many marks are closed as are open; a mark that a paragraph begins with while another
    is open only says that the quotation goes on."""
    mark, depth = rows[at].text[0], 1
    for row in range(at, stop):
        text = rows[row].text[1:] if rows[row].text[:1] == mark else rows[row].text
        if mark in _COUNTED:
            depth += text.count(mark) - sum(text.count(one) for one in _MARKS[mark])
        # Marks that are apostrophes, too, cannot be counted: of these every line's end is asked.
        if mark not in _COUNTED or depth <= 0:
            yield row


def _closes(text: str, mark: str) -> bool:
    return bool(re.search(rf"[{_MARKS[mark]}]\s*[.;,]*\s*$", text[1:]))


def is_introduced(rows: Sequence[Row], at: int, language: str) -> bool:
    """Whether the words above a row introduce what is put into another instrument ("… shall read as follows:")."""
    if not at or not rows[at - 1].text.endswith(":"):
        return False
    # In narrow columns the words that introduce it run over several lines.
    said = " ".join(row.text for row in rows[max(0, at - ABOVE) : at])
    return any_of("amending", language).search(said) is not None


def introduced_rows(rows: Sequence[Row], language: str) -> frozenset[int]:
    """The rows inside quotations between marks that amending words introduce, wherever in the text they stand."""
    found: set[int] = set()
    at = 1
    while at < len(rows):
        quoted = _marked(rows, at, len(rows)) if is_introduced(rows, at, language) else None
        found |= set(range(quoted.first, quoted.stop)) if quoted else set()
        at = quoted.stop if quoted else at + 1
    return frozenset(found)


def _unmarked(rows: Sequence[Row], at: int, stop: int, language: str) -> Quotation | None:
    above = rows[at - 1]
    if not is_introduced(rows, at, language):
        return None
    # A whole article that is quoted has its own heading; anything else must stand further in, or nothing would say
    # where it ends.
    if rows[at].loud and article_patterns(language)[0].match(rows[at].text):
        return Quotation(at, stop, False)
    if rows[at].centred or rows[at].indent <= above.indent + FURTHER_IN:
        return None
    last = next((one for one in range(at, stop) if rows[one].indent <= above.indent + FURTHER_IN), stop)
    return Quotation(at, last, False)
