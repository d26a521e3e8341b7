"""The lexicon as people keep it: what is wrong in it is said, and every pattern earns its place."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from support.sources import source, treaty
from treatynlp.coding.fictional import fictional
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.training import coded
from treatynlp.corpus import load
from treatynlp.drafting import load_drafting
from treatynlp.errors import DataError
from treatynlp.home import home

TOPIC = "topics: {piracy: {name: {in: heading, weight: strong, phrases: [%s], reason: A name., example: none%s}}}"
NO_CONTEXTS = "contexts: {at_sea: {in: heading, phrases: [sea]}}"
TERMS = "terms: {ship: {reason: Vessels., words: [ship*, boat*]}}"
FAMILIES = "families: {criminalisation: {phrases: [offence*], reason: Conduct.}}"


def lexicon_of(folder: Path, topics: str, contexts: str = NO_CONTEXTS) -> Lexicon:
    files = {"topics_sea.yml": topics, "contexts.yml": contexts, "terms.yml": TERMS, "families.yml": FAMILIES}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_lexicon(folder)


BROKEN = [
    (TOPIC % ("'(open'", ""), NO_CONTEXTS, "lexicon-phrase", "a bracket is not closed"),
    (TOPIC % ("'{vessel} of war'", ""), NO_CONTEXTS, "lexicon-phrase", "an unknown family of words"),
    (TOPIC % ("'[all] [of it]'", ""), NO_CONTEXTS, "lexicon-phrase", "nothing to hold on to"),
    (TOPIC % ("piracy", ", when: [ashore]"), NO_CONTEXTS, "lexicon-unknown-context", "an unknown circumstance"),
    (TOPIC % ("piracy", ""), "contexts: {a: {in: heading, phrases: [x], also: [b]}}", "lexicon-unknown-context", "b"),
]


@pytest.mark.parametrize(("topics", "contexts", "code", "reason"), BROKEN)
def test_what_is_wrong_is_said(tmp_path: Path, topics: str, contexts: str, code: str, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        lexicon_of(tmp_path, topics, contexts)
    assert [issue.code for issue in caught.value.issues] == [code], reason


def test_a_key_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"topics_sea\.yml"):
        lexicon_of(tmp_path, TOPIC % ("piracy", ", colour: red"))


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    contexts = "contexts: {a: {in: heading, phrases: ['(x']}}"
    with pytest.raises(DataError) as caught:
        lexicon_of(tmp_path, TOPIC % ("'(open', '{vessel}'", ""), contexts)
    assert len(caught.value.issues) == 3


def test_the_same_files_give_the_same_lexicon(tmp_path: Path) -> None:
    shutil.copytree(home() / "corpus" / "lexicon", tmp_path / "copy")
    assert [p.id for p in load_lexicon(tmp_path / "copy").patterns] == [p.id for p in load_lexicon().patterns]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_every_topic_of_the_codebook_has_patterns_and_no_other(lexicon: Lexicon) -> None:
    assert set(lexicon.topics()) == set(load().codebook.topics)


def test_no_pattern_names_an_instrument_or_a_number_of_an_article(lexicon: Lexicon) -> None:
    """Names of instruments or places, and numbers of articles, would be memory, not reading."""
    names = {word for one in load().instruments for word in one.id.split("-") if not word.isdigit() and len(word) > 4}
    subjects = (
        "convention extradition cybercrime directive model attacks evidence aircraft aviation bombings corruption"
    )
    subjects += " firearms limitation laundering spectator supervision terrorism traffic trafficking transfer sentenced"
    subjects += (
        " validity judgments victims compensation disappearance fixed platforms genocide hijacking service hostages"
    )
    subjects += " security customs securities nuclear material slavery financing migrants maritime"
    names -= set(subjects.split())
    for pattern in lexicon.patterns:
        for phrase in pattern.entry.phrases:
            assert not names & set(phrase.lower().split()), phrase
            assert not any(part.isdigit() for part in phrase.replace("24/7", "").split() if part not in ("24", "7"))


def test_no_phrase_is_a_sentence(lexicon: Lexicon) -> None:
    for pattern in lexicon.patterns:
        for phrase in pattern.entry.phrases:
            for run in re.split(r"\.\.\.|[()\[\]|&]", phrase):
                assert len(run.split()) <= 7, phrase


@pytest.fixture(scope="module")
def record(shared: Path, lexicon: Lexicon) -> dict[str, list[bool]]:
    """For each pattern, whether each of its findings in coded articles was right."""
    rows, (invented, labels) = load().topics, fictional()
    ids = sorted({row.instrument for row in rows})
    real = [treaty(source(shared, id)) for id in ids]
    found: dict[str, list[bool]] = defaultdict(list)
    for example in coded([*real, *invented], [*rows, *labels], lexicon):
        for hit in example.hits:
            if hit.place != "above":
                right = (hit.pattern.topic in example.topics) != (hit.pattern.entry.weight == "against")
                found[hit.pattern.id].append(right)
    return found


def test_every_pattern_is_found_somewhere_or_says_that_no_coded_instrument_has_it(
    lexicon: Lexicon, record: dict[str, list[bool]]
) -> None:
    silent = {pattern.id for pattern in lexicon.patterns if not record[pattern.id]}
    owned_up = {pattern.id for pattern in lexicon.patterns if pattern.entry.example == "none"}
    assert silent <= owned_up


def test_no_pattern_is_found_only_in_wrong_places(lexicon: Lexicon, record: dict[str, list[bool]]) -> None:
    assert [p.id for p in lexicon.patterns if record[p.id] and not any(record[p.id])] == []


def test_no_example_of_a_pattern_stands_in_the_exam_alone(lexicon: Lexicon) -> None:
    """What is shown as the reason of a pattern must be an instrument that people may look at."""
    counted = set(load_drafting().exam.members)
    assert not {pattern.id for pattern in lexicon.patterns if pattern.entry.example.split()[0] in counted}
