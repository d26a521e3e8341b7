"""Verify: every stored character is the source's own at its page and place; what was tampered with is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from support.sources import SPECIMENS, mirror
from support.sources import treaty as treaty_of
from treatynlp.errors import DataError, Issue
from treatynlp.reading import read
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty
from treatynlp.structure.verify import verify
from treatynlp.text import Line, Text


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_specimens_hold_their_sources_words(path: Path) -> None:
    assert verify(treaty_of(path), path.read_bytes()) == ()


def test_real_instruments_hold_their_sources_words(shared: Path) -> None:
    found = {path.stem: verify(treaty_of(path), path.read_bytes()) for path in mirror(shared)}
    assert found == dict.fromkeys(found, ())


PATH = SPECIMENS[0]


def tampered(before: str, after: str) -> tuple[Treaty, int]:
    """The specimen with a word of its text replaced, and where."""
    treaty = treaty_of(PATH)
    at = treaty.text.value.index(before)
    value = treaty.text.value[:at] + after + treaty.text.value[at + len(before) :]
    return replace(treaty, text=replace(treaty.text, value=value)), at


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("shall", "might", 5),  # a duty turned into a possibility; the words have no letter in common at its place
        ("penal", "venal", 1),
        ("Article 2", "Article 7", 1),
    ],
)
def test_a_changed_word_is_named_with_page_and_provision(before: str, after: str, count: int) -> None:
    treaty, at = tampered(before, after)
    (issue,) = verify(treaty, PATH.read_bytes())
    assert (issue.level, issue.code) == ("error", "text-differs")
    assert issue.message.startswith(f"{count} of ")
    assert issue.where.endswith(f"p. {treaty.text.page(at)}")


def test_words_put_in_stand_nowhere_in_the_source() -> None:
    treaty = treaty_of(PATH)
    added = Text.join([treaty.text, Text(" No reservation may be made.")])
    (issue,) = verify(replace(treaty, text=added), PATH.read_bytes())
    assert issue.code == "text-without-source"
    assert "No reservation may be made." in issue.message


def test_a_page_that_is_not_there_cannot_be_verified() -> None:
    made_up = Text.of(Line("Article 1 Tides", 900, (0, 0, 1, 1)))
    (issue,) = verify(Treaty("atlantis", made_up, ()), PATH.read_bytes())
    assert (issue.level, issue.code) == ("error", "text-differs")


def test_another_file_of_the_same_length_does_not_pass() -> None:
    issues = verify(treaty_of(SPECIMENS[0]), SPECIMENS[1].read_bytes())
    assert any(issue.code == "text-differs" for issue in issues)


def test_web_pages_are_verified_too() -> None:
    page = b"<html><body><h1>Convention on Tides</h1>" + b"".join(
        b"<p>Article %d</p><p>1. Gates &amp; locks are kept open.</p><p>2. Lamps are lit by night.</p>" % n
        for n in range(1, 9)
    )
    treaty = split(read(page, "tides.html"), "tides")
    assert len(treaty.articles) == 8
    assert verify(treaty, page) == ()
    changed = page.replace(b"locks", b"docks")
    assert [issue.code for issue in verify(treaty, changed)] == ["text-differs"] * 8


def test_a_real_web_page_holds_its_words(shared: Path) -> None:
    data = (shared / "corpus" / "alternate" / "gdpr-2016.html").read_bytes()
    assert verify(split(read(data, "gdpr-2016.html"), "gdpr-2016"), data) == ()


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(DataError) as raised:
        verify(treaty_of(PATH), b"\0no treaty at all")
    assert [issue.code for issue in raised.value.issues] == ["not-a-pdf"]


def test_scanned_pages_are_named_and_not_compared(shared: Path) -> None:
    data = (shared / "corpus" / "layouts" / "ng-ratification-achpr-scan.pdf").read_bytes()
    read_by_ocr = Text.of(Line("We, the President", 1, (0, 0, 1, 1)))
    (issue,) = verify(Treaty("scan", read_by_ocr, ()), data)
    assert issue == Issue("info", "unverifiable", "scan", issue.message)
    assert "Pages 1 " in issue.message
