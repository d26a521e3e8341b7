"""Evaluation: each instrument is coded by what was learned from others, and compared with what people gave it.

Articles are near-copies across instruments, so a random split would flatter; only instruments are left out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from treatynlp.coding import figures
from treatynlp.coding.classifier import undecided
from treatynlp.coding.confirmed import confirmed
from treatynlp.coding.features import SIGNS, Matrix, pattern_signs
from treatynlp.coding.figures import CodingOutcome
from treatynlp.coding.model import Example, alone, decided, learn, truth_of, unseen_features
from treatynlp.coding.second_look import rounds
from treatynlp.coding.words import Apart, singular_words
from treatynlp.drafting import Drafting

CEILING = {"f1": 0.97, "kappa": 0.97, "identical_sets": 0.92}
"""Agreement of the two coders over articles before settling, as gold/README.md has it."""

Giver = Callable[[Sequence[Example], Sequence[Example]], tuple[Matrix, Matrix, Matrix]]
"""(seen, unseen) → scores, given, open of the unseen."""


def exam(
    examples: Sequence[Example],
    topics: tuple[str, ...],
    drafting: Drafting,
    give: Giver | None = None,
    teachers: Sequence[Example] = (),
) -> CodingOutcome:
    """What the exam's instruments are given by models that saw none of them, nor any sibling of the one they code;
    neither did the `teachers`.

    `give` is another giver than the model.
    """
    present = {one.instrument for one in examples}
    asked = [id for id in drafting.exam.members if id in present]
    groups: dict[frozenset[str], set[str]] = {}
    for id in asked:
        # Instruments with the same siblings share one training: it takes longer than all coding that is measured with
        # it.
        groups.setdefault(frozenset({*asked, *drafting.siblings(id)}), set()).add(id)
    give = give or by_model(topics, drafting, teachers)
    return _outcome(examples, topics, give, [(held, out) for out, held in groups.items()])


def _outcome(
    examples: Sequence[Example],
    topics: tuple[str, ...],
    give: Giver,
    rounds: Iterable[tuple[Collection[str], Collection[str]]],
) -> CodingOutcome:
    """The outcome of rounds, each (instruments to be coded, instruments that must not be seen)."""
    parts = []
    for held, out in rounds:
        seen = [one for one in examples if one.instrument not in out]
        unseen = [one for one in examples if one.instrument in held]
        scores, given, open_ = give(seen, unseen)
        names = np.array([one.instrument for one in unseen])
        parts.append((names, truth_of(unseen, topics), given.astype(float), scores, open_.astype(float)))
    owner_of, truth, given, scores, open_ = (np.concatenate(column) for column in zip(*parts, strict=True))
    return CodingOutcome(owners=owner_of, topics=topics, truth=truth, given=given, scores=scores, open=open_)


def by_model(topics: tuple[str, ...], drafting: Drafting, teachers: Sequence[Example] = ()) -> Giver:
    """Rules and words together: the model that is kept."""

    def give(seen: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        kin = frozenset[str]().union(*(drafting.siblings(one.instrument) for one in unseen))
        model = learn(seen, topics, drafting.siblings, [one for one in teachers if one.instrument not in kin])
        features = model.features([one.passage for one in unseen], [one.hits for one in unseen])
        scores = model.decider.probabilities(features)
        owners = np.array([one.instrument for one in unseen])
        open_ = np.zeros(scores.shape, bool)
        # By instrument, as what stays open depends on the likeliest passage of each topic in it.
        for owner in set(owners.tolist()):
            open_[owners == owner] = undecided(features[owners == owner], model)
        return scores, scores >= model.accept, open_

    return give


def cross_fitted(
    examples: Sequence[Example], topics: tuple[str, ...], apart: Apart = alone, teachers: Sequence[Example] = ()
) -> CodingOutcome:
    """What each instrument is given when words, patterns' records and the decision were learned without it (and without
    the instruments `apart` names), at the price of one training.

    Words and records leave out each instrument in turn, the decision an eighth of the instruments at a time. The
    features of the others had seen it; of those, the decision learns some eighty weights for all topics together.
    """
    features, truth = unseen_features(examples, topics, apart, teachers), truth_of(examples, topics)
    learned = unseen_features(confirmed(examples, apart, teachers), topics, apart, teachers)
    owners = np.array([one.instrument for one in examples])
    scores, given, open_ = np.zeros(truth.shape), np.zeros(truth.shape), np.zeros(truth.shape)
    for fold, own, rest in rounds(owners, apart):
        model = decided(learned[rest], truth[rest], owners[rest], topics)
        scores[own] = model.decider.probabilities(features[own])
        given[own] = scores[own] >= model.accept
        for owner in fold:
            open_[owners == owner] = undecided(features[owners == owner], model)
    return CodingOutcome(owners=owners, topics=topics, truth=truth, given=given, scores=scores, open=open_)


def by_rules(topics: tuple[str, ...]) -> Giver:
    """The lexicon alone: a strong pattern in the heading, or in the body where the heading names no other topic."""
    at = {topic: number for number, topic in enumerate(topics)}

    def give(_: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        read = np.stack([pattern_signs(one.passage, one.hits, at) for one in unseen])
        sign = {name: read[..., number] > 0 for number, name in enumerate(SIGNS)}
        # Not fitted to anything, so that the model is held against what the lexicon could do without learning.
        given = (sign["heading"] | (sign["body"] & (~sign["rivals"] | sign["early"]))) & ~sign["against"]
        return given.astype(float), given, np.zeros_like(given)

    return give


def by_keywords(topics: tuple[str, ...]) -> Giver:
    """The words of the topic's own name, all of them somewhere in the article."""
    words = [set(singular_words(topic.replace("_", " ")).split()) for topic in topics]

    def give(_: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        said = [set(singular_words(f"{one.passage.heading} {one.passage.body}").split()) for one in unseen]
        given = np.array([[wanted <= found for wanted in words] for found in said])
        return given.astype(float), given, np.zeros_like(given)

    return give


def by_majority(topics: tuple[str, ...]) -> Giver:
    """To every article the topic that most articles have."""

    def give(seen: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        given = np.zeros((len(unseen), len(topics)))
        given[:, int(np.argmax(truth_of(seen, topics).sum(axis=0)))] = 1
        return given, given > 0, np.zeros_like(given)

    return give


BASELINES: Mapping[str, Callable[[tuple[str, ...]], Giver]] = {
    "majority": by_majority, "keywords": by_keywords, "rules": by_rules,
}  # fmt: skip


def report(outcome: CodingOutcome, family: Mapping[str, str]) -> dict[str, Any]:
    """Everything there is to say of an outcome, as plain values: figures with intervals, by instrument, family and
    topic, calibration, what abstaining costs, which families are taken for which.
    """
    chief = figures.headline(family)
    bins = figures.reliability(outcome)
    return {
        "articles": len(outcome.truth),
        "labels": int(outcome.truth.sum()),
        "figures": {name: _rounded(figure(outcome)) for name, figure in chief.items()},
        "intervals": {name: _rounded(figures.interval(outcome, figure)) for name, figure in chief.items()},
        "instruments": {owner: _figures(outcome.of(outcome.owners == owner), chief) for owner in _owners(outcome)},
        "families": _rounded(figures.families(outcome, family)),
        "topics": {topic: _topic(outcome, number) for number, topic in enumerate(outcome.topics)},
        "calibration": _rounded({"error": figures.calibration_error(bins), "bins": [asdict(one) for one in bins]}),
        "abstention": {"open_pairs": int(outcome.open.sum()), "share_true": _rounded(_true_share(outcome))},
        "coverage": [_rounded(asdict(point)) for point in figures.coverage(outcome)],
        "confusion": figures.confusion(outcome, family),
        "absent": {"all": _rounded(asdict(figures.absence(outcome))), "families": _absences(outcome, family)},
    }


def _absences(outcome: CodingOutcome, family: Mapping[str, str]) -> dict[str, Any]:
    """How "absent" fares in each family of topics."""
    found = {}
    for name in dict.fromkeys(family[topic] for topic in outcome.topics):
        columns = [number for number, topic in enumerate(outcome.topics) if family[topic] == name]
        found[name] = _rounded(asdict(figures.absence(outcome.only(columns))))
    return found


def _owners(outcome: CodingOutcome) -> list[str]:
    return sorted(set(outcome.owners.tolist()))


def _figures(outcome: CodingOutcome, chief: Mapping[str, figures.Figure]) -> dict[str, Any]:
    return {"articles": len(outcome.truth), **{name: _rounded(figure(outcome)) for name, figure in chief.items()}}


def _topic(outcome: CodingOutcome, number: int) -> dict[str, Any]:
    truth, given = outcome.truth[:, number], outcome.given[:, number]
    right = int((truth * given).sum())
    wrong, missed = int(given.sum()) - right, int(truth.sum()) - right
    return {"f1": _rounded(figures.f1(truth, given)), "right": right, "wrong": wrong, "missed": missed}


def _true_share(outcome: CodingOutcome) -> float:
    """Of the pairs left open, the share that people gave."""
    return float((outcome.open * outcome.truth).sum() / max(outcome.open.sum(), 1))


def _rounded(value: Any) -> Any:
    """Numbers to three places, however deep they stand."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_rounded(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value
