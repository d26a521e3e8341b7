"""Coverage corrected for what is known of the coder's errors (Rogan and Gladen 1978).

A machine that overlooks some cells and invents others makes a topic look rarer or commoner than it is. How often it
does is measured on instruments it had not seen; from that follows the share that it would have found without erring.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from treatynlp.comparison.harmonisation import Harmony


@dataclass(frozen=True, slots=True)
class CoderError:
    """Of the cells that are decided: `sensitivity`, the share of those that people give that the machine finds;
    `specificity`, the share of those that people do not give that it prints absent."""

    sensitivity: float
    specificity: float


def corrected(share: float | None, error: CoderError | None) -> float | None:
    """A share of cells as it would be without the coder's errors; None where these are not known, or so large that
    what it finds tells nothing.

    Below what false finds alone would give it is 0, above what the machine could find at most 1.

    >>> round(corrected(0.40, CoderError(sensitivity=0.95, specificity=0.98)), 2)
    0.41
    >>> corrected(0.01, CoderError(sensitivity=0.95, specificity=0.98))
    0.0
    """
    if share is None or error is None:
        return None
    told = error.sensitivity + error.specificity - 1
    return min(1.0, max(0.0, (share + error.specificity - 1) / told)) if told > 0 else None


def with_correction(harmony: Iterable[Harmony], errors: Mapping[str, CoderError]) -> tuple[Harmony, ...]:
    """Every topic's coverage corrected by the errors of its family."""
    return tuple(replace(one, corrected=corrected(one.coverage, errors.get(one.family))) for one in harmony)
