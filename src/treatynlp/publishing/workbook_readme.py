"""The first sheet of the workbook: what it is, how to read and cite it, its sheets and columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import Table
from treatynlp.publishing.titles import id_words

Sheets = tuple[Sequence[Table], Sequence[Table]]
A4 = 9
LINE, WIDE = 15, 105
"""Points of a line, and characters of the second column: not every program makes a row as tall as its words."""
OWN = {
    "Matrix": "topics down, instruments across: a sign for the state, the first articles; click for the evidence",
    "Briefing": "topic by topic: regulated by which, not found in which, not known of which",
    "Evidence": "the grounds of every cell of the matrix, with page and address of the source",
}  # fmt: skip
_CITE = (
    "Cite the provision from the official text, and say by which release you found it, for instance: "
    "{instrument}, Art. 2 ({topic}: present), in: treatynlp, {release}, sheet Evidence."
)
_ERRS = (
    "Who decided stands in the column “Decided by” of the evidence: human (people coded it), rule (a declared pattern) "
    "or model. How often rule and model are right about each topic, measured on instruments they had not seen, is in "
    "the codebook of the documentation and in the model card (models/topics) that come with treatynlp."
)


def wrote(sheet: Worksheet, at: tuple[int, int], words: str, form: Any) -> None:
    """Words in a cell, whatever they begin with."""
    sheet.write_string(*at, words, form)


def read_me(
    sheet: Worksheet, tables: Mapping[str, Table], sheets: Sheets, release: str, formats: Mapping[str, Any]
) -> None:
    """Fill the first sheet; `sheets` are the tables that have one, and those that are too long for one."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.set_paper(A4)
    for row, (form, name, words) in enumerate(_lines(tables, sheets, release)):
        wrote(sheet, (row, 0), name, formats[form])
        wrote(sheet, (row, 1), words, formats["plain"])
        sheet.set_row(row, LINE * (1 + len(words) // WIDE))


def _lines(tables: Mapping[str, Table], sheets: Sheets, release: str) -> Iterator[tuple[str, str, str]]:
    shown, left_out = sheets
    instruments = list(tables["instruments"].records())
    read = [row for row in instruments if row["status"] == "coded"]
    yield "bold", "Treaties compared", release
    yield "plain", "What it holds", f"{len(tables['topics'].rows)} topics in {len(read)} instruments that were read"
    if len(read) < len(instruments):
        yield (
            "plain",
            "What it does not hold",
            f"{len(instruments) - len(read)} instruments of the registry without a text",
        )
    for table in left_out:
        yield (
            "plain",
            f"Left out: {table.sheet.title}",
            f"{table.means}: {len(table.rows):,} rows are too many for a sheet. All of them are in {table.name}.csv "
            f"and in release.sqlite (table {table.name}) of the release folder.",
        )
    yield "plain", "How sure", _ERRS
    name = str(read[0]["short_title"]) if read else "…"
    topic = next((str(row["title"]) for row in tables["topics"].records()), "…")
    yield "plain", "How to cite", _CITE.format(instrument=name, topic=topic.lower(), release=release or "release …")
    yield "bold", "The signs", ""
    for state, one in LEGEND.items():
        yield state, f"{one.sign} {one.word}", f"{one.means}. It does not say: {one.not_}."
    yield "bold", "The sheets", ""
    yield from (("plain", name, means) for name, means in OWN.items())
    for table in sorted(shown, key=lambda table: table.sheet.raw):
        yield (
            "plain",
            table.sheet.title,
            f"{table.means}{' (raw: printed without its rows)' if table.sheet.raw else ''}{_apart(table)}",
        )
    yield "bold", "The columns", ""
    seen: set[str] = set()
    ids = {str(row["id"]) for row in instruments}
    for field in (field for table in (tables["cells"], *shown) for field in table.fields):
        if field.name not in ids and field.name not in seen:
            seen.add(field.name)
            yield "plain", id_words(field.name), field.means


def _apart(table: Table) -> str:
    """What of a table its sheet does not hold, and where that is."""
    left = len(table.rows) - len(table.on_sheet().rows)
    if not left or table.sheet.only is None:
        return ""
    name, values = table.sheet.only
    held = " or ".join(id_words(value).lower() for value in values)
    elsewhere = f"{left:,} others are in {table.name}.csv and in release.sqlite"
    return f". The sheet holds the rows whose “{id_words(name)}” is {held}; {elsewhere}"
