"""One address asked over HTTP: in bounds of time and size, on declared hosts only, again when a failure may pass.

It is the half of `fetch` that knows the protocol. Whatever goes wrong is a `Refused` with a reason people can read.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise
from threading import Semaphore

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from treatynlp import log
from treatynlp.reading.fetch_types import Address, Download, Known, Limits, Network, Refused, refused
from treatynlp.reading.http_response import conditions, header, taken

_MILLISECONDS = 3
_UNREACHABLE = "source-unreachable"


def _told(details: RetryDetails) -> None:
    code = details.caused_by.code if isinstance(details.caused_by, Refused) else ""
    log.tell("retry", code=code, attempt=details.retry_num, wait=round(details.wait_for, _MILLISECONDS))


set_on_retry_hooks([_told])  # else each retry is printed among a command's answers


async def download(network: Network, address: Address, known: Known | None) -> Download:
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
    """The hosts of addresses, written as they are compared: with the port, where it is not the scheme's own. Another
    port of a host may be another's server.

    >>> sorted(hosts(["https://Treaties.example:443/1.pdf", "http://b.example:81/", "https://c.example:port/"]))
    ['b.example:81', 'treaties.example']
    """
    found = set()
    for url in urls:
        with suppress(Refused):
            found.add(_host(_parsed(url)))
    return frozenset(found - {""})


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii", "replace")


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise refused("source-scheme.address", reason=error) from error


def _allowed(url: httpx.URL, network: Network) -> str:
    if url.scheme not in ("http", "https"):
        raise refused("source-scheme.scheme", scheme=url.scheme or "a bare path")
    if _host(url) not in network.hosts:
        raise refused("source-host", host=_host(url) or "(none)")
    return _host(url)


async def _attempt(network: Network, address: Address, known: Known | None) -> Download:
    """One try, within its time: faults of the network become reasons a person can read."""
    try:
        async with asyncio.timeout(network.limits.seconds) as clock:
            return await _follow(network, address, known, clock)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise refused("source-timeout", True) from error
    except httpx.RemoteProtocolError as error:
        raise refused("source-cut-off", True) from error
    except httpx.TransportError as error:
        raise refused(_UNREACHABLE, True, reason=type(error).__name__) from error
    except (httpx.InvalidURL, httpx.HTTPError) as error:
        raise refused("source-redirect", reason=error) from error


async def _follow(network: Network, address: Address, known: Known | None, clock: asyncio.Timeout) -> Download:
    """Ask, and follow where the server sends us as long as it stays on declared hosts."""
    url, path = httpx.URL(address.url), [httpx.URL(address.url)]
    async with _client(network.limits) as client:
        for _ in range(network.limits.redirects + 1):
            with _turn(network, _host(url), clock):
                async with client.stream("GET", url, headers=conditions(address, known)) as response:
                    if response.next_request is None:
                        return replace(await taken(response, address, known, network.limits), moved=_moves(path))
                    url = _next(response.next_request.url, url, network)
                    path.append(url)
                    client.cookies.clear()  # what one answer gave is for nobody else
    raise refused("source-redirect-loop", most=network.limits.redirects)


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
    """Compression is asked for by name, as each is undone here, in bounds (see `answer`)."""
    headers = {"User-Agent": f"treatynlp/{version('treatynlp')}", "Accept-Encoding": "gzip"}
    timeout = httpx.Timeout(limits.seconds, connect=limits.connect)
    hooks = {"response": [_as_browsers_read]}
    async with httpx.AsyncClient(headers=headers, timeout=timeout, follow_redirects=False, event_hooks=hooks) as client:
        yield client


async def _as_browsers_read(response: httpx.Response) -> None:
    """A redirect's address as the URL standard of browsers reads it: a backslash in host and path is a slash, and
    blanks around it and line ends in it are nothing. Else `\\\\host` would be a path here and a host elsewhere."""
    if "Location" in response.headers:
        target = re.sub(r"[\t\r\n]", "", header(response, "Location").strip())
        place, query = re.match(r"([^?#]*)(.*)", target, re.S).groups()  # type: ignore[union-attr]
        response.headers["Location"] = place.replace("\\", "/") + query


def _next(target: httpx.URL, source: httpx.URL, network: Network) -> httpx.URL:
    if target.scheme in ("http", "https") and source.scheme == "https" and target.scheme == "http":
        raise refused("source-redirect-insecure")
    if target.scheme in ("http", "https") and _host(target) not in network.hosts:
        raise refused("source-redirect-host", host=_host(target))
    _allowed(target, network)
    return target.copy_with(username=None, password=None)  # a name and a password travel nowhere


def _moves(path: Iterable[httpx.URL]) -> tuple[str, ...]:
    return tuple(
        f"{left} now answers from another host: {right}; declare that address in the registry."
        for left, right in pairwise(path)
        if _host(left) != _host(right)
    )
