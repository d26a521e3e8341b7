"""docs/running.md as its reader would follow it: server, worker, deployments, a run, its release, the check of it."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.prefect_server import ROOT, STARTED, Server, commands, started


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone has of flows and deployments, in a place nobody has heard of."""
    folder = tmp_path_factory.mktemp("clone") / "a folder"
    shutil.copytree(ROOT / "flows", folder / "flows")
    shutil.copy(ROOT / "prefect.yaml", folder)
    return folder


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
