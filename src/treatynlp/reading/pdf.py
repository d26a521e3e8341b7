"""PDF bytes → pages of printed lines, by PDFium."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import RLock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.glyphs import MAX_POINTS, Glyphs
from treatynlp.reading.media import PDF_HEAD
from treatynlp.reading.pdf_signs import (
    COVERED,
    FIELDS,
    LAYER,
    REPLACED,
    TURNED,
    Sign,
    has_filled_fields,
    is_turned,
    picture_share,
)
from treatynlp.reading.unseen import unseen
from treatynlp.text import Line

PDFIUM = RLock()
"""Held around every use of PDFium, which is not made for threads: two at once crash the process."""

MAX_PAGES = 3000
MAX_CHARACTERS_OF_A_PAGE = 200_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page as printed: `number` counts from 1, sizes are points, lines stand in the file's own order; `picture` is
    the share of the page that a picture covers, `signs` what else must be known of it; `unseen` are words that no
    reader of the page sees."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    faults: tuple[str, ...] = field(default=())
    signs: tuple[Sign, ...] = field(default=())
    picture: float = 0.0
    unseen: tuple[Line, ...] = field(default=())


def pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of a PDF, one at a time (memory does not grow with the number of pages).

    Raises DataError when the bytes are no PDF, are cut off, or need a password.
    """
    document = open_pdf(data, name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise DataError(issue("pdf-too-long", name, pages=count, most=MAX_PAGES))
        for number in range(1, count + 1):
            with PDFIUM:
                page = _page(document, number)
            yield page
    finally:
        with PDFIUM:
            document.close()


def open_pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    """The PDF, open; PDFium repairs what it can. Raises DataError with the reason when it cannot."""
    if not data:
        raise DataError(issue("source-empty.file", name))
    start = data[:PDF_HEAD].lstrip()
    if b"%PDF" not in data[:PDF_HEAD]:
        kind = "an HTML page" if start[:1] == b"<" else "something else"
        raise DataError(issue("not-a-pdf", name, kind=kind))
    try:
        with PDFIUM:
            document = pdfium.PdfDocument(data)
            empty = len(document) == 0
        if empty:
            raise DataError(issue("pdf-broken.empty", name))
    except pdfium.PdfiumError as error:
        raise DataError(_refusal(str(error), name)) from None
    return document


def _refusal(reason: str, name: str) -> Issue:
    if "password" in reason.lower():
        return issue("pdf-password", name)
    if "security" in reason.lower():
        return issue("pdf-encrypted", name)
    return issue("pdf-broken.file", name, reason=reason)


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    handle = raw.FPDF_LoadPage(document.raw, number - 1)
    if not handle:
        return Page(number, 0, 0, (), ("PDFium cannot load the page",))
    try:
        return _read(handle, number)
    finally:
        raw.FPDF_ClosePage(handle)


def _read(page: raw.FPDF_PAGE, number: int) -> Page:
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    if not (0 < width <= MAX_POINTS and 0 < height <= MAX_POINTS):
        return Page(number, 0, 0, (), (f"the file gives the page a size of {width:.0f} by {height:.0f} points",))
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return Page(number, width, height, (), ("PDFium finds no text layer",))
    try:
        return _with_text(page, text, Page(number, width, height, ()))
    finally:
        raw.FPDFText_ClosePage(text)


def _with_text(page: raw.FPDF_PAGE, text: raw.FPDF_TEXTPAGE, bare: Page) -> Page:
    """A page of known size with its lines, and what was noticed on it."""
    count = raw.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS_OF_A_PAGE:
        return replace(bare, faults=(f"{count} characters on one page are more than are read",))
    covered = picture_share(page, bare.width, bare.height)
    signs = [TURNED] * is_turned(text, page, count) + [FIELDS] * has_filled_fields(page)
    gone = unseen(page, text)
    signs += [LAYER] * gone.layer + [REPLACED] * gone.replaced + [COVERED] * gone.under_field
    glyphs = Glyphs(page, text, bare.number, gone)
    lines = tuple(glyphs.lines(count))
    return replace(bare, lines=lines, signs=tuple(signs), picture=covered, unseen=tuple(glyphs.aside))
