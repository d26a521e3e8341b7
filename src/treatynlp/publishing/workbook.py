"""The release as a workbook for lawyers: what it is, the matrix with its articles, the briefing, the evidence, tables.

Words are written as words: nothing in it is a formula, whatever a treaty or a file name begins with. Instruments
without a text stand in no column of the matrix. Printed, every sheet is as wide as its paper (A4 across, A3 where
it has many columns), repeats its head on every page, and says which sheet of which release it is; of raw tables only
the head is printed, so that the whole workbook is no book.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from treatynlp.comparison.states import FOUND
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import Row, Sheet, Table, Value, tidy
from treatynlp.publishing.titles import id_words
from treatynlp.publishing.workbook_readme import read_me, wrote
from treatynlp.publishing.workbook_sizes import set_heights, width_of

LONGEST = 32_000
"""Characters a cell of a workbook can hold, with some room."""
MOST = 100_000
"""Rows beyond which a table has no sheet: it opens slowly, a million is the most a sheet can hold, and part of a table
would read as if that were all."""
LINKED = 20_000
"""Rows up to which a sheet's addresses can be clicked: a sheet holds no more than 65,530 links."""
NAMED = 12
"""Instruments without a topic that are named; more are the others, which the matrix shows."""
CITED = 2
"""Articles that stand in a cell of the matrix; the others are counted, and stand in the evidence."""
FAMILY, TOPIC, CELL = 16, 30, 10
"""Characters across of the matrix's columns."""
TURNED, HEAD, LETTER_UP = 60, 24, 5.7
"""Degrees by which the matrix's heads are turned, so that sixty names fit beside each other; points of such a head, and
for each letter of the longest name."""
MATRIX_LETTERS = 9
"""Points."""
TIP, HEADER = 250, 200
"""Letters that Excel takes of a tip on a link (255 at the most), and of a header beside its codes (255 in all)."""
A4, A3, ROOMY = 9, 8, 170
"""Excel's numbers of the two papers, and the characters across above which a sheet takes the larger."""
_MADE = datetime(2000, 1, 1)
"""A workbook says when it was made; this one says the same every time."""
Formats = Mapping[str, Any]


def workbook(tables: Iterable[Table], release: str = "") -> bytes:
    """The workbook of a release's tables; `release` says which one it is, in print and in the read-me."""
    by_name = {table.name: table for table in tables}
    out = io.BytesIO()
    # Words of a treaty stay words: "=…" is no formula, "1.2" no number, and an address is a link only where it is meant
    # to be.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Treaties compared", "created": _MADE})
        formats = _formats(book)
        front = book.add_worksheet("Read me")
        matrix, briefing = book.add_worksheet("Matrix"), book.add_worksheet("Briefing")
        evidence = book.add_worksheet("Evidence")
        _matrix(matrix, by_name, _evidence(evidence, by_name, formats), formats)
        _sheet(briefing, _briefing(by_name), formats)
        # Raw tables last: who opens the workbook reads from the front, and who works with raw rows takes the CSV files.
        sheets = [table for table in by_name.values() if not table.sheet.without]
        shown = [table for table in sheets if len(table.on_sheet().rows) <= MOST]
        for table in sorted(shown, key=lambda table: table.sheet.raw):
            _sheet(book.add_worksheet(table.sheet.title), named(table, by_name), formats)
        read_me(front, by_name, (shown, [table for table in sheets if table not in shown]), release, formats)
        for sheet in book.worksheets():
            _headed(sheet, release)
    return out.getvalue()


def _headed(sheet: Worksheet, release: str) -> None:
    """How the sheet is printed: across, head and foot named. In these `&` begins a code."""
    said = " · ".join(part for part in ("Treaties compared", release) if part).replace("&", "&&")
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.set_header(f"&L&B&A&R{said[:HEADER]}")
    sheet.set_footer("&L&8absent: read whole, not found; a claim of a reader that errs&R&8page &P of &N")
    sheet.fit_to_pages(1, 0)


