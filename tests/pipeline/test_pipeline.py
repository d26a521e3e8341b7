"""The whole way over specimens: one fault is one row, nothing good is lost, and nothing is done twice."""

import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support.faults import rehearsed
from support.webserver import PAGE, Site, serving
from support.workspace_fixture import FIRST, NOT_USABLE, SECOND, URL, WorkspaceFixture, declared, original, pair
from treatynlp import pipeline, store
from treatynlp.corpus import Corpus, examine
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline import Outcome, Supply
from treatynlp.pipeline.runs import prepare_instrument
from treatynlp.pipeline.runs.fetching import fetch_one, lock
from treatynlp.pipeline.workspace.locks import LockedSource, read_locks, write_lock
from treatynlp.pipeline.workspace.stages import Stage, once
from treatynlp.reading.fetch import Limits
from treatynlp.registry import Override, Source
from treatynlp.store import Workspace


@pytest.fixture
def desk(tmp_path: Path) -> WorkspaceFixture:
    return WorkspaceFixture(tmp_path)


_DONE: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same work is done once for all tests, but for that of the second reading."""
    with nullcontext() if "audit" in request.node.name else rehearsed(_DONE):
        yield


def other_bytes(ident: str) -> bytes:
    """The same treaty in a file of other bytes: a comment behind its end."""
    return original(ident) + b"% printed again\n%%EOF\n"


ABOUT_THE_TEXT = {"article-unlabelled", "heading-disagrees", "reference-unresolved"}


def told(outcome: Outcome) -> list[Issue]:
    """The rows, but for those about what a treaty says: a heading that misleads, a reference that leads nowhere."""
    return [row for row in outcome.issues if row.code not in ABOUT_THE_TEXT]


def errors(outcome: Outcome) -> list[tuple[str, str]]:
    return [(row.where, row.code) for row in outcome.issues if row.level == "error"]


NOT_FETCHED = {
    "empty": (b"", "source-empty"),
    "truncated": (b"%PDF-1.7\n1 0 obj", "source-truncated"),
    "a web page": (b"<!doctype html><title>Page not found</title>", "source-error-page"),
    "no PDF": (b"PK\x03\x04", "source-wrong-type"),
}
BAD = {name: data for name, (data, _) in NOT_FETCHED.items()} | NOT_USABLE


def test_run_again_does_nothing_and_elsewhere_gives_the_same_bytes(desk: WorkspaceFixture, tmp_path: Path) -> None:
    first = desk.run()
    assert (first.status, told(first)) == ("complete", [])
    assert "2 of 2 instruments" in first.reason
    assert first.remade == 2 * 5 + 1  # each read, split, audited, coded, linked; one release
    files = desk.files()
    assert {"provisions.csv", "labels.csv", "matrix_presence.csv", "issues.csv", "datapackage.json"} <= set(files)
    again = desk.run()
    assert (again.status, again.remade, desk.files()) == ("complete", 0, files)
    assert "nothing was done" in again.reason
    (tmp_path / "elsewhere").mkdir()
    elsewhere = WorkspaceFixture(tmp_path / "elsewhere")
    assert elsewhere.run().remade == first.remade
    assert elsewhere.files() == files


def test_a_mirror_is_never_passed_off_as_the_official_source(desk: WorkspaceFixture) -> None:
    desk.run()
    assert [(row["instrument"], row["origin"], row["url"]) for row in desk.rows("documents.csv")] == [
        (ident, "mirror", URL.format(ident)) for ident in (FIRST, SECOND)
    ]
    official = desk.run(supply=Supply(limits=Limits(attempts=1, connect=0.2)))
    assert official.status == "failed"  # what the mirror gave does not stand in for the official source
    assert [where for where, _ in errors(official)] == [FIRST, SECOND]
    assert len(desk.rows("documents.csv")) == 2  # and the release that stood before stays


@pytest.mark.parametrize("name", BAD)
def test_one_bad_source_is_one_row_and_stops_no_other(desk: WorkspaceFixture, name: str) -> None:
    desk.put(FIRST, BAD[name])
    outcome = desk.run()
    assert (outcome.status, [where.split()[0] for where, _ in errors(outcome)]) == ("degraded", [FIRST])
    if name in NOT_FETCHED:
        assert errors(outcome) == [(FIRST, NOT_FETCHED[name][1])]
    assert [row["instrument"] for row in desk.rows("documents.csv")] == [SECOND]
    assert {row["status"] for row in desk.rows("instruments.csv") if row["id"] == FIRST} == {"not_assessed"}
    assert [row["where"] for row in desk.rows("issues.csv") if row["code"] not in ABOUT_THE_TEXT] == [FIRST]
    assert desk.run().remade == 0


def test_a_source_that_is_not_in_the_mirror_is_told(desk: WorkspaceFixture) -> None:
    (desk.mirror / f"{SECOND}.pdf").unlink()
    outcome = desk.run()
    assert (outcome.status, errors(outcome)) == ("degraded", [(SECOND, "source-not-in-mirror")])


@pytest.mark.parametrize("name", ["a web page", "truncated", "damaged"])  # the last is only seen when it is read
def test_a_source_gone_bad_takes_nothing_away(desk: WorkspaceFixture, name: str) -> None:
    desk.run()
    before = desk.files()
    desk.put(FIRST, BAD[name])
    outcome = desk.run()
    assert (outcome.status, len(errors(outcome)), errors(outcome)[0][0]) == ("degraded", 1, FIRST)
    assert "is kept" in outcome.issues[0].message
    after = desk.files()
    assert [name for name in before if name.endswith(".csv") and after[name] != before[name]] == ["issues.csv"]
    desk.put(FIRST, original(FIRST))
    assert desk.run().status == "complete"
    assert desk.files() == before


def test_the_audit_is_done_once_and_its_rows_stay(desk: WorkspaceFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Issue("warning", "audit-differs", f"{FIRST} p. 3", "The two readings of this page differ; look at it.")
    monkeypatch.setattr(prepare_instrument, "audit", lambda data, name, document, bounds: (row,))
    first, second = desk.run(), desk.run()
    assert (first.status, told(first), told(second), second.remade) == ("complete", [row], [row], 0)


def test_a_changed_source_is_taken_and_told(desk: WorkspaceFixture) -> None:
    desk.run()
    desk.put(FIRST, other_bytes(FIRST))
    outcome = desk.run()
    assert [(row.where, row.code) for row in outcome.notices] == [(FIRST, "source-changed-metadata")]
    assert 0 < outcome.remade <= 5 + 1  # only what the change touches
    assert desk.rows("changes.csv") == []  # the words are the same, so no cell has changed
    assert desk.run().remade == 0


def test_what_the_disk_has_lost_is_made_again(desk: WorkspaceFixture) -> None:
    desk.run()
    before = desk.files()
    artefacts = sorted(path for path in (desk.root / "ws" / "artefacts").rglob("*") if path.is_file())
    for path in artefacts[::2]:
        path.write_bytes(b"\0" + path.read_bytes()[1:])
    for path in artefacts[1::4]:
        path.unlink()
    outcome = desk.run()
    assert {row.code for row in outcome.notices} == {"artefact-damaged"}
    assert (outcome.status, told(outcome)) == ("complete", [])
    assert desk.files() == before
    assert desk.run().notices == ()


def test_damaged_records_are_as_good_as_none(desk: WorkspaceFixture) -> None:
    desk.run()
    before = desk.files()
    for path in (desk.root / "ws" / "records").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    assert desk.run().status == "complete"
    assert desk.files() == before


def test_a_touched_release_is_put_right_without_work(desk: WorkspaceFixture) -> None:
    desk.run()
    before = desk.files()
    (desk.root / "release" / "matrix_presence.csv").unlink()
    assert desk.run().remade == 0
    assert desk.files() == before


def test_two_runs_at_once_do_not_mix(desk: WorkspaceFixture) -> None:
    with store.open_workspace(desk.root / "ws"):
        outcome = desk.run()
    assert (outcome.status, [row.code for row in outcome.issues]) == ("failed", ["workspace-busy"])
    assert not (desk.root / "release").exists()


def test_other_peoples_folder_is_left_alone(desk: WorkspaceFixture) -> None:
    (desk.root / "release").mkdir()
    (desk.root / "release" / "thesis.docx").write_bytes(b"mine")
    outcome = desk.run()
    assert (outcome.status, [row.code for row in outcome.issues]) == ("failed", ["out-not-a-release"])
    assert desk.files() == {"thesis.docx": b"mine"}


def test_fewer_articles_than_expected_is_an_error_more_a_warning(desk: WorkspaceFixture) -> None:
    first, second = pair().instruments
    few = first.model_copy(update={"expect": type(first.expect)(articles=(first.expect.articles or 0) + 3)})
    many = second.model_copy(update={"expect": type(second.expect)(articles=(second.expect.articles or 0) - 3)})
    outcome = desk.run(replace(pair(), instruments=(few, many)))
    assert [(row.level, row.code, row.where) for row in told(outcome)] == [
        ("error", "articles-missing", FIRST), ("warning", "articles-too-many", SECOND),
    ]  # fmt: skip


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from support.workspace_fixture import pair
from treatynlp import pipeline
root = Path(sys.argv[2])
pipeline.run(pair(), root / "ws", pipeline.Supply("mirror", root / "mirror"), root / "release")
"""


