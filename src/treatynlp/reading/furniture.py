"""What stands on the pages without being the text: running heads, page numbers, contents lists, footnotes.

Nothing here knows a publisher: heads and feet are found because they repeat near a page's edge, page numbers
because they count with the pages, contents because their lines end in ascending page numbers, footnotes because
they stand in smaller letters under the text and begin with a mark.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pydantic import ConfigDict
from rapidfuzz import fuzz

from treatynlp import roman
from treatynlp.reading.contents_lists import contents_lines
from treatynlp.reading.footnotes import footnotes_of
from treatynlp.reading.furniture_words import FurnitureWords
from treatynlp.roman import PRINTED
from treatynlp.text import Line
from treatynlp.words import WordFile, words

EDGE = 4
"""So many lines from a page's upper and lower edge can be heads or feet."""
REACH = 0.16
"""And they stand within this share of the page's height from the edge."""

LONG, ALIKE = 24, 85.0
"""Heads of so many letters, alike to so many in a hundred, are the same head with letters misread."""

NEIGHBOURS = 4
"""So many pages away a head is looked for again: left and right pages differ, and a table may stand between."""
LEVEL = 9
"""Points by which a head may stand higher or lower from page to page: in scans pages lie askew."""
BOOKLET = 3
"""In a document of no more pages one other page with the same head is enough."""
AT_HOME = 0.2
"""A shape that stands inside pages at more than this share of its places at their edges is the text's own."""
FIGURES = 4
"""A page's number has no more figures."""
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[\w#§]+")
_SPACED = re.compile(r"\b(?:\w ){3,}\w\b")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a document, the text's own and the others, each in reading order."""

    body: tuple[Line, ...]
    furniture: tuple[Line, ...]
    contents: tuple[Line, ...]
    notes: tuple[Line, ...]


def sort_out(pages: Sequence[Sequence[Line]], heights: Sequence[float], language: str) -> Sorted:
    """The text's own lines and the others, from the ordered lines of every page and the pages' heights."""
    edges = _heads_and_feet(pages, heights, language)
    inner = [[line for line in page if id(line) not in edges] for page in pages]
    # Contents without heads, and notes without contents: each is told by what is next to it on the page.
    contents = contents_lines(inner, language)
    inner = [[line for line in page if id(line) not in contents] for page in inner]
    size = body_size(inner)
    notes = {id(line) for page in inner for line in footnotes_of(page, size)}
    every = [line for page in pages for line in page]
    return Sorted(
        tuple(line for page in inner for line in page if id(line) not in notes),
        tuple(line for line in every if id(line) in edges),
        tuple(line for line in every if id(line) in contents),
        tuple(line for line in every if id(line) in notes),
    )


def body_size(pages: Iterable[Iterable[Line]]) -> float:
    """The letter height most of the text is set in, in points to a half."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            # By letters, not by lines: titles and notes are many and short.
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _heads_and_feet(pages: Sequence[Sequence[Line]], heights: Sequence[float], language: str) -> set[int]:
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    shapes = {line.text: _shape(line.text) for lines in edges for line in lines}
    seen: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, lines in enumerate(edges):
        for line in lines:
            seen[shapes[line.text]][number].append(line.box[1])
    inside = _inside(pages, edges, seen)
    headings = _headings(pages, edges, heights, language)
    numbers = _page_numbers(edges, _page_number(language)) - _below_units(pages, language)
    return {
        id(line)
        for number, lines in enumerate(edges)
        for line in lines
        if id(line) in numbers
        or (
            shapes[line.text] not in inside
            and id(line) not in headings
            and any(
                _recurs(places, number, line.box[1], len(pages))
                for places in (seen[shapes[line.text]], _alike(line, edges, number, shapes))
            )
        )
    }


class _Unit(WordFile):
    model_config = ConfigDict(extra="ignore")
    units: tuple[tuple[str, ...] | str, ...] | dict[str, str]


class _Units(WordFile):
    """What of parts.yml names a unit that is numbered."""

    model_config = ConfigDict(extra="ignore")
    article: _Unit
    division: _Unit
    annex: _Unit


def _below_units(pages: Sequence[Sequence[Line]], language: str) -> set[int]:
    """Lines below a unit's word that stands alone: its number ("ARTICLE" | "I"), wherever on the page they stand."""
    pairs = (pair for page in pages for pair in pairwise(page))
    return {id(below) for above, below in pairs if _unit(language).fullmatch(above.text)}


@cache
def _unit(language: str) -> re.Pattern[str]:
    """A unit's name alone on a line."""
    return re.compile(rf"\W{{0,3}}(?:{'|'.join(map(re.escape, _names(language)))})\W{{0,3}}", re.I)


@cache
def _page_number(language: str) -> re.Pattern[str]:
    """A page's number alone: "17", "- 17 -", "Page 3 of 9"."""
    known = words(language).read("furniture", FurnitureWords)
    page, of = "|".join(known.page.words), "|".join(known.of.words)
    return re.compile(rf"^[^\w§]*(?:{page})?[^\w§]*(\d{{1,4}}|{PRINTED})\W*(?:(?:/|{of})\s*\d+)?\W*$", re.I)


@cache
def _numbered(language: str) -> re.Pattern[str]:
    """A unit's name with its number: "PART 2", "Annex 4 – Lamps"."""
    names = "|".join(map(re.escape, _names(language)))
    return re.compile(rf"^\W{{0,3}}(?:{names})\.?\s*\d{{1,4}}\w{{0,2}}(?!\w)", re.I)


def _names(language: str) -> list[str]:
    known = words(language).read("parts", _Units)
    return [
        name for kind in (known.article, known.division, known.annex) for unit in kind.units for name in _each(unit)
    ]


def _each(unit: tuple[str, ...] | str) -> tuple[str, ...]:
    return (unit,) if isinstance(unit, str) else unit


def _headings(
    pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[Line]], heights: Sequence[float], language: str
) -> set[int]:
    """Lines at the head of pages that number a unit and whose words stand nowhere else: the headings of articles or
    parts that each begin a page. A running head that names the article is repeated, or stands over its heading: of
    the same words twice on one page, those nearer to the page's edge."""
    named = [[line for line in lines if _numbered(language).match(line.text)] for lines in edges]
    if not any(named):
        return set()
    times = Counter(_said(line.text) for page in pages for line in page if _numbered(language).match(line.text))
    alone = {id(line) for lines in named for line in lines if times[_said(line.text)] == 1}
    return alone.union(*(_inner(lines, height) for lines, height in zip(named, heights, strict=True)))


