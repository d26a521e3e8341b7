"""A web page's elements → blocks: what a reader sees as one paragraph, heading, list item or table row."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from lxml.etree import _Element, iterwalk

from treatynlp.reading import html_words as known
from treatynlp.reading.html_lists import item_marker
from treatynlp.reading.html_notes import Notes, notes

Role = Literal["text", "furniture", "note", "contents", "mark", "unread", "unseen", "foreign"]

LEVEL = 18.0
"""Points by which a list or the second cell of a row stands further in."""
_TITLE = 400
"""Titles have fewer characters than this; a longer element with a title's class is a frame around something."""
_ROW = 160
"""The cells of a table's row with fewer characters than this together make one line."""
_MARKER = re.compile(
    r"^(?:\(?\s?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]{1,2}|[ivxlcIVXLC]{1,7}|[A-Z])\s?(?:bis|ter)?\s?(?:\)|\.-?|[-–—])?|[-–—•·*●○▪■])$"
)
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style:(?:italic|oblique)")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the words inside an element look, and what they are for; `inset` in points."""

    role: Role = "text"
    bold: bool = False
    italic: bool = False
    centred: bool = False
    pre: bool = False
    link: str = ""
    inset: float = 0.0


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one look, side by side in the page's text from `index` on; None for what a browser puts in."""

    text: str
    index: int | None
    look: TextStyle


@dataclass(slots=True)
class Block:
    """What a reader sees as one paragraph; `wrapped` when only a line break parts it from the one before."""

    pieces: list[TextRun] = field(default_factory=list)
    wrapped: bool = False

    @property
    def look(self) -> TextStyle:
        return next((piece.look for piece in self.pieces if piece.text.strip()), TextStyle())

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def blocks(root: _Element, unseen: Set[_Element], foreign: Set[_Element] = frozenset()) -> list[Block]:
    """The page's blocks in order; the offsets of their pieces count the characters of `root.itertext()`. The words of
    `unseen` elements nobody sees, those of `foreign` ones are in other languages than the one asked for."""
    walk = _Walk(root, unseen, foreign)
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            walk.open(element)
        else:
            walk.close(element)
    walk.flush()
    return [*_with_links_apart(walk.done), *walk.marks]


class _Walk:
    """Goes through the page once, keeping the looks of the open elements and the block being filled."""

    def __init__(self, root: _Element, unseen: Set[_Element], foreign: Set[_Element]) -> None:
        self.looks = [TextStyle()]
        self.done: list[Block] = []
        self.marks: list[Block] = []
        self.block = Block()
        self.at = 0
        self.rows: list[list[int]] = []
        self.notes: Notes = notes(root)
        self.unseen, self.foreign = unseen, foreign
        self.rules = known.style_rules("\n".join("".join(one.itertext()) for one in root.iter("style")))
        self.half = sum(map(len, root.itertext())) / 2

    # ---- elements -------------------------------------------------------------------------------------------

    def open(self, element: _Element) -> None:
        name = known.name(element)
        # A list's number, which a browser prints, stands beside the block that opens behind it, and not on a line of
        # its own.
        if known.is_block(element) and not self.is_numbered():
            self.flush()
        if name == "br":
            self.flush(wrapped=True)
        if name == "tr":
            self.rows.append([])
        if name in ("td", "th") and self.rows:
            self.rows[-1].append(len(self.done))
        self.looks.append(self.look(element, name))
        if name == "li" and (number := item_marker(element)):
            self.block.pieces.append(TextRun(number, None, self.looks[-1]))
        self.take(element.text)

    def is_numbered(self) -> bool:
        """Whether nothing but an item's number, which a browser prints, stands in the block: what opens is the title or
        the paragraph that it numbers."""
        return bool(self.block.pieces) and all(one.index is None for one in self.block.pieces)

    def close(self, element: _Element) -> None:
        name = known.name(element)
        if known.is_block(element):
            self.flush()
        if name == "tr" and self.rows:
            self.done = _as_row(self.done, self.rows.pop())
        self.looks.pop()
        self.take(element.tail)

    def look(self, element: _Element, name: str) -> TextStyle:
        look = self.looks[-1]
        style = known.declared_style(element, self.rules)
        return replace(
            look,
            role=self.role(element, name),
            bold=look.bold or name in ("b", "strong", "th") or bool(_BOLD.search(style)) or self.titles(element),
            italic=look.italic or name in ("i", "em") or bool(_ITALIC.search(style)),
            centred=self.centred(element, name, style),
            pre=look.pre or name == "pre" or "white-space:pre" in style,
            link=(element.get("href") or "") if name == "a" else look.link,
            inset=look.inset + self.further(element, name) + known.inset_points(style),
        )

    def role(self, element: _Element, name: str) -> Role:
        above = self.looks[-1].role
        if name in known.html_words().unread.elements or above == "unread":
            return "unread"
        # What stands inside a note, the navigation or a foreign column is of it, whatever it is called itself.
        if above not in ("text", "unseen"):
            return above
        if element in self.foreign:
            return "foreign"
        if element in self.notes.marks:
            return "mark"
        if element in self.notes.blocks or (known.is_note(element) and not self.frames(element)):
            return "note"
        if known.is_furniture(element) and not self.frames(element):
            return "furniture"
        return "unseen" if element in self.unseen else "text"

    def frames(self, element: _Element) -> bool:
        """Whether an element holds most of the page, so that its class says nothing of what is in it."""
        return sum(map(len, element.itertext())) > self.half

    @staticmethod
    def titles(element: _Element) -> bool:
        return known.is_heading(element) and sum(map(len, islice(element.itertext(), _TITLE))) < _TITLE

    def centred(self, element: _Element, name: str, style: str) -> bool:
        if name == "center" or "text-align:center" in style:
            return True
        if re.search("text-align:(?:left|justify|right|start)", style):
            return False
        by_class = name not in known.html_words().heading.elements and self.titles(element)
        return self.looks[-1].centred or by_class

    def further(self, element: _Element, name: str) -> float:
        # The first cell of a row holds the number, or the only words: the others stand further in, as on the page.
        first = name == "td" and len(self.rows[-1] if self.rows else [0]) <= 1
        inset = name in known.html_words().inset.elements or (name == "td" and not first)
        return LEVEL if inset else 0.0

    # ---- words ----------------------------------------------------------------------------------------------

    def take(self, text: str | None) -> None:
        if not text:
            return
        look, at = self.looks[-1], self.at
        self.at += len(text)
        if look.role == "unread":
            return
        if look.role == "mark":
            self.mark(TextRun(text, at, look))
            return
        if look.role == "unseen" or (look.role == "furniture" and self.block.look.role == "text" and self.block.pieces):
            self.set_aside(TextRun(text, at, look))
            return
        lines = text.split("\n") if look.pre else [text]
        for count, line in enumerate(lines):
            if count:
                self.flush(wrapped=True)
            if line:
                self.block.pieces.append(TextRun(line, at, look))
            at += len(line) + 1

    def mark(self, piece: TextRun) -> None:
        """A footnote's mark is no part of the sentence it stands in: it is kept apart, as furniture."""
        self.set_aside(replace(piece, look=replace(piece.look, role="furniture")))
        pieces = self.block.pieces
        if pieces:
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())

    def set_aside(self, piece: TextRun) -> None:
        """Words kept apart from the sentence they stand in; those side by side together."""
        last = self.marks[-1].pieces[-1] if self.marks else None
        beside = last and last.look.role == piece.look.role and last.index is not None
        if last and beside and last.index + len(last.text) == piece.index:  # type: ignore[operator]
            self.marks[-1].pieces.append(piece)
        else:
            self.marks.append(Block([piece]))

    def flush(self, wrapped: bool = False) -> None:
        """The block ends; the next one is `wrapped` when only a line break comes between."""
        if self.block.text.strip():
            self.done.append(self.block)
            self.block = Block(wrapped=wrapped)
        else:  # an empty line, or two line breaks, part paragraphs
            self.block = Block()