def test_killed_at_any_moment_the_next_run_finishes_with_the_same_bytes(desk: WorkspaceFixture, tmp_path: Path) -> None:
    (tmp_path / "undisturbed").mkdir()
    undisturbed = WorkspaceFixture(tmp_path / "undisturbed")
    undisturbed.run()
    chance = random.Random(7)
    for _ in range(5):
        command = [sys.executable, "-c", RUN, str(Path(__file__).parents[1]), str(desk.root)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.6, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not (desk.root / "release").exists() or desk.files() == undisturbed.files()
    assert desk.run().status == "complete"
    assert desk.files() == undisturbed.files()


# -- stages


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with store.open_workspace(tmp_path / "ws") as opened:
        yield opened


STAGE = Stage("split", ("treatynlp.errors",))


def test_work_is_done_once_for_the_same_inputs(workspace: Workspace) -> None:
    calls: list[str] = []

    def work() -> tuple[bytes, list[Issue]]:
        calls.append("")
        return b"tree", [Issue("warning", "w", "a-1", "Look.")]

    made = [once(workspace, STAGE, inputs, work) for inputs in (["a"], ["a"], ["b"], ["a", ""])]
    assert [one.fresh for one in made] == [True, False, True, True]
    assert {(one.output, one.issues) for one in made} == {(made[0].output, made[0].issues)}
    assert len(calls) == 3


def test_what_failed_is_tried_again(workspace: Workspace) -> None:
    def work() -> tuple[bytes, list[Issue]]:
        raise DataError(Issue("error", "e", "a-1", "Not now."))

    for _ in range(2):
        with pytest.raises(DataError):
            once(workspace, STAGE, ["a"], work)
    assert once(workspace, STAGE, ["a"], lambda: (b"", [])).fresh


# -- locks

LOCKED = LockedSource(url=URL.format("x"), sha256="a" * 64, size=9, media_type="pdf", retrieved_at="2094-03-01")


def test_locks_come_back_and_their_faults_are_named(tmp_path: Path) -> None:
    assert read_locks(tmp_path) == ({}, [])
    write_lock(tmp_path, "a-1", [LOCKED])
    assert read_locks(tmp_path) == ({LOCKED.url: LOCKED.sha256}, [])
    (tmp_path / "locks" / "b-2.yml").write_text("sources:\n  - {url: x, sha256: short, size: 0}\n")
    found, issues = read_locks(tmp_path)
    assert found == {LOCKED.url: LOCKED.sha256}
    assert {issue.where for issue in issues} >= {"locks/b-2.yml: sources.0.sha256", "locks/b-2.yml: sources.0.size"}


# -- a registry with a slip in it


def test_a_slip_in_the_registry_stops_no_other_and_takes_nothing_away(desk: WorkspaceFixture) -> None:
    folder = declared(desk.root)
    assert desk.run(examine(folder)).status == "complete"
    file = folder / "instruments" / f"{FIRST}.yml"
    file.write_text(file.read_text() + "bindng: true\n")
    outcome = desk.run(examine(folder))
    assert (outcome.status, [(row.level, row.code) for row in told(outcome)]) == (
        "degraded", [("error", "declared-unknown-key"), ("warning", "registry-kept")],
    )  # fmt: skip
    assert [row["instrument"] for row in desk.rows("documents.csv")] == [FIRST, SECOND]
    fresh = pipeline.run(examine(folder), desk.root / "new", Supply("mirror", desk.mirror), desk.root / "new-release")
    assert (fresh.status, errors(fresh)) == ("degraded", [(f"instruments/{FIRST}.yml: bindng", "declared-unknown-key")])
    assert "1 of 1" in fresh.reason


# -- official sources, from a server on this machine


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.files = {f"{ident}.pdf": original(ident) for ident in (FIRST, SECOND)}
        yield site


def published(site: Site) -> Corpus:
    """The two specimens, published on the server."""
    corpus = pair()
    sources = [{**one.sources[0].model_dump(), "url": site.url(f"{one.id}.pdf")} for one in corpus.instruments]
    moved = zip(corpus.instruments, sources, strict=True)
    return replace(corpus, instruments=tuple(one.model_copy(update={"sources": (Source(**at),)}) for one, at in moved))


def test_official_sources_are_asked_again_only_whether_they_changed(desk: WorkspaceFixture, site: Site) -> None:
    first = desk.run(published(site), Supply())
    assert (first.status, {row["origin"] for row in desk.rows("documents.csv")}) == ("complete", {"official"})
    second = desk.run(published(site), Supply())
    assert (second.status, second.remade) == ("complete", 0)
    assert [site.times(f"{ident}.pdf") for ident in (FIRST, SECOND)] == [2, 2]
    site.files[f"{FIRST}.pdf"] = other_bytes(FIRST)
    third = desk.run(published(site), Supply())
    assert [(row.where, row.code) for row in third.notices] == [(FIRST, "source-changed-metadata")]


def test_a_lock_holds_against_a_changed_source(desk: WorkspaceFixture, site: Site, tmp_path: Path) -> None:
    corpus = replace(published(site), root=tmp_path)
    with pipeline.started(corpus, tmp_path / "ws", Supply()) as run:
        for instrument in corpus.instruments:
            came = fetch_one(run, instrument)
            assert came.source is not None
            lock(run, instrument, came.source)
    assert desk.run(corpus, Supply()).status == "complete"
    before = desk.rows("provisions.csv")
    site.files[f"{FIRST}.pdf"] = other_bytes(FIRST)
    outcome = desk.run(corpus, Supply())
    assert (outcome.status, errors(outcome)) == ("degraded", [(FIRST, "source-checksum")])
    assert desk.rows("provisions.csv") == before


def test_a_site_that_has_lost_a_treaty_is_told_and_the_last_copy_stays(desk: WorkspaceFixture, site: Site) -> None:
    desk.run(published(site), Supply())
    before = desk.rows("provisions.csv")
    site.files[f"{FIRST}.pdf"] = PAGE
    outcome = desk.run(published(site), Supply())
    assert (outcome.status, errors(outcome)) == ("degraded", [(FIRST, "source-error-page")])
    assert desk.rows("provisions.csv") == before


# -- what people decided


def test_a_reviewers_decision_is_in_the_release_and_goes_stale_visibly(desk: WorkspaceFixture) -> None:
    desk.run()
    found = (row for row in desk.rows("labels.csv") if (row["instrument"], row["status"]) == (FIRST, "committed"))
    given = next(row for row in found if row["eid"].startswith("art_"))
    override = Override(
        instrument=FIRST, eid=given["eid"], text_hash="0" * 16, decision="reject", topic=given["topic"],
        reviewer="a-reviewer", date="2025-03-01", reason="It only mentions it.",
    )  # fmt: skip
    stale = desk.run(replace(pair(), overrides=(override,)))
    row = next(row for row in stale.issues if row.code == "override-stale")
    assert given in desk.rows("labels.csv")
    now = re.findall("text_hash ([0-9a-f]{16})", row.message)[0]
    decided = desk.run(replace(pair(), overrides=(override.model_copy(update={"text_hash": now}),)))
    assert (decided.status, told(decided)) == ("complete", [])
    assert decided.remade == 2  # its coding, and the release
    key = (given["instrument"], given["eid"], given["topic"])
    assert key not in {(row["instrument"], row["eid"], row["topic"]) for row in desk.rows("labels.csv")}
