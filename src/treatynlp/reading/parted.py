"""Lines of PDFium's that are several: the number of a line, or a title in the margin, on one level with the text.

PDFium sets together whatever is painted one after the other on one level, however far apart it stands.
"""

import re
from collections.abc import Callable, Iterator

from treatynlp.text import Box

_NUMBERED = re.compile(r"\d{1,3} (?=\S)")
"""A number at a line's beginning without a mark behind it: a line's number, where a wide gap follows."""
COUNTED = re.compile(
    r"(?P<unit>[^\W\d]+\.? )?(?P<number>\d{1,3})[A-Z]{0,2}(?:[.)](?!\d)|\s?[—–]|\s?\(1\)|$| (?=[A-Z]))"
)
"""What a provision begins with that may have its title beside it."""
_LEFT = re.compile(rf"[A-Z“][^\d]{{2,60}}? (?={COUNTED.pattern})")
_CAPITAL = re.compile(r" (?=[A-Z“])")
REACH = 60
"""So many characters of a line, at either end, may be a title in the margin."""
LEAST = 24
"""A line of text that has its title behind it has so many characters: a number behind which a gap stands has none."""
NUMBER, TITLE = 1.5, 1.0
"""A gap of so many times the height of letters parts a number, and a title, from the text beside it."""
SAME = 3.0
"""Points by which the lines of one margin begin apart."""


class Parting:
    """Finds where the lines of one page are parted; `box` gives the place of a character. Where the first line of a
    title is found in a margin, its further lines are looked for in the same place."""

    def __init__(self, box: Callable[[int], Box]) -> None:
        self.box = box
        self.left: list[float] = []
        self.right: list[float] = []

    def pieces(self, words: str, first: int) -> Iterator[tuple[int, int]]:
        """The stretches of a line that stand apart; the line's first character has the index `first`."""
        number = _NUMBERED.match(words)
        at = number.end() if number and self.is_parted(first + number.end(), NUMBER) else 0
        at = at or self._behind_title(words, first)
        stop = self._before_title(words, first) or len(words)
        yield from ((start, end) for start, end in ((0, at - 1), (at, stop), (stop + 1, len(words))) if start < end)

    def is_parted(self, index: int, times: float) -> bool:
        """Whether a gap so many times as wide as letters are high parts a word from the one before it."""
        left, right = self.box(index - 2), self.box(index)
        return right[0] - left[2] > times * (left[3] - left[1])

    def _behind_title(self, words: str, first: int) -> int:
        """Where the text begins behind a title in the left margin; 0 where none stands there."""
        title = _LEFT.match(words)
        for at in (title.end(), title.end("unit")) if title else ():
            if at > 0 and self.is_parted(first + at, TITLE):
                self.left.append(self.box(first)[0])
                return at
        if self.left and any(abs(self.box(first)[0] - left) < SAME for left in self.left):
            blanks = (at + 1 for at in range(min(REACH, len(words))) if words[at] == " ")
            return next((at for at in blanks if self.is_parted(first + at, TITLE)), 0)
        return 0

    def _before_title(self, words: str, first: int) -> int:
        """Where the text ends before a title in the right margin; 0 where none stands there."""
        low = max(LEAST, len(words) - REACH)
        if COUNTED.match(words):
            for blank in _CAPITAL.finditer(words, low):
                if self.is_parted(first + blank.end(), TITLE):
                    self.right.append(self.box(first + blank.end())[0])
                    return blank.start()
        elif self.right and self.box(first + len(words) - 1)[2] > min(self.right):
            for at in range(low, len(words)):
                if words[at] == " " and self._is_right(first + at + 1) and self.is_parted(first + at + 1, TITLE):
                    return at
        return 0

    def _is_right(self, index: int) -> bool:
        return any(abs(self.box(index)[0] - right) < SAME for right in self.right)
