"""Gaps and chronology, parameters side by side: what each view claims of made-up conventions."""

from dataclasses import replace

import pytest

from support.invented import codebook, coding, record
from treatynlp.coding.labels import Attribute
from treatynlp.comparison.cells import assess
from treatynlp.comparison.derived_tables import chronology, gaps
from treatynlp.comparison.parameters import in_days, parameters
from treatynlp.comparison.records import Record
from treatynlp.comparison.reuse import reuse, words_of
from treatynlp.comparison.rules import TopicsApart, load_rules
from treatynlp.home import home
from treatynlp.text import Span

WORDS = {
    "art_1": "Article 1 Each keeper shall make entering a crime.",
    "art_2": "Article 2 Search",
    "art_2__para_1": "1. A keeper shall be able to search lamp rooms.",
    "art_2__para_2": "2. A judge shall decide, as said in Article 3.",
    "art_3": "Article 3 Powers are subject to conditions.",
    "art_4": "Article 4 Wreckers are surrendered when punishable with one year.",
}
RULES = load_rules(home() / "corpus")


def made(id: str, labels: dict[str, str], attributes: tuple[Attribute, ...] = (), **declared: object) -> Record:
    strength = dict.fromkeys(labels, "obligation")
    return record(id, WORDS, coding(id, labels, strength, attributes=attributes), **declared)


def test_a_gap_is_certain_only_where_absence_is_a_claim() -> None:
    full = made("full", {"art_1": "illegal_access", "art_4": "extradition"})
    silent = made("silent", {})
    torn = made("torn", {}, expect={"articles": "40"})
    other = made("other", {}, family=["data_protection"])  # another field: what it lacks is no gap
    every = [full, silent, torn, other]
    found = {
        (g.has, g.lacks, g.cell.topic): g.certain for g in gaps(every, assess(every, codebook(), RULES), codebook())
    }
    assert found == {
        ("full", "silent", "illegal_access"): True, ("full", "silent", "extradition"): True,
        ("full", "torn", "illegal_access"): False, ("full", "torn", "extradition"): False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("vague", "others", "certain", "why"),
    [
        ((), {}, True, "the one has it, the other was read whole without it"),
        (("extradition",), {}, False, "the topic names no subject"),
        ((), {"art_2": "extradition_procedure"}, False, "the other regulates how it is done"),
    ],
)
def test_a_gap_is_of_a_subject(vague: tuple[str, ...], others: dict[str, str], certain: bool, why: str) -> None:
    both = [made("full", {"art_4": "extradition"}), made("other", others)]
    book = codebook(extradition_procedure="cooperation")
    rules = RULES.model_copy(update={"vague": TopicsApart(topics=vague)})
    found = {(g.has, g.cell.topic): g.certain for g in gaps(both, assess(both, book, RULES), book, rules=rules)}
    assert found["full", "extradition"] is certain, why


@pytest.mark.parametrize(
    ("by", "score", "certain"),
    [
        ("gold", 1.0, True),
        ("rule:access/name", 0.9, True),
        ("rule:access/name", 0.6, False),
        ("model:topics", 0.99, False),
    ],
)
def test_a_gap_rests_on_people_or_on_a_pattern_that_is_sure(by: str, score: float, certain: bool) -> None:
    full, silent = made("full", {"art_1": "illegal_access"}), made("silent", {})
    assert full.coding is not None
    label = replace(full.coding.labels[0], by=by, score=score)
    every = [replace(full, coding=replace(full.coding, labels=(label,))), silent]
    assert [g.certain for g in gaps(every, assess(every, codebook(), RULES), codebook())] == [certain]


def test_chronology_ranks_by_date() -> None:
    late = made("late", {"art_1": "illegal_access"}, dates={"adopted": "2101-05-01"})
    early = made("early", {"art_1": "illegal_access"}, dates={"adopted": "2099"})
    without = made("without", {}, dates={"adopted": "2050"})
    records = [late, without, early]
    rows = [(r.rank, r.cell.instrument, r.earlier) for r in chronology(records, assess(records, codebook(), RULES),
                                                                       codebook())]  # fmt: skip
    assert rows == [(1, "early", ()), (2, "late", ("early",))]


