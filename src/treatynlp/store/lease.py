"""Who may write in a workspace that has no lock of the system's: a lease, renewed while a run works, that runs out.

A lease is a small file `lease/<number>.json`; the one with the highest number counts. It is live while it was renewed
less than `LASTS` seconds ago and has not been given back. Who finds no live one creates the next number, which only
one can do where the store creates exclusively (S3, Google, Azure): two runs never both hold it, and a run that was
taken for dead notices before it replaces a record or the release (`Workspace` knows its lease). Elsewhere (sftp, smb)
the file is read again after a moment: two runs that begin within that moment may both start, later ones may not.
What is kept by its hash is safe in any case; only the newest records could then be of either run.

Machines' clocks are compared, so they must agree within a minute.
"""

import os
import platform
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from treatynlp.errors import DataError, Issue, issue

LASTS = 120.0
"""Seconds after which a lease that was not renewed counts no more."""
MOMENT = 2.0
"""Seconds after which a file is read again where the store does not create exclusively."""


class Store(Protocol):
    """What a lease needs of the place it is kept in."""

    @property
    def url(self) -> str: ...
    @property
    def exclusive(self) -> bool: ...
    def read(self, name: str) -> bytes | None: ...
    def write(self, name: str, data: bytes) -> None: ...
    def create(self, name: str, data: bytes) -> bool: ...
    def remove(self, name: str) -> None: ...
    def sizes(self, under: str) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a workspace (machine and process), in which run, and when that was last renewed, in seconds since 1970.

    It counts for `lasts` seconds after that; `over` when the run has given it back.
    """

    holder: str
    run: str
    renewed: float
    lasts: float
    over: bool = False

    def live(self, now: float) -> bool:
        return not self.over and now < self.renewed + self.lasts


BY_LOT = 8
"""Bytes by which a lease is known for one's own."""
RENEWALS, LOOKS = 4, 20
"""How often a lease is renewed while it lasts, so that three may fail; and how often it is looked at by who waits."""
_LEASE = TypeAdapter(Lease)
_NAME = re.compile(r"lease/[0-9]{8}\.json")


@contextmanager
def leased(place: Store, patience: float) -> Iterator[str]:
    """Hold the place until the end of the block, and say under which lease. DataError when another run holds it and
    goes on holding it for `patience` seconds."""
    mine = Lease(f"{platform.node()}:{os.getpid()}", secrets.token_hex(BY_LOT), time.time(), LASTS)
    name = _taken(place, mine, patience)
    over = Event()
    # A daemon: a run that ends by an exception anywhere must not be kept alive by its own lease.
    renewing = Thread(target=_renew, args=(place, name, mine, over), daemon=True)
    renewing.start()
    try:
        yield name
    finally:
        over.set()
        renewing.join()
        with suppress(DataError):  # it runs out by itself
            if standing(place) == name:
                _put(place, name, replace(mine, over=True))


def standing(place: Store) -> str:
    """The name of the lease that counts; "" where there never was one."""
    return max((name for name in place.sizes("lease") if _NAME.fullmatch(name)), default="")


def _taken(place: Store, mine: Lease, patience: float) -> str:
    until = time.monotonic() + patience
    while True:
        newest = standing(place)
        holder = _read(place, newest)
        if holder is None or not holder.live(time.time()):
            if name := _created(place, newest, replace(mine, renewed=time.time())):
                return name
        elif time.monotonic() >= until:
            raise DataError(_busy(place, holder))
        # Often enough to take over soon after a lease has run out, seldom enough not to burden a store that counts
        # requests.
        time.sleep(min(1.0, mine.lasts / LOOKS))


def _created(place: Store, newest: str, mine: Lease) -> str:
    """The lease after the newest, if it could be had; those before it are cleared away."""
    number = int(newest.rpartition("/")[2].partition(".")[0] or 0) + 1
    name = f"lease/{number:08}.json"
    if not place.create(name, _LEASE.dump_json(mine)):
        return ""
    if not place.exclusive:
        time.sleep(MOMENT)
        if _read(place, name) != mine:
            return ""
    for earlier in place.sizes("lease"):
        if earlier < name:
            place.remove(earlier)
    return name


def _read(place: Store, name: str) -> Lease | None:
    """The lease of that name; None when there is none, or still none that can be read after a moment."""
    for wait in (MOMENT, 0):
        data = place.read(name) if name else None
        if data is None:
            return None
        with suppress(ValidationError):
            return _LEASE.validate_json(data)
        time.sleep(wait)  # where files are not written whole, one may be just being written
    return None


def _renew(place: Store, name: str, mine: Lease, over: Event) -> None:
    while not over.wait(mine.lasts / RENEWALS):
        with suppress(DataError):  # a store that does not answer now may answer the next time
            if standing(place) != name:
                return
            _put(place, name, mine)


def _put(place: Store, name: str, mine: Lease) -> None:
    place.write(name, _LEASE.dump_json(replace(mine, renewed=time.time())))


def _busy(place: Store, holder: Lease) -> Issue:
    left = max(1, round(holder.renewed + holder.lasts - time.time()))
    return issue("workspace-busy.store", place.url, holder=holder.holder, left=left)
