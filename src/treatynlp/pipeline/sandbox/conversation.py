"""What a run says to the process that opens documents: one document asked about, on the clock; why no answer came.

No object crosses over, only frames (see `protocol`).
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.pipeline.sandbox.process import Process, kill, ready, terminate
from treatynlp.pipeline.sandbox.protocol import (
    ANSWER,
    ISSUES,
    MAKING,
    REQUEST,
    Answer,
    Given,
    Request,
    TooMuch,
    receive,
    send,
)
from treatynlp.pipeline.sandbox.serialisation import Parcel

_STARTING = 120.0
"""Seconds a fresh process has until it can be asked: half a second is usual on a machine at rest."""
_ATTEMPTS = 3
"""Processes that a document may break before it is given up."""
_HELD = 20
"""Values that a process holds before it lets go of them: where little is made again, document follows document."""
_SLOW = {-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)}


class ReaderFailed(RuntimeError):
    """The process met a fault of ours; what it was is the message."""


class _Broken(Exception):
    """The process is of no use any more: `code` and `said` tell why, `again` whether a fresh one may do better."""

    def __init__(self, code: str, said: str, again: bool = False) -> None:
        self.code, self.said, self.again = code, said, again
        super().__init__(said)


def ask(request: Request, data: tuple[bytes, ...], given: tuple[Parcel, ...], bounds: Bounds) -> list[bytes]:
    """The parts of the answer about a document: about its bytes, where they go along, and values made of it before.

    DataError with one row when the document is refused or takes more than its bounds; ReaderFailed for a fault of
    ours. A process that breaks may have been ended by others (the system, for want of memory; a person), or by what an
    earlier document broke in it: a fresh one tries again, twice, and only a document that breaks each of them is given
    up.
    """
    if sum(map(len, data)) > bounds.size + bounds.answer:
        raise DataError(_row(request, "document-too-large", f"it has more than {bounds.size:,} bytes"))
    for attempt in range(_ATTEMPTS):
        try:
            return _once(request, data, given, bounds)
        except _Broken as broken:
            if not broken.again or attempt == _ATTEMPTS - 1:
                raise DataError(_row(request, broken.code, broken.said)) from None
    raise AssertionError("the last attempt returns or raises")


def _once(request: Request, data: tuple[bytes, ...], given: tuple[Parcel, ...], bounds: Bounds) -> list[bytes]:
    process = ready(bounds)
    process.asked += 1
    try:
        found = _conversation(process, *_packed(process, request, data, given))
        made = found[:1] if request.verb in MAKING else []
        process.holds |= {sha256(part).hexdigest() for part in made} | {one.digest for one in given}
        process.lasting |= {one.digest for one in given if one.lasting}
        return found
    except BaseException as error:
        if not isinstance(error, (DataError, ReaderFailed)):  # broken, or interrupted: its answer would come late
            terminate(process)
        raise


def _packed(
    process: Process, request: Request, data: tuple[bytes, ...], given: tuple[Parcel, ...]
) -> tuple[Request, tuple[bytes, ...]]:
    """The request, and the parts that go with it: of what the process holds the name is enough."""
    # A document begins by being read. Where its reading is recalled from an earlier run there is no such sign, so the
    # shelf is cleared when it is full, too.
    anew = request.verb == "read" or len(process.holds) > _HELD
    if anew:
        process.holds = set(process.lasting)
    parts = (*data, *(b"" if one.digest in process.holds else one.load() for one in given))
    return replace(request, anew=anew, given=tuple(Given(one.digest, one.lasting) for one in given)), parts


def _conversation(process: Process, request: Request, parts: tuple[bytes, ...]) -> list[bytes]:
    """The clock for the document runs from when it is handed over; a fresh process has time of its own to start."""
    try:
        if not process.ready:
            with _watched(process, _STARTING):
                process.ready = _heard(process)[0].came == "ready"
        with _watched(process, process.bounds.allowed()):
            send(process.into, REQUEST.dump_json(request), *parts)
            answer, found = _heard(process)
        if answer.came == "scanning":  # told once: whoever tells it again does not get more time
            with _watched(process, process.bounds.allowed(answer.pages)):
                answer, found = _heard(process)
    except (EOFError, OSError):
        raise _why(process) from None
    except TooMuch:  # not tried again: a fresh process would say as much
        most = process.bounds.answer
        raise _Broken("document-too-large", f"what was read of it has more than {most:,} bytes") from None
    return _judged(process, answer, found)


def _heard(process: Process) -> tuple[Answer, list[bytes]]:
    try:
        head, *found = receive(process.out_of, process.bounds.answer)
        return ANSWER.validate_json(head), found
    except TooMuch:  # a ValueError, too, but of an answer that is well formed and long
        raise
    except ValueError:
        raise _no_answer() from None


def _no_answer() -> _Broken:
    return _Broken("document-crashed-reader", "its reader answered what is no answer", again=True)


def _judged(process: Process, answer: Answer, found: list[bytes]) -> list[bytes]:
    if answer.came == "memory":
        raise _too_much_memory(process.bounds)
    if answer.came == "failed":
        raise ReaderFailed(answer.text)
    if answer.came == "refused":
        raise DataError(*_issues(found))
    if answer.came != "done":
        raise _no_answer()
    return found


def _issues(found: list[bytes]) -> tuple[Issue, ...]:
    try:
        return ISSUES.validate_json(b"".join(found))
    except ValidationError:
        raise _no_answer() from None


def _too_much_memory(bounds: Bounds) -> _Broken:
    said = f"reading it takes more than {bounds.memory / GIGABYTE:.1f} GB of memory"
    return _Broken("document-too-large", said, again=True)


@contextmanager
def _watched(process: Process, seconds: float) -> Iterator[None]:
    """A clock that ends the process: waiting for its answer then ends, too."""

    def ring() -> None:
        process.late = True
        kill(process.running)

    watch = threading.Timer(seconds, ring)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _why(process: Process) -> _Broken:
    """Why the process answers no more."""
    kill(process.running)
    status = process.running.wait()
    # Whether it was late is asked first: a process that the clock here has ended looks like one that was killed.
    if process.late or status in _SLOW:
        return _Broken("document-too-slow", f"reading it takes more than {process.bounds.allowed():g} seconds")
    if any(line.startswith(_NO_MEMORY) for line in _lines(process.folder)):
        return _too_much_memory(process.bounds)
    # Of no use to try again: a library that is missing is missing for the next process, too.
    if status > 0 and not process.ready:
        raise ReaderFailed(f"the process that opens documents does not start: {_last_line(process.folder)}")
    return _Broken("document-crashed-reader", f"its reader broke down on it ({_how(status, process)})", again=True)


def _how(status: int, process: Process) -> str:
    """How a process ended, in words. PDFium ends itself when it is refused memory."""
    name = signal.Signals(-status).name if status < 0 else f"status {status}"
    memory = f"{process.bounds.memory / GIGABYTE:.1f} GB of memory"
    return f"{name}, perhaps for want of more than {memory}" if name == "SIGABRT" else name


REASON = 300
"""Letters of what the other process says that stand in a message: one short line, for issues.csv and terminals."""
GIGABYTE = 1024**3
_NO_MEMORY = ("MemoryError", "memory allocation of ", "PyObject pointer is null")
"""How a process says that it was refused memory: Python itself, and Rust in pydantic, which ends the process then."""


def _last_line(folder: Path) -> str:
    return next(iter(reversed(_lines(folder))), "it says nothing")[:REASON]


def _lines(folder: Path) -> list[str]:
    return (folder / "stderr").read_text("utf-8", "replace").strip().splitlines()


_GIVEN_UP = {
    "document-too-slow": "document-too-slow",
    "document-too-large": "document-too-large.given-up",
    "document-crashed-reader": "document-crashed-reader",
}


def _row(request: Request, code: str, said: str) -> Issue:
    return issue(_GIVEN_UP[code], request.name, said=said)
