"""How often the classifier errs, as tables: what `models/topics/metrics.json` holds, for reading in a notebook."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Measures = Mapping[str, Any]


def tables_of(metrics: Measures) -> "dict[str, pd.DataFrame]":
    """The measures as tables: `figures` and `baselines` (higher is better, 1 is without error), `instruments`, `topics`
    (labels `right`, `wrong` and `missed`), `calibration` (the share of labels of about a score that people gave too).

    The `exam` was coded without it and its siblings of drafting; `real` instruments were left out in turn; the
    `fictional` conventions are worded far from them.
    """
    import pandas as pd  # here, so that making a release does not wait for it

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


def _by_name(parts: Mapping[str, Measures], what: str, called: str) -> "pd.DataFrame":
    import pandas as pd

    rows = [{"on": on, called: name} | found for on, part in parts.items() for name, found in part[what].items()]
    return pd.DataFrame(rows)


def blind_errors(metrics: Measures) -> dict[str, str]:
    """What the machine's labels of each topic are worth, in a sentence, measured on instruments it had not seen.

    The exam's counts, which nobody tunes on; where it has none of a topic, those of the instruments left out in turn;
    where nobody coded the topic, that the machine has never learned it.

    >>> blank = {"right": 0, "wrong": 0, "missed": 0}
    >>> found = {"exam": {"topics": {"a": blank}}, "real": {"topics": {"a": {"right": 4, "wrong": 1, "missed": 2}}}}
    >>> print(blind_errors(found)["a"])
    On instruments left out in turn the machine gave this topic 5 times, 4 rightly, and missed 2 of 6 that people gave.
    """
    return {topic: _blind(topic, metrics) for topic in metrics["real"]["topics"]}


BLIND = {"exam": "On instruments that nobody tuned on", "real": "On instruments left out in turn"}
UNLEARNED = "The machine has never learned this topic: no instrument that people coded has it."


def _blind(topic: str, metrics: Measures) -> str:
    for part, on in BLIND.items():
        counts = metrics[part]["topics"].get(topic, {})
        right, wrong, missed = (counts.get(name, 0) for name in ("right", "wrong", "missed"))
        if right + missed:
            given = f"{on} the machine gave this topic {times(right + wrong)}{_rightly(right, wrong)}"
            return f"{given}, and missed {missed} of {right + missed} that people gave."
    return UNLEARNED


def times(number: int) -> str:
    """How often.

    >>> times(0), times(1), times(5)
    ('never', 'once', '5 times')
    """
    return {0: "never", 1: "once"}.get(number, f"{number} times")


def _rightly(right: int, wrong: int) -> str:
    """How many of the labels were right, behind how many there were.

    >>> _rightly(4, 1), _rightly(1, 0), _rightly(0, 1), _rightly(3, 0), _rightly(0, 0)
    (', 4 rightly', ', rightly', ', wrongly', ', each time rightly', '')
    """
    if right and wrong:
        return f", {right} rightly"
    each = "" if right + wrong == 1 else " each time"
    return f",{each} {'rightly' if right else 'wrongly'}" if right + wrong else ""
