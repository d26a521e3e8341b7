"""One address asked over HTTP: in bounds of time and size, on declared hosts only, again when a failure may pass.

It is the half of `fetch` that knows the protocol. Whatever goes wrong is a `Refused` with a reason people can read.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise
from threading import Semaphore

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from treatynlp import log
from treatynlp.reading.media import Media, fault

_WAIT_AND_TRY = {408, 425, 429, 500, 502, 503, 504}
_UNREACHABLE = "source-unreachable"


@dataclass(frozen=True, slots=True)
class Address:
    """One place an instrument can be had from. `sha256` is its lock: other bytes are not accepted ("" accepts any)."""

    url: str
    media: Media = "pdf"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The last good copy: asked for "only if changed since", compared with, and kept when nothing better comes."""

    url: str
    sha256: str
    size: int
    media: Media
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much, how often. Seconds and bytes; `patience` is the longest wait a server may ask for,
    `shrink` the share of the last good copy's size below which a new one is not believed, `per_host` how many requests
    one host gets from us at a time."""

    seconds: float = 120.0
    connect: float = 15.0
    size: int = 100_000_000
    attempts: int = 3
    pause: float = 0.5
    patience: float = 60.0
    redirects: int = 5
    shrink: float = 0.4
    per_host: int = 2


@dataclass(frozen=True, slots=True)
class Network:
    """The hosts that may be asked, the limits, the hosts found not to answer (they are not asked again), and for each
    host how many more requests it may have now. One network serves all threads of a run."""

    hosts: frozenset[str]
    limits: Limits = field(default_factory=Limits)
    down: dict[str, str] = field(default_factory=dict)
    free: dict[str, Semaphore] = field(default_factory=dict)


class Refused(Exception):
    """An address did not give the source. `again` is False, True, or the seconds a server asked to wait."""

    def __init__(self, code: str, said: str, again: bool | float = False) -> None:
        self.code, self.said, self.again = code, said, again
        super().__init__(said)


def _told(details: RetryDetails) -> None:
    code = details.caused_by.code if isinstance(details.caused_by, Refused) else ""
    log.tell("retry", code=code, attempt=details.retry_num, wait=round(details.wait_for, 3))


set_on_retry_hooks([_told])  # else each retry is printed among a command's answers


@dataclass(frozen=True, slots=True)
class Arrived:
    """A copy with its bytes (none when the server says it is unchanged) and the moves on the way to it."""

    copy: Known
    data: bytes = b""
    moved: tuple[str, ...] = ()


async def ask(network: Network, address: Address, known: Known | None) -> Arrived:
    """Ask one address, again after a pause when the failure may pass.

    A host that could not be reached is not asked again for other instruments of the same run.
    """
    host = _allowed(_parsed(address.url), network)
    if host in network.down:
        raise Refused(_UNREACHABLE, network.down[host])
    limits = network.limits
    attempts = stamina.retry_context(
        _again(limits), attempts=limits.attempts, timeout=None, wait_initial=limits.pause,
        wait_max=limits.patience, wait_jitter=limits.pause,
    )  # fmt: skip
    try:
        async for attempt in attempts:
            with attempt:
                return await _attempt(network, address, known)
    except Refused as refused:
        if refused.code == _UNREACHABLE:
            network.down[host] = refused.said
        raise
    raise AssertionError("unreachable")


def _again(limits: Limits) -> Callable[[Exception], bool | float]:
    """Whether a failure may pass, and how long the server asked to wait; one that asks for too much is given up."""

    def decide(error: Exception) -> bool | float:
        if not isinstance(error, Refused) or error.again is True or error.again is False:
            return isinstance(error, Refused) and error.again
        return error.again if error.again <= limits.patience else False

    return decide


def hosts(urls: Iterable[str]) -> frozenset[str]:
    """The hosts of addresses, written as they are compared.

    >>> sorted(hosts(["https://Treaties.example/1.pdf", "https://b.example:port/"]))
    ['treaties.example']
    """
    found = set()
    for url in urls:
        with suppress(Refused):
            found.add(_parsed(url).host)
    return frozenset(found - {""})


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Refused("source-scheme", f"it is no address of the web ({error})") from error


def _allowed(url: httpx.URL, network: Network) -> str:
    if url.scheme not in ("http", "https"):
        raise Refused("source-scheme", f"only http and https addresses are fetched, not {url.scheme or 'a bare path'}")
    if url.host not in network.hosts:
        raise Refused("source-host", f"the host {url.host or '(none)'} is not declared in the registry")
    return url.host


async def _attempt(network: Network, address: Address, known: Known | None) -> Arrived:
    """One try, within its time: faults of the network become reasons a person can read."""
    try:
        async with asyncio.timeout(network.limits.seconds) as clock:
            return await _follow(network, address, known, clock)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise Refused("source-timeout", "it did not answer in full in time", again=True) from error
    except httpx.RemoteProtocolError as error:
        raise Refused("source-cut-off", "the connection broke off before all of it had come", again=True) from error
    except httpx.TransportError as error:
        raise Refused(_UNREACHABLE, f"the host cannot be reached ({type(error).__name__})", again=True) from error
    except (httpx.InvalidURL, httpx.HTTPError) as error:
        raise Refused("source-redirect", f"it answers with an address nobody can follow ({error})") from error


async def _follow(network: Network, address: Address, known: Known | None, clock: asyncio.Timeout) -> Arrived:
    """Ask, and follow where the server sends us as long as it stays on declared hosts."""
    url, path = httpx.URL(address.url), [httpx.URL(address.url)]
    async with _client(network.limits) as client:
        for _ in range(network.limits.redirects + 1):
            with _turn(network, url.host, clock):
                async with client.stream("GET", url, headers=_conditions(address, known)) as response:
                    if response.next_request is None:
                        return replace(await _taken(response, address, known, network.limits), moved=_moves(path))
                    url = _next(response.next_request.url, url, network)
                    path.append(url)
    raise Refused("source-redirect", f"it sends us on more than {network.limits.redirects} times")


@contextmanager
def _turn(network: Network, host: str, clock: asyncio.Timeout) -> Iterator[None]:
    """Our turn at a host. The wait for it is not the server's slowness, so the clock stands still meanwhile.

    Each thread of a run has a loop of its own with this one request in it: nothing else waits while it does.
    """
    begun = asyncio.get_running_loop().time()
    with network.free.setdefault(host, Semaphore(network.limits.per_host)):
        clock.reschedule((clock.when() or begun) + asyncio.get_running_loop().time() - begun)
        yield


@asynccontextmanager
async def _client(limits: Limits) -> AsyncIterator[httpx.AsyncClient]:
    """Compression is asked for by name, as each is undone here, in bounds (see `_inflated`)."""
    headers = {"User-Agent": f"treatynlp/{version('treatynlp')}", "Accept-Encoding": "gzip"}
    timeout = httpx.Timeout(limits.seconds, connect=limits.connect)
    async with httpx.AsyncClient(headers=headers, timeout=timeout, follow_redirects=False) as client:
        yield client


def _conditions(address: Address, known: Known | None) -> dict[str, str]:
    """ "Only if changed since": asked of the address the last good copy came from, and of no other."""
    if known is None or known.url != address.url:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _next(target: httpx.URL, source: httpx.URL, network: Network) -> httpx.URL:
    if target.scheme in ("http", "https") and target.host not in network.hosts:
        raise Refused("source-redirect", f"it sends us to an undeclared host, {target.host}")
    _allowed(target, network)
    if source.scheme == "https" and target.scheme == "http":
        raise Refused("source-redirect", "it sends us from https to plain http")
    return target


def _moves(path: Iterable[httpx.URL]) -> tuple[str, ...]:
    return tuple(
        f"{left} now answers from another host: {right}; declare that address in the registry."
        for left, right in pairwise(path)
        if left.host != right.host
    )


async def _taken(response: httpx.Response, address: Address, known: Known | None, limits: Limits) -> Arrived:
    """What the final answer gives: the bytes, or "unchanged" if that is what was asked for."""
    if response.status_code == 304 and known and _conditions(address, known):
        _check_lock(known, address)
        return Arrived(known)
    if response.status_code != 200:
        raise _refusal(response)
    data = await _body(response, limits)
    check(data, address.media, address.sha256)
    if known and not address.sha256 and known.media == address.media and len(data) < limits.shrink * known.size:
        said = f"it has shrunk from {known.size:,} to {len(data):,} bytes; if that is right, lock its SHA-256"
        raise Refused("source-shrunk", said)
    etag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Arrived(Known(address.url, sha256(data).hexdigest(), len(data), address.media, etag, modified), data)


def _check_lock(known: Known, address: Address) -> None:
    if address.sha256 and address.sha256 != known.sha256:
        met, lock = known.sha256[:12], address.sha256[:12]
        raise Refused("source-checksum", f"its SHA-256 is still {met}… where the lock says {lock}…")


def _refusal(response: httpx.Response) -> Refused:
    """An answer that is not the source. Only "wait and try again" answers are worth another try."""
    said = f"the server answers {response.status_code} {response.reason_phrase}".rstrip()
    if response.status_code not in _WAIT_AND_TRY:
        return Refused("source-http-status", said)
    asked = _seconds(response.headers.get("Retry-After", ""))
    return Refused("source-http-status", said, again=True if asked is None else asked)


def _seconds(after: str) -> float | None:
    """Seconds of a Retry-After header, given as a number or as a date; None when it says nothing usable.

    >>> _seconds("2"), _seconds("soon"), _seconds("Thu, 01 Jan 1970 00:00:00 GMT")
    (2.0, None, 0.0)
    """
    if after.strip().isdigit():
        return float(after)
    try:
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    """The bytes, uncompressed, as long as they stay under the limit (a small download can unpack to gigabytes)."""
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += unpack(chunk, limits.size + 1 - len(data))
        if len(data) > limits.size:
            raise Refused("source-too-large", f"it is larger than {limits.size:,} bytes")
    return bytes(data)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """How to undo a content encoding without unpacking more than asked for; one encoding at most."""
    if encoding.strip().lower() in ("", "identity"):
        return lambda chunk, _: chunk
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise Refused("source-encoding", f"it comes in an encoding that was not asked for ({encoding[:40]})")
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def unpack(chunk: bytes, room: int) -> bytes:
        try:
            return inflater.decompress(chunk, room)
        except zlib.error as error:
            raise Refused("source-encoding", "it says it is compressed and cannot be unpacked") from error

    return unpack


def check(data: bytes, media: Media, lock: str) -> None:
    """Refuse bytes that are not whole, not of the kind declared, or not those that were locked."""
    if found := fault(data, media):
        raise Refused(found.code, found.said)
    if lock and (met := sha256(data).hexdigest()) != lock:
        raise Refused("source-checksum", f"its SHA-256 is {met[:12]}… where the lock says {lock[:12]}…")
