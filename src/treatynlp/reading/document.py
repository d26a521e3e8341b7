"""A document as it was read: its lines in reading order, and apart from them what is not its text."""

from dataclasses import dataclass
from typing import Literal

from treatynlp.errors import Issue
from treatynlp.text import Line

Fidelity = Literal["text", "ocr", "html"]


@dataclass(frozen=True, slots=True)
class Document:
    """What reading makes of a source.

    `lines` are the text in reading order; `furniture` (running heads, page numbers), `contents` (tables of
    contents), `notes` (footnotes) and `others` (text in languages not asked for) were set aside: nothing that was
    read is dropped. `fidelity` says how the characters were had, `confidence` how sure OCR was of them (0 to 1; 1
    where the file itself holds them).
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    lines: tuple[Line, ...]
    furniture: tuple[Line, ...] = ()
    contents: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    fidelity: Fidelity = "text"
    confidence: float = 1.0
    issues: tuple[Issue, ...] = ()
