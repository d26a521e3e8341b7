"""Word's .docx: paragraphs with the numbers of Word's lists, revisions taken as accepted, notes set aside.

Drafts come in Word. What was deleted or struck out is no live text: it is set aside, and told. Numbers that Word makes
itself are counted as Word does (`word_numbers`). The file is a folder packed: no more of it is unpacked than allowed,
and its XML may declare no entities.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document as open_word
from lxml import etree

from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.languages import foreign_columns
from treatynlp.reading.shown import Piece, Role
from treatynlp.reading.word_numbers import TWENTIETHS, ListCounters, W
from treatynlp.reading.xml_names import bare_name

MOST, PARTS = 60_000_000, 4000
"""Bytes that a file may unpack to, and how many parts it may have."""
DEEPEST = 12
"""A style may be based on another, and that on a third; more than this are a circle."""
NEARLY_ALL = 0.9
"""A paragraph with more than this share of its letters in bold is bold: its number or its stop may not be."""
_UNREAD = frozenset({"instrText", "delInstrText", "pPr", "rPr", "sectPr", "Fallback", "pict"})
_GONE = frozenset({"del", "moveFrom"})
_MARK = re.compile(r"\s*[(\[]?(?:\d{1,3}|[*†‡]{1,3})[)\]]?\s*")
"""A raised number or star is a footnote's mark, typed by hand, and no figure of the number before it."""
_CONTENTS = re.compile(r"toc\s*\d|table of (?:contents|figures)", re.I)


def is_word(data: bytes) -> bool:
    """Whether the bytes are a packed folder with a Word document in it."""
    return data.startswith(b"PK\x03\x04") and b"word/" in data and b"[Content_Types].xml" in data


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style says: set in bold, centred, numbered (list, level), a line of the contents."""

    bold: bool = False
    centred: bool = False
    number: tuple[str, int] | None = None
    contents: bool = False
    indent: float = 0.0


def word_pieces(data: bytes, name: str, language: str = "en") -> tuple[list[Piece], tuple[Issue, ...]]:
    """The paragraphs, what was struck out and the footnotes; and a row where there are open revisions. The columns of a
    table that are in other languages than the one asked for are `foreign`. DataError for a file that is broken, too
    large, or not as Word makes it."""
    word = _opened(data, name)
    try:
        return _taken(word, name, language)
    except Exception as error:  # a style or a list may name what is no number, or is not there
        raise DataError(issue("word-broken", name, reason=type(error).__name__)) from error


def _taken(word: Any, name: str, language: str) -> tuple[list[Piece], tuple[Issue, ...]]:
    styles = {style.style_id: _style(style.element, word.styles) for style in word.styles}
    numbers = ListCounters.of(_part(word, "numbering"))
    foreign = frozenset(one for table in word.element.body.iter(f"{W}tbl") for one in _foreign(table, language))
    made = [
        replace(piece, role="foreign") if one[0] in foreign and piece.role == "text" else piece
        for one in _paragraphs(word.element.body)
        for piece in _piece(one, styles, numbers)
    ]
    notes = [_note(one) for part in ("footnotes", "endnotes") for one in _notes(_part(word, part))]
    return made + notes, tuple(_revised(word.element.body, name))


def _opened(data: bytes, name: str) -> Any:
    try:
        with ZipFile(BytesIO(data)) as folder:
            parts = folder.infolist()
            if len(parts) > PARTS or sum(part.file_size for part in parts) > MOST:
                raise DataError(issue("word-too-large", name, most=MOST, parts=PARTS))
            for part in parts:
                _see_that_it_is_plain(folder, part.filename, name)
        return open_word(BytesIO(data))
    except DataError:
        raise
    except Exception as error:  # whatever a broken package makes of its readers
        raise DataError(issue("word-broken", name, reason=type(error).__name__)) from error


def _see_that_it_is_plain(folder: ZipFile, part: str, name: str) -> None:
    if part.endswith((".xml", ".rels")) and re.search(rb"<!(?:DOCTYPE|ENTITY)", folder.read(part)):
        raise DataError(issue("xml-entities", name))


def _part(word: Any, kind: str) -> etree._Element | None:
    """The root of a part that belongs to the document ("numbering", "footnotes"); None without one."""
    found = next((one for one in word.part.rels.values() if one.reltype.endswith(f"/{kind}")), None)
    if found is None or found.is_external:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(found.target_part.blob, parser)


# ---- styles ------------------------------------------------------------------------------------------------------


def _style(element: etree._Element, styles: Any, deep: int = 0) -> _Style:
    """A style with what it takes over from those it is based on."""
    base = element.find(f"{W}basedOn")
    above = styles.element.get_by_id(base.get(f"{W}val")) if base is not None and deep < DEEPEST else None
    found = _style(above, styles, deep + 1) if above is not None else _Style()
    named = element.find(f"{W}name")
    called = named.get(f"{W}val", "") if named is not None else ""
    loud = bool(re.match(r"(?:heading|title|subtitle)\b", called, re.I)) or _on(element.find(f"{W}rPr/{W}b"))
    found = replace(found, bold=found.bold or loud, contents=found.contents or bool(_CONTENTS.match(called)))
    return _own(found, element.find(f"{W}pPr"))


def _own(style: _Style, properties: etree._Element | None) -> _Style:
    """A style changed by the properties of a paragraph, or of a style."""
    if properties is None:
        return style
    level, number = (_value(properties, f"{W}numPr/{W}{key}") for key in ("ilvl", "numId"))
    if number or level:
        before = style.number or ("", 0)
        style = replace(style, number=(number or before[0], int(level) if level else before[1]))
    if side := _value(properties, f"{W}jc"):
        style = replace(style, centred=side == "center")
    indent = properties.find(f"{W}ind")
    left = (indent.get(f"{W}left") or indent.get(f"{W}start")) if indent is not None else None
    return replace(style, indent=int(float(left)) / TWENTIETHS) if left else style


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(f"{W}val", "")


def _on(mark: etree._Element | None) -> bool:
    """Whether a mark of Word's is set: it is there, and does not say that it is off."""
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off", "none")


