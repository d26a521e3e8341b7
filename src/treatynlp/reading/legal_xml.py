"""Akoma Ntoso and Formex: XML that states titles, articles, paragraphs and their numbers.

Both are walked by the same rules; what each element means is the vocabulary's. No entity is resolved, no other file is
opened: a file that declares entities is refused unread.

>>> article = b"<article><num>1</num><content><p>Lamps are lit.</p></content></article>"
>>> page = b"<akomaNtoso><act>" + article + b"</act></akomaNtoso>"
>>> [piece.text for piece in xml_pieces(page, "x")]
['Article 1', 'Lamps are lit.']
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from treatynlp.errors import DataError, issue
from treatynlp.reading.media import BEGINNING, as_utf8
from treatynlp.reading.shown import Piece, Role
from treatynlp.reading.xml_names import bare_name

_INDENT = 18.0
"""Points by which a point is set in: a quarter of an inch."""
_REASON = 120
"""Letters of the parser's words that a message repeats."""
_ROOT = re.compile(rb"(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([A-Za-z.]+)", re.S)


@dataclass(frozen=True, slots=True)
class ElementRoles:
    """What a format's elements mean: `own` are numbers or titles on a line of their own, `joined` numbers that stand
    before the words that follow, `blocks` begin a line, `deeper` are set in, `notes` set aside, `unread` no words."""

    roots: frozenset[str]
    own: frozenset[str]
    joined: frozenset[str]
    blocks: frozenset[str]
    deeper: frozenset[str]
    notes: frozenset[str]
    contents: frozenset[str]
    unread: frozenset[str]


AKOMA_NTOSO = ElementRoles(
    roots=frozenset({"akomaNtoso"}),
    own=frozenset({"heading", "subheading", "docTitle", "crossHeading"}),
    joined=frozenset({"num"}),
    blocks=frozenset({
        "p", "li", "block", "tocItem", "td", "th", "caption", "listIntroduction", "listWrapUp", "longTitle",
    }),
    deeper=frozenset({"point", "indent", "list", "subparagraph", "item", "alinea"}),
    notes=frozenset({"authorialNote", "note"}),
    contents=frozenset({"toc"}),
    unread=frozenset({"meta", "del", "img"}),
)  # fmt: skip
FORMEX = ElementRoles(
    roots=frozenset({"ACT", "CONS.ACT", "AGR", "DECISION", "GENERAL", "ANNEX", "LETTER"}),
    own=frozenset({"TI.ART", "STI.ART", "TI", "STI"}),
    joined=frozenset({"NO.PARAG", "NO.P", "NO.CONSID"}),
    blocks=frozenset({
        "P", "ALINEA", "TXT", "VISA", "CONSID", "PREAMBLE.INIT", "PREAMBLE.FINAL", "GR.CONSID.INIT", "CELL", "ITEM",
        "SIGNATORY", "PL.DATE", "FINAL",
    }),
    deeper=frozenset({"LIST", "ITEM"}),
    notes=frozenset({"NOTE"}),
    contents=frozenset({"TOC"}),
    unread=frozenset({"BIB.INSTANCE", "BIB.DATA", "INCL.ELEMENT", "FAM.COMP"}),
)  # fmt: skip
_ARTICLES = frozenset({"article", "ARTICLE"})
_UNITS = ("article", "section", "rule", "clause")
"""What an act in Akoma Ntoso may be divided into, the usual one first: that of which it has any is its unit, and a bare
number of it is printed with its word."""
_DIVISIONS = _ARTICLES | {
    "chapter",
    "part",
    "title",
    "book",
    "section",
    "subsection",
    "tome",
    "division",
    "hcontainer",
    "rule",
    "clause",
}
_QUOTED = frozenset({"quotedStructure"})
_QUOTES = {"QUOT.START": "“", "QUOT.END": "”"}


def is_legal_xml(data: bytes) -> bool:
    """Whether the root is one of the two formats'."""
    found = _ROOT.match(as_utf8(data[:BEGINNING]).removeprefix(b"\xef\xbb\xbf"))
    return found is not None and found[1].decode() in AKOMA_NTOSO.roots | FORMEX.roots


