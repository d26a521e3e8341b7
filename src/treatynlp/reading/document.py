"""A document as it was read: its rows in reading order, and apart from them what is not its text."""

from dataclasses import dataclass
from typing import Literal

from treatynlp.errors import Issue
from treatynlp.reading.rows import Row
from treatynlp.text import Line

Fidelity = Literal["text", "ocr", "html"]


@dataclass(frozen=True, slots=True)
class Document:
    """What reading makes of a source.

    `rows` are the text in reading order; `furniture` (running heads, page numbers), `contents` (tables of contents),
    `notes` (footnotes) and `others` (text in languages not asked for) were set aside: nothing that was read is
    dropped. `language` is the one that was asked for, by whose words the text is taken apart. `fidelity` says how the
    characters were had, `confidence` how sure OCR was of them (0 to 1; 1 where the file itself holds them).
    `unproven` are pages that may show other words than the file gives: only their pictures can tell (`reading.seen`).
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    rows: tuple[Row, ...]
    furniture: tuple[Line, ...] = ()
    contents: tuple[Line, ...] = ()
    notes: tuple[Row, ...] = ()
    others: tuple[Line, ...] = ()
    fidelity: Fidelity = "text"
    confidence: float = 1.0
    issues: tuple[Issue, ...] = ()
    language: str = "en"
    unproven: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, without how they stand."""
        return tuple(row.line for row in self.rows)

    @property
    def aside(self) -> tuple[Line, ...]:
        """Every line that was set aside."""
        return (*self.furniture, *self.contents, *(row.line for row in self.notes), *self.others)
