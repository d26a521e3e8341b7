"""The model card: what the model was made from, how well it does on instruments left out, where it fails."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from treatynlp.coding.card_text import INTRODUCTION, TUNING
from treatynlp.coding.evaluation import BASELINES, CEILING, cross_fitted, exam, report
from treatynlp.coding.features import Matrix
from treatynlp.coding.figures import CodingOutcome, headline
from treatynlp.coding.lexicon import load_lexicon
from treatynlp.coding.model import Example
from treatynlp.coding.training import Lessons, coder_topics, lessons_of
from treatynlp.corpus import Corpus
from treatynlp.drafting import load_drafting
from treatynlp.structure.tree import Treaty

METRICS, CARD = "metrics.json", "README.md"
CHIEF = ("articles", "micro_f1", "macro_f1", "cells_f1", "exact")


def evaluated(treaties: Sequence[Treaty], corpus: Corpus, teaching: Path | None = None) -> dict[str, bytes]:
    """The files that say how well the model does: the figures, and the card for people.

    The exam's instruments are coded by models that saw neither them nor their siblings of drafting; every coded
    instrument, and every fictional one, by what was learned from all the others. Takes minutes.
    """
    lessons = lessons_of(treaties, corpus, load_lexicon(), teaching)
    metrics = measure_model(lessons, corpus, [treaty.id for treaty in treaties])
    text = "\n".join(card(metrics)) + "\n"
    return {METRICS: (json.dumps(metrics, indent=1) + "\n").encode(), CARD: text.encode()}


def measure_model(lessons: Lessons, corpus: Corpus, real: Sequence[str]) -> dict[str, Any]:
    """All figures: of the model with everything there is to say, of the baselines the headline."""
    family = {topic: rule.family for topic, rule in corpus.codebook.topics.items()}
    topics = coder_topics(corpus.codebook.topics)
    outcome, drafting = cross_fitted(lessons.examples, topics, teachers=lessons.teachers), load_drafting()
    return {
        "exam": report(exam(lessons.examples, topics, drafting, teachers=lessons.teachers), family),
        "real": report(outcome.of(_mask(outcome, real)), family),
        "fictional": report(outcome.of(~_mask(outcome, real)), family),
        "baselines": {name: _baseline(lessons.examples, topics, name, family) for name in BASELINES},
        "ceiling": CEILING,
    }


def _mask(outcome: CodingOutcome, ids: Sequence[str]) -> Matrix:
    """Which articles belong to the instruments of these ids."""
    return np.isin(outcome.owners, sorted(ids))


def _baseline(
    examples: Sequence[Example], topics: tuple[str, ...], name: str, family: Mapping[str, str]
) -> dict[str, float]:
    outcome = exam(examples, topics, load_drafting(), BASELINES[name](topics))
    return {figure: round(value(outcome), 3) for figure, value in headline(family).items()}


def card(metrics: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the card."""
    yield from INTRODUCTION.splitlines()
    yield from _table(metrics)
    yield "## The exam"
    yield ""
    yield from _by("instrument", metrics["exam"]["instruments"], CHIEF)
    yield from _families(metrics["exam"]["families"])
    yield from _absent(metrics["exam"]["absent"])
    yield from _sureness(metrics["exam"])
    yield "## Each instrument left out"
    yield ""
    yield from _by("instrument", metrics["real"]["instruments"], CHIEF)
    yield from _families(metrics["real"]["families"])
    yield from _absent(metrics["real"]["absent"])
    yield from _topics(metrics["real"]["topics"])
    yield from TUNING.splitlines()


def _table(metrics: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield "| | exam (95 % interval) | rules | keywords | majority | each left out | fictional, left out |"
    yield "|---|---|---|---|---|---|---|"
    base, taken = metrics["baselines"], metrics["exam"]
    real, fictional = metrics["real"]["figures"], metrics["fictional"]["figures"]
    for name, value in taken["figures"].items():
        low, high = taken["intervals"][name]
        others = " | ".join(f"{base[one][name]:.3f}" for one in ("rules", "keywords", "majority"))
        rest = f"{real[name]:.3f} | {fictional[name]:.3f}"
        yield f"| {name} | **{value:.3f}** ({low:.3f} to {high:.3f}) | {others} | {rest} |"
    ceiling = metrics["ceiling"]
    yield ""
    yield (
        f"The ceiling: two coders agree with F1 {ceiling['f1']}, and gave the same topics to "
        f"{ceiling['identical_sets']:.0%} of the articles, before settling."
    )
    yield ""


def _by(kind: str, rows: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> Iterator[str]:
    yield f"| {kind} | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for one, figures in rows.items():
        yield f"| {one} | {' | '.join(str(figures[name]) for name in names)} |"
    yield ""


def _families(families: Mapping[str, float]) -> Iterator[str]:
    yield "F1 by family over articles: " + ", ".join(f"{name} {value}" for name, value in families.items()) + "."
    yield ""


def _absent(absent: Mapping[str, Any]) -> Iterator[str]:
    """What "absent" is worth, by family of topics."""
    yield "| family | cells people give | of these absent | of absent, given by people | of all, inconclusive |"
    yield "|---|---|---|---|---|"
    for name, one in {"all": absent["all"], **absent["families"]}.items():
        shares = " | ".join(f"{one[share]:.1%}" for share in ("missed", "wrong", "inconclusive"))
        yield f"| {name} | {one['cells']} | {shares} |"
    yield ""


def _topics(topics: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The topics it does worst, and those no real instrument tests."""
    found = {topic: one for topic, one in topics.items() if one["right"] + one["missed"]}
    worst = sorted(found, key=lambda topic: (found[topic]["f1"], topic))[:20]
    yield "The topics it does worst (F1; right, wrong, missed):"
    yield ""
    for topic in worst:
        one = found[topic]
        yield f"- {topic}: {one['f1']} ({one['right']}, {one['wrong']}, {one['missed']})"
    yield ""
    yield "In no coded real instrument: " + ", ".join(sorted(set(topics) - set(found))) + "."
    yield ""


def _sureness(real: Mapping[str, Any]) -> Iterator[str]:
    calibration, open_ = real["calibration"], real["abstention"]
    yield (
        f"Calibration: expected error {calibration['error']}. The coder abstains on {open_['open_pairs']} pairs of "
        f"article and topic, of which people gave {open_['share_true']:.0%}."
    )
    yield ""
    yield "| probability | pairs | mean | given by people |"
    yield "|---|---|---|---|"
    for one in calibration["bins"]:
        yield f"| {one['low']:.1f} to {one['high']:.1f} | {one['pairs']} | {one['mean_score']} | {one['share_given']} |"
    yield ""
    yield "| abstaining nearer to even than | decided | right when decided | F1, open counted as not given |"
    yield "|---|---|---|---|"
    for one in real["coverage"]:
        yield f"| {one['margin']} | {one['coverage']:.1%} | {one['accuracy']:.1%} | {one['f1']} |"
    yield ""
