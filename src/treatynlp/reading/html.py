"""Web pages → the same Document a PDF gives: lines with a place and a look, footnotes and navigation set apart.

EUR-Lex's XHTML (points as tables), plain old pages (nested tables, line breaks, unclosed elements) and lists are read
by what their elements mean to a reader. A character's index is its place in `characters(data)`.

>>> page = b"<html><body><p align=center><b>Article 1</b></p><p>1. Gates are kept open.</p></body></html>"
>>> page_characters(page)[9:12]
'1. '
"""

import codecs
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml.etree import LxmlError, _Element
from lxml.html import HTMLParser, defs, document_fromstring

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.amendment_marks import amendment_issues, unmarked
from treatynlp.reading.document import Document
from treatynlp.reading.encodings import guessed_encoding
from treatynlp.reading.html_blocks import Block, blocks
from treatynlp.reading.html_languages import foreign_parts
from treatynlp.reading.html_paragraphs import paragraphs
from treatynlp.reading.html_struck import strike_each
from treatynlp.reading.html_unseen import judge_looks, looks_issues
from treatynlp.reading.html_words import fault_pattern
from treatynlp.reading.languages import language_issues
from treatynlp.reading.media import as_utf8
from treatynlp.reading.paragraphs import Paragraph, set_out
from treatynlp.text import Line

MAX_BYTES = 20_000_000
"""A longer page is not read: what is in it must be held in memory several times over."""
FEW, SHORT = 120, 4000
"""Fewer letters than FEW are no instrument; a page of fewer than SHORT may be one a site sends in its place."""
_OPENS_WITHIN, _DECLARES_WITHIN, _SAID = 8192, 16_384, 80
"""Bytes in which a page's first element and its encoding stand (browsers take a declaration from the first 1024
only); and letters of a title that a message repeats."""
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_OPENING = re.compile(r"(?><\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*+<([a-z][\w:]*)", re.I | re.S)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")


def is_page(data: bytes) -> bool:
    """Whether the bytes are a web page or a piece of one, judged by their first element."""
    found = _OPENING.match(_rough(data[:_OPENS_WITHIN]))
    return found is not None and found[1].lower() in defs.tags


def _rough(data: bytes) -> str:
    return as_utf8(data).removeprefix(codecs.BOM_UTF8).decode("latin-1")


def read_page(data: bytes, name: str, language: str = "en") -> Document:
    """The document a web page holds: its text's lines, and apart from them footnotes, contents and the site's own.

    Raises DataError when there is no text in it, or when it is a page that a site sends in place of the text.
    """
    root, issues = _root(data, name)
    looks = judge_looks(root)
    every = blocks(root, looks.unseen, foreign_parts(root, language))
    own = [block for block in every if block.look.role == "text"]
    _refuse(root, own, name)
    text, marks = _unmarked(paragraphs(own))
    hidden, others = _lines(every, "unseen"), _lines(every, "foreign")
    told = (*amendment_issues(marks, name), *_unseen(hidden, name), *language_issues(others, language, name))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/html",
        pages=1,
        rows=set_out(text),
        furniture=(*_lines(every, "furniture"), *marks, *hidden),
        contents=_lines(every, "contents"),
        notes=set_out(paragraphs(_of(every, "note"))),
        fidelity="html",
        others=others,
        issues=(*issues, *told, *looks_issues(looks, name)),
        language=language,
    )


def page_characters(data: bytes) -> str:
    """All characters of a page in order, as its lines count them: what stands in no element's text is left out."""
    return "".join(_root(data, "")[0].itertext())


def _of(every: Iterable[Block], role: str) -> list[Block]:
    return [block for block in every if block.look.role == role]


def _unmarked(found: Iterable[Paragraph]) -> tuple[list[Paragraph], tuple[Line, ...]]:
    """The paragraphs without the marks of a consolidated text, and the marks."""
    text: list[Paragraph] = []
    marks: list[Line] = []
    for paragraph in found:
        kept, aside = unmarked([paragraph.line])
        text += [replace(paragraph, line=line) for line in kept]
        marks += aside
    return text, tuple(marks)


def _unseen(hidden: Sequence[Line], name: str) -> list[Issue]:
    """One row for a page with words that no reader of it sees: how many, and in how many places."""
    count = sum(len(line.text.split()) for line in hidden)
    return [issue("words-unseen.page", name, count=count, places=len(hidden))] if count else []


def _lines(every: Iterable[Block], role: str) -> tuple[Line, ...]:
    return tuple(paragraph.line for paragraph in paragraphs(_of(every, role)))


def _root(data: bytes, name: str) -> tuple[_Element, tuple[Issue, ...]]:
    if len(data) > MAX_BYTES:
        raise DataError(issue("html-too-long.page", name, bytes=len(data), most=MAX_BYTES))
    words, issues = _decoded(data, name)
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    words = strike_each(_XML.sub("", words).replace("\x00", ""))
    try:
        root = document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError) as error:
        raise DataError(issue("html-unreadable", name, reason=error)) from error
    limits = [fault.message for fault in parser.error_log if fault.type_name == "ERR_RESOURCE_LIMIT"]
    if any("depth" in said.lower() for said in limits):  # the rest would be lost unsaid
        raise DataError(issue("html-too-deep", name))
    if limits:
        raise DataError(issue("html-too-long.element", name, bytes=len(data)))
    return root, issues


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Issue, ...]]:
    """The page's characters: as its first bytes say, else as UTF-8 where it is that, else as it declares, else as
    its letters suggest (a declaration that does not fit the bytes is not believed)."""
    wide = as_utf8(data)
    if wide is not data or data.startswith(codecs.BOM_UTF8):
        return wide.decode("utf-8-sig", errors="replace"), ()
    declared = [_codec(found[1]) for found in _DECLARED.finditer(data[:_DECLARES_WITHIN])]
    for codec in ("utf-8", *declared):
        try:
            return data.decode(codec), ()
        except (UnicodeDecodeError, LookupError):
            continue
    codec = guessed_encoding(data)
    return data.decode(codec, errors="replace"), (issue("html-encoding", name, codec=codec),)


def _codec(declared: bytes) -> str:
    """What browsers take a declared name for: Latin-1 means Windows' set."""
    codec = declared.decode("ascii", "replace").lower()
    return "cp1252" if codec in ("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii", "windows-1252") else codec


def _refuse(root: _Element, own: Iterable[Block], name: str) -> None:
    """Raises DataError for a page without text, and for one that says it is not what was asked for."""
    letters = sum(map(str.isalpha, "".join(block.text for block in own)))
    titles = [" ".join("".join(one.itertext()).split()) for one in root.iter("title", "h1")]
    said = next((title for title in titles if fault_pattern().search(title)), "")
    asks = next((one for one in root.iter("input") if (one.get("type") or "").lower() == "password"), None)
    if letters < SHORT and (said or asks is not None):
        called = f'calls itself "{said[:_SAID]}"' if said else "asks for a password"
        raise DataError(issue("html-error-page", name, called=called))
    if letters < FEW:
        raise DataError(issue("html-no-text", name, letters=letters))


__all__ = ["is_page", "page_characters", "read_page"]