# ---- paragraphs --------------------------------------------------------------------------------------------------


def _paragraphs(body: etree._Element) -> Iterator[list[etree._Element]]:
    """Each paragraph, joined with those before it whose ends were deleted."""
    joined: list[etree._Element] = []
    for one in body.iter(f"{W}p"):
        # Word writes a drawing's words twice, for programs that cannot draw it; and a text box stands beside the text.
        if any(bare_name(above) in ("Fallback", "txbxContent") for above in one.iterancestors()):
            continue
        # A paragraph whose end was deleted goes on in the next one, for whoever accepts the deletion.
        joined.append(one)
        if one.find(f"{W}pPr/{W}rPr/{W}del") is None:
            yield joined
            joined = []
    if joined:
        yield joined


def _foreign(table: etree._Element, language: str) -> Iterator[etree._Element]:
    """The paragraphs of the columns of a table that are in other languages than the one asked for."""
    rows = [row.findall(f"{W}tc") for row in table.findall(f"{W}tr")]
    # Rows with merged cells are heads across the table, and say nothing of its columns.
    widest = max(map(len, rows), default=0)
    columns = list(zip(*(row for row in rows if len(row) == widest), strict=True))
    texts = [" ".join("".join(cell.itertext(f"{W}t")) for cell in column) for column in columns]
    for at in foreign_columns(texts, language) if len(columns) > 1 else ():
        for cell in columns[at]:
            yield from cell.iter(f"{W}p")


def _piece(joined: list[etree._Element], styles: Mapping[str, _Style], numbers: ListCounters) -> Iterator[Piece]:
    properties = joined[-1].find(f"{W}pPr")
    named = _value(joined[0], f"{W}pPr/{W}pStyle")
    style = _own(styles.get(named, _Style()), properties)
    runs = [run for one in joined for run in _runs(one)]
    live = [(text, bold) for text, bold, gone in runs if not gone]
    gone = "".join(text for text, _, struck in runs if struck)
    words = "".join(text for text, _ in live)
    # Word counts and prints an empty paragraph of a list; one that was deleted is gone with its number
    label, indent = numbers.next(*style.number) if style.number and (words.strip() or not gone.strip()) else ("", 0.0)
    if words.strip() or re.search(r"[^\W\d_]{3}", label):  # "Article 1", which Word prints alone on its line
        letters = sum(len(text) for text, _ in live) or 1
        bold = style.bold or sum(len(text) for text, loud in live if loud) > NEARLY_ALL * letters
        role: Role = "contents" if style.contents else "text"
        yield from _lines(Piece(f"{label} {words}", role, bold, indent=style.indent or indent, centred=style.centred))
    if gone.strip():
        yield Piece(gone, "furniture")


def _lines(piece: Piece) -> Iterator[Piece]:
    """The piece, broken where its author broke it."""
    for number, line in enumerate(one for one in piece.text.split("\n") if one.strip()):
        yield replace(piece, text=line, wrapped=number > 0)


def _runs(element: etree._Element, gone: bool = False) -> Iterator[tuple[str, bool, bool]]:
    """The stretches of words in order: the words, whether they are bold, whether they are no live text."""
    for child in element:
        tag = bare_name(child)
        if tag in _UNREAD or tag == "p":
            continue
        if tag == "r":
            marks = child.find(f"{W}rPr")
            off = marks is not None and any(_on(marks.find(f"{W}{mark}")) for mark in ("strike", "dstrike", "vanish"))
            bold, words = marks is not None and _on(marks.find(f"{W}b")), "".join(_words(child))
            raised = marks is not None and _value(marks, f"{W}vertAlign") == "superscript"
            yield words, bold, gone or off or (raised and _MARK.fullmatch(words) is not None)
        else:
            yield from _runs(child, gone or tag in _GONE)


def _words(run: etree._Element) -> Iterator[str]:
    for child in run:
        tag = bare_name(child)
        if tag in ("t", "delText"):
            yield child.text or ""
        else:
            yield {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")


# ---- notes and revisions -------------------------------------------------------------------------------------------


def _notes(part: etree._Element | None) -> Iterator[etree._Element]:
    """The notes of a part, without the lines that part them from the text."""
    for one in () if part is None else part:
        if one.get(f"{W}type") in (None, "normal"):
            yield one


def _note(note: etree._Element) -> Piece:
    words = " ".join(text for one in note.iter(f"{W}p") for text, _, gone in _runs(one) if not gone)
    return Piece(f"{note.get(f'{W}id', '')} {words}", "note")


def _revised(body: etree._Element, name: str) -> Iterator[Issue]:
    added, gone = (sum(len(list(body.iter(f"{W}{tag}"))) for tag in tags) for tags in (("ins", "moveTo"), _GONE))
    struck = sum(_on(mark) for tag in ("strike", "dstrike", "vanish") for mark in body.iter(f"{W}{tag}"))
    if added or gone or struck:
        yield issue("revisions-open", name, added=added, gone=gone, struck=struck)
