"""Whether the files of a release say the same: tables, database, workbook, explorer and texts.

All are written from the same tables at once. What disagrees has been changed since, or comes from another release; the
CSV files, which anybody can read, are what the others are held against.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from typing import Any

from treatynlp.errors import Issue, issue
from treatynlp.publishing.csv_format import cell
from treatynlp.publishing.proof.files import Files, Reader, differ, own_rows, written
from treatynlp.publishing.proof.shown import in_explorer, in_workbook
from treatynlp.publishing.table import Table, tidy

_PLAIN = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'provisions_fts%' AND name <> 'word_stems'"
)
_REASON = 200
"""Letters of an error's words that a message repeats."""
FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, sqlite3.Error)
"""What comes of a file that is not made as ours are: a release may be anybody's."""


def contradictions(read: Reader, package: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[Issue]:
    """Where the files of a release contradict one another; files that are not there contradict nothing."""
    try:
        files = Files.of(read, package, manifest)
    except FAULTS as error:
        yield _unreadable("datapackage.json", error)
        return
    for where, check in _CHECKS.items():
        try:
            yield from check(files)
        except FAULTS as error:
            yield _unreadable(where, error)


def _unreadable(where: str, error: Exception) -> Issue:
    return issue("release-disagrees.unreadable", where, reason=f"{type(error).__name__}: {error}"[:_REASON])


def _database(files: Files) -> Iterator[Issue]:
    name, data = "release.sqlite", files.read("release.sqlite")
    if data is None:
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        connection.execute("PRAGMA trusted_schema = OFF")
        there = sorted(row[0] for row in connection.execute(_PLAIN))
        yield from differ(name, ("the list of tables", there), ("datapackage.json", sorted(files.described)))
        for one in (files.tables[table] for table in there if files.has(table)):
            yield from differ(name, (one.name, _selected(connection, one)), (f"{one.name}.csv", written(one)))
        connection.execute("INSERT INTO provisions_fts (provisions_fts, rank) VALUES ('integrity-check', 1)")


def _selected(connection: sqlite3.Connection, table: Table) -> list[list[str]]:
    kinds = [field.type == "boolean" for field in table.fields]
    columns = ", ".join('"' + field.name.replace('"', '""') + '"' for field in table.fields)
    rows = connection.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY rowid')
    return [
        [cell(bool(value) if yes and value is not None else value) for yes, value in zip(kinds, row, strict=True)]
        for row in rows
    ]


def _texts(files: Files) -> Iterator[Issue]:
    """Each text is the one the manifest names, and holds the words of its provisions where they are said to stand."""
    for ident, said in files.manifest.get("instruments", {}).items():
        name = f"texts/{ident}.txt"
        if (data := files.read(name)) is None:
            continue
        if sha256(data).hexdigest() != said["text_sha256"]:
            yield issue("release-disagrees.text", name, other="manifest.json")
        text, own = data.decode(), [row for row in own_rows(files, ident) if row.get("text")]
        kept = [str(row["text"]) for row in own]
        there = [_trim(text, int(row["text_start"] or 0), words) for row, words in zip(own, kept, strict=True)]
        yield from differ(name, ("its provisions", there), ("provisions.csv", kept))


def _trim(text: str, start: int, words: str) -> str:
    """The words of a text from an offset on, as a table holds them (without control characters), as many as `words`."""
    return str(tidy(text[start : start + 2 * len(words)]))[: len(words)]


_CHECKS: Mapping[str, Callable[[Files], Iterator[Issue]]] = {
    "release.sqlite": _database,
    "workbook.xlsx": in_workbook,
    "explorer/data": in_explorer,
    "texts": _texts,
}
