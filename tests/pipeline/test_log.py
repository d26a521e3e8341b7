"""The records of a run: who listens learns which instrument came how far, in which stage, and nothing of its words."""

import io
import json
import logging
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from support.webserver import serving
from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, declared
from treatynlp import log
from treatynlp.cli import cli
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline.runs import prepare_instrument
from treatynlp.specimens import load_specimens

STAGES = ["read", "split", "audit", "code", "link"]


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """The second reading takes longer than all the rest, and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare_instrument, "audit", lambda data, name, document, bounds: ())
        yield


def records(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def of(rows: list[dict[str, Any]], instrument: str) -> list[tuple[str, str]]:
    """The steps of an instrument in order: stage and what came of it."""
    steps = (row for row in rows if row.get("instrument") == instrument and row["event"] != "issue")
    return [(row["stage"], row["event"]) for row in steps]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    """The records of three runs: the first, one after which nothing had changed, one whose second source is gone."""
    desk, told = WorkspaceFixture(tmp_path_factory.mktemp("desk")), []
    for number in range(3):
        if number == 2:
            (desk.mirror / f"{SECOND}.pdf").unlink()
        with log.write_records(io.StringIO()) as lines:
            desk.run()
        told.append(records(lines.getvalue()))
    return told


def test_every_step_of_every_instrument_is_a_record(runs: list[list[dict[str, Any]]]) -> None:
    first, again, failing = runs
    for ident in (FIRST, SECOND):
        assert of(first, ident) == [("fetch", "done"), *((stage, "done") for stage in STAGES)]
        assert of(again, ident) == [("fetch", "recalled"), *((stage, "recalled") for stage in STAGES)]
    assert of(failing, FIRST) == of(again, FIRST)
    assert of(failing, SECOND)[0] == ("fetch", "failed")  # and the last good copy goes on being used
    lost = next(row for row in failing if (row["event"], row.get("instrument")) == ("failed", SECOND))
    assert (lost["code"], lost["level"]) == ("source-not-in-mirror", "error")


def test_a_run_after_which_nothing_had_changed_recalls_and_does_nothing(runs: list[list[dict[str, Any]]]) -> None:
    counts = [Counter(row["event"] for row in rows if row["event"] != "issue") for rows in runs]
    ends = {"run-started": 1, "run-ended": 1}
    assert counts[0] == {**ends, "done": 2 * 6 + 1}
    assert counts[1] == {**ends, "recalled": 2 * 6 + 1}
    assert counts[2] == {**ends, "recalled": 2 * 5 + 1, "failed": 1, "done": 1}  # the release says that it is gone


def test_every_record_says_when_how_grave_and_of_which_run(runs: list[list[dict[str, Any]]]) -> None:
    for rows in runs:
        assert {frozenset(row) >= {"time", "level", "event", "run"} for row in rows} == {True}
        assert len({row["run"] for row in rows}) == 1
        assert all(row["seconds"] >= 0 for row in rows if row["event"] in ("done", "recalled", "failed"))
        assert (rows[0]["event"], rows[-1]["event"]) == ("run-started", "run-ended")
    assert len({rows[0]["run"] for rows in runs}) == 3
    assert [rows[-1]["status"] for rows in runs] == ["complete", "complete", "degraded"]


def test_a_row_is_a_record_of_its_code_and_place(runs: list[list[dict[str, Any]]]) -> None:
    rows = [row for row in runs[2] if row["event"] == "issue"]
    assert ("source-not-in-mirror", SECOND) in {(row["code"], row["where"]) for row in rows}
    assert all("message" not in row for row in rows)


def test_no_word_of_a_treaty_and_no_path_is_in_the_records(runs: list[list[dict[str, Any]]], tmp_path: Path) -> None:
    whole = json.dumps(runs)
    assert str(tmp_path.parent) not in whole
    specimens = [one for one in load_specimens() if one.instrument.id in (FIRST, SECOND)]
    words = {word for one in specimens for word in one.model_dump_json().split('"') if word.count(" ") > 3}
    assert len(words) > 100
    assert not [sentence for sentence in words if sentence in whole]


def test_retries_are_records_and_secrets_are_not(tmp_path: Path) -> None:
    from treatynlp.reading.fetch import Address, Limits, Network, fetch, hosts

    limits = Limits(seconds=20.0, connect=20.0, attempts=3, pause=0.01, patience=0.1)
    with serving() as site, log.write_records(io.StringIO()) as lines, log.about(instrument="a-1", stage="fetch"):
        address = site.url("busy").replace("//", "//name:secret@") + "?key=secret"
        fetch("a-1", [Address(address)], Network(hosts([address]), limits))
    rows = records(lines.getvalue())
    assert [(row["event"], row["code"], row["instrument"]) for row in rows] == [("retry", "source-busy", "a-1")] * 2
    assert "secret" not in lines.getvalue()


def test_threads_do_not_mix_their_instruments() -> None:
    def work(number: int) -> None:
        with log.about(instrument=f"i{number}"):
            for stage in STAGES:
                with log.about(stage=stage):
                    log.tell("done", number=number)

    with log.write_records(io.StringIO()) as lines, ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    rows = records(lines.getvalue())
    assert len(rows) == 40 * len(STAGES)
    assert all(row["instrument"] == f"i{row['number']}" for row in rows)


def test_a_name_cannot_forge_a_record_or_move_the_cursor() -> None:
    with log.write_records(io.StringIO()) as lines:
        log.tell_issues([Issue("error", "source-empty", 'a\n{"event": "run-ended"}\x1b[2J\u202e', "Look.")])
    assert len(lines.getvalue().splitlines()) == 1
    assert lines.getvalue().rstrip("\n").isprintable()


class Listener(logging.Handler):
    """What a program that logs with Python hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def test_those_who_listen_to_pythons_logs_read_words() -> None:
    listener, logger = Listener(), logging.getLogger("treatynlp")
    before = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    try:
        with log.about(instrument="a-1", stage="read"):
            log.tell("recalled", seconds=0.5, where="100%\nsure")
    finally:
        logger.setLevel(before)
        logger.removeHandler(listener)
    assert listener.heard == [r"event='recalled' instrument='a-1' stage='read' seconds=0.5 where='100%\nsure'"]


