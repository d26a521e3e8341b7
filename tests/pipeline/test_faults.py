"""Whatever interrupts a run or harms what it keeps: the release stays readable, and the next run ends as if nothing
had been."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from support.faults import HARMS, Scene, Tried, copied, rehearsed, scene
from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, original, pair
from treatynlp import pipeline, store
from treatynlp.cli import cli
from treatynlp.errors import DataError
from treatynlp.pipeline import Supply
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.workspace.stages import STAGES
from treatynlp.store import Workspace

HERE = Path(__file__).parents[1]


@pytest.fixture(scope="module", autouse=True)
def _rehearsed() -> Iterator[None]:
    with rehearsed():
        yield


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return scene(tmp_path_factory.mktemp("scene"))


@pytest.mark.long
def test_killed_filled_up_and_damaged_the_next_run_ends_with_the_same_bytes() -> None:
    command = [sys.executable, "-m", "support.faults", "--points", "30", "--harms", "1"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    tried = [TypeAdapter(Tried).validate_json(line) for line in done.stdout.splitlines()]
    assert [row for row in tried if not row.survived] == []
    counted = Counter(row.fault for row in tried)
    assert counted["kill"] >= 30
    assert counted["disk full"] == 30
    assert all(counted[harm] >= 5 for harm in HARMS)
    killed = {row.where for row in tried if row.fault == "kill"}
    assert {"before the exchange", "after the exchange", "half of the old release is gone"} <= killed
    harmed = {Path(row.where).parent.name.split("-")[0] for row in tried if row.fault in HARMS}
    assert harmed >= {stage.name for stage in STAGES} | {"source", "current", "declared", "released", "ws", "release"}


# -- the changelog


def test_a_changelog_survives_the_loss_of_the_last_release(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    released = json.loads(store.recall_record(Workspace(desk.root / "ws"), "released", _series(desk)) or b"")
    (desk.root / "ws" / store.artefact(released["output"])).unlink()
    assert desk.run().status == "complete"
    assert desk.files() == played.second


def test_a_changelog_that_cannot_be_made_is_told(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    for path in (desk.root / "ws" / "records" / "released").iterdir():
        path.unlink()
        path.write_bytes(b"")
    outcome = desk.run()
    assert (outcome.status, "changes-unknown" in {row.code for row in outcome.notices}) == ("complete", True)
    assert desk.rows("changes.csv") == []
    assert "changes-unknown" not in {row.code for row in desk.run().notices}


def test_a_run_that_had_nothing_is_not_what_the_next_changelog_starts_from(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    desk.mirror = tmp_path / "mirror"
    shutil.copytree(played.base / "mirror", desk.mirror)
    desk.run()
    before = desk.files()
    shutil.rmtree(desk.mirror)
    desk.mirror.mkdir()
    shutil.rmtree(desk.root / "ws" / "artefacts")
    failed = desk.run()
    assert (failed.status, desk.files()) == ("failed", before)
    for ident in (FIRST, SECOND):
        desk.put(ident, original(ident))
    assert desk.run().status == "complete"
    assert desk.files() == before


def test_a_last_good_copy_that_is_forgotten_is_told(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    (shelf,) = (desk.root / "ws" / "records").glob("source-*")
    for path in shelf.iterdir():
        path.unlink()
        path.write_bytes(b"\0" * 90)
    outcome = desk.run()
    assert ("record-damaged", FIRST) in {(row.code, row.where) for row in outcome.notices}
    assert (outcome.status, desk.files()) == ("complete", played.second)


def _series(desk: WorkspaceFixture) -> str:
    (name,) = store.record_names(Workspace(desk.root / "ws"), "released")
    return name


# -- another version of treatynlp


def test_what_another_version_wrote_is_made_again(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    workspace = Workspace(desk.root / "ws")
    for kind in store.kinds(workspace):
        if not kind.startswith(("declared", "snapshot", "released")):
            for name in store.record_names(workspace, kind):
                store.remember(workspace, kind, name, b'{"of": "another version"}')
    assert current(workspace) == {}
    assert desk.run().status == "complete"
    assert desk.files() == played.second


# -- others at work

HOLD = (
    "import sys, treatynlp.store as s\nwith s.open_workspace(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def held(root: store.Root) -> Iterator[subprocess.Popen[str]]:
    """Another process at work in the workspace, until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_of_two_runs_at_once_the_second_is_told_or_waits(played: Scene, tmp_path: Path) -> None:
    desk = copied(played.base, tmp_path / "d")
    with held(desk.root / "ws") as other:
        refused = desk.run()
        assert (refused.status, [row.code for row in refused.issues]) == ("failed", ["workspace-busy"])
        assert desk.files() == played.first
        threading.Timer(0.3, other.kill).start()
        patient = Workspace(desk.root / "ws", patience=30)
        waited = pipeline.run(pair(), patient, Supply("mirror", desk.mirror), desk.root / "release")
    assert (waited.status, desk.files()) == ("complete", played.second)


