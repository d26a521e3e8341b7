"""Which conditions govern which power in made-up conventions."""

from dataclasses import replace

import pytest

from support.invented import codebook, coding, record
from treatynlp.coding.labels import Coding, Label
from treatynlp.comparison.cells import assess
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.safeguards import safeguards
from treatynlp.corpus import home
from treatynlp.structure.tree import Reference
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")
POWER = {
    "chp_I": "Chapter I",
    "chp_I__art_2": "Article 2 Search",
    "chp_I__art_2__para_1": "1. Wardens search lamp rooms.",
}
GUARD, SEARCH = "conditions_safeguards", "search_seizure"
REFERENCE = Reference("chp_I__art_2__para_1", Span(0, 3), "", "chp_II__art_3")


def checked(guard: str, labels: dict[str, str], *references: Reference, power: str = "") -> tuple[str, tuple[str, ...]]:
    words = POWER | {"chp_II": "Chapter II", "chp_II__art_3": f"Article 3 {guard}"}
    words["chp_I__art_2__para_1"] += power
    one = record("one", words, coding("one", {"chp_I__art_2__para_1": SEARCH, **labels}))
    one = replace(one, treaty=replace(one.treaty, references=references))
    (found,) = safeguards([one], assess([one], codebook(), RULES), RULES)
    return found.safeguard, found.articles


@pytest.mark.parametrize(
    ("guard", "safeguard", "why"),
    [
        ("The powers under this Convention are subject to conditions.", "general", "all powers of the instrument"),
        ("Measures taken shall respect the rights of gulls.", "general", "it conditions the measures"),
        ("The powers in this chapter are subject to conditions.", "unknown", "another chapter's powers only"),
        ("Conditions are good.", "unknown", "a safeguard that is not seen to reach the power is none, and no lack"),
        ("Any person regarding whom proceedings are carried out under this Convention is treated well.", "missing",
         "it protects persons in one procedure and guards no search"),
    ],
)  # fmt: skip
def test_a_safeguard_guards_what_its_words_reach(guard: str, safeguard: str, why: str) -> None:
    assert checked(guard, {"chp_II__art_3": GUARD})[0] == safeguard, why


def test_a_safeguard_that_is_pointed_to_guards() -> None:
    assert checked("Conditions.", {"chp_II__art_3": GUARD}, REFERENCE) == ("referenced", ("chp_II__art_3",))
    back = replace(REFERENCE, eid="chp_II__art_3", target="chp_I__art_2__para_1")
    assert checked("Conditions.", {"chp_II__art_3": GUARD}, back)[0] == "referenced"
    elsewhere = replace(REFERENCE, instrument="other")  # the same number in another instrument
    assert checked("Conditions.", {"chp_II__art_3": GUARD}, elsewhere)[0] == "unknown"


@pytest.mark.parametrize(
    "words",
    [
        " They do so in accordance with conditions prescribed by domestic law.",
        " The rights of bona fide third parties are kept.",
        " Prior judicial authorisation is needed.",
        " They apply to a Judge in Chambers for an order.",
        " They enter under a warrant.",
    ],
)
def test_a_power_may_hold_its_own_conditions(words: str) -> None:
    assert checked("Lamps.", {}, power=words) == ("own_article", ("chp_I__art_2__para_1",))


@pytest.mark.parametrize(
    "words",
    [
        "in accordance with their national law",
        "according to their national legislation",
        "according to their national legal and administrative provisions",
        "subject to their constitutional limitations",
        "having due regard to their constitutional, legal and administrative systems",
        "as far as permitted by their laws",
    ],
)
def test_conditions_left_to_domestic_law_are_neither_there_nor_missing(words: str) -> None:
    assert checked("Lamps.", {}, power=f" They act {words}.") == ("unknown", ())


def test_a_point_conditions_itself_only() -> None:
    points = {
        "art_2": "Article 2 Keepers",
        "art_2__point_a": "(a) search sheds;",
        "art_2__point_b": "(b) close sheds, without prejudice to bona fide third parties;",
    }
    for last, expected in (
        ("", "missing"),
        ("3. The powers in paragraph 1 need prior judicial approval.", "own_article"),
    ):
        words = points | ({"art_2__para_3": last} if last else {})
        one = record("one", words, coding("one", {"art_2__point_a": SEARCH}))
        (found,) = safeguards([one], assess([one], codebook(), RULES), RULES)
        assert found.safeguard == expected


def test_a_power_taken_over_with_its_conditions_is_governed_by_them() -> None:
    one = record("one", POWER, coding("one", {"chp_I__art_2__para_1": SEARCH}))
    cells = list(assess([one], codebook(), RULES))
    taken = [replace(c, state="by_reference") if c.topic == SEARCH else c for c in cells]
    power = next(c for c in taken if c.topic == SEARCH)
    with_guard = [replace(c, state="by_reference", grounds=power.grounds) if c.topic == GUARD else c for c in taken]
    assert [row.safeguard for row in safeguards([one], taken, RULES)] == ["unknown"]
    assert [row.safeguard for row in safeguards([one], with_guard, RULES)] == ["referenced"]


def test_what_nobody_is_sure_of_is_not_called_missing() -> None:
    assert checked("Lamps.", {})[0] == "missing"
    unsure = (Label("chp_I__art_2", GUARD, 0.5, "model:x"),)
    one = record("one", POWER, Coding("one", (Label("chp_I__art_2__para_1", SEARCH, 0.9, "rule:x"),), unsure))
    (found,) = safeguards([one], assess([one], codebook(), RULES), RULES)
    assert found.safeguard == "unknown"
