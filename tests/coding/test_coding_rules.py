"""Which patterns speak, and in which circumstances, on clauses of our own invention."""

import pytest

from support.invented import treaty
from support.sources import SPECIMENS
from support.sources import treaty as split_of
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.passages import every_headed, passages
from treatynlp.coding.rules import Hit, heading_hits, hits, subjects

ASK = "A Member may request another Member to order the expeditious preservation of data stored in a lamp system."
ORDER = "Each Member shall enable its police to order the expeditious preservation of data stored in a lamp system."
CLAUSES = [
    ("Illegal access", "Whoever enters a lamp system without right commits an offence.", "illegal_access", "by name"),
    ("Boarding", "Whoever enters a computer without permission commits an offence.", "illegal_access", "by conduct"),
    ("Preserving data", ORDER, "expedited_preservation", "an order at home"),
    ("Requests of another Member to preserve data", ASK, "mla_preservation", "a request abroad"),
    ("Nationals", "Extradition may be refused if the keeper is a national.", "refusal_grounds", "a ground to refuse"),
    ("Lamps", "Extradition shall not be granted for lamps.", "refusal_grounds", "mandatory, no name in the heading"),
    ("Leaving", "A Member may denounce this Convention by a letter.", "denunciation", "an ending under another name"),
    ("Federal States", "A federal Member may keep its lamps.", "federal_clause", "by name"),
    ("Penalties", "Lamps shall be dark.", "sanctions", "by name alone"),
    ("Companies", "A company that lights lamps is liable for the offence.", "corporate_liability", "in other words"),
]
SILENT = [
    ("Preserving data", ORDER, "mla_preservation", "nobody abroad is asked"),
    ("Requests of another Member to preserve data", ASK, "expedited_preservation", "the order is another Member's"),
    ("Lamps", "Members shall guard against unauthorised access to lamps.", "data_interference", "a duty of care"),
    ("Extradition", "An offence is extraditable where punishable by two years.", "sanctions", "a threshold"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def speaking(lexicon: Lexicon, heading: str, body: str) -> list[Hit]:
    league = treaty("league", {"art_1": body}, {"art_1": heading})
    found = hits(passages(league)[0], lexicon, subjects(league, lexicon))
    return [hit for hit in found if hit.pattern.entry.weight != "against"]


@pytest.mark.parametrize(("heading", "body", "topic", "reason"), CLAUSES)
def test_patterns_speak(lexicon: Lexicon, heading: str, body: str, topic: str, reason: str) -> None:
    assert topic in {hit.pattern.topic for hit in speaking(lexicon, heading, body)}, reason


@pytest.mark.parametrize(("heading", "body", "topic", "reason"), SILENT)
def test_patterns_keep_silent(lexicon: Lexicon, heading: str, body: str, topic: str, reason: str) -> None:
    assert topic not in {hit.pattern.topic for hit in speaking(lexicon, heading, body)}, reason


def test_evidence_are_the_words_themselves(lexicon: Lexicon) -> None:
    body = "1. Lamps are lit. 2. Extradition may be refused if the lamp is dark."
    league = treaty("league", {"preamble": "The Members,", "art_1": body}, {"art_1": "Lamps"})
    article = passages(league)[0]
    found = [hit for hit in hits(article, lexicon, frozenset()) if hit.pattern.id == "refusal_grounds/rule"]
    assert found
    assert all("refuse" in league.words(hit.span) for hit in found if hit.span)


def test_where_there_is_no_heading_the_first_sentence_says_what_it_is_about(lexicon: Lexicon) -> None:
    """Otherwise a request for preservation would be taken for an order at home, or for both."""
    topics = {hit.pattern.topic for hit in speaking(lexicon, "", ASK)}
    assert "mla_preservation" in topics
    assert "expedited_preservation" not in topics


def test_an_instrument_about_data_is_known_by_its_words(lexicon: Lexicon) -> None:
    data = "The controller shall hand personal data to the data subject. " * 20
    assert "dp_treaty" in subjects(treaty("league", {"art_1": data}), lexicon)
    assert "dp_treaty" not in subjects(treaty("league", {"art_1": "Lamps are lit at dusk. " * 60}), lexicon)


def test_what_a_heading_says_is_found_without_the_words_below_it(lexicon: Lexicon) -> None:
    spoken = 0
    for path in SPECIMENS[:2]:
        given = subjects(split_of(path), lexicon)
        for passage in every_headed(split_of(path)):
            alone = heading_hits(passage, lexicon, given)
            assert alone == tuple(hit for hit in hits(passage, lexicon, given) if hit.place == "heading")
            spoken += bool(alone)
    assert spoken > 20