def xml_pieces(data: bytes, name: str) -> list[Piece]:
    """The titles, paragraphs and notes. DataError for XML that is broken, or declares entities."""
    root = _parsed(data, name)
    vocabulary = AKOMA_NTOSO if bare_name(root) in AKOMA_NTOSO.roots else FORMEX
    walk = _Walk(vocabulary, unit=_unit(root))
    walk.into(root, 0, "text")
    walk.end(0, "text")
    return walk.found


def _parsed(data: bytes, name: str) -> etree._Element:
    words = as_utf8(data)
    if re.search(rb"<!(?:ENTITY|ATTLIST)\b", words, re.I):
        raise DataError(issue("xml-entities", name))
    wide = "utf-8" if words is not data else None
    parser = etree.XMLParser(
        encoding=wide, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(words, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise DataError(issue("xml-broken", name, reason=str(error)[:_REASON])) from error


def _unit(root: etree._Element) -> str:
    """The word of the units an act is divided into."""
    tags = {bare_name(element) for element in root.iter()}
    return next((unit for unit in _UNITS if unit in tags), "article")


@dataclass(slots=True)
class _Walk:
    """The words met so far on the line that is being made, the number that stands before it, and the lines made."""

    vocabulary: ElementRoles
    unit: str = "article"
    found: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    number: str = ""
    titles: int = 0
    """Titles that are being read: a title's paragraphs are titles."""

    def into(self, element: etree._Element, depth: int, role: Role) -> None:
        """An element's words and what is in it, in order."""
        meant, tag = self.vocabulary, bare_name(element)
        if tag in meant.unread:
            return
        inner: Role = "note" if tag in meant.notes else "contents" if tag in meant.contents else role
        apart = tag in meant.own | meant.joined | meant.blocks | meant.notes | meant.deeper | _DIVISIONS
        deeper = depth + (tag in meant.deeper)
        outer = self._set_by(inner != role)
        if apart and inner == role:
            self.end(depth, role)
        self.titles += tag in meant.own
        self.words.append("“" if tag in _QUOTED else _QUOTES.get(tag, ""))
        self.words.append(element.text or "")
        for child in element:
            self.into(child, deeper, inner)
            self.words.append(child.tail or "")
        self.titles -= tag in meant.own
        if tag in _QUOTED:
            self.closed()
        if apart or inner != role:
            self._ended(element, tag, deeper, inner)
        if outer is not None:
            self.words, self.number = outer

    def _set_by(self, aside: bool) -> tuple[list[str], str] | None:
        """The line being made, set by while a note that stands in it is read."""
        if not aside:
            return None
        kept = (self.words, self.number)
        self.words, self.number = [], ""
        return kept

    def _ended(self, element: etree._Element, tag: str, depth: int, role: Role) -> None:
        above = bare_name(parent) if (parent := element.getparent()) is not None else ""
        if tag in self.vocabulary.joined and above not in _DIVISIONS:
            self.number, self.words = " ".join("".join(self.words).split()), []
        elif tag in self.vocabulary.joined or tag in self.vocabulary.own:
            said = " ".join("".join(self.words).split())
            bare = tag in self.vocabulary.joined and above in _ARTICLES | {self.unit} and said.strip("“")[:1].isdigit()
            quote = "“" * said.startswith("“")
            self.words = [f"{quote}{self.unit.capitalize()} {said.removeprefix('“')}" if bare else said]
            self.end(0, role, bold=True)
        else:
            self.end(depth, role)

    def closed(self) -> None:
        """What was quoted ends: with its mark, which the file names and does not print."""
        if "".join(self.words).strip():
            self.words.append("”")
        elif self.found:
            self.found[-1] = replace(self.found[-1], text=f"{self.found[-1].text}”")

    def end(self, depth: int, role: Role, bold: bool = False) -> None:
        """The line being made is whole; a number waits for words to stand before."""
        said = " ".join("".join(self.words).split())
        self.words = []
        if said:
            number, self.number = self.number, ""
            title = bold or self.titles > 0
            self.found.append(Piece(f"{number} {said}".strip(), role, title, indent=_INDENT * depth, centred=title))
