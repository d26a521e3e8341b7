"""Texts of our own, typed in the tests, as the documents a reader would have made of them.

Two blanks in front of a line are one step of indent, an empty line is space between paragraphs, `*bold*` and
`^centred^` lines are set apart, `---` begins a new page.
"""

from treatynlp.reading import rows
from treatynlp.reading.document import Document
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty
from treatynlp.text import Line

WIDTH, STEP, LETTER = 90, 12.0, 5.0


def typed(text: str) -> Document:
    """The document of a typed text: lines with the geometry the typing shows."""
    lines: list[Line] = []
    page, top, index = 1, 60.0, 0
    for typed_line in text.strip("\n").split("\n"):
        words = typed_line.strip()
        if words == "---":
            page, top, index = page + 1, 60.0, 0
            continue
        top += STEP if words else STEP * 0.6
        if words:
            lines.append(_line(typed_line, words, page, top, index))
            index += len(words) + 2
    return Document("typed", "", "text/plain", page, rows.printed_rows(lines))


def _line(typed_line: str, words: str, page: int, top: float, index: int) -> Line:
    bold, centred = words.startswith("*"), words.startswith("^")
    words = words.strip("*^ ")
    indent = (len(typed_line) - len(typed_line.lstrip())) * LETTER
    left = 72 + ((WIDTH - len(words)) * LETTER / 2 if centred else indent)
    return Line(words, page, (left, top, left + len(words) * LETTER, top + 10), index, 10.0, bold)


def treaty(text: str, within: str = "") -> Treaty:
    """The tree of a typed text."""
    return split(typed(text), "typed", within)
