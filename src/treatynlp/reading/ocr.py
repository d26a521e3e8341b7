"""Pages without a text layer → lines, by tesseract.

Pages are drawn at 300 dots an inch and read side by side (tesseract runs as a process of its own for each page).
What is read is marked: documents.csv carries the fidelity `ocr` and the mean confidence of its words.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from statistics import median
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image

from treatynlp.reading.drawn_at import scale
from treatynlp.reading.glyphs import HYPHEN
from treatynlp.reading.pdf import PDFIUM, Page
from treatynlp.text import Box, Line
from treatynlp.words import WordFile, WordList, words

DEFAULT = "eng"
"""What tesseract always has data for."""
DOTS = 300
"""Dots an inch a page is drawn with: tesseract's own recommendation for body text."""
SECONDS_A_PAGE = 60
"""A page of print takes some seconds; one of noise can keep tesseract busy without end."""
MAX_PIXELS = 30_000_000
"""Of a page's picture: a page of A3 at 300 dots an inch has 17 million."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page read by OCR, with the mean confidence of its words (0 to 1) and how many words there were."""

    page: Page
    confidence: float
    words: int


def available() -> bool:
    """Whether tesseract and its Python side are installed."""
    try:
        import pytesseract  # noqa: F401
    except ImportError:
        return False
    return shutil.which("tesseract") is not None


class _Recognition(WordFile):
    """The content of recognition.yml."""

    tesseract: WordList


def tesseract_language(language: str) -> str:
    """The name by which tesseract knows a language ("fra"), whether its data for it is installed or not."""
    return words(language).read("recognition", _Recognition).tesseract.words[0]


def installed() -> frozenset[str]:
    """What tesseract has data for."""
    import pytesseract

    return frozenset(pytesseract.get_languages())


def recognised(data: bytes, numbers: Sequence[int], trained_on: str) -> list[Recognised]:
    """The pages of a PDF with these numbers, read by tesseract as it was `trained_on` a language, in the same order.

    A page that tesseract cannot read within its time comes back without lines and with the fault.
    """
    # Threads are enough: each waits for a process of tesseract's own.
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return _even(list(pool.map(partial(_recognise, data, trained_on), numbers)))


def _even(found: Sequence[Recognised]) -> list[Recognised]:
    """All lines with one letter height: the height of a box depends on its letters and the page's skew."""
    # One size for all, as the height of a word's box says more of its letters ("some", "apply") than of its type.
    sizes = [line.size for one in found for line in one.page.lines]
    size = median(sizes) if sizes else 0.0
    pages = [replace(one.page, lines=tuple(_as_high(line, size) for line in one.page.lines)) for one in found]
    return [replace(one, page=page) for one, page in zip(found, pages, strict=True)]


def _as_high(line: Line, size: float) -> Line:
    left, _, right, bottom = line.box
    return replace(line, size=size, box=(left, bottom - size, right, bottom))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page as an image, its size in points, and how many dots a point takes."""

    image: Image
    width: float
    height: float
    scale: float


def _drawn(data: bytes, number: int) -> _Drawn:
    with PDFIUM:
        document = pdfium.PdfDocument(data)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            dots = scale(width, height, DOTS, MAX_PIXELS)
            return _Drawn(page.render(scale=dots, grayscale=True).to_pil(), width, height, dots)
        finally:
            document.close()


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[int, int, int]
    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


def _recognise(data: bytes, trained_on: str, number: int) -> Recognised:
    try:
        drawn = _drawn(data, number)
    except pdfium.PdfiumError as error:
        return Recognised(Page(number, 0, 0, (), (f"PDFium cannot draw the page: {error}",)), 0.0, 0)
    try:
        said = _said(drawn, trained_on)
    except RuntimeError as error:  # that it took too long, or what tesseract itself says
        return Recognised(Page(number, drawn.width, drawn.height, (), (f"tesseract: {error}",)), 0.0, 0)
    lines = tuple(_lines(said, number, drawn.scale))
    confidence = sum(word.confidence for word in said) / len(said) / 100 if said else 0.0
    return Recognised(Page(number, drawn.width, drawn.height, lines), confidence, len(said))


def _said(drawn: _Drawn, trained_on: str) -> list[_Word]:
    """The words of a page's picture. Raises RuntimeError when tesseract fails, or takes more than its time."""
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # tesseract's own threads only get in the way of one page a core
    table = pytesseract.image_to_data(
        drawn.image, lang=trained_on, config="--psm 3", timeout=SECONDS_A_PAGE, output_type=pytesseract.Output.DICT
    )
    return list(_found(table))


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word of a page's picture: its middle in points from the page's upper left corner, and how sure tesseract is of
    it (0 to 1)."""

    text: str
    across: float
    down: float
    confidence: float


def shown_words(data: bytes, trained_on: str, number: int) -> list[ShownWord]:
    """The words that a page of a PDF shows, line by line. Raises RuntimeError when its picture cannot be read."""
    drawn = _drawn(data, number)
    scale = 2 * drawn.scale
    return [
        ShownWord(one.text, (one.left + one.right) / scale, (one.top + one.bottom) / scale, one.confidence / 100)
        for one in _said(drawn, trained_on)
    ]


def _found(table: Mapping[str, Sequence[Any]]) -> Iterator[_Word]:
    names = ("block_num", "par_num", "line_num", "text", "left", "top", "width", "height", "conf")
    for block, paragraph, line, text, left, top, width, height, confidence in zip(
        *(table[name] for name in names), strict=True
    ):
        if text.strip() and float(confidence) >= 0:
            key = (block, paragraph, line)
            yield _Word(
                line=key,
                text=text.strip(),
                left=left,
                top=top,
                right=left + width,
                bottom=top + height,
                confidence=float(confidence),
            )


def _lines(words: Sequence[_Word], number: int, scale: float) -> Iterator[Line]:
    index = 0
    for _, run in groupby(words, key=lambda word: word.line):
        group = list(run)
        size = (max(word.bottom for word in group) - min(word.top for word in group)) / scale
        text = " ".join(word.text for word in group)
        bottom = median(word.bottom for word in group) / scale
        box: Box = (group[0].left / scale, bottom - size, group[-1].right / scale, bottom)
        yield Line(_hyphenated(text), number, box, index, size)
        index += len(text) + 1


def _hyphenated(text: str) -> str:
    return text[:-1] + HYPHEN if len(text) > 2 and text[-1] in "-¬" and text[-2].isalpha() else text
