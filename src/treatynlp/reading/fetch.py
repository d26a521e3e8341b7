"""Getting an instrument's official bytes: from its declared addresses, or from a folder that stands in for them.

Of two things a reader must be sure: what is taken is the source that was declared, whole; and a download that failed
is never taken for "no change". So whatever arrives is judged by its content, compared with its lock, and what cannot
be used is said in one row, while the last good copy goes on being used.

    fetch("atlantia-2031", [Address("https://treaties.example/1.pdf")], Network(frozenset({"treaties.example"})))
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from treatynlp.errors import Issue, issue, issue_said
from treatynlp.hashes import abridged
from treatynlp.reading.fetch_types import Address, Download, Known, Limits, Network, Refused, refused
from treatynlp.reading.formats import ENDINGS
from treatynlp.reading.http_client import download, hosts
from treatynlp.reading.http_response import check

__all__ = ["Address", "Fetched", "Known", "Limits", "Network", "fetch", "given", "hosts", "take"]

Status = Literal["new", "unchanged", "failed"]
Where = Literal["official", "mirror", "specimen", "own"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for an instrument: the bytes when they are `new`, none when `unchanged` or `failed`;
    where they came from, and the rows to tell. What came from a mirror says so in `origin`.

    `code` says how that is known: `source-not-modified` (the server says so), `source-same-bytes`, `source-remarked`
    (the same bytes under another ETag or date), `source-new`, `source-changed`, or why it failed."""

    id: str
    status: Status
    origin: Where
    code: str = ""
    issues: tuple[Issue, ...] = ()
    data: bytes = field(default=b"", repr=False)
    copy: Known | None = None


def fetch(ident: str, addresses: Sequence[Address], network: Network, known: Known | None = None) -> Fetched:
    """Ask the addresses in order and take the first that gives the instrument whole.

    The rows say which addresses failed and why: warnings when a later one helped, else one error.
    """
    faults: list[tuple[str, Refused]] = []
    for address in addresses:
        try:
            # The first that gives it whole: addresses are declared from the body's own to others' copies.
            return _judged(ident, _asked(network, address, known), known, faults)
        except Refused as error:
            faults.append((address.url, error))
    if not faults:
        faults = [("registry", refused("source-undeclared"))]
    return _failed(ident, "official", faults, known)


def _asked(network: Network, address: Address, known: Known | None) -> Download:
    """The answer, waited for in a thread of its own: in a notebook this one already runs a loop of events."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, asyncio.run, download(network, address, known)).result()


def take(ident: str, folder: Path, origin: Where, known: Known | None = None, limits: Limits | None = None) -> Fetched:
    """The file `<id>.pdf` (or .html, .docx, …) of a folder that stands in for the network."""
    path = next((folder / (ident + end) for end in ENDINGS if (folder / (ident + end)).exists()), None)
    name = f"{origin}:{path.name}" if path else origin
    try:
        if path is None:
            raise refused("source-not-in-mirror", ident=ident)
        data = _from_file(path, limits or Limits())
    except Refused as error:
        return _failed(ident, origin, [(name, error)], known)
    return given(ident, name, data, origin, known)


def given(ident: str, name: str, data: bytes, origin: Where, known: Known | None = None) -> Fetched:
    """Bytes at hand that stand in for the network; the ending of their name says what they should be."""
    media = ENDINGS[Path(name).suffix]
    try:
        check(data, media, "")
    except Refused as error:
        return _failed(ident, origin, [(name, error)], known)
    return _settled(ident, origin, Known(name, sha256(data).hexdigest(), len(data), media), data, known)


def _from_file(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():  # a pipe or a device may never end
            raise refused("source-unreadable.kind")
        with path.open("rb") as file:
            # One byte more than is allowed says that it is too long, without reading the rest.
            data = file.read(limits.size + 1)
    except OSError as error:
        raise refused("source-unreadable.mirror", reason=error.strerror) from error
    if len(data) > limits.size:
        raise refused("source-too-large", most=limits.size)
    return data


def _settled(ident: str, origin: Where, copy: Known, data: bytes, known: Known | None) -> Fetched:
    if known and known.sha256 == copy.sha256:
        return Fetched(ident, "unchanged", origin, _same(copy, known, data), copy=copy)
    return Fetched(ident, "new", origin, "source-changed" if known else "source-new", data=data, copy=copy)


def _same(copy: Known, known: Known, data: bytes) -> str:
    """How it is known that nothing has changed."""
    if not data:
        return "source-not-modified"
    # By hash, not by what the server says of it: some give another ETag with each answer.
    marks, before = (copy.etag, copy.last_modified), (known.etag, known.last_modified)
    return "source-remarked" if copy.url == known.url and any(before) and marks != before else "source-same-bytes"


def _judged(ident: str, arrived: Download, known: Known | None, faults: list[tuple[str, Refused]]) -> Fetched:
    rows = tuple(
        issue_said(fault.code, ident, f"{url}: {fault.said}; {arrived.copy.url} was used instead.", "warning")
        for url, fault in faults
    )
    settled = _settled(ident, "official", arrived.copy, arrived.data, known)
    return replace(settled, issues=rows + tuple(issue("source-moved", ident, said=said) for said in arrived.moved))


def _failed(ident: str, origin: Where, faults: list[tuple[str, Refused]], known: Known | None) -> Fetched:
    return Fetched(ident, "failed", origin, faults[0][1].code, (_lost(ident, faults, known),))


def _lost(ident: str, faults: list[tuple[str, Refused]], known: Known | None) -> Issue:
    """One row for an instrument nothing came for: every address with its reason, and what is used instead."""
    reasons = "; ".join(f"{url}: {fault.said}" for url, fault in faults)
    copy = f"the last good copy ({abridged(known.sha256)}…) is kept" if known else "no earlier copy, so it is left out"
    return issue_said(faults[0][1].code, ident, f"Not fetched: {reasons}; {copy}.", "error")
