"""The functions that touch what a document holds, each done in a process with limits (`Bounds`).

They are those of `treatynlp.pipeline.steps`. All that is done to one document is one conversation with one process:
it keeps what it has made, so that each value is written down once there and checked once here (`Arrived`), and goes
back by its hash alone (`Parcel`). A document that takes too long, too much memory, or crashes its reader gives one row,
`document-too-slow`, `document-too-large` or `document-crashed-reader`, as a DataError; the next one is not touched by
it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.sandbox.bounds import BOUNDS, Bounds
from treatynlp.pipeline.sandbox.conversation import REASON, ReaderFailed, ask
from treatynlp.pipeline.sandbox.protocol import ISSUES, Request
from treatynlp.pipeline.sandbox.serialisation import (
    BOXES,
    FAMILIES,
    INSTRUMENT,
    Arrived,
    Parcel,
    codings,
    documents,
    parcel_of,
    people_kind,
    treaties,
)
from treatynlp.registry import Instrument
from treatynlp.text import Box

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.pipeline.steps.people import People
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

Issues = tuple[Issue, ...]
NAME = 80
"""Letters of a name from the other process that a message repeats."""

__all__ = ["BOUNDS", "Arrived", "Bounds", "Parcel", "audit", "code", "link", "picture", "read", "take_apart", "verify"]


def read(data: bytes, name: str, language: str = "en", bounds: Bounds = BOUNDS) -> "Arrived[Document]":
    """The document in these bytes (see `reading.read`).

    It is kept without the hash of its bytes, so that what was read from other bytes as the same words in the same
    places is the same, and nothing is made of it again.
    """
    arrived: Arrived[Document]
    (arrived,) = _found(Request("read", name, {"language": language}), (data,), (), bounds, documents())
    return replace(arrived, value=replace(arrived.value, sha256=sha256(data).hexdigest()))


def audit(data: bytes, name: str, document: Parcel, bounds: Bounds = BOUNDS) -> Issues:
    """The pages on which a second reading differs (see `reading.audit`)."""
    (rows,) = _found(Request("audit", name), (data,), (document,), bounds, ISSUES)
    found: Issues = rows.value
    return found


def picture(
    data: bytes, document: "Document", page: int, headings: Collection[Box] = (), bounds: Bounds = BOUNDS
) -> bytes:
    """A page as it was read, as a PNG (see `reading.picture`)."""
    given = (parcel_of(documents(), document), parcel_of(BOXES, sorted(headings)))
    request = Request("picture", document.name, {"page": str(page)})
    (drawn,) = _found(request, (data,), given, bounds, None)
    return drawn.data


def verify(treaty: "Treaty", data: bytes, cited: Collection[int] | None = None, bounds: Bounds = BOUNDS) -> Issues:
    """The stored words that are not the source's (see `structure.verify`), or not what its pages show (see
    `structure.verify_seen`; `cited` are pages to look at, without them a sample is)."""
    # No pages at all is another wish than none: without any, a sample is looked at.
    said = {} if cited is None else {"cited": " ".join(map(str, sorted(cited)))}
    (rows,) = _found(Request("verify", treaty.id, said), (data,), (parcel_of(treaties(), treaty),), bounds, ISSUES)
    found: Issues = rows.value
    return found


def take_apart(
    document: Parcel,
    ident: str,
    within: str = "",
    instrument: Instrument | None = None,
    bounds: Bounds = BOUNDS,
) -> "tuple[Arrived[Treaty], Issues]":
    """The treaty in a document; with `instrument`, also why it may not be that one (see `steps.splitting`)."""
    request = Request("take_apart", ident, {"within": within})
    declared = (Parcel.of(INSTRUMENT.dump_json(instrument, exclude_defaults=True)),) if instrument else ()
    treaty, rows = _found(request, (), (document, *declared), bounds, treaties(), ISSUES)
    # Counted on this side: a process that a document has taken over would count as it likes, and treaties are compared
    # outside of it.
    if sum(1 for _ in treaty.value.walk()) > bounds.provisions:
        raise DataError(issue("document-too-large.provisions", ident, most=bounds.provisions))
    return treaty, rows.value


def link(treaty: Parcel, ident: str, registry: Parcel, bounds: Bounds = BOUNDS) -> "tuple[Arrived[Treaty], Issues]":
    """The treaty with its cross-references and definitions (see `steps.linking`)."""
    found, rows = _found(Request("link", ident), (), (treaty, registry), bounds, treaties(), ISSUES)
    return found, rows.value


def code(
    treaty: Parcel,
    ident: str,
    families: Mapping[str, str],
    people: "People | None" = None,
    model: Path | None = None,
    bounds: Bounds = BOUNDS,
) -> "tuple[Arrived[Coding], Issues]":
    """What the treaty's provisions are about; with `people`, also what these coded and decided (see `steps.coding`)."""
    request = Request("code", ident, {"model": str(model.resolve())} if model else {})
    # The families are the same for every instrument of a run: they stay with the process when the next one comes.
    given = [treaty, parcel_of(FAMILIES, dict(families), lasting=True)]
    given += [parcel_of(people_kind(), people)] if people else []
    coding, rows = _found(request, (), tuple(given), bounds, codings(), ISSUES)
    return coding, rows.value


def _found(
    request: Request,
    data: tuple[bytes, ...],
    given: tuple[Parcel, ...],
    bounds: Bounds,
    *kinds: TypeAdapter[Any] | None,
) -> list[Arrived[Any]]:
    """The parts of the answer, if each is of its kind; one without a kind as it came."""
    try:
        found = ask(request, data, given, bounds)
        if len(found) != len(kinds):
            raise ReaderFailed(f"the answer has {len(found)} parts, not {len(kinds)}")
        return [Arrived(_checked(kind, part, request.name), part) for kind, part in zip(kinds, found, strict=True)]
    except ReaderFailed as error:
        # One short line: the words come from the other process, and stand in issues.csv and on terminals.
        reason = " ".join(str(error).split())[:REASON]
        raise DataError(issue("stage-failed.step", request.name, step=request.verb, reason=reason)) from None


def _checked(kind: TypeAdapter[Any] | None, data: bytes, name: str) -> Any:
    """A value from the other process. Names become file names and keys: only the one that was asked about is taken."""
    if kind is None:
        return data
    try:
        value = kind.validate_json(data)
    except ValidationError as error:
        raise ReaderFailed(f"the answer is not of its kind: {error.error_count()} faults") from None
    about = [getattr(value, noun) for noun in ("name", "id", "instrument") if hasattr(value, noun)]
    if about not in ([], [name]):
        raise ReaderFailed(f"the answer is about {about[0][:NAME]!r}")
    return value
