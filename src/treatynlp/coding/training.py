"""Training: coded instruments → a model.

The same treaties, gold and lexicon give the same model, byte for byte.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from treatynlp.coding.classifier import PREAMBLE, found
from treatynlp.coding.lexicon import Lexicon
from treatynlp.coding.model import Example, TopicModel, learn
from treatynlp.coding.rules import hits, subjects
from treatynlp.registry import GoldTopic
from treatynlp.structure.tree import Treaty


def coded(treaties: Iterable[Treaty], gold: Iterable[GoldTopic], lexicon: Lexicon) -> tuple[Example, ...]:
    """The articles that people coded, with their topics: an article's are its own and its paragraphs'.

    Articles without a row of gold are left out, since nobody said that they are about nothing.
    """
    topics: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for row in gold:
        topics[row.instrument, row.article].add(row.topic)
    examples: list[Example] = []
    for treaty in treaties:
        own = tuple(_coded(treaty, topics, lexicon))
        examples += [*own, *untitled(own, lexicon, subjects(treaty, lexicon))]
    return tuple(examples)


def _coded(treaty: Treaty, topics: Mapping[tuple[str, str], set[str]], lexicon: Lexicon) -> Iterable[Example]:
    own = {article.eid for article in treaty.articles}
    for example in found(treaty, lexicon):
        key = (treaty.id, example.passage.provision.label)
        if example.passage.eid in own and key in topics:
            yield replace(example, topics=frozenset(topics[key] - {PREAMBLE}))


def untitled(examples: Iterable[Example], lexicon: Lexicon, given: frozenset[str]) -> Iterable[Example]:
    """The examples that have a heading, once more without it; `given` are their treaty's subjects."""
    for example in examples:
        if example.passage.heading:
            bare = replace(example.passage, heading="")
            yield replace(example, passage=bare, hits=hits(bare, lexicon, given), altered=True)


def train(examples: Sequence[Example], topics: Iterable[str]) -> TopicModel:
    """The model of all examples, for the codebook's topics (the preamble is known by its place)."""
    return learn(examples, tuple(topic for topic in topics if topic != PREAMBLE))
