"""The phrase language of the lexicon: what a lawyer writes, and what it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatynlp.coding.phrases import PhraseError, compile_phrase, lower

FOUND = [
    ("illegal access", "illegal access", "the words themselves"),
    ("illegal access", "an illegal\naccess,", "a line end is a blank"),
    ("real time", "in real-time", "a hyphen is a blank"),
    ("terms (convention|protocol)", "terms “protocol”", "quotation marks are blanks"),
    ("damag* delet*", "damaging, deletion", "a comma is a blank; a star goes on to the word's end"),
    ("extradition of [its|own] national*", "extradition of nationals", "what is bracketed may be left out"),
    ("extradition of [its|own] national*", "extradition of own nationals", "or stand there"),
    ("(surrender|extradit)*", "extraditable", "a star after a choice holds for each"),
    ("submit ... authorit*", "submit the case without delay to the authorities", "a gap inside the sentence"),
    ("^languages$", "languages", "the whole heading"),
    ("24/7 network", "24 / 7 network", "a stroke may be set off"),
    ("* of justice", "ministry of justice", "any one word"),
]
MISSED = [
    ("illegal access", "illegal accession", "a word ends where it ends"),
    ("submit ... authorit*", "submit the case. the authorities", "a gap does not leave the sentence"),
    ("submit ... authorit*", "submit the case; the authorities", "nor the clause"),
    ("^languages$", "languages of the court", "nothing may follow"),
    ("^languages$", "working languages", "nothing may stand before"),
    ("port of call", "airport of call", "a word begins where it begins"),
]


@pytest.mark.parametrize(("phrase", "text", "reason"), FOUND)
def test_found(phrase: str, text: str, reason: str) -> None:
    assert compile_phrase(phrase).search(text), reason


@pytest.mark.parametrize(("phrase", "text", "reason"), MISSED)
def test_not_found(phrase: str, text: str, reason: str) -> None:
    assert not compile_phrase(phrase).search(text), reason


@pytest.mark.parametrize("phrase", ["", "(open", "close)", "[all] [optional]", "a | b", "...", "what? not"])
def test_ill_formed_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        compile_phrase(phrase)


@given(st.text(alphabet="abc ()[]|*.^$,-/?'", max_size=30))
def test_any_phrase_is_refused_or_works(phrase: str) -> None:
    try:
        compiled = compile_phrase(phrase)
    except PhraseError:
        return
    compiled.search("a abc b, c-a (abc) cab")


@given(st.lists(st.sampled_from(["order", "data", "to", "submit"]), min_size=1, max_size=6))
def test_anchors_never_hide_a_match(words: list[str]) -> None:
    """The letters looked for first are in every text the phrase matches."""
    phrase = compile_phrase(" ".join(words))
    assert phrase.search("… " + " ".join(words) + " …")


@given(st.text())
def test_lowering_keeps_every_character_in_its_place(text: str) -> None:
    assert len(lower(text)) == len(text)
