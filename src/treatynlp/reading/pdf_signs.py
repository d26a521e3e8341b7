"""What a PDF's page holds besides words that can be read: pictures of pages, text turned sideways, filled-in forms."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import tau
from typing import Literal

import pypdfium2.raw as raw

from treatynlp.errors import Issue, Level, issue

FIRST_OBJECTS = 12
"""A page's picture is drawn among its first objects: scanners put it first, writers of stamps behind a few."""
WHOLE = 0.8
"""A picture over this share of a page is the page."""
PART = 0.2
"""A picture over this share of a page without text is what stands on it (a logo on a cover is smaller)."""
FIELD = 20
"""A form's field with so many characters holds words of the text, not a date or a name."""
FULL = 400
"""A page with fewer characters is a cover or has a stamp: that its words stand sideways says nothing."""
_WIDGET, _IMAGE = raw.FPDF_ANNOT_WIDGET, raw.FPDF_PAGEOBJ_IMAGE
SAMPLE = 6
"""So many characters of a page, evenly spread, are asked for their angle."""
NAMED = 8
"""Pages that a message names."""
_TURNED = 0.3
"""Radians: text at a greater angle to the page is sideways (landscape tables, scans that were put in so)."""


Sign = Literal[
    "text-turned", "form-fields", "page-is-picture", "words-unproven.layer", "words-unproven.replaced",
    "words-unproven.font", "words-unproven.field",
]  # fmt: skip
"""What was noticed on a page: the code of the issue that tells it."""

TURNED: Sign = "text-turned"
FIELDS: Sign = "form-fields"
PICTURE: Sign = "page-is-picture"
LAYER: Sign = "words-unproven.layer"
REPLACED: Sign = "words-unproven.replaced"
MEANING: Sign = "words-unproven.font"
COVERED: Sign = "words-unproven.field"
UNPROVEN = (LAYER, REPLACED, MEANING, COVERED)
"""Signs of pages that may show other words than the file gives."""
_TOLD: dict[Sign, Level] = {LAYER: "info"}
"""A layer of words is what every scan that was read by somebody has: its document is marked as read by OCR."""


def picture_share(page: raw.FPDF_PAGE, width: float, height: float) -> float:
    """The share of the page that its largest picture covers, among the objects drawn first."""
    edges = [ctypes.c_float() for _ in range(4)]
    largest = 0.0
    for at in range(min(FIRST_OBJECTS, raw.FPDFPage_CountObjects(page))):
        thing = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(thing) != _IMAGE or not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        largest = max(largest, (right - left) * (top - bottom) / (width * height))
    return largest


def is_turned(text: raw.FPDF_TEXTPAGE, page: raw.FPDF_PAGE, count: int) -> bool:
    """Whether most of the text does not run from left to right as the page is seen."""
    turn = raw.FPDFPage_GetRotation(page) * tau / 4
    sample = [
        at
        for at in range(count // (2 * SAMPLE), count, max(1, count // SAMPLE))
        if not raw.FPDFText_IsGenerated(text, at)
    ]
    angles = [(raw.FPDFText_GetCharAngle(text, at) + turn) % tau for at in sample]
    turned = [angle for angle in angles if _TURNED < angle < tau - _TURNED]
    return count > FULL and len(sample) > 2 and 2 * len(turned) > len(sample)


def has_filled_fields(page: raw.FPDF_PAGE) -> bool:
    """Whether the page is a form with words in a field: they are no part of the page's text."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        try:
            if (
                raw.FPDFAnnot_GetSubtype(note) == _WIDGET
                and raw.FPDFAnnot_GetStringValue(note, b"V", None, 0) > 2 * FIELD
            ):
                return True
        finally:
            raw.FPDFPage_CloseAnnot(note)
    return False


def sign_issues(signs: Iterable[tuple[int, Sign]], name: str) -> Iterator[Issue]:
    """One warning for each kind of sign, with the pages it was seen on."""
    pages: dict[Sign, list[int]] = defaultdict(list)
    for number, sign in signs:
        pages[sign].append(number)
    for sign, found in pages.items():
        more = (
            f" So are {len(found) - 1} further pages: {', '.join(map(str, found[1:NAMED]))}." if len(found) > 1 else ""
        )
        yield issue(sign, f"{name} p. {found[0]}", _TOLD.get(sign), more=more)
