"""Verify by the page itself: stored words without ink and words that the picture shows otherwise are errors."""

import pypdfium2
import pytest

from support.pdf_attacks import HIDING
from support.pdf_pages import HIDDEN, made
from support.sources import SPECIMENS
from support.sources import treaty as treaty_of
from treatynlp.reading import ocr, read
from treatynlp.structure import split
from treatynlp.structure import verify_seen as module
from treatynlp.structure.tree import Treaty
from treatynlp.structure.verify_seen import verify_seen
from treatynlp.text import Line, Text


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)


@pytest.mark.usefixtures("without_ocr")
def test_every_stored_word_of_a_specimen_leaves_ink() -> None:
    assert verify_seen(treaty_of(SPECIMENS[0]), SPECIMENS[0].read_bytes()) == ()


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(
    "attack", ["white on white", "covered by a picture", "a layer switched off", "letters without shape"]
)
def test_a_treaty_that_took_in_unseen_words_is_told(attack: str) -> None:
    data, words = made(HIDING[attack]), HIDDEN[1]
    characters = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    blind = Treaty("lamps", Text.of(Line(words, 1, (0, 0, 1, 1), characters.index(words))), ())
    (issue,) = verify_seen(blind, data)
    assert (issue.level, issue.code, issue.where) == ("error", "words-without-ink", "lamps p. 1")
    assert words in issue.message


@pytest.mark.usefixtures("without_ocr")
def test_pages_that_are_asked_for_without_tesseract_are_told_as_not_compared() -> None:
    treaty, data = treaty_of(SPECIMENS[0]), SPECIMENS[0].read_bytes()
    assert [issue.code for issue in verify_seen(treaty, data, [1, 2])] == ["picture-unread"]


def test_the_picture_of_every_page_that_is_cited_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(module, "language_of_ocr", lambda language: "eng")
    monkeypatch.setattr(module, "differing", lambda data, name, lines, pages, trained_on: asked.extend(pages) or [])
    treaty, data = treaty_of(SPECIMENS[0]), SPECIMENS[0].read_bytes()
    assert verify_seen(treaty, data, [2, 3, 999]) == ()
    assert asked == [2, 3]
    verify_seen(treaty, data)
    assert len(asked) == 2 + module.SAMPLE


def test_a_web_page_has_no_picture() -> None:
    page = (
        b"<html><body><h1>Convention on Tides</h1><p>Article 1</p>"
        + b"<p>Gates are kept open at night.</p>" * 30
        + b"</body></html>"
    )
    assert verify_seen(split(read(page, "tides.html"), "tides"), page, [1]) == ()
