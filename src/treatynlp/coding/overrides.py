"""Overrides: what reviewers decided stays decided, until the words it was decided on change.

A decision is kept by address and by the hash of the words. It survives a new model and a new run; when the words have
changed it is stale: it is reported and not applied.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from treatynlp.coding.labels import Coding, Label
from treatynlp.corpus import text_hash
from treatynlp.errors import Issue, issue
from treatynlp.registry import Override
from treatynlp.structure.tree import Treaty


def apply_overrides(coding: Coding, overrides: Iterable[Override], treaty: Treaty) -> tuple[Coding, tuple[Issue, ...]]:
    """The coding with the reviewers' decisions in it, and what became of the decisions that could not be applied.

    `accept` and `add` give the label with score 1.0; `reject` takes it away at this address and below it. Where two
    reviewers decided on the same label, the later date counts.
    """
    words = {provision.eid: text_hash(treaty.words(provision.span)) for provision in treaty.walk()}
    own = sorted((one for one in overrides if one.instrument == treaty.id), key=lambda one: (one.date, one.reviewer))
    issues = tuple(_stale(own, words))
    valid = {(one.eid, one.topic): one for one in own if words.get(one.eid) == one.text_hash}
    labels = tuple(sorted([*_kept(coding.labels, valid), *_given(valid.values())]))
    still_open = tuple(_kept(coding.inconclusive, valid))
    return replace(coding, labels=labels, inconclusive=still_open), issues


def _stale(overrides: Iterable[Override], words: Mapping[str, str]) -> Iterator[Issue]:
    for one in overrides:
        where = f"overrides/{one.instrument}.csv: {one.eid} {one.topic}"
        if one.eid not in words:
            yield issue("override-unknown-address", where, reviewer=one.reviewer)
        elif words[one.eid] != one.text_hash:
            yield issue("override-stale", where, reviewer=one.reviewer, date=one.date, hash=words[one.eid])


def _kept(labels: Iterable[Label], decided: Mapping[tuple[str, str], Override]) -> Iterator[Label]:
    """The labels nobody decided on: not at their address, and not rejected at an address above."""
    rejected = [(eid, topic) for (eid, topic), one in decided.items() if one.decision == "reject"]
    for label in labels:
        above = any(topic == label.topic and label.eid.startswith(f"{eid}__") for eid, topic in rejected)
        if (label.eid, label.topic) not in decided and not above:
            yield label


def _given(overrides: Iterable[Override]) -> Iterator[Label]:
    for one in overrides:
        if one.decision != "reject":
            yield Label(one.eid, one.topic, 1.0, f"override:{one.reviewer}")
