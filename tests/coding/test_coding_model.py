"""The coder that comes with treatynlp, the file it is kept in, and what it says about its own labels."""

import hashlib
import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import skops.io

from support.invented import treaty
from treatynlp.coding import load_coder
from treatynlp.coding.artefact import FILE, LOCK, from_bytes, read_model, to_bytes
from treatynlp.coding.classifier import Coder, found
from treatynlp.coding.confirmed import confirmed
from treatynlp.coding.explaining import explain
from treatynlp.coding.features import SIGNS
from treatynlp.coding.fictional import fictional
from treatynlp.coding.headings import heading_issues, misleading_headings
from treatynlp.coding.model import FEATURES
from treatynlp.coding.passages import passages
from treatynlp.coding.training import Lessons, coded, fit_model
from treatynlp.corpus import load
from treatynlp.errors import DataError
from treatynlp.home import home


def packed(data: bytes) -> bytes:
    """An archive with one member."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", data)
    return file.getvalue()


SAID = {
    "preamble": "The Members of the Lighthouse League, mindful of the dark,",
    "art_1": "Whoever gains unauthorised access to the whole or a part of a computer system commits an offence.",
    "art_2": "On cooperation",
    "art_2__para_1": "1. The Members shall afford one another the widest measure of mutual legal assistance.",
    "art_2__para_2": "2. Assistance may be refused if the requested Member holds that its sovereignty is harmed.",
    "art_2__para_3": "3. The requested Member shall keep confidential the fact of the request.",
    "art_3": "This Convention may be denounced by a letter to the depositary; the denunciation takes effect in a year.",
}
HEADINGS = {"art_1": "Illegal access", "art_2": "Mutual legal assistance", "art_3": "Denunciation"}
LEAGUE = treaty("league", SAID, HEADINGS)
FAMILY = {topic: rule.family for topic, rule in load().codebook.topics.items()}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load_coder()


def given(coder: Coder) -> set[tuple[str, str]]:
    return {(label.eid, label.topic) for label in coder.code(LEAGUE).labels}


LABELS = [
    ("preamble", "preamble", "known by its place"),
    ("art_1", "illegal_access", "by heading and conduct"),
    ("art_2", "mutual_assistance", "what the heading names, the article regulates"),
    ("art_2__para_2", "refusal_grounds", "what one paragraph regulates stands at the paragraph"),
    ("art_2__para_3", "confidentiality_use_limitation", "likewise"),
    ("art_3", "denunciation", "a final clause"),
]


@pytest.mark.parametrize(("eid", "topic", "reason"), LABELS)
def test_labels_stand_where_their_words_stand(coder: Coder, eid: str, topic: str, reason: str) -> None:
    assert (eid, topic) in given(coder), reason


def test_every_label_is_of_the_codebook_and_every_address_of_the_treaty(coder: Coder) -> None:
    coding, eids = coder.code(LEAGUE), {provision.eid for provision in LEAGUE.walk()}
    for label in (*coding.labels, *coding.inconclusive):
        assert label.topic in FAMILY
        assert label.eid in eids
        assert 0 <= label.score <= 1
        assert label.evidence is None or 0 <= label.evidence.start < label.evidence.end <= len(LEAGUE.text)


def test_what_is_given_is_not_open_too(coder: Coder) -> None:
    coding = coder.code(LEAGUE)
    assert not {(x.eid, x.topic) for x in coding.labels} & {(x.eid, x.topic) for x in coding.inconclusive}


def test_coding_twice_gives_the_same(coder: Coder) -> None:
    assert coder.code(LEAGUE) == coder.code(LEAGUE)


def test_instruments_without_articles_are_coded_by_paragraph(coder: Coder) -> None:
    call = treaty("call", {"para_1": "Members shall give technical assistance and training to developing countries."})
    assert [label.eid for label in coder.code(call).labels] == ["para_1"]


def test_an_instrument_without_words_has_no_labels(coder: Coder) -> None:
    assert coder.code(treaty("empty", {"preamble": "…"})).inconclusive == ()


def test_headings_are_lowered_and_those_above_are_known() -> None:
    league = treaty("league", {"chp_1": "I", "chp_1__art_1": "Lamps."}, {"chp_1": "On LAMPS", "chp_1__art_1": "Oil"})
    (passage,) = passages(league)
    assert (passage.heading, passage.above) == ("oil", ("on lamps",))


def test_a_heading_that_misleads_is_reported(coder: Coder) -> None:
    lying = treaty("league", {"art_1": SAID["art_1"]}, {"art_1": "Settlement of disputes"})
    (found_,) = misleading_headings(coder, lying, FAMILY)
    assert (found_.said, found_.regulated[0]) == (("dispute_settlement",), "illegal_access")
    assert [issue.code for issue in heading_issues(coder, lying, FAMILY)] == ["heading-disagrees"]


def test_a_heading_that_tells_the_truth_is_not(coder: Coder) -> None:
    honest = treaty("league", {"art_1": SAID["art_1"]}, {"art_1": "Illegal access"})
    assert misleading_headings(coder, honest, FAMILY) == ()


def test_an_explanation_names_patterns_weights_and_words(coder: Coder) -> None:
    reasons = explain(coder, LEAGUE, "art_1", "illegal_access")
    assert {reason.kind for reason in reasons} == {"probability", "pattern", "weight", "word"}
    assert reasons[0].amount >= coder.model.accept[coder.model.topics.index("illegal_access")]


@pytest.mark.parametrize(("eid", "topic"), [("art_9", "illegal_access"), ("art_1", "lamps")])
def test_what_is_not_there_cannot_be_explained(coder: Coder, eid: str, topic: str) -> None:
    with pytest.raises(KeyError):
        explain(coder, LEAGUE, eid, topic)


def test_the_file_gives_back_the_model(coder: Coder) -> None:
    again = from_bytes(to_bytes(coder.model))
    read = found(LEAGUE, coder.lexicon)
    parts = [one.passage for one in read], [one.hits for one in read]
    assert np.allclose(again.probabilities(*parts), coder.model.probabilities(*parts), atol=1e-3)


def test_the_file_is_the_same_twice(coder: Coder) -> None:
    assert to_bytes(coder.model) == to_bytes(from_bytes(to_bytes(coder.model)))


def test_training_twice_gives_the_same_bytes() -> None:
    treaties, labels = fictional()
    examples = coded(treaties[:2], labels, load_coder().lexicon)
    first, again = (to_bytes(fit_model(Lessons(examples), FAMILY)) for _ in range(2))
    assert first == again


def kept(folder: Path, data: bytes, sha: str | None = None) -> Path:
    (folder / FILE).write_bytes(data)
    (folder / LOCK).write_text(json.dumps({"sha256": sha or hashlib.sha256(data).hexdigest()}))
    return folder


def test_another_file_than_the_lock_says_is_refused(tmp_path: Path, coder: Coder) -> None:
    with pytest.raises(DataError) as caught:
        read_model(kept(tmp_path, to_bytes(coder.model), "0" * 64))
    assert caught.value.issues[0].code == "model-checksum"


def test_a_file_that_holds_other_things_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_model(kept(tmp_path, skops.io.dumps({"model": hashlib.sha256})))
    assert caught.value.issues[0].code == "model-untrusted"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (pickle.dumps({"a": 1}), "model-no-archive", "a pickle, which may run code"),
        (b"words", "model-no-archive", "no archive of arrays"),
        (packed(bytes(200_000_000)), "model-too-large", "200,000,000"),
    ],
    ids=["pickle", "words", "bomb"],
)
def test_a_file_that_is_no_model_is_refused_in_words(tmp_path: Path, data: bytes, code: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read_model(kept(tmp_path, data))
    assert caught.value.issues[0].code == code
    assert said in caught.value.issues[0].message


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="treatynlp train"):
        read_model(tmp_path)


def test_the_model_that_comes_with_treatynlp_is_of_this_lexicon_and_these_features(coder: Coder) -> None:
    assert coder.model.decider.weights.shape == (len(FEATURES),)
    assert set(SIGNS) <= set(FEATURES)
    assert set(coder.model.topics) == set(FAMILY) - {"preamble"}
    lock = json.loads((home() / "models" / "topics" / LOCK).read_text("utf-8"))
    assert sorted(lock["texts"]) == sorted({row.instrument for row in load().topics})


def test_teachers_are_known_and_do_not_decide() -> None:
    """A topic that only a teacher has is known by its words; how to decide is learned from the examples alone."""
    treaties, labels = fictional()
    lexicon = load_coder().lexicon
    examples, teachers = coded(treaties[:2], labels, lexicon), coded(treaties[2:], labels, lexicon)
    alone, taught = (fit_model(Lessons(examples, others), FAMILY) for others in ((), teachers))
    assert len(taught.words.topics_of) == len(examples) + len(teachers)
    assert (taught.familiar >= alone.familiar).all()
    assert (taught.familiar > alone.familiar).any()
    assert taught.decider.weights.shape == alone.decider.weights.shape


def test_what_a_teacher_says_confirms_a_wording() -> None:
    treaties, labels = fictional()
    examples = coded(treaties, labels, load_coder().lexicon)
    first = [one for one in examples if one.instrument == treaties[0].id]
    others = [one for one in examples if one.instrument != treaties[0].id]
    alone, together = (sum(len(one.hits) for one in confirmed(first, lambda _: frozenset(), x)) for x in ((), others))
    assert alone < together < sum(len(one.hits) for one in first)
