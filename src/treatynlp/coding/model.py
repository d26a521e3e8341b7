"""The model: how the signs of the patterns and the likeness of the words together make a probability per topic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from treatynlp.coding.features import SIGNS, Matrix, signs
from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import Hit
from treatynlp.coding.words import WordModel, learn_words

FEATURES = (
    *SIGNS, "words", "words_first", "words_behind", "likeness", "words_heading", "words_body", "likeness_body",
    "likeness_heading", "heading_body", "inside_body", "familiar", "long_body",
)  # fmt: skip
"""What the last axis of `features` holds: the signs, the word model's scores, and their joint effects."""
PENALTY = 1.0
MARGIN = 0.15
"""How far below the threshold a probability may lie and still call for a reader."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the patterns found in it and the topics people gave it."""

    passage: Passage
    hits: tuple[Hit, ...]
    topics: frozenset[str]

    @property
    def instrument(self) -> str:
        return self.passage.treaty


@dataclass(frozen=True, slots=True)
class Decider:
    """A logistic regression over FEATURES, the same for all topics: `center`, `scale`, `weights`, `bias`."""

    center: Matrix
    scale: Matrix
    weights: Matrix
    bias: float

    def contributions(self, features: Matrix) -> Matrix:
        """What each feature adds to the log-odds."""
        return np.asarray((features - self.center) / self.scale * self.weights)

    def probabilities(self, features: Matrix) -> Matrix:
        """The probability of each topic of each passage (the last axis of `features` is summed up)."""
        odds: Matrix = self.contributions(features).sum(axis=-1) + self.bias
        return np.asarray(1 / (1 + np.exp(-odds)))


@dataclass(frozen=True, slots=True)
class TopicModel:
    """All that is learned: words, the decision, and two thresholds per topic. At or above `accept` the topic is
    given; between `doubt` and `accept` the model abstains. `familiar` counts the instruments a topic was seen in.
    """

    topics: tuple[str, ...]
    words: WordModel
    decider: Decider
    familiar: Matrix
    accept: Matrix
    doubt: Matrix

    def features(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics × FEATURES."""
        at = {topic: number for number, topic in enumerate(self.topics)}
        read = np.stack([signs(passage, found, at) for passage, found in zip(passages, hits, strict=True)])
        return joined(read, *self.words.scores(passages), self.familiar, _lengths(passages))

    def probabilities(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics: how probable it is that the passage regulates the topic."""
        return self.decider.probabilities(self.features(passages, hits))


def _lengths(passages: Sequence[Passage]) -> Matrix:
    return np.array([np.log1p(len(passage.provision.children)) for passage in passages])


def joined(read: Matrix, words: Matrix, likeness: Matrix, familiar: Matrix, lengths: Matrix) -> Matrix:
    """The signs, the word scores and their joint effects, in the order of FEATURES."""
    heading, body = read[..., SIGNS.index("heading")], read[..., SIGNS.index("body")]
    best = words.max(axis=1, keepdims=True)
    more = [
        words, words == best, best - words, likeness, words * heading, words * body, likeness * body,
        likeness * heading, heading * body, read[..., SIGNS.index("inside")] * body,
        np.broadcast_to(np.log(familiar + 0.5), words.shape), lengths[:, None] * body,
    ]  # fmt: skip
    return np.concatenate([read, np.stack(more, axis=-1)], axis=-1)


def learn(examples: Sequence[Example], topics: tuple[str, ...]) -> TopicModel:
    """The model of coded passages. What the decider learns of the word scores it learns from scores of passages whose
    instrument the word model had not seen, as it will be in use."""
    truth = truth_of(examples, topics)
    familiar = _familiar(examples, truth)
    at = {topic: number for number, topic in enumerate(topics)}
    read = np.stack([signs(example.passage, example.hits, at) for example in examples])
    lengths = _lengths([example.passage for example in examples])
    features = joined(read, *_unseen_scores(examples, truth), familiar, lengths)
    decider = _decide(features, truth)
    accept = _thresholds(decider.probabilities(features), truth)
    words = learn_words([example.passage for example in examples], truth)
    return TopicModel(topics, words, decider, familiar, accept, np.maximum(accept - MARGIN, 0.05))


def truth_of(examples: Sequence[Example], topics: Sequence[str]) -> Matrix:
    """examples × topics, 1 where people gave the topic."""
    return np.array([[float(topic in example.topics) for topic in topics] for example in examples])


def _familiar(examples: Sequence[Example], truth: Matrix) -> Matrix:
    owners = np.array([example.instrument for example in examples])
    held = [truth[owners == owner].max(axis=0) for owner in sorted(set(owners.tolist()))]
    return np.asarray(np.sum(held, axis=0))


def _unseen_scores(examples: Sequence[Example], truth: Matrix) -> tuple[Matrix, Matrix]:
    """The word scores of each passage by a model of the other instruments."""
    owners = np.array([example.instrument for example in examples])
    words, likeness = np.zeros_like(truth), np.zeros_like(truth)
    for owner in sorted(set(owners.tolist())):
        inside = owners == owner
        model = learn_words([one.passage for one in examples if one.instrument != owner], truth[~inside])
        words[inside], likeness[inside] = model.scores([one.passage for one in examples if one.instrument == owner])
    return words, likeness


def _decide(features: Matrix, truth: Matrix) -> Decider:
    rows = features.reshape(-1, features.shape[-1])
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=1 / PENALTY, max_iter=1000).fit(scaler.transform(rows), truth.ravel())
    return Decider(scaler.mean_, scaler.scale_, fitted.coef_[0], float(fitted.intercept_[0]))


GRID = np.linspace(0.2, 0.8, 61)


def _thresholds(probabilities: Matrix, truth: Matrix) -> Matrix:
    """For each topic the probability from which giving it serves F1 best."""
    best = GRID[int(np.argmax([_f1(truth, probabilities >= level) for level in GRID]))]
    return np.full(truth.shape[1], best)


def _f1(truth: Matrix, given: Matrix) -> float:
    return float(2 * (truth * given).sum() / max(truth.sum() + given.sum(), 1))
