"""How often the classifier errs, as tables: what `models/topics/metrics.json` holds, for reading in a notebook."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

Measures = Mapping[str, Any]


def tables_of(metrics: Measures) -> dict[str, pd.DataFrame]:
    """The measures as tables: `figures` and `baselines` (higher is better, 1 is without error), `instruments`, `topics`
    (labels `right`, `wrong` and `missed`), `calibration` (the share of labels of about a score that people gave too).

    The `exam` was coded without it and its siblings of drafting; `real` instruments were left out in turn; the
    `fictional` conventions are worded far from them.
    """
    parts = {"exam": metrics["exam"], "real": metrics["real"], "fictional": metrics["fictional"]}
    baselines = {"the classifier": parts["exam"]["figures"], **metrics["baselines"]}
    return {
        "figures": pd.DataFrame(row for on, part in parts.items() for row in _figures(on, part)),
        "baselines": pd.DataFrame(baselines).T.rename_axis("coder"),
        "instruments": _by_name(parts, "instruments", "instrument"),
        "topics": _by_name(parts, "topics", "topic").astype({"right": int, "wrong": int, "missed": int}),
        "calibration": pd.DataFrame(
            {"on": on} | one for on, part in parts.items() for one in part["calibration"]["bins"]
        ),
    }  # fmt: skip


def _figures(on: str, part: Measures) -> Iterator[dict[str, Any]]:
    for name, value in part["figures"].items():
        low, high = part["intervals"][name]
        yield {"on": on, "figure": name, "value": value, "low": low, "high": high}


def _by_name(parts: Mapping[str, Measures], what: str, called: str) -> pd.DataFrame:
    rows = [{"on": on, called: name} | found for on, part in parts.items() for name, found in part[what].items()]
    return pd.DataFrame(rows)
