"""The release as one SQLite file: the same tables, with full-text search over the provisions.

>>> phrases('without "lamp room" -x')
'"without" "lamp room" "-x"'
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from treatynlp.publishing.table import CONTROL, Field, Table, tidy

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
RESERVED = {"references": "cross_references"}
"""Tables whose names are words of SQL, with the view that shows the same rows under a name that needs no quotes."""
_INDEXED = ("heading", "text")
_APPLICATION = 0x74726561
"""What marks the file as a release (the letters "trea"), for programs that ask."""


def database(tables: Iterable[Table]) -> bytes:
    """The SQLite file of a release's tables: the same bytes for the same tables and SQLite library."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute("BEGIN")
        for table in tables:
            _create(connection, table)
            if table.name == "provisions":
                _index(connection, table)
        connection.execute("COMMIT")
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
    options = "content='provisions', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE provisions_fts USING fts5({columns}, {options})")
    connection.execute("INSERT INTO provisions_fts (provisions_fts) VALUES ('rebuild')")


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision in which the words stand: the smallest one comes before those around it. `snippet` shows the place,
    the words between » and «."""

    instrument: str
    eid: str
    citation: str
    heading: str
    snippet: str
    page: int | None
    url: str | None


_SEARCH = """
SELECT p.instrument, p.eid, p.citation, p.heading, snippet(provisions_fts, -1, '»', '«', '…', 24), p.page, p.url
FROM provisions_fts JOIN provisions AS p ON p.rowid = provisions_fts.rowid
WHERE provisions_fts MATCH :words
  AND (:instrument = '' OR p.instrument = :instrument)
  AND (:topic = '' OR EXISTS (
    SELECT 1 FROM labels AS l WHERE l.instrument = p.instrument AND l.topic = :topic AND l.status = 'committed'
      AND (l.eid = p.eid OR p.eid LIKE l.eid || '\\_\\_%' ESCAPE '\\')))
  AND NOT EXISTS (
    SELECT 1 FROM provisions_fts AS f JOIN provisions AS c ON c.rowid = f.rowid
    WHERE f.provisions_fts MATCH :words AND c.instrument = p.instrument AND c.parent = p.eid)
ORDER BY bm25(provisions_fts), p.instrument, p."order"
LIMIT :limit
"""


def search(
    connection: sqlite3.Connection, words: str, topic: str = "", instrument: str = "", limit: int = 20
) -> tuple[Hit, ...]:
    """The provisions in which all the words stand, best first; words in double quotes stand side by side.

    Of provisions inside one another only the innermost is given. With `topic` only those labelled with it, or inside
    one that is.
    """
    asked = {"words": phrases(words), "topic": topic, "instrument": instrument, "limit": limit}
    return tuple(Hit(*row) for row in connection.execute(_SEARCH, asked)) if asked["words"] else ()


def phrases(words: str) -> str:
    """A person's words as a full-text query in which nothing is an operator."""
    found = (quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', CONTROL.sub("", words)))
    return " ".join(f'"{phrase.strip()}"' for phrase in found if phrase.strip())
