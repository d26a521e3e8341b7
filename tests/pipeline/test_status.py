"""What `treatynlp status` says of each instrument, and that it looks and does nothing."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from support.workspace_fixture import FIRST, NOT_USABLE, SECOND, WorkspaceFixture, declared, original, pair
from treatynlp import pipeline
from treatynlp.cli import cli
from treatynlp.corpus import Corpus, examine
from treatynlp.pipeline import Supply
from treatynlp.pipeline.ask.status import InstrumentStatus, status
from treatynlp.pipeline.runs import prepare_instrument
from treatynlp.pipeline.workspace import history, stages
from treatynlp.registry import Override
from treatynlp.store import Workspace


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """The second reading takes longer than all the rest, and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare_instrument, "audit", lambda data, name, document, bounds: ())
        yield


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = WorkspaceFixture(tmp_path_factory.mktemp("once"))
    assert desk.run().status == "complete"
    return desk.root


@pytest.fixture
def desk(tmp_path: Path, made_once: Path) -> WorkspaceFixture:
    """A desk at which the two specimens have been made from the mirror (the one mirror, put right for each test)."""
    desk = WorkspaceFixture(tmp_path)
    shutil.copytree(made_once / "ws", tmp_path / "ws")
    desk.mirror = made_once / "mirror"
    for ident in (FIRST, SECOND):
        desk.put(ident, original(ident))
    return desk


@pytest.fixture
def supply(desk: WorkspaceFixture) -> Supply:
    return Supply("mirror", desk.mirror)


def standing(desk: WorkspaceFixture, corpus: Corpus | None = None, ident: str = FIRST) -> InstrumentStatus:
    there = status(Workspace(desk.root / "ws"), corpus or pair())
    return next(one for one in there.instruments if one.id == ident)


def codes(one: InstrumentStatus) -> list[str]:
    return [row.code for row in one.old]


def test_what_is_as_it_should_be_says_where_it_was_had(desk: WorkspaceFixture) -> None:
    one = standing(desk)
    assert (one.state, codes(one), one.title) == ("coded", [], pair().instruments[0].short_title)
    assert one.source
    assert (one.source.origin, one.source.copy.url) == ("mirror", f"mirror:{FIRST}.pdf")
    assert one.attempt
    assert one.attempt.kind == "first"
    assert one.source.retrieved <= one.attempt.at


def test_a_source_that_is_gone_says_since_when_and_why(desk: WorkspaceFixture) -> None:
    desk.run()
    reached = standing(desk).attempt
    (desk.mirror / f"{FIRST}.pdf").unlink()
    desk.run()
    desk.run()
    one = standing(desk)
    assert (one.state, codes(one)) == ("coded", ["source-not-reached"])
    assert reached
    assert f"Not reached since {reached.at} (source-not-in-mirror)" in one.old[0].message
    assert codes(standing(desk, ident=SECOND)) == []
    desk.put(FIRST, original(FIRST))
    desk.run()
    assert codes(standing(desk)) == []


def test_a_newer_copy_that_was_not_taken_says_why(desk: WorkspaceFixture) -> None:
    desk.put(FIRST, NOT_USABLE["damaged"])
    desk.run()
    one = standing(desk)
    assert (one.state, codes(one)) == ("coded", ["source-not-taken"])
    assert "The new copy" in one.old[0].message


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("READ", "It was read by an earlier version"),
        ("SPLIT", "It was split by an earlier version"),
        ("CODE", "It was coded with an earlier model"),
    ],
)
def test_what_an_earlier_version_made_says_so(
    desk: WorkspaceFixture, monkeypatch: pytest.MonkeyPatch, stage: str, said: str
) -> None:
    changed, version = getattr(stages, stage), stages.code_version
    monkeypatch.setattr(stages, "code_version", lambda one: "another" if one == changed else version(one))
    one = standing(desk)
    assert codes(one) == ["result-outdated"]
    assert one.old[0].message.startswith(said)


def test_what_people_decide_and_declare_makes_what_rests_on_it_old(desk: WorkspaceFixture) -> None:
    override = Override(
        instrument=FIRST, eid="art_1", text_hash="0" * 16, decision="reject", topic="definitions",
        reviewer="N. N.", date="2094-01-31", reason="only named in passing",
    )  # fmt: skip
    decided = standing(desk, replace(pair(), overrides=(override,)))
    assert "set of decisions" in decided.old[0].message
    first, second = pair().instruments
    expected = first.model_copy(update={"expect": type(first.expect)(articles=7)})
    assert "declared otherwise" in standing(desk, replace(pair(), instruments=(expected, second))).old[0].message


