"""What reviewers decide stays decided until the words change; and what is worth their look."""

from dataclasses import replace

import pytest

from support.invented import treaty
from treatynlp.coding.labels import Attribute, Coding, Label
from treatynlp.coding.overrides import apply_overrides
from treatynlp.coding.reviewing import review
from treatynlp.corpus import text_hash
from treatynlp.registry import Override
from treatynlp.text import Span

LEAGUE = treaty(
    "league",
    {
        "art_1": "Each Member shall punish whoever boards a lighthouse unasked.",
        "art_2": "Lamps",
        "art_2__para_1": "1. A Member may ask another for its lamps.",
        "art_2__para_2": "2. The lamps shall be returned.",
    },
)
WORDS = {provision.eid: LEAGUE.words(provision.span) for provision in LEAGUE.walk()}
CODED = Coding(
    "league",
    (
        Label("art_1", "illegal_access", 0.9, "model:topics"),
        Label("art_2__para_1", "mutual_assistance", 0.6, "model:topics"),
    ),
    (Label("art_2__para_2", "asset_recovery", 0.4, "model:topics"),),
)


def decided(eid: str, decision: str, topic: str, words: str | None = None, date: str = "2031-05-01") -> Override:
    said = WORDS.get(eid, "") if words is None else words
    return Override.model_validate(
        {"instrument": "league", "eid": eid, "text_hash": text_hash(said), "decision": decision, "topic": topic,
         "reviewer": "keeper", "date": date, "reason": "read it again"}
    )  # fmt: skip


GIVEN = {("art_1", "illegal_access"), ("art_2__para_1", "mutual_assistance")}
DECISIONS = [
    (decided("art_1", "reject", "illegal_access"), GIVEN - {("art_1", "illegal_access")}, "rejected"),
    (decided("art_1", "accept", "illegal_access"), GIVEN, "accepted: still there"),
    (decided("art_2__para_2", "accept", "asset_recovery"), GIVEN | {("art_2__para_2", "asset_recovery")}, "was open"),
    (decided("art_1", "add", "sanctions"), GIVEN | {("art_1", "sanctions")}, "overlooked"),
    (decided("art_2", "reject", "mutual_assistance"), {("art_1", "illegal_access")}, "rejected for all of the article"),
]


@pytest.mark.parametrize(("decision", "expected", "reason"), DECISIONS)
def test_decisions_are_applied(decision: Override, expected: set[tuple[str, str]], reason: str) -> None:
    coding, issues = apply_overrides(CODED, [decision], LEAGUE)
    assert {(label.eid, label.topic) for label in coding.labels} == expected, reason
    assert not issues


def test_a_decided_label_says_who_decided_and_is_sure() -> None:
    coding, _ = apply_overrides(CODED, [decided("art_1", "accept", "illegal_access")], LEAGUE)
    assert Label("art_1", "illegal_access", 1.0, "override:keeper") in coding.labels


def test_what_was_decided_is_no_longer_open() -> None:
    for decision in ("accept", "reject"):
        coding, _ = apply_overrides(CODED, [decided("art_2__para_2", decision, "asset_recovery")], LEAGUE)
        assert not coding.inconclusive


def test_a_decision_on_other_words_is_reported_and_not_applied() -> None:
    coding, issues = apply_overrides(CODED, [decided("art_1", "reject", "illegal_access", "Older words.")], LEAGUE)
    assert coding == CODED
    assert [issue.code for issue in issues] == ["override-stale"]
    assert text_hash(WORDS["art_1"]) in issues[0].message


def test_a_decision_on_an_address_that_is_gone_is_reported() -> None:
    _, issues = apply_overrides(CODED, [decided("art_9", "add", "sanctions", "Gone.")], LEAGUE)
    assert [issue.code for issue in issues] == ["override-unknown-address"]


def test_the_later_decision_counts() -> None:
    rows = [
        decided("art_1", "accept", "illegal_access", date="2032-01-01"),
        decided("art_1", "reject", "illegal_access", date="2031-01-01"),
    ]
    coding, _ = apply_overrides(CODED, rows, LEAGUE)
    assert ("art_1", "illegal_access") in {(label.eid, label.topic) for label in coding.labels}


