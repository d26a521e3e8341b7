"""The formats a source may come in, beside PDF: by which bytes each is known, and how it is read.

A further format is a module that makes pieces, and a line here (with its name in `field_types.Media`).

>>> format_of(b"<html><body>Article 1</body></html>").media, format_of(b"Article 1\\n\\nLamps are lit.").media
('html', 'text')
>>> format_of(b"%PDF-1.7") is None
True
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from treatynlp.errors import DataError, issue
from treatynlp.field_types import Media
from treatynlp.reading import html, legal_xml, plain, word
from treatynlp.reading.document import Document
from treatynlp.reading.media import is_pdf
from treatynlp.reading.shown import SourceFile, characters, document_of

Read = Callable[[bytes, str, str], Document]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in the registry, the endings of its files, what people call it, how its bytes are known, how
    they are read (bytes, name, language), and all characters that are shown, in order."""

    media: Media
    endings: tuple[str, ...]
    called: str
    is_it: Callable[[bytes], bool]
    read: Read
    characters: Callable[[bytes], str]


def _word(data: bytes, name: str, language: str) -> Document:
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    pieces, issues = word.word_pieces(data, name, language)
    without = issue("file-without-pages.working", name, called="a Word file")
    return document_of(SourceFile(data, name, mime, language), pieces, (*issues, without))


def _xml(data: bytes, name: str, language: str) -> Document:
    without = issue("file-without-pages.markup", name, called="XML")
    source = SourceFile(data, name, "application/xml", language)
    return document_of(source, legal_xml.xml_pieces(data, name), (without,))


def _text(data: bytes, name: str, language: str) -> Document:
    without = issue("file-without-pages.working", name, called="plain text")
    return document_of(SourceFile(data, name, "text/plain", language), plain.text_pieces(data), (without,))


FORMATS = (
    Format(
        media="html",
        endings=(".html", ".xhtml", ".htm"),
        called="a web page",
        is_it=html.is_page,
        read=html.read_page,
        characters=html.page_characters,
    ),
    Format(
        media="docx",
        endings=(".docx",),
        called="a Word document",
        is_it=word.is_word,
        read=_word,
        characters=lambda data: characters(word.word_pieces(data, "")[0]),
    ),
    Format(
        media="xml",
        endings=(".xml", ".akn"),
        called="Akoma Ntoso or Formex XML",
        is_it=legal_xml.is_legal_xml,
        read=_xml,
        characters=lambda data: characters(legal_xml.xml_pieces(data, "")),
    ),
    Format(
        media="text",
        endings=(".txt", ".md"),
        called="plain text",
        is_it=plain.is_text,
        read=_text,
        characters=lambda data: characters(plain.text_pieces(data)),
    ),
)
"""In the order in which they are tried: what is any of the first is text as well."""
_PDF: dict[str, Media] = {".pdf": "pdf"}
ENDINGS = _PDF | {ending: one.media for one in FORMATS for ending in one.endings}

_HEAD, _FIRST_NAME = 4096, 200
"""Bytes at the beginning in which a file says what it is; and in which a packed folder names its first file."""
_SAVE = "save it as PDF or .docx"


def unsupported(data: bytes) -> tuple[str, str] | None:
    """What a file is that is known and not read, and what to do about it; None for all others.

    >>> unsupported(b"{\\\\rtf1 Article 1}")
    ('an RTF file', 'save it as PDF or .docx')
    """
    return next(_unsupported(data, data[:_HEAD].lower()), None)


def _unsupported(data: bytes, head: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"{\\rtf"):
        yield "an RTF file", _SAVE
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        yield "a file of an old Word (.doc)", _SAVE
    if b"opendocument" in head[:_FIRST_NAME] and data.startswith(b"PK"):
        yield "an OpenDocument file (.odt)", _SAVE
    if data.startswith(b"PK") and not word.is_word(data):
        yield "a packed folder", "take the file out of it"
    if b"multipart/related" in head and b"mime-version" in head:
        yield "a web archive (.mht)", "save the page itself, or print it to a PDF"
    if is_pdf(data) and re.search(rb"/Collection\s*(?:<<|\d+ \d+ R)", data) and b"/EmbeddedFiles" in data:
        yield "a portfolio, a PDF with other files in it", "take the file out of it"


def format_of(data: bytes) -> Format | None:
    """The format of the bytes; None for a PDF, and for what is none of them."""
    if is_pdf(data) or unsupported(data):
        return None
    # In the order declared: everything could be plain text, which is asked last.
    return next((one for one in FORMATS if one.is_it(data)), None)


def refuse_unsupported(data: bytes, name: str) -> None:
    """DataError with what to do for a file that is known and not read."""
    if found := unsupported(data):
        raise DataError(issue("format-unsupported", name, called=found[0], advice=found[1]))