def test_what_was_never_had_says_why(tmp_path: Path) -> None:
    first, second = pair().instruments
    corpus = replace(pair(), instruments=(first, second.model_copy(update={"sources": ()})))
    there = status(Workspace(tmp_path), corpus)
    assert [(one.state, codes(one)) for one in there.instruments] == [("not fetched", ["source-not-asked"])] * 2
    said = [one.old[0].message for one in there.instruments]
    assert "has not been asked for" in said[0]
    assert "no address is declared" in said[1]
    assert there.last is None


def test_others_that_runs_have_made_are_shown_too(desk: WorkspaceFixture) -> None:
    there = status(Workspace(desk.root / "ws"), replace(pair(), instruments=pair().instruments[:1]))
    assert [(one.id, one.state, codes(one)) for one in there.instruments] == [
        (FIRST, "coded", []), (SECOND, "coded", []),
    ]  # fmt: skip


def test_the_last_run_says_how_it_ended(desk: WorkspaceFixture, supply: Supply) -> None:
    last = status(Workspace(desk.root / "ws"), pair()).last
    assert last
    assert (last.doing, last.status) == ("run", "complete")
    assert "2 of 2 instruments" in last.reason
    killed = history.started_now("run")
    history.begin(Workspace(desk.root / "ws"), supply.series, killed)
    assert "did not end: it was stopped" in call(desk, "status").splitlines()[0]


def call(desk: WorkspaceFixture, *words: str) -> str:
    folder = desk.root / "corpus"
    command = [*words, "--corpus", str(folder if folder.exists() else declared(desk.root))]
    result = CliRunner(env={"TREATYNLP_WORKSPACE": str(desk.root / "ws")}).invoke(cli, command)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_command_for_people_and_for_scripts(desk: WorkspaceFixture) -> None:
    (desk.mirror / f"{FIRST}.pdf").unlink()
    corpus = examine(declared(desk.root))
    pipeline.run(corpus, desk.root / "ws", Supply("mirror", desk.mirror), desk.root / "release")
    lines = call(desk, "status").splitlines()
    assert lines[0].startswith("last run: ")
    assert " degraded. 2 of 2 instruments" in lines[0]
    assert [line.split()[:3] for line in lines if not line.startswith((" ", "last"))] == [
        [FIRST, "coded", "mirror"], [SECOND, "coded", "mirror"],
    ]  # fmt: skip
    assert [line for line in lines if "[source-not-reached]" in line]
    answer: dict[str, Any] = json.loads(call(desk, "status", "--json", "--old"))
    assert [(one["id"], one["old"][0]["code"]) for one in answer["instruments"]] == [(FIRST, "source-not-reached")]
    (runs,) = answer["runs"].values()
    assert [one["status"] for one in runs] == ["degraded", "complete"]
    second: dict[str, Any] = json.loads(call(desk, "status", "--json", "--only", SECOND))
    assert [one["id"] for one in second["instruments"]] == [SECOND]


def test_it_looks_and_does_nothing(desk: WorkspaceFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed() -> dict[str, tuple[int, bytes]]:
        files = (path for path in (desk.root / "ws").rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    def forbidden(*_: object) -> None:
        raise AssertionError("status writes nothing")

    before = listed()
    place = type(Workspace(desk.root / "ws").place)
    for verb in ("write", "remove", "held"):
        monkeypatch.setattr(place, verb, forbidden)
    assert standing(desk).state == "coded"
    assert listed() == before


def test_a_workspace_at_a_url_is_looked_at_like_a_folder(desk: WorkspaceFixture, supply: Supply) -> None:
    outcome = pipeline.run(pair(), "memory://status-test", supply, desk.root / "elsewhere")
    assert outcome.status == "complete"
    there = status(Workspace("memory://status-test"), pair())
    assert [(one.id, one.state, codes(one)) for one in there.instruments] == [
        (FIRST, "coded", []), (SECOND, "coded", []),
    ]  # fmt: skip
    assert there.last
    assert there.last.status == "complete"
