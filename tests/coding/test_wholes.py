"""What an instrument or a chapter is about as a whole, and which wordings count for learning."""

from dataclasses import replace

import pytest

from support.invented import treaty
from treatynlp.coding.classifier import found
from treatynlp.coding.confirmed import confirmed
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.model import Example
from treatynlp.coding.passages import title_of
from treatynlp.coding.second_look import FRAMING, REQUESTS
from treatynlp.corpus import load

WHOLES = [
    ("Pact on the transfer of sentenced keepers and other sentenced persons", "transfer_of_persons", "sentences"),
    ("Treaty of extradition between the Isles", "extradition_procedure", "surrender"),
    ("Accord on mutual legal assistance", "mla_procedure", "assistance"),
    ("Accord on the service abroad of documents", "mla_procedure", "service is assistance too"),
    ("Pact on the compensation of victims of crime", "victim_protection", "a subject at home"),
    ("Pact on the security of classified information", "confidentiality_use_limitation", "ruling 27"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def of_wholes(example: Example) -> set[tuple[str, str]]:
    return {(hit.place, hit.pattern.topic) for hit in example.hits if hit.place in ("title", "chapter")}


@pytest.mark.parametrize(("title", "topic", "reason"), WHOLES)
def test_a_title_says_what_its_articles_are_about(lexicon: Lexicon, title: str, topic: str, reason: str) -> None:
    (example,) = found(treaty("isles", {"front": title, "art_1": "The keeper shall be told."}), lexicon)
    assert ("title", topic) in of_wholes(example), reason


def test_a_chapter_speaks_for_its_own_articles_only(lexicon: Lexicon) -> None:
    said = {"chp_1": "I", "chp_1__art_1": "He shall be told.", "chp_2": "II", "chp_2__art_2": "She shall be told."}
    first, second = found(treaty("isles", said, {"chp_1": "Extradition", "chp_2": "Lamps"}), lexicon)
    assert ("chapter", "extradition_procedure") in of_wholes(first)
    assert not of_wholes(second)


def test_an_offence_of_the_title_needs_an_article_that_makes_one(lexicon: Lexicon) -> None:
    said = {"front": "Pact for the suppression of lamp bombing", "art_1": "Who blows up a lamp commits an offence."}
    (made,) = found(treaty("isles", said), lexicon)
    (told,) = found(treaty("isles", {**said, "art_1": "Members shall tell one another of lamps."}), lexicon)
    assert ("title", "terrorism_offences") in of_wholes(made)
    assert not of_wholes(told)


def test_words_broken_at_the_end_of_a_line_are_joined_in_a_title() -> None:
    front = treaty("isles", {"front": "Pact on the Extra- dition of Keepers"})
    assert title_of(front) == "pact on the extradition of keepers"


def test_only_what_another_drafting_family_says_counts_for_learning(lexicon: Lexicon) -> None:
    """A strong wording that one family alone has is mended on it; that its sibling has it too proves nothing."""
    clause = {"art_1": "The request shall be sent through the central authority."}
    one, sibling, other = (found(treaty(id, clause), lexicon)[0] for id in ("one", "sibling", "other"))

    def kept(*examples: Example) -> set[str]:
        siblings = {"one": frozenset({"sibling"}), "sibling": frozenset({"one"})}
        first = confirmed(examples, lambda id: siblings.get(id, frozenset()))[0]
        return {hit.pattern.id for hit in first.hits if hit.pattern.entry.example != "none"}

    assert kept(one, sibling) == set()
    assert "mla_procedure/rule" in kept(one, sibling, other)
    assert confirmed([replace(one, hits=())], lambda id: frozenset())[0].hits == ()


def test_the_topics_named_in_the_second_look_are_of_the_codebook() -> None:
    assert set(load().codebook.topics) >= FRAMING | REQUESTS


WORDINGS = [
    ("Oil", "In the requested State a letter of request shall be exempt from stamps.", "mla_procedure"),
    ("Oil", "The Members shall furnish the fullest measure of assistance in trials.", "mutual_assistance"),
    ("Oil", "To the requesting State assistance may be refused where it would hurt the isle.", "refusal_grounds"),
    ("Oil", "The isle does not extradite the keeper and shall submit him to trial.", "transfer_of_proceedings"),
    ("Oil", "The keeper shall be entitled to communicate with his consul.", "conditions_safeguards"),
    ("Oil", "Customary international law shall govern what is left open.", "relation_to_instruments"),
    ("Oil", "A prompt and impartial examination shall follow every complaint.", "proceedings"),
    ("Oil", "Officers may, in hot pursuit of a boat, enter the waters of the isle.", "law_enforcement_cooperation"),
    ("Oil", "Whoever by force seizes a vessel or exercises control over it commits an offence.", "terrorism_offences"),
    ("Oil", "Lamp thefts shall be made punishable by appropriate penalties.", "sanctions"),
    ("Protection of personal data", "Names of keepers shall be struck out.", "dp_in_cooperation"),
    ("Oil", "No isle shall return a keeper where there are serious grounds for fear.", "human_rights"),
    ("Oil", "What is given in assistance shall be treated as confidential.", "confidentiality_use_limitation"),
    ("Oil", "Keepers injured have a right to fair and adequate compensation.", "victim_protection"),
    ("Oil", "Complainants and witnesses are protected against ill treatment.", "witness_protection"),
    ("Oil", "The chairman of the committee is chosen by secret ballot.", "implementation_mechanism"),
    ("Oil", "Acts punishable under the laws of both isles give rise to help.", "dual_criminality"),
]


@pytest.mark.parametrize(("heading", "body", "topic"), WORDINGS, ids=[row[2] for row in WORDINGS])
def test_other_houses_wordings_speak(lexicon: Lexicon, heading: str, body: str, topic: str) -> None:
    (example,) = found(treaty("isles", {"art_1": body}, {"art_1": heading}), lexicon)
    written = {hit.pattern.topic for hit in example.hits if hit.pattern.entry.example == "none"}
    assert topic in written