def test_other_instruments_decisions_are_none_of_ours() -> None:
    other = decided("art_1", "reject", "illegal_access").model_copy(update={"instrument": "other-league"})
    assert apply_overrides(CODED, [other], LEAGUE) == (CODED, ())


def test_the_least_sure_come_first_and_the_decided_not_at_all() -> None:
    mixed = replace(CODED, labels=(*CODED.labels, Label("art_1", "sanctions", 1.0, "override:keeper")))
    found = review([mixed], {"illegal_access": 0.5})
    assert [one.topic for one in found] == ["mutual_assistance", "asset_recovery", "illegal_access"]


def test_a_label_on_which_the_cell_hangs_is_worth_more() -> None:
    alone = Coding("a", (Label("art_1", "sanctions", 0.6, "model:topics"),))
    backed = Coding("b", (*alone.labels, Label("art_2", "sanctions", 0.99, "model:topics")))
    worth = {(one.instrument, one.eid): one.worth for one in review([alone, backed])}
    assert worth["a", "art_1"] > worth["b", "art_1"]


def test_what_the_machine_is_sure_is_nothing_does_not_head_the_list() -> None:
    """An annex that nobody labelled: its candidates count twice, and twice nothing is nothing."""
    annex = Coding(
        "a", (Label("art_1", "sanctions", 0.6, "model:topics"),), (Label("annex", "confiscation", 0.0, "m"),)
    )
    assert [one.eid for one in review([annex])] == ["art_1", "annex"]


SIXTY = Attribute("art_2__para_2", "response_deadline", "60", "day", "", Span(3, 9))


def on_value(eid: str, decision: str, value: str, date: str = "2031-05-01") -> Override:
    said = {"topic": "", "attribute": "response_deadline", "value": value, "unit": "day"}
    return Override.model_validate(decided(eid, decision, "x", date=date).model_dump() | said)


VALUES = [
    ([on_value("art_2__para_2", "reject", "60")], set(), "rejected"),
    ([on_value("art_2", "reject", "60")], set(), "rejected for all of the article"),
    ([on_value("art_2__para_2", "reject", "30")], {("art_2__para_2", "60")}, "another value stays"),
    ([on_value("art_2__para_2", "accept", "60")], {("art_2__para_2", "60")}, "accepted"),
    ([on_value("art_1", "add", "30")], {("art_1", "30"), ("art_2__para_2", "60")}, "overlooked"),
    (
        [on_value("art_2__para_2", "accept", "60"), on_value("art_2__para_2", "reject", "60", "2031-06-01")],
        set(),
        "the later decision counts",
    ),
]


@pytest.mark.parametrize(("decisions", "expected", "reason"), VALUES)
def test_decisions_on_values_are_applied(
    decisions: list[Override], expected: set[tuple[str, str]], reason: str
) -> None:
    coding, issues = apply_overrides(replace(CODED, attributes=(SIXTY,)), decisions, LEAGUE)
    assert {(one.eid, one.value) for one in coding.attributes} == expected, reason
    assert coding.labels == CODED.labels
    assert not issues


def test_an_accepted_value_keeps_its_words_and_an_added_one_rests_on_its_provision() -> None:
    both = [on_value("art_2__para_2", "accept", "60"), on_value("art_1", "add", "30")]
    coding, _ = apply_overrides(replace(CODED, attributes=(SIXTY,)), both, LEAGUE)
    bodies = {provision.eid: provision.body for provision in LEAGUE.walk()}
    assert [(one.evidence, one.by) for one in coding.attributes] == [
        (bodies["art_1"], "override:keeper"),
        (SIXTY.evidence, "override:keeper"),
    ]


@pytest.mark.parametrize("said", [{"topic": ""}, {"attribute": "x", "value": "1"}, {"topic": "", "attribute": "x"}])
def test_a_decision_is_on_one_thing(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"topic or on an attribute|needs a value"):
        Override.model_validate(decided("art_1", "add", "sanctions").model_dump() | said)
