"""The verbs that touch what a document holds, each done in a process with limits (`Bounds`).

They are those of `treatynlp.reading` and `treatynlp.pipeline.steps`, with the same arguments and the same answers. A
document that takes too long, too much memory, or crashes its reader gives one row, `document-too-slow`,
`document-too-large` or `document-crashed-reader`, as a DataError; the next one is not touched by it.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from treatynlp.corpus import Instrument
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.sandbox.bounds import BOUNDS, Bounds
from treatynlp.pipeline.sandbox.process import ReaderFailed, asked
from treatynlp.pipeline.sandbox.protocol import ISSUES, Asked
from treatynlp.pipeline.sandbox.serialisation import codings, documents, treaties
from treatynlp.text import Box

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

Rows = tuple[Issue, ...]

__all__ = ["BOUNDS", "Bounds", "audit", "code", "link", "picture", "read", "take_apart", "verify"]

_FAMILIES, _BOXES = TypeAdapter(dict[str, str]), TypeAdapter(list[Box])
_REGISTRY = TypeAdapter(tuple[Instrument, ...])


def read(data: bytes, name: str, language: str = "en", bounds: Bounds = BOUNDS) -> "Document":
    """The document in these bytes (see `reading.read`)."""
    document: Document
    (document,) = _found(Asked("read", name, {"language": language}), (data,), bounds, documents())
    return document


def audit(data: bytes, document: "Document", bounds: Bounds = BOUNDS) -> Rows:
    """The pages on which a second reading differs (see `reading.audit`)."""
    rows: Rows
    (rows,) = _found(Asked("audit", document.name, {}), (data, documents().dump_json(document)), bounds, ISSUES)
    return rows


def picture(
    data: bytes, document: "Document", page: int, headings: Collection[Box] = (), bounds: Bounds = BOUNDS
) -> bytes:
    """A page as it was read, as a PNG (see `reading.picture`)."""
    parts = (data, documents().dump_json(document), _BOXES.dump_json(sorted(headings)))
    drawn: bytes
    (drawn,) = _found(Asked("picture", document.name, {"page": str(page)}), parts, bounds, None)
    return drawn


def verify(treaty: "Treaty", data: bytes, bounds: Bounds = BOUNDS) -> Rows:
    """The stored words that are not the source's (see `structure.verify`)."""
    rows: Rows
    (rows,) = _found(Asked("verify", treaty.id, {}), (data, treaties().dump_json(treaty)), bounds, ISSUES)
    return rows


def take_apart(
    document: "Document", ident: str, within: str = "", language: str = "en", bounds: Bounds = BOUNDS
) -> "tuple[Treaty, Rows]":
    """The treaty in a document (see `pipeline.steps`)."""
    request = Asked("take_apart", ident, {"within": within, "language": language})
    treaty, rows = _found(request, (documents().dump_json(document),), bounds, treaties(), ISSUES)
    if sum(1 for _ in treaty.walk()) > bounds.provisions:
        raise DataError(issue("document-too-large.provisions", ident, most=bounds.provisions))
    return treaty, rows


def link(treaty: "Treaty", registry: Sequence[Instrument], bounds: Bounds = BOUNDS) -> "tuple[Treaty, Rows]":
    """The treaty with its cross-references and definitions (see `pipeline.steps`)."""
    parts = (treaties().dump_json(treaty), _REGISTRY.dump_json(tuple(registry), exclude_defaults=True))
    found, rows = _found(Asked("link", treaty.id, {}), parts, bounds, treaties(), ISSUES)
    return found, rows


def code(
    treaty: "Treaty", families: Mapping[str, str], model: Path | None = None, bounds: Bounds = BOUNDS
) -> "tuple[Coding, Rows]":
    """What the treaty's provisions are about (see `pipeline.steps`)."""
    request = Asked("code", treaty.id, {"model": str(model.resolve())} if model else {})
    parts = (treaties().dump_json(treaty), _FAMILIES.dump_json(dict(families)))
    coding, rows = _found(request, parts, bounds, codings(), ISSUES)
    return coding, rows


def _found(request: Asked, parts: tuple[bytes, ...], bounds: Bounds, *kinds: TypeAdapter[Any] | None) -> list[Any]:
    """The parts of the answer, if each is of its kind; one without a kind as it came."""
    try:
        found = asked(request, parts, bounds)
        if len(found) != len(kinds):
            raise ReaderFailed(f"the answer has {len(found)} parts, not {len(kinds)}")
        return [_arrived(kind, data, request.name) for kind, data in zip(kinds, found, strict=True)]
    except ReaderFailed as error:
        reason = " ".join(str(error).split())[:300]
        raise DataError(issue("stage-failed.step", request.name, step=request.verb, reason=reason)) from None


def _arrived(kind: TypeAdapter[Any] | None, data: bytes, name: str) -> Any:
    """A value from the other process. Names become file names and keys: only the one that was asked about is taken."""
    if kind is None:
        return data
    try:
        value = kind.validate_json(data)
    except ValidationError as error:
        raise ReaderFailed(f"the answer is not of its kind: {error.error_count()} faults") from None
    about = [getattr(value, noun) for noun in ("name", "id", "instrument") if hasattr(value, noun)]
    if about not in ([], [name]):
        raise ReaderFailed(f"the answer is about {about[0][:80]!r}")
    return value
