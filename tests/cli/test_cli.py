"""The command line as people and scripts use it: answers on stdout, faults on stderr, and an honest exit status."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from support.workspace_fixture import FIRST, NOT_USABLE, SECOND, declared, original
from treatynlp.cli import cli, main
from treatynlp.cli.issue_rows import gathered
from treatynlp.corpus import Corpus, load
from treatynlp.errors import Issue, Level
from treatynlp.pipeline.runs import learning
from treatynlp.reading import audit
from treatynlp.specimens import expected_split, load_specimens
from treatynlp.structure.tree import Treaty

ARTICLE = {"eid", "label", "heading", "text", "page", "children"}
BAD = {
    "empty.pdf": (b"", "source-empty"),
    "truncated.pdf": (b"%PDF-1.7\n1 0 obj", "source-truncated"),
    "page.pdf": (b"<!doctype html><title>Page not found</title>", "source-error-page"),
    "word.pdf": (b"PK\x03\x04 a word processor's file", "source-wrong-type"),
    "noending": (b"just words", "file-without-text"),
    "password.pdf": (NOT_USABLE["password"], "pdf-password"),
    "damaged.pdf": (NOT_USABLE["damaged"], "pdf-broken"),
}


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """The second reading takes longer than all the rest, and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "audit", lambda data, document: ())
        yield


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the specimens have been made, and their release beside it."""
    root = tmp_path_factory.mktemp("cli")
    made = call("run", "--specimens", "--out", root / "release", workspace=root / "ws")
    assert made.exit_code == 0, made.stderr
    assert made.stdout.startswith("complete: ")
    return root / "ws"


@pytest.fixture
def pdfs(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{ident}.pdf" for ident in (FIRST, SECOND)]
    for path in paths:
        path.write_bytes(original(path.stem))
    return paths


def call(*words: object, workspace: Path | None = None) -> Result:
    runner = CliRunner(env={"TREATYNLP_WORKSPACE": str(workspace) if workspace else None})
    return runner.invoke(cli, [str(word) for word in words])


def codes(result: Result) -> list[str]:
    """The codes of the rows on stderr."""
    return [line.split("[")[1].split("]")[0] for line in result.stderr.splitlines() if line.startswith("error [")]


def nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node["children"] for below in nodes(child))]


def test_split_of_one_file_is_json_on_stdout(pdfs: list[Path]) -> None:
    result = call("split", pdfs[0])
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert {"source", "articles", "issues"} <= set(answer)
    assert answer["source"]["id"] == FIRST
    gold = next(expected_split(one) for one in load_specimens() if one.instrument.id == FIRST)["articles"]
    assert [article["label"] for article in answer["articles"]] == [article["label"] for article in gold]
    for node in (node for article in answer["articles"] for node in nodes(article)):
        assert set(node) >= ARTICLE
        assert node["end"] - node["start"] == len(node["text"])
        assert all(child["text"] in node["text"] for child in node["children"])


def test_several_files_give_a_line_each_or_a_file_each(pdfs: list[Path], tmp_path: Path) -> None:
    lines = call("split", *pdfs).stdout.splitlines()
    out = tmp_path / "out"
    assert call("split", *pdfs, "--out", out).stdout == ""
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{path.stem}.json" for path in pdfs)
    assert [json.loads(line) for line in lines] == [
        json.loads((out / f"{path.stem}.json").read_text()) for path in pdfs
    ]


@pytest.mark.parametrize("name", [*BAD, "missing.pdf", "folder.pdf"])
def test_a_bad_file_is_one_row_and_the_others_are_written(pdfs: list[Path], tmp_path: Path, name: str) -> None:
    path, code = tmp_path / name, "source-unreadable"
    if name in BAD:
        path.write_bytes(BAD[name][0])
        code = BAD[name][1]
    elif name == "folder.pdf":
        path.mkdir()
    result = call("split", path, *pdfs, "--out", tmp_path / "out")
    assert (result.exit_code, codes(result)) == (1, [code])
    assert name in result.stderr
    assert {file.stem for file in (tmp_path / "out").iterdir()} == {FIRST, SECOND}
    alone = call("split", path)
    assert (alone.exit_code, alone.stdout, codes(alone)) == (1, "", [code])


def test_files_of_one_name_are_not_silently_mixed(pdfs: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other" / pdfs[0].name
    other.parent.mkdir()
    other.write_bytes(original(SECOND))
    result = call("split", pdfs[0], other, "--out", tmp_path / "out")
    assert (result.exit_code, codes(result)) == (1, ["out-same-name"])


def test_classify_says_what_is_regulated_and_on_which_words(pdfs: list[Path]) -> None:
    result = call("classify", pdfs[0])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    found = [node for article in answer["articles"] for node in nodes(article)]
    assert all({"labels", "inconclusive", "modality", "attributes"} <= set(node) for node in found)
    labels = [label for node in found for label in node["labels"]]
    assert len({label["topic"] for label in labels}) > 10
    for label in labels:
        assert set(label) >= {"topic", "family", "score", "by", "evidence"}
        assert label["family"]
        assert label["evidence"]["end"] - label["evidence"]["start"] == len(label["evidence"]["text"]) > 0


def test_a_second_run_does_nothing_and_says_so(workspace: Path) -> None:
    again = call("run", "--specimens", "--out", workspace.parent / "release", workspace=workspace)
    assert again.exit_code == 0
    assert "nothing was done" in again.stdout
    told = json.loads(call("run", "--specimens", "--json", workspace=workspace).stdout)
    assert (told["status"], told["remade"]) == ("complete", 0)
    assert not [row for row in told["issues"] if row["level"] == "error"]


def test_run_over_some_and_over_unknown_ones(workspace: Path, tmp_path: Path) -> None:
    some = call("run", "--specimens", "--only", FIRST, "--out", tmp_path / "r", workspace=workspace)
    assert some.stdout.startswith("complete: 1 of 1 instrument in the release")
    unknown = call("run", "--specimens", "--only", "lemuria", workspace=workspace)
    assert (unknown.exit_code, codes(unknown)) == (1, ["instrument-unknown"])


def test_a_mirror_that_lacks_some_gives_the_others(pdfs: list[Path], tmp_path: Path) -> None:
    folder = declared(tmp_path)
    pdfs[1].unlink()
    words = ("run", "--corpus", folder, "--mirror", tmp_path, "--out", tmp_path / "r")
    result = call(*words, workspace=tmp_path / "ws")
    assert (result.exit_code, codes(result)) == (1, ["source-not-in-mirror"])
    assert result.stdout.startswith("degraded: 1 of 2 instruments")
    assert "source-not-in-mirror" in (tmp_path / "r" / "issues.csv").read_text("utf-8-sig")


def test_every_fault_of_the_registry_is_told_and_the_rest_goes_on(pdfs: list[Path], tmp_path: Path) -> None:
    folder = declared(tmp_path)
    (folder / "instruments" / "lemuria-2401.yml").write_text("id: lemuria-2401\nbindng: true\n")
    (folder / "instruments" / "mu-2402.yml").write_text("id: [\n")
    result = call("run", "--corpus", folder, "--mirror", tmp_path, workspace=tmp_path / "ws")
    assert result.exit_code == 1
    assert {"lemuria-2401.yml: bindng", "lemuria-2401.yml: title", "mu-2402.yml"} <= {
        line.split("instruments/")[1].rpartition(": line")[0].strip(": ")
        for line in result.stderr.splitlines()
        if "instruments/" in line
    }
    assert result.stdout.startswith("degraded: 2 of 2")


def test_hosts_that_do_not_answer_are_told(tmp_path: Path) -> None:
    folder = declared(tmp_path)
    result = call("run", "--corpus", folder, "--out", tmp_path / "r", workspace=tmp_path / "ws")
    assert (result.exit_code, codes(result)) == (1, ["source-unreachable"] * 2)
    assert result.stdout.startswith("failed: 0 of 2")
    assert "source-unreachable" in (tmp_path / "r" / "issues.csv").read_text("utf-8-sig")


def test_fetch_keeps_sources_and_tells_what_is_new(pdfs: list[Path], tmp_path: Path) -> None:
    words = ("fetch", "--corpus", declared(tmp_path), "--mirror", tmp_path)
    first, second = (call(*words, workspace=tmp_path / "ws") for _ in range(2))
    assert [line.split()[:2] for line in first.stdout.splitlines()] == [["new", FIRST], ["new", SECOND]]
    assert [line.split()[:2] for line in second.stdout.splitlines()] == [["unchanged", FIRST], ["unchanged", SECOND]]
    pdfs[0].write_bytes(NOT_USABLE["damaged"])
    third = call(*words, workspace=tmp_path / "ws")
    assert (third.exit_code, third.stdout.splitlines()[0].split()[:2]) == (1, ["kept", FIRST])


def test_list_and_check(workspace: Path, tmp_path: Path) -> None:
    rows = json.loads(call("list", "--json", workspace=workspace).stdout)
    assert {"id", "short_title", "state"} <= set(rows[0])
    assert call("check", workspace=workspace).exit_code == 0
    faulty = declared(tmp_path)
    (faulty / "instruments" / "mu-2402.yml").write_text("id: mu-2402\n")
    assert call("check", "--corpus", faulty, workspace=workspace).exit_code == 1
    assert codes(call("check", "--corpus", tmp_path / "nowhere", workspace=workspace)) == ["corpus-missing"]


@pytest.mark.parametrize(
    ("address", "eid"),
    [("2", "art_2"), ("Article 2", "art_2"), ("Art. 2", "art_2"), ("art_2", "art_2"), ("preamble", "preamble")],
)
def test_show_finds_what_people_call_it(workspace: Path, address: str, eid: str) -> None:
    shown = call("show", FIRST, address, "--json", workspace=workspace)
    assert (shown.exit_code, json.loads(shown.stdout)["eid"]) == (0, eid)


def test_show_for_people_and_for_what_is_not_there(workspace: Path) -> None:
    shown = call("show", FIRST, "2", workspace=workspace)
    assert shown.stdout.startswith("Art. 2 ")
    assert "read from a specimen), page " in shown.stdout
    assert codes(call("show", FIRST, "999", workspace=workspace)) == ["provision-unknown"]
    assert codes(call("show", "zembla", "1", workspace=workspace)) == ["instrument-unknown"]


def test_show_draws_how_a_page_was_read(workspace: Path, tmp_path: Path) -> None:
    drawn = call("show", FIRST, "--page", 2, "--out", tmp_path / "p.png", workspace=workspace)
    assert (drawn.exit_code, (tmp_path / "p.png").read_bytes()[:4]) == (0, b"\x89PNG")
    assert call("show", FIRST, "--page", 9999, "--out", tmp_path / "q.png", workspace=workspace).exit_code == 1
    assert call("show", FIRST, workspace=workspace).exit_code == 2


def test_every_stored_word_is_the_source_s(workspace: Path) -> None:
    result = call("verify", FIRST, workspace=workspace)
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", f"{FIRST}: as in the source\n")


def test_a_release_without_text_holds_no_sentence(workspace: Path, tmp_path: Path) -> None:
    made = call("run", "--specimens", "--publishable", "--out", tmp_path / "r", workspace=workspace)
    assert made.exit_code == 0
    sentence = json.loads(call("show", FIRST, "2", "--json", workspace=workspace).stdout)["text"][:60].encode()
    whole = workspace.parent / "release"
    assert any(sentence in path.read_bytes() for path in whole.rglob("*.csv"))
    assert not any(sentence in path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file())


def test_compare_ids_and_files(workspace: Path, pdfs: list[Path]) -> None:
    result = call("compare", FIRST, SECOND, "--format", "json", workspace=workspace)
    answer = json.loads(result.stdout)
    assert {"pairs", "only_left", "only_right"} <= set(answer)
    assert answer["pairs"]
    for pair in answer["pairs"]:
        assert {"left", "right", "score", "relation"} <= set(pair)
        assert 0 <= pair["score"] <= 1
    by_file = call("compare", pdfs[0], SECOND, "--format", "json", workspace=workspace)
    assert json.loads(by_file.stdout)["pairs"] == answer["pairs"]
    assert "only in" in call("compare", FIRST, SECOND, workspace=workspace).stdout


def test_training_is_on_all_instruments_with_gold(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(treaties: list[Treaty], corpus: Corpus, teaching: Path | None) -> dict[str, bytes]:
        assert teaching == tmp_path
        return {"README.md": " ".join(treaty.id for treaty in treaties).encode()}

    monkeypatch.setattr(learning, "model_files", named)  # learning and measuring take long, and are tested in coding
    monkeypatch.setattr(learning, "evaluated", named)
    for command in ("train", "evaluate"):
        words = (command, "--mirror", shared / "corpus" / "mirror", "--teaching", tmp_path)
        words = (*words, "--model", tmp_path / command)
        assert call(*words, workspace=tmp_path / "ws").exit_code == 0
        ids = (tmp_path / command / "README.md").read_text().split()
        assert ids == sorted({row.instrument for row in load().topics})


def test_review_lists_what_a_person_should_look_at(workspace: Path) -> None:
    rows = json.loads(call("review", "--top", 5, "--json", workspace=workspace).stdout)
    assert len(rows) == 5
    assert [row["worth"] for row in rows] == sorted((row["worth"] for row in rows), reverse=True)
    assert len(call("review", "--top", 5, workspace=workspace).stdout.splitlines()) == 5


def test_training_on_fewer_instruments_than_have_gold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    result = call("train", "--mirror", tmp_path / "mirror", "--model", tmp_path / "m", workspace=tmp_path / "ws")
    assert (result.exit_code, set(codes(result))) == (1, {"source-not-in-mirror"})
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize(
    "words",
    [["split"], ["nonsense"], ["run", "--mirror", "/nowhere/at/all"], ["compare", "a"], ["split", "--color", "x"]],
)
def test_wrong_usage_is_status_2(words: list[str]) -> None:
    assert call(*words).exit_code == 2


def test_faults_are_rows_and_never_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["treatynlp", "show", "lemuria", "1"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("error [instrument-unknown] lemuria: ")


def test_help_is_quick_and_pipes_carry_no_bars(pdfs: list[Path]) -> None:
    program = Path(sys.executable).with_name("treatynlp")
    began = time.monotonic()
    helped = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)
    quick = time.monotonic() - began
    assert "classify" in helped.stdout
    began = time.monotonic()
    piped = subprocess.run([program, "split", *pdfs], capture_output=True, text=True, check=True)
    # Held against work of the same minute, as a busy machine slows both: 0.07 s beside 2 s on a quiet one.
    assert quick < time.monotonic() - began
    assert piped.stderr == ""
    heavy = "{'spacy', 'sklearn', 'pandas', 'pdfplumber', 'scipy', 'httpx', 'pydantic', 'tqdm', 'structlog'}"
    code = f"import sys, treatynlp.cli; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    context = click.Context(cli)
    for group in cli.sections.values():
        for name, (home, said) in group.items():
            command = cli.get_command(context, name)
            assert command is not None, home
            assert (command.name, command.get_short_help_str(limit=200)) == (name, said)
    assert {"run", "remove"} <= {one.value for one in cli.shell_complete(context, "r")}


def test_search_finds_words_in_the_release_by_topic(workspace: Path) -> None:
    found = call(
        "search", "apparatus", "--topic", "illegal_access", "--json", "--release", workspace.parent / "release"
    )
    hits = json.loads(found.stdout)
    assert found.exit_code == 0
    assert {hit["instrument"] for hit in hits} == {"atlantis-cybercrime-2391"}
    assert all("»apparatus«" in hit["snippet"].lower() for hit in hits)


def test_a_search_takes_several_words_with_or_without_quotation_marks(workspace: Path) -> None:
    """A newcomer types `search enter apparatus` as into any search box."""
    within = ["--json", "--release", workspace.parent / "release"]
    apart, together = call("search", "enter", "apparatus", *within), call("search", "enter apparatus", *within)
    assert apart.exit_code == 0
    assert json.loads(apart.stdout) == json.loads(together.stdout) != []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["apparatus", "--topic", "ilegal_acces"], "did you mean illegal_access"),
        (["--topic", "no_such_thing"], "has no such topic"),
        (["apparatus", "--in", "atlantis-cybercrime-2931"], "did you mean atlantis-cybercrime-2391"),
        (["lamp " * 20_000], "100 words"),
    ],
)
def test_a_search_for_what_is_not_there_is_refused(workspace: Path, said: list[str], told: str) -> None:
    """Nothing found would read as "nowhere regulated"."""
    refused = call("search", *said, "--release", workspace.parent / "release")
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_search_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    missing = call("search", "apparatus", "--release", tmp_path)
    assert (missing.exit_code, codes(missing)) == (1, ["release-missing"])


def test_compare_shows_the_words_of_one_against_the_other(workspace: Path) -> None:
    shown = call("compare", FIRST, SECOND, "--redline", workspace=workspace).stdout
    assert "[-" in shown
    assert "{+" in shown


def test_explain_names_what_decided(workspace: Path) -> None:
    told = call("explain", "atlantis-cybercrime-2391", "1", "definitions", "--json", workspace=workspace)
    reasons = json.loads(told.stdout)
    assert {"probability", "pattern", "weight", "word"} <= {reason["kind"] for reason in reasons}
    unknown = call("explain", "atlantis-cybercrime-2391", "1", "no_such_topic", workspace=workspace)
    assert (unknown.exit_code, codes(unknown)) == (1, ["explanation-unknown"])
    said = call("explain", "atlantis-cybercrime-2391", "1", "definitions", workspace=workspace).stdout
    assert said.startswith("The machine puts the chance that this passage is about definitions at ")
    assert "What counted most for it: " in said
    numbered = call("explain", "atlantis-cybercrime-2391", "1", "definitions", "--numbers", workspace=workspace).stdout
    assert len(numbered.splitlines()) == len(reasons)
    # Neither a sign of the model nor a pattern as it is written: the words that were found, and why they tell.
    assert not any(sign in said for sign in ("trust_", "words_", "+0.", "|", "*", "[", "definitions/"))
    pattern = next(reason for reason in reasons if reason["kind"] == "pattern")
    assert pattern["words"] in said


def test_search_finds_the_release_that_was_made_last_by_topic_alone(workspace: Path) -> None:
    found = call("search", "--topic", "definitions", workspace=workspace)
    assert found.exit_code == 0, found.stderr
    assert FIRST in found.stdout


def rows_of(code: str, level: Level, places: int) -> list[Issue]:
    return [Issue(level, code, f"a-{n} art_1", "said") for n in range(places)]


@pytest.mark.parametrize(
    ("rows", "told", "why"),
    [
        (rows_of("heading-disagrees", "warning", 3), 3, "a few are told one by one"),
        (rows_of("heading-disagrees", "warning", 4), 1, "many that say the same are one line"),
        (rows_of("stage-failed", "error", 9), 9, "an error is never folded away"),
        (rows_of("source-not-in-mirror", "error", 9), 1, "but for texts that a folder does not hold"),
        (rows_of("x", "warning", 5) + rows_of("y", "warning", 5), 2, "each code has its line"),
    ],
)
def test_rows_that_say_the_same_are_gathered(rows: list[Issue], told: int, why: str) -> None:
    found = list(gathered(rows))
    assert len(found) == told, why
    assert {(row.level, row.code) for row in found} == {(row.level, row.code) for row in rows}, why
    if told < len(rows):
        assert "--every" in found[0].message, why
