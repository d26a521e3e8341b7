"""Texts whose format says itself what is a paragraph: what a reader of the file is shown, piece by piece → a Document.

A format's own module makes the pieces; here they become rows with places, and the characters that `verify` looks words
up in. A character's index is its place among all the pieces, one under the other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.languages import language_issues
from treatynlp.reading.paragraphs import NOWHERE, Paragraph, set_out
from treatynlp.text import Line

Role = Literal["text", "note", "contents", "furniture", "foreign"]
FEW = 20
"""Fewer letters than this are no text."""
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, title or list item as it is shown. `indent` is in points, `wrapped` when only a line break parts it
    from the one before; what is no text (notes, contents, what was struck out, another language's) is set aside by its
    `role`."""

    text: str
    role: Role = "text"
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    centred: bool = False
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file the pieces come from: its bytes, the name people know it by, its media type, the language asked for."""

    data: bytes
    name: str
    media_type: str
    language: str


def document_of(source: SourceFile, pieces: Sequence[Piece], issues: Iterable[Issue] = ()) -> Document:
    """The document of the pieces. Raises DataError where hardly a letter is shown."""
    found = list(_placed(pieces))
    if sum(map(str.isalpha, "".join(one.text for one in pieces if one.role == "text"))) < FEW:
        raise DataError(issue("file-without-text", source.name))

    def of(role: Role) -> list[Paragraph]:
        return [paragraph for piece, paragraph in found if piece.role == role]

    others = tuple(one.line for one in of("foreign"))
    return Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=source.media_type,
        pages=1,
        rows=set_out(of("text")),
        furniture=tuple(one.line for one in of("furniture")),
        contents=tuple(one.line for one in of("contents")),
        notes=set_out(of("note")),
        others=others,
        issues=(*issues, *language_issues(others, source.language, source.name)),
        language=source.language,
    )


def characters(pieces: Sequence[Piece]) -> str:
    """All characters that are shown, in order, as the lines of a document count them."""
    return "\n".join(one.text for one in map(_plain, pieces) if one.text)


def _placed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Paragraph]]:
    at = 0
    for piece in map(_plain, pieces):
        if piece.text:
            line = Line(text=piece.text, page=1, box=NOWHERE, index=at, size=0.0, bold=piece.bold, italic=piece.italic)
            yield piece, Paragraph(line, piece.indent, piece.centred, piece.wrapped)
            at += len(piece.text) + 1


def _plain(piece: Piece) -> Piece:
    """The piece with every run of blanks closed up, and without characters that have no shape."""
    shown = "".join(char for char in piece.text if char.isspace() or (char.isprintable() and char not in _UNSEEN))
    words = " ".join(shown.split())
    return replace(piece, text=words)
