"""Bringing a treaty of one's own, as a person does it: from the command line, in a pipe and at a terminal."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from support.workspace_fixture import original
from treatynlp import pipeline
from treatynlp.cli import cli
from treatynlp.errors import Issue
from treatynlp.home import home
from treatynlp.pipeline.ask import adding
from treatynlp.pipeline.runs import prepare_instrument
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.store import Workspace

TREATY, OTHER = "lemuria-data-2340", "atlantis-cybercrime-2391"
PAGE = """<!doctype html><html><head><title>Lamps</title></head><body>
<h1>Protocol of the Lamp Islands on the Extradition of Lamp Thieves</h1><p>Done at Wick, 7 June 2388</p>
<p>The Lamp Islands, wishing that no thief of lamps find a dark corner, have agreed as follows:</p>
{articles}</body></html>"""
ARTICLES = "".join(
    f"<p align=center><b>Article {number}</b></p><p>{words}</p>"
    for number, words in enumerate(
        (
            "Each Party shall extradite to the others any person sought for the theft of a lamp.",
            "Extradition shall be granted for offences punishable by imprisonment for at least one year.",
            "Each Party may refuse to extradite its own nationals.",
            "This Protocol shall enter into force when three Islands have ratified it.",
        ),
        start=1,
    )
)


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """The second reading takes longer than all the rest, and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare_instrument, "audit", lambda *_: ())
        yield


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two specimens have been made."""
    root = tmp_path_factory.mktemp("others")
    corpus, supply = pipeline.chosen(None, None, True, (OTHER, "hyperborea-surrender-2304"))
    assert pipeline.run(corpus, root / "ws", supply, root / "release").status == "complete"
    return root / "ws"


@pytest.fixture
def ws(others: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(others, tmp_path / "ws"))


@pytest.fixture
def treaty(tmp_path: Path) -> Path:
    """A specimen as if it were a file of one's own, under a name that says nothing."""
    path = tmp_path / "Scan 3 (final).pdf"
    path.write_bytes(original(TREATY))
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.html"
    path.write_text(PAGE.format(articles=ARTICLES))
    return path


def call(ws: Path, *words: object) -> Result:
    return CliRunner(env={"TREATYNLP_WORKSPACE": str(ws)}).invoke(cli, [str(word) for word in words])


