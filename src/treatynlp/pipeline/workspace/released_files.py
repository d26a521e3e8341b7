"""The files of a release held against its manifest: missing, added, changed."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from treatynlp import store
from treatynlp.errors import Issue, issue
from treatynlp.publishing.proof.seal import broken
from treatynlp.store import MANIFEST, Root


def changed_files(release: Root) -> tuple[Issue, ...]:
    """The files of a release that are missing, were added or are no longer what its manifest says; the manifest itself
    where it is not what was sealed."""
    named = _named(json_of(release, MANIFEST) or {})
    added = sorted(store.present(release) - {*named, MANIFEST, store.SIGNATURE})
    rows = (row for name in sorted(named) for row in _unlike(release, name, named[name]))
    return (*_seal(release), *dict.fromkeys(rows), *(issue("release-file-added", name) for name in added))


def _named(manifest: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Size and hash of each file, as the manifest says; a manifest may be anybody's, and say it in another way."""
    files = manifest.get("files")
    said = files.items() if isinstance(files, dict) else ()
    return {name: (one.get("bytes"), one.get("sha256")) if isinstance(one, dict) else (0, "") for name, one in said}


def _seal(release: Root) -> Iterator[Issue]:
    unlike = broken(store.file_of(release, MANIFEST) or b"")
    # Three answers: None says that the manifest was never sealed, which is no sign that somebody changed it.
    if unlike is not False:
        yield issue("release-manifest-changed", MANIFEST) if unlike else issue("release-unsealed", MANIFEST)


def _unlike(release: Root, name: str, said: tuple[Any, Any]) -> Iterator[Issue]:
    data = store.file_of(release, name)
    if data is None:
        yield issue("release-file-missing", name)
    elif (len(data), sha256(data).hexdigest()) != said:
        yield issue("release-file-changed", name, bytes=len(data))


def json_of(release: Root, name: str) -> Mapping[str, Any] | None:
    """A file of a release as JSON; None where it is not there or says nothing."""
    try:
        found = json.loads(store.file_of(release, name) or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
