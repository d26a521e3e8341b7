"""Bytes by their hash and records by name, in one folder that one run writes at a time."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from treatynlp.errors import DataError, Issue

_PART = ".part-"
_RECORD_HEAD = 65  # a SHA-256 in hexadecimal and a line end


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder in which a run keeps what it has made: `artefacts/ab/abcd…`, `records/<kind>/<name>`."""

    root: Path

    def artefact(self, digest: str) -> Path:
        return self.root / "artefacts" / digest[:2] / digest

    def record(self, kind: str, name: str) -> Path:
        return self.root / "records" / kind / name


def default_root() -> Path:
    """`$TREATYNLP_WORKSPACE`, else the place this system keeps users' data in."""
    declared = os.environ.get("TREATYNLP_WORKSPACE")
    return Path(declared) if declared else user_data_path("treatynlp", appauthor=False)


@contextmanager
def opened(root: Path, patience: float = 0.0) -> Iterator[Workspace]:
    """The workspace, made if need be and locked: one run writes at a time.

    Another run there is waited for `patience` seconds. Raises DataError when it is still there then, or when the
    folder cannot be written.
    """
    with told(root):
        root.mkdir(parents=True, exist_ok=True)
    with _locked(root, patience):
        with told(root):
            _sweep(root)
        yield Workspace(root)


@contextmanager
def _locked(root: Path, patience: float) -> Iterator[None]:
    # SQLite's lock is the portable one that comes with Python, and the system lets go of it when the process dies.
    with closing(sqlite3.connect(root / "lock.sqlite", timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise DataError(_lock_fault(root, error)) from error
        yield


def _lock_fault(root: Path, error: sqlite3.DatabaseError) -> Issue:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        message = "Another run is working in this workspace; wait until it has ended, or name another one."
        return Issue("error", "workspace-busy", str(root), message)
    if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return Issue("error", "workspace-lock", str(root / "lock.sqlite"), "The lock is damaged; delete this file.")
    return _unwritable(root, str(error))


def _unwritable(path: Path, why: str) -> Issue:
    message = f"Cannot be written ({why}); see to rights and free space there, or name another folder."
    return Issue("error", "not-writable", str(path), message)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Faults of the disk under `path` as a DataError that says what to do."""
    try:
        yield
    except OSError as error:
        raise DataError(_unwritable(path, error.strerror or type(error).__name__)) from error


def _sweep(root: Path) -> None:
    """Remove the parts that an interrupted run left behind; only safe under the lock."""
    for part in root.rglob(f"{_PART}*"):
        part.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, power cut or not. DataError when it cannot be."""
    part = path.with_name(f"{_PART}{os.getpid()}-{path.name}")
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _force(part, data)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        _settle(path.parent)


def _force(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can do that (Windows cannot)."""
    with suppress(PermissionError, NotImplementedError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put(workspace: Workspace, data: bytes) -> str:
    """Keep bytes; the answer is their SHA-256, under which they are found again."""
    digest = sha256(data).hexdigest()
    if not intact(workspace, digest):
        write(workspace.artefact(digest), data)
    return digest


def get(workspace: Workspace, digest: str) -> bytes | None:
    """The bytes of that hash; None when they are not there or no longer what they were."""
    try:
        data = workspace.artefact(digest).read_bytes()
    except OSError:
        return None
    return data if sha256(data).hexdigest() == digest else None


def intact(workspace: Workspace, digest: str) -> bool:
    """Whether the bytes of that hash are there, unharmed."""
    return get(workspace, digest) is not None


def unsound(workspace: Workspace) -> Iterator[Path]:
    """The files of kept bytes that no longer hold what their names say."""
    for path in sorted((workspace.root / "artefacts").rglob("*")):
        if path.is_file() and not intact(workspace, path.name):
            yield path


def remember(workspace: Workspace, kind: str, name: str, body: bytes) -> None:
    """Keep a record under a name; an earlier one of that name is replaced."""
    write(workspace.record(kind, name), sha256(body).hexdigest().encode() + b"\n" + body)


def recall(workspace: Workspace, kind: str, name: str) -> bytes | None:
    """The record of that name; None when there is none or it is damaged."""
    try:
        data = workspace.record(kind, name).read_bytes()
    except OSError:
        return None
    digest, body = data[:_RECORD_HEAD], data[_RECORD_HEAD:]
    return body if digest.strip() == sha256(body).hexdigest().encode() else None


def names(workspace: Workspace, kind: str) -> tuple[str, ...]:
    """The names of the records of a kind, sorted."""
    folder = workspace.root / "records" / kind
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(name for name in found if not name.startswith("."))


def discard(path: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    with told(path):
        shutil.rmtree(path, ignore_errors=not path.exists())
