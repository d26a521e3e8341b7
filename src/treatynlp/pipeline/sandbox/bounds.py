"""How much of the machine one document may take, and how a process is held to it.

A treaty's PDF comes from elsewhere. A damaged one, or one made to do harm, may loop for ever, unpack to gigabytes or
crash the library that opens it; so documents are opened in a process of their own (`child`, beside this), which the
system ends when it takes more than is stated here.
"""

import ctypes
import importlib
import math
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one step of work on one document may take. Seconds are those of the clock and, apart from them, of the
    processor; sizes are bytes. What leaves the process (`answer`, and the `provisions` of a treaty) is bounded, too, as
    treaties are compared outside of it.

    The defaults leave real texts plenty of room: of a booklet of 500 pages reading takes some seconds and 124 MB, and
    coding ten times that of the General Data Protection Regulation half a minute. A scan is given `seconds_a_scan`
    more for each page that tesseract reads (three seconds are usual), up to `longest` in all.
    """

    seconds: float = 300.0
    seconds_a_scan: float = 20.0
    longest: float = 3600.0
    memory: int = 2 * 1024**3
    file: int = 256 * 1024**2
    size: int = 100_000_000
    answer: int = 64 * 1024**2
    provisions: int = 20_000

    def allowed(self, scanned: int = 0) -> float:
        """The seconds for a document of which so many pages are read by OCR.

        >>> Bounds().allowed(), Bounds().allowed(scanned=30), Bounds().allowed(scanned=3000)
        (300.0, 900.0, 3600.0)
        """
        return min(self.seconds + scanned * self.seconds_a_scan, max(self.longest, self.seconds))


ADDRESSES = 4
"""Addresses that a process may set aside, as a multiple of the memory it may use: each thread sets some aside and never
uses them."""
GRACE = 5
"""Seconds after which the system's clock rings where the caller's, which rings first and can say why, has not."""
BOUNDS = Bounds()
LIMITS = TypeAdapter(Bounds)


def stated(limits: Iterable[str]) -> Bounds:
    """The usual bounds but for those that are stated. ValueError names what is none.

    >>> stated(["seconds=900", "memory=4e9"]).seconds, stated(["memory=4e9"]).memory
    (900.0, 4000000000)
    """
    kinds: dict[str, type[float]] = {one.name: type(getattr(BOUNDS, one.name)) for one in fields(Bounds)}
    found: dict[str, Any] = {}
    for limit in limits:
        name, _, number = limit.partition("=")
        try:
            found[name] = kinds[name](float(number))
        except (KeyError, ValueError, OverflowError):
            found[name] = 0
        if not 0 < found[name] < math.inf:
            raise ValueError(f"'{limit}' is no limit; write NAME=NUMBER, NAME one of {', '.join(kinds)}")
    return replace(BOUNDS, **found)


def apply_limits(bounds: Bounds) -> None:
    """Hold this process, and those it starts, to the bounds on memory and files, and leave no memory image behind.

    Where the system knows no such limits (Windows), time alone is bounded, by the process that waits for the answer.
    """
    resource = _resource()
    if resource is None:
        return
    _lower(resource, "RLIMIT_CORE", 0)
    _lower(resource, "RLIMIT_FSIZE", bounds.file)
    _lower(resource, "RLIMIT_DATA", bounds.memory)
    _lower(resource, "RLIMIT_AS", ADDRESSES * bounds.memory)


def grant(seconds: float) -> None:
    """So many more seconds, from now on, of the processor and of the clock; the system itself ends the process then,
    whatever it is doing and whether or not anybody still waits for it."""
    resource = _resource()
    if resource is not None:
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = math.ceil(time.process_time() + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds) + GRACE)


def rest() -> None:
    """Nothing is under way: the clock stands."""
    if hasattr(signal, "alarm"):
        signal.alarm(0)


def die_with_parent() -> None:
    """Ask the system to end this process when the one that started it ends (Linux; elsewhere the clock does it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _lower(resource: Any, name: str, value: int) -> None:
    """Lower a limit, where the system has it and it is not lower already."""
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):  # macOS knows some of the names and refuses the limit
        return


def _resource() -> Any:
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None
