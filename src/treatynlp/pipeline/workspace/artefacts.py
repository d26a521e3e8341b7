"""Artefacts: values as a workspace keeps them, and how they come back."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.errors import DataError, issue
from treatynlp.pipeline.sandbox.serialisation import documents, understood
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.reading.document import Document


def kept(kind: TypeAdapter[Any], value: object) -> bytes:
    """A value as it is kept. ValueError when it would not come back as it is: better told now than found later."""
    data = kind.dump_json(value)
    if kind.validate_json(data) != value:
        raise ValueError(f"a {type(value).__name__} does not come back from what is kept of it")
    return data


def load(workspace: Workspace, kind: TypeAdapter[Any], digest: str) -> Any:
    """A kept value. Raises DataError when the disk has lost it since it was made."""
    data = store.get(workspace, digest)
    if data is None:
        raise DataError(issue("artefact-damaged.lost", f"artefact {digest[:12]}", "error"))
    value = understood(kind, data)
    if value is None:
        raise DataError(issue("artefact-outdated", f"artefact {digest[:12]}"))
    return value


def kept_document(document: "Document") -> bytes:
    """A document as it is kept: without the hash of its bytes, so that what was read from other bytes as the same
    words in the same places is the same, and nothing is made of it again."""
    return kept(documents(), replace(document, sha256=""))


def document(workspace: Workspace, digest: str, sha256: str) -> "Document":
    """A kept document, read from the bytes of that hash."""
    found: Document = replace(load(workspace, documents(), digest), sha256=sha256)
    return found
