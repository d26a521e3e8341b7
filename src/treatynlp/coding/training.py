"""Training: coded instruments → a model.

The same treaties, gold and lexicon give the same model, byte for byte.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from treatynlp.coding.artefact import FILE, LOCK, to_bytes
from treatynlp.coding.classifier import PREAMBLE, found
from treatynlp.coding.fictional import fictional
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.model import Example, TopicModel, learn
from treatynlp.corpus import Corpus
from treatynlp.drafting import load_drafting
from treatynlp.home import home
from treatynlp.registry import GoldTopic
from treatynlp.structure.tree import Treaty
from treatynlp.teaching import NOTHING

LIBRARIES = ("numpy", "scikit-learn", "scipy", "skops")
"""The libraries whose version shows in the model's bytes."""


def coded(treaties: Iterable[Treaty], gold: Iterable[GoldTopic], lexicon: Lexicon) -> tuple[Example, ...]:
    """The articles that people coded, with their topics (an article's are its own and its paragraphs').

    Articles without a row of gold are left out, since nobody said that they are about nothing.
    """
    topics: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for row in gold:
        topics[row.instrument, row.article].add(row.topic)
    examples: list[Example] = []
    for treaty in treaties:
        examples += _coded(treaty, topics, lexicon)
    return tuple(examples)


def _coded(treaty: Treaty, topics: Mapping[tuple[str, str], set[str]], lexicon: Lexicon) -> Iterable[Example]:
    own = {article.eid for article in treaty.articles}
    for example in found(treaty, lexicon):
        key = (treaty.id, example.passage.provision.label)
        if example.passage.eid in own and key in topics:
            yield replace(example, topics=frozenset(topics[key] - {PREAMBLE, NOTHING}))


def fit_model(examples: Sequence[Example], topics: Iterable[str]) -> TopicModel:
    """The model of all examples, for the codebook's topics (the preamble is known by its place)."""
    return learn(examples, coder_topics(topics), load_drafting().siblings)


def coder_topics(topics: Iterable[str]) -> tuple[str, ...]:
    """The codebook's topics that words decide on: all but the preamble."""
    return tuple(topic for topic in topics if topic != PREAMBLE)


def examples_of(treaties: Sequence[Treaty], corpus: Corpus, lexicon: Lexicon) -> tuple[Example, ...]:
    """The coded instruments and, beside them, the fictional ones."""
    invented, labels = fictional()
    return coded([*treaties, *invented], [*corpus.topics, *labels], lexicon)


def model_files(treaties: Sequence[Treaty], corpus: Corpus) -> dict[str, bytes]:
    """The files of the model of these treaties: the model itself and the lock that says what it was made from."""
    model = to_bytes(fit_model(examples_of(treaties, corpus, load_lexicon()), corpus.codebook.topics))
    lock = {
        "sha256": sha256(model).hexdigest(),
        "gold": _digest(row.model_dump_json() for row in corpus.topics),
        "texts": {treaty.id: _digest([treaty.text.value]) for treaty in sorted(treaties, key=lambda one: one.id)},
        "lexicon": _digest(path.read_text("utf-8") for path in _lexicon_files()),
        "specimens": [treaty.id for treaty in fictional()[0]],
        "libraries": {name: version(name) for name in LIBRARIES},
        "seed": None,
    }
    return {FILE: model, LOCK: (json.dumps(lock, indent=1) + "\n").encode()}


def _lexicon_files() -> list[Path]:
    folder = home() / "corpus" / "lexicon"
    return sorted([*folder.glob("topics*.yml"), *(folder / f"{name}.yml" for name in ("contexts", "terms"))])


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