def added(ws: Path, *words: object) -> dict[str, Any]:
    result = call(ws, "add", *words, "--json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def codes(result: Result) -> list[str]:
    return [line.split("[")[1].split("]")[0] for line in result.stderr.splitlines() if line.startswith("error [")]


def repository() -> str:
    """The hash of all that is declared and comes with treatynlp."""
    files = sorted(path for path in (home() / "corpus").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


def test_in_a_pipe_what_is_not_said_is_guessed_and_told(ws: Path, treaty: Path) -> None:
    before = repository()
    answer = added(ws, treaty, "--body", "Lemurian Union")
    said = answer["instrument"]
    assert said["title"].startswith("Convention of the Lemurian Union on the Protection of Persons")
    assert (said["kind"], said["binding"], said["body"]) == ("treaty", True, "Lemurian Union")
    assert (said["dates"], said["family"], said["scope"]) == ({"adopted": "2340-05-14"}, ["data_protection"], "global")
    assert said["id"].endswith("-2340")
    assert set(answer["guessed"]) == {"id", "title", "short_title", "kind", "binding", "family", "adopted", "articles"}
    assert said["expect"] == {"articles": 38}
    told = call(ws, "add", treaty, "--replace").stderr
    assert (
        "info [add-guessed] Scan 3 (final).pdf: body is 'not stated' (by nobody); say --body if that is wrong." in told
    )
    assert repository() == before


def test_it_is_shown_beside_the_others(ws: Path, treaty: Path) -> None:
    answer = added(ws, treaty)
    assert len(answer["articles"]) == 38
    assert set(answer["articles"][0]) == {"eid", "label", "heading", "page"}
    topics = {one["topic"]: one for one in answer["topics"]}
    assert topics["sensitive_data"]["family"] == "data_protection"
    assert topics["sensitive_data"]["citations"][0].startswith("Art. ")
    assert answer["against"] == [OTHER, "hyperborea-surrender-2304"]
    assert {one["id"] for one in answer["nearest"]} == set(answer["against"])
    assert all(0 <= one[way] <= 1 for one in answer["nearest"] for way in ("thematic", "textual"))
    gaps = {one["topic"]: one["has"] for one in answer["gaps"]}
    assert gaps["extradition"] == [OTHER, "hyperborea-surrender-2304"]
    assert not set(gaps) & set(topics)
    assert "data_transfers" in answer["alone"]
    alone = added(ws, treaty, "--against", "hyperborea-surrender-2304", "--replace")
    assert (alone["against"], len(alone["nearest"])) == (["hyperborea-surrender-2304"], 1)


def test_people_read_a_table(ws: Path, treaty: Path) -> None:
    lines = call(ws, "add", treaty, "--id", "mine-2340").stdout.splitlines()
    assert lines[0].startswith("added mine-2340: Convention of the Lemurian Union")
    assert lines[1].startswith("38 articles on 4 pages; ")
    assert any(line.split()[:1] == ["sensitive_data"] and "Art. " in line for line in lines)
    assert any(line.startswith("regulated by others and not found here") for line in lines)


def test_without_others_it_says_where_they_come_from(tmp_path: Path, page: Path) -> None:
    shown = call(tmp_path / "new", "add", page)
    assert (shown.exit_code, "`treatynlp run` brings those of the registry" in shown.stdout) == (0, True)


def test_a_web_page_is_a_treaty_like_any_other(ws: Path, page: Path) -> None:
    answer = added(ws, page, "--url", "https://lamps.example/protocol", "--official", "--region", "Lamp Islands")
    said = answer["instrument"]
    assert (said["kind"], said["dates"]["adopted"], said["family"]) == ("protocol", "2388-06-07", ["extradition"])
    assert (said["scope"], said["region"]) == ("regional", "Lamp Islands")
    assert [(one["url"], one["media_type"], one["official"]) for one in said["sources"]] == [
        ("https://lamps.example/protocol", "html", True)
    ]
    assert (answer["source"]["origin"], answer["source"]["url"]) == ("own", "https://lamps.example/protocol")
    assert [one["label"] for one in answer["articles"]] == ["1", "2", "3", "4"]


def test_what_a_person_says_goes_before_what_is_guessed(ws: Path, treaty: Path) -> None:
    facts = {
        "--id": "mine-1", "--title": "My title", "--short-title": "Mine", "--citation": "No. 1", "--body": "We",
        "--kind": "model_law", "--signed": "2341-01", "--family": "lamps", "--language": "en", "--articles": "38",
    }  # fmt: skip
    said = added(ws, treaty, *(word for pair in facts.items() for word in pair), "--no-binding")["instrument"]
    assert said == {
        "id": "mine-1", "title": "My title", "short_title": "Mine", "citation": "No. 1", "body": "We",
        "kind": "model_law", "binding": False, "scope": "global", "family": ["lamps"], "dates": {"signed": "2341-01"},
        "languages": ["en"], "expect": {"articles": 38},
    }  # fmt: skip
    assert yaml.safe_load((ws / "own/instruments/mine-1.yml").read_text())["binding"] is False


def test_runs_include_it_as_ones_own(ws: Path, treaty: Path, tmp_path: Path) -> None:
    added(ws, treaty, "--id", "mine-2340")
    words = ("run", "--specimens", "--only", OTHER, "--only", "mine-2340", "--out", tmp_path / "r")
    assert call(ws, *words).exit_code == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "r" / "documents.csv").read_text("utf-8-sig"), newline=""))
    assert [(row["instrument"], row["origin"], row["url"]) for row in rows] == [
        (OTHER, "specimen", f"specimen:{OTHER}.pdf"), ("mine-2340", "own", "own:mine-2340.pdf"),
    ]  # fmt: skip
    again = call(ws, *words)
    assert "nothing had changed, nothing was done" in again.stdout
    without = call(ws, "run", "--specimens", "--without-own", "--only", OTHER, "--out", tmp_path / "r")
    assert without.stdout.startswith("complete: 1 of 1 ")
    unknown = call(ws, "run", "--specimens", "--without-own", "--only", "mine-2340")
    assert codes(unknown) == ["instrument-unknown"]


