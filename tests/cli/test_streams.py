"""Streams that are closed or full change neither the release nor what the exit status says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.workspace_fixture import FIRST

POSIX = pytest.mark.skipif(not Path("/dev/full").exists(), reason="streams that are full are a device of Linux")


def run(root: Path, *words: str, shell: str = "") -> "subprocess.CompletedProcess[bytes]":
    """A command in a process of its own, with what a shell says of its streams."""
    command = [sys.executable, "-m", "treatynlp", *words]
    environment = {**os.environ, "TREATYNLP_WORKSPACE": str(root / "ws")}
    return subprocess.run(
        ["bash", "-c", f'"$@" {shell}', "bash", *command], env=environment, capture_output=True, check=False, cwd=root
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MAKE = ("run", "--specimens", "--only", FIRST, "--out", "release")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace and a release, made while nobody could be told anything."""
    root = tmp_path_factory.mktemp("streams")
    done = run(root, *MAKE, shell=">/dev/full 2>/dev/full")
    assert done.returncode == 1  # the answer is lost, and the status says so
    return root


@POSIX
def test_a_run_that_can_tell_nobody_makes_the_release_that_any_run_makes(made: Path, tmp_path: Path) -> None:
    before = files(made / "release")
    heard = run(tmp_path, *MAKE)
    assert heard.returncode == 0
    assert files(tmp_path / "release") == before


@POSIX
@pytest.mark.parametrize(
    ("shell", "status", "told"),
    [
        ("", 0, b""),
        (">&-", 0, b""),
        ("2>&-", 0, b""),
        ("<&- >&- 2>&-", 0, b""),
        ("2>/dev/full", 0, b""),
        ("| true; exit ${PIPESTATUS[0]}", 0, b""),
        (">/dev/full", 1, b"error [answer-not-written] run: The answer could not be written (No space left on device)"),
    ],
)
def test_the_status_is_that_of_the_data_and_of_the_answer(made: Path, shell: str, status: int, told: bytes) -> None:
    before = files(made / "release")
    done = run(made, *MAKE, shell=shell)
    assert (done.returncode, files(made / "release")) == (status, before), done.stderr
    assert told in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@POSIX
def test_a_script_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "completion", "bash", shell=">/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith(b"error [answer-not-written] completion: ")


@POSIX
@pytest.mark.parametrize("shell", ["2>&-", "2>/dev/full", ">&- 2>&-"])
def test_a_fault_is_a_fault_though_nobody_is_told(made: Path, shell: str) -> None:
    assert run(made, "split", "nowhere.pdf", shell=shell).returncode == 1
    assert run(made, "split", "--nothing", shell=shell).returncode == 2
