"""What kind of bytes these are, judged by the bytes and not by what a server or a file name says of them.

A site that has lost a treaty often answers "200 OK" with a page that says so; a download that was cut off still
begins like a PDF. Both would pass for the treaty if only the name were looked at.

>>> sniff(b"%PDF-1.7 ...")
'pdf'
>>> fault(b"<!doctype html><title>Page not found</title>", "pdf").code
'source-html-instead'
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Literal

Media = Literal["pdf", "html"]
Met = Literal["pdf", "html", "other"]

_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S)
_TITLE = re.compile(r"<title[^>]*>(.{0,400}?)</title>", re.I | re.S)
_HEAD = 4096
_TAIL = 4096


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a source cannot be used: a code for machines, and for people what was met where what was expected."""

    code: str
    said: str


def sniff(data: bytes) -> Met:
    """`pdf` when the PDF mark stands near the beginning, `html` when a web page begins, else `other`."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "html" if _HTML.match(head) else "other"


def page_title(data: bytes) -> str:
    """What a web page calls itself, in one short line; "" when it does not.

    >>> page_title(b"<html><title>Page&nbsp;not\\n found</title>")
    'Page not found'
    """
    found = _TITLE.search(data[:65536].decode("utf-8", errors="replace"))
    words = " ".join(unescape(found.group(1)).split()) if found else ""
    return "".join(character for character in words if character.isprintable())[:80]


def fault(data: bytes, expected: Media) -> Fault | None:
    """What is wrong with the bytes when a source of the `expected` kind was asked for; None when nothing is.

    A whole PDF ends with its end mark; one without it was cut off.
    """
    if not data:
        return Fault("source-empty", "it has no bytes")
    met = sniff(data)
    if met != expected:
        return _mismatch(data, met, expected)
    if met == "pdf" and b"%%EOF" not in data[-_TAIL:]:
        return Fault("source-truncated", f"the PDF breaks off after {len(data):,} bytes, its end mark is missing")
    return None


def _mismatch(data: bytes, met: Met, expected: Media) -> Fault:
    if met == "html":
        title = page_title(data)
        called = f' that calls itself "{title}"' if title else ""
        return Fault("source-html-instead", f"a web page{called} where a PDF was expected")
    names = {"pdf": "a PDF", "html": "a web page", "other": "neither a PDF nor a web page"}
    return Fault("source-wrong-type", f"{names[met]} where {names[expected]} was expected")
