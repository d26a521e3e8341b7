"""The refresh on Dask: two worker processes, a workspace in object storage, and the same release, byte for byte."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from support.object_store import object_store
from support.prefect_server import ROOT, Server
from support.workspace_fixture import FIRST, SECOND

sys.path.insert(0, str(ROOT / "flows"))

import quiet  # noqa: F401  (before Prefect is loaded)

# isort: split
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from refresh import refresh
from treatynlp.pipeline.runs import workers


@pytest.fixture(scope="module", autouse=True)
def _server(prefect_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with temporary_settings({PREFECT_API_URL: prefect_server.url, PREFECT_HOME: tmp_path_factory.mktemp("home")}):
        yield
        APILogHandler().flush()  # before the server is gone


@pytest.fixture
def bucket() -> Iterator[str]:
    with object_store() as url:
        yield f"{url}/dask"


@pytest.fixture
def scheduler() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(**parameters: Any) -> Any:
    return refresh(instruments=[FIRST, SECOND], return_state=True, **parameters)


@pytest.mark.long
def test_workers_and_object_storage_give_the_same_release(tmp_path: Path, bucket: str, scheduler: str) -> None:
    here = run(workspace=str(tmp_path / "ws"), out=tmp_path / "here")
    there = run(workspace=bucket, out=tmp_path / "there", runner="dask", scheduler=scheduler)
    assert (here.name, there.name) == ("Completed", "Completed")
    assert here.message.split("Release")[0] == there.message.split("Release")[0]
    assert files(tmp_path / "here") == files(tmp_path / "there")
    with Client(scheduler) as client:
        loaded = client.run(lambda: "treatynlp.coding" in sys.modules)
    assert list(loaded.values()) == [True, True]  # each of the two did some of the work
    again = run(workspace=bucket, out=tmp_path / "there", runner="dask", scheduler=scheduler)
    assert "nothing was done" in again.message


@pytest.mark.long
def test_what_workers_started_for_the_run_cannot_make_is_made_by_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = tuple((name, "0" * 64) for name, _ in workers.house())
    monkeypatch.setattr(workers, "house", lambda: other)  # here, not in the workers
    ended = run(workspace=str(tmp_path / "ws"), out=tmp_path / "out", runner="dask")
    assert ended.message.startswith("2 of 2 instruments")
    told = [record.message for record in caplog.records if record.message.startswith("warning [worker-failed]")]
    assert len(told) == 2
    assert all("another version of the lexicon, the model, the stage" in line for line in told)


@pytest.mark.long
def test_a_scheduler_nobody_answers_at_fails_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalCluster(n_workers=0, dashboard_address=None) as empty:
        monkeypatch.setattr(Client, "wait_for_workers", _out_of_patience)
        ended = run(workspace=str(tmp_path), runner="dask", scheduler=empty.scheduler_address)
    assert ended.type.value == "FAILED"
    assert "No worker answers there" in ended.message


@pytest.mark.long
def test_workers_that_are_gone_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys.modules["refresh"], "PATIENCE", 0.5)
    monkeypatch.setattr(Client, "wait_for_workers", lambda *_, **__: None)  # they were there a moment ago
    with LocalCluster(n_workers=0, dashboard_address=None) as empty:
        ended = run(workspace=str(tmp_path), runner="dask", scheduler=empty.scheduler_address)
    assert ended.message.startswith("2 of 2 instruments")
    assert sum(record.message.startswith("warning [worker-failed]") for record in caplog.records) == 2


def _out_of_patience(client: Client, wanted: int, timeout: float) -> None:
    assert not client.scheduler_info()["workers"]
    raise TimeoutError
