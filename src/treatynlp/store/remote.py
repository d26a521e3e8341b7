"""A workspace at a URL: an object store (s3://, gs://, az://) or a drive (sftp://, smb://), by whatever fsspec reaches.

An object store takes an object whole or not at all, so it is written under its name at once. A drive does not: there
a part is written beside and moved in. Which of the two a protocol is stands in `_WHOLE`; what is not named there is
taken for a drive, which is slower and never wrong.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from treatynlp.errors import DataError, issue
from treatynlp.store.disk import BY_LOT, PART
from treatynlp.store.lease import leased

_REASON = 200
"""Letters of a driver's words that a message repeats."""
_WHOLE = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"}
"""Protocols of stores that write an object whole, and create one only where none is."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The files below a URL, by their names relative to it. Small, without open connections: it goes to workers."""

    url: str

    @property
    def exclusive(self) -> bool:
        """Whether of two that create the same file at once only one succeeds, for certain."""
        return self.url.partition(":")[0] in _WHOLE

    def _at(self, name: str = "") -> tuple[Any, str]:
        """The file system (fsspec keeps it for the next time) and the file's path on it."""
        # Late: most workspaces are folders, and its drivers come with extras.
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        try:
            system, base = url_to_fs(self.url)
        except (ValueError, ImportError) as error:
            raise DataError(issue("workspace-protocol", self.url, reason=error)) from error
        return system, f"{base.rstrip('/')}/{name}".rstrip("/")

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None when it is not there. DataError when the store cannot be asked."""
        with self._told():
            system, path = self._at(name)
            try:
                return bytes(system.cat_file(path))
            except (FileNotFoundError, IsADirectoryError):
                return None

    def write(self, name: str, data: bytes) -> None:
        with self._told():
            system, path = self._at(name)
            if self.exclusive:
                system.pipe_file(path, data)
                return
            folder, _, last = path.rpartition("/")
            part = f"{folder}/{PART}{token_hex(BY_LOT)}-{last}"
            system.makedirs(folder, exist_ok=True)
            system.pipe_file(part, data)
            _move(system, part, path)

    def create(self, name: str, data: bytes) -> bool:
        """Write a file where none is; False when there is one already."""
        with self._told():
            system, path = self._at(name)
            if not self.exclusive:
                system.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                system.pipe_file(path, data, mode="create")
            except FileExistsError:
                return False
            return True

    def remove(self, name: str) -> None:
        with self._told():
            system, path = self._at(name)
            try:
                system.rm_file(path)
            except FileNotFoundError:
                return

    def sizes(self, under: str) -> dict[str, int]:
        """The files below a folder, by name, with their bytes."""
        with self._told():
            system, base = self._at()
            system.invalidate_cache()  # others write there too
            try:
                found = system.find(f"{base}/{under}".rstrip("/"), detail=True)
            except FileNotFoundError:
                return {}
            cut = len(base) + 1
            return {path[cut:]: int(about["size"] or 0) for path, about in sorted(found.items())}

    @contextmanager
    def held(self, patience: float) -> Iterator[str]:
        """The place for one run alone, by a lease that runs out when the run dies (see `lease`)."""
        with leased(self, patience) as lease:
            if not self.exclusive:
                for name in self.sizes(""):
                    if name.rpartition("/")[2].startswith(PART):
                        self.remove(name)
            yield lease

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DataError:
            raise
        except Exception as error:
            # Every driver has errors of its own, and all mean the same to the reader of this row.
            why = " ".join(str(error).split())[:_REASON] or type(error).__name__
            raise DataError(issue("workspace-unreachable", self.url, reason=why)) from error


def _move(system: Any, part: str, path: str) -> None:
    try:
        system.mv(part, path)
    except FileExistsError:  # drives that do not move over a file: for a moment there is none, which reads as lost
        system.rm_file(path)
        system.mv(part, path)
