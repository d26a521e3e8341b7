"""Lines of a page in the order a reader takes them: fragments of a printed line joined, columns one after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from statistics import median

from treatynlp.reading.glyphs import SUPERSCRIPT
from treatynlp.reading.pdf import Page
from treatynlp.text import Line, without

# All shares and counts of this module were set by eye on the pages of the mirror; beside each, what it keeps apart.
COMMON = 0.3
"""Share of the pages that must show a gutter for it to be lent to the others; and of a page's lines that may cross it,
as titles and tables do."""
HALVES, THIRDS = (0.35, 0.65), ((0.25, 0.45), (0.55, 0.75))
"""Between which shares of the page's width the gap of two columns is looked for, and the two gaps of three."""
FEW, FEW_OF_THREE = 12, 18
"""So few lines leave gaps by chance."""
COLUMN, COLUMN_OF_THREE = 5, 8
"""Lines that each column has at the least."""
INSIDE, INSIDE_OF_THREE = 0.65, 0.8
"""Share of the lines that stand in one column: three columns leave no room for lines across, but for a head."""
BROAD, BROAD_OF_THREE = 0.2, 0.14
"""Share of the page's width that most lines of a column take."""
FILLED, FILLED_IF_EVEN = 0.72, 0.45
"""Share of the page's width that the widest lines of three columns take together: running text does, lists of names and
signatures do not; and where the lines of each column end at one edge."""
OVER = 3
"""Points by which a line may reach over a gutter and not cross it: italics and quotation marks stand out."""
ONE_LEVEL, LOWER = 0.5, 0.4
"""Share of a line's height that two lines on one level share, and by which one that follows begins lower."""
NEAR, BACK = 1.5, 0.5
"""Letters' heights between two pieces of one line, and by which the second may reach back over the first."""
NO_BLANK = 0.18
"""Nearer than this share of a letter's height no blank was printed: the line was only drawn in pieces."""
SHORTEST, LIFTED = 3, 0.1
"""A piece of fewer letters has no mark of a footnote behind it, but is the number of a footnote itself; and a mark is
lifted by this share of a letter's height above the line's foot."""
MANY, UNCROSSED, BROADER = 15, 0.95, 0.3
"""Columns of more lines, with no more than the rest of the lines across them, whose longer lines are so broad."""
RUNNING = 0.75
"""A line of running text fills at least this share of its column, unless a paragraph ends with it."""


def ordered(pages: Sequence[Page]) -> list[tuple[Line, ...]]:
    """The lines of each page in reading order.

    Lines that stand on one level with only a small gap between them are one line. A vertical gap that hardly any
    line crosses makes two columns; lines across both part the page into bands. A page too short to show its
    columns has those of the document's other pages.
    """
    joined = [_joined(page.lines) for page in pages]
    three = [thirds(lines, page.width) for page, lines in zip(pages, joined, strict=True)]
    gutters = [
        None if gaps else _gutter(lines, page.width, is_sheet=page.width > page.height)
        for lines, page, gaps in zip(joined, pages, three, strict=True)
    ]
    found = [gutter for gutter in gutters if gutter is not None]
    # Lent to other pages only where it is common: one page with a table of two columns must not part all the others.
    usual = median(found) if len(found) > COMMON * len(pages) else None
    gaps = [one for one in three if one]
    thrice = (median(one[0] for one in gaps), median(one[1] for one in gaps)) if len(gaps) > COMMON * len(pages) else ()
    edges = [
        (gutter,) if gutter is not None else other or _all_usual(lines, (usual,) if usual is not None else thrice)
        for lines, gutter, other in zip(joined, gutters, three, strict=True)
    ]
    return [tuple(_bands(lines, edge)) for lines, edge in zip(joined, edges, strict=True)]


def _all_usual(lines: Sequence[Line], gutters: Sequence[float]) -> tuple[float, ...]:
    """The document's own edges of columns on a page too short to show them (the last of a gazette in three)."""
    return tuple(gutters) if all(_as_usual(lines, gutter) is not None for gutter in gutters) else ()


def thirds(lines: Sequence[Line], width: float) -> tuple[float, ...]:
    """The two gaps between three columns, if hardly a line crosses either and each column has lines enough."""
    if len(lines) < FEW_OF_THREE or width <= 0:
        return ()
    gaps = (_widest(lines, width, *THIRDS[0]), _widest(lines, width, *THIRDS[1]))
    columns = [
        [line for line in lines if low <= line.box[0] and line.box[2] <= high]
        for low, high in pairwise((0.0, *gaps, width))
    ]
    full = all(len(column) >= COLUMN_OF_THREE for column in columns)
    full = full and sum(map(len, columns)) >= INSIDE_OF_THREE * len(lines)
    widths = [[line.box[2] - line.box[0] for line in column] for column in columns]
    # running text in three languages fills the page; a table of signatures does not (Arab Convention, last pages)
    if not full:
        return ()
    # narrow columns: their lines reach from edge to edge, as running text does (gazettes)
    even = all(2 * sum(one > RUNNING * max(column) for one in column) > len(column) for column in widths)
    wide = sum(map(max, widths)) > (FILLED_IF_EVEN if even else FILLED) * width
    return gaps if wide and all(median(column) > BROAD_OF_THREE * width for column in widths) else ()


def _as_usual(lines: Sequence[Line], gutter: float | None) -> float | None:
    """The document's own gutter, unless many of the page's lines cross it."""
    if gutter is None:
        return None
    crossing = sum(line.box[0] < gutter - OVER and line.box[2] > gutter + OVER for line in lines)
    return gutter if crossing <= COMMON * len(lines) else None