def test_chronology_says_what_was_taken_over() -> None:
    rule = "no keeper shall let the lamp go out before the last ship has passed the bar"
    first, rest = (
        {"art_1": "Article 1 Lamps are lit."},
        {"art_1": f"Article 1 {rule}.", "art_2": "Article 2 Handing over."},
    )
    made_in = [("oldest", "2050", first), ("older", "2060", rest), ("new", "2070", rest)]
    labels = {"art_1": "illegal_access"}
    records = [record(id, words, coding(id, labels), dates={"adopted": year}) for id, year, words in made_in]
    cells = assess(records, codebook(), RULES)
    rows = chronology(records, cells, codebook(), reuse(words_of(records)).pairs)
    assert [(row.cell.instrument, row.taken_from, row.words) for row in rows] == [
        ("oldest", "", 0), ("older", "", 0), ("new", "older", 17),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "value", "unit", "days"),
    [
        ("preservation_period", "90", "day", 90.0),
        ("preservation_period", "3", "month", 90.0),  # months are thirty days by convention
        ("response_deadline", "24", "hour", 1.0),
        ("extradition_threshold", "1", "year", 365.0),
        ("age_of_child", "18", "year", None),  # an age is no period
        ("mens_rea", "intentional", "", None),
        ("response_deadline", "soon", "day", None),  # a value nobody can count
    ],
)
def test_periods_are_set_side_by_side_in_days(attribute: str, value: str, unit: str, days: float | None) -> None:
    assert in_days(attribute, value, unit) == days


@pytest.mark.parametrize(
    ("labels", "topics"),
    [
        ({"art_2__para_1": "search_seizure"}, ["search_seizure"]),  # its own provision's topic
        ({"art_2": "search_seizure"}, ["search_seizure"]),  # the article's
        # a threshold in a paragraph on double criminality is still one of the article on extradition
        ({"art_2__para_1": "sanctions", "art_2": "extradition"}, ["extradition", "sanctions"]),
        ({"art_2__para_2": "extradition"}, ["extradition"]),  # the neighbours' in the article, where that has none
        ({"art_4": "extradition"}, [""]),  # never another article's
    ],
)
def test_a_parameter_stands_under_the_topics_of_and_around_its_words(labels: dict[str, str], topics: list[str]) -> None:
    period = Attribute("art_2__para_1", "preservation_period", "90", "day", "", Span(60, 70))
    assert [p.topic for p in parameters([made("one", labels, (period,))])] == topics


@pytest.mark.parametrize(
    ("attribute", "words", "topics", "why"),
    [
        ("mens_rea", "intentionally", ["data_interference", "illegal_access", "illegal_interception"], "every act"),
        ("mens_rea", "lights", ["data_interference"], "said of one act only"),
        ("penalty_threshold", "intentionally", ["data_interference"], "no element of what is done"),
    ],
)
def test_what_introductory_words_ask_is_asked_of_every_act(
    attribute: str, words: str, topics: list[str], why: str
) -> None:
    text = {
        "art_1": "Article 1",
        "art_1__para_1": "1. Who intentionally:",
        "art_1__para_1__point_a": "(a) douses a lamp;",
        "art_1__para_1__point_b": "(b) lights a wreck;",
    }
    places = ("art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b")
    labels = dict(zip(places, ("data_interference", "illegal_access", "illegal_interception"), strict=True))
    start = "".join(f"{one}\n" for one in text.values()).index(words)
    row = Attribute("art_1__para_1", attribute, "intentional", "", "", Span(start, start + len(words)))
    assert [p.topic for p in parameters([record("one", text, coding("one", labels, attributes=(row,)))])] == topics, why


@pytest.mark.parametrize(
    ("own", "topics"),
    [
        (("dual_criminality", "extradition"), ["extradition"]),  # the topic that a threshold of extradition qualifies
        (("dual_criminality", "refusal_grounds"), ["dual_criminality", "refusal_grounds"]),  # neither is that topic
    ],
)
def test_a_parameter_stands_under_the_topic_it_qualifies(own: tuple[str, str], topics: list[str]) -> None:
    threshold = Attribute("art_2__para_1", "extradition_threshold", "1", "year", "prosecution", Span(60, 70))
    record = made("one", {"art_2__para_1": own[0], "art_2": own[1]}, (threshold,))
    qualifies = load_rules(home() / "corpus").qualifies
    assert [p.topic for p in parameters([record], qualifies)] == topics
