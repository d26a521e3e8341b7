"""The flows on a real Prefect server, which is started once for all tests here (that takes seconds)."""

import ast
import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import FIRST, NOT_USABLE, SECOND, original

os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "flows"))

from prefect.testing.utilities import prefect_test_harness  # noqa: E402

from refresh import fetch, refresh  # noqa: E402
from train import train  # noqa: E402
from treatynlp import pipeline  # noqa: E402

HEAVY = {"pandas", "spacy", "sklearn", "pdfplumber", "re"}


@pytest.fixture(scope="session", autouse=True)
def _server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


def run(root: Path, *instruments: str, **parameters: Any) -> Any:
    given = {"instruments": list(instruments), "workspace": root / "ws", "out": root / "release"} | parameters
    return refresh(**given, return_state=True)


def test_a_refresh_is_complete_and_the_next_one_does_nothing(tmp_path: Path) -> None:
    first, second = (run(tmp_path, FIRST, SECOND) for _ in range(2))
    assert [first.name, second.name] == ["Completed", "Completed"]
    assert first.message.startswith("2 of 2 instruments in the release; ")
    assert str(tmp_path / "release") in first.message
    assert "nothing was done" in second.message
    assert (tmp_path / "release" / "matrix_presence.csv").exists()


def test_a_source_that_is_missing_degrades_and_no_source_at_all_fails(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    ids = ("budapest-2001", "arab-2010")
    nothing = run(tmp_path, *ids, mirror=tmp_path / "mirror")
    assert (nothing.type.value, nothing.message[:6]) == ("FAILED", "0 of 2")
    (tmp_path / "mirror" / f"{ids[0]}.pdf").write_bytes(original(FIRST))
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
    assert sorted(asked) == [FIRST, FIRST, SECOND]  # tried again once


def test_a_workspace_that_cannot_be_used_fails_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "ws").write_bytes(b"")
    ended = run(tmp_path, FIRST)
    assert (ended.type.value, ended.message.split(":")[0]) == ("FAILED", "No release was made")


def test_training_needs_every_instrument_with_gold(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    ended = train(tmp_path / "mirror", tmp_path / "model", tmp_path / "ws", return_state=True)
    assert ended.type.value == "FAILED"
    assert "budapest-2001" in ended.message
    assert not (tmp_path / "model").exists()


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
