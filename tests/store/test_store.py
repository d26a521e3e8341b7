"""What is kept is found again unharmed or known to be lost; what stands in a release folder is whole."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatynlp import store
from treatynlp.errors import DataError
from treatynlp.store import Workspace
from treatynlp.store import release as release_module


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with store.open_workspace(tmp_path / "ws") as opened:
        yield opened


def release(**files: bytes) -> dict[str, bytes]:
    """Files of a release, with the manifest that lists them."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    manifest = json.dumps({"files": dict.fromkeys(named, "")}).encode()
    return {**named, "manifest.json": manifest}


OLD = release(matrix_csv=b"1", akn__atlantia_xml=b"<a/>")
NEW = release(matrix_csv=b"2", akn__lemuria_xml=b"<b/>")


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(deadline=None)  # a disk may be busy
@given(st.lists(st.binary(max_size=50), max_size=6))
def test_bytes_come_back_by_their_hash(tmp_path_factory: pytest.TempPathFactory, data: list[bytes]) -> None:
    workspace = Workspace(tmp_path_factory.mktemp("ws"))
    digests = [store.put(workspace, one) for one in data]
    assert [store.get(workspace, digest) for digest in digests] == data


def test_damage_is_noticed_and_mended_by_putting_again(workspace: Workspace) -> None:
    digest = store.put(workspace, b"Article 1")
    assert store.intact(workspace, digest)
    (Path(workspace.root) / store.artefact(digest)).write_bytes(b"Article 2")
    assert store.get(workspace, digest) is None
    assert list(store.unsound(workspace)) == [store.artefact(digest)]
    assert store.put(workspace, b"Article 1") == digest
    assert store.intact(workspace, digest)
    assert list(store.unsound(workspace)) == []


@pytest.mark.parametrize("harm", [b"", b"x", b"\0" * 80])
def test_a_record_comes_back_whole_or_not_at_all(workspace: Workspace, harm: bytes) -> None:
    assert store.recall_record(workspace, "split", "k1") is None
    store.remember(workspace, "split", "k1", b"{}")
    store.remember(workspace, "split", "k1", b'{"output": "abc"}')
    assert store.recall_record(workspace, "split", "k1") == b'{"output": "abc"}'
    assert store.record_names(workspace, "split") == ("k1",)
    (Path(workspace.root) / store.record("split", "k1")).write_bytes(harm)
    assert store.recall_record(workspace, "split", "k1") is None
    assert list(store.unsound(workspace)) == [store.record("split", "k1")]


def test_what_cannot_be_made_again_is_kept_twice(workspace: Workspace) -> None:
    places = [Path(workspace.root) / store.record("released", name) for name in ("s", ".twin-s")]
    for harm in ("first", "second", "both"):
        store.entrust(workspace, "released", "s", b"{}")
        store.entrust(workspace, "released", "s", b'{"output": "abc"}')
        harmed = {"first": places[:1], "second": places[1:], "both": places}[harm]
        for place in harmed:
            place.write_bytes(b"\0" * place.stat().st_size)
        found = store.recall_record(workspace, "released", "s")
        assert found == (None if harm == "both" else b'{"output": "abc"}')
        assert store.forgotten(workspace, "released", "s") == (harm == "both")
        assert store.record_names(workspace, "released") == ("s",)
    assert not store.forgotten(workspace, "released", "another")


def test_one_run_at_a_time(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="workspace-busy"), store.open_workspace(workspace.root):
        pass
    code = "import sys,pathlib,treatynlp.store as s\nwith s.open_workspace(pathlib.Path(sys.argv[1])): pass"
    other = subprocess.run([sys.executable, "-c", code, workspace.root], capture_output=True, text=True, check=False)
    assert "workspace-busy" in other.stderr


def test_the_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    code = "import os,sys,treatynlp.store as s\nwith s.open_workspace(sys.argv[1]): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    with store.open_workspace(tmp_path) as again:
        assert store.put(again, b"x")


def test_parts_of_an_interrupted_run_are_swept(tmp_path: Path) -> None:
    part = tmp_path / "artefacts" / "ab" / ".part-17-abc"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    with store.open_workspace(tmp_path):
        assert not part.exists()


def test_a_workspace_where_a_file_stands_says_so(tmp_path: Path) -> None:
    (tmp_path / "ws").write_bytes(b"")
    with pytest.raises(DataError, match="not-writable"), store.open_workspace(tmp_path / "ws"):
        pass


