"""The tables a dashboard shows: right signs, whole rows, and nothing that a document could smuggle in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, with_other_words
from treatynlp.corpus import load
from treatynlp.errors import Issue
from treatynlp.pipeline import Outcome
from treatynlp.pipeline.runs.dashboard import MOST, Dashboard, issues_shown, markdown_text, run_dashboard

PAGE = MarkdownIt("commonmark", {"html": True}).enable("table")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFixture:
    return WorkspaceFixture(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def first(desk: WorkspaceFixture) -> Dashboard:
    return run_dashboard(desk.run(), load().codebook)


def test_the_matrix_has_the_core_topics_down_and_the_instruments_across(first: Dashboard) -> None:
    book = load().codebook
    core = set(list(book.families)[:4])
    assert [row["topic"] for row in first.matrix] == [n for n, topic in book.topics.items() if topic.family in core]
    assert {tuple(row) for row in first.matrix} == {("topic", FIRST, SECOND)}
    cells = [text for row in first.matrix for name, text in row.items() if name != "topic"]
    assert any(text.startswith("Art. ") for text in cells)
    assert "–" in cells
    assert not first.changes


def test_the_changes_are_those_of_the_release(desk: WorkspaceFixture, first: Dashboard) -> None:
    desk.put(SECOND, with_other_words(SECOND, times=-1))  # every duty is a permission now
    after = run_dashboard(desk.run(), load().codebook)
    assert after.changes
    assert len(after.changes) == min(MOST, len(desk.rows("changes.csv")))
    assert {(row["instrument"], row["cause"]) for row in after.changes} == {(SECOND, "text")}
    assert after.matrix != first.matrix


def test_a_run_without_a_release_has_empty_tables() -> None:
    made = run_dashboard(Outcome("failed", "Nothing could be had.", release=None), load().codebook)
    assert not made.changes
    assert all(set(row) == {"topic"} for row in made.matrix)


def test_issues_come_the_gravest_first_and_not_without_end() -> None:
    rows = [Issue("info", "i", "a", "x"), Issue("error", "e", "z", "y"), Issue("warning", "w", "m", "x")]
    text = issues_shown(Outcome("degraded", "", tuple(rows)))
    assert [line.split(" ")[1] for line in text.splitlines()[2:]] == ["error", "warning", "info"]
    many = issues_shown(Outcome("degraded", "", tuple(Issue("error", "e", str(n), "x") for n in range(MOST + 7))))
    assert many.endswith("and 7 more, see issues.csv.")
    assert issues_shown(Outcome("complete", "")) == "Nothing to tell."


def shown_text(markdown: str) -> tuple[str, set[str]]:
    """What a reader sees of it, and the kinds of things it is made of."""
    inline = [token for token in PAGE.parse(markdown) if token.type == "inline"]
    parts = [part for token in inline for part in token.children or []]
    return "".join(part.content for part in parts), {part.type for part in parts}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a | b", "a bar would begin a new cell"),
        ("x\n| error | forged | row | z |", "a line end would begin a new row"),
        ("<img src=x onerror=alert(1)>", "HTML would be run by the browser"),
        ("[click](javascript:alert(1))", "a link could lead anywhere"),
        ("<https://evil.example>", "also one that is written short"),
        ("![](https://evil.example/pixel.png)", "an image tells its host who reads"),
        ("`code` *bold* _it_ ~~no~~ # head", "marks would be taken for the layout"),
        ("\u202egnp.exe", "what turns the direction of writing round hides what it says"),
        ("\\| backslash", "a backslash would take back ours"),
    ],
)
def test_nothing_breaks_out_of_its_cell(text: str, why: str) -> None:
    table = issues_shown(Outcome("degraded", "", (Issue("error", "code", text, text),)))
    tokens = [token.type for token in PAGE.parse(table)]
    assert tokens.count("td_open") == 4, why
    _, kinds = shown_text(table)
    assert kinds <= {"text", "text_special"}, why


@given(st.text(max_size=60))
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    seen, kinds = shown_text(markdown_text(text))
    assert kinds <= {"text", "text_special"}
    assert seen.split() == "".join(sign if sign.isprintable() else " " for sign in text).split()
