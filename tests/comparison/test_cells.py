"""When a cell of the matrix says present, partial, absent, inconclusive, not assessed or not applicable."""

from dataclasses import replace
from pathlib import Path

import pytest

from support.invented import codebook, coding, record
from treatynlp.coding.labels import Coding, Label
from treatynlp.comparison.cells import Cell, assess
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules, load_rules
from treatynlp.corpus import load
from treatynlp.errors import DataError, Issue, declared_codes
from treatynlp.home import home

WORDS = {
    "preamble": "The keepers, recalling that entering lamp rooms is wrong,",
    "art_1": "Article 1 Entering",
    "art_1__para_1": "1. Each keeper shall make entering a crime.",
    "art_1__para_2": "2. A keeper may require intent.",
    "art_2": "Article 2 A keeper should hand over wreckers.",
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(home() / "corpus")


def cell(rec: Record, topic: str, rules: Rules, **more: str) -> Cell:
    return next(c for c in assess([rec], codebook(**more), rules) if c.topic == topic)


@pytest.mark.parametrize(
    ("labels", "modality", "topic", "state", "strength"),
    [
        # a duty to make it a crime
        ({"art_1__para_1": "illegal_access"}, {"art_1__para_1": "obligation"}, "illegal_access", "present",
         "obligation"),
        # the article as a whole is labelled: the strongest words below it count
        ({"art_1": "illegal_access"}, {"art_1__para_1": "obligation", "art_1__para_2": "permission"}, "illegal_access",
         "present", "obligation"),
        # a recital condemns, and nothing in the articles follows it up
        ({"preamble": "illegal_access"}, {"preamble": "declaration"}, "illegal_access", "partial", "declaration"),
        # a recital and an article: the article counts
        ({"preamble": "illegal_access", "art_1": "illegal_access"}, {"art_1": "obligation"}, "illegal_access",
         "present", "obligation"),
        # States are only encouraged
        ({"art_2": "extradition"}, {"art_2": "recommendation"}, "extradition", "partial", "recommendation"),
        # a permission is how refusals, transborder access and the like are regulated: not partial
        ({"art_2": "extradition"}, {"art_2": "permission"}, "extradition", "present", "permission"),
        # a definition needs no duty
        ({"art_2": "definitions"}, {"art_2": "recommendation"}, "definitions", "present", "recommendation"),
        # nobody read the modality: still present
        ({"art_2": "extradition"}, {}, "extradition", "present", ""),
        ({"art_2": "extradition"}, {}, "illegal_access", "absent", ""),
    ],
)  # fmt: skip
def test_labels_make_a_cell(
    labels: dict[str, str], modality: dict[str, str], topic: str, state: str, strength: str, rules: Rules
) -> None:
    found = cell(record("alpha", WORDS, coding("alpha", labels, modality)), topic, rules)
    assert (found.state, found.strength) == (state, strength)


def test_an_undecided_label_is_neither_present_nor_absent(rules: Rules) -> None:
    undecided = Coding("alpha", (), (Label("art_2", "extradition", 0.5, "model:x"),))
    found = cell(record("alpha", WORDS, undecided), "extradition", rules)
    assert found.state == "inconclusive"
    assert found.grounds[0].passage.citation == "Art. 2"


def well_read() -> Record:
    return record("alpha", WORDS, Coding("alpha", ()), expect={"articles": "2"})


@pytest.mark.parametrize(
    ("why", "doubted"),
    [
        ("", well_read()),
        # the registry expects more articles than were found: the rest may say anything
        ("2 of 9 expected articles", record("alpha", WORDS, Coding("alpha", ()), expect={"articles": "9"})),
        # a scan of which a third is guessed
        ("reads badly", replace(well_read(), source=replace(well_read().source, fidelity="ocr", confidence=0.6))),  # type: ignore[type-var]
        # the splitter itself says that something is wrong
        ("errors: gap", replace(well_read(), treaty=replace(well_read().treaty,  # type: ignore[type-var]
                                issues=(Issue("error", "gap", "alpha p. 2", "A page is missing."),)))),
        # a warning is none
        ("", replace(well_read(), treaty=replace(well_read().treaty,  # type: ignore[type-var]
                                                 issues=(Issue("warning", "heading-disagrees", "y", "z"),)))),
        ("no provisions", replace(well_read(), treaty=replace(well_read().treaty, provisions=()))),  # type: ignore[type-var]
    ],
)  # fmt: skip
def test_absent_is_only_claimed_of_a_text_read_whole(why: str, doubted: Record, rules: Rules) -> None:
    found = cell(doubted, "extradition", rules)
    assert found.state == ("inconclusive" if why else "absent")
    assert why in found.reason


def test_without_text_or_coding_nothing_is_assessed(rules: Rules) -> None:
    nothing = replace(well_read(), source=None, treaty=None, coding=None)
    assert {c.state for c in assess([nothing], codebook(), rules)} == {"not_assessed"}
    assert cell(nothing, "extradition", rules).reason == "no text"
    assert cell(replace(well_read(), coding=None), "extradition", rules).reason == "not coded"


@pytest.mark.parametrize(
    ("kind", "labels", "state"),
    [
        ("treaty", {"art_1": "entry_into_force"}, "absent"),  # a treaty could have had it
        ("treaty", {"art_1": "depositary"}, "inconclusive"),  # a copy that never says when it enters into force is torn
        ("model_law", {}, "not_applicable"),  # nobody accedes to a model law
        ("model_law", {"art_2": "accession"}, "present"),  # but words that were found win over the table
    ],
)
def test_not_applicable_is_declared(kind: str, labels: dict[str, str], state: str, rules: Rules) -> None:
    rec = record("alpha", WORDS, coding("alpha", labels), kind=kind)
    found = cell(rec, "accession", rules, entry_into_force="final", depositary="final")
    assert found.state == state
    assert bool(found.reason) == (state != "present")


@pytest.mark.parametrize(
    ("by", "decided"),
    [
        (("model:linear",), "model"),
        (("rule:a", "model:linear"), "rule"),  # a rule that can be read outranks a weight
        (("model:linear", "override:mm", "rule:a"), "human"),  # a reviewer outranks both
        (("gold",), "human"),
    ],
)
def test_who_decided(by: tuple[str, ...], decided: str, rules: Rules) -> None:
    labels = tuple(Label("art_2", "extradition", 0.8, one) for one in by)
    assert cell(record("alpha", WORDS, Coding("alpha", labels)), "extradition", rules).decided_by == decided


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("general_part: {topics: [nothing_of_the_kind], reason: x}", "nothing_of_the_kind"),
        ("duties: [no_family]", "no_family"),
        ("boilerplate: [{pattern: '(', reason: x}]", "boilerplate.0.pattern"),
        ("surprise: 1", "surprise"),
    ],
)
def test_faults_of_the_declared_rules_are_named(line: str, where: str, tmp_path: Path) -> None:
    good = {"version": "version: 1", "duties": "duties: [criminalisation]",
            "general_part": "general_part: {topics: [sanctions], reason: x}",
            "powers": "powers: {topics: [search_seizure], safeguards: [conditions_safeguards], reason: x}"}  # fmt: skip
    (tmp_path / "comparison.yml").write_text("\n".join((good | {line.partition(":")[0]: line}).values()))
    with pytest.raises(DataError, match=where):
        load_rules(tmp_path, codebook().topics, codebook().families)


def test_the_declared_rules_fit_the_codebook() -> None:
    book = load().codebook
    assert load_rules(home() / "corpus", book.topics, book.families).topics <= set(book.topics)


def test_nothing_is_absent_in_a_text_that_says_it_may_not_be_whole(rules: Rules) -> None:
    torn = next(code for code, one in declared_codes().items() if one.incomplete)
    one = record("alpha", WORDS, coding("alpha", {"art_1": "entry_into_force"}))
    assert one.treaty
    doubted = replace(one, treaty=replace(one.treaty, issues=(Issue("warning", torn, "alpha", "…"),)))
    assert cell(one, "accession", rules, entry_into_force="final", depositary="final").state == "absent"
    assert (cell(doubted, "accession", rules).state, torn in cell(doubted, "accession", rules).reason) == (
        "inconclusive",
        True,
    )
