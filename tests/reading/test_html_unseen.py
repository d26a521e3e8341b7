"""Words that are in a web page and that it does not show: set aside and told; what a reader sees stays."""

import pytest

from support.html_attacks import DOUBTED, SEEN, UNSEEN, page
from treatynlp.reading import read


@pytest.mark.parametrize(("reason", "extra", "css"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_words_a_page_does_not_show_are_set_aside_and_told(reason: str, extra: str, css: str) -> None:
    document = read(page(extra, css), "lamps.html")
    assert "put out" not in " ".join(line.text for line in document.lines), reason
    assert "put out" in " ".join(line.text for line in document.aside), reason
    assert [(issue.level, issue.code) for issue in document.issues] == [("warning", "words-unseen")], reason


@pytest.mark.parametrize(("reason", "extra", "css"), DOUBTED, ids=[row[0] for row in DOUBTED])
def test_what_only_a_browser_can_judge_is_told(reason: str, extra: str, css: str) -> None:
    document = read(page(extra, css), "lamps.html")
    assert [issue.code for issue in document.issues] == ["words-unproven"], reason


@pytest.mark.parametrize(("reason", "extra", "css"), SEEN, ids=[row[0] for row in SEEN])
def test_words_a_page_shows_stay(reason: str, extra: str, css: str) -> None:
    document = read(page(extra, css), "lamps.html")
    assert "put out" in " ".join(line.text for line in document.lines), reason
    assert document.issues == (), reason


def test_a_struck_word_leaves_its_sentence() -> None:
    document = read(
        page("<h3>Article 4</h3><p>The Parties shall <del>not</del> light <b>every</b> lamp.</p>"), "lamps.html"
    )
    assert document.lines[-1].text == "The Parties shall light every lamp."


def test_a_page_that_waits_for_a_script_is_read_and_told() -> None:
    document = read(page("", "body{visibility:hidden}"), "lamps.html")
    assert len(document.lines) == 8
    assert [(issue.level, issue.code) for issue in document.issues] == [("warning", "words-unproven")]


def test_style_sheets_in_files_of_their_own_are_told() -> None:
    head = '<link rel="stylesheet" href="https://elsewhere.example/a.css"><link rel="icon" href="a.png">'
    (issue,) = read(page("").replace(b"<style>", head.encode() + b"<style>"), "lamps.html").issues
    assert (issue.level, issue.code) == ("info", "words-unproven")


def test_what_follows_words_that_were_struck_out_stays() -> None:
    document = read(
        page("<p><s>Article 8</s></p><h3>Article 9</h3><p>The Parties may put out lamps.</p>"), "lamps.html"
    )
    assert [line.text for line in document.lines[-2:]] == ["Article 9", "The Parties may put out lamps."]
