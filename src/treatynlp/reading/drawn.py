"""What is drawn on a PDF's page, object by object: its words, and what may keep them from being seen.

Drawings inside drawings (forms) are gone through too, with their places on the page.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from treatynlp.reading.drawn_marks import marks
from treatynlp.reading.grey import grey

MOST_OBJECTS = 20_000
"""Of a page with more objects (a map, a drawing) only so many are looked at."""
DEEPEST = 8
"""Drawings inside drawings are followed so far down."""
PALE = 185
"""A colour whose grey is above this (of 255) may not be told from paper: its ink is looked at. PDFium calls every
pattern a grey of 191."""
TINY, LOW = 0.5, 1.2
"""Ink lower than the first, in points, is not read by anybody (a hair's breadth is 0.2); letters not below the second,
which dashes and full stops of common print are."""
TEXT, PATH, IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
_FORM, _SHADING = raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_NOTE_KINDS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP)
_FILLED, _DRAWN_OUT = (0, 2, 4, 6), (1, 2, 5, 6)
"""Ways to print words that fill their letters, and that draw their outlines."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates."""
Matrix = tuple[float, float, float, float, float, float]
HERE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


# What PDFium writes into. A page has hundreds of objects and each is asked a dozen things: to make these anew for every
# question took a third of all reading. Pages are read one at a time, under the lock that PDFium needs anyway.
_EDGES = [ctypes.c_float() for _ in range(4)]
_COLOUR = [ctypes.c_uint() for _ in range(4)]
_SIZE = ctypes.c_size_t()
_LETTERS = (ctypes.c_ushort * 64)()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object of a page: `hidden` when its own settings say that nobody sees it, `doubtful` when it may be unseen or
    may hide others, `replaced` when the file gives words of its own in the place of what is drawn."""

    thing: Any
    kind: int
    edges: Edges
    hidden: bool = False
    doubtful: bool = False
    replaced: bool = False

    @property
    def address(self) -> int:
        """What PDFium knows the object by."""
        return ctypes.cast(self.thing, ctypes.c_void_p).value or 0

    @property
    def height(self) -> float:
        return self.edges[3] - self.edges[1]


def drawn(page: raw.FPDF_PAGE, text: raw.FPDF_TEXTPAGE) -> Iterator[Drawn]:
    """The words, filled shapes, rules, pictures and shadings of a page, in the order they are drawn."""
    count, fonts = raw.FPDFPage_CountObjects(page), dict[int, bool]()
    for at in range(min(MOST_OBJECTS, count)):
        yield from _drawn(raw.FPDFPage_GetObject(page, at), (text, fonts), HERE, 0)


EMPTY = 2
"""Bytes of a text without letters, as PDFium gives it."""


def has_more(page: raw.FPDF_PAGE) -> bool:
    """Whether something is on the page that the walk does not judge: objects beyond the most, or notes laid over it."""
    if raw.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        return True
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        has_look = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > EMPTY
        raw.FPDFPage_CloseAnnot(note)
        if kind not in _NOTE_KINDS or has_look:
            return True
    return False


def fields(page: raw.FPDF_PAGE) -> Iterator[Edges]:
    """The places of a form's fields that have a look of their own: PDFium draws them only for who fills forms in."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        look = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET and look > EMPTY:
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(note, rect)
            yield rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top)
        raw.FPDFPage_CloseAnnot(note)


Sheet = tuple[raw.FPDF_TEXTPAGE, dict[int, bool]]
"""A page's text, and what is known of its fonts: whether their letters are drawings."""


