"""Words that are in a PDF and that no reader of the page sees: invisible, white, covered, off the page, struck out.

What is drawn on a page is gone through once, in the order it is drawn. A page that is a picture with words under it
(a scan that somebody's OCR has read) is left as it is: there the unseen words are the text.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as raw

from treatynlp.errors import Issue, Level, issue
from treatynlp.text import Line

MOST_OBJECTS = 20_000
"""Of a page with more objects (a map, a drawing) only so many are looked at."""
WHITE = 245
"""A colour whose red, green and blue are all above this cannot be told from paper."""
TINY = 1.0
"""Letters lower than this, in points, are not read by anybody."""
THIN = 2.6
"""A rule no thicker than this, in points with its edges, through the middle of letters strikes them out."""
CONTRAST = 40
"""Shades of grey (of 255) between the lightest and darkest dot where letters can be made out."""
MIDDLE = (0.3, 0.7)
"""Shares of the letters' height between which a rule strikes out; lower, it underlines."""
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)

Picture = list[bytes]
"""Rows of dots, each a shade of grey."""
Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """The text objects of a page that no reader sees, and the stretches that are struck out."""

    objects: frozenset[int]
    struck: tuple[Edges, ...]

    def __bool__(self) -> bool:
        return bool(self.objects or self.struck)


NOTHING = Unseen(frozenset(), ())
"""A page all of whose words are seen."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    thing: int
    kind: int
    edges: Edges
    white: bool
    hidden: bool


def unseen(page: raw.FPDF_PAGE) -> Unseen:
    """What of a page's words is not seen: judged by how it is drawn, and by what is drawn over it."""
    drawn, sheet = list(_drawn(page)), raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, sheet)
    texts = [(at, one) for at, one in enumerate(drawn) if one.kind == _TEXT]
    fills = [(at, one) for at, one in enumerate(drawn) if one.kind == _PATH and _high(one) >= THIN]
    rules = [one.edges for one in drawn if one.kind == _PATH and _high(one) < THIN and one.edges[2] - one.edges[0] > 4]
    hidden = {
        one.thing
        for at, one in texts
        if one.hidden or _off(one.edges, sheet) or any(over > at and _over(fill, one) for over, fill in fills)
    }
    white = [one for _, one in texts if one.white and one.thing not in hidden]
    if white:
        picture = _picture(page, sheet)
        hidden |= {one.thing for one in white if not _shows(one.edges, sheet, picture)}
    struck = [edges for _, one in texts for rule in rules if (edges := _struck(rule, one.edges))]
    if 2 * len(hidden) > len(texts):  # a scan with the words of somebody's OCR under its picture
        return NOTHING
    return Unseen(frozenset(hidden), tuple(struck))


