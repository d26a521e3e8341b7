"""The lines of one article as its lists are read from them: what number each begins with, and what goes on behind it.

Nothing here knows which lists are open: that is the parser's (`lists`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from treatynlp.reading.rows import Row
from treatynlp.structure.markers import Marker, marker
from treatynlp.structure.numerals import Numeral, readings
from treatynlp.structure.spacing import APART

INNER = ("alpha", "roman", "digit")
"""How the numbers of lists inside a paragraph are written."""
SAME_PLACE = 4.0
"""Points by which two markers of one list may differ in where they stand."""
FREE_BEHIND, SHORT_LINE = 0.2, 0.15
"""Share of the measure free behind a line that a sentence which went on would have filled; and behind one that ends its
paragraph, where a capital and a full stop say the same. Set by eye on the texts of the mirror."""
AFTER_LIST, BETWEEN_BLOCKS = 1.15, 1.3
"""Steps from the row above from which on words close a list, if all else says so; an unnumbered paragraph begins."""
FIRST_LINE = 8
"""Points by which the first line of a paragraph is set in, if it is."""
LEVEL = 6
"""Points on which indents are rounded to ask whether all numbers stand at one place."""
CLOSE = 1.2
"""Rows no farther apart than this may be one sentence, the second of which begins with a dash."""


@dataclass(frozen=True, slots=True)
class Found:
    """A marker at character `at` of a row."""

    row: int
    at: int
    marker: Marker


@dataclass(frozen=True)
class ListLines:
    """The rows [first, stop) of an article; those of `marked` begin with the mark of a quotation."""

    rows: Sequence[Row]
    first: int
    stop: int
    language: str
    marked: frozenset[int]

    @cached_property
    def begun_with(self) -> tuple[Marker | None, ...]:
        """The marker at the beginning of each row."""
        return tuple(self.marker_of(row, 0) for row in range(self.first, self.stop))

    @cached_property
    def flat(self) -> bool:
        """Whether numbered lines stand where other lines stand, so that a line's place says nothing of its level."""
        rows = [row for row in self.rows[self.first : self.stop] if not row.centred]
        return len({round(row.indent / LEVEL) for row in rows if marker(row.line.text, self.language)}) <= 1

    def marker_of(self, row: int, offset: int) -> Marker | None:
        """The marker at a character of a row; behind the mark with which a quotation opens."""
        text, behind = self.rows[row].line.text, int(offset == 0 and row in self.marked)
        found = marker(text[offset + behind :], self.language)
        return replace(found, length=found.length + 1) if found and behind else found

    def nests(self, found: Found) -> bool:
        """Whether behind a marker a second one may follow on the line ("4. a) …"): the first of a list that goes on."""
        if found.marker.shape not in ("()", ")", ".", "-"):
            return False
        first = [
            numeral
            for numeral in readings(found.marker.value, self.language)
            if numeral.first and numeral.family in INNER
        ]
        # Between brackets a first letter needs no second one to be believed: nothing else is written so behind a
        # number.
        return any(found.marker.shape == "()" or self.has_next(found, numeral) for numeral in first)

    def sorted_readings(self, found: Found) -> list[Numeral]:
        """The readings of a number; of letters that are roman numerals too, first the one whose next follows."""
        numerals = readings(found.marker.value, self.language)
        if len(numerals) < 2:
            return list(numerals)
        return sorted(numerals, key=lambda numeral: not self.has_next(found, numeral))

    def has_next(self, found: Found, numeral: Numeral) -> bool:
        """Whether a later line begins with the next number in the same shape."""
        return any(
            reading.follows(numeral)
            for other in self.begun_with[found.row + 1 - self.first :]
            if other and other.shape == found.marker.shape
            for reading in readings(other.value, self.language)
        )

    def is_fresh(self, found: Found) -> bool:
        """Whether a number stands behind a finished sentence and before one that begins."""
        above = self.rows[found.row - 1] if found.row > self.first else None
        rest = self.rows[found.row].line.text[found.marker.length :].lstrip()
        return (above is None or above.ended) and rest[:1].isupper()

    def title(self, found: Found) -> int:
        """How many rows the provision's own title takes: its line is set apart and short, and ends no sentence."""
        row = self.rows[found.row]
        rest = row.line.text[found.at + found.marker.length :]
        if found.row + 1 >= self.stop or not rest or not row.loud or rest.endswith((".", ";", ",")):
            return 0
        below = self.rows[found.row + 1]
        if (
            below.loud
            and below.gap <= APART
            and not marker(below.line.text, self.language)
            and found.row + 2 < self.stop
        ):
            return 2 if not self.rows[found.row + 2].loud else 0
        return 0 if below.loud and not marker(below.line.text, self.language) else 1

    def is_title_row(self, row: int) -> bool:
        """Whether a row is set apart, and the one below it is not."""
        return self.rows[row].loud and not self.rows[row + 1].loud


def runs_on(above: Row, row: Row) -> bool:
    """Whether a line that begins with a dash is the rest of the sentence above."""
    close = max(above.gap, row.gap) <= CLOSE and abs(row.indent - above.indent) < SAME_PLACE
    return close and not above.ended and not above.text.endswith((",", ":"))
