"""Whether a text in which no article was found has some all the same: it points to them, or its titles count up."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.rows import Row
from treatynlp.structure.numerals import readings
from treatynlp.structure.spacing import APART
from treatynlp.structure.tree import Treaty
from treatynlp.structure.vocabulary import vocabulary

SHORT = 60
"""A title's line has fewer characters than this."""
POINTED = 3
"""So many articles pointed to by number in a text in which none was found show that it has some."""


def audit_nothing(document: Document, treaty: Treaty) -> Iterator[Issue]:
    """No articles, in a text that points to its own, or whose lines count up as headings do."""
    if treaty.articles:
        return
    text = treaty.text.value
    known = vocabulary(treaty.language)
    unit, others = "|".join(known.article.units[0]), known.reference.others
    pointed = set(
        re.findall(rf"\b(?:{unit})s?\.?\s+(\d{{1,3}})\b(?!\s*(?:\(\d+\)\s*)?,?\s*(?:{others})\b)", text, re.I)
    )
    rows, language = document.rows, document.language
    counted = max(_counting(rows, language), _alike(rows, language, _NEAR, heads=True), _alike(rows, language, _FAR))
    if len(pointed) >= POINTED or counted >= POINTED:
        reason = f"{len(pointed)} are pointed to" if len(pointed) >= POINTED else f"{counted} lines count up as titles"
        yield issue("no-articles-found", document.name, reason=reason)


_NEAR = re.compile(r"^(\W*[^\W\d_]{3}.{0,50}?)\s?(\d{1,3}|[IVX]{1,6})\W{0,2}$")
_FAR = re.compile(r"^(\W{0,2}[^\W\d][^\d]{1,30}?)\s(\d{1,3}|[IVXLC]{1,6})\W{0,2}$")
"""Titles that are the same words with a number behind them: of words with figures in them, the number near at hand
("FERRIES ACT 2091 - SECT 5"); and of words without, the number behind a blank and as high as it likes."""


def _alike(rows: Sequence[Row], language: str, titled: re.Pattern[str], heads: bool = False) -> int:
    """How many short lines set apart (or, with `heads`, at the head of a page) differ in nothing but a number that
    counts up from one: units whose word is not known here."""
    counts: Counter[str] = Counter()
    for row in rows:
        match = titled.match(row.text)
        if match and (row.loud or row.centred or row.gap > APART or (heads and row.head)):
            counts[match[1]] += counts[match[1]] + 1 in _values(match[2], language)
    return max(counts.values(), default=0)


def _counting(rows: Sequence[Row], language: str) -> int:
    """How many short lines set apart begin with numbers that count up from one."""
    last = 0
    for row, below in zip_longest(rows, rows[1:]):
        match = re.match(r"^\W{0,2}(\d{1,3}|[IVX]{1,6}(?=[.)]))(?:[.)]?\s+[A-Z]|[.)]$)", row.text)
        alone = match is not None and match.end() == len(row.text)
        # pages of web sites set titles as plain paragraphs: there a sentence right below tells a title from an item
        apart = row.loud or row.centred or (row.gap > APART and below is not None and below.ended)
        titled = apart and len(row.text) < SHORT and (alone or not row.ended)
        if titled and match and last + 1 in _values(match[1], language):
            last += 1
    return last


def _values(number: str, language: str) -> set[int]:
    """What a title's number may count: figures, or Roman ones."""
    return {one.value for one in readings(number, language) if one.family in ("digit", "ROMAN")}
