"""What a run made, in a few tables for people who look at a dashboard: the matrix of the core families, what changed
since the release before, and what must be known of the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import punctuation

from treatynlp import store
from treatynlp.corpus import Codebook
from treatynlp.pipeline.runs.outcome import Outcome
from treatynlp.publishing.csv_format import from_csv
from treatynlp.publishing.legend import cell_text
from treatynlp.store import Root

CORE = 4
"""So many families of the codebook, from the top, are those it was made for (see corpus/codebook.yml)."""

MOST = 500
"""Rows of a table that are shown; a dashboard is no place for more, the release has them all."""

_LEVELS = ("error", "warning", "info")
# All punctuation, since Markdown lets each be escaped: issues quote what stood in files, and a list of what is
# dangerous would have gaps.
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in punctuation})

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The matrix (a row a topic, a column an instrument), the changes, and the issues as Markdown."""

    matrix: tuple[Row, ...]
    changes: tuple[Row, ...]
    issues: str


def run_dashboard(outcome: Outcome, codebook: Codebook) -> Dashboard:
    """What there is to show of a run that ended so, and of the release it left."""
    return Dashboard(
        tuple(_matrix(_table(outcome.release, "cells.csv"), codebook)),
        tuple(_change(row) for row in _table(outcome.release, "changes.csv")[:MOST]),
        issues_shown(outcome),
    )


def _table(release: Root | None, name: str) -> list[Row]:
    data = store.file_of(release, name) if release else None
    return from_csv(data) if data else []


def _matrix(cells: Sequence[Mapping[str, str]], codebook: Codebook) -> Iterator[Row]:
    core = list(codebook.families)[:CORE]
    said = {
        (cell["topic"], cell["instrument"]): cell_text(cell["state"], cell["articles"], cell["decided_by"])
        for cell in cells
    }
    # An instrument whose text was not to hand would be a column of nothing.
    read = sorted({cell["instrument"] for cell in cells if cell["state"] != "not_assessed"})
    for name, topic in codebook.topics.items():
        if topic.family in core:
            yield {"topic": name} | {ident: said.get((name, ident), "") for ident in read}


def _change(row: Mapping[str, str]) -> Row:
    kept = ("instrument", "topic", "what", "before", "after", "articles_before", "articles_after", "cause")
    return {name: row[name] for name in kept}


def issues_shown(outcome: Outcome) -> str:
    """Rows as a table in Markdown, the gravest first; what they quote cannot break out of its cell."""
    found = sorted({*outcome.notices, *outcome.issues}, key=lambda issue: (_LEVELS.index(issue.level), issue))
    if not found:
        return "Nothing to tell."
    lines = [
        f"| {' | '.join(map(markdown_text, (one.level, one.code, one.where, one.message)))} |" for one in found[:MOST]
    ]
    more = [] if len(found) <= MOST else ["", f"and {len(found) - MOST} more, see issues.csv."]
    return "\n".join(["| level | code | where | message |", "|---|---|---|---|", *lines, *more])


def markdown_text(text: str) -> str:
    """Words as Markdown that shows just these words, on one line.

    >>> print(markdown_text("see <b> [here](x) | `y`"))
    see \\<b\\> \\[here\\]\\(x\\) \\| \\`y\\`
    """
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(visible.split()).translate(_ESCAPED)
