"""Whether two made-up conventions punish the same conduct, and on what terms."""

from dataclasses import replace

import pytest

from support.invented import codebook, coding, record
from treatynlp.coding.labels import Attribute, Element, Label
from treatynlp.comparison.alignment import align_all
from treatynlp.comparison.cells import assess
from treatynlp.comparison.dual_criminality import Criminality, Ways, dual_criminality
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import home
from treatynlp.text import Span

RULES, WEIGHTS = load_rules(home() / "corpus"), Weights.load(home() / "models")
BOOK = codebook(offences=("illegal_access", "illegal_interception", "trafficking_offences", "other_offence"))
WORDS = {
    "art_1": "Article 1 Whoever enters a lamp room shall be punished.",
    "art_2": "Article 2 Whoever sells stolen oil abroad shall be punished.",
    "art_3": "Article 3 Wreckers are handed over.",
}
AT = Span(0, 5)
INTENT = Attribute("art_1", "mens_rea", "intentional", "", "", AT)
ASKED = Attribute("art_3", "dual_criminality", "required", "", "", AT)
LOCKED = Element("art_1", "security_measure", "infringed", "required", AT)
ENTERING = {"art_1": "illegal_access"}


def made(id: str, labels: dict[str, str], *said: Attribute | Element, **declared: object) -> Record:
    attributes = tuple(one for one in said if isinstance(one, Attribute))
    elements = tuple(one for one in said if isinstance(one, Element))
    strength = dict.fromkeys(labels, "obligation")
    words = declared.pop("words", WORDS)
    return record(id, words, coding(id, labels, strength, attributes=attributes, elements=elements), **declared)  # type: ignore[arg-type]


def judged(one: Record, other: Record) -> list[Criminality]:
    both = [one, other]
    cells, aligned = assess(both, BOOK, RULES), align_all(both, RULES, WEIGHTS)
    return list(dual_criminality(both, cells, aligned, Ways(BOOK, RULES, WEIGHTS)))


@pytest.mark.parametrize(
    ("left", "right", "overlap", "conditions", "why"),
    [
        ((INTENT,), (INTENT,), "both", [], "no term that was read differs"),
        ((INTENT,), (INTENT, LOCKED), "both_if", ["security_measure: – / infringed (required)"],
         "an act on an open lamp room is an offence on one side only"),
        ((), (INTENT,), "unknown", [], "nothing was read of the left one's terms"),
    ],
)  # fmt: skip
def test_the_same_conduct_on_the_terms_that_were_read(
    left: tuple[Attribute | Element, ...], right: tuple[Attribute | Element, ...], overlap: str, conditions: list[str],
    why: str,
) -> None:  # fmt: skip
    (found,) = judged(made("one", ENTERING, *left), made("other", ENTERING, *right))
    assert (found.overlap, [str(one) for one in found.conditions]) == (overlap, conditions), why
    assert found.pair == ("art_1", "art_1")
    assert bool(found.reason) == (overlap == "unknown")


@pytest.mark.parametrize(
    ("topic", "overlap", "why"),
    [
        ("illegal_access", "both", "how gravely an act is punished is none of its terms"),
        ("money_laundering", "both_if", "what is laundered must come of an offence so grave"),
    ],
)
def test_a_threshold_is_a_term_of_offences_that_rest_on_others(topic: str, overlap: str, why: str) -> None:
    years = Attribute("art_1", "penalty_threshold", "4", "year", "", AT)
    sides = (made("one", {"art_1": topic}, INTENT), made("other", {"art_1": topic}, INTENT, years))
    book = codebook(offences=(topic,))
    cells, aligned = assess(sides, book, RULES), align_all(sides, RULES, WEIGHTS)
    (found,) = dual_criminality(sides, cells, aligned, Ways(book, RULES, WEIGHTS))
    assert found.overlap == overlap, why


def test_of_several_forms_the_basic_offence_is_compared() -> None:
    words = {"art_1": "Article 1 Lamp rooms", "art_1__point_a": "(a) to enter a lamp room by breaking its lock;",
             "art_1__point_b": "(b) to enter a lamp room;"}  # fmt: skip
    locked = Element("art_1__point_a", "security_measure", "infringed", "required", AT)
    points = {"art_1__point_a": "illegal_access", "art_1__point_b": "illegal_access"}
    (found,) = judged(made("one", points, INTENT, locked, words=words), made("other", ENTERING, INTENT))
    assert (found.overlap, found.pair) == ("both", ("art_1__point_b", "art_1"))


