"""What two matched provisions differ in, and what that amounts to."""

from dataclasses import replace

import pytest

from support.invented import coding, record
from treatynlp.coding.labels import Attribute, Element
from treatynlp.comparison.differences import comparable_elements, differences, instrument_differences
from treatynlp.comparison.relation import duty_difference, relation
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.terms import Term, Terms, terms, without_implied
from treatynlp.comparison.units import Coded, Said
from treatynlp.corpus import home
from treatynlp.structure.tree import Definition
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")
AT = Span(0, 5)


def element(name: str, value: str, case: str = "required") -> Element:
    return Element("art_1", name, value, case, AT)


def parameter(name: str, value: str, unit: str = "") -> Attribute:
    return Attribute("art_1", name, value, unit, "", AT)


RIGHT, INTENT = element("unlawfulness", "required", ""), parameter("mens_rea", "intentional")
BASE = (RIGHT, INTENT)
DAYS, YEARS = parameter("preservation_period", "90", "day"), parameter("preservation_period", "2", "year")
MONTHS = parameter("preservation_period", "3", "month")
WAIVED, ASKED = parameter("dual_criminality", "waived"), parameter("dual_criminality", "required")
Rows = tuple[Attribute | Element, ...]


def coded(id: str, rows: Rows, words: str = "Article 1 The same words.") -> Coded:
    attributes = tuple(row for row in rows if isinstance(row, Attribute))
    elements = tuple(row for row in rows if isinstance(row, Element))
    said = coding(id, {}, attributes=attributes, elements=elements)
    return Coded.of(record(id, {"art_1": words}, said), RULES)


def counted(left: Terms, right: Terms) -> str:
    found = differences(left, right, RULES)
    apart = [one.element for one in found if one.calendar]
    return relation(found, comparable_elements(left, right, RULES, apart))


@pytest.mark.parametrize(
    ("left", "right", "expected", "why"),
    [
        ((), (), "not_compared", "nothing was read: nothing is said"),
        ((RIGHT,), BASE, "not_compared", "one element on one side is too few"),
        (BASE, BASE, "same_terms", "the same on what was read, never more"),
        (BASE, (*BASE, element("security_measure", "infringed")), "left_wider", "what is demanded narrows"),
        ((*BASE, element("security_measure", "infringed", "optional")),
         (*BASE, element("security_measure", "infringed")), "left_wider", "a choice narrows less than a demand"),
        ((*BASE, element("object_limit", "connected_system", "optional")),
         (*BASE, element("minor_cases", "excludable", "")), "left_wider", "beside a demand, a choice decides nothing"),
        (BASE, (*BASE, element("object_limit", "connected_system", "optional")), "left_wider", "a choice alone does"),
        ((*BASE, element("harm", "any")), (*BASE, element("harm", "serious")), "left_wider", "graver harm, less"),
        ((*BASE, element("scale", "commercial")), (*BASE, element("harm", "any")), "mixed", "each narrows elsewhere"),
        ((RIGHT, parameter("mens_rea", "negligent")), BASE, "left_wider", "carelessness is punished too"),
        ((RIGHT, element("means", "computer_system", "")), (*BASE, element("means", "computer_system", "")), "mixed",
         "a mental element that only one names: nobody can say"),
        ((DAYS, WAIVED), (YEARS, WAIVED), "right_stronger", "two years are longer than ninety days"),
        ((DAYS, WAIVED), (MONTHS, WAIVED), "not_compared", "a calendar month is not thirty days: one term is left"),
        ((DAYS, WAIVED, INTENT), (MONTHS, WAIVED, INTENT), "same_terms", "the same on the two that can be compared"),
        ((DAYS, WAIVED, INTENT), (MONTHS, ASKED, INTENT), "left_stronger", "days against months decide nothing"),
        ((MONTHS, WAIVED), (parameter("preservation_period", "60", "day"), WAIVED), "left_stronger", "surely longer"),
        ((YEARS, WAIVED), (parameter("preservation_period", "24", "month"), WAIVED), "same_terms", "two years"),
        ((DAYS, WAIVED), (DAYS, ASKED), "left_stronger", "cooperation without double criminality goes further"),
        ((parameter("ratifications_required", "5"), DAYS), (parameter("ratifications_required", "9"), DAYS), "mixed",
         "a number that makes nothing stricter"),
    ],
)  # fmt: skip
def test_relations_are_counted_from_elements(left: Rows, right: Rows, expected: str, why: str) -> None:
    sides = [terms(coded(id, rows), "art_1", RULES) for id, rows in (("a", left), ("b", right))]
    assert counted(sides[0], sides[1]) == expected, why
    back = counted(sides[1], sides[0])
    turned = {"left_wider": "right_wider", "right_stronger": "left_stronger", "left_stronger": "right_stronger"}
    assert back == turned.get(expected, expected), "the same the other way round"