def _formats(book: Workbook) -> dict[str, Any]:
    edge = {
        "align": "center",
        "valign": "top",
        "border": 1,
        "border_color": "#FFFFFF",
        "text_wrap": True,
        "font_size": MATRIX_LETTERS,
    }
    made = {name: book.add_format({"bg_color": one.fill, "font_color": one.ink} | edge) for name, one in LEGEND.items()}
    made["head"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    made["turned"] = book.add_format({"bold": True, "rotation": TURNED, "bottom": 1})
    made["bold"] = book.add_format({"bold": True})
    made["link"] = book.add_format({"font_color": "#1F4E79", "underline": 1, "valign": "top"})
    made["number"] = book.add_format({"valign": "top", "align": "right", "indent": 1})
    made["plain"] = book.add_format({"valign": "top", "text_wrap": True})
    return made


# ---- what people call things ----------------------------------------------------------------------------------------


def _called(tables: Mapping[str, Table]) -> dict[str, str]:
    """The names of instruments and topics, by id."""
    instruments = {str(row["id"]): str(row["short_title"]) for row in tables["instruments"].records()}
    return instruments | {str(row["topic"]): str(row["title"]) for row in tables["topics"].records()}


_IDS = ("instrument", "topic", "left", "right", "has", "lacks", "taken_from", "family")


def named(table: Table, tables: Mapping[str, Table]) -> Table:
    """The rows of a table's sheet, with names for ids: of instruments, topics, families, of columns too."""
    table = table.on_sheet()
    called = _called(tables) | {str(row["family"]): str(row["family_title"]) for row in tables["topics"].records()}
    at = {n for n, field in enumerate(table.fields) if field.name in _IDS}
    rows = (
        tuple(called.get(str(value), value) if n in at else value for n, value in enumerate(row)) for row in table.rows
    )
    return replace(table, rows=tuple(rows))


# ---- the sheets of its own ------------------------------------------------------------------------------------------


def _evidence(sheet: Worksheet, tables: Mapping[str, Table], formats: Formats) -> dict[tuple[str, str], int]:
    """The evidence of every cell that has any; where each cell's row stands."""
    cells = tables["cells"]
    rows = [row for row in cells.records() if row["citation"]]
    kept = tuple(tuple(row.values()) for row in rows)
    _sheet(
        sheet,
        named(
            Table(name="evidence", means="", fields=cells.fields, rows=kept, sheet=Sheet("Evidence", raw=True)), tables
        ),
        formats,
    )
    return {(str(row["instrument"]), str(row["topic"])): n for n, row in enumerate(rows, 1)}


def _briefing(tables: Mapping[str, Table]) -> Table:
    """Topic by topic: in how many instruments it is regulated, in which it is not, and of which it is not known."""
    called, fields = _called(tables), (*tables["cells"].fields[:2], *tables["cells"].fields[5:8])
    by_topic: dict[str, list[Row]] = {str(row["topic"]): [] for row in tables["topics"].records()}
    for row in tables["cells"].records():
        # Neither says anything of the topic: counted, they would make a topic look rarer than it is among the texts
        # read.
        if row["state"] not in ("not_assessed", "not_applicable"):
            by_topic[str(row["topic"])].append(row)
    heads = ("Topic", "Regulated in", "By", "Not found in", "Not known")
    columns = tuple(type(field)(name, "", separator="; ") for field, name in zip(fields, heads, strict=True))
    rows = tuple(_told(called[topic], found, called) for topic, found in by_topic.items())
    return Table(name="briefing", means="Topic by topic", fields=columns, rows=rows, sheet=Sheet("Briefing"))


def _told(topic: str, found: Sequence[Row], called: Mapping[str, str]) -> tuple[Value, ...]:
    # Articles stand only behind those that regulate it: of the others there is nothing to cite.
    def names(*states: str, cited: bool = False) -> str | None:
        own = [row for row in found if row["state"] in states]
        if len(own) > NAMED and not cited:
            return f"the other {len(own)} that were read"
        return "; ".join(f"{called[str(row['instrument'])]}{_where(row) if cited else ''}" for row in own) or None

    known = [row["state"] for row in found if row["state"] != "inconclusive"]
    count = f"{sum(state in FOUND for state in known)} of {len(known)}"
    return topic, count, names(*FOUND, cited=True), names("absent"), names("inconclusive")


def _where(row: Row) -> str:
    return f" ({_articles(row)})" if row["articles"] else ""


def _articles(row: Row) -> str:
    """The first articles a cell rests on, and how many more.

    >>> _articles({"articles": "Art. 2; Art. 3; Art. 4"})
    'Art. 2; Art. 3 +1'
    """
    cited = str(row["articles"]).split("; ")
    return "; ".join(cited[:CITED]) + (f" +{len(cited) - CITED}" if len(cited) > CITED else "")


def _matrix(
    sheet: Worksheet, tables: Mapping[str, Table], evidence: Mapping[tuple[str, str], int], formats: Formats
) -> None:
    instruments = [row for row in tables["instruments"].records() if row["status"] == "coded"]
    topics, names = list(tables["topics"].records()), [str(row["short_title"]) for row in instruments]
    at = {(str(row["instrument"]), str(row["topic"])): row for row in tables["cells"].records()}
    _heads(sheet, ["Family", "Topic"], formats["head"])
    for column, name in enumerate(names, 2):
        sheet.write_string(0, column, name, formats["turned"])
    for line, row in enumerate(topics, 1):
        sheet.write_string(line, 0, str(row["family_title"]))
        sheet.write_string(line, 1, str(row["title"]))
        for column, one in enumerate(instruments, 2):
            key = str(one["id"]), str(row["topic"])
            _state(sheet, (line, column), at[key], evidence.get(key), formats)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(topics), 1)
    # A row does not grow with turned words by itself.
    sheet.set_row(0, HEAD + LETTER_UP * max(map(len, names), default=0))
    sheet.set_column(0, 0, FAMILY)
    sheet.set_column(1, 1, TOPIC)
    sheet.set_column(2, 1 + max(1, len(names)), CELL)
    _printed(sheet, FAMILY + TOPIC + CELL * len(names))
    sheet.repeat_columns(0, 1)


