"""Plain text and Markdown: lines, blocks of them, and titles marked with #.

>>> [piece.text for piece in text_pieces(b"## Article 1\\n\\n**Lamps** are lit.")]
['Article 1', 'Lamps are lit.']
"""

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from treatynlp.reading.media import as_utf8
from treatynlp.reading.shown import Piece

_MARK = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`)")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\s]{0,2000}\)")
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|^<a\s[^>\n]{0,200}></a>[ \t]*\n|\s\{#[\w-]{1,80}\}[ \t]*$", re.S | re.M)
"""Comments, places that links go to, and the names of headings ("## Article 1 {#art-1}")."""
_TITLE = re.compile(r"(#{1,6}|={2,6})\s*(?<=[#=\s])(.+?)\s*(?:#*|={2,6})$")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*$")
_PAGE = re.compile(r"\W*p\s?a\s?g\s?e\s+\d{1,4}(?:\s+of\s+\d{1,4})?\W*$", re.I)
"""A page's number, which was printed and stands among the words now."""
_NOTE = re.compile(r"\[\^[\w-]+\]:\s*")
_TITLE_LINE = re.compile(r"[\w“\"(§][^\n]{0,78}[^\s.;:,]", re.S)
"""Plain text has no look: a few short lines between empty ones, without a full stop, are what is set apart there."""
_POINTS = 6.0
"""A blank at a line's beginning moves it in by so much."""


def is_text(data: bytes) -> bool:
    """Whether the bytes are words of some encoding: letters and blanks, hardly a control character, and no markup."""
    head = as_utf8(data[:65536])
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\f")[:1] in (b"<", b"{", b"["):
        return False
    strange = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return bool(head.strip()) and b"\0" not in head and strange <= len(head) // 500


def decoded(data: bytes) -> str:
    """The characters: as UTF-8 where it is that, else as its letters suggest."""
    try:
        return as_utf8(data).decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(data[:200_000]).best()
        return data.decode(guess.encoding if guess else "cp1252", errors="replace")


def text_pieces(data: bytes) -> list[Piece]:
    """The lines as they are shown: a block of lines is one paragraph, or as many as its author broke it into."""
    words = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    marked = bool(re.search(r"^(?:#{1,6}\s|={2,6}\s?\w.*={2,6}$|[-*]\s\*\*\w|\|\s?\w.*\|$)", words, re.M))
    return [piece for block in re.split(r"\n[ \t\f]*\n", _ASIDE.sub("", words)) for piece in _block(block, marked)]


def _block(block: str, marked: bool) -> Iterator[Piece]:
    lines = [one for one in block.split("\n") if one.strip() and not _RULE.match(one)]
    title = len(lines) <= 3 and all(_TITLE_LINE.fullmatch(line.strip()) for line in lines)
    for number, line in enumerate(lines):
        indent = _POINTS * (len(line) - len(line.lstrip()))
        if marked:
            yield _marked(line, indent, wrapped=number > 0)
        elif _PAGE.match(line):
            yield Piece(line.strip(), "furniture")
        else:
            yield Piece(line.strip(), bold=title, indent=indent, wrapped=number > 0)


def _marked(line: str, indent: float, wrapped: bool) -> Piece:
    """A line of Markdown without its marks."""
    title, note = _TITLE.match(line), _NOTE.match(line)
    words = (title[2] if title else line[note.end() :] if note else line).strip()
    bold = bool(title) or bool(re.fullmatch(r"(\*\*|__).+\1", words))
    cells = words.strip("|").split("|") if words.startswith("|") and words.endswith("|") else [words]
    words = " ".join(cell.strip() for cell in cells)
    plain = _MARK.sub("", _LINK.sub(r"\1", words)).replace("\\", "")
    return Piece(plain, "note" if note else "text", bold, indent=indent, wrapped=wrapped)
