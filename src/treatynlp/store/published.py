"""The release of a workspace: a folder where the workspace is one; where it is a URL, files that are never changed.

A place at a URL cannot exchange two folders in one step. So each release is written under a name of its own,
`releases/<hash>/…`, and when all of it is there, `release.json` is written, which says which one holds:

    {"release": "releases/0f3a…", "before": "releases/91bc…", "files": {"matrix_presence.csv": "<SHA-256>", …}}

Who reads `release.json` first and then the files it names sees one whole release, whatever runs meanwhile.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from treatynlp.store.folder import Folder
from treatynlp.store.release import MANIFEST, lasting, shelve, stays_inside
from treatynlp.store.remote import Remote
from treatynlp.store.workspace import Root, Workspace, confirm

POINTER = "release.json"
LAST = "last-release.txt"
"""Where the last release was put, if that is outside the workspace."""
_AT_ONCE = 8
_NAME = 20
"""Hexadecimal digits of a folder's name, which tells one release from another."""


@dataclass(frozen=True, slots=True)
class CurrentRelease:
    """The release that holds at a URL: the folder it is in, that of the one before, and the SHA-256 of its files."""

    release: str
    before: str
    files: Mapping[str, str]


def place_release(workspace: Workspace, files: Mapping[str, bytes], out: Path | None = None) -> Root:
    """Put a release in its place and say where that is: the folder `out`; without one `release` in the workspace, or
    the URL of its files. What is there already is left untouched.

    Raises DataError when the place cannot be written, or holds what no release put there.
    """
    place = workspace.place
    named = out
    if isinstance(place, Folder):
        out = out or place.path / "release"
    if out is None:
        return _sent(workspace, files)
    shelve(out, files)
    if isinstance(place, Folder):
        _note(place, named)
    return out


def _note(place: Folder, named: Path | None) -> None:
    words = str(named.absolute()).encode() if named else b""
    if (place.read(LAST) or b"") != words:
        place.write(LAST, words)


def last_release(workspace: Workspace) -> Root | None:
    """Where the release that the workspace made last is, wherever it was put; where that is gone, its own."""
    place = workspace.place
    noted = place.read(LAST) if isinstance(place, Folder) else None
    folder = Path(noted.decode()) if noted else None
    return folder if folder and (folder / MANIFEST).is_file() else release_of(workspace)


def release_of(workspace: Workspace) -> Root | None:
    """Where the workspace's last release is: a folder or a URL; None when it has none."""
    place = workspace.place
    if isinstance(place, Remote):
        standing = _standing(place)
        return f"{place.url}/{standing.release}" if standing else None
    folder = place.path / "release"
    return folder if (folder / MANIFEST).is_file() else None


def file_of(release: Root, name: str) -> bytes | None:
    """A file of a release, wherever that is; None when there is no such file. Names that a manifest gives may be
    anybody's: those that lead out of the release name none of its files."""
    return Workspace(release).place.read(name) if stays_inside(name) else None


def present(release: Root) -> set[str]:
    """The files of a release by name, wherever it is."""
    return lasting(Workspace(release).place.sizes(""))


def _sent(workspace: Workspace, files: Mapping[str, bytes]) -> str:
    place = workspace.place
    assert isinstance(place, Remote)
    digests = {name: sha256(files[name]).hexdigest() for name in sorted(files)}
    folder = f"releases/{sha256(json.dumps(digests).encode()).hexdigest()[:_NAME]}"
    there = place.sizes(folder)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda name: _send(place, f"{folder}/{name}", files[name], there), digests))
    last = _standing(place)
    if last is None or last.release != folder:
        pointer = {"release": folder, "before": last.release if last else "", "files": digests}
        confirm(workspace)
        place.write(POINTER, json.dumps(pointer, indent=1).encode() + b"\n")
    return f"{place.url}/{folder}"


def _send(place: Remote, name: str, data: bytes, there: Mapping[str, int]) -> None:
    if there.get(name) != len(data) or place.read(name) != data:
        place.write(name, data)


def _standing(place: Remote) -> CurrentRelease | None:
    """What the pointer says; None when there is none or it is damaged."""
    try:
        said: Any = json.loads(place.read(POINTER) or b"")
        return CurrentRelease(str(said["release"]), str(said["before"]), dict(said["files"]))
    except (ValueError, KeyError, TypeError):
        return None


def outdated(workspace: Workspace) -> dict[str, int]:
    """Files of releases at a URL, but for the one that holds and the one before, with their bytes; none where the
    pointer cannot be read."""
    place = workspace.place
    standing = _standing(place) if isinstance(place, Remote) else None
    if standing is None:
        return {}
    kept = {standing.release, standing.before}
    return {name: size for name, size in place.sizes("releases").items() if _folder(name) not in kept}


def _folder(name: str) -> str:
    return "/".join(name.split("/")[:2])
