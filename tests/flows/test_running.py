"""docs/running.md as its reader would follow it: server, worker, deployments, a run, its release, the check of it."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from support.prefect_server import ROOT, STARTED, Server, commands, started


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone has of flows and deployments, in a place nobody has heard of."""
    folder = tmp_path_factory.mktemp("clone") / "a folder"
    shutil.copytree(ROOT / "flows", folder / "flows")
    shutil.copy(ROOT / "prefect.yaml", folder)
    return folder


@pytest.mark.long
def test_the_commands_of_the_page_do_what_it_says(prefect_server: Server, clone: Path) -> None:
    lines = [line for line in commands() if "server start" not in line]
    before = lines[: next(n for n, line in enumerate(lines) if "worker start" in line)]
    worker, *after = lines[len(before) :]
    said = {line: ran(prefect_server, line, clone) for line in before}
    with started(worker, clone, prefect_server.environment):
        said |= {line: ran(prefect_server, line, clone) for line in after}
    release = Path(prefect_server.environment["TREATYNLP_WORKSPACE"]) / "release"
    assert (release / "matrix_presence.csv").exists()
    assert "Completed: 5 of 5 instruments in the release" in told(said, "flows/refresh.py")
    assert "COMPLETED" in told(said, "run refresh/specimens").upper()
    assert "COMPLETED" in told(said, "run check/release").upper()
    assert "how many requests one host gets" in " ".join(told(said, "inspect").split())
    states = [run["state"] for run in flow_runs(prefect_server) if run["deployment_id"] and run["start_time"]]
    assert [state["name"] for state in states] == ["Completed", "Completed"]
    assert any("nothing was done" in state["message"] for state in states)  # `once` had made it already


def ran(server: Server, line: str, clone: Path) -> str:
    assert not any(started in line for started in STARTED)
    done = server.run(line, clone)
    assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    return done.stdout + done.stderr


def told(said: dict[str, str], part: str) -> str:
    return next(output for line, output in said.items() if part in line)


def flow_runs(server: Server) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.post(f"{server.url}/flow_runs/filter", json={}).json()
    return found


@pytest.mark.long
def test_a_run_that_is_killed_with_its_worker_ends_as_crashed(prefect_server: Server, clone: Path) -> None:
    """After the first test has deployed the flows. The rule is that of the page, only sooner: 40 seconds, not 90."""
    rule = (clone / "flows" / "lost_runs.yml").read_text("utf-8").replace("within: 90", "within: 40")
    (clone / "sooner.yml").write_text(rule.replace("name: lost runs", "name: lost sooner"), "utf-8")
    ran(prefect_server, ".venv/bin/prefect automation create --from-file sooner.yml", clone)
    worker = next(line for line in commands() if "worker start" in line)
    with started(worker, clone, prefect_server.environment) as process:
        line = f".venv/bin/prefect deployment run refresh/specimens -p workspace={clone / 'killed'}"
        ran(prefect_server, line.replace(str(clone), f"'{clone}'"), clone)
        (ident,) = until(lambda: [one["id"] for one in flow_runs(prefect_server) if one["state_type"] == "RUNNING"])
        until(lambda: heartbeats(prefect_server, ident))
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for one in family:  # first stopped: none of them can tell that another one is gone
            one.suspend()
        for one in family:
            one.kill()
    ended = until(lambda: [one for one in flow_runs(prefect_server) if one["id"] == ident and final(one)])
    assert [one["state_name"] for one in ended] == ["Crashed"]
    assert "has told nothing for" in ended[0]["state"]["message"]


def final(run: dict[str, Any]) -> bool:
    return run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def until(look: Callable[[], list[Any]]) -> list[Any]:
    """What there is, once there is any; a loaded machine takes its time."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.5)
    raise TimeoutError


def heartbeats(server: Server, run: str) -> list[Any]:
    """What the server has heard of a run that lives."""
    wanted = {"event": {"name": ["prefect.flow-run.heartbeat"]}, "resource": {"id": [f"prefect.flow-run.{run}"]}}
    found: list[Any] = httpx.post(f"{server.url}/events/filter", json={"filter": wanted}).json()["events"]
    return found


@pytest.mark.long
def test_every_parameter_of_every_deployment_is_explained(prefect_server: Server, clone: Path) -> None:
    """What `prefect deployment inspect` shows, after the test above has deployed them."""
    found = httpx.post(f"{prefect_server.url}/deployments/filter", json={}).json()
    assert {one["name"] for one in found} == {"weekly", "specimens", "retrain", "release"}
    for one in found:
        fields = one["parameter_openapi_schema"]["properties"]
        assert fields
        for name, field in fields.items():
            assert field.get("description"), f"{one['name']}: {name}"
            assert "type" in json.dumps(field), f"{one['name']}: {name}"
        assert one["description"]
        assert not one["pull_steps"] or str(clone) in json.dumps(one["pull_steps"])
