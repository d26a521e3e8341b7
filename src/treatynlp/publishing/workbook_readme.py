"""The first sheet of the workbook: what it is, how to read and cite it, its sheets and columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import Row, Table
from treatynlp.publishing.titles import id_words

Sheets = tuple[Sequence[Table], Sequence[Table]]
"""The tables that have a sheet, and those that are too long for one."""
Written = tuple[str, str, str]
"""A row of the read-me: the format of its first cell, and the words of both."""
NAMES, WORDS = 30, 110
"""Characters across of the two columns."""
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
    """Fill the first sheet."""
    sheet.set_column(0, 0, NAMES)
    sheet.set_column(1, 1, WORDS)
    sheet.set_paper(A4)
    for row, (form, name, words) in enumerate(_lines(tables, sheets, release)):
        wrote(sheet, (row, 0), name, formats[form])
        wrote(sheet, (row, 1), words, formats["plain"])
        sheet.set_row(row, LINE * (1 + len(words) // WIDE))


def _lines(tables: Mapping[str, Table], sheets: Sheets, release: str) -> Iterator[Written]:
    """The read-me from top to bottom."""
    shown, left_out = sheets
    yield "bold", "Treaties compared", release
    yield from _held(tables, left_out)
    yield "plain", "How sure", _ERRS
    yield "plain", "How to cite", _cited(tables, release)
    yield "bold", "The signs", ""
    for state, one in LEGEND.items():
        yield state, f"{one.sign} {one.word}", f"{one.means}. It does not say: {one.not_}."
    yield "bold", "The sheets", ""
    yield from (("plain", name, means) for name, means in OWN.items())
    yield from map(_of_sheet, sorted(shown, key=lambda table: table.sheet.raw))
    yield "bold", "The columns", ""
    yield from _columns(tables, shown)


def _held(tables: Mapping[str, Table], left_out: Sequence[Table]) -> Iterator[Written]:
    """How much the workbook holds, and what it does not: said first, so that nobody takes silence for an answer."""
    instruments = len(tables["instruments"].rows)
    read = len(_read(tables))
    yield "plain", "What it holds", f"{len(tables['topics'].rows)} topics in {read} instruments that were read"
    if read < instruments:
        yield "plain", "What it does not hold", f"{instruments - read} instruments of the registry without a text"
    for table in left_out:
        yield (
            "plain",
            f"Left out: {table.sheet.title}",
            f"{table.means}: {len(table.rows):,} rows are too many for a sheet. All of them are in {table.name}.csv "
            f"and in release.sqlite (table {table.name}) of the release folder.",
        )


def _read(tables: Mapping[str, Table]) -> list[Row]:
    return [row for row in tables["instruments"].records() if row["status"] == "coded"]


def _cited(tables: Mapping[str, Table], release: str) -> str:
    """How to cite, with an instrument and a topic of this release."""
    read = _read(tables)
    name = str(read[0]["short_title"]) if read else "…"
    topic = next((str(row["title"]) for row in tables["topics"].records()), "…")
    return _CITE.format(instrument=name, topic=topic.lower(), release=release or "release …")


def _of_sheet(table: Table) -> Written:
    raw = " (raw: printed without its rows)" if table.sheet.raw else ""
    return "plain", table.sheet.title, f"{table.means}{raw}{_apart(table)}"


def _columns(tables: Mapping[str, Table], shown: Sequence[Table]) -> Iterator[Written]:
    """What each column means, once; the columns of a matrix that are instruments are told by their names."""
    told = {str(row["id"]) for row in tables["instruments"].records()}
    for field in (field for table in (tables["cells"], *shown) for field in table.fields):
        if field.name not in told:
            told.add(field.name)
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
