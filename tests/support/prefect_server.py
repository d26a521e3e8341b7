"""A Prefect server, started as docs/running.md says, and commands run against it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PAGE = ROOT / "docs" / "running.md"
MARK = "<!-- run by: tests/flows/test_running.py -->\n```bash\n"
STARTED = ("server start", "worker start")
"""Commands that go on until they are ended."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server answers, and the environment its commands are run in."""

    url: str
    environment: Mapping[str, str]

    def run(self, line: str, folder: Path, **more: str) -> "subprocess.CompletedProcess[str]":
        """A line of the page, run to its end in a folder."""
        return subprocess.run(
            ["bash", "-c", local(line)], cwd=folder, env={**self.environment, **more}, capture_output=True, text=True,
            timeout=180, check=False,
        )  # fmt: skip


def commands() -> list[str]:
    """The commands of the page that tests/flows/test_running.py runs, in order, without comments and exports."""
    blocks = re.findall(re.escape(MARK) + r"(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if not line.startswith("export ")]


def local(line: str) -> str:
    """The line with the programs of this environment."""
    return line.replace(".venv/bin/", f"{BIN}/")


@contextmanager
def started(line: str, folder: Path, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A command that goes on, ended with all it has started when it is no longer wanted."""
    with (folder / "started.log").open("ab") as log:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {local(line)}"], cwd=folder, env=environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server at a free port of this machine, with a home of its own."""
    port = _free_port()
    environment = {
        **os.environ, "PREFECT_HOME": str(folder / "prefect"), "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1", "PREFECT_WORKER_QUERY_SECONDS": "1", "TREATYNLP_WORKSPACE": str(folder / "workspace"),
        "COLUMNS": "200",
    }  # fmt: skip
    line = next(line for line in commands() if "server start" in line)
    with started(line, folder, environment):
        _answering(environment["PREFECT_API_URL"], folder / "started.log")
        yield Server(environment["PREFECT_API_URL"], environment)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answering(url: str, log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError(f"the Prefect server does not answer:\n{log.read_text('utf-8')[-3000:]}")