def test_the_command_waits_where_it_is_told_to(played: Scene, tmp_path: Path) -> None:
    command = ["run", "--specimens", "--only", FIRST, "--workspace", str(tmp_path / "ws")]
    with held(tmp_path / "ws") as other:
        refused = CliRunner().invoke(cli, command)
        assert (refused.exit_code, "workspace-busy" in refused.stderr) == (1, True)
        threading.Timer(0.3, other.kill).start()
        waited = CliRunner().invoke(cli, [*command, "--wait", "30"])
    assert (waited.exit_code, waited.stdout.split(":")[0]) == (0, "complete")


# -- no room, no rights


def test_a_full_disk_that_is_one(played: Scene, tmp_path: Path) -> None:
    """A small disk in memory: full in the middle of a run, then larger."""
    needed = sum(path.stat().st_size for path in (played.base / "ws").rglob("*") if path.is_file())
    needed += sum(map(len, played.first.values()))
    place = tmp_path / "disk"
    place.mkdir()
    if not _mounted(place, needed + 300_000):
        pytest.skip("disks in memory cannot be mounted here")
    try:
        desk = WorkspaceFixture.__new__(WorkspaceFixture)
        desk.root, desk.mirror = place / "d", played.base / "mirror"
        for folder in ("ws", "release"):
            shutil.copytree(played.base / folder, desk.root / folder)
        full = desk.run()
        assert (full.status, [row.code for row in full.issues]) == ("failed", ["not-writable"])
        assert "No space left" in full.reason
        assert desk.files() == played.first
        assert _mounted(place, needed * 10, "remount,")
        assert desk.run().status == "complete"
        assert desk.files() == played.second
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _mounted(place: Path, size: int, how: str = "") -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"{how}size={size}", "tmpfs", str(place)]
    return bool(shutil.which("mount")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


READ_ONLY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from support.workspace_fixture import pair
from treatynlp import pipeline
from treatynlp.pipeline.ask.lookup import look_up
from treatynlp.pipeline.runs.current import current
from treatynlp.store import Workspace
mirror, ws, out = map(Path, sys.argv[2:])
outcome = pipeline.run(pair(), ws, pipeline.Supply("mirror", mirror), out)
print(outcome.status, *[issue.code for issue in outcome.issues if issue.level == "error"])
for ident in current(Workspace(ws)):
    print(ident, bool(look_up(Workspace(ws), ident).coding.labels))
"""


@pytest.mark.parametrize("place", ["ws", "release"])
def test_what_may_only_be_read_is_told_and_can_still_be_read(played: Scene, tmp_path: Path, place: str) -> None:
    desk = copied(played.base, tmp_path / "d")
    if place == "release":  # all is made already, and only the release is to be put in its place
        shutil.rmtree(desk.root / "ws")
        shutil.copytree(played.base.parent / "undisturbed" / "ws", desk.root / "ws")
    shown = [*(path for path in (desk.root / place).rglob("*") if path.is_dir()), desk.root / place, desk.root]
    for folder in shown:
        folder.chmod(0o555)
    (desk.root / "ws" / "lock.sqlite").chmod(0o444 if place == "ws" else 0o644)
    command = [
        sys.executable,
        "-c",
        READ_ONLY,
        str(HERE),
        str(desk.mirror),
        str(desk.root / "ws"),
        str(desk.root / "release"),
    ]
    try:
        done = subprocess.run([*_without_powers(), *command], capture_output=True, text=True, check=True)
    finally:
        for folder in shown:
            folder.chmod(0o755)
        (desk.root / "ws" / "lock.sqlite").chmod(0o644)
    assert done.stdout.splitlines() == ["failed not-writable", *(f"{ident} True" for ident in _there(place))]
    assert desk.files() == played.first
    assert desk.run().status == "complete"
    assert desk.files() == played.second


def _there(place: str) -> list[str]:
    return [FIRST] if place == "ws" else sorted((FIRST, SECOND))


def _without_powers() -> list[str]:
    """What to run a command by so that rights hold for it, too, where the tests are run by the superuser."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("the superuser may write anywhere, and there is no setpriv to take that away")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.parametrize("lost", ["manifest.json", "manifest.json emptied"])
def test_a_release_whose_manifest_is_lost_is_known_by_its_files(lost: str) -> None:
    files = {"manifest.json": b'{"files": {"a.csv": ""}}', "datapackage.json": b"{}", "a.csv": b"1"}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "r"
        store.shelve(out, files)
        (out / "manifest.json").unlink() if lost == "manifest.json" else (out / "manifest.json").write_bytes(b"")
        (out / "thesis.docx").write_bytes(b"mine")
        with pytest.raises(DataError, match=r"thesis\.docx\)"):
            store.shelve(out, files)
        (out / "thesis.docx").unlink()
        assert store.shelve(out, files)
