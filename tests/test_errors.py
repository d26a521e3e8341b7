"""Issue codes are data: what the source uses is declared, what is declared is used, and every call tells its facts."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from treatynlp.errors import declared_codes, incomplete, issue, placeholders, sentence, template_of

SOURCE = Path(__file__).parents[1] / "src" / "treatynlp"
MAKERS = {"issue", "sentence", "refused", "_fault"}
"""What takes a code first, and the facts of its sentence as keywords."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of the source that takes a code, with the place it stands at."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def test_every_call_names_a_declared_code_and_gives_the_facts_its_sentence_tells() -> None:
    checked = 0
    for where, call in calls():
        code, given = call.args[0], {one.arg for one in call.keywords}
        if isinstance(code, ast.Constant) and None not in given:
            assert given == placeholders(template_of(code.value)), f"{where}: {code.value}"
            checked += 1
    assert checked > 150


def test_every_declared_code_is_used() -> None:
    texts = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for code, declared in declared_codes().items():
        for case in declared.says:
            # A case may be put together where it is used: `corpus-value.{name}`.
            wanted = {f"{code}.{case}", f"{code}."} if case else {code}
            assert texts & wanted, f"{code} {case}: nothing in the source says it; remove it from issues.yml"


def test_every_declared_sentence_can_be_filled_in() -> None:
    for code, declared in declared_codes().items():
        for case, template in declared.says.items():
            said = sentence(f"{code}.{case}" if case else code, **dict.fromkeys(placeholders(template), 7))
            assert said.strip() == said, code


@pytest.mark.parametrize(
    ("code", "facts", "fault", "why"),
    [
        ("no-such-code", {}, LookupError, "a slip in the code is no new code"),
        ("corpus-id.nowhere", {}, LookupError, "a case that has no sentence"),
        ("corpus-id", {}, LookupError, "a code with several cases must say which"),
        ("corpus-repeated", {}, KeyError, "a fact is missing"),
        ("corpus-repeated", {"first": 1, "second": 2}, TypeError, "a fact nobody reads"),
    ],
)
def test_a_slip_in_a_call_fails_loudly(code: str, facts: dict[str, object], fault: type[Exception], why: str) -> None:
    with pytest.raises(fault):
        issue(code, "x", **facts)  # type: ignore[arg-type]


def test_a_level_that_is_not_declared_fails_loudly() -> None:
    with pytest.raises(LookupError, match="not declared as info"):
        issue("corpus-repeated", "x", "info", first=1)


PASSED_ON = {
    "errors.py",
    "reading/fetch.py",
    "pipeline/ask/one_file.py",
    "pipeline/ask/status.py",
    "pipeline/runs/source_changes.py",
}
"""Where rows are put together from what a refusal has said already, in the words of the file."""


def test_rows_are_made_from_the_file_and_nowhere_else() -> None:
    found = {
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if re.search(r"\bIssue\(", path.read_text())
    }
    assert found <= PASSED_ON


def test_the_codes_of_a_release_are_declared() -> None:
    newest = max((SOURCE.parents[1] / "corpus" / "releases").glob("*/issues.csv"))
    with newest.open(encoding="utf-8-sig", newline="") as file:
        assert {row["code"] for row in csv.DictReader(file)} <= set(declared_codes())


def test_a_text_is_whole_unless_a_row_says_that_it_is_not() -> None:
    assert not incomplete([issue("corpus-repeated", "x", first=1)])
    assert not incomplete([])
    assert incomplete([issue("excerpt", "x", label="7")])
