"""Modality: how strongly the main clause binds, on invented clauses, on a hand-coded sample and on the specimens."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support.sources import SPECIMENS, source
from support.sources import treaty as treaty_of
from treatynlp.coding.labels import Modality
from treatynlp.coding.modality import read_modality
from treatynlp.coding.modality_lexicon import load_modality_lexicon
from treatynlp.coding.parameters import load_parameter_reader
from treatynlp.coding.sentences import statement
from treatynlp.corpus import text_hash
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.specimens import load_specimens, specimen_attributes
from treatynlp.structure import Treaty

LEXICON = load_modality_lexicon()
CLAUSES = yaml.safe_load((Path(__file__).parent / "clauses" / "modality.yml").read_text("utf-8"))
STRENGTHS = {"obligation", "prohibition", "permission", "recommendation", "declaration"}


def strength(words: str) -> Modality:
    before, _, text = words.rpartition(" >> ")
    row = read_modality(statement(text, before), LEXICON)
    assert row is not None
    return row


@pytest.mark.parametrize("clause", CLAUSES, ids=[row["why"] for row in CLAUSES])
def test_a_clause_binds_as_a_lawyer_says(clause: dict[str, Any]) -> None:
    row = strength(clause["words"])
    assert row.strength == clause["modality"]
    if "hedges" in clause:
        assert list(row.hedges) == clause["hedges"]


def test_the_table_shows_every_strength() -> None:
    assert {row["modality"] for row in CLAUSES} == STRENGTHS


def test_evidence_is_the_verb_and_stands_where_it_says() -> None:
    text = "2. Where a Party which may object is heard, it shall not answer."
    row = strength(text)
    assert text[row.evidence.start : row.evidence.end] == "shall not"


def test_what_rests_on_introductory_words_lies_before_the_text() -> None:
    assert strength("A Party may: >> (a) refuse;").evidence.start < 0


SIMPLE = ["shall answer", "may answer", "shall not answer", "should answer", "shall endeavour to answer"]
ASIDES = ["in accordance with its domestic law", "where appropriate", "subject to Article 3", "to the extent possible"]
FRONTS = ["Where the request is urgent", "If the Party has reason to do so", "Unless the Parties have agreed otherwise"]


@given(st.sampled_from(SIMPLE), st.sampled_from(ASIDES), st.sampled_from(FRONTS))
def test_asides_and_conditions_do_not_change_the_modality(verb: str, aside: str, front: str) -> None:
    plain = strength(f"The Party {verb}.").strength
    modal, rest = verb.split(" ", 1)
    assert strength(f"The Party {modal}, {aside}, {rest}.").strength == plain
    assert strength(f"{front}, the Party {verb}.").strength == plain
    assert strength(f"{front}, the Party which has objected, {aside}, {verb}.").strength == plain


@given(st.text(alphabet="shalmynotwicrd .,;:()\"'\n"))
def test_no_words_at_all_upset_the_reading(text: str) -> None:
    row = read_modality(statement(text, before=text), LEXICON)
    assert row is None or row.strength in STRENGTHS


def test_a_faulty_lexicon_is_named(tmp_path: Path) -> None:
    (tmp_path / "modality.yml").write_text(
        "verbs: {may: {find: may, modality: perhaps, reason: unsure, example: x art_1}}"
    )
    with pytest.raises(DataError, match=r"modality\.yml: verbs\.may\.modality"):
        load_modality_lexicon(tmp_path)


def modalities(treaty: Treaty) -> dict[str, Modality]:
    _, rows = load_parameter_reader().read(treaty)
    return {row.eid: row for row in rows}


def test_two_hundred_provisions_as_they_were_coded_by_hand(shared: Path) -> None:
    """The sample was coded before the rules were written; nobody has tuned them to its errors."""
    with (home() / "corpus" / "annotations" / "modality.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    trees = {ident: treaty_of(source(shared, ident)) for ident in {row["instrument"] for row in rows}}
    read = {ident: modalities(tree) for ident, tree in trees.items()}
    right = [
        row for row in rows if (got := read[row["instrument"]].get(row["eid"])) and got.strength == row["modality"]
    ]
    assert len(rows) == 200
    assert len(right) >= 190


def test_the_sample_was_coded_on_the_words_that_are_read_today(shared: Path) -> None:
    with (home() / "corpus" / "annotations" / "modality.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    stale = []
    for row in rows:
        treaty = treaty_of(source(shared, row["instrument"]))
        article = next(one for one in treaty.articles if one.label == row["article"])
        if text_hash(treaty.words(article.body)) != row["text_hash"]:
            stale.append(f"{row['instrument']} {row['eid']}")
    assert not stale


@pytest.mark.parametrize("path", SPECIMENS, ids=[path.stem for path in SPECIMENS])
def test_specimens_bind_as_they_were_meant(path: Path) -> None:
    specimen = next(one for one in load_specimens() if one.instrument.id == path.stem)
    meant = {eid: value for eid, name, value, _, _ in specimen_attributes(specimen) if name == "modality"}
    read = modalities(treaty_of(path))
    right = [eid for eid, value in meant.items() if eid in read and read[eid].strength == value]
    assert len(right) >= 0.95 * len(meant)


@pytest.mark.parametrize("path", SPECIMENS, ids=[path.stem for path in SPECIMENS])
def test_every_provision_that_binds_has_a_modality(path: Path) -> None:
    treaty = treaty_of(path)
    read = modalities(treaty)
    missing = [
        one.eid for one in treaty.walk() if one.kind in ("article", "paragraph", "point") and one.eid not in read
    ]
    annexed = {part.eid for top in treaty.provisions if top.kind == "annex" for part in top.walk()}
    assert not set(missing) - annexed
