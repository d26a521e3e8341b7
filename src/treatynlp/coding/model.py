"""The model: how the signs of the patterns and the likeness of the words together make a probability per topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from treatynlp.coding.confirmed import confirmed
from treatynlp.coding.features import SIGNS, Matrix, pattern_signs
from treatynlp.coding.passages import Passage
from treatynlp.coding.pattern_record import TRUSTS, Counts, Trust, count, trust
from treatynlp.coding.rules import OF_WHOLES, Hit
from treatynlp.coding.second_look import SECOND, looked_again, rounds
from treatynlp.coding.surroundings import NEIGHBOURS, best_of_parts, neighbours, parts_of
from treatynlp.coding.words import Apart, WordModel, learn_words, scores_unseen

PARTS = ("words_whole", "words_parts", "words_gap")
JOINT = (
    "words", "words_first", "words_behind", "likeness", "words_heading", "words_body", "words_rivals",
    "words_untitled", "likeness_heading", "heading_body", "inside_body", "above_untitled", "above_unnamed",
    "medium_unnamed", "medium_untitled", "body_rivals", "body_untitled", "early_rivals", "trust_rivals",
    "trust_untitled", "familiar", "long_body", "long", "whole", "whole_quiet", "whole_rivals", "whole_untitled",
    "whole_body",
)  # fmt: skip
AROUND = tuple(f"{kind}_{name}" for kind in ("words", "patterns") for name in NEIGHBOURS)
FIRST = (*SIGNS, *TRUSTS, *PARTS, *JOINT, *AROUND)
"""What the first look weighs: the signs, the patterns' record, the word scores of the whole and its parts, their joint
effects, and what stands around."""
FEATURES = (*FIRST, *SECOND)
"""What the last axis of `features` holds."""
PENALTY = 1.0
LIKELY = (0.05, 0.356)
"""Word score and likeness from which a topic is considered that no pattern speaks for."""
MARGIN = 0.15
"""How far below the threshold a probability may lie and still call for a reader."""
MISSED = 0.045
"""Of the cells people give, the share that may be printed absent on instruments left out in training: below the 5 %
that are promised, since wording that nobody saw is missed more often."""


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
    """A logistic regression over features, the same for all topics: `center`, `scale`, `weights`, `bias`."""

    center: Matrix
    scale: Matrix
    weights: Matrix
    bias: float

    def contributions(self, features: Matrix) -> Matrix:
        """What each feature adds to the log-odds."""
        return np.asarray((features - self.center) / self.scale * self.weights)

    def likelihoods(self, features: Matrix) -> Matrix:
        """The probability of each topic of each passage, also where nothing speaks for the topic."""
        return np.asarray(1 / (1 + np.exp(-(self.contributions(features).sum(axis=-1) + self.bias))))

    def probabilities(self, features: Matrix) -> Matrix:
        """The probability of each topic of each passage; 0 where nothing at all speaks for the topic."""
        return np.where(considered(features), self.likelihoods(features), 0.0)


@dataclass(frozen=True, slots=True)
class TopicModel:
    """All that is learned: words, the patterns' record, the decision at the first and at the second look (`decider`),
    and two thresholds per topic. At or above `accept` the topic is given; a topic that an instrument is given nowhere
    is open, not absent, where the first look's probability reaches `doubt`. `familiar` counts the instruments a topic
    was seen in.
    """

    topics: tuple[str, ...]
    words: WordModel
    trust: Trust
    first: Decider
    decider: Decider
    familiar: Matrix
    accept: Matrix
    doubt: Matrix

    def features(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics × FEATURES; passages of one instrument in reading order."""
        read = self._read(passages, hits)
        return looked_again(read, self.first.probabilities(read), self.topics)

    def _read(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics × FIRST."""
        at = {topic: number for number, topic in enumerate(self.topics)}
        record = np.stack([self.trust.table(one, found, at) for one, found in zip(passages, hits, strict=True)])
        words, likeness = self.words.scores([*passages, *_parts(passages)])
        return joined(
            passages, _read(passages, hits, self.topics), record, _rolled(passages, words, likeness), self.familiar
        )

    def probabilities(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics: how probable it is that the passage regulates the topic."""
        return self.decider.probabilities(self.features(passages, hits))

    def bare_probabilities(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> Matrix:
        """passages × topics: the same of each passage by itself, whatever stands around it."""
        apart = [replace(one, treaty=f"{number}") for number, one in enumerate(passages)]  # none has a neighbour now
        return self.first.probabilities(self._read(apart, hits))


def _parts(passages: Sequence[Passage]) -> list[Passage]:
    return [part for passage in passages for part in parts_of(passage)]


@dataclass(frozen=True, slots=True)
class Rolled:
    """Word scores of passages: of the `whole`, the `best` and `mean` of it and its parts, and the best `likeness`."""

    whole: Matrix
    best: Matrix
    mean: Matrix
    likeness: Matrix


def _rolled(passages: Sequence[Passage], words: Matrix, likeness: Matrix) -> Rolled:
    """The scores of passages and, behind them, of all their parts, rolled up."""
    size = len(passages)
    counts = np.array([len(passage.provision.children) for passage in passages])
    owners = np.repeat(np.arange(size), counts)
    total = np.zeros_like(words[:size])
    np.add.at(total, owners, words[size:])
    mean = np.where(counts[:, None] > 0, total / np.maximum(counts, 1)[:, None], words[:size])
    best, near = (best_of_parts(one[:size], one[size:], owners) for one in (words, likeness))
    return Rolled(words[:size], best, mean, near)


def _read(passages: Sequence[Passage], hits: Sequence[Sequence[Hit]], topics: Sequence[str]) -> Matrix:
    """passages × topics × (SIGNS and, last, how many parts the passage has)."""
    at = {topic: number for number, topic in enumerate(topics)}
    read = np.stack([pattern_signs(passage, found, at) for passage, found in zip(passages, hits, strict=True)])
    lengths = np.log1p([len(passage.provision.children) for passage in passages])
    return np.concatenate([read, np.broadcast_to(lengths[:, None, None], (*read.shape[:2], 1))], axis=-1)


def joined(passages: Sequence[Passage], read: Matrix, record: Matrix, rolled: Rolled, familiar: Matrix) -> Matrix:
    """The signs, the record, the word scores, their joint effects and surroundings, in the order of FEATURES."""
    sign = {name: read[..., number] for number, name in enumerate(SIGNS)}
    heading, body, medium = sign["heading"], sign["body"], sign["body_medium"]
    untitled, unnamed, rivals = sign["untitled"], sign["unnamed"], sign["rivals"]
    words, likeness, long = rolled.best, rolled.likeness, read[..., -1]
    whole = np.maximum(sign["title"], sign["chapter"])
    best, trusted = words.max(axis=1, keepdims=True), record[..., 2]
    more = [
        rolled.whole, rolled.mean, words - rolled.whole,
        words, words == best, best - words, likeness, words * heading, words * body, words * rivals,
        words * untitled, likeness * heading, heading * body, sign["inside"] * body, sign["above"] * untitled,
        sign["above"] * unnamed, sign["heading_medium"] * unnamed, medium * untitled, body * rivals, body * untitled,
        sign["early"] * rivals, trusted * rivals, trusted * untitled,
        np.broadcast_to(np.log(familiar + 0.5), words.shape), long * body, long,
        whole, whole * _quiet(sign, whole), whole * rivals, whole * untitled, whole * np.maximum(body, medium),
        *neighbours(words, passages), *neighbours(read[..., _SPEAKING].max(axis=-1), passages),
    ]  # fmt: skip
    return np.concatenate([read[..., :-1], record, np.stack(more, axis=-1)], axis=-1)


_HEADINGS = ("above", "inside", *OF_WHOLES)
_SPEAKING = [SIGNS.index(n) for n in SIGNS if n in _HEADINGS or n.partition("_")[0] in ("heading", "body")]


def _quiet(sign: Mapping[str, Matrix], whole: Matrix) -> Matrix:
    """passages × 1: 1 where no strong pattern speaks for a topic that the instrument or chapter is not about."""
    loud = np.maximum(sign["heading"], sign["body"]) * (whole == 0)
    return np.asarray(1 - loud.max(axis=1, keepdims=True))


def considered(features: Matrix) -> Matrix:
    """Whether anything speaks for a topic: a pattern, or words that are like those of passages that have it."""
    words, likeness = features[..., FEATURES.index("words")], features[..., FEATURES.index("likeness")]
    return np.asarray((features[..., _SPEAKING].max(axis=-1) > 0) | (words > LIKELY[0]) | (likeness > LIKELY[1]))


def alone(id: str) -> frozenset[str]:
    """The siblings of an instrument where nobody knows of any."""
    return frozenset()


def learn(
    examples: Sequence[Example], topics: tuple[str, ...], apart: Apart = alone, teachers: Sequence[Example] = ()
) -> TopicModel:
    """The model of coded passages. What the decider learns of words and records it learns from passages whose
    instrument, and its siblings of drafting, these had not seen, and of patterns only what others say too, as it will
    be in use. Of `teachers` words and records are learned, and not how to decide."""
    features = unseen_features(confirmed(examples, apart, teachers), topics, apart, teachers)
    truth = truth_of(examples, topics)
    levels = decided(features, truth, np.array([one.instrument for one in examples]), topics)
    known = [*examples, *teachers]
    return TopicModel(
        topics=topics,
        words=learn_words([one.passage for one in known], truth_of(known, topics)),
        trust=trust(_counted(known)),
        first=decide(features[..., : len(FIRST)], truth),
        decider=levels.decider,
        familiar=_familiar(known, topics),
        accept=levels.accept,
        doubt=levels.doubt,
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """The decider with its thresholds, per topic."""

    decider: Decider
    accept: Matrix
    doubt: Matrix


def decided(features: Matrix, truth: Matrix, owners: Matrix, topics: Sequence[str]) -> Decision:
    """The decision learned from features of instruments that words and records had not seen."""
    decider = decide(features, truth)
    probabilities = decider.probabilities(features)
    accept = np.full(len(topics), threshold(probabilities, truth))
    return Decision(decider, accept, np.full(len(topics), doubt_level(first_probabilities(features), truth, owners)))


def first_probabilities(features: Matrix) -> Matrix:
    """The first look's probability of each topic of each passage; 0 where nothing at all speaks for the topic.

    Whether an instrument is silent on a topic is asked of the first look: the second lets an article's surest topics
    explain the others away, which serves labels, and hides what only a paragraph says.
    """
    odds = features[..., FEATURES.index("first")]
    return np.where(considered(features), 1 / (1 + np.exp(-odds)), 0.0)


def truth_of(examples: Sequence[Example], topics: Sequence[str]) -> Matrix:
    """examples × topics, 1 where people gave the topic."""
    return np.array([[float(topic in example.topics) for topic in topics] for example in examples])


def _familiar(examples: Sequence[Example], topics: Sequence[str]) -> Matrix:
    """In how many instruments each topic was seen."""
    seen = {(one.instrument, topic) for one in examples for topic in one.topics}
    return np.array([sum(topic == other for _, other in seen) for topic in topics], dtype=float)


def unseen_features(
    examples: Sequence[Example], topics: Sequence[str], apart: Apart, teachers: Sequence[Example] = ()
) -> Matrix:
    """The features of each example, with words, records and the first look learned from instruments that are not its
    own or `apart`; of words and records, from `teachers` too."""
    passages, hits, known = [one.passage for one in examples], [one.hits for one in examples], [*examples, *teachers]
    counts = _counted(known)
    at = {topic: number for number, topic in enumerate(topics)}
    trusted = {owner: trust(counts, {owner, *apart(owner)}) for owner in {one.instrument for one in examples}}
    record = np.stack([trusted[one.instrument].table(one.passage, one.hits, at) for one in examples])
    others = {one.instrument for one in teachers}
    scores = scores_unseen([one.passage for one in known], truth_of(known, topics), _parts(passages), apart, others)
    # Teachers are not asked: what stands between the passages and their parts is theirs.
    asked = np.r_[: len(examples), len(known) : len(scores[0])]
    rolled = _rolled(passages, *(one[asked] for one in scores))
    read = joined(passages, _read(passages, hits, topics), record, rolled, _familiar(known, topics))
    return looked_again(read, _first_unseen(read, truth_of(examples, topics), passages, apart), topics)


def _counted(examples: Sequence[Example]) -> Mapping[str, Counts]:
    """For each instrument, the record of each pattern in its coded passages."""
    return count((one.passage, one.hits, one.topics) for one in examples)


def _first_unseen(read: Matrix, truth: Matrix, passages: Sequence[Passage], apart: Apart) -> Matrix:
    """The first probabilities of coded passages, each by a decision that had not seen its instrument or `apart`."""
    first = np.zeros(truth.shape)
    for _, own, rest in rounds(np.array([one.treaty for one in passages]), apart):
        if rest.any():
            first[own] = decide(read[rest], truth[rest]).probabilities(read[own])
    return first


def decide(features: Matrix, truth: Matrix) -> Decider:
    """The regression, over the pairs of passage and topic for which anything speaks."""
    chosen = considered(features)
    rows, answers = features[chosen], truth[chosen]
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=1 / PENALTY, max_iter=1000).fit(scaler.transform(rows), answers)
    return Decider(scaler.mean_, scaler.scale_, fitted.coef_[0], float(fitted.intercept_[0]))


GRID = np.linspace(0.2, 0.8, 61)


RECALL_WEIGHT = 0.9
"""How much finding a label weighs against its being right: a little less, since a wrong cell is worse than one left
open."""


def threshold(probabilities: Matrix, truth: Matrix) -> float:
    """The probability from which giving a topic serves F best: the best F there is, over 1 + β², where β is the weight
    of recall.

    So it is for probabilities that are as often right as they say (for F1, half of it: Lipton, Elkan and Naryanaswamy
    2014); the level that happens to score best on the same passages lies anywhere on a flat top.
    """
    best = max(_weighed_f(truth, probabilities >= level) for level in GRID)
    return best / (1 + RECALL_WEIGHT**2)


def _weighed_f(truth: Matrix, given: Matrix) -> float:
    weight = RECALL_WEIGHT**2
    return float((1 + weight) * (truth * given).sum() / max(weight * truth.sum() + given.sum(), 1))


def doubt_level(probabilities: Matrix, truth: Matrix, owners: Matrix) -> float:
    """The probability from which a topic is open in an instrument that is given it nowhere: the highest below which no
    more than MISSED of the cells that people give would be printed absent.

    `probabilities` and `truth` are passages × topics, `owners` the passages' instruments. A cell's probability is the
    highest of its passages.
    """
    rows = [owners == owner for owner in dict.fromkeys(owners.tolist())]
    given = np.array([truth[own].max(axis=0) for own in rows]) > 0
    best = np.array([probabilities[own].max(axis=0) for own in rows])
    return float(np.quantile(best[given], MISSED, method="lower")) if given.any() else 1.0
