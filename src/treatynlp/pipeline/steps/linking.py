"""Linking: where a treaty's words lead, within it and to other instruments, and which terms it defines."""

from collections.abc import Sequence
from dataclasses import replace

from treatynlp.corpus import Instrument
from treatynlp.errors import Issue
from treatynlp.structure.anachronisms import anachronisms
from treatynlp.structure.definitions import definitions
from treatynlp.structure.references import references, unresolved
from treatynlp.structure.tree import Treaty


def link(treaty: Treaty, registry: Sequence[Instrument]) -> tuple[Treaty, tuple[Issue, ...]]:
    """The treaty with its cross-references, into itself and into the registry's instruments, and its definitions."""
    found = references(treaty, registry)
    told = (*unresolved(treaty, found), *anachronisms(treaty, found, registry))
    return replace(treaty, references=found, definitions=definitions(treaty)), told
