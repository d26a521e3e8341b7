"""What coding and comparing load: not scikit-learn, and yet its figures and its files."""

import subprocess
import sys

import numpy as np
import pytest
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer

from treatynlp.coding.artefact import FILE, load_coder
from treatynlp.coding.passages import passages
from treatynlp.coding.plain_archive import plain_content
from treatynlp.coding.term_vectors import weighed_among_themselves
from treatynlp.coding.words import BLOCKS, TermWeights, singular_words
from treatynlp.home import home
from treatynlp.pipeline.steps.reading import read
from treatynlp.pipeline.steps.splitting import take_apart

SPECIMENS = sorted((home() / "corpus" / "specimens").glob("*.pdf"))
TREATIES = [take_apart(read(path.read_bytes(), path.stem), path.stem)[0] for path in SPECIMENS[:2]]
PASSAGES = [passage for treaty in TREATIES for passage in passages(treaty)]


@pytest.mark.parametrize("vocabulary", load_coder().model.words.vocabularies, ids=lambda one: one.block)
def test_passages_are_weighed_as_scikit_learn_weighs_them(vocabulary: TermWeights) -> None:
    weight, longest = BLOCKS[vocabulary.block]
    theirs = TfidfVectorizer(
        lowercase=False, token_pattern=r"\S+", ngram_range=(1, longest), sublinear_tf=True, vocabulary=vocabulary.terms
    )
    theirs.idf_ = vocabulary.idf
    said = {"heading": lambda p: p.heading, "above": lambda p: " ".join(p.above), "body": lambda p: p.body}
    texts = [singular_words(said[vocabulary.block](passage)) for passage in PASSAGES]
    ours = vocabulary.vectors(PASSAGES)
    assert ours.nnz > 40
    assert np.array_equal(ours.toarray(), (theirs.transform(texts) * weight).toarray())


def test_texts_among_themselves_are_weighed_as_scikit_learn_weighs_them() -> None:
    texts = [*(treaty.text.value.lower() for treaty in TREATIES), "", "oil oil lamp"]
    theirs = TfidfVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True)
    ours = weighed_among_themselves([text.split() for text in texts], longest=2)
    # It adds up a text's terms in the order they are met in, not in theirs: the last bit may differ.
    assert np.allclose(ours.toarray(), theirs.fit_transform(texts).toarray(), rtol=0, atol=1e-15)


def test_a_file_of_plain_things_holds_what_skops_finds_in_it() -> None:
    data = (home() / "models" / "topics" / FILE).read_bytes()
    ours, theirs = plain_content(data), skops.io.loads(data, trusted=[])
    assert ours is not None
    assert list(ours) == list(theirs)
    np.testing.assert_equal(ours, theirs)


@pytest.mark.parametrize(
    "held",
    [{"a": np.array([print], dtype=object)}, {"a": np.float64}, {1: "a"}, ["a"], {"a": np.ma.array([1])}, {"a": (1,)}],
    ids=["objects", "a type", "a key that is no text", "a list", "another array", "a tuple within"],
)
def test_what_is_not_plain_is_left_to_skops(held: object) -> None:
    assert plain_content(skops.io.dumps(held)) is None


def test_neither_coding_nor_publishing_loads_scikit_learn() -> None:
    said = "import sys, treatynlp.pipeline.steps.coding as c, treatynlp.pipeline.steps.publishing; c.coder()\n"
    said += "print({'sklearn', 'skops', 'spacy', 'scipy.stats'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
