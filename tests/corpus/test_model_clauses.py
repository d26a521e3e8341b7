"""Model clauses: their labels follow the codebook, and each lands on a provision that our own reader finds."""

from collections import Counter
from pathlib import Path

import pytest

from treatynlp.coding.fictional import printed
from treatynlp.corpus import load
from treatynlp.errors import DataError
from treatynlp.model_clauses import ModelClauses, is_unread, load_model_clauses, print_markdown
from treatynlp.specimens import load_specimens, specimen_attributes, specimen_labels, specimen_provisions

FILES = load_model_clauses()
CODEBOOK = load().codebook
each = pytest.mark.parametrize("clauses", FILES.values(), ids=FILES.keys())


@each
def test_every_label_stands_on_a_provision_that_is_read(clauses: ModelClauses) -> None:
    read = {provision.eid for provision in printed(clauses).walk()}
    assert [place.eid for place in specimen_provisions(clauses) if place.eid not in read] == []


@each
def test_labels_and_parameters_follow_the_codebook(clauses: ModelClauses) -> None:
    topics = {topic for _, topic in specimen_labels(clauses)}
    faults = [
        (eid, attribute, fault)
        for eid, attribute, value, unit, case in specimen_attributes(clauses)
        for fault in CODEBOOK.attributes[attribute].faults(eid, value, unit, case)
    ]
    assert (topics - set(CODEBOOK.topics), faults) == (set(), [])


def test_no_id_stands_twice_or_belongs_to_another_instrument() -> None:
    ids = [clauses.instrument.id for clauses in FILES.values()]
    ids += [one.id for one in load().instruments] + [one.instrument.id for one in load_specimens()]
    assert [id for id, times in Counter(ids).items() if times > 1] == []


def test_both_halves_are_there() -> None:
    assert {is_unread(name) for name in FILES} == {True, False}


def test_what_is_wrong_is_named_by_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "a-01.yml").write_text("instrument: {id: lamps, title: Lamps}\ncontents: [{article: 1}]\n")
    with pytest.raises(DataError, match=r"model_clauses/a-01\.yml: contents\.0\.article: line 2: .*says nothing"):
        load_model_clauses(tmp_path)


def test_they_are_printed_as_a_source_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "a-01.yml").write_text(
        "instrument: {id: lamps, title: Pact on Lamps}\n"
        "contents:\n"
        "- division: chapter\n  number: I\n  heading: Light\n  contents:\n"
        "  - {article: 1, heading: Oil, clauses: [{number: 1., text: Oil burns., note: Whale oil.}]}\n"
    )
    said = print_markdown(load_model_clauses(tmp_path)["a-01"])
    assert said.split("\n\n")[2:] == [
        "## CHAPTER I\n## Light", "## Article 1\n## Oil", "1. Oil burns.", "[^note]: Whale oil.\n",
    ]  # fmt: skip