def _drawn(thing: Any, sheet: Sheet, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == _FORM and depth < DEEPEST:
        inner = _times(_matrix(thing), matrix)
        for at in range(min(MOST_OBJECTS, raw.FPDFFormObj_CountObjects(thing))):
            yield from _drawn(raw.FPDFFormObj_GetObject(thing, at), sheet, inner, depth + 1)
    elif (edges := _edges(thing, matrix)) is not None:
        if kind == TEXT:
            yield _text(thing, sheet, edges, depth > 0)
        elif kind == PATH:
            yield from _path(thing, edges)
        elif kind in (IMAGE, _SHADING):
            yield Drawn(thing, kind, edges, doubtful=True)


def _text(thing: Any, sheet: Sheet, edges: Edges, doubtful: bool) -> Drawn:
    mode, high, broad = raw.FPDFTextObj_GetTextRenderMode(thing), edges[3] - edges[1], edges[2] - edges[0]
    flat = (high < LOW or broad < TINY) and _has_letters(thing, sheet[0])
    shade = _shade(thing) if mode in _FILLED else None
    hidden = mode in _INVISIBLE or 0 < high < (LOW if flat else TINY) or (shade is not None and shade[1] == 0)
    layered, replaced = marks(thing)
    clip = raw.FPDFPageObj_GetClipPath(thing)
    doubtful |= (
        flat
        or layered
        or _is_pale(thing, mode, shade)
        or _has_drawn_letters(thing, sheet[1])
        or bool(raw.FPDFPageObj_HasTransparency(thing))
    )
    doubtful |= bool(clip) and raw.FPDFClipPath_CountPaths(clip) > 0
    return Drawn(thing=thing, kind=TEXT, edges=edges, hidden=hidden, doubtful=doubtful, replaced=replaced)


def _is_pale(thing: Any, mode: int, shade: tuple[float, int] | None) -> bool:
    """Whether words may not stand out from paper: what fills or draws their letters is light, or no plain colour."""
    pale = shade is None or shade[0] >= PALE
    return pale and (mode not in _DRAWN_OUT or _shade(thing, outline=True)[0] >= PALE)


def _has_drawn_letters(thing: Any, fonts: dict[int, bool]) -> bool:
    """Whether the letters are drawings of a Type 3 font, in colours of their own: PDFium has no font file of those
    alone."""
    font = raw.FPDFTextObj_GetFont(thing)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = bool(font and raw.FPDFFont_GetFontData(font, None, 0, _SIZE)) and _SIZE.value == 0
    return fonts[key]


def _shade(thing: Any, outline: bool = False) -> tuple[float, int]:
    """The grey of an object's colour and its density, of 255 each."""
    red, green, blue, alpha = _COLOUR
    red.value = green.value = blue.value = alpha.value = 0
    (raw.FPDFPageObj_GetStrokeColor if outline else raw.FPDFPageObj_GetFillColor)(thing, red, green, blue, alpha)
    return grey(red.value, green.value, blue.value), alpha.value


def _has_letters(thing: Any, text: raw.FPDF_TEXTPAGE) -> bool:
    """Whether words are more than blanks and signs, which have no height or width, and need none; nor have the strokes
    that make Arabic words longer (in the Arabic text of the agreement on the high seas they are objects of their own).
    """
    ctypes.memset(_LETTERS, 0, 128)
    raw.FPDFTextObj_GetText(thing, text, _LETTERS, 128)
    return any(map(str.isalnum, bytes(_LETTERS).decode("utf-16-le", "replace").replace(TATWEEL, "")))


TATWEEL = "\u0640"


def _path(thing: Any, edges: Edges) -> Iterator[Drawn]:
    """A shape; an outline hides nothing, unless it is so low that it strikes words out, or so broad that it covers."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    raw.FPDFPageObj_GetStrokeWidth(thing, width)
    broad = stroke.value and width.value > BROAD
    if fill.value or stroke.value:
        yield Drawn(thing, PATH, _wider(edges, width.value / 2) if broad else edges, doubtful=bool(fill.value or broad))


BROAD = 3.0
"""An outline broader than this, in points, covers what is under it."""


def _wider(edges: Edges, by: float) -> Edges:
    return edges[0] - by, edges[1] - by, edges[2] + by, edges[3] + by


def _edges(thing: Any, matrix: Matrix) -> Edges | None:
    if not raw.FPDFPageObj_GetBounds(thing, *_EDGES):
        return None
    left, bottom, right, top = (edge.value for edge in _EDGES)
    if matrix is HERE:
        return left, bottom, right, top
    corners = [_placed(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def _placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _matrix(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
