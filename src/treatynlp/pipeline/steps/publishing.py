"""Comparing and publishing: coded instruments laid side by side, and the files of a release made of that."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.changes import Inputs
from treatynlp.comparison.correction import with_correction
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.overview import Overview, compare
from treatynlp.comparison.records import Pair, Record
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import Codebook
from treatynlp.drafting import load_drafting
from treatynlp.errors import Issue
from treatynlp.home import home
from treatynlp.publishing.coder_errors import coder_errors
from treatynlp.publishing.measured import blind_errors
from treatynlp.publishing.package import MadeBy, release_files
from treatynlp.store import file_of


@dataclass(frozen=True, slots=True)
class ReleaseInputs:
    """What a release goes by besides its instruments: the codebook, the folder of comparison.yml, the rows of the run,
    the version of the model, the hashes of what cells rest on; what the release before said of every cell; and whether
    it holds the treaties' words."""

    codebook: Codebook
    rules: Path
    issues: tuple[Issue, ...]
    model: str
    inputs: Inputs
    previous: Mapping[str, bytes] | None = None
    with_text: bool = True


def publish(records: Sequence[Record], terms: ReleaseInputs) -> dict[str, bytes]:
    """The files of a release by name."""
    return lay_out(compare_records(records, terms), terms)


def compare_records(
    records: Sequence[Record], terms: ReleaseInputs, known: Mapping[Pair, Aligned] | None = None
) -> Overview:
    """Everything compared; pairs that are `known` are taken as they were found."""
    book = terms.codebook
    rules = load_rules(terms.rules, book.topics, book.families)
    found = compare(records, book, rules, Weights.load(home() / "models"), load_drafting(), known)
    # Last, and not in comparing itself: how often the coder errs is measured, and no word of a treaty says it.
    return replace(found, harmony=with_correction(found.harmony, coder_errors(_measured())))


def lay_out(overview: Overview, terms: ReleaseInputs) -> dict[str, bytes]:
    """The files of the release of what was compared, by name."""
    return release_files(
        overview,
        issues=terms.issues,
        made_by=MadeBy({"model": terms.model}, _errs()),
        inputs=terms.inputs,
        previous=terms.previous,
        with_text=terms.with_text,
    )


def _errs() -> dict[str, str]:
    """By topic, how often the classifier that comes with treatynlp errs."""
    found = _measured()
    return blind_errors(found) if found else {}


def _measured() -> dict[str, Any]:
    """What was measured of that classifier; nothing where it was not."""
    found = file_of(home() / "models" / "topics", "metrics.json")
    measured: dict[str, Any] = json.loads(found) if found else {}
    return measured