def _drawn(page: raw.FPDF_PAGE) -> Iterator[_Drawn]:
    edges = [ctypes.c_float() for _ in range(4)]
    colour = [ctypes.c_uint() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for at in range(min(MOST_OBJECTS, raw.FPDFPage_CountObjects(page))):
        thing = raw.FPDFPage_GetObject(page, at)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind not in (_TEXT, _PATH) or not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        mode = raw.FPDFTextObj_GetTextRenderMode(thing) if kind == _TEXT else 0
        raw.FPDFPageObj_GetFillColor(thing, *colour)
        red, green, blue, alpha = (part.value for part in colour)
        if kind == _PATH:
            raw.FPDFPath_GetDrawMode(thing, fill, stroke)
            thin = edges[3].value - edges[1].value < THIN
            if not thin and (not fill.value or alpha < 255):  # an outline, or a tint one sees through
                continue
        box = (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        hidden = kind == _TEXT and (mode in _INVISIBLE or alpha == 0 or 0 < box[3] - box[1] < TINY / 2)
        white = min(red, green, blue) >= WHITE and mode in (0, 4)
        yield _Drawn(ctypes.cast(thing, ctypes.c_void_p).value or 0, kind, box, white, hidden)


def _picture(page: raw.FPDF_PAGE, sheet: raw.FS_RECTF) -> Picture:
    """The page as it is seen, a dot a point, in grey; never turned, so that places in it are the page's own."""
    wide, high = max(1, int(sheet.right - sheet.left)), max(1, int(sheet.top - sheet.bottom))
    image = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_Gray, None, 0)
    try:
        raw.FPDFBitmap_FillRect(image, 0, 0, wide, high, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(image, page, 0, 0, wide, high, (4 - raw.FPDFPage_GetRotation(page)) % 4, 0)
        stride = raw.FPDFBitmap_GetStride(image)
        dots = ctypes.string_at(raw.FPDFBitmap_GetBuffer(image), stride * high)
        return [dots[row * stride : row * stride + wide] for row in range(high)]
    finally:
        raw.FPDFBitmap_Destroy(image)


def _shows(edges: Edges, sheet: raw.FS_RECTF, picture: Picture) -> bool:
    """Whether anything can be made out where the words stand: white letters on a dark ground can."""
    left, right = int(max(0, edges[0] - sheet.left)), int(edges[2] - sheet.left) + 1
    top, bottom = int(max(0, sheet.top - edges[3])), int(sheet.top - edges[1]) + 1
    dots = b"".join(row[left:right] for row in picture[top:bottom])
    return bool(dots) and max(dots) - min(dots) > CONTRAST


def _high(one: _Drawn) -> float:
    return one.edges[3] - one.edges[1]


def _off(edges: Edges, sheet: raw.FS_RECTF) -> bool:
    """Whether words stand wholly outside what is shown of the page."""
    return bool(edges[2] < sheet.left or edges[0] > sheet.right or edges[3] < sheet.bottom or edges[1] > sheet.top)


def _over(fill: _Drawn, one: _Drawn) -> bool:
    """Whether a filled shape lies over the whole of some words."""
    a, b = fill.edges, one.edges
    return a[0] <= b[0] + 1 and a[1] <= b[1] + 1 and a[2] >= b[2] - 1 and a[3] >= b[3] - 1


def _struck(rule: Edges, text: Edges) -> Edges | None:
    """The part of some words that a rule strikes out."""
    middle, height = (rule[1] + rule[3]) / 2, text[3] - text[1]
    left, right = max(rule[0], text[0]), min(rule[2], text[2])
    if height <= 0 or right - left < 2 or not MIDDLE[0] < (middle - text[1]) / height < MIDDLE[1]:
        return None
    return left, text[1], right, text[3]


def is_struck(found: Unseen, left: float, right: float, bottom: float, top: float) -> bool:
    """Whether a character with these edges of ink is struck out."""
    x, y = (left + right) / 2, (bottom + top) / 2
    return any(one[0] - 0.5 <= x <= one[2] + 0.5 and one[1] - 1 <= y <= one[3] + 1 for one in found.struck)


def unseen_issues(aside: Sequence[Line], sizes: Sequence[tuple[float, float]], name: str) -> list[Issue]:
    """One row for a document with words that no reader of its pages sees: how many, where the first stand; a warning,
    unless all of them stand outside the page (printers' marks and the backs of covers do). `sizes` are the widths and
    heights of the pages."""
    if not aside:
        return []
    count = sum(len(line.text.split()) for line in aside)
    pages = ", ".join(map(str, sorted({line.page for line in aside})[:8]))
    level: Level = "info" if all(_outside(line, sizes[line.page - 1]) for line in aside) else "warning"
    return [issue("words-unseen.print", f"{name} p. {aside[0].page}", level, count=count, pages=pages)]


def _outside(line: Line, size: tuple[float, float]) -> bool:
    """Whether the line reaches over the page's edge, or is no words but a number."""
    left, top, right, bottom = line.box
    over = left < 0 or top < 0 or right > size[0] or bottom > size[1]
    return over or not any(map(str.isalpha, line.text))
