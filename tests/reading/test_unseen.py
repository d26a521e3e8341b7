"""Words that are in a PDF and not on its page: set aside and told; what a reader sees stays; what only its picture can
prove is told as unproven."""

import pytest

from support.pdf_attacks import HIDING, MEANING, SAME, SHOWN, read_page, wrongly_read
from support.pdf_pages import HIDDEN, made
from treatynlp.reading import read


@pytest.mark.parametrize("attack", HIDING)
def test_words_nobody_sees_are_set_aside_and_told(attack: str) -> None:
    _, aside, codes = read_page(HIDING[attack])
    assert not wrongly_read(attack, HIDING[attack])
    assert ("not" if attack.startswith("one word") else "put out") in aside
    of_drawings = ["words-unproven"] if attack.startswith("letters") else []
    assert codes == [*of_drawings, "words-unseen"]


@pytest.mark.parametrize("page", SHOWN)
def test_words_that_are_seen_stay(page: str) -> None:
    text, _, codes = read_page(SHOWN[page])
    assert all(line in text for line in HIDDEN)
    assert codes == []


@pytest.mark.parametrize("attack", MEANING)
def test_pages_that_may_show_other_words_are_told_as_unproven(attack: str) -> None:
    document = read(made(MEANING[attack]()), "lamps.pdf")
    assert [issue.code for issue in document.issues] == ["words-unproven"]
    assert document.unproven == (1,)


@pytest.mark.parametrize(("page", "unproven"), [(name, "picture" in name) for name in SAME])
def test_signs_and_ligatures_leave_no_doubt(page: str, unproven: bool) -> None:
    document = read(made(SAME[page]()), "lamps.pdf")
    assert [issue.level for issue in document.issues] == ["info"] * unproven


def test_a_picture_behind_words_that_are_seen_makes_no_scan() -> None:
    document = read(made(SHOWN["on a picture of the whole page"]), "lamps.pdf")
    assert document.fidelity == "text"
    assert read(made(SAME["a picture that says the same"]()), "lamps.pdf").fidelity == "ocr"
