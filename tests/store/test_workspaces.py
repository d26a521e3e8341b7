"""A workspace in a folder, in an object store, in memory or on a drive: the same verbs, the same bytes."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from support.faults import rehearsed
from support.object_store import drives, object_store
from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, original, pair
from treatynlp import pipeline, store
from treatynlp.cli import cli
from treatynlp.errors import DataError
from treatynlp.pipeline import Outcome, Supply
from treatynlp.pipeline.runs import pruning
from treatynlp.store import Workspace, lease
from treatynlp.store.lease import Lease
from treatynlp.store.remote import Remote

PLACES = ("file", "s3", "memory", "drive")
REMOTE = PLACES[1:]
EXCLUSIVE = ("s3", "memory")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture(scope="module", autouse=True)
def _rehearsed() -> Iterator[None]:
    drives()
    with rehearsed():
        yield


@pytest.fixture
def root(request: pytest.FixtureRequest, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty place of the kind that is asked for."""
    monkeypatch.setattr(lease, "MOMENT", 0.05)
    place = f"{tmp_path.name}/ws"
    return {
        "file": tmp_path.as_uri() + "/ws", "s3": f"{bucket}/{place}", "memory": f"memory://{place}",
        "drive": f"drive://{tmp_path}/ws",
    }[request.param]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> WorkspaceFixture:
    return WorkspaceFixture(tmp_path)


def run(desk: WorkspaceFixture, root: store.Root) -> Outcome:
    return pipeline.run(pair(), root, Supply("mirror", desk.mirror))


def everything(root: str) -> dict[str, bytes | None]:
    """All files of a place but for the lease, which each run renews."""
    place = Workspace(root).place
    return {name: place.read(name) for name in place.sizes("") if not name.startswith(("lease", "lock"))}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """The release of a run in a folder."""
    desk = WorkspaceFixture(tmp_path_factory.mktemp("local"))
    assert run(desk, desk.root / "ws").release == desk.root / "ws" / "release"
    return everything((desk.root / "ws" / "release").as_uri())


@pytest.mark.parametrize("root", PLACES, indirect=True)
def test_everywhere_the_same_bytes_and_the_second_run_does_nothing(
    desk: WorkspaceFixture, root: str, expected: dict[str, bytes | None]
) -> None:
    first = run(desk, root)
    assert (first.status, first.release) == ("complete", store.release_of(Workspace(root)))
    before = everything(root)
    assert {name.rpartition("release/")[2]: data for name, data in before.items() if name.startswith("release/")} or {
        name.split("/", 2)[2]: data for name, data in before.items() if name.startswith("releases/")
    } == expected
    second = run(desk, root)
    assert (second.status, second.remade, second.release) == ("complete", 0, first.release)
    after = everything(root)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert all(name.startswith("records/history/") for name in changed)  # that there was a run, and how it ended


@pytest.mark.parametrize("root", ["s3", "drive"], indirect=True)
def test_what_a_store_has_lost_is_noticed_and_made_again(desk: WorkspaceFixture, root: str) -> None:
    first = run(desk, root)
    before = everything(root)
    place = Workspace(root).place
    artefacts = list(place.sizes("artefacts"))
    for name in [*artefacts[::2], "release.json", *list(place.sizes("releases"))[::3]]:
        place.write(name, b"\0" * 100)
    for name in [*artefacts[1::4], *list(place.sizes("releases"))[1::3]]:
        place.remove(name)
    assert set(store.unsound(Workspace(root))) == set(artefacts[::2])
    second = run(desk, root)
    assert "artefact-damaged" in {row.code for row in second.notices}
    assert (second.status, second.release) == ("complete", first.release)
    assert {name: data for name, data in everything(root).items() if name.startswith(("release", "artefacts"))} == {
        name: data for name, data in before.items() if name.startswith(("release", "artefacts"))
    }


