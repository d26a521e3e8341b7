"""Files of a local disk, written so that a power cut leaves the old or the new and never a half."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from treatynlp.errors import DataError, Issue, issue

PART = ".part-"
BY_LOT = 4
"""Bytes by which the parts of two writers of one file are told apart."""
LONGEST = 250
"""Letters of a file's name: most disks take 255 bytes."""


def unwritable(place: object, why: str) -> Issue:
    """The row about a place that cannot be written."""
    return issue("not-writable.place", place, reason=why)


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """Faults of the disk under `path` as a DataError that says what to do."""
    try:
        yield
    except OSError as error:
        raise DataError(unwritable(path, error.strerror or type(error).__name__)) from error


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, power cut or not. DataError when it cannot be."""
    # Two threads, or two machines on one network drive, may write the same bytes at once: each has a part of its own.
    part = path.with_name(f"{PART}{secrets.token_hex(BY_LOT)}-{path.name}"[:LONGEST])
    with disk_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _force(part, data)
            # Only now, with the bytes on the disk: a name that is moved before its bytes are forced may after a power
            # cut stand on an empty file.
            os.replace(part, path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        # The name lies in the folder, and the folder is a file of its own that has to be forced as well.
        sync_folder(path.parent)


def _force(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can do that (Windows cannot)."""
    with suppress(PermissionError, NotImplementedError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(root: Path) -> None:
    """Remove the parts that an interrupted run left behind; only safe while no other run works there."""
    for part in root.rglob(f"{PART}*"):
        part.unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    with disk_faults(path):
        shutil.rmtree(path, ignore_errors=not path.exists())
