"""Locks: what each official address served when a person last looked, so that other bytes do not slip in.

`corpus/locks/<id>.yml` is written by `treatynlp fetch --lock` and checked at every fetch. Without a lock the first
copy is trusted. What came from a mirror is never locked here: it is not the official source.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints

from treatynlp import store
from treatynlp.errors import Issue
from treatynlp.field_types import Media
from treatynlp.strict_files import StrictModel, gather, read_yaml

Locks = Mapping[str, str]
"""The SHA-256 that each address is locked to."""

_HEAD = "# Written by `treatynlp fetch --lock`: what the official address served. Not to be edited by hand.\n"


class LockedSource(StrictModel):
    """One official address: the hash, size and kind of what it served, when, and the server's own marks of it."""

    url: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=1)]
    media_type: Media
    retrieved_at: str
    etag: str = ""
    last_modified: str = ""


class Lock(StrictModel):
    """The locked addresses of one instrument."""

    sources: tuple[LockedSource, ...]


def read_locks(root: Path) -> tuple[Locks, list[Issue]]:
    """The locks of a corpus folder, and the faults of the files that cannot be read (their addresses stay unlocked)."""
    # A folder of locks that is not there locks nothing: a corpus of one's own begins without.
    files = sorted((root / "locks").glob("*.yml")) if (root / "locks").is_dir() else []
    found, issues = gather(lambda file: read_yaml(Lock, file, f"locks/{file.name}"), files)
    return {source.url: source.sha256 for lock in found for source in lock.sources}, issues


def write_lock(root: Path, ident: str, sources: Iterable[LockedSource]) -> Path:
    """Lock an instrument to what its addresses served; the answer is the file."""
    path = root / "locks" / f"{ident}.yml"
    rows = {"sources": [source.model_dump() for source in sources]}
    store.write(path, (_HEAD + yaml.safe_dump(rows, sort_keys=False, allow_unicode=True)).encode())
    return path
