"""Coding: what a treaty's provisions are about, by the machine, and what people coded and decided."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from treatynlp.coding.artefact import load_coder
from treatynlp.coding.classifier import Coder
from treatynlp.coding.elements import load_element_reader
from treatynlp.coding.gold_merge import Gold, with_gold
from treatynlp.coding.headings import heading_issues
from treatynlp.coding.labels import Coding
from treatynlp.coding.overrides import apply_overrides
from treatynlp.coding.parameters import ParameterReader, load_parameter_reader
from treatynlp.coding.unlabelled import unlabelled_issues
from treatynlp.errors import Issue
from treatynlp.pipeline.steps.people import People
from treatynlp.structure.tree import Treaty


def code(treaty: Treaty, families: Mapping[str, str], model: Path | None = None) -> tuple[Coding, tuple[Issue, ...]]:
    """What a treaty's provisions are about, how strictly they speak, what can be read off them; headings that promise
    one thing where the words do another, and articles that are given no topic.

    `families` holds the family of each topic, `model` is the folder of another model than the one that comes with
    treatynlp."""
    topics, parameters = coder(model)
    attributes, modalities = parameters.read(treaty)
    coding = replace(topics.code(treaty), attributes=attributes, modalities=modalities)
    # Elements last: which are looked for depends on the topics a provision was given.
    coding = with_elements(coding, treaty)
    return coding, (*heading_issues(topics, treaty, families), *unlabelled_issues(coding, treaty))


def correct(coding: Coding, treaty: Treaty, people: People) -> tuple[Coding, tuple[Issue, ...]]:
    """The coding with what people coded and decided in it; rows for what no longer fits the text."""
    coding, stale = with_gold(coding, treaty, Gold(people.topics, people.attributes))
    # Decisions after gold: who decides on a single label has seen what was coded.
    coding, outdated = apply_overrides(coding, people.overrides, treaty)
    return with_elements(coding, treaty), (*stale, *outdated)


def with_elements(coding: Coding, treaty: Treaty) -> Coding:
    """The coding with the elements of its provisions: read again once people have settled what these are about."""
    return replace(coding, elements=load_element_reader().read(treaty, coding.labels))


@cache
def coder(model: Path | None = None) -> tuple[Coder, ParameterReader]:
    """Model and lexicons, loaded once a process: that takes longer than most treaties to code."""
    return load_coder(model), load_parameter_reader()
