"""Overrides: what reviewers decided stays decided, until the words it was decided on change.

A decision is kept by address and by the hash of the words. It survives a new model and a new run; when the words have
changed it is stale: it is reported and not applied.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from treatynlp.coding.labels import Attribute, Coding, Label
from treatynlp.corpus import text_hash
from treatynlp.errors import Issue, issue
from treatynlp.registry import Override
from treatynlp.structure.tree import Treaty


def apply_overrides(coding: Coding, overrides: Iterable[Override], treaty: Treaty) -> tuple[Coding, tuple[Issue, ...]]:
    """The coding with the reviewers' decisions in it, and what became of the decisions that could not be applied.

    `accept` and `add` give the label with score 1.0, or the value; `reject` takes it away at this address and below it.
    Where two reviewers decided on the same label or value, the later date counts.
    """
    words = {provision.eid: text_hash(treaty.words(provision.span)) for provision in treaty.walk()}
    own = sorted((one for one in overrides if one.instrument == treaty.id), key=lambda one: (one.date, one.reviewer))
    issues = tuple(_stale(own, words))
    fresh = [one for one in own if words.get(one.eid) == one.text_hash]
    valid = {(one.eid, one.topic): one for one in fresh if one.topic}
    labels = tuple(sorted([*_kept(coding.labels, valid), *_given(valid.values())]))
    still_open = tuple(_kept(coding.inconclusive, valid))
    attributes = _with_values(coding.attributes, [one for one in fresh if one.attribute], treaty)
    return replace(coding, labels=labels, inconclusive=still_open, attributes=attributes), issues


def _stale(overrides: Iterable[Override], words: Mapping[str, str]) -> Iterator[Issue]:
    for one in overrides:
        where = f"overrides/{one.instrument}.csv: {one.eid} {one.topic or one.attribute}"
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


# ---- values ---------------------------------------------------------------------------------------------------------

Said = tuple[str, str, str, str]
"""A value without its place: attribute, value, unit, case."""


def _said(one: Attribute | Override) -> Said:
    return one.attribute, one.value, one.unit, one.case


def _with_values(found: tuple[Attribute, ...], overrides: Iterable[Override], treaty: Treaty) -> tuple[Attribute, ...]:
    """The values with what reviewers decided on them; one that is added rests on all words of its provision."""
    last = {(one.eid, _said(one)): one for one in overrides}
    if not last:
        return found
    known = {(one.eid, _said(one)): one.evidence for one in found}
    bodies = {provision.eid: provision.body for provision in treaty.walk()}
    rejected = [key for key, one in last.items() if one.decision == "reject"]
    kept = [one for one in found if (one.eid, _said(one)) not in last and not _is_below(one, rejected)]
    given = [
        Attribute(one.eid, *said, evidence=known.get((eid, said), bodies[eid]), by=f"override:{one.reviewer}")
        for (eid, said), one in last.items()
        if one.decision != "reject"
    ]
    return tuple(sorted([*kept, *given]))


def _is_below(one: Attribute, rejected: Iterable[tuple[str, Said]]) -> bool:
    return any(_said(one) == said and one.eid.startswith(f"{eid}__") for eid, said in rejected)
