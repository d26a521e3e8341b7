"""Rows → one Text: lines of a paragraph set together, words broken at line ends mended.

A hyphen at a line's end is the printer's when the whole word stands unbroken elsewhere in the document, and the
author's when the compound does; where neither is found, a number or capital behind it, or a first part that is
known to keep it ("non-"), keeps it.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from treatynlp.reading.pdf import HYPHEN
from treatynlp.structure.rows import Row
from treatynlp.structure.vocabulary import vocabulary
from treatynlp.text import Span, Text

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([\w]+)[-\u00ad]$")
_FIRST = re.compile(r"^([\w]+)")


def flow(rows: Sequence[Row], begins: Collection[int]) -> tuple[Text, list[int]]:
    """The rows as one Text, and for each row the offset at which it begins; one more for the end.

    Rows in `begins` open a new line of the Text, the others go on with a blank or close up behind a hyphen.
    """
    words: Counter[str] | None = None
    pieces: list[Text] = []
    for at, row in enumerate(rows):
        text = Text.of(row.line)
        last = at + 1 == len(rows)
        if not last and at + 1 not in begins and row.line.text.endswith(("-", HYPHEN)):
            words = _words(rows) if words is None else words
            text = _mended(text, rows[at + 1].line.text, words)
        elif row.line.text.endswith(HYPHEN):
            text = _ended(text, "-")
        elif not last:
            text = _ended(text, "\n", keep=True) if at + 1 in begins else _ended(text, " ", keep=True)
        pieces.append(text)
        if row.line.text.endswith(HYPHEN) and not last and at + 1 in begins:
            pieces[-1] = _ended(text, "\n", keep=True)
    lengths = [len(piece.value) for piece in pieces]
    return Text.join(pieces), [0, *accumulate(lengths)]


def _ended(text: Text, by: str, keep: bool = False) -> Text:
    return Text(text.value + by if keep else text.value[:-1] + by, text.origins)


def _words(rows: Sequence[Row]) -> Counter[str]:
    return Counter(word.lower() for row in rows for word in _WORD.findall(row.line.text))


def _mended(text: Text, below: str, words: Counter[str]) -> Text:
    """The line without its hyphen when that is the printer's, else with a plain one."""
    last, first = _LAST.search(text.value), _FIRST.match(below)
    if last is None or first is None:
        return _ended(text, "-") if text.value.endswith(HYPHEN) else _ended(text, " ", keep=True)
    whole, compound = (last[1] + first[1]).lower(), f"{last[1]}-{first[1]}".lower()
    if words[whole] or words[compound]:
        keeps = words[compound] > words[whole]
    else:
        keeps = not first[1][0].islower() or last[1].isdigit() or last[1].lower() in vocabulary().hyphenated.prefixes
    return _ended(text, "-") if keeps else text.cut(Span(0, len(text.value) - 1))