def test_of_forms_that_demand_the_same_the_one_that_names_the_same_act_is_compared() -> None:
    """Staying in a room is no entering it, though both are done by stealth; verb and noun are one act."""
    words = {"art_1": "Article 1 Lamp rooms", "art_1__point_a": "(a) to gain entrance to a lamp room of a lighthouse;",
             "art_1__point_b": "(b) to linger by stealth in a lamp room of a lighthouse;"}  # fmt: skip
    points = {"art_1__point_a": "illegal_access", "art_1__point_b": "illegal_access"}
    entrance = {**WORDS, "art_1": "Article 1 The entrance to any lamp room by stealth shall be punished."}
    (found,) = judged(made("one", points, INTENT, words=words), made("other", ENTERING, INTENT, words=entrance))
    assert (found.overlap, found.pair) == ("both", ("art_1__point_a", "art_1"))
    # Where of one form alone it is said that it is done on purpose, it is no nearer for that.
    lingering = replace(INTENT, eid="art_1__point_b")
    rights = (Element(eid, "unlawfulness", "required", "", AT) for eid in points)
    (found,) = judged(
        made("one", points, lingering, *rights, words=words), made("other", ENTERING, INTENT, words=entrance)
    )
    assert found.pair == ("art_1__point_a", "art_1")


def test_a_broad_topic_alone_makes_no_overlap() -> None:
    gulls = {**WORDS, "art_2": "Article 2 Whoever teaches a gull to swear in church shall be fined by the bishop."}
    labels = {**ENTERING, "art_2": "trafficking_offences"}
    rows = judged(made("one", labels, INTENT), made("other", labels, INTENT, words=gulls))
    found = {row.left.topic: row for row in rows}
    assert found["trafficking_offences"].overlap == "unknown"
    assert "no provision of one answers one of the other" in found["trafficking_offences"].reason


def test_what_one_side_does_not_know_is_an_offence_on_the_other_only() -> None:
    both = {**ENTERING, "art_2": "trafficking_offences"}
    rows = judged(made("one", both, INTENT, ASKED), made("other", ENTERING, INTENT))
    found = {row.left.topic: row for row in rows}
    assert found["trafficking_offences"].overlap == "only_left"
    assert found["trafficking_offences"].left_terms == ("dual_criminality required",)
    assert found["trafficking_offences"].haven  # handing over asks for an offence on both sides
    assert not found["illegal_access"].haven


def test_of_a_provision_with_several_offences_nothing_is_claimed_unless_it_matches() -> None:
    """An article on interception and disruption: the means it names are those of the one, not of the other."""
    mixed = {"art_1": "illegal_access", "art_2": "illegal_interception"}
    words = {
        **WORDS,
        "art_1": "Article 1 Overhearing signals by horn and quenching harbour lights is forbidden to crews.",
    }
    means = Element("art_1", "means", "technical_means", "", AT)
    one = made("one", mixed, INTENT, means, words=words)
    both = replace(
        one,
        coding=replace(one.coding, labels=(*one.coding.labels, Label("art_1", "illegal_interception", 1.0, "gold"))),
    )  # type: ignore[type-var]
    other = made("other", ENTERING, INTENT)
    assert [row.overlap for row in judged(one, other) if row.left.topic == "illegal_access"] == ["both_if"]
    (row,) = (row for row in judged(both, other) if row.left.topic == "illegal_access")
    assert (row.overlap, row.reason.startswith("one provision lays down several")) == ("unknown", True)


def test_a_topic_of_all_that_is_left_names_no_act() -> None:
    rows = judged(made("one", {**ENTERING, "art_2": "other_offence"}, INTENT), made("other", ENTERING, INTENT))
    assert {row.left.topic: row.overlap for row in rows}["other_offence"] == "unknown"


def test_where_a_text_is_torn_or_creates_no_offences_nothing_is_claimed() -> None:
    one = made("one", {**ENTERING, "art_2": "trafficking_offences"}, INTENT)
    torn = made("torn", ENTERING, INTENT, expect={"articles": "40"})
    found = {row.left.topic: row.overlap for row in judged(one, torn)}
    assert found["trafficking_offences"] == "unknown"
    assert judged(one, made("silent", {"art_3": "extradition"})) == []