def test_nothing_is_printed_where_nobody_listens(tmp_path: Path) -> None:
    code = "from treatynlp import log; log.tell('run-ended', 'error')"
    quiet = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (quiet.stdout, quiet.stderr) == ("", "")


@pytest.mark.parametrize("way", ["option", "environment", "stderr"])
def test_the_command_line_writes_them_where_it_is_told(tmp_path: Path, way: str) -> None:
    file = tmp_path / "run.jsonl"
    words = ["fetch", "--corpus", str(declared(tmp_path)), "--mirror", str(WorkspaceFixture(tmp_path).mirror)]
    words += {"option": ["--log", str(file)], "environment": [], "stderr": ["--log", "-"]}[way]
    env = {"TREATYNLP_WORKSPACE": str(tmp_path / "ws"), "TREATYNLP_LOG": str(file) if way == "environment" else None}
    result = CliRunner(env=env).invoke(cli, words)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    rows = records(result.stderr if way == "stderr" else file.read_text())
    assert of(rows, FIRST) == [("fetch", "done"), ("read", "done"), ("split", "done")]
    if way == "option":
        CliRunner(env=env).invoke(cli, words)
        assert len({row["run"] for row in records(file.read_text())}) == 2  # added to what is there


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught, log.listening(str(tmp_path / "nowhere" / "run.jsonl")):
        pass
    assert [row.code for row in caught.value.issues] == ["not-writable"]
    result = CliRunner().invoke(cli, ["run", "--specimens", "--log", str(tmp_path / "nowhere" / "x")])
    assert (result.exit_code, result.stderr.startswith("error [not-writable]")) == (1, True)
