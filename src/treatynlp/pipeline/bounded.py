"""The verbs that touch what a document holds, each done in a process with limits (`Bounds`).

They are those of `treatynlp.reading` and `treatynlp.pipeline.verbs`, with the same arguments and the same answers. A
document that takes too long, too much memory, or crashes its reader gives one row, `document-too-slow`,
`document-too-large` or `document-crashed-reader`, as a DataError; the next one is not touched by it.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from treatynlp.corpus import Instrument
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline.bounds import BOUNDS, Bounds
from treatynlp.pipeline.frames import ISSUES, Asked
from treatynlp.pipeline.kinds import codings, documents, treaties
from treatynlp.pipeline.process import ReaderFailed, asked
from treatynlp.text import Box

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

Rows = tuple[Issue, ...]

__all__ = ["BOUNDS", "Bounds", "audit", "coded", "linked", "picture", "read", "taken_apart", "verify"]

_FAMILIES, _BOXES = TypeAdapter(dict[str, str]), TypeAdapter(list[Box])
_REGISTRY = TypeAdapter(tuple[Instrument, ...])


def read(data: bytes, name: str, language: str = "en", bounds: Bounds = BOUNDS) -> "Document":
    """The document in these bytes (see `reading.read`)."""
    (found,) = _parts(1, Asked("read", name, {"language": language}), (data,), bounds)
    document: Document = _arrived(documents(), found)
    _same(document.name, name)
    return document


def audit(data: bytes, document: "Document", bounds: Bounds = BOUNDS) -> Rows:
    """The pages on which a second reading differs (see `reading.audit`)."""
    parts = (data, documents().dump_json(document))
    (found,) = _parts(1, Asked("audit", document.name, {}), parts, bounds)
    return _rows(found)


def picture(
    data: bytes, document: "Document", page: int, headings: Collection[Box] = (), bounds: Bounds = BOUNDS
) -> bytes:
    """A page as it was read, as a PNG (see `reading.picture`)."""
    parts = (data, documents().dump_json(document), _BOXES.dump_json(sorted(headings)))
    (found,) = _parts(1, Asked("picture", document.name, {"page": str(page)}), parts, bounds)
    return found


def verify(treaty: "Treaty", data: bytes, bounds: Bounds = BOUNDS) -> Rows:
    """The stored words that are not the source's (see `structure.verify`)."""
    (found,) = _parts(1, Asked("verify", treaty.id, {}), (data, treaties().dump_json(treaty)), bounds)
    return _rows(found)


def taken_apart(
    document: "Document", ident: str, within: str = "", language: str = "en", bounds: Bounds = BOUNDS
) -> "tuple[Treaty, Rows]":
    """The treaty in a document (see `pipeline.verbs`)."""
    request = Asked("taken_apart", ident, {"within": within, "language": language})
    found, rows = _parts(2, request, (documents().dump_json(document),), bounds)
    treaty = _treaty(found, ident)
    if sum(1 for _ in treaty.walk()) > bounds.provisions:
        message = f"It has more than {bounds.provisions:,} provisions; look at the file. All others go on."
        raise DataError(Issue("error", "document-too-large", ident, message))
    return treaty, _rows(rows)


def linked(treaty: "Treaty", registry: Sequence[Instrument], bounds: Bounds = BOUNDS) -> "tuple[Treaty, Rows]":
    """The treaty with its cross-references and definitions (see `pipeline.verbs`)."""
    parts = (treaties().dump_json(treaty), _REGISTRY.dump_json(tuple(registry), exclude_defaults=True))
    found, rows = _parts(2, Asked("linked", treaty.id, {}), parts, bounds)
    return _treaty(found, treaty.id), _rows(rows)


def coded(
    treaty: "Treaty", families: Mapping[str, str], model: Path | None = None, bounds: Bounds = BOUNDS
) -> "tuple[Coding, Rows]":
    """What the treaty's provisions are about (see `pipeline.verbs`)."""
    request = Asked("coded", treaty.id, {"model": str(model.resolve())} if model else {})
    found, rows = _parts(2, request, (treaties().dump_json(treaty), _FAMILIES.dump_json(dict(families))), bounds)
    return _arrived(codings(), found), _rows(rows)


def _parts(count: int, request: Asked, parts: tuple[bytes, ...], bounds: Bounds) -> list[bytes]:
    found = asked(request, parts, bounds)
    if len(found) != count:
        raise ReaderFailed(f"the answer is of {len(found)} parts where {count} were expected")
    return found


def _arrived(kind: TypeAdapter[Any], data: bytes) -> Any:
    """A value from the other process, if it is one of its kind."""
    try:
        return kind.validate_json(data)
    except ValidationError as error:
        raise ReaderFailed(f"the answer is not of its kind: {error.error_count()} faults") from None


def _treaty(data: bytes, ident: str) -> "Treaty":
    treaty: Treaty = _arrived(treaties(), data)
    _same(treaty.id, ident)
    return treaty


def _same(said: str, name: str) -> None:
    """Names become file names and keys: only the one that was asked about is taken."""
    if said != name:
        raise ReaderFailed(f"the answer is about {said[:80]!r}, not about {name!r}")


def _rows(data: bytes) -> Rows:
    rows: Rows = _arrived(ISSUES, data)
    return rows
