"""By what coverage is corrected: how often the machine errs in a family, out of `models/topics/metrics.json`."""

from collections.abc import Mapping
from typing import Any

from treatynlp.comparison.correction import CoderError

ENOUGH = 20
"""Cells that people must have given in a family for its own rates to be told; below, those of all families stand."""


def coder_errors(metrics: Mapping[str, Any]) -> dict[str, CoderError]:
    """By family, how often the machine is right on cells of instruments that nobody tuned on; families that these
    instruments hardly regulate go by all."""
    absent = metrics.get("exam", {}).get("absent", {})
    rates = {name: row if row["cells"] >= ENOUGH else absent["all"] for name, row in absent.get("families", {}).items()}
    return {
        name: CoderError(sensitivity=row["sensitivity"], specificity=row["specificity"])
        for name, row in rates.items()
        if "sensitivity" in row
    }
