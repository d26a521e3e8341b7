"""Bytes by their hash and records by name, in a folder or at a URL, which one run writes at a time."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from platformdirs import user_data_path

from treatynlp.errors import DataError, issue
from treatynlp.store.folder import Folder
from treatynlp.store.lease import standing
from treatynlp.store.remote import Remote

Root = Path | str
"""Where a workspace is: a folder, or a URL that fsspec knows (`s3://bucket/treaties`)."""

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(/+)(.*)", re.DOTALL)
_HERE = ("file", "local")
_RECORD_HEAD = 65  # a SHA-256 in hexadecimal and a line end
_TWIN = ".twin-"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where runs keep what they have made: `artefacts/ab/abcd…`, `records/<kind>/<name>`.

    It holds no connection and can be handed to another process or machine. `patience` is the number of seconds a run
    waits for another one there to end; `lease` is what a run holds a place at a URL by.

    >>> Workspace("s3://bucket/treaties").place, Workspace("file:///srv/treaties").place
    (Remote(url='s3://bucket/treaties'), Folder(path=PosixPath('/srv/treaties')))
    """

    root: Root
    patience: float = 0.0
    lease: str = ""

    @property
    def place(self) -> Folder | Remote:
        """The storage behind it. A `file://` URL is a folder like any other."""
        root = rooted(self.root)
        if isinstance(root, Path):
            return Folder(root)
        if root.partition(":")[0] in _HERE:
            return Folder(Path(url2pathname(urlsplit(root).path)))
        return Remote(root if root.endswith("://") else root.rstrip("/"))


def rooted(named: Root) -> Root:
    """What a person named as a workspace: a URL as it is, anything else a folder.

    >>> rooted("s3://bucket/treaties"), rooted(Path("s3://bucket/treaties"))  # a Path takes away one of the slashes
    ('s3://bucket/treaties', 's3://bucket/treaties')
    """
    found = _URL.fullmatch(str(named))
    if not found:
        return Path(named)
    protocol, slashes, rest = found.groups()
    return f"{protocol}:{'///' if protocol in _HERE else slashes.ljust(2, '/')}{rest}"


def default_root() -> Root:
    """`$TREATYNLP_WORKSPACE`, else the place this system keeps users' data in."""
    declared = os.environ.get("TREATYNLP_WORKSPACE")
    return rooted(declared) if declared else user_data_path("treatynlp", appauthor=False)


def artefact(digest: str) -> str:
    """The name of the file that holds the bytes of a hash."""
    return f"artefacts/{digest[:2]}/{digest}"


def record(kind: str, name: str) -> str:
    """The name of the file that holds a record."""
    return f"records/{kind}/{name}"


@contextmanager
def open_workspace(at: Root | Workspace, patience: float = 0.0) -> Iterator[Workspace]:
    """The workspace, made if need be and held: one run writes at a time.

    Another run there is waited for `patience` seconds. Raises DataError when it is still there then, or when the
    place cannot be written.
    """
    workspace = at if isinstance(at, Workspace) else Workspace(at, patience)
    with workspace.place.held(workspace.patience) as lease:
        yield replace(workspace, lease=lease)


def confirm(workspace: Workspace) -> None:
    """See that what was held is still held. DataError when another run has taken over, as after a long sleep."""
    place = workspace.place
    if workspace.lease and isinstance(place, Remote) and standing(place) != workspace.lease:
        raise DataError(issue("workspace-lost", workspace.root))


def put(workspace: Workspace, data: bytes) -> str:
    """Keep bytes; the answer is their SHA-256, under which they are found again."""
    digest = sha256(data).hexdigest()
    # Read back and hashed, not only looked for: bytes that a disk has changed are put there again.
    if not intact(workspace, digest):
        workspace.place.write(artefact(digest), data)
    return digest


def get(workspace: Workspace, digest: str) -> bytes | None:
    """The bytes of that hash; None when they are not there or no longer what they were."""
    data = workspace.place.read(artefact(digest))
    return data if data is not None and sha256(data).hexdigest() == digest else None


def intact(workspace: Workspace, digest: str) -> bool:
    """Whether the bytes of that hash are there, unharmed."""
    return get(workspace, digest) is not None


def unsound(workspace: Workspace) -> Iterator[str]:
    """The files that no longer hold what was put there: kept bytes and records, by their names in the workspace."""
    place = workspace.place
    for name in place.sizes("artefacts"):
        if not intact(workspace, name.rpartition("/")[2]):
            yield name
    for name in place.sizes("records"):
        if _body(place.read(name)) is None:
            yield name


def remember(workspace: Workspace, kind: str, name: str, body: bytes) -> None:
    """Keep a record of what can be made again; an earlier one of that name is replaced."""
    workspace.place.write(record(kind, name), sha256(body).hexdigest().encode() + b"\n" + body)


def entrust(workspace: Workspace, kind: str, name: str, body: bytes) -> None:
    """Keep a record of what cannot be made again (the last good copy, the last release): twice, so that no single
    damage loses it. What is there already is left as it is."""
    if _body(workspace.place.read(record(kind, name))) != body:
        confirm(workspace)
        remember(workspace, kind, _TWIN + name, body)
        remember(workspace, kind, name, body)


def recall_record(workspace: Workspace, kind: str, name: str) -> bytes | None:
    """The record of that name, or its twin where the disk has lost it; None when there is none that is whole."""
    found = (workspace.place.read(record(kind, one)) for one in (name, _TWIN + name))
    return next((body for body in map(_body, found) if body is not None), None)


def delete_record(workspace: Workspace, kind: str, name: str) -> None:
    """Take a record away, and its twin."""
    for one in (name, _TWIN + name):
        if workspace.place.read(record(kind, one)) is not None:
            workspace.place.remove(record(kind, one))


def forgotten(workspace: Workspace, kind: str, name: str) -> bool:
    """Whether there was a record of that name, of which nothing can be read any more."""
    there = workspace.place.read(record(kind, name)) is not None
    return there and recall_record(workspace, kind, name) is None


def _body(data: bytes | None) -> bytes | None:
    """What a record says; None when it is damaged."""
    digest, body = (data or b"")[:_RECORD_HEAD], (data or b"")[_RECORD_HEAD:]
    return body if digest.strip() == sha256(body).hexdigest().encode() else None


def record_names(workspace: Workspace, kind: str) -> tuple[str, ...]:
    """The names of the records of a kind, sorted; one that is kept twice is named once."""
    files = (name.rpartition("/")[2] for name in workspace.place.sizes(f"records/{kind}"))
    found = {name.removeprefix(_TWIN) for name in files}
    return tuple(sorted(name for name in found if not name.startswith(".")))


def kinds(workspace: Workspace) -> tuple[str, ...]:
    """The kinds of records there are, sorted."""
    return tuple(sorted({name.split("/")[1] for name in workspace.place.sizes("records")}))
