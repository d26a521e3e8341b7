"""The process that opens documents, as the run sees it: started, asked, ended when it takes too much.

Each thread that asks has one of its own, started when first needed and used again for the next document; one that
broke or was ended is replaced. No object crosses over, only frames (see `protocol`).
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.sandbox.bounds import LIMITS, Bounds
from treatynlp.pipeline.sandbox.protocol import ANSWER, ASKED, ISSUES, Answer, Asked, TooMuch, receive, send

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "SYSTEMROOT")
"""What the process is told of the environment: where programs are, and how letters are coded. No keys, no tokens."""
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); "
    "from treatynlp.pipeline.sandbox.child import main; main()"
)
_STARTING = 120.0
"""Seconds a fresh process has until it can be asked: half a second is usual on a machine at rest."""
_SLOW = {-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)}


class ReaderFailed(RuntimeError):
    """The process met a fault of ours; what it was is the message."""


class _Broken(Exception):
    """The process is of no use any more: `code` and `said` tell why, `again` whether a fresh one may do better."""

    def __init__(self, code: str, said: str, again: bool = False) -> None:
        self.code, self.said, self.again = code, said, again
        super().__init__(said)


@dataclass(eq=False)
class Process:
    """One process under way. `owner` is the process id it was started from: a fork of that one must not use it."""

    running: "subprocess.Popen[bytes]"
    bounds: Bounds
    folder: Path
    owner: int
    asked: int = 0
    ready: bool = False
    late: bool = False

    @property
    def usable(self) -> bool:
        return self.owner == os.getpid() and self.running.poll() is None

    @property
    def into(self) -> BinaryIO:
        assert self.running.stdin is not None
        return self.running.stdin  # type: ignore[return-value]

    @property
    def out_of(self) -> BinaryIO:
        assert self.running.stdout is not None
        return self.running.stdout  # type: ignore[return-value]


_MINE = threading.local()


def asked(request: Asked, parts: tuple[bytes, ...], bounds: Bounds) -> list[bytes]:
    """The parts of the answer.

    DataError with one row when the document is refused or takes more than its bounds; ReaderFailed for a fault of
    ours. A process that worked on other documents before and breaks is not believed: a fresh one tries once more.
    """
    if sum(map(len, parts)) > bounds.size + bounds.answer:
        raise DataError(_row(request, "document-too-large", f"it has more than {bounds.size:,} bytes"))
    try:
        return _once(request, parts, bounds)
    except _Broken as broken:
        if not broken.again:
            raise DataError(_row(request, broken.code, broken.said)) from None
    try:
        return _once(request, parts, bounds)
    except _Broken as broken:
        raise DataError(_row(request, broken.code, broken.said)) from None


def _once(request: Asked, parts: tuple[bytes, ...], bounds: Bounds) -> list[bytes]:
    process = ready(bounds)
    used, process.asked = process.asked, process.asked + 1
    try:
        return _conversation(process, request, parts)
    except _Broken as broken:
        end(process)
        broken.again = broken.again and used > 0
        raise
    except BaseException as error:
        if not isinstance(error, (DataError, ReaderFailed)):  # interrupted in the middle: its answer would come late
            end(process)
        raise


def _conversation(process: Process, request: Asked, parts: tuple[bytes, ...]) -> list[bytes]:
    """The clock for the document runs from when it is handed over; a fresh process has time of its own to start."""
    try:
        if not process.ready:
            with _watched(process, _STARTING):
                process.ready = _heard(process)[0].came == "ready"
        with _watched(process, process.bounds.allowed()):
            send(process.into, ASKED.dump_json(request), *parts)
            answer, found = _heard(process)
        if answer.came == "scanning":  # told once: whoever tells it again does not get more time
            with _watched(process, process.bounds.allowed(answer.pages)):
                answer, found = _heard(process)
    except (EOFError, OSError):
        raise _why(process) from None
    except TooMuch:
        most = process.bounds.answer
        raise _Broken("document-too-large", f"what was read of it has more than {most:,} bytes") from None
    return _judged(process, answer, found)


def _heard(process: Process) -> tuple[Answer, list[bytes]]:
    try:
        head, *found = receive(process.out_of, process.bounds.answer)
        return ANSWER.validate_json(head), found
    except TooMuch:
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
    said = f"reading it takes more than {bounds.memory / 1024**3:.1f} GB of memory"
    return _Broken("document-too-large", said, again=True)


@contextmanager
def _watched(process: Process, seconds: float) -> Iterator[None]:
    """A clock that ends the process: waiting for its answer then ends, too."""

    def ring() -> None:
        process.late = True
        _kill(process.running)

    watch = threading.Timer(seconds, ring)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _why(process: Process) -> _Broken:
    """Why the process answers no more."""
    _kill(process.running)
    status = process.running.wait()
    if process.late or status in _SLOW:
        return _Broken("document-too-slow", f"reading it takes more than {process.bounds.allowed():g} seconds")
    if _last_line(process.folder).startswith("MemoryError"):
        return _too_much_memory(process.bounds)
    if status > 0 and not process.ready:
        raise ReaderFailed(f"the process that opens documents does not start: {_last_line(process.folder)}")
    return _Broken("document-crashed-reader", f"its reader broke down on it ({_how(status, process)})", again=True)


def _how(status: int, process: Process) -> str:
    """How a process ended, in words. PDFium ends itself when it is refused memory."""
    name = signal.Signals(-status).name if status < 0 else f"status {status}"
    memory = f"{process.bounds.memory / 1024**3:.1f} GB of memory"
    return f"{name}, perhaps for want of more than {memory}" if name == "SIGABRT" else name


def _last_line(folder: Path) -> str:
    lines = (folder / "stderr").read_text("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else "it says nothing"


_GIVEN_UP = {
    "document-too-slow": "document-too-slow",
    "document-too-large": "document-too-large.given-up",
    "document-crashed-reader": "document-crashed-reader",
}


def _row(request: Asked, code: str, said: str) -> Issue:
    return issue(_GIVEN_UP[code], request.name, said=said)


# ---- its life ---------------------------------------------------------------------------------------------------


def ready(bounds: Bounds) -> Process:
    """This thread's process, under these bounds. A fresh one loads what it needs while the caller does other things."""
    process: Process | None = getattr(_MINE, "process", None)
    if process is None or not process.usable or process.bounds != bounds:
        if process is not None:
            end(process)
        process = _MINE.process = start(bounds)
    return process