def _inner(lines: Sequence[Line], height: float) -> set[int]:
    """Of the lines of one page that say the same, the one that is furthest from the page's edges."""
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        alike[_said(line.text)].append(line)
    twice = (found for found in alike.values() if len(found) > 1)
    return {id(max(found, key=lambda line: min(line.box[1], height - line.box[3]))) for found in twice}


def _said(text: str) -> str:
    match = re.match(r"\W*([^\W\d]+\W*\d+\w*)", text)
    return match[1].lower() if match else text


def _alike(
    line: Line, edges: Sequence[Sequence[Line]], number: int, shapes: Mapping[str, str]
) -> dict[int, list[float]]:
    """Where near pages have almost the same long line at the same height, with a number that counts with the pages:
    a head with letters that OCR has misread. (Without the number it may be wording that returns in every article.)"""
    shape = shapes[line.text]
    if len(shape) < LONG or "#" not in shape:
        return {}
    around = range(max(0, number - NEIGHBOURS), min(len(edges), number + NEIGHBOURS + 1))
    near = [page for page in around if page != number]
    return {
        page: [
            other.box[1]
            for other in edges[page]
            if _counts(line.text, other.text, page - number) and fuzz.ratio(shape, shapes[other.text]) >= ALIKE
        ]
        for page in near
    }


def _counts(one: str, other: str, pages: int) -> bool:
    """Whether a number in the other line is as many more than one in the first as there are pages between them."""
    numbers = {int(digits) for digits in _DIGITS.findall(other) if len(digits) <= FIGURES}
    return any(int(digits) + pages in numbers for digits in _DIGITS.findall(one) if len(digits) <= FIGURES)


def _inside(
    pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[Line]], seen: Mapping[str, Mapping[int, list[float]]]
) -> set[str]:
    """Shapes of lines that stand in the middle of pages too ("Article #"): the text's own, wherever they stand."""
    at_edges = {id(line) for lines in edges for line in lines}
    inner = Counter(
        shape for page in pages for line in page if id(line) not in at_edges and (shape := _shape(line.text)) in seen
    )
    # A chance meeting inside a page does not make a head the text's own; where it is at home, it stands there often.
    return {shape for shape, count in inner.items() if not shape or count > AT_HOME * len(seen[shape])}


def _edges(page: Sequence[Line], height: float) -> list[Line]:
    downwards = sorted(page, key=lambda line: line.box[1])
    upper = [line for line in downwards[:EDGE] if line.box[1] < REACH * height]
    lower = [line for line in downwards[-EDGE:] if line.box[3] > (1 - REACH) * height and line not in upper]
    return upper + lower


def _shape(text: str) -> str:
    """What a head has in common from page to page: its words in whatever order (left and right pages turn it
    round), letter-spacing closed, numbers as #.

    >>> _shape("Gazette | P a g e 17") == _shape("Page 3 Gazette")
    True
    """
    closed = _SPACED.sub(lambda match: match[0].replace(" ", ""), text.lower())
    return "".join(sorted(_WORDS.findall(_DIGITS.sub("#", closed))))


def _recurs(places: dict[int, list[float]], number: int, top: float, pages: int) -> bool:
    """Whether a line of this shape stands at this height on enough pages: on the neighbours, or on the next but
    one (left and right pages differ), at least three times, or on both pages of a document of two."""
    same = [page for page, tops in places.items() if page != number and any(abs(top - one) < LEVEL for one in tops)]
    near = [page for page in same if abs(page - number) <= NEIGHBOURS]
    return len(near) >= 2 or (bool(near) and (pages <= BOOKLET or len(same) >= 2))


def _page_numbers(edges: Sequence[Sequence[Line]], number: re.Pattern[str]) -> set[int]:
    """Lines at the edge that are only a number and count with the pages (the next page says one more)."""
    found: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for page, lines in enumerate(edges):
        for line in lines:
            if (match := number.match(line.text)) and (value := _value(match[1])) is not None:
                # By the difference to the page: a front matter that is counted apart (i, ii, …) is a run of its own.
                found[value - page].append((page, line))
    return {
        # One number that fits its page is chance; of a single page there is no second to ask.
        id(line)
        for run in found.values()
        if len({page for page, _ in run}) >= min(2, len(edges))
        for _, line in run
    }


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    return roman.value(number.lower()) or None