@pytest.mark.parametrize("root", ["s3"], indirect=True)
def test_a_release_stays_whole_while_the_next_is_written(
    desk: WorkspaceFixture, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.mirror / f"{SECOND}.pdf").rename(desk.mirror / "later")
    first = run(desk, root)
    files = {name: data for name, data in everything(root).items() if name.startswith("release")}
    (desk.mirror / "later").rename(desk.mirror / f"{SECOND}.pdf")
    write, written = Remote.write, list[str]()

    def cut_off(place: Remote, name: str, data: bytes) -> None:
        written.extend([name] if name.startswith("releases") else [])
        if name.startswith("releases") and len(written) > 10:
            raise ConnectionResetError("the store has gone")
        write(place, name, data)

    with monkeypatch.context() as patched:
        patched.setattr(Remote, "write", cut_off)
        with pytest.raises(ConnectionResetError):
            run(desk, root)
    assert store.release_of(Workspace(root)) == first.release
    assert files.items() <= everything(root).items()
    second = run(desk, root)
    assert (second.status, second.release == first.release) == ("complete", False)
    assert store.file_of(second.release or "", "changes.csv") != store.file_of(first.release or "", "changes.csv")


# -- the lease


def stale(root: str, seconds: float) -> None:
    """A lease that was renewed so many seconds ago, and never given back."""
    name = lease.standing(Remote(root)) or "lease/00000001.json"
    body = lease._LEASE.dump_json(Lease("elsewhere:17", "a1", time.time() - seconds, lease.LASTS))
    Remote(root).write(name, body)


@pytest.mark.parametrize("root", REMOTE, indirect=True)
def test_a_lease_that_is_held_is_refused_and_one_that_ran_out_is_taken_over(desk: WorkspaceFixture, root: str) -> None:
    stale(root, seconds=lease.LASTS / 2)
    refused = run(desk, root)
    assert (refused.status, [row.code for row in refused.issues]) == ("failed", ["workspace-busy"])
    assert "elsewhere:17" in refused.reason
    assert everything(root) == {}
    stale(root, seconds=lease.LASTS + 1)
    with store.open_workspace(root) as workspace:
        assert workspace.lease == "lease/00000002.json"
        with pytest.raises(DataError, match="workspace-busy"), store.open_workspace(root):
            pass
    with store.open_workspace(root) as workspace:  # given back, so that nobody need wait
        assert list(Remote(root).sizes("lease")) == [workspace.lease]


@pytest.mark.parametrize("root", REMOTE, indirect=True)
def test_a_lease_that_cannot_be_read_is_nobodys(root: str) -> None:
    Remote(root).write("lease/00000041.json", b"\0" * 80)
    with store.open_workspace(root) as workspace:
        assert workspace.lease == "lease/00000042.json"


@pytest.mark.parametrize("root", EXCLUSIVE, indirect=True)
def test_of_many_that_begin_at_once_each_has_it_alone(root: str) -> None:
    def begin(number: int) -> tuple[float, float]:
        with store.open_workspace(root, patience=60):
            began = time.monotonic()
            time.sleep(0.05)
            return began, time.monotonic()

    with ThreadPoolExecutor(5) as pool:
        held = sorted(pool.map(begin, range(5)))
    assert all(end < began for (_, end), (began, _) in pairwise(held))


