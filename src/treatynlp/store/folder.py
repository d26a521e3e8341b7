"""A workspace in a folder of this machine: whole files, and a lock that the system lets go of when a run dies."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from treatynlp.errors import DataError, Issue, issue
from treatynlp.store.disk import disk_faults, sweep, unwritable, write

_LOCK = "lock.sqlite"
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files below a folder, by their names relative to it (`records/split/abc…`)."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None when it is not there or the disk cannot give it back."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        write(self.path / name, data)

    def remove(self, name: str) -> None:
        """Take a file away; a folder that is empty then goes with it."""
        path = self.path / name
        with disk_faults(path):
            path.unlink(missing_ok=True)
        # Not empty, or another run has just put something into it: either way it stays.
        with suppress(OSError):
            path.parent.rmdir()

    def sizes(self, under: str) -> dict[str, int]:
        """The files below a folder, by name, with their bytes."""
        found = sorted(path for path in (self.path / under).rglob("*") if path.is_file())
        return {path.relative_to(self.path).as_posix(): path.stat().st_size for path in found}

    @contextmanager
    def held(self, patience: float) -> Iterator[str]:
        """The folder for one run alone, made if need be; parts of an interrupted run are swept away."""
        with disk_faults(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        # SQLite's lock is the portable one that comes with Python, and the system lets go of it when the process dies.
        with closing(sqlite3.connect(self.path / _LOCK, timeout=patience, isolation_level=None)) as lock:
            self._lock(lock)
            with disk_faults(self.path):
                sweep(self.path)
            yield ""

    def _lock(self, lock: sqlite3.Connection, again: bool = True) -> None:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if not again or error.sqlite_errorcode not in _DAMAGED:
                raise DataError(self._fault(error)) from error
            # Nothing is ever kept in the file. It is emptied, not replaced: another run may be at this very point.
            with disk_faults(self.path):
                os.truncate(self.path / _LOCK, 0)
            self._lock(lock, again=False)

    def _fault(self, error: sqlite3.DatabaseError) -> Issue:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return issue("workspace-busy.folder", self.path)
        if error.sqlite_errorcode in _DAMAGED:
            return issue("workspace-lock", self.path / _LOCK)
        return unwritable(self.path, str(error))
