"""The model: how the signs of the patterns and the likeness of the words together make a probability per topic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from treatynlp.coding.features import SIGNS, Matrix, signs
from treatynlp.coding.passages import Passage
from treatynlp.coding.pattern_record import TRUSTS, Trust, count, trust
from treatynlp.coding.rules import Hit
from treatynlp.coding.words import WordModel, learn_words

JOINT = (
    "words", "words_first", "words_behind", "likeness", "words_heading", "words_body", "words_rivals",
    "words_untitled", "likeness_heading", "heading_body", "inside_body", "above_untitled", "above_unnamed",
    "medium_unnamed", "medium_untitled", "body_rivals", "body_untitled", "early_rivals", "trust_rivals",
    "trust_untitled", "familiar", "long_body",
)  # fmt: skip
FEATURES = (*SIGNS, *TRUSTS, *JOINT)
"""What the last axis of `features` holds: the signs, the patterns' record, the word scores and their joint effects."""
PENALTY = 1.0
LIKELY = (0.08, 0.35)
"""Word score and likeness from which a topic is considered that no pattern speaks for."""
UNTITLED = 0.5
"""What an example counts whose heading was taken away, beside one that is as it was written."""
MARGIN = 0.15
"""How far below the threshold a probability may lie and still call for a reader."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the patterns found in it and the topics people gave it.

    `altered`: its heading was taken away, to learn from it how passages without one are read.
    """

    passage: Passage
    hits: tuple[Hit, ...]
    topics: frozenset[str]
    altered: bool = False

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
        """The probability of each topic of each passage; 0 where nothing at all speaks for the topic."""
        odds = self.contributions(features).sum(axis=-1) + self.bias
        return np.where(considered(features), 1 / (1 + np.exp(-odds)), 0.0)


