"""Rows → one Text: lines of a paragraph set together, words broken at line ends mended.

A hyphen at a line's end is the printer's when the whole word stands unbroken elsewhere in the document, and the
author's when the compound does; where neither is found, a number or capital behind it, or a first part that is
known to keep it ("non-"), keeps it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from treatynlp.reading.glyphs import HYPHEN
from treatynlp.reading.rows import Row
from treatynlp.structure.vocabulary import vocabulary
from treatynlp.text import Span, Text

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([\w]+)[-\u00ad]$")
_FIRST = re.compile(r"^([\w]+)")


def flow(rows: Sequence[Row], begins: Collection[int], language: str) -> tuple[Text, list[int]]:
    """The rows as one Text, and for each row the offset at which it begins; one more for the end.

    Rows in `begins` open a new line of the Text, the others go on with a blank or close up behind a hyphen.
    """
    mender = _Mender(cache(lambda: _words(rows)), vocabulary(language).hyphenated.prefixes)
    pieces = [
        _piece(row, rows[at + 1] if at + 1 < len(rows) else None, at + 1 in begins, mender)
        for at, row in enumerate(rows)
    ]
    lengths = [len(piece.value) for piece in pieces]
    return Text.join(pieces), [0, *accumulate(lengths)]


def _piece(row: Row, below: Row | None, opens: bool, mender: "_Mender") -> Text:
    """The words of a row with what parts them from the row below, which may open a new line of the text."""
    text = Text.of(row.line)
    if below is not None and not opens and text.value.endswith(("-", HYPHEN)):
        return mender.mended(text, below.line.text)
    if text.value.endswith(HYPHEN):
        text = _hyphened(text)
    return text if below is None else _followed(text, "\n" if opens else " ")


def _hyphened(text: Text) -> Text:
    """The text with a plain hyphen at its end, whatever stood there."""
    return Text(text.value[:-1] + "-", text.origins)


def _followed(text: Text, by: str) -> Text:
    return Text(text.value + by, text.origins)


def _words(rows: Sequence[Row]) -> Counter[str]:
    return Counter(word.lower() for row in rows for word in _WORD.findall(row.line.text))


@dataclass(frozen=True, slots=True)
class _Mender:
    """What is known of words: how often each stands in the document (counted only where a word is broken), and which
    first parts of compounds keep their hyphen."""

    words: Callable[[], Counter[str]]
    prefixes: Collection[str]

    def mended(self, text: Text, below: str) -> Text:
        """The line without its hyphen when that is the printer's, else with a plain one."""
        last, first = _LAST.search(text.value), _FIRST.match(below)
        if last is None or first is None:
            return _hyphened(text) if text.value.endswith(HYPHEN) else _followed(text, " ")
        whole, compound = (last[1] + first[1]).lower(), f"{last[1]}-{first[1]}".lower()
        words = self.words()
        if words[whole] or words[compound]:
            keeps = words[compound] > words[whole]
        else:
            keeps = not first[1][0].islower() or last[1].isdigit() or last[1].lower() in self.prefixes
        return _hyphened(text) if keeps else text.cut(Span(0, len(text.value) - 1))
