"""The process that opens documents, as the run holds it: started, kept for the next document, ended.

Each thread that asks has one of its own, started when first needed and used again for the next document; one that
broke or was ended is replaced. What is said to it stands in `conversation`, beside this.
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
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from treatynlp.pipeline.sandbox.bounds import LIMITS, Bounds

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "SYSTEMROOT")
"""What the process is told of the environment: where programs are, and how letters are coded. No keys, no tokens."""
# Isolated (-I, below), so that neither the environment nor the folder it starts in decides what is imported; where this
# process finds its modules the other one is told.
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); "
    "from treatynlp.pipeline.sandbox.child import main; main()"
)


@dataclass(eq=False)
class Process:
    """One process under way. `owner` is the process id it was started from: a fork of that one must not use it.

    `holds` are the hashes of the values it has made or was given of the document at hand, `lasting` those that stay
    when the next one comes.
    """

    running: "subprocess.Popen[bytes]"
    bounds: Bounds
    folder: Path
    owner: int
    asked: int = 0
    ready: bool = False
    late: bool = False
    holds: set[str] = field(default_factory=set)
    lasting: set[str] = field(default_factory=set)

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


def ready(bounds: Bounds) -> Process:
    """This thread's process, under these bounds. A fresh one loads what it needs while the caller does other things."""
    process: Process | None = getattr(_MINE, "process", None)
    if process is None or not process.usable or process.bounds != bounds:
        if process is not None:
            terminate(process)
        process = _MINE.process = start(bounds)
    return process


def start(bounds: Bounds) -> Process:
    """A fresh process; it loads what it needs while the run goes on."""
    folder = Path(tempfile.mkdtemp(prefix="treatynlp-"))
    paths = json.dumps([path for path in sys.path if path])
    command = [sys.executable, "-I", "-c", _START, str(os.getpid()), LIMITS.dump_json(bounds).decode(), paths]
    group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
    # A file, not a pipe: nobody reads it while the process works, and a full pipe would bring that to a stand.
    with (folder / "stderr").open("wb") as errors:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder,
            env=_environment(os.environ, folder), **group,
        )  # fmt: skip
    process = Process(running, bounds, folder, os.getpid())
    # With the thread that has it, at the latest with the program: a process holds 270 MB.
    weakref.finalize(process, _clear, running, folder, process.owner)
    return process


def _environment(whole: Mapping[str, str], folder: Path) -> dict[str, str]:
    kept = {name: whole[name] for name in _KEPT if name in whole}
    return {**kept, **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), str(folder))}


def terminate(process: Process) -> None:
    """End it, whatever it is doing, and what it started, and remove what it left."""
    _clear(process.running, process.folder, process.owner)


def _clear(running: "subprocess.Popen[bytes]", folder: Path, owner: int) -> None:
    if owner != os.getpid():  # in a fork: it is the other's
        return
    kill(running)
    for pipe in (running.stdin, running.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
    running.wait()
    shutil.rmtree(folder, ignore_errors=True)


def kill(running: "subprocess.Popen[bytes]") -> None:
    """The process with all it has started (tesseract), where systems know groups."""
    if running.returncode is not None:
        return
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()


# Here, since no other module starts programs: the one that does is the one whose environment is looked at (a test
# holds it).
def program_version(name: str) -> str:
    """A program with what it says of its version; the name alone where it is not installed."""
    path = shutil.which(name)
    said = subprocess.run([path, "--version"], capture_output=True, check=False) if path else None
    return f"{name} {(said.stdout or said.stderr).splitlines()[:1]!r}" if said else name
