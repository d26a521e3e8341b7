"""What a server's last answer gives: the text's bytes, whole and in bounds; "unchanged"; or why it is refused."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

import httpx

from treatynlp.field_types import Media
from treatynlp.hashes import abridged
from treatynlp.reading.fetch_types import Address, Download, Known, Limits, Refused, refused
from treatynlp.reading.http_encoding import unpacking
from treatynlp.reading.media import BEGINNING, as_utf8, fault

_BEGINS, _ENDS = re.compile(rb"<(?:html|body)[\s>]", re.I), re.compile(rb"</(?:html|body)\s*>", re.I)
_LAST = 8192
"""Bytes at a page's end in which its last elements are closed: sites put scripts and counters behind them."""
_WAIT_AND_TRY = {408, 425, 429, 500, 502, 503, 504}
_STATUSES = {
    **dict.fromkeys((404, 410), "source-gone"),
    **dict.fromkeys((401, 403, 407, 451), "source-forbidden"),
    **dict.fromkeys((408, 425, 429, 503), "source-busy"),
    **dict.fromkeys((500, 502, 504), "source-server-error"),
}


def conditions(address: Address, known: Known | None) -> dict[bytes, bytes]:
    """ "Only if changed since": asked of the address the last good copy came from, and of no other."""
    if known is None or known.url != address.url:
        return {}
    conditions = {b"If-None-Match": known.etag, b"If-Modified-Since": known.last_modified}
    return {name: value.encode("latin-1", "replace") for name, value in conditions.items() if value}


def header(response: httpx.Response, name: str) -> str:
    """A header's value; "" without one. Headers are bytes: each is kept as the letter of its number, so that any value
    goes back to the server as it came."""
    found = (value for key, value in response.headers.raw if key.lower() == name.lower().encode())
    return next(found, b"").decode("latin-1")


async def taken(response: httpx.Response, address: Address, known: Known | None, limits: Limits) -> Download:
    """What the final answer gives: the bytes, or "unchanged" if that is what was asked for."""
    if response.status_code == httpx.codes.NOT_MODIFIED and known and conditions(address, known):
        _check_lock(known, address)
        return Download(known)
    if response.status_code != httpx.codes.OK:
        raise _refusal(response)
    data = await _body(response, limits)
    check(data, address.media, address.sha256)
    if not address.sha256:
        _check_end(data, address.media)
    # A text that has lost much of its length was cut off, or is a page about it; bytes that are locked need no such
    # doubt.
    if known and not address.sha256 and known.media == address.media and len(data) < limits.shrink * known.size:
        raise refused("source-shrunk", before=known.size, now=len(data))
    etag, modified = (header(response, name) for name in ("ETag", "Last-Modified"))
    return Download(
        Known(
            url=address.url,
            sha256=sha256(data).hexdigest(),
            size=len(data),
            media=address.media,
            etag=etag,
            last_modified=modified,
        ),
        data,
    )


def _check_end(data: bytes, media: Media) -> None:
    """A page that begins an element it never ends has been cut off, even where the length its server states is right:
    what makes pages often breaks off in the middle and states the length of what it had."""
    page = as_utf8(data)
    if media == "html" and _BEGINS.search(page[:BEGINNING]) and not _ENDS.search(page[-_LAST:]):
        raise refused("source-truncated.page", bytes=len(data))


def _check_lock(known: Known, address: Address) -> None:
    if address.sha256 and address.sha256 != known.sha256:
        met, lock = abridged(known.sha256), abridged(address.sha256)
        raise refused("source-checksum.still", met=met, lock=lock)


def _refusal(response: httpx.Response) -> Refused:
    """An answer that is not the source. Only "wait and try again" answers are worth another try."""
    status = f"{response.status_code} {response.reason_phrase}".rstrip()
    code = _STATUSES.get(response.status_code, "source-http-status")
    if response.status_code not in _WAIT_AND_TRY:
        return refused(code, status=status)
    asked = _seconds(header(response, "Retry-After"))
    return refused(code, True if asked is None else asked, status=status)


def _seconds(after: str) -> float | None:
    """Seconds of a Retry-After header, given as a number or as a date; None when it says nothing usable.

    >>> _seconds("2"), _seconds("soon"), _seconds("²"), _seconds("Thu, 01 Jan 1970 00:00:00 GMT")
    (2.0, None, None, 0.0)
    """
    if re.fullmatch(r"\s*[0-9]{1,12}\s*", after, re.A):
        return float(after)
    try:
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    """The bytes, uncompressed, as long as they stay under the limit (a small download can unpack to gigabytes)."""
    unpacker = unpacking(header(response, "Content-Encoding"))
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += unpacker.unpack(chunk, limits.size + 1 - len(data))
        if len(data) > limits.size:
            raise refused("source-too-large", most=limits.size)
    unpacker.finish()
    return bytes(data)


def check(data: bytes, media: Media, lock: str) -> None:
    """Refuse bytes that are not whole, not of the kind declared, or not those that were locked."""
    if found := fault(data, media):
        raise Refused(found.code, found.said)
    if lock and (met := sha256(data).hexdigest()) != lock:
        raise refused("source-checksum.new", met=abridged(met), lock=abridged(lock))
