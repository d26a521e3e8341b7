"""What is asked for, within which bounds, and what may come of asking.

The nouns of `fetch` and `transfer`: an address and the last good copy, limits and hosts, an arrival or a refusal.
"""

from dataclasses import dataclass, field
from threading import Semaphore
from typing import Any

from treatynlp.errors import sentence
from treatynlp.field_types import Media


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


def refused(code: str, again: bool | float = False, /, **facts: Any) -> Refused:
    """A refusal in the words that issues.yml has for its code (and case, after a dot)."""
    return Refused(code.partition(".")[0], sentence(code, **facts), again)


@dataclass(frozen=True, slots=True)
class Download:
    """A copy with its bytes (none when the server says it is unchanged) and the moves on the way to it."""

    copy: Known
    data: bytes = b""
    moved: tuple[str, ...] = ()
