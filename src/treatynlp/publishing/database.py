"""The release as one SQLite file: the same tables, with full-text search over the provisions (search.py)."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from treatynlp.publishing.stems import stems_of
from treatynlp.publishing.table import Field, Table, tidy

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
RESERVED = {"references": "cross_references"}
"""Tables whose names are words of SQL, with the view that shows the same rows under a name that needs no quotes."""
_INDEXED = ("heading", "text")
_APPLICATION = 0x74726561
"""What marks the file as a release (the letters "trea"), for programs that ask."""


def database(tables: Iterable[Table]) -> bytes:
    """The SQLite file of a release's tables: the same bytes for the same tables and SQLite library."""
    # In memory, so that a release that fails leaves no file of it behind.
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        # Stated, since its default is a choice of whoever built SQLite.
        connection.execute("PRAGMA page_size = 4096")
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute("BEGIN")
        for table in tables:
            _create(connection, table)
            if table.name == "provisions":
                _index(connection, table)
        connection.execute("COMMIT")
        # Pages in their order and none empty: else the bytes would tell in what steps the file was filled.
        connection.execute("VACUUM")
        return connection.serialize()


def _create(connection: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(map(_column, table.fields))
    key = f", PRIMARY KEY ({', '.join(map(_quoted, table.key))})" if table.key else ""
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({columns}{key})")
    marks = ", ".join("?" * len(table.fields))
    rows = ([tidy(value) for value in row] for row in table.rows)
    connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
    if table.name in RESERVED:
        named = f"CREATE VIEW {_quoted(RESERVED[table.name])} AS SELECT * FROM {_quoted(table.name)}"
        connection.execute(named)


def _column(field: Field) -> str:
    return f"{_quoted(field.name)} {_TYPES[field.type]}{' NOT NULL' if field.required else ''}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _index(connection: sqlite3.Connection, table: Table) -> None:
    """A full-text index over heading and text (over the headings alone where the release holds no text)."""
    columns = ", ".join(name for name in _INDEXED if name in table.names)
    # The words stand in the file once: the index points at the rows of the table instead of holding its own copy.
    options = "content='provisions', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE provisions_fts USING fts5({columns}, {options})")
    connection.execute("INSERT INTO provisions_fts (provisions_fts) VALUES ('rebuild')")
    texts = (str(value) for row in table.records() for name in _INDEXED if (value := row.get(name)))
    connection.execute("CREATE TABLE word_stems (word TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID")
    connection.executemany("INSERT INTO word_stems VALUES (?, ?)", stems_of(texts).items())
    connection.execute("CREATE INDEX word_stems_stem ON word_stems (stem)")