def _as_row(done: list[Block], cells: Sequence[int]) -> list[Block]:
    """The blocks with those of a table's last row set together: a number and the words beside it; or short cells."""
    if not cells:
        return done
    ends = [*cells[1:], len(done)]
    filled = [done[start:end] for start, end in zip(cells, ends, strict=True) if start < end]
    if len(filled) < 2:
        return done
    before = done[: cells[0]]
    # Short cells are one line (a number and its title, a name and a date); long ones are columns of text, one after the
    # other.
    if all(len(cell) == 1 for cell in filled) and sum(len(cell[0].text) for cell in filled) < _ROW:
        return [*before, _beside([cell[0] for cell in filled])]
    row = filled[-1]
    for cell in reversed(filled[:-1]):
        marks = len(cell) == 1 and bool(_MARKER.match(" ".join(cell[0].text.split())))
        row = [_beside([cell[0], row[0]]), *row[1:]] if marks else [*cell, *row]
    return [*before, *row]


def _beside(cells: Sequence[Block]) -> Block:
    first, *others = cells
    pieces = list(first.pieces)
    for other in others:
        pieces += [TextRun(" ", None, other.look), *other.pieces]
    inset = first.look.inset
    return Block([replace(piece, look=replace(piece.look, inset=inset)) for piece in pieces], first.wrapped)


# ---- lists of links --------------------------------------------------------------------------------------------


def _with_links_apart(found: Sequence[Block]) -> list[Block]:
    """Runs of three or more blocks that are nothing but links are the page's contents, or the site's navigation."""
    result: list[Block] = []
    run: list[Block] = []
    for block in found:
        if block.look.role == "text" and _is_link(block):
            run.append(block)
            continue
        result += [*_linked(run), block]
        run = []
    return [*result, *_linked(run)]


LINKED, RUN = 0.8, 3
"""A block with more than this share of its letters in links is a link (a number or a dash may stand before it), and so
many links in a row are a list of them: two may be the references of a text."""


def _is_link(block: Block) -> bool:
    letters = sum(len(piece.text.strip()) for piece in block.pieces if piece.index is not None)
    linked = sum(len(piece.text.strip()) for piece in block.pieces if piece.look.link)
    return linked > LINKED * letters > 0


def _linked(run: Sequence[Block]) -> Iterator[Block]:
    links = {piece.look.link for block in run for piece in block.pieces if piece.look.link}
    if len(links) < RUN:
        yield from run
        return
    for block in run:
        inside = all(piece.look.link.startswith("#") for piece in block.pieces if piece.look.link)
        role: Role = "contents" if inside else "furniture"
        yield Block([replace(piece, look=replace(piece.look, role=role)) for piece in block.pieces], block.wrapped)