KILLED = """
import os, sys, treatynlp.store as s
from treatynlp.store import lease
lease.LASTS = 2.0
with s.open_workspace(sys.argv[1]) as workspace:
    s.put(workspace, b"Each Party shall")
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("root", ["s3"], indirect=True)
def test_the_lease_of_a_killed_run_runs_out(root: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, root], check=False)
    with pytest.raises(DataError, match="runs out in"), store.open_workspace(root):
        pass
    with store.open_workspace(root, patience=600) as workspace:
        assert store.put(workspace, b"x")


@pytest.mark.parametrize("root", ["memory"], indirect=True)
def test_a_lease_is_renewed_while_its_run_works(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LASTS", 0.5)
    with store.open_workspace(root):
        time.sleep(1.2)
        with pytest.raises(DataError, match="workspace-busy"), store.open_workspace(root):
            pass


@pytest.mark.parametrize("root", REMOTE, indirect=True)
def test_a_run_taken_for_dead_touches_nothing_that_counts(root: str) -> None:
    with store.open_workspace(root) as workspace:
        store.entrust(workspace, "released", "s", b"mine")
        Remote(root).write("lease/00000099.json", Remote(root).read(workspace.lease) or b"")
        with pytest.raises(DataError, match="workspace-lost"):
            store.entrust(workspace, "released", "s", b"mine again")
        with pytest.raises(DataError, match="workspace-lost"):
            store.place_release(workspace, {"manifest.json": b"{}"})
    assert store.recall_record(Workspace(root), "released", "s") == b"mine"
    assert store.release_of(Workspace(root)) is None


# -- addresses


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("gopher9://x/y", "workspace-protocol", "gopher9"),  # nobody knows it
        ("gs://bucket/ws", "workspace-protocol", "gcsfs"),  # known, but what speaks it is not installed
        ("s3://no-such-bucket/ws", "workspace-unreachable", "bucket"),
        ("https://127.0.0.1:1/ws", "workspace-unreachable", ""),  # to be read at best
    ],
)
def test_an_address_that_does_not_do_is_one_row(
    bucket: str, desk: WorkspaceFixture, url: str, code: str, said: str
) -> None:
    outcome = run(desk, url)
    assert (outcome.status, [row.code for row in outcome.issues]) == ("failed", [code])
    assert said in outcome.issues[0].message
    assert outcome.issues[0].where == url


def test_a_workspace_is_small_and_goes_to_other_machines() -> None:
    for root in ("s3://bucket/treaties", Path("ws")):
        data = pickle.dumps(Workspace(root, patience=3.0, lease="lease/00000001.json"))
        assert len(data) < 300
        assert pickle.loads(data) == Workspace(root, 3.0, "lease/00000001.json")  # noqa: S301  (our own bytes)


@pytest.mark.parametrize(
    ("named", "root"),
    [
        ("ws", Path("ws")),
        ("/srv/ws", Path("/srv/ws")),
        ("C:/ws", Path("C:/ws")),  # one letter is a disk, not a protocol
        ("s3://b/ws", "s3://b/ws"),
        (Path("s3://b/ws"), "s3://b/ws"),  # as a typed parameter hands it over: a slash is gone
        (Path("file:///srv/ws"), "file:///srv/ws"),
    ],
)
def test_what_people_name_is_a_folder_or_a_url(
    named: store.Root, root: store.Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.rooted(named) == root
    monkeypatch.setenv("TREATYNLP_WORKSPACE", str(named))
    assert store.default_root() == root


@pytest.mark.parametrize("root", ["s3"], indirect=True)
def test_the_commands_take_a_url(root: str, desk: WorkspaceFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*words: str) -> str:
        done = CliRunner().invoke(cli, [*words, "--workspace", root], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    assert f"release: {root}/releases/" in answer("run", "--specimens", "--only", FIRST)
    assert FIRST in answer("search", "shall", "--in", FIRST)
    assert answer("show", FIRST, "1").strip()
    assert answer("verify", FIRST) is not None
    assert answer("prune").startswith("removed: 0 files")
    monkeypatch.setenv("TREATYNLP_WORKSPACE", root)
    assert os.environ["TREATYNLP_WORKSPACE"] == root
    listed = CliRunner().invoke(cli, ["list", "--json"], catch_exceptions=False)
    assert listed.exit_code == 0


# -- pruning


@pytest.mark.parametrize("root", ["file", "memory"], indirect=True)
def test_pruning_takes_what_nothing_rests_on_and_no_more(desk: WorkspaceFixture, root: str) -> None:
    first, both = pair().instruments[:1], pair()
    for corpus in (both, replace(both, instruments=first), both):  # three releases, of which the last two stay
        pipeline.run(corpus, root, Supply("mirror", desk.mirror))
    desk.put(FIRST, original(FIRST) + b"% printed again\n%%EOF\n")
    for _ in range(2):
        run(desk, root)
    workspace = Workspace(root)
    trial = pruning.prune(root, dry_run=True)
    before = everything(root)
    assert trial.gone
    assert set(before) == {name for name in before if name in trial.gone or name in trial.kept or "release" in name}
    done = pruning.prune(root)
    assert done.gone == trial.gone
    assert set(before) - set(everything(root)) == set(done.gone)
    assert {row.code for row in run(desk, root).notices} <= {"source-unchanged"}
    again = run(desk, root)
    assert (again.status, again.remade) == ("complete", 0)
    assert list(store.unsound(workspace)) == []
    assert pruning.prune(root).gone == {}


@pytest.mark.parametrize("root", ["file"], indirect=True)
def test_pruning_waits_for_nobody_and_harms_no_run(root: str) -> None:
    with store.open_workspace(root), pytest.raises(DataError, match="workspace-busy"):
        pruning.prune(root)
