"""A release looked over: each kind of damage is found, and told apart from what only wants a look."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from support.workspace_fixture import FIRST
from treatynlp import store
from treatynlp.corpus import load
from treatynlp.pipeline.ask.release_check import grown_old, look_over, released_faults
from treatynlp.pipeline.workspace import history
from treatynlp.publishing.proof.seal import SEAL, sealed
from treatynlp.store import Workspace


@pytest.fixture
def desk(pair_made: Path, tmp_path: Path) -> Path:
    """A workspace `ws` and a release of its own, which a test may break."""
    shutil.copytree(pair_made, tmp_path / "desk")
    return tmp_path / "desk"


def cut(desk: Path) -> None:
    file = desk / "release" / "cells.csv"
    file.write_bytes(file.read_bytes()[:-10])


def flip(desk: Path) -> None:
    file = desk / "release" / "release.sqlite"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def lose(desk: Path) -> None:
    (desk / "release" / "workbook.xlsx").unlink()


def empty(desk: Path) -> None:
    shutil.rmtree(desk / "release")


def garble(desk: Path) -> None:
    (desk / "release" / "manifest.json").write_text("{")


def rename_column(desk: Path) -> None:
    """Somebody edited a table and the manifest, and forgot the description of the table."""
    folder = desk / "release"
    data = (folder / "gaps.csv").read_bytes().replace(b"topic", b"tOpic", 1)
    (folder / "gaps.csv").write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"]["gaps.csv"] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    del manifest[SEAL]
    (folder / "manifest.json").write_bytes(sealed(manifest))


@pytest.mark.parametrize(
    ("harm", "code", "where"),
    [
        (cut, "release-file-changed", "cells.csv"),
        (flip, "release-file-changed", "release.sqlite"),
        (lose, "release-file-missing", "workbook.xlsx"),
        (empty, "release-missing", "release"),
        (garble, "release-missing", "release"),
        (rename_column, "release-table-undescribed", "gaps.csv"),
    ],
)
def test_a_release_that_is_not_what_was_released_fails(
    desk: Path, harm: Callable[[Path], None], code: str, where: str
) -> None:
    harm(desk)
    outcome = look_over(desk / "ws", desk / "release")
    assert outcome.status == "failed"
    rows = [(row.code, row.where.rpartition("/")[2]) for row in outcome.issues]
    assert rows in ([(code, where)], [("release-disagrees", "manifest.json"), (code, where)])
    assert outcome.reason.startswith(f"{len(rows)} fault")


def test_a_sound_release_is_complete_and_nothing_is_changed(desk: Path) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    outcome = look_over(desk / "ws", desk / "release")
    assert (outcome.status, outcome.issues) == ("complete", ())
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_a_lost_result_degrades_since_the_release_is_whole(desk: Path) -> None:
    kept = next(path for path in sorted((desk / "ws" / "artefacts").rglob("*")) if path.is_file())
    kept.write_bytes(b"")
    outcome = look_over(desk / "ws", desk / "release")
    assert outcome.status == "degraded"
    assert [row.code for row in outcome.issues] == ["artefact-damaged"]
    assert "1 fault in what is declared or kept" in outcome.reason


def test_a_faulty_declaration_degrades(desk: Path) -> None:
    folder = desk / "corpus" / "instruments"
    folder.mkdir(parents=True)
    (folder / "atlantia-2031.yml").write_text("id: atlantia-2031\n", "utf-8")
    outcome = look_over(desk / "ws", desk / "release", folder.parent)
    assert outcome.status == "degraded"
    assert not released_faults(desk / "release")


@pytest.mark.parametrize(
    ("reached", "days", "old", "why"),
    [
        ("2020-01-01T00:00:00+00:00", 30, True, "years ago"),
        ("now", 30, False, "just now"),
        ("", 30, False, "never reached: the release's own issues say so"),
        ("2020-01-01T00:00:00+00:00", 100_000, False, "somebody with patience"),
    ],
)
def test_a_source_nobody_has_reached_for_long_has_grown_old(
    desk: Path, reached: str, days: int, old: bool, why: str
) -> None:
    reached = history.now() if reached == "now" else reached
    workspace = Workspace(desk / "ws")
    (series,) = history.histories(workspace)
    before = history.history(workspace, series)
    attempts = {**before.attempts, FIRST: replace(before.attempts[FIRST], reached=reached)}
    body = history._HISTORY.dump_json(replace(before, attempts=attempts))
    store.remember(workspace, "history", series, body)
    assert [row.where for row in grown_old(workspace, days)] == [FIRST] * old, why
    outcome = look_over(desk / "ws", desk / "release", days=days)
    assert outcome.status == ("degraded" if old else "complete"), why


def test_a_workspace_without_a_release_has_nothing_to_look_over(tmp_path: Path) -> None:
    outcome = look_over(tmp_path)
    assert (outcome.status, [row.code for row in outcome.issues]) == ("failed", ["release-missing"])
    assert load().instruments  # the registry itself is there
