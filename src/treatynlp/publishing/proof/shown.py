"""What the workbook and the explorer of a release show, held against its tables."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from treatynlp.errors import Issue, issue
from treatynlp.publishing.csv_format import cell
from treatynlp.publishing.proof.files import Files, differ, own_rows, written
from treatynlp.publishing.proof.workbook_cells import Cells, sheets
from treatynlp.publishing.table import Sheet, Table, Value
from treatynlp.publishing.titles import id_words
from treatynlp.publishing.workbook import LONGEST, matrix_words, named

Tables = Mapping[str, Table]
_OWN_SHEETS = ("Read me", "Matrix", "Briefing", "Evidence")
_UNPACKED = 40
"""How many times the bytes of all tables a workbook may unpack to: 6 to 9 times were seen."""
_AT_LEAST = 10_000_000
"""And so many bytes more, for the styles and the sheets of its own, which do not grow with the tables."""
_FUNCTION, _END = b"explorer.take(...", b");\n"


def in_workbook(files: Files) -> Iterator[Issue]:
    """Where the workbook is not what the tables say: matrix, evidence, and each sheet of a table."""
    name, data, tables = "workbook.xlsx", files.read("workbook.xlsx"), files.tables
    if data is None or not files.has("cells", "instruments", "topics"):
        return
    found = sheets(data, _UNPACKED * sum(len(files.read(f"{one}.csv") or b"") for one in tables) + _AT_LEAST)
    yield from differ(name, ("the sheet Matrix", found.get("Matrix", [])), ("cells.csv", _matrix(tables)))
    evidence = [row for row in tables["cells"].records() if row["citation"]]
    kept = tuple(tuple(row.values()) for row in evidence)
    cited = Table(name="cells", means="", fields=tables["cells"].fields, rows=kept, sheet=Sheet(""))
    yield from differ(name, ("the sheet Evidence", found.get("Evidence", [])), ("cells.csv", _sheet(cited, tables)))
    yield from _raw_sheets(name, found, files)


def _raw_sheets(name: str, found: Mapping[str, Cells], files: Files) -> Iterator[Issue]:
    """Each sheet of a table is that of one of the tables: of one with its head, and cell for cell. Where a table is
    lost, a sheet may be that one's."""
    every = {one: _sheet(table, files.tables) for one, table in files.tables.items()}
    for title, rows in found.items():
        # By content, not by title: which table a sheet shows is known from its head alone, and titles may be changed.
        if title in _OWN_SHEETS or rows in every.values():
            continue
        alike = [one for one, said in every.items() if rows and said[0] == rows[0]]
        if not alike and not files.has(*files.described):
            continue
        said = f"{alike[0]}.csv" if alike else "any table"
        yield from differ(name, (f"the sheet {title}", rows), (said, every[alike[0]] if alike else []))


def _sheet(table: Table, tables: Tables) -> Cells:
    """The rows that a table's sheet must have: names for ids, long words cut, empty ends left out."""
    rows = [[_in_sheet(value) for value in row] for row in named(table, tables).rows]
    return [_trimmed(row) for row in ([id_words(one) for one in table.names], *rows)]


def _in_sheet(value: Value) -> str:
    return value[:LONGEST] if isinstance(value, str) else cell(value)


def _trimmed(row: list[str]) -> list[str]:
    """Without the empty cells at its end, which a workbook does not hold."""
    while row and row[-1] == "":
        row.pop()
    return row


def _matrix(tables: Tables) -> Cells:
    instruments = [row for row in tables["instruments"].records() if row["status"] == "coded"]
    at = {(row["instrument"], row["topic"]): row for row in tables["cells"].records()}
    head = ["Family", "Topic", *(str(one["short_title"]) for one in instruments)]
    return [head] + [
        [str(topic["family_title"]), str(topic["title"])]
        + [matrix_words(at[one["id"], topic["topic"]]) for one in instruments]
        for topic in tables["topics"].records()
    ]


def in_explorer(files: Files) -> Iterator[Issue]:
    """Where the explorer is not what tables and texts say: matrix, changes, issues, words and provisions."""
    corpus, number = _script(files, "corpus"), files.manifest.get("release")
    if corpus is None:
        return
    name = "explorer/data/corpus.js"
    yield from differ(name, ("the release", [corpus["release"]["hash"]]), ("manifest.json", [number]))
    if files.has("cells"):
        yield from differ(name, ("the matrix", _explored(corpus)), ("cells.csv", _cells(files.tables["cells"])))
    yield from _log(files)
    for ident in files.manifest.get("instruments", {}):
        yield from _treaty(files, ident)


def _script(files: Files, name: str) -> Any:
    """The data of a script of the explorer; None where it is not there."""
    data = files.read(f"explorer/data/{name}.js")
    return None if data is None else json.loads(data.removeprefix(_FUNCTION).removesuffix(_END))[1]


def _explored(corpus: Any) -> list[list[str]]:
    """The matrix of the explorer as rows: instrument, topic, state, reason, strength, articles."""
    rows = []
    for topic, across in zip(corpus["topics"], corpus["cells"], strict=True):
        for one, (state, reason, *rest) in zip(corpus["instruments"], across, strict=True):
            strength, articles = (rest[0], rest[3]) if rest else ("", "")
            rows.append([one["id"], topic[0], state, reason or "", strength or "", articles])
    return sorted(rows)


def _cells(cells: Table) -> list[list[str]]:
    names = ("instrument", "topic", "state", "reason", "strength", "articles")
    return sorted([str(row[name] or "") for name in names] for row in cells.records())


def _log(files: Files) -> Iterator[Issue]:
    shown = _script(files, "log") or {}
    for one in (one for one in shown if files.has(one)):
        rows = [[cell(value) for value in row] for row in shown[one]["rows"]]
        yield from differ("explorer/data/log.js", (one, rows), (f"{one}.csv", written(files.tables[one])))


def _treaty(files: Files, ident: str) -> Iterator[Issue]:
    """The text of an instrument and its provisions: headings, numbers and pages, in reading order."""
    shown, text = _script(files, f"treaty/{ident}"), files.read(f"texts/{ident}.txt")
    if shown is None:
        return
    name = f"explorer/data/treaty/{ident}.js"
    if text is not None and shown["text"] != text.decode():
        yield issue("release-disagrees.text", name, other=f"texts/{ident}.txt")
    if not files.has("provisions"):
        return
    rows = [[str(row[4]), str(row[5]), cell(row[9] or None)] for row in shown["provisions"]]
    kept = [[str(row["number"] or ""), str(row["heading"] or ""), cell(row["page"])] for row in own_rows(files, ident)]
    yield from differ(name, ("its provisions", rows), ("provisions.csv", kept))
