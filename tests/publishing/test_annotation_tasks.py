"""Exchange with Label Studio and doccano: what goes out comes back as decisions that a corpus takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from support.two_lighthouses import overview
from treatynlp.cli import cli
from treatynlp.coding.reliability import agreement_by_topic
from treatynlp.publishing.annotation_tasks import FORMS, AnnotatedPassage, decisions, tasks
from treatynlp.publishing.package import release_files
from treatynlp.publishing.release_frames import Release, read_release
from treatynlp.registry import Override
from treatynlp.strict_files import read_csv


@pytest.fixture(scope="module")
def released() -> Release:
    return read_release(release_files(overview()).get)


def exported(form: str, text: str, choose: Any) -> str:
    """The program's export of imported tasks, each with the topics that someone chose."""
    if form == "doccano":
        rows = [json.loads(line) for line in text.splitlines()]
        return "\n".join(json.dumps({**row, "id": n, "label": choose(row["label"])}) for n, row in enumerate(rows))
    rows = json.loads(text)
    for n, row in enumerate(rows):
        given = [choice for one in row["predictions"][0]["result"] for choice in one["value"]["choices"]]
        chosen = {"from_name": "topics", "to_name": "text", "type": "choices", "value": {"choices": choose(given)}}
        why = {"from_name": "reason", "to_name": "text", "type": "textarea", "value": {"text": ["A reason."]}}
        row |= {"id": n, "annotations": [{"result": [chosen, why], "created_at": "2031-05-04T10:00:00Z"}]}
    return json.dumps(rows)


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_back(released: Release, form: str) -> None:
    out, back = FORMS[form]
    found = list(tasks(released, released.names.index))
    same = list(back(exported(form, out(found), list)))
    assert [(one.instrument, one.eid, one.text_hash) for one in same] == [
        (one.instrument, one.eid, one.text_hash) for one in found
    ]
    assert {one.decision for one in decisions(same, "A. Reader", "2031-05-04")} == {"accept"}
    none = list(back(exported(form, out(found), lambda given: [])))
    assert {one.decision for one in decisions(none, "A. Reader", "2031-05-04")} == {"reject"}
    other = list(back(exported(form, out(found), lambda given: [*given, "asset_recovery"])))
    added = [one for one in decisions(other, "A. Reader", "2031-05-04") if one.decision == "add"]
    assert len(added) == len(found)
    assert {one.topic for one in added} == {"asset_recovery"}


@pytest.mark.parametrize(
    ("given", "chosen", "expected", "why"),
    [
        ({"a"}, {"a"}, [("a", "accept")], "kept"),
        ({"a"}, set(), [("a", "reject")], "taken away"),
        (set(), {"a"}, [("a", "add")], "put there"),
        ({"a", "b"}, {"b", "c"}, [("a", "reject"), ("b", "accept"), ("c", "add")], "all three"),
        (set(), set(), [], "nothing was said"),
    ],
)
def test_a_choice_is_a_decision(given: set[str], chosen: set[str], expected: list[tuple[str, str]], why: str) -> None:
    one = AnnotatedPassage("a-2031", "art_1", "0" * 16, frozenset(given), frozenset(chosen))
    assert [(row.topic, row.decision) for row in decisions([one], "A. Reader", "2031-05-04")] == expected, why


def test_the_commands_write_tasks_and_take_decisions(tmp_path: Path) -> None:
    for name, data in release_files(overview()).items():
        (tmp_path / "release" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "release" / name).write_bytes(data)
    call = lambda *asked: CliRunner().invoke(cli, list(map(str, asked)))  # noqa: E731
    out = tmp_path / "tasks.json"
    done = call("tasks", "alpha", "--release", tmp_path / "release", "--out", out)
    assert done.exit_code == 0, done.output
    out.write_text(exported("label-studio", out.read_text("utf-8"), list), "utf-8")
    done = call("decisions", out, "--reviewer", "A. Reader", "--out", tmp_path / "overrides")
    assert done.exit_code == 0, done.output
    rows = read_csv(Override, tmp_path / "overrides" / "alpha.csv", "overrides", {"instrument": "alpha"})
    assert {(row.decision, row.reason, str(row.date)) for row in rows} == {("accept", "A reason.", "2031-05-04")}
    assert "1.00" in call("agreement", out, out).output or "–" in call("agreement", out, out).output
    out.write_text('[{"data": 1, "annotations": [{"result": []}]}]', "utf-8")
    wrong = call("decisions", out, "--reviewer", "x", "--out", tmp_path / "overrides")
    assert (wrong.exit_code, "export-unreadable" in wrong.output) == (1, True)


def test_agreement_is_told_topic_by_topic() -> None:
    one = {n: frozenset({"a"} if n < 5 else {"b"}) for n in range(10)}
    other = {n: frozenset({"a"} if n < 5 else set()) for n in range(9)}
    by = {found.topic: found for found in agreement_by_topic([one, other], ["a", "b", "c"])}
    assert (by["a"].alpha, by["a"].passages, by["a"].alike) == (1.0, 9, 9)
    assert by["b"].alpha is not None
    assert by["b"].alpha < 0  # one gave it, the other never did: worse than chance
    assert (by["c"].alpha, by["c"].alike) == (None, 9)  # nobody gave it: nothing can be said
