"""The characters of a PDF's page → printed lines with their places, sizes and styles.

PDFium gives a page's characters in one string with line ends. Asking for the place and font of a line's first and
last characters keeps near its bare speed; a box for every character would cost two thirds of it.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import hypot

import pypdfium2.raw as raw

from treatynlp.reading.drawn import Edges
from treatynlp.reading.parted import Parting
from treatynlp.reading.struck import is_struck
from treatynlp.reading.unseen import Unseen
from treatynlp.text import TURNING, Box, Line, without

_BREAK = re.compile("[\r\n\ufffe\x02]")
_SOFT = re.compile(f"\u00ad(?!$)|[{TURNING}\u200b-\u200d\u2060\ufeff]")
"""What is in the file and not on the page: a soft hyphen that breaks no word, a mark that turns the direction,
a blank without width."""
_CAPITAL = re.compile(r"(?<![A-Za-z])[A-Z]( )(?=[A-Z]{2})")
_BLANK = re.compile(r"[^\W\d_]( )(?=[a-zà-ÿ])")
NO_WIDTH, BROAD = 0.05, 3
"""A blank that takes less room than this share of the letters' height takes none; a broad one is so many times that."""
SHORT, SAMPLED = 40, 8
"""Lines of fewer characters, and one of so many of the others, are looked at for blanks without width."""
HYPHEN = "\u00ad"
"""Stands at the end of a line's text where the printer broke a word with a hyphen."""

SUPERSCRIPT = 0.75
"""A number whose letters are lower than this share of the line's is a superscript: the mark of a footnote."""
SMALL, RAISED = 0.45, 0.4
"""The ink of a raised figure is lower than this share of the line's height, and begins so high above its foot."""
RISEN = 0.2
"""A figure as large as the number before it is its mark when it stands higher by this share of the line's height."""
_MARK_OF_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}?(?P<mark>\d{1,2})(?![\d\w])")
"""A number whose last figures may be the mark of a footnote: "Article 5" with a raised 1 behind it."""
_MARK = re.compile(r"""(?<=[A-Za-zà-ÿ.,;:)\]”’"'])(\d{1,3})(?![\w])""")

CLOSED = 0.12
"""Share of a letter's height between a capital and small ones that follow it with a blank that is only in the file."""
BOLD, ITALIC = 1 << 18, 1 << 6
"""Flags of a font's descriptor (ISO 32000-1, table 123): ForceBold, Italic."""
FONT_NAME = 128
"""Bytes of a font's name that are looked at."""
MAX_POINTS = 20_000.0
"""No page is larger, and no character stands further out (a PDF's own limit is 14,400 points)."""


def _breaks(value: str) -> Iterator[tuple[int, int]]:
    """Where the lines of PDFium's text begin and end: at line ends, and behind a hyphen that breaks a word
    (PDFium prints it as U+FFFE or U+0002 and leaves the line end out)."""
    start = 0
    for match in _BREAK.finditer(value):
        yield start, match.start() if value[match.start()] in "\r\n" else match.end()
        start = match.end()
    yield start, len(value)