@pytest.mark.parametrize(
    ("left", "right", "words", "direction", "why"),
    [
        ("obligation", "permission", "Lamps.", "left_stronger", "shall asks more than may"),
        ("obligation", "obligation", "Lamps.", None, "one voice"),
        ("obligation", "prohibition", "Keepers shall not light lamps.", "opposed", "shall not against shall"),
        ("obligation", "prohibition", "Keepers shall not refuse lamps.", None, "not to refuse is to grant"),
        ("declaration", "obligation", "Lamps.", None, "what is merely said has no voice"),
    ],
)
def test_how_strongly_they_bind_is_compared_where_each_has_one_voice(
    left: str, right: str, words: str, direction: str | None, why: str
) -> None:
    sides = [
        Coded.of(record(id, {"art_1": f"Article 1 {words}"}, coding(id, {}, {"art_1": value})), RULES)
        for id, value in (("a", left), ("b", right))
    ]
    found = duty_difference((sides[0], "art_1"), (sides[1], "art_1"), RULES)
    assert [one.direction for one in found] == ([direction] if direction else []), why


def test_a_difference_tells_the_words_of_both_sides() -> None:
    left, right = coded("a", BASE), coded("b", (*BASE, element("harm", "serious", "optional")))
    (found,) = differences(terms(left, "art_1", RULES), terms(right, "art_1", RULES), RULES)
    assert (found.element, found.left, found.right, found.choice) == ("harm", (), ("serious (optional)",), True)
    assert (found.left_words, found.right_words) == ((), (("art_1", AT),))
    assert str(found) == "harm: – / serious (optional)"


def test_days_against_calendar_months_say_that_they_are_not_compared() -> None:
    left, right = (terms(coded(id, (rows,)), "art_1", RULES) for id, rows in (("a", DAYS), ("b", MONTHS)))
    (found,) = differences(left, right, RULES)
    assert (found.calendar, found.direction) == (True, "")
    assert str(found) == "preservation_period (days against calendar months, not compared): 90 day / 3 month"


def test_introductory_words_and_definitions_reach_the_point() -> None:
    words = {"art_1": "Article 1 Terms: a child is a person under sixteen.", "art_2": "Article 2 Whoever knowingly",
             "art_2__point_a": "(a) lures a child to the rocks;", "art_2__point_b": "(b) lures a gull;"}  # fmt: skip
    rows = (
        Attribute("art_1", "age_of_child", "16", "year", "", AT),
        Attribute("art_2", "mens_rea", "knowing", "", "", AT),
    )
    one = record("alpha", words, coding("alpha", {}, attributes=rows))
    defined = (Definition("art_1", "child", Span(0, 1), Span(1, 2)),)
    side = Coded.of(replace(one, treaty=replace(one.treaty, definitions=defined)), RULES)
    assert set(terms(side, "art_2__point_a", RULES)) == {"mens_rea", "age_of_child"}
    assert set(terms(side, "art_2__point_b", RULES)) == {"mens_rea"}


def test_what_another_article_says_is_no_difference_of_cooperation() -> None:
    fiscal, political = (Element("art_1", "refusal_ground", value, "", AT) for value in ("immunity", "political"))
    elsewhere = replace(political, eid="art_2")
    left = _two(coded("left", (fiscal,)), elsewhere)
    right = coded("right", (fiscal, political))
    assert _left_over(left, right) == [], "the left one refuses political offences in another article"
    assert _left_over(coded("left", (fiscal,)), right) == ["refusal_ground"]
    assert "refusal_ground" not in _left_over(coded("left", BASE), right), "silence is not told: no gold for its reader"
    nationals = parameter("nationals", "may_refuse")
    own = Element("art_1", "refusal_ground", "nationality", "", AT)
    assert _left_over(coded("left", (fiscal, nationals)), coded("right", (fiscal, own, nationals))) == []
    narrowed = coded("right", (*BASE, element("harm", "any")))
    assert _left_over(_two(coded("left", BASE), replace(element("harm", "any"), eid="art_2")), narrowed) == ["harm"]


def test_what_is_said_of_another_mechanism_is_a_difference_still() -> None:
    """That assistance may be given without double criminality says nothing of extradition."""
    words = {"art_1": "Article 1 Wreckers are surrendered.", "art_2": "Article 2 Courts assist one another."}
    asked, waived = (parameter("dual_criminality", value) for value in ("required", "waived"))

    def side(id: str, mechanism: str) -> Coded:
        labels = {"art_1": "extradition", "art_2": mechanism}
        rows = (asked, waived) if id == "right" else (asked, replace(waived, eid="art_2"))
        return Coded.of(record(id, words, coding(id, labels, attributes=rows)), RULES)

    assert _left_over(side("left", "mutual_assistance"), side("right", "mutual_assistance")) == ["dual_criminality"]
    assert _left_over(side("left", "extradition"), side("right", "extradition")) == []


def _two(one: Coded, elsewhere: Element) -> Coded:
    row = Said(elsewhere.element, elsewhere.value, elsewhere.case, elsewhere.eid, elsewhere.evidence)
    return replace(one, said={**one.said, elsewhere.eid: (row,)}, memory={})


