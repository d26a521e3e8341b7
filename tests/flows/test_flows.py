"""The flows on a real Prefect server, which is started once for all tests here (that takes seconds)."""

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.network_attacks import treaty
from support.prefect_server import ROOT, Server
from support.several_sources import instruments
from support.webserver import serving
from support.workspace_fixture import FIRST, NOT_USABLE, SECOND
from treatynlp import pipeline, store
from treatynlp.corpus import load
from treatynlp.pipeline import Supply

sys.path.insert(0, str(ROOT / "flows"))

import quiet  # noqa: F401  (before Prefect is loaded)

# isort: split
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from check import check
from refresh import fetch, refresh
from train import train

HEAVY = {"pandas", "spacy", "sklearn", "pdfplumber", "re"}


@pytest.fixture(scope="module", autouse=True)
def _server(prefect_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with temporary_settings({PREFECT_API_URL: prefect_server.url, PREFECT_HOME: tmp_path_factory.mktemp("home")}):
        yield
        APILogHandler().flush()  # before the server is gone


def run(root: Path, *only: str, **parameters: Any) -> Any:
    given = {"instruments": list(only), "workspace": str(root / "ws"), "out": root / "release"} | parameters
    return refresh(**given, return_state=True)


def artifact(key: str) -> Any:
    """The newest artifact of that name."""
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(sort="CREATED_DESC", limit=50)
    data = next(one.data for one in found if one.key == key)
    return json.loads(data) if data.startswith("[") else data


def test_a_refresh_is_complete_and_the_next_one_does_nothing(tmp_path: Path) -> None:
    first, second = (run(tmp_path, FIRST, SECOND) for _ in range(2))
    assert [first.name, second.name] == ["Completed", "Completed"]
    assert first.message.startswith("2 of 2 instruments in the release; ")
    assert str(tmp_path / "release") in first.message
    assert "nothing was done" in second.message
    assert (tmp_path / "release" / "matrix_presence.csv").exists()
    assert {tuple(row) for row in artifact("matrix")} == {("topic", *sorted((FIRST, SECOND)))}
    assert artifact("changes") == []
    assert artifact("issues").startswith("| level | code | where | message |")


def test_tables_that_the_server_does_not_take_leave_the_run_as_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("ending.create_table_artifact", refused)
    ended = run(tmp_path, FIRST)
    assert ended.name == "Completed"
    assert (tmp_path / "release" / "matrix_presence.csv").exists()


def test_the_records_of_each_step_reach_the_server(tmp_path: Path) -> None:
    ended = run(tmp_path, FIRST)
    APILogHandler().flush()
    logged = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[ended.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        records = client.read_logs(logged, limit=200)
    told = {one.message.partition(" seconds=")[0]: one.task_run_id for one in records if one.name == "treatynlp"}
    stages = [f"event='done' instrument='{FIRST}' stage='{stage}'" for stage in ("read", "split", "code", "link")]
    assert {*stages, "event='done' stage='publish'"} <= set(told)
    assert None not in {told[stage] for stage in stages}  # each beside its task


def test_a_source_that_is_missing_degrades_and_no_source_at_all_fails(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    ids = ("budapest-2001", "arab-2010")
    nothing = run(tmp_path, *ids, mirror=tmp_path / "mirror")
    assert (nothing.type.value, nothing.message[:6]) == ("FAILED", "0 of 2")
    stand_in = treaty(48, load().instrument(ids[0]).title, "Done at Wick, 23 November 2001.")
    (tmp_path / "mirror" / f"{ids[0]}.html").write_bytes(stand_in)
    (tmp_path / "mirror" / f"{ids[1]}.pdf").write_bytes(NOT_USABLE["damaged"])
    some = run(tmp_path, *ids, mirror=tmp_path / "mirror")
    assert (some.type.value, some.name, some.message[:6]) == ("COMPLETED", "Degraded", "1 of 2")


def test_a_fault_nobody_foresaw_at_one_source_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    obtain, asked = pipeline.obtain, list[str]()

    def failing(run: pipeline.Run, instrument: Any) -> pipeline.Supplied:
        asked.append(instrument.id)
        if instrument.id == FIRST:
            raise ZeroDivisionError
        return obtain(run, instrument)

    monkeypatch.setattr(pipeline, "obtain", failing)
    monkeypatch.setattr(fetch, "retry_delay_seconds", 0)
    ended = run(tmp_path, FIRST, SECOND)
    assert (ended.name, ended.message[:6]) == ("Degraded", "1 of 2")
    assert sorted(asked) == [FIRST] * 3 + [SECOND]  # tried again twice


def test_trying_again_waits_longer_each_time_and_never_at_the_same_moment() -> None:
    assert fetch.retries == 2
    assert fetch.retry_delay_seconds == [5, 10]
    assert fetch.retry_jitter_factor


def test_a_host_gets_no_more_requests_at_a_time_than_the_parameter_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as site:
        corpus = instruments(*(site.url(f"slowly.{number}.pdf") for number in range(5)))
        monkeypatch.setattr(pipeline, "chosen", lambda *_: (corpus, Supply()))
        run(tmp_path, per_host=1)
        assert (site.most, len(site.asked)) == (1, 5)


def test_a_run_in_a_workspace_that_another_run_holds_is_refused(tmp_path: Path) -> None:
    with store.open_workspace(tmp_path / "ws"):
        ended = run(tmp_path, FIRST)
    assert (ended.type.value, "Another run" in ended.message) == ("FAILED", True)


def test_a_workspace_that_cannot_be_used_fails_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "ws").write_bytes(b"")
    ended = run(tmp_path, FIRST)
    assert (ended.type.value, ended.message.split(":")[0]) == ("FAILED", "No release was made")


def test_training_needs_every_instrument_with_gold(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    ended = train(tmp_path / "mirror", tmp_path / "model", str(tmp_path / "ws"), return_state=True)
    assert ended.type.value == "FAILED"
    assert ended.message.startswith("No model was made: arab-2010: ")
    assert not (tmp_path / "model").exists()


def test_the_release_check_ends_as_what_it_finds(tmp_path: Path) -> None:
    run(tmp_path, FIRST)
    given = {"release": str(tmp_path / "release"), "workspace": str(tmp_path / "ws")}
    assert check(**given, return_state=True).name == "Completed"
    (tmp_path / "release" / "cells.csv").write_bytes(b"")
    ended = check(**given, return_state=True)
    assert (ended.type.value, ended.message.split(";")[0]) == ("FAILED", "1 fault in the release")
    assert "release\\-file\\-changed" in artifact("check")


def test_flows_hold_no_thought() -> None:
    for path in (ROOT / "flows").glob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            + ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
        }
        assert not names & HEAVY, path.name


def test_deployments_name_flows_and_parameters_that_exist() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert any(one.get("schedules") for one in declared)
    for one in declared:
        file, _, name = one["entrypoint"].partition(":")
        assert (ROOT / file).exists()
        module = __import__(Path(file).stem)
        assert set(one.get("parameters", {})) <= set(inspect.signature(getattr(module, name).fn).parameters)