def test_it_is_listed_shown_compared_and_removed(ws: Path, treaty: Path) -> None:
    added(ws, treaty, "--id", "mine-2340")
    listed = json.loads(call(ws, "list", "--json").stdout)
    assert [(one["state"], one["origin"]) for one in listed if one["id"] == "mine-2340"] == [("coded", "own")]
    standing = json.loads(call(ws, "status", "--json", "--only", "mine-2340").stdout)["instruments"]
    assert [(one["state"], one["old"]) for one in standing] == [("coded", [])]
    assert "(your own copy), page 1" in call(ws, "show", "mine-2340", "1").stdout
    assert call(ws, "compare", "mine-2340", OTHER).exit_code == 0
    assert call(ws, "verify", "mine-2340").stdout == "mine-2340: as in the source\n"
    assert call(ws, "prune").exit_code == 0
    assert call(ws, "show", "mine-2340", "1").exit_code == 0
    assert call(ws, "remove", "mine-2340").exit_code == 0
    assert "mine-2340" not in call(ws, "list").stdout + call(ws, "status").stdout
    assert not (ws / "own").exists() or not [path for path in (ws / "own").rglob("*") if path.is_file()]
    assert codes(call(ws, "remove", "mine-2340")) == ["own-unknown"]


def test_an_id_is_taken_once(ws: Path, treaty: Path, page: Path) -> None:
    assert codes(call(ws, "add", treaty, "--id", "budapest-2001")) == ["id-taken"]  # the registry's
    assert codes(call(ws, "add", treaty, "--id", OTHER)) == ["id-taken"]  # made in this workspace
    added(ws, treaty, "--id", "mine-1")
    second = call(ws, "add", page, "--id", "mine-1")
    assert (codes(second), "--replace" in second.stderr) == (["id-taken"], True)
    assert added(ws, page, "--id", "mine-1", "--replace")["instrument"]["kind"] == "protocol"
    assert sorted(path.name for path in (ws / "own").rglob("*") if path.is_file()) == ["mine-1.html", "mine-1.yml"]


def test_every_fault_of_what_is_said_comes_at_once(ws: Path, treaty: Path) -> None:
    facts = {"id": "My Treaty", "adopted": "last May", "url": "lamps", "family": "Lamps!"}
    result = call(ws, "add", treaty, *(word for name, fact in facts.items() for word in (f"--{name}", fact)))
    keys = {line.split(": ")[1] for line in result.stderr.splitlines() if line.startswith("error [")}
    assert result.exit_code == 1
    assert keys >= {"id", "dates.adopted", "sources.0.url", "family.0"}
    assert not (ws / "own").exists()
    region = call(ws, "add", treaty, "--scope", "regional")
    assert "a regional instrument needs `region`" in region.stderr


