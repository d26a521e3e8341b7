"""The ink that a page's words leave on it: the page drawn with its words, less the page drawn without them.

Whatever hides words (a colour, a mask, a clip, a cover, a layer that is off, letters without a shape), where nothing
changes when they are taken away nobody sees them.
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw
from PIL import Image, ImageChops

from treatynlp.reading.drawn import Edges
from treatynlp.reading.drawn_at import POINTS_AN_INCH, scale

MOST_DOTS = 4_000_000
"""Of a page: a point is a dot, unless the page is larger than this (A1)."""
SEEN = 32
"""Shades of grey (of 255) by which ink must differ from its ground: below, white letters on a ground of 0.9 and black
ones on 0.1 are told apart by nobody."""
BROADER = 8
"""Dots from which on a word's edges are left out: a letter alone is hardly broader."""
WHITE, QUARTERS = 0xFFFFFFFF, 4
"""Paper, with its density; and the turns after which a page stands as before."""
_NOTES_TOO = raw.FPDF_ANNOT


@dataclass(frozen=True, slots=True)
class Ink:
    """Two pictures of a page, in its own coordinates and never turned: what its words change, and what is there without
    them; `left` and `top` are the sheet's, `scale` the dots a point takes."""

    words: Image.Image
    ground: Image.Image
    left: float
    top: float
    scale: float

    def has(self, edges: Edges) -> bool:
        """Whether words that stand there are seen."""
        _, most = _extremes(self.words, self.dots(edges))
        return most > SEEN

    def has_ground(self, edges: Edges) -> bool:
        """Whether anything but words is drawn there, as in a scan with somebody's words laid over it."""
        least, most = _extremes(self.ground, self.dots(edges))
        return most - least > SEEN

    def dots(self, edges: Edges) -> tuple[int, int, int, int]:
        """The dots of a place; a dot less to either side of a word, where the neighbours' ink may reach in."""
        left, right = (edges[0] - self.left) * self.scale, (edges[2] - self.left) * self.scale
        inset = 1 if right - left > BROADER else 0
        top, bottom = (self.top - edges[3]) * self.scale, (self.top - edges[1]) * self.scale
        return int(left) + inset, int(top), max(int(right) + 1 - inset, int(left) + 1), int(bottom) + 1


def ink(page: raw.FPDF_PAGE, texts: Iterable[Any]) -> Ink:
    """The ink of these text objects of a page. They are made invisible on the way: the page is of no more use after."""
    sheet = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, sheet)
    width, height = max(1.0, sheet.right - sheet.left), max(1.0, sheet.top - sheet.bottom)
    dots = scale(width, height, POINTS_AN_INCH, MOST_DOTS)
    wide, high = max(1, int(width * dots)), max(1, int(height * dots))
    whole = _picture(page, wide, high)
    for thing in texts:
        raw.FPDFTextObj_SetTextRenderMode(thing, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    ground = _picture(page, wide, high)
    return Ink(ImageChops.difference(whole, ground), ground, sheet.left, sheet.top, dots)


def _picture(page: raw.FPDF_PAGE, wide: int, high: int) -> Image.Image:
    """The page as it is seen, with the notes laid over it, in grey and as it lies in the file. It is drawn in colours
    with a density: in the others PDFium mixes no colours, and black words that a mode of mixing turns white are black.
    """
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRA, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, WHITE)
        upright = -raw.FPDFPage_GetRotation(page) % QUARTERS
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, upright, _NOTES_TOO)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        dots = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high)
        return Image.frombytes("RGB", (wide, high), dots, "raw", "BGRX", stride, 1).convert("L")
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _extremes(picture: Image.Image, dots: tuple[int, int, int, int]) -> tuple[int, int]:
    """The darkest and lightest shade in a part of a picture; (0, 0) outside of it."""
    left, top = max(0, dots[0]), max(0, dots[1])
    right, bottom = min(picture.width, dots[2]), min(picture.height, dots[3])
    if left >= right or top >= bottom:
        return 0, 0
    least, most = picture.crop((left, top, right, bottom)).getextrema()
    return int(least), int(most)  # type: ignore[arg-type]
