"""Whether a treaty's stored words are what its source's pages show: by their ink on every page, by OCR on some.

`verify` looks characters up where the file says they are, and so believes what the file says they mean; here the page
itself is asked. Neither looks at how the treaty was read.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from treatynlp.errors import Issue, issue
from treatynlp.reading.drawn import TEXT, drawn
from treatynlp.reading.formats import format_of
from treatynlp.reading.glyphs import Glyphs
from treatynlp.reading.ink import ink
from treatynlp.reading.pdf import PDFIUM, open_pdf
from treatynlp.reading.seen import differing, language_of_ocr, spread_by_hash
from treatynlp.reading.unseen import Unseen, unseen
from treatynlp.structure.tree import Treaty
from treatynlp.text import Line, Origin

SAMPLE = 1
"""Pages of a treaty whose pictures are read unasked: a second or two for each."""
SHOWN = 60
"""Letters of words without ink that are told."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """The stored lines of a page at their places, and those of their words that leave no ink there."""

    lines: tuple[Line, ...]
    inkless: tuple[str, ...]


def verify_seen(
    treaty: Treaty,
    data: bytes,
    cited: Collection[int] | None = None,
    scanning: Callable[[int], None] = lambda pages: None,
) -> tuple[Issue, ...]:
    """The pages with stored words that they do not show: an error for words without ink, on all pages; a warning for
    words that OCR reads as others, on `cited` pages or, without these, on a sample of `SAMPLE`: on one page in twenty
    or so of official texts OCR itself misreads a word.

    Only PDFs have pages; one whose pages have no text layer was read by OCR in the first place. Without tesseract and
    its data for the treaty's language the pictures are not read, which is told where pages were asked for. `scanning`
    is told how many pages OCR is going to read.
    """
    if format_of(data):
        return ()
    pages = {page: tuple(runs) for page, runs in _by_page(treaty)}
    looked = dict(_looked(treaty, data, pages))
    rows = [_without_ink(treaty, page, one.inkless) for page, one in looked.items() if one.inkless]
    there = sorted(page for page, one in looked.items() if one.lines)
    wanted = sorted(set(cited) & set(there)) if cited is not None else spread_by_hash(treaty.id, there, SAMPLE)
    trained_on = language_of_ocr(treaty.language)
    if not trained_on:
        missing = issue("picture-unread.language", treaty.id, "warning", language=treaty.language)
        return (*rows, missing) if cited else tuple(rows)
    scanning(len(wanted))
    lines = [line for page in wanted for line in looked[page].lines]
    doubts = (replace(row, level="warning") for row in differing(data, treaty.id, lines, wanted, trained_on))
    return (*rows, *doubts)


def _without_ink(treaty: Treaty, page: int, words: Sequence[str]) -> Issue:
    said = " ".join(words)
    return issue("words-without-ink", f"{treaty.id} p. {page}", count=len(words), words=said[:SHOWN])


def _by_page(treaty: Treaty) -> Iterator[tuple[int, Iterator[Origin]]]:
    origins = sorted(treaty.text.origins, key=lambda one: (one.page, one.start))
    yield from groupby(origins, key=lambda one: one.page)


def _looked(treaty: Treaty, data: bytes, pages: dict[int, tuple[Origin, ...]]) -> Iterator[tuple[int, _Looked]]:
    with PDFIUM:
        document = open_pdf(data, treaty.id)
        try:
            for number, runs in pages.items():
                if 1 <= number <= len(document):
                    yield number, _page(document, number, treaty.text.value, runs)
        finally:
            document.close()


def _page(document: pdfium.PdfDocument, number: int, stored: str, runs: Sequence[Origin]) -> _Looked:
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    text = raw.FPDFText_LoadPage(page) if page else None
    try:
        if not text or not raw.FPDFText_CountChars(text):
            return _Looked((), ())
        found = unseen(page, text)
        own = found.ink or ink(page, [one.thing for one in drawn(page, text) if one.kind == TEXT])
        glyphs = Glyphs(page, text, number, Unseen(ink=own))
        lines = tuple(
            _line(glyphs, stored[run.start : run.end], run) for run in runs if stored[run.start : run.end].strip()
        )
        return _Looked(lines, () if found.layer else tuple(_inkless(glyphs, lines)))
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        if page:
            raw.FPDF_ClosePage(page)


def _line(glyphs: Glyphs, words: str, run: Origin) -> Line:
    first, last = glyphs.box(run.index), glyphs.box(run.index + len(words.rstrip()) - 1)
    left, top, right, bottom = zip(first, last, strict=True)
    return Line(words, run.page, (min(left), min(top), max(right), max(bottom)), run.index)


def _inkless(glyphs: Glyphs, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        places = [(at, line.index + at) for at in range(len(line.text))]
        gone = set(glyphs.inkless(places, line.text))
        for blank, run in groupby(places, key=lambda place: line.text[place[0]].isspace()):
            word = [at for at, _ in run]
            letters = line.text[word[0] : word[-1] + 1]
            if not blank and word[0] in gone and any(map(str.isalnum, letters)):
                yield letters