def test_a_date_is_needed_and_asked_for_in_the_row(ws: Path, tmp_path: Path) -> None:
    path = tmp_path / "undated.html"
    path.write_text(PAGE.format(articles=ARTICLES).replace("7 June 2388", "the quay"))
    result = call(ws, "add", path)
    assert (result.exit_code, "at least one date is needed" in result.stderr) == (1, True)
    assert added(ws, path, "--adopted", "2388")["instrument"]["dates"] == {"adopted": "2388"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("missing.pdf", None, "source-unreadable"),
        ("empty.pdf", b"", "source-empty"),
        ("page.pdf", b"<html><title>Page not found</title>", "source-error-page"),
        ("word.pdf", b"PK\x03\x04 a word processor's file", "source-wrong-type"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "source-truncated"),
        ("novel.html", PAGE.format(articles="<p>It was a dark quay and a lamp was lit.</p>" * 80), "not-a-treaty"),
        (
            "shifted.html",
            PAGE.format(articles="<p><b>Article 1</b></p>" + "<p>7KH 3DUWLHV VKDOO FRQVXOW HDFK RWKHU</p>" * 40),
            "not-kept",
        ),
        ("no-kind.html", "<html><body>" + "<p>On 3 May 2388 a lamp was lit on the quay.</p>" * 80, "not-a-treaty"),
    ],
)
def test_what_is_no_treaty_is_refused(ws: Path, tmp_path: Path, name: str, data: str | bytes | None, code: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = call(ws, "add", path)
    assert (result.exit_code, codes(result)[-1]) == (1, code)
    assert not (ws / "own").exists()


def test_a_declaration_needs_no_articles(ws: Path, tmp_path: Path) -> None:
    path = tmp_path / "call.html"
    words = "".join(
        f"<p>We, who live by the light of the {place}, call upon all who keep its lamps to fill them, to trim them and "
        f"to see that nobody who passes the {place} at night has to walk without one.</p>"
        for place in ("harbour", "mole", "market", "bridge", "old tower", "ferry stairs", "library", "rope walk")
    )
    path.write_text(PAGE.format(articles=words))
    said = added(ws, path, "--kind", "declaration")["instrument"]
    assert (said["kind"], said["binding"]) == ("declaration", False)


def test_one_that_cannot_be_made_leaves_the_earlier_one(
    ws: Path, treaty: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(ws, treaty, "--id", "mine-1")
    row = Issue("error", "stage-failed", "mine-1", "The stage 'code' failed; please report it.")
    monkeypatch.setattr(adding, "prepare", lambda *_: Prepared("mine-1", issues=(row,)))
    assert codes(call(ws, "add", page, "--id", "mine-1", "--replace")) == ["stage-failed"]
    assert sorted(path.name for path in (ws / "own").rglob("*") if path.is_file()) == ["mine-1.pdf", "mine-1.yml"]
    assert (ws / "own" / "mine-1.pdf").read_bytes() == treaty.read_bytes()


def test_a_slip_in_a_corrected_file_stops_no_other(ws: Path, treaty: Path, page: Path, tmp_path: Path) -> None:
    added(ws, treaty, "--id", "mine-1")
    added(ws, page, "--id", "mine-2")
    file = ws / "own/instruments/mine-1.yml"
    file.write_text(file.read_text().replace("body: not stated", "bdy: We"))
    result = call(ws, "run", "--specimens", "--out", tmp_path / "r")
    assert (result.exit_code, codes(result)) == (1, ["declared-unknown-key"])
    assert "own/instruments/mine-1.yml: bdy" in result.stderr
    assert result.stdout.startswith("degraded: 6 of 6 ")


def test_a_workspace_at_a_url_keeps_it_too(page: Path) -> None:
    place = "memory://add-test"
    said = json.loads(call(Path(), "add", page, "--workspace", place, "--json").stdout)
    assert said["source"]["origin"] == "own"
    assert set(Workspace(place).place.sizes("own")) == {
        f"own/{said['id']}.html", f"own/instruments/{said['id']}.yml",
    }  # fmt: skip
    assert call(Path(), "remove", said["id"], "--workspace", place).exit_code == 0
    assert not Workspace(place).place.sizes("own")


def test_at_a_terminal_one_is_asked_and_the_guess_is_offered(ws: Path, page: Path) -> None:
    ours, theirs = pty.openpty()
    answers = ["lamp-thieves-2388", "", "Lamp Thieves Protocol", "Lamp Islands", "", "", "Lamp Islands", "", "", ""]
    os.write(ours, "".join(answer + "\n" for answer in answers).encode())
    program = Path(sys.executable).with_name("treatynlp")
    command = [program, "add", page, "--workspace", ws]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, timeout=120, check=False)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "short title [Protocol of the Lamp Islands" in done.stderr
    said = yaml.safe_load((ws / "own/instruments/lamp-thieves-2388.yml").read_text())
    assert (said["short_title"], said["body"], said["region"]) == (
        "Lamp Thieves Protocol", "Lamp Islands", "Lamp Islands",
    )  # fmt: skip
    assert (said["title"], said["kind"]) == (
        "Protocol of the Lamp Islands on the Extradition of Lamp Thieves",
        "protocol",
    )
    assert "todo" not in said  # a person has looked at everything
    assert "add-guessed" not in done.stderr


def test_fewer_articles_than_a_person_counted_are_told(ws: Path, treaty: Path) -> None:
    result = call(ws, "add", treaty, "--articles", "41")
    assert (result.exit_code, codes(result)) == (1, ["articles-missing"])


def test_a_real_treaty_that_is_in_no_registry(shared: Path, tmp_path: Path, ws: Path) -> None:
    answer = added(ws, shared / "corpus" / "layouts" / "nyc-1958-web.pdf")
    said = answer["instrument"]
    assert (said["id"], said["kind"], said["dates"]) == ("nyc-1958-web", "treaty", {"adopted": "1958-06-10"})
    assert said["title"].startswith("United Nations Convention on the Recognition")
    assert len(answer["articles"]) == 16
    assert {"entry_into_force", "denunciation"} <= {one["topic"] for one in answer["topics"]}