def start(bounds: Bounds) -> Process:
    """A fresh process; it loads what it needs while the run goes on."""
    folder = Path(tempfile.mkdtemp(prefix="treatynlp-"))
    paths = json.dumps([path for path in sys.path if path])
    command = [sys.executable, "-I", "-c", _START, str(os.getpid()), LIMITS.dump_json(bounds).decode(), paths]
    group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
    with (folder / "stderr").open("wb") as errors:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder,
            env=_environment(os.environ, folder), **group,
        )  # fmt: skip
    process = Process(running, bounds, folder, os.getpid())
    weakref.finalize(process, _clear, running, folder, process.owner)
    return process


def _environment(whole: Mapping[str, str], folder: Path) -> dict[str, str]:
    kept = {name: whole[name] for name in _KEPT if name in whole}
    return {**kept, **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), str(folder))}


def end(process: Process) -> None:
    """End it, whatever it is doing, and what it started, and remove what it left."""
    _clear(process.running, process.folder, process.owner)


def _clear(running: "subprocess.Popen[bytes]", folder: Path, owner: int) -> None:
    if owner != os.getpid():  # in a fork: it is the other's
        return
    _kill(running)
    for pipe in (running.stdin, running.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
    running.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _kill(running: "subprocess.Popen[bytes]") -> None:
    """The process with all it has started (tesseract), where systems know groups."""
    if running.returncode is not None:
        return
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
