"""Lists of contents: their lines end in ascending page numbers, mostly behind leaders of dots.

Each page is judged by itself, as a list may go on over pages without its heading.
"""

import re
from collections.abc import Sequence
from functools import cache

from treatynlp.reading.furniture_words import FurnitureWords
from treatynlp.text import Line
from treatynlp.words import words

_LEADER = re.compile(r"(?:\.\s?|…\s?|_){4,}\s*(?:\d{1,4}|[ivxlc]{1,7})?\s*$")
_LEADER_ONLY = re.compile(r"^\W*(?:\.\s?|…\s?){4,}")
_ENDS_IN_NUMBER = re.compile(r"\S\s+(\d{1,4})$")
FEWEST = 3
"""So many lines with leaders are a list; two may be a form with places to fill in."""
HEADED = 0.3
"""Where only numbers at their ends show them, entries are at least this share of the lines of a headed page."""
FEWEST_UNHEADED, UNHEADED = 8, 0.5
"""And so many, and this share, of one without: sentences that end in a number ("of Article 12") stand apart."""
DIFFERENT = 4
"""Numbers that must differ: lines of a form may all end in one ("of 2")."""
LOWEST = 50
"""The numbers of a short document may go up to this: it may be a part of a gazette."""
BEYOND = 2
"""A booklet's numbers may go beyond its pages (bound with others); more than so many times, they are no pages."""


def contents_lines(pages: Sequence[Sequence[Line]], language: str) -> set[int]:
    """The lines (by identity) of the lists of contents: from their heading or first entry to the last, page by page."""
    title = _contents_title(language)
    return {id(line) for page in pages for line in _contents_of(page, len(pages), title)}


@cache
def _contents_title(language: str) -> re.Pattern[str]:
    """What heads a list of contents."""
    known = words(language).read("furniture", FurnitureWords)
    return re.compile(rf"^\W*(?:{'|'.join(known.contents.words)})\W*(?:{'|'.join(known.page.words)})?\W*$", re.I)


def _contents_of(page: Sequence[Line], last: int, titles: re.Pattern[str]) -> Sequence[Line]:
    entries = [at for at, line in enumerate(page) if _LEADER.search(line.text) or _LEADER_ONLY.match(line.text)]
    title = next((at for at, line in enumerate(page) if titles.match(line.text)), None)
    # Leaders of dots are nearly certain; numbers at the end of lines are not, and need a heading or company.
    if len(entries) < FEWEST:
        entries = _ascending(page, last)
        if title is None or len(entries) < FEWEST or len(entries) < HEADED * len(page):
            entries = entries if len(entries) >= FEWEST_UNHEADED and len(entries) > UNHEADED * len(page) else []
    if len(entries) < 2 and title is None:
        return ()
    start = min([*entries[:1], *([title] if title is not None else [])])
    return page[start : entries[-1] + 1] if entries else ()


def _ascending(page: Sequence[Line], last: int) -> list[int]:
    """Lines that end in page numbers which never go down, and do go up."""
    found: dict[int, int] = {}
    highest = 0
    for at, line in enumerate(page):
        match = _ENDS_IN_NUMBER.search(line.text)
        if match and highest <= int(match[1]) <= max(last * BEYOND, LOWEST):
            highest = int(match[1])
            found[at] = highest
    return list(found) if len(set(found.values())) >= min(DIFFERENT, len(found)) else []
