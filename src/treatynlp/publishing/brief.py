"""A brief to take along: what chosen instruments say of chosen topics, as a Word document made from a release's tables.

Topic by topic: in how many of the instruments it is regulated, a table of states and articles, the provisions with
their words (where the release holds them), values, pages and addresses, and what is not known. The same release and
choice give the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from treatynlp.publishing.figures.selection import each
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import CONTROL

Tables = Mapping[str, pd.DataFrame]
FOUND = ("present", "partial", "by_reference")
LONGEST = 2500
"""Characters of a provision that are quoted; the rest is left to the source, and that is said."""
DECIDERS = {"human": "people", "rule": "rule", "model": "model"}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a brief is of: topics and instruments by id, in this order, and the release it is made from."""

    topics: tuple[str, ...]
    instruments: tuple[str, ...]
    release: str


def brief(tables: Tables, choice: Choice) -> bytes:
    """The brief as a .docx file."""
    document = _blank()
    instruments = tables["instruments"].set_index("id").loc[list(choice.instruments)]
    _opening(document, tables, choice, instruments)
    topics = tables["topics"].set_index("topic")
    for topic in choice.topics:
        _Topic(document, tables, instruments).write(topic, topics.loc[topic])
    _sources(document, instruments, choice)
    return _saved(document)


def _blank() -> Any:
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.created = document.core_properties.modified = _MADE
    document.core_properties.title, document.core_properties.author = "Treaties compared: a brief", "treatynlp"
    return document


def _opening(document: Any, tables: Tables, choice: Choice, instruments: pd.DataFrame) -> None:
    document.add_heading("Treaties compared: a brief", 0)
    names = tables["topics"].set_index("topic").title
    document.add_paragraph(f"Topics: {'; '.join(map(str, names[list(choice.topics)]))}.")
    document.add_paragraph(f"Instruments: {'; '.join(map(str, instruments.short_title))}.")
    said = "; ".join(f"{one.sign} {one.word}: {one.means}" for one in LEGEND.values())
    small = document.add_paragraph(f"treatynlp, {choice.release}. How to read it: {said}.")
    small.runs[0].font.size = Pt(8)


@dataclass(frozen=True, slots=True)
class _Topic:
    """Writes one topic."""

    document: Any
    tables: Tables
    instruments: pd.DataFrame

    def write(self, topic: str, about: Any) -> None:
        cells = self.tables["cells"]
        own = cells[(cells.topic == topic) & cells.instrument.isin(self.instruments.index)].set_index("instrument")
        self.document.add_heading(str(about.title), 1)
        self.document.add_paragraph(f"{about.means}.")
        self.document.add_paragraph(summary(own, self.names))
        self._table(own)
        for id in self.instruments.index:
            if id in own.index and own.state[id] in (*FOUND, "inconclusive"):
                self._instrument(id, topic, own.loc[id])

    @property
    def names(self) -> Mapping[str, str]:
        return dict(zip(self.instruments.index, self.instruments.short_title, strict=True))

    def _table(self, own: pd.DataFrame) -> None:
        rows = [("Instrument", "State", "Strength", "Articles", "Decided by")]
        for id, name in self.names.items():
            cell = own.loc[id]
            one = LEGEND[str(cell.state)]
            rows.append((name, f"{one.sign} {one.word}", _word(cell.strength), "; ".join(cell.articles), _by(cell)))
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for line, row in enumerate(rows):
            for column, words in enumerate(row):
                _fill(table.cell(line, column), words, bold=line == 0)
        for id, row in zip(self.names, table.rows[1:], strict=True):
            _shade(row.cells[1], LEGEND[own.state[id]].fill, LEGEND[own.state[id]].ink)
        self.document.add_paragraph()

    def _instrument(self, id: str, topic: str, cell: Any) -> None:
        self.document.add_heading(self.names[id], 2)
        if cell.state != "present":
            self.document.add_paragraph(f"{LEGEND[cell.state].word.capitalize()}: {_word(cell.reason)}.")
        values = self.tables["parameters"]
        for row in each(values[(values.instrument == id) & (values.topic == topic)]):
            self.document.add_paragraph(f"{row.attribute.replace('_', ' ').capitalize()}: {row.says} ({row.citation})")
        provisions = self.tables["provisions"]
        kept = provisions[(provisions.instrument == id) & provisions.eid.isin(list(cell.eids))]
        for row in each(kept):
            self._provision(row)

    def _provision(self, row: Any) -> None:
        page = f", page {int(row.page)}" if pd.notna(row.page) else ""
        head = self.document.add_paragraph()
        head.add_run(_clean(f"{row.citation}{page}")).bold = True
        if _word(row.heading):
            head.add_run(_clean(f" – {row.heading}"))
        if words := _word(getattr(row, "text", None)):
            cut = f"{words[:LONGEST].rstrip()} […: see the source]" if len(words) > LONGEST else words
            self.document.add_paragraph(_clean(cut), style="Quote")
        if address := _word(row.url):
            self.document.add_paragraph(_clean(address)).runs[0].font.size = Pt(8)


def summary(own: pd.DataFrame, names: Mapping[str, str]) -> str:
    """In how many instruments a topic is regulated, in which not, and of which it is not known.

    `own` holds the topic's rows of cells.csv by instrument, `names` the instruments' names in the order they are told.
    """
    states = {id: str(own.state[id]) for id in names if id in own.index}
    known = [id for id, state in states.items() if state in (*FOUND, "absent")]
    found = [id for id in known if states[id] in FOUND]
    said = f"Regulated in {len(found)} of {len(known)} instruments of which it is known."
    for state, words in (("absent", "Not found in"), ("inconclusive", "Not known, a reader must look"),
                         ("not_assessed", "Not assessed"), ("not_applicable", "Not applicable to")):  # fmt: skip
        if own := [names[id] for id in states if states[id] == state]:  # type: ignore[assignment]
            said += f" {words}: {'; '.join(own)}."
    return said


def _sources(document: Any, instruments: pd.DataFrame, choice: Choice) -> None:
    document.add_heading("Sources and citation", 1)
    for row in each(instruments):
        address = f" {row.url}" if _word(row.url) else ""
        document.add_paragraph(_clean(f"{row.title}, {_word(row.citation) or row.body}.{address}"), style="List Bullet")
    document.add_paragraph(
        f"Cite the official text of a provision, found by treatynlp, {choice.release}. “Absent” is a claim about a "
        "text that was read whole, by a reader that errs; ratifications, reservations and declarations are not in the "
        "texts."
    )


# ---- words in a document --------------------------------------------------------------------------------------------


def _word(value: Any) -> str:
    return str(value) if isinstance(value, str) else ""


def _by(cell: Any) -> str:
    """Who decided, and how sure a machine was."""
    kind = DECIDERS.get(_word(cell.decided_by), "")
    sure = "> 99 %" if cell.score >= 0.995 else f"{cell.score:.0%}"  # never told as if a machine could not err
    return f"{kind} ({sure})" if kind in ("rule", "model") else kind


def _clean(words: str) -> str:
    """Words as XML can hold them."""
    return CONTROL.sub("", words)


def _fill(cell: Any, words: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(_clean(words))
    run.font.size, run.bold = Pt(9), bold


def _shade(cell: Any, fill: str, ink: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    shade = properties.makeelement(qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): fill.lstrip("#")})
    properties.append(shade)
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(ink.lstrip("#"))


def _saved(document: Any) -> bytes:
    """The bytes of the document; every part of the archive bears the same date."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
