"""Why two made-up provisions that read alike are no match."""

from dataclasses import replace

import pytest

from support.invented import coding, record
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.units import Coded
from treatynlp.comparison.unlike import broad, incomparable, why_unlike
from treatynlp.corpus import home
from treatynlp.structure.tree import Definition
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")


def coded(topics: str, field: str = "cybercrime", defines: str = "") -> Coded:
    one = record("one", {"art_1": "Article 1 Lamps are lit."}, coding("one", {"art_1": topics}), family=[field])
    assert one.treaty
    terms = tuple(Definition("art_1", term, Span(0, 3), Span(3, 6)) for term in defines.split())
    return Coded.of(replace(one, treaty=replace(one.treaty, definitions=terms)), RULES)


@pytest.mark.parametrize(
    ("left", "right", "like", "why"),
    [
        (coded("definitions", defines="lamp"), coded("definitions", defines="gull"), False, "they define other terms"),
        (coded("definitions", defines="lamps"), coded("definitions", defines="lamp gull"), True, "one in common"),
        (coded("definitions"), coded("definitions"), True, "no term was read: nothing speaks against it"),
        (coded("mutual_assistance"), coded("mutual_assistance", "customs"), False, "courts against customs officers"),
        (coded("mutual_assistance", "customs"), coded("mutual_assistance", "customs"), True, "both are customs"),
        (coded("denunciation"), coded("denunciation", "customs"), True, "final clauses are the same in all fields"),
        (coded("terrorism_offences"), coded("terrorism_offences"), False, "wrecking lamps, or financing wreckers"),
        (coded("illegal_access"), coded("illegal_access"), True, "one kind of act"),
        (coded("money_laundering attempt_participation"), coded("attempt_participation"), False,
         "an article on participation answers no offence that mentions it"),
        (coded("attempt_participation"), coded("attempt_participation"), True, "both on participation alone"),
    ],
)  # fmt: skip
def test_likeness_of_words_tells_no_subject(left: Coded, right: Coded, like: bool, why: str) -> None:
    assert (why_unlike((left, "art_1"), (right, "art_1"), 0.9, RULES) == "") is like, why


def test_near_copies_under_a_broad_topic_match_and_are_not_compared() -> None:
    ends = (coded("terrorism_offences"), "art_1"), (coded("terrorism_offences"), "art_1")
    assert why_unlike(*ends, 0.99, RULES) == ""
    assert broad(*ends, RULES)


def test_what_may_be_reserved_answers_and_is_not_compared() -> None:
    ends = [(coded(topics), "art_1") for topics in ("reservations", "reservations", "denunciation")]
    assert incomparable(ends[0], ends[1], RULES)
    assert why_unlike(ends[0], ends[1], 0.9, RULES) == "", "they match all the same"
    assert not incomparable(ends[0], ends[2], RULES)


def test_an_item_of_what_a_depositary_tells_answers_no_provision_on_it() -> None:
    words = {
        "art_1": "Article 1 The Secretary-General shall notify all Members of",
        "art_1__point_a": "(a) the day on which this League begins;",
        "art_1__point_b": "(b) its end.",
        "art_2": "Article 2 This League begins when five ports have joined it.",
    }
    labels = dict.fromkeys(("art_1__point_a", "art_2"), "entry_into_force")
    side = Coded.of(record("one", words, coding("one", labels)), RULES)
    assert why_unlike((side, "art_1__point_a"), (side, "art_2"), 0.9, RULES)
    assert why_unlike((side, "art_1__point_a"), (side, "art_1__point_a"), 0.9, RULES) == ""
    assert why_unlike((side, "art_2"), (side, "art_2"), 0.9, RULES) == ""
