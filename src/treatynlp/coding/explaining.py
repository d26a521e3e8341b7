"""Explaining: why a provision has a label, or has not: the patterns, the weights, the words, the nearest example."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from treatynlp.coding.classifier import Coder, found
from treatynlp.coding.features import Matrix
from treatynlp.coding.model import FEATURES, Example
from treatynlp.coding.passages import Passage
from treatynlp.coding.rules import Hit
from treatynlp.structure.tree import Treaty

FEW = 5
"""How many words and weights an explanation holds at most."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the explanation. `kind` is `pattern` (its id, wording and reason), `weight` (a sign and what it adds
    to the log-odds), `word` (a term and what it adds to the word score) or `probability`.

    Of a pattern also the `place` it was found in (see rules.Hit), the `words` found there as they are printed, and
    `why` they tell of the topic.
    """

    kind: str
    what: str
    amount: float
    place: str = ""
    words: str = ""
    why: str = ""


def explain(coder: Coder, treaty: Treaty, eid: str, topic: str) -> tuple[Reason, ...]:
    """Why the passage that holds the provision `eid` has, or has not, the topic.

    KeyError when there is no such provision to be coded, or no such topic.
    """
    if topic not in coder.model.topics:
        raise KeyError(f"no topic {topic!r} in the model")
    read = found(treaty, coder.lexicon)
    at = next((number for number, one in enumerate(read) if _holds(one, eid)), None)
    if at is None:
        raise KeyError(f"no provision {eid!r} of {treaty.id} is coded")
    features = coder.model.features([one.passage for one in read], [one.hits for one in read])[at]
    return tuple(_reasons(coder, treaty, read[at], topic, features))


def _holds(example: Example, eid: str) -> bool:
    return any(provision.eid == eid for provision in example.passage.provision.walk())


def _reasons(coder: Coder, treaty: Treaty, example: Example, topic: str, features: Matrix) -> Iterator[Reason]:
    number = coder.model.topics.index(topic)
    yield Reason("probability", topic, round(float(coder.model.decider.probabilities(features)[number]), 4))
    # Each once, though a wording that recurs is found in every place: the reason does not grow by being repeated.
    for hit in dict.fromkeys(h for h in example.hits if h.pattern.topic == topic):
        yield _of_pattern(hit, treaty, example.passage)
    added = coder.model.decider.contributions(features)[number]
    for at in np.argsort(-np.abs(added), kind="stable")[:FEW]:
        yield Reason("weight", FEATURES[at], round(float(added[at]), 3))
    yield from _words(coder, example, number)


def _of_pattern(hit: Hit, treaty: Treaty, passage: Passage) -> Reason:
    what = f"{hit.pattern.id} in the {hit.place}: {hit.phrase} ({hit.pattern.reason})"
    amount = 1.0 if hit.pattern.entry.weight != "against" else -1.0
    return Reason("pattern", what, amount, hit.place, _printed(hit, treaty, passage), hit.pattern.reason)


def _printed(hit: Hit, treaty: Treaty, passage: Passage) -> str:
    """The words a pattern was found in: in running text those that it fits, else the whole heading or title."""
    if hit.place == "body" and hit.span:
        return " ".join(treaty.words(hit.span).split())
    if hit.place == "inside" and hit.span:
        return next((one.heading for one in passage.provision.walk() if one.span == hit.span), "")
    own = {"heading": passage.provision.heading, "title": passage.title}
    return own.get(hit.place) or next((one for one in passage.above if _stands_in(hit, one)), "")


def _stands_in(hit: Hit, heading: str) -> bool:
    return any(phrase.source == hit.phrase and phrase.search(heading) for phrase in hit.pattern.phrases)


def _words(coder: Coder, example: Example, number: int) -> Iterator[Reason]:
    model = coder.model.words
    terms = [f"{vocabulary.block}: {term}" for vocabulary in model.vocabularies for term in vocabulary.terms]
    vector = model.vectors([example.passage])
    added = vector.data * model.weights[vector.indices, number]
    for at in np.argsort(-np.abs(added), kind="stable")[:FEW]:
        yield Reason("word", terms[vector.indices[at]], round(float(added[at]), 3))