def _state(sheet: Worksheet, at: tuple[int, int], found: Row, line: int | None, formats: Formats) -> None:
    form, said = formats[str(found["state"])], matrix_words(found)
    if line is None:
        sheet.write_string(*at, said, form)
        return
    tip = f"{found['articles']} ({found['strength'] or 'strength unknown'}, {found['decided_by']})"[:TIP]
    # A place inside the workbook and not the source's address: the row has page and address, and works without network.
    sheet.write_url(*at, f"internal:'Evidence'!A{line + 1}", form, said, tip)


def matrix_words(found: Row) -> str:
    """What stands in a cell of the matrix: the sign of its state, and the first articles it rests on."""
    sign = LEGEND[str(found["state"])].sign
    cited = found["state"] in FOUND and found["citation"]
    return f"{sign} {_articles(found)}"[:TIP] if cited else sign


# ---- a table as a sheet ---------------------------------------------------------------------------------------------


def _sheet(sheet: Worksheet, table: Table, formats: Formats) -> None:
    """A table as a sheet: header frozen, filter on, shares in a colour scale, addresses to click."""
    _heads(sheet, [id_words(name) for name in table.names], formats["head"])
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
    widths = [width_of(table, column) for column in range(len(table.fields))]
    _printed(sheet, sum(widths))
    if table.sheet.raw:
        sheet.print_area(0, 0, 0, len(table.fields) - 1)
    else:
        set_heights(sheet, table, widths)
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


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, formats: Formats) -> None:
    value = tidy(value)
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value, formats["plain"])
    elif isinstance(value, str):
        wrote(sheet, at, value[:LONGEST], formats["plain"])
    else:
        sheet.write_number(*at, value, formats["number"])
