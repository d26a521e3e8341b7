"""The workflow file for a hosted schedule: what it may do, and that its commands exist and do what they say."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.prefect_server import ROOT, Server

FILE = ROOT / ".github" / "workflows" / "refresh.yml"
KNOWN = {"make", "sudo", "options", "[", "for", "if", ".venv/bin/python"}


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true; for a base loader all are words.
    found: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  (words only)
    return found


def steps(workflow: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (job,) = workflow["jobs"].values()
    return {step.get("name", step.get("uses")): step for step in job["steps"]}


def test_it_runs_every_week_and_by_hand_and_never_twice_at_once(workflow: dict[str, Any]) -> None:
    (schedule,) = workflow["on"]["schedule"]
    minute, hour, *rest, days = schedule["cron"].split()
    assert (minute.isdigit(), hour.isdigit(), rest) == (True, True, ["*", "*"])
    on = [int(day) for day in days.split(",")]
    assert (
        max((after - before) % 7 or 7 for before, after in zip(on, [*on[1:], on[0]], strict=True)) < 7
    )  # see the file
    assert all(
        given["description"] and given["type"] for given in workflow["on"]["workflow_dispatch"]["inputs"].values()
    )
    assert workflow["concurrency"] == {"group": "refresh", "cancel-in-progress": "false"}
    (job,) = workflow["jobs"].values()
    assert int(job["timeout-minutes"]) <= 180


def test_it_only_reads_the_repository_and_takes_no_words_with_it(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert steps(workflow)["actions/checkout@v4"]["with"]["persist-credentials"] == "false"
    text = FILE.read_text("utf-8")
    assert "git push" not in text
    assert "git commit" not in text
    assert "--publishable" in steps(workflow)["Refresh"]["run"]


def test_what_people_type_reaches_the_shell_as_words_only(workflow: dict[str, Any]) -> None:
    """An expression inside a script would be pasted into it, quotation marks and all."""
    for step in steps(workflow).values():
        assert "${{" not in step.get("run", "")


def test_the_workspace_outlives_a_run_that_ends_badly(workflow: dict[str, Any]) -> None:
    found = steps(workflow)
    kept, had = found["Keep what was made for the next run"], found["What earlier runs have made"]
    assert kept["if"] == found["The release"]["if"] == found["How it ended"]["if"] == "always()"
    assert kept["with"]["path"] == had["with"]["path"] == "workspace"
    assert kept["with"]["key"].startswith(had["with"]["restore-keys"])
    (job,) = workflow["jobs"].values()
    assert job["env"]["TREATYNLP_WORKSPACE"].endswith("/workspace")


def test_every_command_is_one_that_exists(workflow: dict[str, Any]) -> None:
    for step in steps(workflow).values():
        for line in step.get("run", "").splitlines():
            assert line.split("=")[0].split()[0] in KNOWN, line
    targets = re.findall(r"make (\S+)", steps(workflow)["Libraries"]["run"])
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.long
@pytest.mark.parametrize(
    ("only", "status", "said"),
    [
        ("lemuria-data-2340", 0, "Completed: 1 of 1 instrument in the release"),
        ("no-such-treaty", 1, "Failed: No release was made: The registry has no instrument of that id"),
    ],
)
def test_a_run_is_red_or_green_and_its_summary_says_why(
    workflow: dict[str, Any], prefect_server: Server, tmp_path: Path, only: str, status: int, said: str
) -> None:
    """The scripts of the two steps, as the runner's shell would run them, over the specimens."""
    (tmp_path / "flows").symlink_to(ROOT / "flows")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    environment = {
        **prefect_server.environment, "SPECIMENS": "true", "ONLY": only, "GITHUB_STEP_SUMMARY": str(tmp_path / "said"),
        "TREATYNLP_WORKSPACE": str(tmp_path / "workspace"),
    }  # fmt: skip
    ended = [
        subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps(workflow)[name]["run"]],
                       cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        for name in ("Refresh", "How it ended")
    ]  # fmt: skip
    assert [step.returncode for step in ended] == [status, 0], ended[0].stderr[-3000:]
    assert (tmp_path / "said").read_text("utf-8").startswith(said)
    release = tmp_path / "out" / "release"
    assert release.exists() == (status == 0)
    assert not (release / "texts").exists()
