"""The release folder: replaced as a whole, readable throughout, and never at the cost of other people's files.

The next release is written beside the folder and then exchanged with it. Killed at any point, the folder holds the
last good release or the next one.
"""

import ctypes
import errno
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from treatynlp.errors import DataError, issue
from treatynlp.store.disk import discard, disk_faults, sync_folder, write

MANIFEST, _DESCRIPTION = "manifest.json", "datapackage.json"
SIGNATURE = "manifest.json.sig"
"""Put beside the manifest by whoever signs a release; it stays while the release does, and goes with it."""
_NEXT, _LAST = "next", "last"
_PASSING = (".", "~$", "Thumbs.db", "desktop.ini")
_PASSING_ENDS = ("-journal", "-wal", "-shm", "/")
_HERE, _SWAP = -100, 2  # AT_FDCWD; RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS


def shelve(out: Path, files: Mapping[str, bytes]) -> bool:
    """Make the folder `out` hold exactly these files. False when it did already: then nothing is touched.

    Raises DataError when the folder holds files that no release put there, or when it cannot be written.
    """
    out = out.resolve()
    with disk_faults(out):
        _mend(out)
        if holds_files(out, files):
            return False
        _refuse_strangers(out, files)
        beside = _beside(out, _NEXT)
        linked = {_inside(beside, name) for name in sorted(files) if _shelved(beside, out, name, files[name])}
        for folder in sorted({path.parent for path in linked}):
            sync_folder(folder)
        _exchange(beside, out)
    discard(beside)
    return True


def _shelved(beside: Path, out: Path, name: str, data: bytes) -> bool:
    """Put a file into the next release: as a second name of the last one's, where that holds the same bytes (True), for
    forcing thousands of files to the disk takes longer than making those that have changed; else it is written."""
    path, last = _inside(beside, name), _inside(out, name)
    try:
        same = not last.is_symlink() and last.read_bytes() == data
        if same:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(last, path)
    except OSError:  # there is none, or the disk knows no second names
        same = False
    if not same:
        write(path, data)
    return same


def holds_files(out: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the folder holds these files byte for byte, and none that another release left."""
    if not out.is_dir() or _present(out) - {SIGNATURE} != set(files):
        return False
    return all((out / name).read_bytes() == data for name, data in files.items())


def _present(out: Path) -> set[str]:
    """The files in the folder by name, without those that systems and open programs drop in passing."""
    return lasting(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def lasting(names: Iterable[str]) -> set[str]:
    """The names without those of files that systems and open programs drop in passing."""
    return {
        name for name in names
        if not PurePosixPath(name).name.startswith(_PASSING) and not name.endswith(_PASSING_ENDS)
    }  # fmt: skip


def _inside(folder: Path, name: str) -> Path:
    """The path of a release's file; names that lead out of the folder are a fault of ours."""
    if not stays_inside(name):
        raise ValueError(f"{name!r} is no name for a file of a release")
    return folder.joinpath(*PurePosixPath(name).parts)


def stays_inside(name: str) -> bool:
    """Whether a name is one of a file in a folder, and of none beside it."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not (name.startswith("/") or ".." in parts or "\\" in name or ":" in name)


def _beside(out: Path, role: str) -> Path:
    return out.with_name(f".{out.name}.{role}")


def _mend(out: Path) -> None:
    """Bring back the last good release where a run was killed between its two moves, and clear away what is left."""
    last = _beside(out, _LAST)
    if last.exists() and not out.exists():
        os.rename(last, out)
    discard(last)
    discard(_beside(out, _NEXT))


_NAMED = 5
"""Files that a message names; of more it says that there are others."""


def _refuse_strangers(out: Path, files: Mapping[str, bytes]) -> None:
    """A folder is replaced only if all in it was put there by a release, as its manifest says."""
    if not out.exists():
        return
    present = _present(out) if out.is_dir() else {out.name}
    listed = _listed(out)
    # Else a lost manifest would make a release a stranger to its own next version, for ever.
    if not listed and _DESCRIPTION in present:
        listed = {MANIFEST}  # a release whose manifest the disk has lost: its files go by the names they always had
    strangers = sorted(present - set(files) - listed - {SIGNATURE} if listed else present)
    if strangers:
        some = ", ".join(strangers[:_NAMED]) + (" …" if len(strangers) > _NAMED else "")
        raise DataError(issue("out-not-a-release", out, some=some))


def _listed(out: Path) -> set[str]:
    """The files of the release that the folder's own manifest lists; none when it has no manifest."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        return {*manifest["files"], MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _exchange(beside: Path, out: Path) -> None:
    """Put the folder `beside` in the place of `out`: in one step where the system knows how, else in two moves."""
    if not out.exists():
        os.rename(beside, out)
    # Between the two moves there is no release for a moment; `_mend` brings the last one back if the run dies there.
    elif not _swapped(beside, out):
        os.rename(out, _beside(out, _LAST))
        os.rename(beside, out)
        discard(_beside(out, _LAST))


def _swapped(left: Path, right: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    library: Any = ctypes.CDLL(None, use_errno=True) if sys.platform in ("linux", "darwin") else None
    paths = os.fsencode(left), os.fsencode(right)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(paths[0], paths[1], _SWAP)
    else:
        return False
    # These three say that this disk or system knows no exchange; any other error is one of the disk.
    if failed and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(right))
    return not failed
