"""A brief as a Word document."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from treatynlp.publishing.brief import TITLE, BriefBlock, Grid
from treatynlp.publishing.legend import LEGEND

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_A4, _MARGIN = (210, 297), 22
"""Millimetres."""
_TEXT, _CELL, _SMALL = 10, 9, 8
"""Points of letters: of running text, in a table, in small print."""
_HEADINGS = {"title": 0, "heading": 1, "instrument": 2}
_STYLES = {"quote": "Quote", "item": "List Bullet"}


def word(blocks: Iterable[BriefBlock | Grid]) -> bytes:
    """The blocks of a brief as a .docx file: the same bytes for the same blocks."""
    document = _blank()
    for block in blocks:
        if isinstance(block, Grid):
            _grid(document, block)
        else:
            _block(document, block)
    return _saved(document)


def _blank() -> Any:
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(_A4[0]), Mm(_A4[1])
    section.left_margin = section.right_margin = Mm(_MARGIN)
    document.styles["Normal"].font.size = Pt(_TEXT)
    document.core_properties.created = document.core_properties.modified = _MADE
    document.core_properties.title, document.core_properties.author = TITLE, "treatynlp"
    return document


def _block(document: Any, block: BriefBlock) -> None:
    if block.kind in _HEADINGS:
        document.add_heading(block.words, _HEADINGS[block.kind])
    elif block.kind == "provision":
        head = document.add_paragraph()
        head.add_run(block.lead).bold = True
        # Else a page ends with a citation whose words stand on the next one.
        head.paragraph_format.keep_with_next = True
        head.add_run(f" – {block.words}" if block.words else "")
    else:
        made = document.add_paragraph(block.words, style=_STYLES.get(block.kind))
        if block.kind == "small" and made.runs:
            made.runs[0].font.size = Pt(_SMALL)


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
    for line, row in enumerate(grid.rows):
        for column, words in enumerate(row):
            _fill(table.cell(line, column), words, bold=line == 0)
    for state, row in zip(grid.states, table.rows[1:], strict=True):
        _shade(row.cells[1], LEGEND[state].fill, LEGEND[state].ink)
    document.add_paragraph()


def _fill(cell: Any, words: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(words)
    run.font.size, run.bold = Pt(_CELL), bold


def _shade(cell: Any, fill: str, ink: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    # The library has no shading of cells; this is the element that Word itself writes.
    shade = properties.makeelement(qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): fill.lstrip("#")})
    properties.append(shade)
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(ink.lstrip("#"))


def _saved(document: Any) -> bytes:
    """The bytes of the document; every part of the archive bears the same date."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            # python-docx stamps each part with the time of writing; nothing else of a document changes from run to run.
            kept.writestr(
                zipfile.ZipInfo(name, (_MADE.year, _MADE.month, _MADE.day, 0, 0, 0)),
                made.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()