def _left_over(left: Coded, right: Coded) -> list[str]:
    found = differences(terms(left, "art_1", RULES), terms(right, "art_1", RULES), RULES)
    return [row.element for row in instrument_differences(found, (left, "art_1"), (right, "art_1"), RULES)]


def test_what_one_form_of_many_demands_is_no_term_of_the_whole() -> None:
    points = {f"art_1__point_{n}": f"({n}) lamp {n};" for n in "abcd"}
    words = {"art_1": "Article 1 Whoever", **points}

    def said(*letters: str) -> dict[str, Term]:
        rows = tuple(Element(f"art_1__point_{n}", "means", "computer_system", "", AT) for n in letters)
        return terms(Coded.of(record("one", words, coding("one", {}, elements=rows)), RULES), "art_1", RULES)

    assert "means" not in said("d")
    assert "means" in said("a", "b")


def test_an_option_of_the_next_paragraph_belongs_to_the_offence() -> None:
    words = {"art_1": "Article 1", "art_1__para_1": "1. Lamps.", "art_1__para_2": "2. A Keeper may require harm."}
    rows = (Element("art_1__para_2", "harm", "serious", "optional", AT),)
    one = Coded.of(record("one", words, coding("one", {}, elements=rows)), RULES)
    assert terms(one, "art_1__para_1", RULES)["harm"].told == ("serious (optional)",)


def test_who_acts_fraudulently_acts_dishonestly() -> None:
    """What one side demands and the other's words imply is no difference, and is counted for no element of its own."""
    fraud = Element("art_1", "unlawfulness", "required", "", Span(10, 22))
    left = coded("a", (fraud,), "Article 1 Fraudulently selling fish.")
    asked = element("specific_intent", "dishonest")
    right = coded("b", (*BASE, asked), "Article 1 Selling fish.")
    plain = coded("c", (RIGHT,), "Article 1 Selling fish.")
    sides = [terms(one, "art_1", RULES) for one in (left, right, plain)]
    told = [[str(one) for one in differences(*without_implied(one, sides[1]), RULES)] for one in (sides[0], sides[2])]
    assert told == [
        [],
        ["mens_rea: – / intentional", "specific_intent: – / dishonest (required)"],
    ]
    assert set(without_implied(sides[0], sides[2])[0]) == {"unlawfulness"}


def test_a_parameter_that_is_said_as_an_element_is_not_missing() -> None:
    """One article waives double criminality; the other names its lack among the grounds of refusal."""
    one = coded("a", (WAIVED, DAYS))
    other = coded("b", (element("refusal_ground", "dual_criminality", ""), DAYS))
    found = differences(terms(one, "art_1", RULES), terms(other, "art_1", RULES), RULES)
    assert "dual_criminality" in {row.element for row in found}
    assert not list(instrument_differences(found, (one, "art_1"), (other, "art_1"), RULES))


def test_the_definition_of_a_serious_crime_settles_the_predicate_offences() -> None:
    words = {
        "art_1": "Article 1 A serious crime is one of four years.",
        "art_2": "Article 2 Who launders proceeds of a serious crime.",
    }
    four = parameter("penalty_threshold", "4", "year")
    made = record("a", words, coding("a", {}, attributes=(four,)))
    treaty = replace(made.treaty, definitions=(Definition("art_1", "serious crime", AT, AT),))  # type: ignore[type-var]
    found = terms(Coded.of(replace(made, treaty=treaty), RULES), "art_2", RULES)
    assert found["penalty_threshold"].told == ("4 year",)


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("It begins", "3 month"),
        (
            "It begins on the first day of the month following the expiry of",
            "3 month, then to the first day of a month",
        ),
        ("It begins on the first day of the", "3 month, on its first day"),
    ],
)
def test_three_months_and_the_first_day_after_them_are_two_things(before: str, value: str) -> None:
    words, said = f"Article 1 {before} three months later.", len(f"Article 1 {before} ")
    row = Attribute("art_1", "entry_into_force_delay", "3", "month", "", Span(said, said + 12))
    side = Coded.of(record("a", {"art_1": words}, coding("a", {}, attributes=(row,))), RULES)
    assert terms(side, "art_1", RULES)["entry_into_force_delay"].told == (value,)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Article 1 Forging, lending, hiding or keeping for a theft", set()),
        ("Article 1 Keeping for a theft", {"specific_intent"}),
        ("Article 1 Forging, lending, hiding or keeping, each for a theft", {"specific_intent"}),
    ],
)
def test_what_is_said_of_the_last_of_several_acts_is_no_term_of_the_others(words: str, found: set[str]) -> None:
    start = words.index("for a theft")
    row = Element("art_1", "specific_intent", "use_for_offence", "required", Span(start, len(words)))
    side = Coded.of(record("a", {"art_1": words}, coding("a", {}, elements=(row,))), RULES)
    assert set(terms(side, "art_1", RULES)) == found
