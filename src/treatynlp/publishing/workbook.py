"""The release as a workbook: the matrix in colour, each cell a link to the evidence it rests on.

Words are written as words: nothing in it is a formula, whatever a treaty or a file name begins with. Printed, every
sheet is as wide as its paper (A4 across, A3 where it has many columns), repeats its head on every page, and says which
sheet of which release it is.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from treatynlp.publishing.csv_format import cell
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import Sheet, Table, Value, tidy

LONGEST = 32_000
"""Characters a cell of a workbook can hold, with some room."""
LINKED = 20_000
"""Rows up to which a sheet's addresses can be clicked: a sheet holds no more than 65,530 links."""
NARROW, WIDEST = 22, 44
"""Characters that are shown of what machines read (addresses, eIds, patterns), and of any other value: the whole
stands in the cell."""
FOR_MACHINES = ("url", "eid", "eids", "by", "sha256")
A4, A3, ROOMY = 9, 8, 170
"""Excel's numbers of the two papers, and the characters across above which a sheet takes the larger."""
_MADE = datetime(2000, 1, 1)
"""A workbook says when it was made; this one says the same every time."""


def workbook(tables: Iterable[Table], release: str = "") -> bytes:
    """The workbook of a release's tables; `release` says in print which one it is."""
    by_name = {table.name: table for table in tables}
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Treaties compared", "created": _MADE})
        formats = _formats(book)
        _legend(book, formats)
        matrix, evidence = book.add_worksheet("matrix"), book.add_worksheet("evidence")
        _matrix(matrix, by_name, _evidence(evidence, by_name["cells"], formats), formats)
        for table in by_name.values():
            if not table.sheet.without:
                _sheet(book.add_worksheet(table.name), table, formats)
        for sheet in book.worksheets():
            _headed(sheet, release)
    return out.getvalue()


def _headed(sheet: Worksheet, release: str) -> None:
    """How the sheet is printed: across, head and foot named. In these `&` begins a code."""
    said = " · ".join(part for part in ("Treaties compared", release) if part).replace("&", "&&")
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.set_header(f"&L&B&A&R{said[:200]}")
    sheet.set_footer("&L&8absent: read whole, not found; a claim of a reader that errs&R&8page &P of &N")
    sheet.fit_to_pages(1, 0)


def _formats(book: Workbook) -> dict[str, Any]:
    edge = {"align": "center", "border": 1, "border_color": "#FFFFFF"}
    made = {name: book.add_format({"bg_color": one.fill, "font_color": one.ink} | edge) for name, one in LEGEND.items()}
    made["head"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    made["turned"] = book.add_format({"bold": True, "rotation": 60, "bottom": 1})
    made["bold"] = book.add_format({"bold": True})
    made["link"] = book.add_format({"font_color": "#1F4E79", "underline": 1})
    made["number"] = book.add_format({"valign": "top", "align": "right", "indent": 1})
    made["plain"] = book.add_format({"valign": "top"})
    return made


def _legend(book: Workbook, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("read me")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.set_paper(A4)
    sheet.write_string(0, 0, "Treaties compared", formats["bold"])
    sheet.write_string(1, 1, "A coloured cell of the matrix leads to the evidence it rests on: click it.")
    sheet.write_string(2, 1, "A cell says `absent` only of a text that was read whole; doubt is `inconclusive`.")
    for row, (name, state) in enumerate(LEGEND.items(), 4):
        sheet.write_string(row, 0, f"{state.sign} {state.word}", formats[name])
        sheet.write_string(row, 1, state.means)


def _evidence(sheet: Worksheet, cells: Table, formats: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """The evidence of every cell that has any; where each cell's row stands."""
    rows = [row for row in cells.records() if row["citation"]]
    kept = Table("evidence", "", cells.fields, tuple(tuple(row.values()) for row in rows), Sheet("Evidence"))
    _sheet(sheet, kept, formats)
    return {(str(row["instrument"]), str(row["topic"])): n for n, row in enumerate(rows, 1)}


def _matrix(
    sheet: Worksheet, tables: Mapping[str, Table], evidence: Mapping[tuple[str, str], int], formats: Mapping[str, Any]
) -> None:
    ids = [str(row["id"]) for row in tables["instruments"].records()]
    topics = [(str(row["family"]), str(row["topic"])) for row in tables["topics"].records()]
    at = {(str(row["instrument"]), str(row["topic"])): row for row in tables["cells"].records()}
    _heads(sheet, ["family", "topic"], formats["head"])
    for column, id in enumerate(ids, 2):
        sheet.write_string(0, column, id, formats["turned"])
    for row, (family, topic) in enumerate(topics, 1):
        sheet.write_string(row, 0, family)
        sheet.write_string(row, 1, topic)
        for column, id in enumerate(ids, 2):
            _state(sheet, (row, column), at[id, topic], evidence.get((id, topic)), formats)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(topics), 1)
    sheet.set_row(0, 24 + 5.7 * max(map(len, ids), default=0))
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 1 + max(1, len(ids)), 5)
    _printed(sheet, 46 + 5 * len(ids))
    sheet.repeat_columns(0, 1)


def _state(
    sheet: Worksheet, at: tuple[int, int], found: Mapping[str, Value], line: int | None, formats: Mapping[str, Any]
) -> None:
    state = str(found["state"])
    if line is None:
        sheet.write_string(*at, LEGEND[state].sign, formats[state])
        return
    tip = f"{found['articles']} ({found['strength'] or 'strength unknown'}, {found['decided_by']})"[:250]
    sheet.write_url(*at, f"internal:'evidence'!A{line + 1}", formats[state], LEGEND[state].sign, tip)


def _sheet(sheet: Worksheet, table: Table, formats: Mapping[str, Any]) -> None:
    """A table as a sheet: header frozen, filter on, shares in a colour scale, addresses to click."""
    _heads(sheet, table.names, formats["head"])
    links = {table.names.index("url")} if "url" in table.names and len(table.rows) <= LINKED else set()
    for row, values in enumerate(table.rows, 1):
        for column, value in enumerate(values):
            if column in links and str(value).startswith(("http://", "https://")):
                sheet.write_url(row, column, str(value), formats["link"])
            else:
                _write(sheet, (row, column), value, formats)
    last = max(1, len(table.rows))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(table.fields) - 1)
    widths = [_width(table, column) for column in range(len(table.fields))]
    _printed(sheet, sum(widths))
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, widths[column])
        if field.name in table.sheet.shares:
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#7FB8A4", "min_type": "num",
                     "max_type": "num", "min_value": 0, "max_value": 1}  # fmt: skip
            sheet.conditional_format(1, column, last, column, scale)


def _printed(sheet: Worksheet, across: int) -> None:
    """The paper a sheet so many characters wide is printed on, its first row on every page."""
    sheet.set_paper(A3 if across > ROOMY else A4)
    sheet.repeat_rows(0)


def _heads(sheet: Worksheet, names: Sequence[str], head: Any) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, formats: Mapping[str, Any]) -> None:
    value = tidy(value)
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value, formats["plain"])
    elif isinstance(value, str):
        sheet.write_string(*at, value[:LONGEST], formats["plain"])
    else:
        sheet.write_number(*at, value, formats["number"])


def _width(table: Table, column: int) -> int:
    """The column's width in characters: its longest value, within reason."""
    longest = max((len(cell(row[column])) for row in table.rows), default=0)
    most = NARROW if table.names[column].endswith(FOR_MACHINES) else WIDEST
    return min(most, max(len(table.names[column]), longest, 6) + 2)
