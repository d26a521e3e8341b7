"""Titles in the margin, on the level of the number they belong to (acts of the Westminster kind, old treaties).

A title that stands beside a bare number is all that tells a provision from a paragraph: it is put above the line it
stands beside, as other prints have it. Beside an article's own word it is a note, and is set aside as notes are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

from treatynlp.reading.layout import together
from treatynlp.reading.parted import COUNTED, SAME
from treatynlp.reading.pdf import Page
from treatynlp.text import Line

NARROW = 0.25
"""A title in the margin is no wider than this share of the page."""
APART = 4.0
"""Points between it and the text."""
FREE = 0.2
"""No more than this share of a page's lines reach into the margin beside being titles: heads, and what is centred."""
STEP = 1.7
"""The lines of one title follow one another within so many times the height of their letters."""
LEAST, COUNTING = 3, 0.8
"""At least so many titles stand beside numbers, of which this share count on by one, and of the numbers this share
have one: else they are notes on a few provisions, or cells of a table."""
ABOVE = 0.55
"""By so much of its letters' height a title is put above its line: more than what makes lines stand on one level."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A title's lines, the line that they stand beside, and that one's number; `bare` where no word stands before the
    number."""

    title: tuple[Line, ...]
    text: Line
    number: int
    bare: bool


def with_margin_titles(pages: Sequence[Page]) -> tuple[list[Page], tuple[Line, ...]]:
    """The pages with the titles of their margins above what they head, and the lines of those that head an article."""
    found = [list(_beside(page)) for page in pages]
    every = [one for beside in found for one in beside]
    counted = sum(_number(line) is not None for page in pages for line in page.lines)
    steps = [below.number - above.number for above, below in pairwise(every)]
    if len(every) < LEAST or steps.count(1) < COUNTING * len(steps) or len(every) < COUNTING * counted:
        return list(pages), ()
    aside = tuple(line for one in every if not one.bare for line in one.title)
    return [_set_above(page, beside) for page, beside in zip(pages, found, strict=True)], aside


def _number(line: Line) -> int | None:
    match = COUNTED.match(line.text)
    return int(match["number"]) if match else None


def _beside(page: Page) -> Iterator[Beside]:
    """The titles of one page, downwards."""
    numbered = sorted((line for line in page.lines if _number(line) is not None), key=lambda line: line.box[1])
    for text in numbered:
        first = next((line for line in page.lines if _is_title(line, text, page.width)), None)
        if first and _is_margin(first, text, page.lines):
            match, number = COUNTED.match(text.text), _number(text)
            if match and number is not None:
                yield Beside(_whole(first, numbered, page.lines), text, number, bare=not match["unit"])


def _is_title(line: Line, text: Line, width: float) -> bool:
    """Whether a line stands beside another, on its level, and may be its title."""
    level = min(line.box[3], text.box[3]) - max(line.box[1], text.box[1]) > 0.5 * min(line.size, text.size)
    apart = line.box[2] < text.box[0] - APART or line.box[0] > text.box[2] + APART
    fit = line.box[2] - line.box[0] < NARROW * width and line.text[:1].isupper() and not line.text.isupper()
    return level and apart and fit and sum(map(str.isalpha, line.text)) > 2 and _number(line) is None


def _is_margin(title: Line, text: Line, lines: Sequence[Line]) -> bool:
    """Whether hardly another line stands where the title does."""
    left = title.box[0] < text.box[0]
    edge = text.box[0] - APART if left else title.box[0]
    inside = [line for line in lines if (line.box[0] < edge if left else line.box[2] > edge)]
    others = [line for line in inside if abs(line.box[0] - title.box[0]) > SAME]
    return len(others) < FREE * len(lines) and len(inside) < 0.6 * len(lines)


def _whole(first: Line, numbered: Sequence[Line], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the title that begins with this one."""
    same = [line for line in lines if line.box[1] > first.box[1] and abs(line.box[0] - first.box[0]) < SAME]
    found = [first]
    for line in sorted(same, key=lambda one: one.box[1]):
        begins = any(_is_title(line, text, line.box[2] * 99) for text in numbered)
        if begins or line.box[1] - found[-1].box[1] > STEP * first.size:
            break
        found.append(line)
    return tuple(found)


def _set_above(page: Page, beside: Sequence[Beside]) -> Page:
    gone = {id(line) for one in beside for line in one.title}
    kept = [line for line in page.lines if id(line) not in gone]
    return replace(page, lines=(*kept, *(_above(one) for one in beside if one.bare)))


def _above(one: Beside) -> Line:
    """The title as one line above its text; set apart, as in the margin it is."""
    whole = reduce(lambda title, line: together(replace(title, box=_left_of(line)), line), one.title)
    left, top, right, bottom = one.text.box
    up, width = ABOVE * one.text.size, sum(line.box[2] - line.box[0] for line in one.title)
    return replace(whole, box=(left, top - up, min(right, left + width), bottom - up), bold=True)


def _left_of(line: Line) -> tuple[float, float, float, float]:
    """A place a blank before a line."""
    left, top, _, bottom = line.box
    return left - line.size, top, left - 0.5 * line.size, bottom
