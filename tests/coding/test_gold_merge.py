"""Labels that people gave go before the machine's, and go stale when the article changes."""

from dataclasses import replace

from support.typed_text import treaty
from treatynlp.coding.gold_merge import Gold, with_gold
from treatynlp.coding.labels import Attribute, Coding, Label, Modality
from treatynlp.corpus import text_hash
from treatynlp.registry import GoldAttribute, GoldTopic
from treatynlp.text import Span

TREATY = treaty("""
*Article 1
1. Whoever sinks a boat shall be punished.

2. The boat shall be kept for ninety days.

*Article 2
Boats are free.
""")
HASH = text_hash(TREATY.words(TREATY.articles[0].body))
MACHINE = Coding(
    "lake-1900",
    labels=(
        Label("art_1", "data_interference", 0.6, "model:topics"),
        Label("art_1__para_1", "sanctions", 0.9, "rule:punished", Span(20, 30)),
        Label("art_2", "scope", 0.8, "model:topics"),
    ),
    inconclusive=(Label("art_1", "definitions", 0.4, "model:topics"), Label("art_2", "purpose", 0.4, "model:topics")),
    attributes=(Attribute("art_1__para_2", "response_deadline", "90", "day", "", Span(60, 71)),),
    modalities=(Modality("art_1__para_1", "obligation", (), Span(31, 36)),),
)


def gold(digest: str = HASH) -> Gold:
    row = {"instrument": "lake-1900", "article": "1", "text_hash": digest}
    return Gold(
        (GoldTopic(**row, paragraph="1", topic="sanctions"), GoldTopic(**row, paragraph="2", topic="search_seizure")),
        (GoldAttribute(**row, paragraph="2", attribute="preservation_period", value="90", unit="day"),),
    )


def test_peoples_labels_replace_the_machines_in_the_articles_they_coded() -> None:
    coding, issues = with_gold(MACHINE, TREATY, gold())
    assert [(one.eid, one.topic, one.by, one.evidence) for one in coding.labels] == [
        ("art_1__para_1", "sanctions", "gold", Span(20, 30)),  # found by the machine too: its words are kept
        ("art_1__para_2", "search_seizure", "gold", None),
        ("art_2", "scope", "model:topics", None),  # nobody coded Article 2
    ]
    assert [one.eid for one in coding.inconclusive] == ["art_2"]
    assert issues == ()


def test_parameters_too_but_not_modality() -> None:
    coding, _ = with_gold(MACHINE, TREATY, gold())
    assert [(one.attribute, one.eid) for one in coding.attributes] == [("preservation_period", "art_1__para_2")]
    assert coding.modalities == MACHINE.modalities


def test_where_people_coded_parameters_and_no_topic_their_value_stands_alone() -> None:
    machine = replace(
        MACHINE, attributes=(Attribute("art_1__para_2", "preservation_period", "90", "day", "", Span(60, 71)),)
    )
    coding, _ = with_gold(machine, TREATY, Gold((), gold().attributes))
    assert [(one.attribute, one.by) for one in coding.attributes] == [("preservation_period", "gold")]


def test_when_the_article_has_changed_the_machine_stands_and_it_is_told() -> None:
    coding, issues = with_gold(MACHINE, TREATY, gold("0" * 16))
    assert coding == MACHINE
    assert [(issue.code, issue.where) for issue in issues] == [("gold-stale", "lake-1900 Art. 1")]


def test_without_gold_nothing_changes() -> None:
    assert with_gold(MACHINE, TREATY, Gold()) == (MACHINE, ())
