"""Overrides: what reviewers decided stays decided, until the words it was decided on change.

A decision is kept by address and by the hash of the words. It survives a new model and a new run; when the words have
changed it is stale: it is reported and not applied.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from treatynlp.coding.labels import Attribute, Coding, Label
from treatynlp.corpus import text_hash
from treatynlp.errors import Issue, issue
from treatynlp.registry import Override
from treatynlp.structure.address import stands_in
from treatynlp.structure.tree import Treaty

Row = TypeVar("Row", Label, Attribute)
What = TypeVar("What")


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
    labels = tuple(sorted([*_kept(coding.labels, valid, _topic), *_given(valid.values())]))
    still_open = tuple(_kept(coding.inconclusive, valid, _topic))
    attributes = _with_values(coding.attributes, [one for one in fresh if one.attribute], treaty)
    return replace(coding, labels=labels, inconclusive=still_open, attributes=attributes), issues


def _stale(overrides: Iterable[Override], words: Mapping[str, str]) -> Iterator[Issue]:
    for one in overrides:
        where = f"overrides/{one.instrument}.csv: {one.eid} {one.topic or one.attribute}"
        if one.eid not in words:
            yield issue("override-unknown-address", where, reviewer=one.reviewer)
        elif words[one.eid] != one.text_hash:
            yield issue("override-stale", where, reviewer=one.reviewer, date=one.date, hash=words[one.eid])


def _kept(
    found: Iterable[Row], decided: Mapping[tuple[str, What], Override], said: Callable[[Row], What]
) -> Iterator[Row]:
    """The labels, or values, nobody decided on: not at their address, and not rejected at an address above. `said` is
    what a row says, without its place."""
    rejected = [key for key, one in decided.items() if one.decision == "reject"]
    for row in found:
        above = any(what == said(row) and stands_in(row.eid, eid) for eid, what in rejected)
        if (row.eid, said(row)) not in decided and not above:
            yield row


def _topic(label: Label) -> str:
    return label.topic


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
    given = [
        Attribute(one.eid, *said, evidence=known.get((eid, said), bodies[eid]), by=f"override:{one.reviewer}")
        for (eid, said), one in last.items()
        if one.decision != "reject"
    ]
    return tuple(sorted([*_kept(found, last, _said), *given]))
