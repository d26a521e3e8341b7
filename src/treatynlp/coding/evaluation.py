"""Evaluation: each instrument is coded by what was learned from the others, and compared with what people gave it.

Articles are near-copies across instruments, so a random split would flatter; only instruments are left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from treatynlp.coding import figures
from treatynlp.coding.features import SIGNS, Matrix, signs
from treatynlp.coding.figures import Outcome
from treatynlp.coding.model import GRID, Example, learn, truth_of
from treatynlp.coding.words import learn_words, stems

CEILING = {"f1": 0.97, "kappa": 0.97, "identical_sets": 0.92}
"""Agreement of the two coders over articles before settling, as gold/README.md has it."""

Giver = Callable[[Sequence[Example], Sequence[Example]], tuple[Matrix, Matrix, Matrix]]
"""(seen, unseen) → scores, given, open of the unseen."""


def leave_one_out(
    examples: Sequence[Example], topics: tuple[str, ...], give: Giver, only: Iterable[str] = ()
) -> Outcome:
    """What `give` gives to each instrument (or to each of `only`), having seen the others."""
    owners = sorted(set(only) or {one.instrument for one in examples})
    parts = []
    for owner in owners:
        seen = [one for one in examples if one.instrument != owner]
        unseen = [one for one in examples if one.instrument == owner and not one.altered]
        scores, given, open_ = give(seen, unseen)
        names = np.array([owner] * len(unseen))
        parts.append((names, truth_of(unseen, topics), given.astype(float), scores, open_.astype(float)))
    owner_of, truth, given, scores, open_ = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Outcome(owner_of, topics, truth, given, scores, open_)


def by_model(topics: tuple[str, ...]) -> Giver:
    """Rules and words together: the model that is kept."""

    def give(seen: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        model = learn(seen, topics)
        scores = model.probabilities([one.passage for one in unseen], [one.hits for one in unseen])
        return scores, scores >= model.accept, (scores >= model.doubt) & (scores < model.accept)

    return give


def by_words(topics: tuple[str, ...]) -> Giver:
    """The linear model alone, with the threshold that served best on instruments left out in training."""

    def give(seen: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        whole = [one for one in seen if not one.altered]
        level = _level(whole, topics)
        scores, _ = _learned(whole, topics).scores([one.passage for one in unseen])
        return scores, scores >= level, np.zeros_like(scores)

    return give


def _learned(examples: Sequence[Example], topics: tuple[str, ...]) -> Any:
    return learn_words([one.passage for one in examples], truth_of(examples, topics))


def _level(examples: Sequence[Example], topics: tuple[str, ...]) -> float:
    """The word score from which giving a topic serves F1 best, on a third of the instruments, by the others."""
    owners = sorted({one.instrument for one in examples})[::3]
    held = [one for one in examples if one.instrument in owners]
    rest = [one for one in examples if one.instrument not in owners]
    scores, _ = _learned(rest, topics).scores([one.passage for one in held])
    truth = truth_of(held, topics)
    return float(GRID[int(np.argmax([figures.f1(truth, scores >= level) for level in GRID]))])


def by_rules(topics: tuple[str, ...]) -> Giver:
    """The lexicon alone: a strong pattern in the heading, or in the body where the heading names no other topic."""
    at = {topic: number for number, topic in enumerate(topics)}

    def give(_: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        read = np.stack([signs(one.passage, one.hits, at) for one in unseen])
        sign = {name: read[..., number] > 0 for number, name in enumerate(SIGNS)}
        given = (sign["heading"] | (sign["body"] & (~sign["rivals"] | sign["early"]))) & ~sign["against"]
        return given.astype(float), given, np.zeros_like(given)

    return give


def by_keywords(topics: tuple[str, ...]) -> Giver:
    """The words of the topic's own name, all of them somewhere in the article."""
    words = [set(stems(topic.replace("_", " ")).split()) for topic in topics]

    def give(_: Sequence[Example], unseen: Sequence[Example]) -> tuple[Matrix, Matrix, Matrix]:
        said = [set(stems(f"{one.passage.heading} {one.passage.body}").split()) for one in unseen]
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
    "majority": by_majority, "keywords": by_keywords, "rules": by_rules, "words": by_words,
}  # fmt: skip


def report(outcome: Outcome, family: Mapping[str, str]) -> dict[str, Any]:
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
    }


def _owners(outcome: Outcome) -> list[str]:
    return sorted(set(outcome.owners.tolist()))


def _figures(outcome: Outcome, chief: Mapping[str, figures.Figure]) -> dict[str, Any]:
    return {"articles": len(outcome.truth), **{name: _rounded(figure(outcome)) for name, figure in chief.items()}}


def _topic(outcome: Outcome, number: int) -> dict[str, Any]:
    truth, given = outcome.truth[:, number], outcome.given[:, number]
    right = int((truth * given).sum())
    wrong, missed = int(given.sum()) - right, int(truth.sum()) - right
    return {"f1": _rounded(figures.f1(truth, given)), "right": right, "wrong": wrong, "missed": missed}


def _true_share(outcome: Outcome) -> float:
    """Of the pairs left open, the share that people gave."""
    return float((outcome.open * outcome.truth).sum() / max(outcome.open.sum(), 1))


def _rounded(value: Any) -> Any:
    """Numbers to three places, however deep they stand."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_rounded(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value