@pytest.mark.parametrize("harm", [b"no database at all, but as long as one" * 60, b"\0" * 4096, b"x"])
def test_a_damaged_lock_is_mended_and_still_locks(tmp_path: Path, harm: bytes) -> None:
    (tmp_path / "lock.sqlite").write_bytes(harm)
    with (
        store.open_workspace(tmp_path),
        pytest.raises(DataError, match="workspace-busy"),
        store.open_workspace(tmp_path),
    ):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_workspace_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataError, match="not-writable"), store.open_workspace(tmp_path / "ws"):
        pass


def test_a_full_disk_says_so_and_leaves_no_half(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="No space left"):
        store.put(workspace, b"Article 1")
    assert content(Path(workspace.root) / "artefacts") == {}


@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two moves"])
def test_a_release_replaces_the_last_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool) -> None:
    if not one_step:
        monkeypatch.setattr(release_module, "_swapped", lambda left, right: False)
    out = tmp_path / "release"
    assert store.shelve(out, OLD)
    assert content(out) == OLD
    before = (out / "matrix.csv").stat().st_mtime_ns
    assert not store.shelve(out, OLD)  # nothing to do
    assert (out / "matrix.csv").stat().st_mtime_ns == before
    assert store.shelve(out, NEW)
    assert content(out) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_what_has_not_changed_is_taken_over_and_not_written_again(tmp_path: Path) -> None:
    same = {"akn/same.xml": b"<same/>"}
    store.shelve(tmp_path / "r", OLD | same)
    before = (tmp_path / "r" / "akn" / "same.xml").stat()
    assert store.shelve(tmp_path / "r", NEW | same)
    after = (tmp_path / "r" / "akn" / "same.xml").stat()
    assert (before.st_ino, after.st_nlink) == (after.st_ino, 1)
    assert content(tmp_path / "r") == NEW | same


@pytest.mark.parametrize("harm", ["no second names", "typed over", "another's file"])
def test_what_cannot_be_taken_over_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    same = tmp_path / "r" / "akn" / "same.xml"
    store.shelve(tmp_path / "r", OLD | {"akn/same.xml": b"<same/>"})
    if harm == "no second names":
        monkeypatch.setattr(os, "link", lambda old, new: (_ for _ in ()).throw(OSError("not here")))
    elif harm == "typed over":
        same.write_bytes(b"<other/>")
    else:
        (tmp_path / "elsewhere.xml").write_bytes(b"<same/>")
        same.unlink()
        same.symlink_to(tmp_path / "elsewhere.xml")
    assert store.shelve(tmp_path / "r", NEW | {"akn/same.xml": b"<same/>"})
    assert content(tmp_path / "r") == NEW | {"akn/same.xml": b"<same/>"}
    assert not same.is_symlink()


def test_a_touched_release_is_put_right(tmp_path: Path) -> None:
    store.shelve(tmp_path / "r", OLD)
    (tmp_path / "r" / "matrix.csv").write_bytes(b"typed over")
    assert store.shelve(tmp_path / "r", OLD)
    assert content(tmp_path / "r") == OLD


@pytest.mark.parametrize(
    ("name", "stops"),
    [
        ("thesis.docx", True),
        ("akn/notes.txt", True),
        (".DS_Store", False),
        ("~$workbook.xlsx", False),
        ("release.sqlite-wal", False),
    ],
)
def test_other_peoples_files_are_never_lost(tmp_path: Path, name: str, stops: bool) -> None:
    out = tmp_path / "r"
    store.shelve(out, OLD)
    (out / name).write_bytes(b"mine")
    if stops:
        with pytest.raises(DataError, match=name):
            store.shelve(out, NEW)
        assert content(out) == {**OLD, name: b"mine"}
    else:
        assert store.shelve(out, NEW)


def test_a_folder_that_is_no_release_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(DataError, match="out-not-a-release"):
        store.shelve(tmp_path, NEW)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert store.shelve(empty, NEW)


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a/../../x", "a\\x", "c:x", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        store.shelve(tmp_path / "r", {name: b""})


@pytest.mark.parametrize("moment", ["before the swap", "between two moves", "after the swap"])
def test_killed_at_any_moment_the_next_run_finishes(tmp_path: Path, moment: str) -> None:
    out, beside, last = tmp_path / "r", tmp_path / ".r.next", tmp_path / ".r.last"
    store.shelve(out, OLD)
    if moment == "between two moves":
        out.rename(last)
    else:
        beside.mkdir()
        (beside / "matrix.csv").write_bytes(b"half")
    assert store.shelve(out, NEW)
    assert content(out) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_kill_between_the_moves_loses_nothing(tmp_path: Path) -> None:
    store.shelve(tmp_path / "r", OLD)
    (tmp_path / "r").rename(tmp_path / ".r.last")
    assert not store.shelve(tmp_path / "r", OLD)  # brought back as it was
    assert content(tmp_path / "r") == OLD
