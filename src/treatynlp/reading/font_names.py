"""Pages with a font that says of its letters something else than their names do.

A font may tell for each of its letters which character it means (ToUnicode). Nothing that draws the page asks it: a
page that shows "may" can be copied, searched and read as "will". Where letters have names of their own, the two can be
held against each other; and no single letter means a word. Of seventy official texts none has a font that fails.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.encodingdb import EncodingDB
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

from treatynlp.reading.drawn_marks import is_ligature

_A_LETTER = 4
"""Figures of a letter in UTF-16."""
_LONG = re.compile(rb"<\s*[0-9A-Fa-f]{2,4}\s*>\s*<([0-9A-Fa-f\s]{8,})>")
"""A letter's code, and more than one character that it means."""


def doubtful_fonts(data: bytes) -> tuple[int, ...]:
    """The pages (from 1) on which such a font may be used; none where the file cannot be looked into in this way."""
    try:
        return tuple(_pages(PDFDocument(PDFParser(io.BytesIO(data)))))
    except Exception:  # whatever a damaged file does to this look, the words that PDFium gives stand, as in the audit
        return ()


def _pages(document: PDFDocument) -> Iterator[int]:
    known: dict[int, bool] = {}
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        fonts = resolve1((page.resources or {}).get("Font")) or {}
        for reference in fonts.values():
            key = getattr(reference, "objid", id(reference))
            if key not in known:
                known[key] = is_doubtful(resolve1(reference))
        if any(known[getattr(one, "objid", id(one))] for one in fonts.values()):
            yield number


def is_doubtful(font: dict[str, Any]) -> bool:
    """Whether a letter of the font means a word, or another letter than it is named for; or the letters are drawings of
    the file's own (Type 3), which have no names."""
    if literal_name(font.get("Subtype")) == "Type3":
        return True
    meant = resolve1(font.get("ToUnicode"))
    if not isinstance(meant, PDFStream):
        return False
    said = meant.get_data()
    if not all(is_ligature(_spelt(match)) for match in _LONG.findall(said)):
        return True
    named = _named(font)
    if not named:
        return False
    means = FileUnicodeMap()
    CMapParser(means, io.BytesIO(said)).run()
    return any(_differ(named[code], char) for code, char in means.cid2unichr.items() if code in named)


def _spelt(digits: bytes) -> str:
    """The characters that the figures of a mapping spell."""
    plain = b"".join(digits.split())
    return bytes.fromhex(plain[: len(plain) // _A_LETTER * _A_LETTER].decode()).decode("utf-16-be", "replace")


def _named(font: dict[str, Any]) -> dict[int, str]:
    """The characters that the names of a font's letters say, by code; none of fonts whose letters have numbers."""
    encoding = resolve1(font.get("Encoding"))
    if encoding is None or literal_name(font.get("Subtype")) == "Type0":
        return {}
    if not isinstance(encoding, dict):
        return dict(EncodingDB.get_encoding(literal_name(encoding)))
    base = literal_name(encoding["BaseEncoding"]) if "BaseEncoding" in encoding else ""
    others = [resolve1(one) for one in resolve1(encoding.get("Differences")) or ()]
    found = EncodingDB.get_encoding(base or "StandardEncoding", others)
    own = {code for code in found if base or code in _renamed(others)}
    return {code: found[code] for code in own}


def _renamed(others: list[Any]) -> set[int]:
    """The codes that a list of differences names: a number, and names for it and those after it."""
    found, code = set[int](), 0
    for one in others:
        if isinstance(one, int):
            code = one
        else:
            found.add(code)
            code += 1
    return found


def _differ(name: str, meant: str) -> bool:
    """Whether two characters are not the same, and one of them is a letter or figure; other signs have several codes,
    and a letter may be named as capital and drawn as small."""
    one, other = (unicodedata.normalize("NFKC", char).casefold() for char in (name, meant))
    return one != other and (one.isalnum() or other.isalnum()) and not (other[1:] and is_ligature(other))
