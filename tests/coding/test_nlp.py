"""The spaCy pipeline: what people can use on their own, save, load and take apart."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import treatynlp
from treatynlp.coding.span_lexicon import token_patterns
from treatynlp.errors import DataError

TEXT = (
    "1. Each State Party shall, subject to its domestic law, punish illegal access to a computer system when committed "
    "intentionally: (a) for gain; (b) out of malice, see Art. 5. "
    "2. Any Party may refuse extradition of its nationals. It shall say why within ten days."
)


@pytest.fixture(scope="module")
def language() -> Language:
    return treatynlp.nlp()


def found(doc: Doc) -> list[tuple[str, str, str, str, str]]:
    return [
        (key, span.text, span.label_, span._.value, span._.unit) for key in sorted(doc.spans) for span in doc.spans[key]
    ]


def test_components_stand_in_the_order_of_their_work(language: Language) -> None:
    assert language.pipe_names == [
        "treatynlp_sentences",
        "lemmatizer",
        "treatynlp_provisions",
        "treatynlp_topics",
        "treatynlp_modality",
        "treatynlp_attributes",
    ]


SENTENCES = [
    ("1. Each Party shall: (a) act; (b) report. 2. It may object.", 2, "points and semicolons do not end a sentence"),
    ("It refers to Art. 5 and No. 7 of p. 3. It ends.", 2, "nor do abbreviations"),
    ("Under Article 12. The Board meets.", 2, "a number at a sentence's end ends it"),
    ("2 bis. The Board meets.", 1, "a paragraph's number is no sentence"),
    ("The Board meets.\n(c) The Members vote.", 2, "a point that is a sentence is one"),
]


@pytest.mark.parametrize(("text", "number", "why"), SENTENCES, ids=[row[2] for row in SENTENCES])
def test_lists_do_not_break_sentences(language: Language, text: str, number: int, why: str) -> None:
    assert len(list(language(text).sents)) == number, why


def test_a_provision_is_read_at_once(language: Language) -> None:
    doc = language(TEXT)
    assert doc._.modality == "obligation"
    assert doc._.hedges == ("domestic_law",)
    assert [span.label_ for span in doc.spans["modality"]] == ["obligation", "permission", "obligation"]
    read = {(span.label_, span._.value, span._.unit) for span in doc.spans["attributes"]}
    assert read == {
        ("mens_rea", "intentional", ""),
        ("nationals", "may_refuse", ""),
        ("response_deadline", "10", "day"),
    }
    assert "illegal_access" in {span.label_ for span in doc.spans["topics"]}
    assert {("Each State Party", "ACTOR"), ("Art. 5", "CITATION"), ("its domestic law", "SAFEGUARD")} <= {
        (span.text, span.label_) for span in doc.spans["provisions"]
    }


def test_lemmas_are_looked_up(language: Language) -> None:
    assert [token.lemma_ for token in language("requests were refused")] == ["request", "be", "refuse"]


def test_a_point_is_read_with_its_heading_and_introductory_words(language: Language) -> None:
    doc = language.make_doc("(a) the offence is a political offence;")
    assert language(doc)._.modality == "declaration"
    doc = language.make_doc("(a) the offence is a political offence;")
    doc._.heading, doc._.before = "Grounds for refusal", "Extradition may be refused if:"
    doc = language(doc)
    assert doc._.modality == "permission"
    assert [span._.value for span in doc.spans["attributes"]] == ["refusal_ground"]
    assert not doc.spans["modality"], "the verb stands in words that are no part of the Doc"


def test_what_is_found_rests_on_words_of_the_doc(language: Language) -> None:
    doc = language(TEXT)
    (row,) = [row for row in doc._.attributes if row.attribute == "response_deadline"]
    assert doc.text[row.evidence.start : row.evidence.end] == "within ten days"


@pytest.mark.parametrize("way", ["disk", "bytes"])
def test_saved_and_loaded_it_reads_the_same(language: Language, tmp_path: Path, way: str) -> None:
    if way == "disk":
        language.to_disk(tmp_path / "saved")
        again = spacy.load(tmp_path / "saved")
    else:
        again = type(language).from_config(language.config).from_bytes(language.to_bytes())
    assert found(again(TEXT)) == found(language(TEXT))


def test_patterns_are_saved_with_the_pipeline(language: Language, tmp_path: Path) -> None:
    language.to_disk(tmp_path)
    file = tmp_path / "treatynlp_modality" / "modality.yml"
    file.write_text(file.read_text("utf-8").replace("find: '(shall|must|will)\\b'", "find: '(must|will)\\b'"), "utf-8")
    assert language("The Party shall answer.")._.modality == "obligation"
    assert spacy.load(tmp_path)("The Party shall answer.")._.modality == "declaration"


def test_components_can_be_left_out(language: Language) -> None:
    with language.select_pipes(enable=["treatynlp_modality"]):
        doc = language("A Party may object.")
    assert doc._.modality == "permission"
    assert list(doc.spans) == ["modality"]


def test_reading_in_batches_gives_the_same(language: Language) -> None:
    texts = [TEXT, "A Party may object.", ""]
    assert [found(doc) for doc in language.pipe(texts)] == [found(language(text)) for text in texts]


def test_an_empty_text_says_nothing(language: Language) -> None:
    doc = language("")
    assert (doc._.modality, doc._.attributes) == ("", ())


def test_importing_treatynlp_stays_light() -> None:
    code = "import sys, treatynlp; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_faulty_span_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "provisions.yml").write_text("spans: {ACTOR: {party: {patterns: [[{LOWER: party}]], reason: none}}}")
    with pytest.raises(DataError, match=r"provisions\.yml: spans\.ACTOR\.party\.example"):
        token_patterns(tmp_path)
