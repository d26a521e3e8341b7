"""Plain text and Markdown: lines, blocks of them, and titles marked with #.

>>> [piece.text for piece in text_pieces(b"## Article 1\\n\\n**Lamps** are lit.")]
['Article 1', 'Lamps are lit.']
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from treatynlp.reading.encodings import guessed_encoding
from treatynlp.reading.furniture_words import FurnitureWords
from treatynlp.reading.media import BEGINNING, as_utf8
from treatynlp.reading.plain_pages import page_lines
from treatynlp.reading.shown import Piece
from treatynlp.words import language_codes, words

_MARK = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`)")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\s]{0,2000}\)")
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|^<a\s[^>\n]{0,200}></a>[ \t]*\n|\s\{#[\w-]{1,80}\}[ \t]*$", re.S | re.M)
"""Comments, places that links go to, and the names of headings ("## Article 1 {#art-1}")."""
_TITLE = re.compile(r"(#{1,6}|={2,6})\s*(?<=[#=\s])(.+?)\s*(?:#*|={2,6})$")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*$")
_NOTE = re.compile(r"\[\^[\w-]+\]:\s*")
_TITLE_LINE = re.compile(r"[\w“\"(§][^\n]{0,78}[^\s.;:,]", re.S)
"""Plain text has no look: a few short lines between empty ones, without a full stop, are what is set apart there."""
STRANGE = 500
"""One control character among so many bytes is a slip; more make no text."""
TITLE_LINES = 3
"""A title has no more lines."""
_UNDERLINED = re.compile(r"(?<![^\n]\n)^(\S[^\n]{0,120})\n(={3,}|-{3,})[ \t]*$", re.M)
"""A title over a rule of its own ("Lamps", and below it "====")."""
_ITEM = re.compile(r"(\d{1,3})\. ")
_SIGN = "\x1e"
"""Stands before a line that was printed on every page; no text has it (it parts records on tapes)."""
_POINTS = 6.0
"""A blank at a line's beginning moves it in by so much."""


def is_text(data: bytes) -> bool:
    """Whether the bytes are words of some encoding: letters and blanks, hardly a control character, and no markup."""
    head = as_utf8(data[:BEGINNING])
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\f")[:1] in (b"<", b"{", b"["):
        return False
    strange = sum(byte < ord("\t") or ord("\r") < byte < ord(" ") for byte in head)
    return bool(head.strip()) and b"\0" not in head and strange <= len(head) // STRANGE


def decoded(data: bytes) -> str:
    """The characters: as UTF-8 where it is that, else as its letters suggest."""
    try:
        # UTF-8 first, as nothing else passes for it by chance.
        return as_utf8(data).decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(guessed_encoding(data), errors="replace")


def text_pieces(data: bytes) -> list[Piece]:
    """The lines as they are shown: a block of lines is one paragraph, or as many as its author broke it into."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    text = _UNDERLINED.sub(lambda title: f"{'#' if title[2][0] == '=' else '##'} {title[1]}", text)
    # By signs that prose does not have: one asterisk or a dash at a line's beginning makes no Markdown.
    marked = bool(re.search(r"^(?:#{1,6}\s|={2,6}\s?\w.*={2,6}$|[-*]\s\*\*\w|\|\s?\w.*\|$)", text, re.M))
    text = _ASIDE.sub("", text) if marked else _without_pages(_ASIDE.sub("", text))
    pieces = (piece for block in re.split(r"\n[ \t\f]*\n", text) for piece in _block(block, marked))
    return list(_counted(pieces) if marked else pieces)


def _counted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with the numbers that a reader of Markdown sees: items that all say "1." are counted."""
    above: dict[float, tuple[str, int]] = {}
    for piece in pieces:
        item = _ITEM.match(piece.text)
        if piece.bold or (not item and piece.indent == 0.0 and not piece.wrapped):
            above.clear()
        if item:
            printed, times = above.get(piece.indent, ("", 0))
            times = times + 1 if printed == item[1] else 0
            above = {indent: one for indent, one in above.items() if indent < piece.indent}
            above[piece.indent] = item[1], times
            piece = replace(piece, text=f"{int(item[1]) + times}{piece.text[item.end(1) :]}")
        yield piece


def _without_pages(text: str) -> str:
    """The text with the heads and feet of its pages as blocks of their own, each behind a sign."""
    lines = text.split("\n")
    gone = page_lines(lines)
    return "\n".join(f"\n{_SIGN}{line}\n" if at in gone else line for at, line in enumerate(lines))


@cache
def _page_number() -> re.Pattern[str]:
    """A page's number, which was printed and stands among the words now ("Page 3 of 9"); alone it may be a provision's.
    In any language: the pieces are made before the text is asked for its own."""
    known = [words(code).read("furniture", FurnitureWords) for code in language_codes()]
    page, of = (
        "|".join(dict.fromkeys(word for one in lists for word in one.words))
        for lists in ([one.page for one in known], [one.of for one in known])
    )
    return re.compile(rf"\W*(?:{page})\s+\d{{1,4}}(?:\s+(?:{of})\s+\d{{1,4}})?\W*$", re.I)


def _block(block: str, marked: bool) -> Iterator[Piece]:
    lines = [one for one in block.split("\n") if one.strip() and not _RULE.match(one)]
    title = len(lines) <= TITLE_LINES and all(_TITLE_LINE.fullmatch(line.strip()) for line in lines)
    for number, line in enumerate(lines):
        indent = _POINTS * (len(line) - len(line.lstrip()))
        if marked:
            yield _marked(line, indent, wrapped=number > 0)
        elif line.startswith(_SIGN) or _page_number().match(line):
            yield Piece(line.removeprefix(_SIGN).strip(), "furniture")
        else:
            yield Piece(line.strip(), bold=title, indent=indent, wrapped=number > 0)


def _marked(line: str, indent: float, wrapped: bool) -> Piece:
    """A line of Markdown without its marks."""
    title, note = _TITLE.match(line), _NOTE.match(line)
    said = (title[2] if title else line[note.end() :] if note else line).strip()
    bold = bool(title) or bool(re.fullmatch(r"(\*\*|__).+\1", said))
    cells = said.strip("|").split("|") if said.startswith("|") and said.endswith("|") else [said]
    said = " ".join(cell.strip() for cell in cells)
    plain = _MARK.sub("", _LINK.sub(r"\1", said)).replace("\\", "")
    return Piece(plain, "note" if note else "text", bold, indent=indent, wrapped=wrapped)
