"""What a page shows, read from its picture by OCR, held against the words that were read from the file.

Every reading of a PDF's words, ours and any other, believes what the file says its letters mean. The picture of a page
does not: where the two differ in a word, one of them is not what a reader sees.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from treatynlp.errors import Issue, brief_of, issue
from treatynlp.reading import ocr
from treatynlp.reading.document import Document
from treatynlp.reading.ocr import ShownWord
from treatynlp.text import Line

LOOKED_AT = 3
"""Pages of a document that are looked at unasked: OCR takes a second or two for each."""
SHOWN = 4
"""So many differences of a page are told in words."""
SURE = 0.7
"""A word that OCR is less sure of says nothing against the file's: clean print is read with 0.9 and more."""
LETTERS_OF_A_SLIP = 5
"""OCR mistakes a letter in so many; in shorter words two letters apart are two words ("may", "way")."""
_ALIKE = str.maketrans("1l|0", "iiio")
FEW_WORDS = 2
"""A line of which fewer words are the same was not found in the picture."""
KNOWN = 0.6
"""Share of a line's words that must be the same before the others are compared: else the line itself was not found."""
BESIDE, ABOVE = 4, 1
"""Points by which a word's middle may stand beside, and above or below, its line's box: OCR draws its own."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that the file gives and words that the page shows in their place; either may be none."""

    page: int
    read: str
    shown: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How one page compares with its picture: how many words were held against it, and what differs."""

    page: int
    words: int
    differences: tuple[Difference, ...] = ()


def look_at_doubted(data: bytes, document: Document, scanning: Callable[[int], None]) -> Iterator[Issue]:
    """An error for each page that shows other words than were read from it, of those on which the file may give others
    than it shows (`Document.unproven`); a warning in a scan, whose words are somebody else's OCR.

    At most `LOOKED_AT` are looked at, and none without tesseract: reading has told that they are unproven.
    """
    trained_on = language_of_ocr(document.language)
    if document.unproven and trained_on:
        pages = spread_by_hash(document.sha256, document.unproven, LOOKED_AT)
        scanning(len(pages))
        rows = differing(data, document.name, (*document.lines, *document.aside), pages, trained_on)
        yield from rows if document.fidelity == "text" else (replace(row, level="warning") for row in rows)


def spread_by_hash(key: str, pages: Iterable[int], size: int) -> list[int]:
    """Up to `size` of the pages, spread by the hash of a key: the same file gives the same, on every machine."""
    return sorted(sorted(pages, key=lambda n: hashlib.sha256(f"{key} {n}".encode()).digest())[:size])


def differing(data: bytes, name: str, lines: Sequence[Line], pages: Iterable[int], trained_on: str) -> Iterator[Issue]:
    """An error for each of the pages whose picture shows other words than the lines hold, with the first of them."""
    for page in pages:
        try:
            found = compare_with_picture(data, page, lines, trained_on).differences
        except RuntimeError as error:  # tesseract's own, or that it took too long
            yield issue("picture-unread.page", f"{name} p. {page}", reason=brief_of(error))
            continue
        if found:
            said = "; ".join(f"“{one.read}” for “{one.shown}”" for one in found[:SHOWN])
            yield issue("words-not-shown", f"{name} p. {page}", count=len(found), said=said)


def language_of_ocr(language: str) -> str | None:
    """What tesseract calls a language, where it and its data for the language are installed."""
    if not ocr.available():
        return None
    wanted = ocr.tesseract_language(language)
    return wanted if wanted in ocr.installed() else None


def compare_with_picture(data: bytes, page: int, lines: Iterable[Line], trained_on: str) -> Compared:
    """The lines that were read from a page, held against the page's picture.

    Raises RuntimeError when tesseract cannot read it. A second or two a page.
    """
    shown = ocr.shown_words(data, trained_on, page)
    mine = [line for line in lines if line.page == page and line.box[3] > line.box[1]]
    return compare_lines(page, mine, shown)


def compare_lines(page: int, lines: Sequence[Line], shown: Sequence[ShownWord]) -> Compared:
    """Lines that were read, and words that were made out in the page's picture, each in the line in which it stands.

    >>> line = Line("Parties shall not light lamps", 1, (72.0, 90.0, 300.0, 102.0))
    >>> shown = enumerate("Parties shall light lamps".split())
    >>> words = [ShownWord(word, 80.0 + 50 * at, 96.0, 0.95) for at, word in shown]
    >>> compare_lines(1, [line], words).differences
    (Difference(page=1, read='not', shown=''),)
    """
    read = [_words(line.text) for line in lines]
    found = [
        one for mine, near in zip(read, _by_line(lines, shown), strict=True) for one in _differences(page, mine, near)
    ]
    return Compared(page, sum(map(len, read)), tuple(found))


def _by_line(lines: Sequence[Line], shown: Sequence[ShownWord]) -> list[list[ShownWord]]:
    """For each line the words of the picture whose middle lies in its box, from left to right; where boxes overlap, in
    that of the line whose middle is nearest."""
    found: dict[int, list[ShownWord]] = defaultdict(list)
    for word in shown:
        inside = [(abs(_middle(line) - word.down), at) for at, line in enumerate(lines) if _holds(line, word)]
        if inside:
            found[min(inside)[1]].append(word)
    return [sorted(found[at], key=lambda word: word.across) for at in range(len(lines))]


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _holds(line: Line, word: ShownWord) -> bool:
    left, top, right, bottom = line.box
    return left - BESIDE <= word.across <= right + BESIDE and top - ABOVE <= word.down <= bottom + ABOVE


def _differences(page: int, read: Sequence[str], shown: Sequence[ShownWord]) -> Iterator[Difference]:
    """Runs of words in which a line and its picture differ; none where the line was hardly made out."""
    pairs = [(word, one.confidence) for one in shown for word in _words(one.text)]
    seen = [word for word, _ in pairs]
    steps = Levenshtein.opcodes(read, seen)
    same = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    # The line was not made out (a stamp, a crease, another line's box): that says nothing against the file's words.
    if same < max(KNOWN * len(read), FEW_WORDS):
        return
    for equal, group in groupby(steps, key=lambda step: step.tag == "equal"):
        if not equal:
            run = list(group)
            mine, theirs = read[run[0].src_start : run[-1].src_end], pairs[run[0].dest_start : run[-1].dest_end]
            shows = [word for word, _ in theirs]
            # Of words that the file lacks OCR must be sure; where it saw nothing at all there is nothing to be sure of.
            if all(sure >= SURE for _, sure in theirs) and _are_others("".join(mine), "".join(shows)):
                yield Difference(page, " ".join(mine), " ".join(shows))


def _are_others(one: str, other: str) -> bool:
    """Whether two runs of letters are more than slips of OCR apart. Single letters and figures are lost too often (they
    number points, and mark notes) to say anything."""
    letters = sum(map(str.isalpha, one)), sum(map(str.isalpha, other))
    slips = max(len(one), len(other)) // LETTERS_OF_A_SLIP
    return max(letters) > 1 and Levenshtein.distance(_shape(one), _shape(other)) > slips


def _shape(word: str) -> str:
    """A word as OCR sees it: letters that look alike are the same ("concemed", "x1")."""
    return word.replace("rn", "m").translate(_ALIKE)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "-")).casefold())
