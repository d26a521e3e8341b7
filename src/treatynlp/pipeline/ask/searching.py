"""Searching a release for provisions."""

import sqlite3
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

from treatynlp import store
from treatynlp.errors import DataError, issue
from treatynlp.publishing.search import SearchResult, search
from treatynlp.store import Root

_MOST, _LONG = 100, 2000
"""Words and characters of a search: a page pasted by mistake is looked up for minutes."""

_CLOSE, _LIKE, _TOLD = 3, 0.5, 8
"""Names near a misspelled one, how like it they are at the least (`difflib`: 1 is the same), and names told where none
is."""


def searched(
    release: Root | None, words: str, topic: str = "", instrument: str = "", limit: int = 1000
) -> tuple[SearchResult, ...]:
    """The provisions of a release (a folder or a URL) in which the words stand. DataError when there is no release
    with text."""
    if len(words) > _LONG or len(words.split()) > _MOST:
        raise DataError(issue("search-too-long", "search", most=_MOST, letters=_LONG))
    with closing(_database(release)) as connection:
        try:
            connection.execute("PRAGMA trusted_schema = OFF")  # a release may be somebody else's
            _see_that_it_has(connection, topic, instrument)
            return search(connection, words, topic, instrument, limit)
        except sqlite3.DatabaseError as error:
            raise DataError(issue("release-unreadable.database", release, reason=error)) from None


def _see_that_it_has(connection: sqlite3.Connection, topic: str, instrument: str) -> None:
    """DataError for a topic or an instrument the release does not know: no provision found would read as if none of
    them regulated it."""
    asked = (
        (topic, "topic-unknown", "SELECT topic FROM topics"),
        (instrument, "instrument-unknown.release", "SELECT id FROM instruments"),
    )
    for name, unknown, query in asked:
        there = sorted(row[0] for row in connection.execute(query)) if name else []
        if name and name not in there:
            close = get_close_matches(name, there, _CLOSE, _LIKE)
            hint = f"did you mean {' or '.join(close)}?" if close else f"it has: {', '.join(there[:_TOLD])}, …"
            raise DataError(issue(unknown, name, hint=hint))


def _database(release: Root | None) -> sqlite3.Connection:
    """The release's database, for reading: the file in the folder; where it is at a URL, its bytes."""
    path = release / "release.sqlite" if isinstance(release, Path) else None
    if path and path.is_file():
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    data = store.file_of(release, "release.sqlite") if isinstance(release, str) else None
    if data is None:
        raise DataError(issue("release-missing.database", release or "workspace"))
    connection = sqlite3.connect(":memory:")
    # SQLite opens files only; a database at a URL is some dozen megabytes and is read into memory whole.
    connection.deserialize(data)
    return connection