FEWEST, PRESSED = 8, 0.16
"""Letters narrower in the mean than this share of their height lie over one another; narrow type has 0.25. A line of
fewer letters does not tell."""
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class Glyphs:
    """What PDFium knows of the characters of one page; buffers are made once and used again."""

    def __init__(self, page: raw.FPDF_PAGE, text: raw.FPDF_TEXTPAGE, number: int, gone: Unseen) -> None:
        self.text, self.number, self.unseen = text, number, gone
        self.aside: list[Line] = []
        self.torn = False
        self.place = Placing(page)
        self.rect = raw.FS_RECTF()
        self.ink = [ctypes.c_double() for _ in range(4)]
        self.font = ctypes.create_string_buffer(FONT_NAME)
        self.flags = ctypes.c_int()

    def lines(self, count: int) -> Iterator[Line]:
        """The lines of the page, without the words that no reader sees; those are put `aside`. A line that is
        painted again in the same place is the same line (bold print in an official booklet on space law is made so)."""
        painted: dict[str, list[Box]] = {}
        for line in self.printed(count):
            seen = self.seen(line) if self.unseen else line
            if is_pressed(seen):
                self.aside.append(seen)
                continue
            if not seen.text.strip():
                continue
            before = painted.setdefault(seen.text, [])
            if not any(_is_on(seen.box, box) for box in before):
                before.append(seen.box)
                yield seen

    def seen(self, line: Line) -> Line:
        """The line without its characters that are not seen, or struck out."""
        places = [(start + at, index + at) for start, end, index in line.stretches for at in range(end - start)]
        gone = set(self.inkless(places, line.text)) if self.unseen.ink else set[int]()
        if self.unseen.objects or self.unseen.struck:
            gone |= {at for at, index in places if not line.text[at].isspace() and self.is_unseen(index)}
        if not any(line.text[at].isalnum() for at in gone):  # rules typed as underscores, dashes in tables
            return line
        spans = [(run[0], run[-1] + 1) for run in _together(sorted(gone), line.text)]
        kept = [(end, start) for (_, end), (start, _) in pairwise([(0, 0), *spans, (len(line.text),) * 2])]
        self.aside.append(without(line, [span for span in kept if span[0] < span[1]]))
        return without(line, [(start, end + (line.text[end : end + 1] == " ")) for start, end in spans])

    def inkless(self, places: Sequence[tuple[int, int]], text: str) -> Iterator[int]:
        """The places of the words that leave no ink on the page; a word stands where its first and last letters do (to
        ask for every letter takes as long as all other reading)."""
        for blank, run in groupby(places, key=lambda place: text[place[0]].isspace()):
            word = list(run)
            if not blank and self.unseen.ink:
                place = _around(self.edges(word[0][1]), self.edges(word[-1][1]))
                if not self.unseen.ink.has(place):
                    yield from (at for at, _ in word)

    def edges(self, index: int) -> Edges:
        """The edges of a character's ink, in the page's own coordinates."""
        raw.FPDFText_GetCharBox(self.text, index, *self.ink)
        left, right, bottom, top = (edge.value for edge in self.ink)
        return left, bottom, right, top

    def is_unseen(self, index: int) -> bool:
        thing = raw.FPDFText_GetTextObject(self.text, index)
        if thing and ctypes.cast(thing, ctypes.c_void_p).value in self.unseen.objects:
            return True
        return bool(self.unseen.struck) and is_struck(self.unseen.struck, self.edges(index))

    def printed(self, count: int) -> Iterator[Line]:
        """The lines of the page's text, seen or not."""
        value = self.value(count)
        same, parting = len(value) == count, Parting(self.box)
        self.torn = same and self.is_torn(value)
        for start, end in _breaks(value):
            words = value[start:end].strip()
            if words and not words.isspace():
                first = value.index(words[0], start)
                if not same:
                    yield self.line(words, self.index(first), self.index(first + len(words) - 1))
                    continue
                for begin, stop in parting.pieces(words, first):
                    yield self.line(words[begin:stop], first + begin, first + stop - 1)

    def is_torn(self, value: str) -> bool:
        """Whether blanks of the file have no width on the page: asked of short lines, headings among them, and of some
        of the others (to ask of every blank takes a tenth of all reading)."""
        for number, (start, end) in enumerate(_breaks(value)):
            if end - start < SHORT or number % SAMPLED == 0:
                blanks = (start + match.start() for match in _BLANK.finditer(value[start:end]))
                if any(self.has_no_width(at) for at in blanks):
                    return True
        return False

    def has_no_width(self, index: int) -> bool:
        """Whether the blank behind a character is only in the file: broad itself, and the next letter stands where it
        does, next to the one before (in a scan's layer letters are broader than their room, and blanks as narrow)."""
        left, blank, right = self.box(index), self.box(index + 1), self.box(index + 2)
        room = NO_WIDTH * (left[3] - left[1])
        return blank[2] - blank[0] > BROAD * room and max(abs(right[0] - left[2]), abs(right[0] - blank[0])) < room

    def value(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self.text, 0, count, buffer)
        # surrogates are kept as two characters, so that offsets stay PDFium's own
        return bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")

    def index(self, offset: int) -> int:
        """PDFium's character index of an offset in its text: characters it cannot print are not in the text."""
        return max(0, int(raw.FPDFText_GetCharIndexFromTextIndex(self.text, offset)))

    def line(self, words: str, first: int, last: int) -> Line:
        left, right = self.box(first), self.box(last)
        box = (
            min(left[0], right[0]),
            min(left[1], right[1]),
            max(left[2], right[2]),
            max(left[3], right[3]),
        )
        bold, italic = self.style(first)
        if bold or italic:  # a line is bold when it begins and ends so: one stressed word does not make it
            also = self.style(last)
            bold, italic = bold and also[0], italic and also[1]
        size = left[3] - left[1]
        line = Line(text=_printed(words), page=self.number, box=box, index=first, size=size, bold=bold, italic=italic)
        gone = [match.span(1) for match in _MARK.finditer(words) if self.is_small(first + match.start(1), size)]
        gone += self.marks_of_numbers(words, first, size)
        gone += [match.span() for match in _SOFT.finditer(words)]
        gone += [match.span(1) for match in _CAPITAL.finditer(words) if self.is_closed(first + match.start(), size)]
        if self.torn:
            gone += [match.span(1) for match in _BLANK.finditer(words) if self.has_no_width(first + match.start())]
        return without(line, sorted(gone)) if gone else line

    def marks_of_numbers(self, words: str, first: int, size: float) -> Iterator[tuple[int, int]]:
        """The raised and small last figures of numbers: marks of footnotes (the Rome Statute's own print has them
        behind the numbers of its articles)."""
        for match in _MARK_OF_NUMBER.finditer(words):
            begin, foot = first + match.start(), self.box(first + match.start())[3]
            marks = (
                at
                for at in range(match.start() + 1, match.end())
                if self.is_small(first + at, size) or self.box(first + at)[3] < foot - RISEN * size
            )
            # From the second figure on: the first belongs to the number whatever follows.
            start = next(marks, match.end())
            if start < match.end() and not self.is_small(begin, size):
                yield start, match.end()

    def is_closed(self, index: int, size: float) -> bool:
        """Whether hardly a gap stands between a character and the next but one: the blank between them is only in
        the file (it comes of a change of size, as in small capitals)."""
        return self.box(index + 2)[0] - self.box(index)[2] < CLOSED * size

    def is_small(self, index: int, size: float) -> bool:
        """Whether a character is raised and small: set in a smaller size, or one of the font's own raised figures."""
        box = self.box(index)
        if box[3] - box[1] < SUPERSCRIPT * size:
            return True
        left, bottom, right, top = self.edges(index)
        ink = self.place(left, top, right, bottom)
        return ink[3] - ink[1] < SMALL * size and box[3] - ink[3] > RAISED * size

    def box(self, index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(self.text, index, self.rect)
        box = self.place(self.rect.left, self.rect.top, self.rect.right, self.rect.bottom)
        # damaged files put characters nowhere, or light-years away: their words are kept, their place is not
        near = abs(box[0]) < MAX_POINTS and abs(box[1]) < MAX_POINTS
        return box if near and abs(box[2]) < MAX_POINTS and abs(box[3]) < MAX_POINTS else NOWHERE

    def style(self, index: int) -> tuple[bool, bool]:
        """Whether the character is bold, and italic: from its font's name and flags."""
        self.font.value = b""
        raw.FPDFText_GetFontInfo(self.text, index, self.font, FONT_NAME, self.flags)
        name = self.font.value.lower()
        bold = b"bold" in name or b"black" in name or b"heavy" in name or bool(self.flags.value & BOLD)
        return bold, b"ital" in name or b"obli" in name or bool(self.flags.value & ITALIC)


def _is_on(one: Box, other: Box) -> bool:
    """Whether two boxes are the same to a point: bold print is sometimes made of two, a hair apart."""
    return one != NOWHERE and all(abs(a - b) <= 1.0 for a, b in zip(one, other, strict=True))


def is_pressed(line: Line) -> bool:
    """Whether the letters of a line are pressed together until they lie over one another: nobody reads them."""
    length = hypot(line.box[2] - line.box[0], line.box[3] - line.box[1] - line.size)
    return len(line.text) >= FEWEST and 0 < length < PRESSED * line.size * len(line.text)


def _around(one: Edges, other: Edges) -> Edges:
    """The edges of what holds both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _together(places: Sequence[int], text: str) -> list[list[int]]:
    """Places of characters as runs: those side by side, or with only blanks between them."""
    runs: list[list[int]] = []
    for at in places:
        if runs and not text[runs[-1][-1] + 1 : at].strip():
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _printed(words: str) -> str:
    hyphen = words[-1] in "\ufffe\x02"
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if max(words) >= "\ud800" else words
    if hyphen and words[-2:-1].isspace():  # a dash between blanks breaks no word
        return words[:-1] + "-"
    return words[:-1] + HYPHEN if hyphen else words


class Placing:
    """From the page's own coordinates (origin at the lower left, before turning) to ours (upper left, as seen)."""

    def __init__(self, page: raw.FPDF_PAGE) -> None:
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rect)
        self.left, self.top, self.right, self.bottom = rect.left, rect.top, rect.right, rect.bottom
        self.turn = raw.FPDFPage_GetRotation(page)

    def __call__(self, left: float, top: float, right: float, bottom: float) -> Box:
        match self.turn:
            case 1:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case 3:
                return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom
