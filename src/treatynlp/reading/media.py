"""What kind of bytes these are, judged by the bytes and not by what a server or a file name says of them.

A site that has lost a treaty often answers "200 OK" with a page that says so; a download that was cut off still
begins like a PDF. Both would pass for the treaty if only the name were looked at.

>>> sniff(b"%PDF-1.7 ...")
'pdf'
>>> fault(b"<!doctype html><title>Page not found</title>", "pdf").code
'source-error-page'
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

from treatynlp.errors import sentence
from treatynlp.field_types import Media
from treatynlp.reading.html_words import html_words

Met = Media | Literal["other"]

_HTML = re.compile(rb"\s*+(?><\?xml[^>]*>\s*)?+(?><!--.*?-->\s*)*+<(!doctype html|html|head|body)\b", re.I | re.S)
"""What is passed over is never gone back to: else a page of comments would take for ever to be known for one."""
_TITLE = re.compile(r"<title[^<>]*>(.{0,400}?)</title>", re.I | re.S)
_CODE = re.compile(r"<(?:script|style)\b.*?(?:</(?:script|style)|\Z)|<[^<>]*>?", re.I | re.S)
_HEAD = 4096
_TAIL = 4096
"""Bytes in which a page's first element, and a PDF's end mark, stand: comments, and what is added behind, included."""
PDF_HEAD = 1024
"""Bytes at the beginning in which readers of PDFs look for the mark of one."""
BEGINNING = 65_536
"""Bytes at a file's beginning in which it says what it is: behind a licence or a style sheet, if it must be."""
_LONGEST_TITLE = 80
_SHORT, _LONG = 4000, 40_000
"""A page with more letters than SHORT is not known by its code alone (a text's page may ask for a password beside it),
one with more than LONG is a text, whatever it calls itself."""
_BYTES_A_LETTER = 8
"""A page is known for a text by its first letters, which stand among so many times as many bytes of code."""
_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a source cannot be used: a code for machines, and for people what was met where what was expected."""

    code: str
    said: str


def _fault(code: str, **facts: Any) -> Fault:
    return Fault(code.partition(".")[0], sentence(code, **facts))


def sniff(data: bytes) -> Met:
    """`pdf` when the PDF mark stands near the beginning, `html` when a web page begins, else `other` (of those,
    `formats.format_of` tells)."""
    head = as_utf8(data[:_HEAD]).removeprefix(b"\xef\xbb\xbf")
    if is_pdf(head):
        return "pdf"
    return "html" if _HTML.match(head) else "other"


def is_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF stands near the beginning."""
    return b"%PDF-" in data[:PDF_HEAD]


def as_utf8(data: bytes) -> bytes:
    """The bytes of a page of two bytes a letter (UTF-16), with or without a mark that says so, as UTF-8; else as they
    are. An odd last byte is left out.

    >>> as_utf8("<html>ï".encode("utf-16"))
    b'<html>\xc3\xaf'
    """
    wide = next((codec for mark, codec in _WIDE if data.startswith(mark)), "")
    if not wide:
        return data
    return data[: len(data) // 2 * 2].decode(wide, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def page_title(data: bytes) -> str:
    """What a web page calls itself, in one short line; "" when it does not.

    >>> page_title(b"<html><title>Page&nbsp;not\\n found</title>")
    'Page not found'
    """
    found = _TITLE.search(as_utf8(data[:BEGINNING]).decode("utf-8", errors="replace"))
    words = " ".join(unescape(found.group(1)).split()) if found else ""
    return "".join(character for character in words if character.isprintable())[:_LONGEST_TITLE]


def fault(data: bytes, expected: Media) -> Fault | None:
    """What is wrong with the bytes when a source of the `expected` kind was asked for; None when nothing is.

    A whole PDF ends with its end mark; one without it was cut off.
    """
    if not data:
        return _fault("source-empty.address")
    met = sniff(data)
    if met == "html" and (found := stand_in(data)):
        return found
    if met == "other":
        return _of_another_format(data, expected)
    if met != expected:
        return _mismatch(data, met, expected)
    # Near the end, not at it: blanks or bytes of a server's own may stand behind it.
    if met == "pdf" and b"%%EOF" not in data[-_TAIL:]:
        return _fault("source-truncated.pdf", bytes=len(data))
    return None


def stand_in(data: bytes) -> Fault | None:
    """What a short web page is that a site sends in place of a text: an error, a login, a check for robots.

    >>> stand_in(b"<html><title>Lamps</title><form><input type=password></form>").code
    'source-login-page'
    """
    page = as_utf8(data[: _BYTES_A_LETTER * _LONG]).decode("utf-8", errors="replace")
    letters = sum(map(str.isalpha, _CODE.sub(" ", page)))
    code = page.lower() if letters < _SHORT else ""
    return next(_kinds(page_title(data), code), None) if letters < _LONG else None


def _kinds(title: str, page: str) -> Iterator[Fault]:
    """Every kind the page may be of: what it calls itself says more than what is in its code."""
    called = f' that calls itself "{title}"' if title else ""
    kinds = (
        (html_words().robot_check, _fault("source-robot-check", called=called)),
        (html_words().error_page, _fault("source-error-page", called=called)),
        (html_words().login_page, _fault("source-login-page", called=called)),
        (html_words().refresh, _fault("source-refresh-page", called=called)),
    )
    yield from (fault for kind, fault in kinds if any(re.search(said, title, re.I) for said in kind.titles))
    yield from (fault for kind, fault in kinds if any(mark in page for mark in kind.marks))


def _mismatch(data: bytes, met: Met, expected: Media) -> Fault:
    if met == "html":
        title = page_title(data)
        called = f' that calls itself "{title}"' if title else ""
        return _fault("source-html-instead", called=called, expected=_called(expected))
    return _fault("source-pdf-instead", expected=_called(expected))


def _of_another_format(data: bytes, expected: Media) -> Fault | None:
    """What is wrong with bytes that are neither a PDF nor a web page; None when they are what was asked for."""
    from treatynlp.reading.formats import format_of, unsupported

    found = format_of(data)
    if found and found.media == expected:
        return None
    if not found and (other := unsupported(data)):
        return _fault("source-wrong-type.unread", called=other[0], advice=other[1])
    met = found.called if found else "neither a PDF nor any other format that is read"
    return _fault("source-wrong-type.other", met=met, expected=_called(expected))


def _called(media: Media) -> str:
    from treatynlp.reading.formats import FORMATS

    return next((one.called for one in FORMATS if one.media == media), "a PDF")
