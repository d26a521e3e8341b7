"""Marks of consolidated texts: ▼M1 above what the first amendment changed, ►M2 … ◄ around words that the second did.

They are the publisher's, not the text's: they are set aside, kept with their places, and told.

>>> (line,), marks = unmarked([Line("The keeper ►M2 and the mate ◄ shall act.", 1, (0, 0, 9, 9))])
>>> line.text, [mark.text for mark in marks]
('The keeper and the mate shall act.', ['►M2', '◄'])
"""

import re
from collections import Counter
from collections.abc import Iterable

from treatynlp.errors import Issue, issue
from treatynlp.text import Line, without

_MARK = re.compile(r"[▼►▲▶]\s?(?P<name>[A-Z]{1,2}\d{0,3})(?!\w)|[◄◀]")
_STARS = re.compile(r"^[\s*_—–-]*$")


def unmarked(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines without the marks of a consolidated text, and the marks, each with its place; a line that is nothing
    but a mark goes."""
    kept: list[Line] = []
    marks: list[Line] = []
    for line in lines:
        found = list(_MARK.finditer(line.text))
        if not found:
            kept.append(line)
            continue
        marks += [_only(line, match.start(), match.end()) for match in found]
        rest = without(line, [_with_blank(line.text, match) for match in found])
        # What is left may be the stars or the rule that were drawn beside the mark.
        if not _STARS.match(rest.text):
            kept.append(rest)
    return tuple(kept), tuple(marks)


def _with_blank(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The mark with the one blank too many beside it."""
    start, end = match.span()
    if text[end : end + 1].isspace():
        return start, end + 1
    return (start - 1, end) if start and text[start - 1].isspace() else (start, end)


def _only(line: Line, start: int, end: int) -> Line:
    return without(line, [(0, start), (end, len(line.text))])


def amendment_issues(marks: Iterable[Line], name: str) -> list[Issue]:
    """What a reader must know of a text with such marks; nothing where there are none."""
    names = Counter(match["name"] for mark in marks if (match := _MARK.match(mark.text)) and match["name"])
    if not names:
        return []
    said = ", ".join(f"{one} ({names[one]})" for one in sorted(names))
    return [issue("consolidated", name, said=said)]