def _joined(lines: Iterable[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        if joined and _beside(joined[-1], line):
            joined[-1] = together(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _beside(left: Line, right: Line) -> bool:
    """Whether the second line goes on where the first stopped, on the same level."""
    # By their overlap, not their height on the page: raised marks and letters of another size stand a little off.
    overlap = min(left.box[3], right.box[3]) - max(left.box[1], right.box[1])
    height = min(left.box[3] - left.box[1], right.box[3] - right.box[1])
    gap = right.box[0] - left.box[2]
    return overlap > ONE_LEVEL * height and -BACK * left.size < gap < NEAR * max(left.size, right.size)


def together(left: Line, right: Line) -> Line:
    if _is_mark(left, right):
        return replace(left, box=_around(left, right))
    if left.text.endswith("(") and right.text.startswith(")"):  # what stood between them was a footnote's mark
        kept = len(left.text[:-1].rstrip())
        return together(without(left, [(kept, len(left.text))]), without(right, [(0, 1)]))
    if not right.text or not left.text:
        return left if left.text else right
    between = "" if right.box[0] - left.box[2] < NO_BLANK * left.size else " "
    at = len(left.text) + len(between)
    moved = tuple((start + at, end + at, index) for start, end, index in right.stretches)
    return replace(
        left,
        text=left.text + between + right.text,
        box=_around(left, right),
        size=max(left.size, right.size),
        bold=left.bold and right.bold,
        italic=left.italic and right.italic,
        runs=left.stretches + moved,
    )


def _is_mark(left: Line, right: Line) -> bool:
    """Whether the second is a small raised number or star: the mark of a footnote, which is not the text's own."""
    if len(left.text) < SHORTEST:
        return False
    small = right.size < SUPERSCRIPT * left.size and right.box[3] < left.box[3] - LIFTED * left.size
    return small and (right.text.isdigit() or set(right.text) <= set("*†‡() "))


def _around(left: Line, right: Line) -> tuple[float, float, float, float]:
    a, b = left.box, right.box
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _bands(lines: list[Line], gutters: Sequence[float]) -> list[Line]:
    downwards = sorted(lines, key=lambda line: line.box[1])
    if not gutters:
        return _rows(downwards)
    result: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in downwards:
        at = sum(line.box[0] >= gutter for gutter in gutters)
        # By where it begins and ends, not by its middle: short titles across both columns are centred on the gutter.
        if at == len(gutters) or line.box[2] <= gutters[at]:
            columns[at].append(line)
        else:  # a line across the columns ends the band of lines above it
            result += [*(one for column in columns for one in _rows(column)), line]
            columns = [[] for _ in columns]
    return [*result, *(one for column in columns for one in _rows(column))]


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines sorted downwards, with those on one level set from left to right."""
    result: list[Line] = []
    row: list[Line] = []
    for line in lines:
        if row and line.box[1] - row[0].box[1] > LOWER * row[0].size:
            result += sorted(row, key=lambda one: one.box[0])
            row = []
        row.append(line)
    return result + sorted(row, key=lambda one: one.box[0])


def _gutter(lines: Sequence[Line], width: float, *, is_sheet: bool = False) -> float | None:
    """Where the gap between two columns, or between two pages on one sheet, is, if there are any: the x that fewest
    lines cross."""
    # Such a page takes the gutter of the others, if they have one.
    if len(lines) < FEW or width <= 0:
        return None
    at = _widest(lines, width, *HALVES)
    return at if _are_columns(lines, at, width, is_sheet=is_sheet) else None


def _widest(lines: Sequence[Line], width: float, left: float, right: float) -> float:
    """The middle of the widest gap that fewest lines cross, between two shares of the page's width."""
    low, high = int(width * left), int(width * right)
    change = [0] * (high - low + 2)
    for line in lines:
        start, end = max(int(line.box[0]) - low + 1, 0), min(int(line.box[2]) - low, len(change) - 1)
        if start < end:
            change[start] += 1
            change[end] -= 1
    crossing = list(accumulate(change[:-1]))
    fewest = min(crossing)
    runs = groupby(range(len(crossing)), key=lambda place: crossing[place] == fewest)
    # The widest of the places that fewest lines cross: blanks between words line up by chance, too, and are narrow.
    widest = max((list(run) for free, run in runs if free), key=len)
    return low + (widest[0] + widest[-1]) / 2


def _are_columns(lines: Sequence[Line], gutter: float, width: float, *, is_sheet: bool) -> bool:
    left = [line for line in lines if line.box[2] <= gutter]
    right = [line for line in lines if line.box[0] >= gutter]
    if min(len(left), len(right)) < COLUMN or len(left) + len(right) < INSIDE * len(lines):
        return False
    # a sheet broader than high holds two pages when nothing crosses its middle, even if most lines are short headings
    widths = [sorted(line.box[2] - line.box[0] for line in side) for side in (left, right)]
    if is_sheet and len(left) + len(right) == len(lines):
        return all(side[len(side) * 3 // 4] > BROAD * width for side in widths)
    # nor do columns of which one has many short lines (a language that says it shorter), when hardly a line crosses
    if min(len(left), len(right)) > MANY and len(left) + len(right) > UNCROSSED * len(lines):
        return all(side[len(side) * 3 // 4] > BROADER * width for side in widths)
    return all(median(side) > BROAD * width for side in widths)
