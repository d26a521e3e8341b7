"""Paragraphs and points: from the lines of an article to a list of starts with their depth.

Numbering restarts inside a paragraph, letters and roman numerals look alike, and a line may begin with a number
that belongs to a reference. What decides is the count: a number is taken when it goes on with an open list (the
deepest first), or when it is the first of a list and the words above allow one to begin.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from treatynlp.reading.rows import Row
from treatynlp.structure.list_levels import Level, Start, alike, begins
from treatynlp.structure.list_lines import (
    AFTER_LIST,
    BETWEEN_BLOCKS,
    FIRST_LINE,
    FREE_BEHIND,
    SAME_PLACE,
    SHORT_LINE,
    Found,
    ListLines,
    runs_on,
)
from treatynlp.structure.markers import marker
from treatynlp.structure.numerals import Numeral, readings
from treatynlp.structure.quotation import Quotation, quotations
from treatynlp.structure.spacing import WIDE
from treatynlp.structure.vocabulary import reference_words, vocabulary

MAX_DEPTH = 8
"""Lists inside one another: so that a table of figures does not open them without end."""
SKIPPED = 3
"""So far a number may jump ahead of the last one of its list: one or two points lost to a page's end, or repealed."""
FORM_LINE = re.compile(r"(?:…|\.{4}|_{3})\W*$")
"""A line that ends in a space to be filled in is a form's, and no provision."""


def starts(rows: Sequence[Row], reach: tuple[int, int], language: str, at: int = 0) -> list[Start]:
    """Where the provisions inside the rows [first, stop) of `reach` begin; the text begins at `at` in the first row."""
    quoted = quotations(rows, reach, language)
    marked = frozenset(row for one in quoted if one.marked for row in one.opened(rows))
    return list(_Parser(ListLines(rows, *reach, language, marked), at).run(quoted))