@dataclass(frozen=True, slots=True)
class TopicModel:
    """All that is learned: words, the patterns' record, the decision, and two thresholds per topic. At or above
    `accept` the topic is given; between `doubt` and `accept` the model abstains. `familiar` counts the instruments
    a topic was seen in.
    """

    topics: tuple[str, ...]
    words: WordModel
    trust: Trust
    decider: Decider
    familiar: Matrix
    accept: Matrix
    doubt: Matrix

    def features(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics × FEATURES."""
        read = _read(passages, hits, self.topics)
        at = {topic: number for number, topic in enumerate(self.topics)}
        record = np.stack([self.trust.table(one, found, at) for one, found in zip(passages, hits, strict=True)])
        return joined(read, record, *self.words.scores(passages), self.familiar)

    def probabilities(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics: how probable it is that the passage regulates the topic."""
        return self.decider.probabilities(self.features(passages, hits))


def _read(passages: Sequence[Passage], hits: Sequence[Sequence[Hit]], topics: Sequence[str]) -> Matrix:
    """passages × topics × (SIGNS and, last, how many parts the passage has)."""
    at = {topic: number for number, topic in enumerate(topics)}
    read = np.stack([signs(passage, found, at) for passage, found in zip(passages, hits, strict=True)])
    lengths = np.log1p([len(passage.provision.children) for passage in passages])
    return np.concatenate([read, np.broadcast_to(lengths[:, None, None], (*read.shape[:2], 1))], axis=-1)


def joined(read: Matrix, record: Matrix, words: Matrix, likeness: Matrix, familiar: Matrix) -> Matrix:
    """The signs, the record, the word scores and their joint effects, in the order of FEATURES."""
    sign = {name: read[..., number] for number, name in enumerate(SIGNS)}
    heading, body, medium = sign["heading"], sign["body"], sign["body_medium"]
    untitled, unnamed, rivals = sign["untitled"], sign["unnamed"], sign["rivals"]
    best, trusted = words.max(axis=1, keepdims=True), record[..., 2]
    more = [
        words, words == best, best - words, likeness, words * heading, words * body, words * rivals,
        words * untitled, likeness * heading, heading * body, sign["inside"] * body, sign["above"] * untitled,
        sign["above"] * unnamed, sign["heading_medium"] * unnamed, medium * untitled, body * rivals, body * untitled,
        sign["early"] * rivals, trusted * rivals, trusted * untitled,
        np.broadcast_to(np.log(familiar + 0.5), words.shape), read[..., -1] * body,
    ]  # fmt: skip
    return np.concatenate([read[..., :-1], record, np.stack(more, axis=-1)], axis=-1)


_SPEAKING = [SIGNS.index(n) for n in SIGNS if n in ("above", "inside") or n.partition("_")[0] in ("heading", "body")]


def considered(features: Matrix) -> Matrix:
    """Whether anything speaks for a topic: a pattern, or words that are like those of passages that have it."""
    words, likeness = features[..., FEATURES.index("words")], features[..., FEATURES.index("likeness")]
    return np.asarray((features[..., _SPEAKING].max(axis=-1) > 0) | (words > LIKELY[0]) | (likeness > LIKELY[1]))


def learn(examples: Sequence[Example], topics: tuple[str, ...]) -> TopicModel:
    """The model of coded passages. What the decider learns of words and records it learns from passages whose
    instrument these had not seen, as it will be in use."""
    whole = [one for one in examples if not one.altered]
    truth = truth_of(examples, topics)
    familiar = _familiar(whole, topics)
    counts = count((one.passage, one.hits, one.topics) for one in examples)
    features = _unseen(examples, topics, familiar)
    weights = np.array([UNTITLED if one.altered else 1.0 for one in examples])
    decider = _decide(features, truth, weights)
    kept = weights == 1
    accept = np.full(len(topics), threshold(decider.probabilities(features[kept]), truth[kept]))
    words = learn_words([one.passage for one in whole], truth_of(whole, topics))
    return TopicModel(topics, words, trust(counts), decider, familiar, accept, np.maximum(accept - MARGIN, 0.05))


def truth_of(examples: Sequence[Example], topics: Sequence[str]) -> Matrix:
    """examples × topics, 1 where people gave the topic."""
    return np.array([[float(topic in example.topics) for topic in topics] for example in examples])


def _familiar(examples: Sequence[Example], topics: Sequence[str]) -> Matrix:
    """In how many instruments each topic was seen."""
    seen = {(one.instrument, topic) for one in examples for topic in one.topics}
    return np.array([sum(topic == other for _, other in seen) for topic in topics], dtype=float)


def _unseen(examples: Sequence[Example], topics: Sequence[str], familiar: Matrix) -> Matrix:
    """The features of each example, with words and records learned from the other instruments only."""
    features = np.zeros((len(examples), len(topics), len(FEATURES)))
    counts = count((one.passage, one.hits, one.topics) for one in examples)
    at = {topic: number for number, topic in enumerate(topics)}
    for owner in sorted({one.instrument for one in examples}):
        others = [one for one in examples if one.instrument != owner and not one.altered]
        words = learn_words([one.passage for one in others], truth_of(others, topics))
        inside = np.array([one.instrument == owner for one in examples])
        own = [one for one in examples if one.instrument == owner]
        passages, hits = [one.passage for one in own], [one.hits for one in own]
        known = trust(counts, without=owner)
        record = np.stack([known.table(one.passage, one.hits, at) for one in own])
        features[inside] = joined(_read(passages, hits, topics), record, *words.scores(passages), familiar)
    return features


def _decide(features: Matrix, truth: Matrix, weights: Matrix) -> Decider:
    """The regression, over the pairs of passage and topic for which anything speaks."""
    chosen = considered(features)
    rows, answers = features[chosen], truth[chosen]
    counting = np.broadcast_to(weights[:, None], truth.shape)[chosen]
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=1 / PENALTY, max_iter=1000).fit(scaler.transform(rows), answers, counting)
    return Decider(scaler.mean_, scaler.scale_, fitted.coef_[0], float(fitted.intercept_[0]))


GRID = np.linspace(0.2, 0.8, 61)


def threshold(probabilities: Matrix, truth: Matrix) -> float:
    """The probability from which giving a topic serves F1 best: half the best F1 there is.

    So it is for probabilities that are as often right as they say (Lipton, Elkan and Naryanaswamy 2014); the level that
    happens to score best on the same passages lies anywhere on a flat top.
    """
    return max(_f1(truth, probabilities >= level) for level in GRID) / 2


def _f1(truth: Matrix, given: Matrix) -> float:
    return float(2 * (truth * given).sum() / max(truth.sum() + given.sum(), 1))
