"""Reading: bytes → rows → a Document.

>>> from treatynlp.reading import read
>>> read(b"", "atlantis.pdf")
Traceback (most recent call last):
treatynlp.errors.DataError: error [source-empty] atlantis.pdf: The file has no bytes; fetch or copy it again.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading import ocr
from treatynlp.reading.amendment_marks import amendment_issues, unmarked
from treatynlp.reading.document import Document, Fidelity
from treatynlp.reading.font_names import doubtful_fonts
from treatynlp.reading.formats import format_of, refuse_unsupported
from treatynlp.reading.furniture import sort_out
from treatynlp.reading.languages import asked_for, language_issues
from treatynlp.reading.layout import ordered
from treatynlp.reading.margins import without_margins
from treatynlp.reading.pdf import Page, pages
from treatynlp.reading.pdf_signs import LAYER, MEANING, PART, PICTURE, UNPROVEN, Sign, sign_issues
from treatynlp.reading.rows import printed_rows
from treatynlp.reading.stray_blanks import closed
from treatynlp.reading.unseen import unseen_issues

__all__ = ["Document", "read"]

WELL_READ = 0.8
"""The mean confidence of OCR's words from which on it is only told that there was OCR."""
SCAN = 0.5
"""A document with more than this share of its pages without a text layer is a scan."""
FEW = 20
"""A page with fewer characters than this has no text layer worth the name (a stray page number)."""


def read(
    data: bytes, name: str, language: str = "en", scanning: Callable[[int], None] = lambda pages: None
) -> Document:
    """The document in these bytes: its rows in reading order, and what is not its text set apart.

    `name` is how people know the file (it stands in the issues). Pages without a text layer are read by OCR where
    it is installed. Of a text printed in several languages, side by side or in turn, the lines in `language` are
    kept. `scanning` is told how many pages OCR is going to read, which takes seconds for each. Raises DataError when
    the bytes cannot be read at all.
    """
    if known := format_of(data):
        return known.read(data, name, language)
    refuse_unsupported(data, name)
    return _document(data, name, language, _printed(data, name, language, scanning))


def _document(data: bytes, name: str, language: str, printed: "_Printed") -> Document:
    """Printed pages taken apart. In this order: what lies over the text is taken away before lines are set together,
    lines are put in order before languages are told by columns, and heads are looked for where one language is left."""
    signs = _signs(data, printed)
    hidden = tuple(line for page in printed.pages for line in page.unseen)
    every, margins = without_margins(printed.pages)
    kept, others = asked_for(ordered(every), language, [page.width for page in every])
    found = sort_out(kept, [page.height for page in every], language)
    text, marks = unmarked(found.body)
    sizes = [(page.width, page.height) for page in every]
    told = (*sign_issues(signs, name), *unseen_issues(hidden, sizes, name))
    told = (*told, *language_issues(others, language, name), *amendment_issues(marks, name))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        pages=len(every),
        rows=printed_rows(closed(text)),
        furniture=(*found.furniture, *marks, *margins, *hidden),
        contents=found.contents,
        notes=printed_rows(found.notes),
        others=others,
        fidelity=printed.fidelity,
        confidence=printed.confidence,
        issues=(*printed.issues, *told),
        language=language,
        unproven=tuple(sorted({number for number, sign in signs if sign in UNPROVEN})),
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """The pages of a PDF with their lines, those without a text layer as OCR read them, and how sure that is; which of
    the pages among text are `pictures`."""

    pages: Sequence[Page]
    pictures: Sequence[int]
    fidelity: Fidelity
    confidence: float
    issues: tuple[Issue, ...]


def _printed(data: bytes, name: str, language: str, scanning: Callable[[int], None]) -> _Printed:
    every = list(pages(data, name))
    if all(page.faults for page in every):
        raise DataError(issue("pdf-broken.page", name, reason=every[0].faults[0]))
    issues = tuple(_unread(name, every))
    blank = [page.number for page in every if sum(len(line.text) for line in page.lines) < FEW]
    pictures = [number for number in blank if every[number - 1].picture > PART]
    fidelity = _fidelity(every, len(blank))
    is_scan = len(blank) > SCAN * len(every)
    if not (is_scan or (pictures and ocr.available())):
        return _Printed(every, pictures, fidelity, 1.0, issues)
    wanted = blank if is_scan else pictures
    scanning(len(wanted))
    every, confidence, said = _with_ocr(data, name, every, wanted, language)
    return _Printed(every, pictures, fidelity, confidence, (*issues, *said))


def _signs(data: bytes, printed: _Printed) -> list[tuple[int, Sign]]:
    """What was noticed on the pages, by their numbers."""
    signs = [(page.number, sign) for page in printed.pages for sign in page.signs]
    signs += [(number, MEANING) for number in doubtful_fonts(data)]
    return signs + [(number, PICTURE) for number in printed.pictures if not printed.pages[number - 1].lines]


def _fidelity(every: Sequence[Page], blank: int) -> Fidelity:
    """A few blank pages (covers, backs of title pages) do not make a scan; pages that are pictures with words under
    them do: their words were had by somebody's OCR."""
    layered = sum(LAYER in page.signs and bool(page.lines) for page in every)
    return "ocr" if blank + layered > SCAN * len(every) else "text"


def _with_ocr(
    data: bytes, name: str, every: Sequence[Page], blank: Sequence[int], language: str
) -> tuple[list[Page], float, list[Issue]]:
    if not ocr.available():
        raise DataError(issue("ocr-missing", name, blank=len(blank), pages=len(every)))
    wanted = ocr.tesseract_language(language)
    used = wanted if wanted in ocr.installed() else ocr.DEFAULT
    read = {found.page.number: found for found in ocr.recognised(data, blank, used)}
    words = sum(found.words for found in read.values())
    confidence = sum(found.confidence * found.words for found in read.values()) / words if words else 0.0
    pages = [read[page.number].page if page.number in read else page for page in every]
    other = [] if used == wanted else [issue("ocr-language", name, wanted=wanted, used=used)]
    return pages, confidence, [*other, *_of_ocr(name, pages, confidence)]


def _unread(name: str, every: Sequence[Page]) -> Iterator[Issue]:
    """The pages that could not be read: one row for all that fail alike, of which a damaged file may have thousands."""
    numbers: dict[str, list[int]] = {}
    for page in every:
        for fault in page.faults:
            numbers.setdefault(fault, []).append(page.number)
    for reason, found in numbers.items():
        case, more = ("alike", {"more": len(found) - 1}) if len(found) > 1 else ("fault", {})
        yield issue(f"page-unread.{case}", f"{name} p. {found[0]}", reason=reason, **more)


def _of_ocr(name: str, pages: Sequence[Page], confidence: float) -> Iterator[Issue]:
    yield from _unread(name, pages)
    yield issue("ocr", name, "info" if confidence >= WELL_READ else "warning", confidence=confidence)
