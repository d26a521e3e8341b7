"""Headings whose number stands below their word ("ARTICLE" | "III"), as one row.

Old prints, treaty series and some web pages set the word of the unit and its number on two centred lines. What finds
headings asks one line at a time, so the two are joined before it looks; every character keeps its place in the source.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from treatynlp.reading.rows import Row
from treatynlp.structure.numerals import readings
from treatynlp.structure.spacing import APART
from treatynlp.structure.vocabulary import vocabulary

FEWEST = 2
"""One such pair alone is the head of a table's column ("Article") above its first entry ("1")."""
CLOSE = 2.2
"""The number stands no further below the word than so many lines."""
_NUMBER = re.compile(r"^\W{0,2}(?P<number>[\w.-]{1,12}?(?:\s(?:bis|ter|quater))?)[\s.:)\]–—-]*(?P<rest>$|[A-Z“\"].*)")


def with_numbers(rows: Sequence[Row], language: str) -> tuple[Row, ...]:
    """The rows, each word of a unit that stands alone joined with the number below it."""
    pairs = {at for at in range(len(rows) - 1) if _is_pair(rows[at], rows[at + 1], language)}
    if len(pairs) < FEWEST:
        return tuple(rows)
    return tuple(
        _joined(row, rows[at + 1]) if at in pairs else row for at, row in enumerate(rows) if at - 1 not in pairs
    )


def is_unit(row: Row, language: str) -> bool:
    """Whether a row is a unit's word and nothing else, set apart as a heading is."""
    alone = row.text.strip(" .:[]—–-*_").lower() in _units(language)
    return alone and row.text[:1].isupper() and (row.loud or row.centred or row.gap > APART or row.head)


@cache
def _units(language: str) -> frozenset[str]:
    known = vocabulary(language)
    articles = {unit for units in known.article.units for unit in units if unit.isalpha()}
    return frozenset(articles | {*known.division.units, *known.annex.units})


def _is_pair(row: Row, below: Row, language: str) -> bool:
    if not is_unit(row, language) or row.line.page != below.line.page or not 0 < below.gap < CLOSE:
        return False
    match = _NUMBER.match(below.text)
    apart = below.loud or below.centred or not below.ended
    return match is not None and apart and bool(readings(match["number"], language))


def is_parted(row: Row, below: Row, language: str) -> bool:
    """Whether a unit's word ends a page and its number heads the next: no line stands on two pages, so that the two are
    not joined."""
    match = _NUMBER.match(below.text) if below.head and is_unit(row, language) else None
    return match is not None and (below.loud or below.centred) and bool(readings(match["number"], language))


def _joined(row: Row, below: Row) -> Row:
    at = len(row.line.text) + 1
    moved = tuple((start + at, end + at, index) for start, end, index in below.line.stretches)
    (left, top, right, bottom), other = row.line.box, below.line.box
    line = replace(
        row.line,
        text=f"{row.line.text} {below.line.text}",
        box=(min(left, other[0]), top, max(right, other[2]), max(bottom, other[3])),
        runs=row.line.stretches + moved,
    )
    return replace(row, line=line)
