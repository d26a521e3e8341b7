"""Artefacts: values as a workspace keeps them, and how they come back."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.errors import DataError, issue
from treatynlp.hashes import abridged
from treatynlp.pipeline.sandbox.serialisation import Parcel, documents, understood
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.reading.document import Document


def parcel(workspace: Workspace, digest: str) -> Parcel:
    """A kept value as it is handed to the process that works on it: its bytes are read only where they are wanted."""
    return Parcel(digest, lambda: _data(workspace, digest))


def load_artefact(workspace: Workspace, kind: TypeAdapter[Any], digest: str) -> Any:
    """A kept value. Raises DataError when the disk has lost it since it was made."""
    value = understood(kind, _data(workspace, digest))
    if value is None:
        raise DataError(issue("artefact-outdated", f"artefact {abridged(digest)}"))
    return value


def load_document(workspace: Workspace, digest: str, sha256: str) -> "Document":
    """A kept document, read from the bytes of that hash."""
    # Kept without: other bytes with the same words in the same places are the same document (see `sandbox.read`).
    found: Document = replace(load_artefact(workspace, documents(), digest), sha256=sha256)
    return found


def _data(workspace: Workspace, digest: str) -> bytes:
    data = store.get(workspace, digest)
    if data is None:
        raise DataError(issue("artefact-damaged.lost", f"artefact {abridged(digest)}", "error"))
    return data
