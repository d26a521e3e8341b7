"""What pages show, by OCR, held against what was read: other words are told, slips of OCR are not."""

import pytest

from support.needs import found as needed
from support.pdf_attacks import MEANING
from support.pdf_pages import made
from treatynlp.reading import ocr, read
from treatynlp.reading.audit import audit
from treatynlp.reading.ocr import ShownWord
from treatynlp.reading.seen import compare_lines, spread_by_hash
from treatynlp.text import Line

WIDTH = 300.0


def shown(words: str, sure: float = 0.95) -> list[ShownWord]:
    found = words.split()
    return [ShownWord(one, 72 + WIDTH * (at + 0.5) / len(found), 96.0, sure) for at, one in enumerate(found)]


def line(words: str, top: float = 90.0) -> Line:
    return Line(words, 1, (72.0, top, 72.0 + WIDTH, top + 12))


@pytest.mark.parametrize(
    ("read", "picture", "told", "why"),
    [
        ("The Parties shall not light lamps.", "The Parties shall light lamps.", [("not", "")], "a word too many"),
        ("The Parties shall light lamps.", "The Parties shall not light lamps.", [("", "not")], "a word too few"),
        ("The Parties may light lamps.", "The Parties shall light lamps.", [("may", "shall")], "another word"),
        ("The Parties may light lamps.", "The Parties way light lamps.", [("may", "way")], "short words have no slips"),
        ("It is lawful to light them.", "It is unlawful to light them.", [("lawful", "unlawful")], "another meaning"),
        ("those concerned with lamps", "those concemed with lamps", [], "letters that look alike"),
        ("Chapter XI on the lamps", "Chapter X1 on the lamps", [], "a figure for a letter"),
        ("if the lamps are out", "ifthe lamps are out", [], "a blank that was not seen"),
        ("the harbour authorities of Wick", "the harbour authoritics of Wick", [], "one letter of many"),
        ("3. The Parties light lamps", "The Parties light lamps", [], "a number that stands apart"),
        ("The Parties light lamps", "Ihe Purlies lighl larnps", [], "a line that was hardly made out"),
        ("wardens", "warders", [], "a line of one word"),
    ],
)
def test_words_of_a_line_and_of_its_picture(read: str, picture: str, told: list[tuple[str, str]], why: str) -> None:
    found = compare_lines(1, [line(read)], shown(picture)).differences
    assert [(one.read, one.shown) for one in found] == told, why


def test_what_ocr_is_not_sure_of_says_nothing() -> None:
    lines = [line("The Parties may light lamps.")]
    assert compare_lines(1, lines, shown("The Parties shall light lamps.", sure=0.5)).differences == ()


def test_each_word_counts_for_the_line_it_stands_in() -> None:
    lines = [line("The Parties may light lamps."), line("They shall count them.", top=103.0)]
    lower = [ShownWord(one.text, one.across, 109.0, one.confidence) for one in shown("They shall count them.")]
    assert compare_lines(1, lines, [*lower, *shown("The Parties may light lamps.")]).differences == ()


def test_a_sample_depends_on_its_key_alone() -> None:
    assert spread_by_hash("a", range(1, 99), 3) == spread_by_hash("a", reversed(range(1, 99)), 3)
    assert len(spread_by_hash("a", [7], 3)) == 1


def test_without_tesseract_a_doubted_page_stays_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    data = made(MEANING["ActualText"]())
    document = read(data, "lamps.pdf")
    assert audit(data, document, []) == ()
    assert [issue.level for issue in document.issues] == ["warning"]


def test_a_page_that_shows_other_words_is_an_error() -> None:
    needed("tesseract")
    data, asked = made(MEANING["ActualText"]()), list[int]()
    (issue,) = audit(data, read(data, "lamps.pdf"), [], asked.append)
    assert (issue.level, issue.code, issue.where, asked) == ("error", "words-not-shown", "lamps.pdf p. 1", [1])
    assert "“shall not” for “shall”" in issue.message or "“not” for “”" in issue.message
