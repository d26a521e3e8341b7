"""Blanks that stand only in the file: "st atus" where the page shows "status".

Kerned and letter-spaced type leaves gaps that are taken for blanks. A blank is taken out where the two pieces are
hardly ever words of the document, and set together are one of its common words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise

from treatynlp.text import Line, without

_WORD = re.compile(r"(?<![-’'])\b[^\W\d_]+\b(?![-’'])")
_EDGES = ".,;:()[]“”„\"‘’'!?"
RARE, COMMON, SHARE = 2, 3, 0.005
"""A piece stands at most so often in the document (or for so small a share of the whole word), the whole word at
least so often."""
SHORT = 3
"""One rare piece is enough when it has at most so many letters ("dat a"); longer ones may be words of their own."""


def closed(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without their stray blanks.

    >>> page = [Line(text, 1, (0, 0, 9, 9)) for text in ("the status", "its status and", "a status", "st atus quo")]
    >>> closed(page)[-1].text
    'status quo'
    """
    lines = tuple(lines)
    words = Counter(word for line in lines for word in _WORD.findall(line.text.lower()))
    common = {word for word, count in words.items() if count >= COMMON}
    return tuple(_closed(line, words) if _may_be_split(line.text, common) else line for line in lines)


def _may_be_split(text: str, common: Set[str]) -> bool:
    """Whether any two neighbours make a common word together: a quick look before the exact one."""
    pieces = [piece.strip(_EDGES) for piece in text.lower().split(" ")]
    return any(left + right in common for left, right in pairwise(pieces) if left and right)


def _closed(line: Line, words: Counter[str]) -> Line:
    gaps = list(_stray(line.text, words))
    return without(line, gaps) if gaps else line


def _stray(text: str, words: Counter[str]) -> Iterator[tuple[int, int]]:
    before: re.Match[str] | None = None
    for match in _WORD.finditer(text):
        if before is not None and text[before.end() : match.start()] == " " and _is_one(before[0], match[0], words):
            yield before.end(), match.start()
            before = None
        else:
            before = match


def _is_one(left: str, right: str, words: Counter[str]) -> bool:
    # A capital or a figure begins a word of its own, however rare.
    if not right.islower():
        return False
    whole = words[(left + right).lower()]
    if whole < COMMON or len(left + right) <= SHORT:
        return False
    rare = [piece for piece in (left, right) if words[piece.lower()] <= max(RARE, SHARE * whole)]
    return len(rare) == 2 or (len(rare) == 1 and len(rare[0]) <= SHORT)
