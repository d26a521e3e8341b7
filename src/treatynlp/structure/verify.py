"""Whether a treaty's stored words are its source's: each character looked up again at its page and place.

Known operations of reading are no differences: blanks and line ends put in between lines, and a hyphen at a line's
end, which the file holds as a mark of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from treatynlp.errors import Issue, issue
from treatynlp.reading import FEW
from treatynlp.reading.formats import format_of
from treatynlp.reading.pdf import PDFIUM, open_pdf
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Origin, Span

_HYPHENS = frozenset("-\u00ad\u2010\u0002\ufffe")
_SHOWN = 40
"""Letters of differing words that a message repeats."""
_UNICODE = 0x110000
"""The first number behind the last character there is; a file may claim such."""

Page = Callable[[int], str]
"""The characters of a page (from 1) in the source's own order."""


def verify(treaty: Treaty, data: bytes) -> tuple[Issue, ...]:
    """The stored words that are not the source's, an error for each run of characters, with what stands there.

    Also an error: a word that stands nowhere in the source. Pages without a text layer (read by OCR) hold no
    characters to compare with and are named in one `info` row. Raises DataError when the bytes are in no
    format that is read.
    """
    pages, bare = ({1: shown.characters(data)}, set[int]()) if (shown := format_of(data)) else _of_pdf(treaty, data)
    runs = [origin for origin in treaty.text.origins if origin.page not in bare]
    found = [*_without_source(treaty), *_changed(treaty, runs, pages)]
    return (*found, *_unseen(treaty, bare))


def _of_pdf(treaty: Treaty, data: bytes) -> tuple[dict[int, str], set[int]]:
    """The characters of each page the treaty has words from, and the pages that have no text layer."""
    with PDFIUM:
        document = open_pdf(data, treaty.id)
        try:
            there = len(document)
            pages = {number: _characters(document, number) for number in sorted({o.page for o in treaty.text.origins})}
        finally:
            document.close()
    return pages, {number for number, found in pages.items() if number <= there and len("".join(found.split())) < FEW}


def _characters(document: pdfium.PdfDocument, number: int) -> str:
    """The characters of a page, by PDFium's character index; "" for a page that is not there or has none."""
    if not 1 <= number <= len(document):
        return ""
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    text = raw.FPDFText_LoadPage(page) if page else None
    try:
        count = raw.FPDFText_CountChars(text) if text else 0
        return "".join(_printable(raw.FPDFText_GetUnicode(text, at)) for at in range(count))
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        if page:
            raw.FPDF_ClosePage(page)


def _printable(code: int) -> str:
    return chr(code) if code < _UNICODE else "\ufffd"


def _changed(treaty: Treaty, runs: Iterable[Origin], pages: dict[int, str]) -> Iterator[Issue]:
    for run in runs:
        stored = treaty.text.value[run.start : run.end]
        source = pages.get(run.page, "")[run.index : run.index + len(stored)]
        if stored != source and (differing := _differing(stored, source)):
            at = differing[0]
            where = _where(treaty, run.start + at, run.page)
            facts = {"differing": len(differing), "whole": len(stored), "at": run.index + at}
            yield issue("text-differs", where, **facts, stored=_quoted(stored[at:]), source=_quoted(source[at:]))


def _differing(stored: str, source: str) -> list[int]:
    """Offsets of the characters that are not the same; a hyphen is a hyphen however it is encoded."""
    # A source that has become shorter differs in all that is missing, too.
    padded = source.ljust(len(stored), "\0")
    return [
        at
        for at, (one, other) in enumerate(zip(stored, padded, strict=True))
        if one != other and not (one in _HYPHENS and other in _HYPHENS) and not (one.isspace() and other.isspace())
    ]


def _without_source(treaty: Treaty) -> Iterator[Issue]:
    """Words between the runs: blanks are put in between lines, anything else stands nowhere."""
    at = 0
    for run in (*treaty.text.origins, None):
        until = run.start if run else len(treaty.text.value)
        words = treaty.text.value[at:until]
        if words.strip():
            where = _where(treaty, at + len(words) - len(words.lstrip()), run.page if run else treaty.text.page(at))
            yield issue("text-without-source", where, words=_quoted(words.strip()))
        at = max(at, run.end) if run else at


def _unseen(treaty: Treaty, bare: set[int]) -> Iterator[Issue]:
    """One row naming the pages that hold no characters, as runs: 1-4, 7."""
    runs = [list(group) for _, group in groupby(enumerate(sorted(bare)), key=lambda one: one[1] - one[0])]
    named = ", ".join(f"{run[0][1]}-{run[-1][1]}" if len(run) > 1 else str(run[0][1]) for run in runs)
    if named:
        yield issue("unverifiable", treaty.id, pages=named)


def _where(treaty: Treaty, offset: int, page: int) -> str:
    inner = _deepest(treaty.provisions, Span(offset, offset + 1))
    return " ".join(filter(None, (treaty.id, inner, f"p. {page}")))


def _deepest(provisions: Iterable[Provision], span: Span) -> str:
    for provision in provisions:
        if span.within(provision.span):
            return _deepest(provision.children, span) or provision.eid
    return ""


def _quoted(words: str) -> str:
    short = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    return f"“{short}”" if short else "nothing"