class _Parser:
    """Reads the rows of one article downwards, keeping the stack of open lists."""

    def __init__(self, lines: ListLines, at: int) -> None:
        self.lines, self.at = lines, at
        self.rows, self.language, self.first, self.stop = lines.rows, lines.language, lines.first, lines.stop
        self.levels: list[Level] = []
        self.depth = 0  # the level new lists begin at; deeper ones may still go on
        self.introduced: int | None = None  # the unnumbered paragraph last begun, if no number has come since
        self.floor = 0  # what is quoted stays below this level

    def run(self, quoted: Sequence[Quotation]) -> Iterator[Start]:
        """The starts in order; a quotation's own lists begin and end with it, those around it go on behind it."""
        ends = [(one.first, one.stop) for one in quoted]
        for (_, begin), (first, stop) in pairwise([(self.first, self.first), *ends, (self.stop, self.stop)]):
            yield from self.among(begin, first)
            around = self.levels, self.depth
            # What is quoted goes on with no list of the article that quotes it, though its numbers may follow by
            # chance.
            self.levels, self.floor = self.levels[: self.depth], self.depth
            for start in self.among(first, stop):
                yield replace(start, quoted=True)
            (self.levels, self.depth), self.floor = around, 0

    def among(self, first: int, stop: int) -> Iterator[Start]:
        """The starts among the rows [first, stop)."""
        owned = first if first == self.first else first - 1  # a title and the first block below it are what has begun
        for row in range(first, stop):
            begun = list(self.markers(row, self.at if row == self.first else 0))
            yield from begun
            if begun:
                owned = row + (begun[-1].heading or self.stands_alone(row, begun[-1]))
            elif row > owned and self.opens_block(row):
                yield self.alinea(row)

    def stands_alone(self, row: int, start: Start) -> bool:
        """Whether a number has its row to itself, so that the block below holds its words (tables of EUR-Lex, where
        number and words are two cells; typescripts with the number in the margin)."""
        return self.rows[row].line.text[start.at :].strip() == start.number.strip()

    # ---- numbered ------------------------------------------------------------------------------------------

    def markers(self, row: int, offset: int) -> Iterator[Start]:
        """The starts at the beginning of a row: one, or several nested ones ("1. (a) …")."""
        text = self.rows[row].line.text
        while (found := self.lines.marker_of(row, offset)) and (start := self.start(Found(row, offset, found))):
            yield start
            offset += found.length
            second = marker(text[offset:], self.language) or found
            if offset >= len(text) or not self.lines.nests(Found(row, offset, second)):
                return

    def start(self, found: Found) -> Start | None:
        # Only at a line's beginning: behind a first marker ("1. (a)") no sentence goes on that could point to anything.
        if found.at == 0 and self.is_reference(found):
            return None
        if found.marker.bullet:
            return self.bullet(found)
        going_on = self.going_on(found)
        if going_on is not None:
            depth, numeral = going_on
            return self.put(found, depth, numeral)
        first = self.beginning(found)
        if first is None or self.depth >= MAX_DEPTH:
            return None
        if self.introduced is not None and len(self.levels) > self.depth:
            # a second list of the same paragraph: its numbers are told apart by the words that introduce it
            introducing = Level("", None, self.rows[self.introduced].indent, False, "alinea", self.introduced)
            self.levels = [*self.levels[: self.depth], introducing]
            self.depth += 1
        return self.put(found, self.depth, first)

    def put(self, found: Found, depth: int, numeral: Numeral) -> Start:
        heading = self.lines.title(found)
        # Small letters at the top are points: of an article that is one sentence with a list.
        counted = depth == 0 and numeral.family in ("digit", "ROMAN", "ALPHA")
        if depth < len(self.levels) and self.continues(self.levels[depth], numeral, found):
            counted = self.levels[depth].kind == "paragraph"  # what the list began as
        kind = "paragraph" if counted and not self.completes(found) else "point"
        indent = self.rows[found.row].indent
        self.levels = [
            *self.levels[:depth],
            Level(found.marker.shape, numeral, indent, bool(heading), kind, found.row),
        ]
        self.depth, self.introduced = depth + 1, None
        label = found.marker.value.replace(" ", "")
        return Start(found.row, found.at, depth + 1, kind, label, found.marker.printed, heading)

    def completes(self, found: Found) -> bool:
        """Whether a number at the top, set as points are, completes the words an article begins with ("For the purposes
        of this Regulation: (1) …"): a point, as the Official Journal's own structure has it, and no paragraph."""
        above = self.rows[found.row - 1].text if found.row > self.first else ""
        shapes = vocabulary(self.language).point.shapes
        return not self.levels and found.marker.shape in shapes and above.endswith(":")

    def going_on(self, found: Found) -> tuple[int, Numeral] | None:
        """The open list the marker is the next of, and how it is read: the deepest, unless a list above fits its
        place and look better (a restarted list inside a paragraph ends with the number the paragraph has)."""
        numerals = self.lines.sorted_readings(found)
        fits = [
            (depth, numeral)
            for depth in range(len(self.levels) - 1, self.floor - 1, -1)
            for numeral in numerals
            if self.continues(self.levels[depth], numeral, found)
        ]
        if not fits:
            return None
        titled = bool(self.lines.title(found))
        return min(fits, key=lambda fit: (self.levels[fit[0]].titled != titled, self.misplaced(fit[0], found), -fit[0]))

    def misplaced(self, depth: int, found: Found) -> bool:
        return abs(self.levels[depth].indent - self.rows[found.row].indent) > SAME_PLACE and found.at == 0

    def continues(self, level: Level, numeral: Numeral, found: Found) -> bool:
        if level.numeral is None or (level.shape != found.marker.shape and not alike(level.shape, found.marker.shape)):
            return False
        if numeral.follows(level.numeral):
            return True
        # Only figures may jump: letters that are Roman numerals too (i, v, x) would jump by being misread.
        gap = numeral.family == level.numeral.family and 1 < numeral.value - level.numeral.value <= SKIPPED
        return gap and numeral.family == "digit" and found.marker.shape != " " and self.lines.is_fresh(found)

    def beginning(self, found: Found) -> Numeral | None:
        """How the marker is read as the first of a new list; None when no list may begin here."""
        numerals = self.lines.sorted_readings(found)
        first = [numeral for numeral in numerals if begins(numeral, self.levels)] or self.midway(found, numerals)
        if not first:
            return None
        # a number with its article's in front ("3.1") needs no second one: an article may have one paragraph
        alone = first[0].family.startswith("dotted") and found.row == self.first and self.lines.is_fresh(found)
        if found.marker.shape == " " and not alone and not self.lines.has_next(found, first[0]):
            return None
        above = self.rows[found.row - 1] if found.at == 0 and found.row > self.first else None
        if above is None or above.ended or above.text.endswith((",", "-", "–", "—")) or above.loud or self.is_titled():
            return first[0]
        if found.row - 1 in self.lines.marked:  # the heading of what is quoted
            return first[0]
        # below a title set like the text (web pages), a paragraph of its own that begins anew
        row = self.rows[found.row]
        begun = row.gap > WIDE and found.row == self.first + 1 and row.line.text[found.marker.length :][:1].isupper()
        moved = abs(above.indent - row.indent) > SAME_PLACE
        return first[0] if (moved or begun) and self.lines.has_next(found, first[0]) else None

    def midway(self, found: Found, numerals: Sequence[Numeral]) -> list[Numeral]:
        """A list that does not begin at its beginning (an excerpt, an amendment): only where nothing is open, at
        the head of the text or behind a colon, and where it goes on."""
        opens = found.row == self.first or self.rows[found.row - 1].text.endswith(":")
        if self.levels or not opens or found.marker.shape == " ":
            return []
        return [numeral for numeral in numerals if self.lines.has_next(found, numeral)][:1]

    def is_titled(self) -> bool:
        return bool(self.levels) and self.levels[-1].titled

    def is_reference(self, found: Found) -> bool:
        """Whether the line goes on with a reference begun above: "… in paragraph | 2. (b) of this article"."""
        row = self.rows[found.row]
        above = self.rows[found.row - 1] if found.row > self.first else None
        after, before = reference_words(self.language)
        rest = row.line.text[found.marker.length :]
        if above is None or (above.ended and not after.match(rest)) or self.hangs(found, above):
            return False
        if found.marker.bullet:
            return runs_on(above, row)
        if before.search(above.text) and not above.ended:
            return True
        if above.slack > FREE_BEHIND * above.measure:  # a sentence that goes on would have filled the line
            return False
        return after.match(rest) is not None and not above.ended and not above.text.endswith(",")

    def hangs(self, found: Found, above: Row) -> bool:
        """Whether the marker is the next of an open list and stands out at that list's place."""
        if abs(above.indent - self.rows[found.row].indent) <= SAME_PLACE:
            return False
        numerals = readings(found.marker.value, self.language)
        return any(
            not self.misplaced(depth, found) and any(self.continues(level, numeral, found) for numeral in numerals)
            for depth, level in enumerate(self.levels)
        )

    # ---- unnumbered ----------------------------------------------------------------------------------------

    def bullet(self, found: Found) -> Start | None:
        """A dash or dot opens an indent: next to those before it, or below what the words above introduce."""
        row = self.rows[found.row]
        same = [depth for depth, level in enumerate(self.levels) if level.shape == found.marker.shape]
        near = [depth for depth in same if abs(self.levels[depth].indent - row.indent) <= SAME_PLACE]
        depth = (near or same or [self.depth])[-1]
        # Dashes do not count: where they stand is all that tells a list inside another from its next item.
        if same and not near and row.indent > self.levels[same[-1]].indent:
            depth = self.depth
        count = self.levels[depth].numeral if depth < len(self.levels) else None
        value = count.value + 1 if count else 1
        level = Level(found.marker.shape, Numeral("bullet", value), row.indent, False, "indent", found.row)
        self.levels = [*self.levels[:depth], level]
        self.depth = depth + 1
        return Start(found.row, found.at, depth + 1, "indent", str(value), found.marker.printed)

    def alinea(self, row: int) -> Start:
        """An unnumbered paragraph: it belongs to the level whose place it has (where lists are not indented:
        to the numbered paragraph). The lists below that level stay open, they may go on behind it."""
        self.depth = max(self.floor, self.depth_of(row))
        self.introduced = row
        return Start(row, 0, self.depth + 1, "alinea")

    def depth_of(self, row: int) -> int:
        if self.lines.flat:
            return min(len(self.levels), 1 if self.levels and self.levels[0].kind == "paragraph" else 0)
        depth = len(self.levels)
        while depth and self.stands_above(row, self.levels[depth - 1]):
            depth -= 1
        return depth

    def stands_above(self, row: int, level: Level) -> bool:
        """Whether an unnumbered line stands outside an open list: left of its numbers; or level with them, where
        the words of the list's items stand further in or the line goes on with a sentence begun above the list."""
        here = self.rows[row]
        if here.indent < level.indent - SAME_PLACE:
            return True
        if level.kind == "paragraph" or here.indent > level.indent + SAME_PLACE:
            return False
        hanging = any(one.indent > level.indent + SAME_PLACE for one in self.rows[level.row + 1 : row])
        return hanging or here.text[:1].islower()

    def opens_block(self, row: int) -> bool:
        """Whether an unnumbered paragraph begins with the row: space above it, an indent of its first line, or a
        short last line above it; and what stands above has come to an end."""
        if row == self.first:
            return True
        here, above = self.rows[row], self.rows[row - 1]
        below = self.rows[row + 1].text if row + 1 < self.stop else ""
        if FORM_LINE.search(here.text) or FORM_LINE.match(below):
            return False
        short = above.slack > SHORT_LINE * here.measure
        if (
            self.levels
            and here.gap > AFTER_LIST
            and short
            and above.text.endswith((",", ";", *vocabulary(self.language).reference.joins))
        ):
            return True  # the words that close a list
        fresh = here.text[:1].isupper() or here.text[:1] in "“\"‘'(«["
        if not fresh or not (above.ended or self.lines.is_title_row(row - 1)):
            return False
        hanging = bool(self.levels) and self.levels[-1].row == row - 1  # the words behind a number stand further in
        indented = here.indent - above.indent > FIRST_LINE and above.ended and not hanging
        return here.gap > BETWEEN_BLOCKS or indented or short or (above.loud and not here.loud)
