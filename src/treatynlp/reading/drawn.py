"""What is drawn on a PDF's page, object by object: its words, and what may keep them from being seen.

Drawings inside drawings (forms) are gone through too, with their places on the page.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

MOST_OBJECTS = 20_000
"""Of a page with more objects (a map, a drawing) only so many are looked at."""
DEEPEST = 8
"""Drawings inside drawings are followed so far down."""
WHITE = 245
"""A colour whose red, green and blue are all above this cannot be told from paper."""
TINY = 0.5
"""Words whose ink is lower than this, in points, are not read by anybody (a hair's breadth is 0.2)."""
TEXT, PATH, IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
_FORM, _SHADING = raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_NOTE_KINDS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP)

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates."""
Matrix = tuple[float, float, float, float, float, float]
HERE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    count = raw.FPDFPage_CountObjects(page)
    for at in range(min(MOST_OBJECTS, count)):
        yield from _drawn(raw.FPDFPage_GetObject(page, at), text, HERE, 0)


def has_more(page: raw.FPDF_PAGE) -> bool:
    """Whether something is on the page that the walk does not judge: objects beyond the most, or notes laid over it."""
    if raw.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        return True
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind not in _NOTE_KINDS:
            return True
    return False


def _drawn(thing: Any, text: raw.FPDF_TEXTPAGE, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == _FORM and depth < DEEPEST:
        inner = _times(_matrix(thing), matrix)
        for at in range(min(MOST_OBJECTS, raw.FPDFFormObj_CountObjects(thing))):
            yield from _drawn(raw.FPDFFormObj_GetObject(thing, at), text, inner, depth + 1)
    elif (edges := _edges(thing, matrix)) is not None:
        if kind == TEXT:
            yield _text(thing, edges, depth > 0 or _is_flat(thing, text, edges))
        elif kind == PATH:
            yield from _path(thing, edges)
        elif kind in (IMAGE, _SHADING):
            yield Drawn(thing, kind, edges, doubtful=True)


def _text(thing: Any, edges: Edges, doubtful: bool) -> Drawn:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    red, green, blue, alpha = _colour(thing)
    hidden = mode in _INVISIBLE or alpha == 0 or 0 < edges[3] - edges[1] < TINY
    layered, replaced = _marks(thing)
    white = min(red, green, blue) >= WHITE and mode in (0, 4)
    clip = raw.FPDFPageObj_GetClipPath(thing)
    doubtful |= layered or white or bool(raw.FPDFPageObj_HasTransparency(thing))
    doubtful |= bool(clip) and raw.FPDFClipPath_CountPaths(clip) > 0
    return Drawn(thing, TEXT, edges, hidden, doubtful, replaced)


def _is_flat(thing: Any, text: raw.FPDF_TEXTPAGE, edges: Edges) -> bool:
    """Whether words have no height or width: their letters have no shape. Blanks have none, and need none."""
    if edges[3] - edges[1] >= TINY and edges[2] - edges[0] >= TINY:
        return False
    buffer = (ctypes.c_ushort * 64)()
    raw.FPDFTextObj_GetText(thing, text, buffer, 128)
    return any(map(str.isalnum, bytes(buffer).decode("utf-16-le", "replace")))


def _path(thing: Any, edges: Edges) -> Iterator[Drawn]:
    """A shape; an outline hides nothing, unless it is so low that it strikes words out."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    if fill.value or stroke.value:
        yield Drawn(thing, PATH, edges, doubtful=bool(fill.value))


def _marks(thing: Any) -> tuple[bool, bool]:
    """Whether words are in a layer that may be switched off, and whether others are given in their place: a word, not a
    hyphen, dot leaders or a ligature, for which printing programs use it (the papers of the United Nations do)."""
    layered = replaced = False
    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, at)
        layered |= _named(mark) == "OC"
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING:
            replaced |= sum(map(str.isalnum, _said(mark))) > LIGATURE
    return layered, replaced


LIGATURE = 3
"""One drawn letter stands for at most so many ("ffi")."""


def _named(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 32)()
    raw.FPDFPageObjMark_GetName(mark, buffer, 64, size)
    return bytes(buffer)[: max(0, min(64, size.value) - 2)].decode("utf-16-le", "replace")


def _said(mark: Any) -> str:
    size = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size)
    buffer = (ctypes.c_ushort * (size.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, size.value, size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


def _colour(thing: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(thing, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _edges(thing: Any, matrix: Matrix) -> Edges | None:
    found = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *found):
        return None
    left, bottom, right, top = (edge.value for edge in found)
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
