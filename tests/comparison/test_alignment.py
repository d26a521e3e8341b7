"""Which provisions answer each other in made-up conventions, and what their relation is said to be."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.invented import coding, record
from treatynlp.coding.labels import Attribute
from treatynlp.comparison.alignment import align, align_all
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.matching import assign
from treatynlp.comparison.records import Record
from treatynlp.comparison.redline import redline
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.units import Coded, cut, units
from treatynlp.comparison.wording import own_words
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")
WEIGHTS = Weights.load(home() / "models")

LAMPS = {
    "art_1": "Article 1 Entering lamp rooms. Each keeper shall make it an offence to enter a lamp room without leave.",
    "art_2": "Article 2 Dousing lamps. Each keeper shall make it an offence to douse, dim or hide a lamp.",
    "art_3": "Article 3 Search",
    "art_3__para_1": "1. Wardens may look through lamp rooms and read the logs found there.",
    "art_3__para_2": "2. Wardens may carry away logs, keep them safe and copy them.",
    "art_4": "Article 4 Wreckers. A keeper shall hand over a wrecker who is sought by another keeper.",
}
LAMP_LABELS = {
    "art_1": "illegal_access", "art_2": "computer_fraud", "art_3": "search_seizure", "art_4": "extradition",
}  # fmt: skip
BUOYS = {
    "art_1": "Article 1 Handing over. Whoever is sought by another harbour as a wrecker shall be handed over to it.",
    "art_2": "Article 2 Looking through. Harbour guards may look through sheds and read any logs.",
    "art_3": "Article 3 Carrying away. Harbour guards may carry away, keep and copy logs.",
    "art_4": "Article 4 Sheds",
    "art_4__point_a": "(a) to enter a shed without leave shall be an offence;",
    "art_4__point_b": "(b) to douse or hide a lamp shall be an offence;",
    "art_5": "Article 5 Secretariat. The League shall pay a clerk who writes yearly reports.",
}
BUOY_LABELS = {
    "art_1": "extradition", "art_2": "search_seizure", "art_3": "search_seizure", "art_4__point_a": "illegal_access",
    "art_4__point_b": "computer_fraud", "art_5": "definitions",
}  # fmt: skip


def lamps() -> Record:
    return record("lamps", LAMPS, coding("lamps", LAMP_LABELS))


def buoys() -> Record:
    return record("buoys", BUOYS, coding("buoys", BUOY_LABELS))


def test_each_provision_finds_its_counterpart_down_to_the_point() -> None:
    found = align(lamps(), buoys(), RULES, WEIGHTS)
    assert [(pair.left, pair.right) for pair in found.pairs] == [
        ("art_1", "art_4__point_a"),  # an article against a point of one that lumps two offences
        ("art_2", "art_4__point_b"),
        ("art_3__para_1", "art_2"),  # one article on two powers against two, shown by its paragraphs
        ("art_3__para_2", "art_3"),
        ("art_4", "art_1"),  # wherever it stands
    ]
    assert found.only_left == ()
    assert found.only_right == ("art_5",)  # nothing is matched for the sake of matching
    assert all(0 < pair.score < 1 for pair in found.pairs)


def test_turned_round_the_same_provisions_match() -> None:
    there = {(pair.left, pair.right) for pair in align(lamps(), buoys(), RULES, WEIGHTS).pairs}
    back = {(pair.right, pair.left) for pair in align(buoys(), lamps(), RULES, WEIGHTS).pairs}
    assert there == back


def test_an_instrument_meets_itself_article_by_article() -> None:
    found = align(lamps(), lamps(), RULES, WEIGHTS)
    assert [(pair.left, pair.right) for pair in found.pairs] == [(f"art_{n}", f"art_{n}") for n in range(1, 5)]
    assert {pair.relation for pair in found.pairs} == {"not_compared"}  # nothing was read to compare them by


def test_a_chapter_that_is_numbered_by_paragraphs_alone_is_compared_by_them() -> None:
    words = {"chp_I": "Chapter I", "chp_I__art_1": "Article 1 Lamps are lit.", "chp_II": "Chapter II",
             "chp_II__para_1": "1. Keepers accede by letter.", "chp_II__para_2": "2. Keepers leave."}  # fmt: skip
    found = units(Coded.of(record("lamps", words, coding("lamps", {})), RULES))
    assert [unit.eid for unit in found] == ["chp_I__art_1", "chp_II__para_1", "chp_II__para_2"]


def test_below_three_fifths_two_provisions_are_a_candidate_of_which_nothing_is_said() -> None:
    unsure = replace(WEIGHTS, slope=0.0, shift=0.0)  # every score is a half
    found = align(lamps(), buoys(), RULES, unsure)
    assert found.pairs
    assert found.matches == ()
    assert {pair.relation for pair in found.pairs} == {"not_compared"}


@pytest.mark.parametrize(
    ("names", "kind"),
    [(("entry_into_force_delay", "ratifications_required"), "relations_final"),
     (("entry_into_force_delay", "mens_rea"), "relations")],
)  # fmt: skip
def test_relations_of_final_clauses_are_told_from_those_of_substance(names: tuple[str, ...], kind: str) -> None:
    words = {"art_1": "Article 1 This League enters into force thirty days after five ports have ratified it."}
    said = tuple(Attribute("art_1", name, "30", "", "", Span(0, 9)) for name in names)
    sides = [record(id, words, coding(id, {"art_1": "entry_into_force"}, attributes=said)) for id in ("one", "other")]
    (pair,) = align(*sides, RULES, WEIGHTS).pairs
    assert (pair.relation, pair.kind) == ("same_terms", kind)


def test_without_text_nothing_matches() -> None:
    empty = Record(lamps().instrument)
    assert align(lamps(), empty, RULES, WEIGHTS).pairs == ()
    assert len(align(lamps(), empty, RULES, WEIGHTS).only_left) == 4
    assert align_all([lamps(), empty], RULES, WEIGHTS) == ()


@pytest.mark.parametrize(
    ("labels", "cut_into"),
    [
        (
            {"art_4__point_a": "illegal_access", "art_4__point_b": "computer_fraud"},
            ["art_4__point_a", "art_4__point_b"],
        ),
        ({"art_4": "illegal_access"}, ["art_4"]),  # the article as a whole is about one thing
        ({}, ["art_4"]),  # nothing is known of it
        (
            {"art_4": "illegal_access", "art_4__point_b": "computer_fraud"},
            ["art_4"],
        ),  # one thing, and a word on another
    ],
)
def test_an_article_is_cut_where_the_topics_of_its_parts_part(labels: dict[str, str], cut_into: list[str]) -> None:
    coded = Coded.of(record("buoys", BUOYS, coding("buoys", labels)), RULES)
    assert [part.eid for part in cut(coded, coded.where["art_4"].provision)] == cut_into


def test_what_stands_around_the_operative_text_is_not_compared() -> None:
    words = {"preamble": "The keepers, recalling,", "art_1": "Article 1 Lamps are lit.", "annex_1": "Annex",
             "annex_1__art_1": "Article 1 Another instrument bound behind."}  # fmt: skip
    assert [unit.eid for unit in units(Coded.of(record("lamps", words, coding("lamps", {})), RULES))] == ["art_1"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Each Party shall adopt such legislative and other measures as may be necessary to light the lamps.",
         "to light the lamps"),
        ("2. States Parties shall light the lamps in accordance with their domestic law.", "light the lamps"),
        ("(a) the lamps referred to in paragraph 1 (b) of this Article;", "the lamps of this article"),
        ("The lamps of the harbour", "the lamps of the harbour"),
    ],
)  # fmt: skip
def test_shared_phrases_and_numbering_are_stripped(text: str, left: str) -> None:
    assert own_words(text, RULES.boilerplate) == left


@given(st.lists(st.lists(st.floats(0.001, 0.999), min_size=3, max_size=3), min_size=2, max_size=4))
def test_assignment_is_one_to_one_and_above_the_threshold(scores: list[list[float]]) -> None:
    table = np.array(scores)
    found = assign(table, 0.5)
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert all(table[a, b] > 0.5 for a, b in found)


@given(st.text(alphabet="ab c.", max_size=30), st.text(alphabet="ab c.", max_size=30))
def test_a_redline_holds_every_word_of_both(left: str, right: str) -> None:
    pieces = redline(left, right)
    assert " ".join(p.words for p in pieces if p.kind != "right").split() == left.split()
    assert " ".join(p.words for p in pieces if p.kind in ("same", "right")).split() == right.split()


@pytest.mark.parametrize("content", ["", "{}", '{"features": {}}', "[1]", json.dumps({"features": {"apart": "x"}})])
def test_broken_weights_say_what_to_do(content: str, tmp_path: Path) -> None:
    (tmp_path / "alignment").mkdir()
    (tmp_path / "alignment" / "weights.json").write_text(content)
    with pytest.raises(DataError, match=r"weights\.json.*benchmarks/alignment\.py"):
        Weights.load(tmp_path)
