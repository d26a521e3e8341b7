"""The coder: provisions → labels, with the words each rests on and who decided.

>>> coder = load_coder()                                        # doctest: +SKIP
>>> coder.code(treaty).labels[0]                                # doctest: +SKIP
Label(eid='art_2', topic='illegal_access', score=0.99, by='rule:illegal_access/name', evidence=Span(...))
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from treatynlp.coding.features import Matrix
from treatynlp.coding.labels import Coding, Label
from treatynlp.coding.lexicon import Lexicon
from treatynlp.coding.model import MARGIN, Decision, Example, TopicModel, first_probabilities
from treatynlp.coding.passages import passages
from treatynlp.coding.placing import place
from treatynlp.coding.rules import OF_WHOLES, Hit, hits, subjects
from treatynlp.structure.tree import Treaty

PREAMBLE = "preamble"
MODEL = "model:topics"
FEW = 2
"""How many topics a passage without a label keeps open."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Lexicon and model, ready to code instruments one after the other."""

    lexicon: Lexicon
    model: TopicModel

    def code(self, treaty: Treaty) -> Coding:
        """All topics of all provisions of an instrument."""
        read = found(treaty, self.lexicon)
        labels = list(_preamble(treaty))
        inconclusive: list[Label] = []
        if read:
            features = self.model.features([one.passage for one in read], [one.hits for one in read])
            scores = self.model.decider.probabilities(features)
            given, open_ = scores >= self.model.accept, undecided(features, self.model)
            for number, example in enumerate(read):
                labels += self._labels(example, treaty, scores[number], given[number])
                inconclusive += self._labels(example, treaty, scores[number], open_[number])
        return Coding(treaty.id, tuple(labels), tuple(inconclusive))

    def _labels(self, example: Example, treaty: Treaty, scores: Matrix, given: Matrix) -> Iterator[Label]:
        named = {hit.pattern.topic for hit in example.hits if hit.place == "heading" and _author(hit) != MODEL}
        for number in np.flatnonzero(given):
            topic = self.model.topics[number]
            speaking = [h for h in example.hits if h.pattern.topic == topic and h.pattern.entry.weight != "against"]
            for placed in place(example.passage, speaking, treaty, bool(named - {topic})):
                score = round(float(scores[number]), 4)
                yield Label(placed.eid, topic, score, _author(placed.hit), placed.evidence)


def undecided(features: Matrix, model: TopicModel | Decision) -> Matrix:
    """passages × topics: what a reader must decide, of the passages of one instrument.

    A topic just below its threshold; the likeliest passage of a topic that is given nowhere, where the topic is not
    unlikely enough to be called absent; and the FEW likeliest topics of a passage that is given none at all.
    """
    scores = model.decider.probabilities(features)
    given = scores >= model.accept
    first = first_probabilities(features)
    near = (scores >= model.accept - MARGIN) & (first >= model.doubt)
    likeliest = (first == first.max(axis=0)) & (first > 0) & (first >= model.doubt) & ~given.any(axis=0)
    likely = model.decider.likelihoods(features)
    silent = ~given.any(axis=1, keepdims=True) & (likely >= -np.sort(-likely, axis=1)[:, FEW - 1 : FEW])
    return np.asarray((near | likeliest | silent) & ~given)


def found(treaty: Treaty, lexicon: Lexicon) -> tuple[Example, ...]:
    """The passages of an instrument with the patterns found in them, not yet coded."""
    given = subjects(treaty, lexicon)
    return tuple(Example(one, hits(one, lexicon, given), frozenset()) for one in passages(treaty))


def _author(hit: Hit | None) -> str:
    strong = hit is not None and hit.pattern.entry.weight == "strong" and hit.place not in ("above", *OF_WHOLES)
    return f"rule:{hit.pattern.id}" if hit is not None and strong else MODEL


def _preamble(treaty: Treaty) -> Iterator[Label]:
    """A preamble is one by its place; no words need to be weighed."""
    for provision in treaty.provisions:
        if provision.kind == PREAMBLE:
            yield Label(provision.eid, PREAMBLE, 1.0, "rule:preamble/place", None)
