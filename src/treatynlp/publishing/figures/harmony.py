"""Harmonisation: how many of the binding instruments regulate each topic, and how sure that is."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import (
    BESIDE,
    FAINT,
    HALF,
    INK,
    JUST_LEFT,
    LINE,
    SMALL,
    UNDER_NAME,
    Drawing,
    draw_key,
    hide_frame,
    note,
    sheet,
    stacked,
)
from treatynlp.publishing.figures.palette import BLUE, VERMILION
from treatynlp.publishing.selection import Tables, chosen_topics, each, topic_words

STEP, WIDTH = 0.2, 4.6
"""Inches of a row, and across."""
HEAD, BELOW = 1.3, 0.6
"""Rows from a topic to the next family's head, and below the last topic."""
QUARTERS = {0: "0", 0.25: "¼", 0.5: "½", 0.75: "¾", 1: "all"}
TOLD = 12
"""Topics that the text for those who do not see the figure names."""
BOUNDS = "#CFE3F5"


def harmonisation(tables: Tables, *, families: Sequence[str] = (), topics: Sequence[str] = ()) -> Drawing:
    """How widely each topic is regulated among the binding instruments, and how far they agree on it.

    The dot is `coverage`; the broad bar reaches from counting every unknown cell as absent to counting it as
    present; the thin line is the 95 % Wilson interval, as if the instruments had been drawn by lot; the diamond is the
    harmonisation index, which also counts the terms.
    """
    chosen = chosen_topics(tables, families, topics)
    table = tables["harmonisation"]
    table = table[(table.level == "topic") & table.topic.isin(chosen.topic)].dropna(subset=["coverage"])
    if table.empty:
        raise DataError(issue("nothing-to-plot.binding", "harmonisation"))
    rows = _rows(table)
    title = "How widely topics are regulated, and how far the instruments agree"
    with sheet(title, WIDTH, STEP * (max(rows.values()) + BELOW + HALF)) as (figure, axes):
        _bars(axes, table, rows)
        _labels(axes, table, rows)
        note(axes, _small_print(table), draw_key(axes, _KEY, below=UNDER_NAME))
        figure.alt = _alt(title, table)
    return figure


_KEY = (
    (Line2D([], [], ls="", marker="o", color=BLUE), "coverage: share of instruments that regulate it"),
    (Patch(facecolor=BOUNDS), "if all unknown cells were absent … present"),
    (Line2D([], [], color=INK, lw=0.9), "95 % Wilson interval of coverage"),
    (Line2D([], [], ls="", marker="D", color=VERMILION, markerfacecolor="white"), "harmonisation index: terms too"),
)


def _rows(table: pd.DataFrame) -> dict[str, float]:
    """Where each topic stands: under its family, the most widely regulated first."""
    ranked = table.sort_values(["coverage", "index", "topic"], ascending=[False, False, True], kind="stable")
    families = dict.fromkeys(table.family)
    return stacked(((family, ranked.topic[ranked.family == family]) for family in families), HEAD)


def _bars(axes: Axes, table: pd.DataFrame, rows: dict[str, float]) -> None:
    ys = [rows[topic] for topic in table.topic]
    axes.barh(ys, table.coverage_high - table.coverage_low, left=table.coverage_low, height=0.62, color=BOUNDS)
    axes.hlines(ys, table.wilson_low, table.wilson_high, color=INK, lw=0.9)
    axes.plot(table.coverage, ys, "o", color=BLUE, markersize=5, clip_on=False, zorder=3)
    axes.plot(table["index"], ys, "D", color=VERMILION, markerfacecolor="white", markersize=4, clip_on=False, zorder=4)


def _labels(axes: Axes, table: pd.DataFrame, rows: dict[str, float]) -> None:
    hide_frame(axes)
    axes.spines["bottom"].set_visible(True)
    axes.tick_params(axis="x", length=3)
    axes.set_xlim(0, 1)
    axes.set_ylim(max(rows.values()) + BELOW, -HALF)
    axes.set_xticks(list(QUARTERS), list(QUARTERS.values()))
    axes.set_xlabel("share of the binding instruments")
    axes.set_yticks([rows[topic] for topic in table.topic], [topic_words(topic) for topic in table.topic])
    axes.grid(axis="x", color=LINE, lw=0.4)
    axes.set_axisbelow(True)
    across = axes.get_yaxis_transform()
    for family in dict.fromkeys(table.family):
        axes.text(JUST_LEFT, rows[f"{family}/"], topic_words(family).upper(), transform=across, ha="right", va="center",
                  weight="bold", fontsize=7.5)  # fmt: skip
    for row in each(table):
        said = f"{row.present}" + (f" + {row.partial} partial" if row.partial else "")
        said += f" + {row.by_reference} by reference" if row.by_reference else ""
        axes.text(BESIDE, rows[str(row.topic)], said, transform=across, va="center", fontsize=SMALL, color=FAINT)
    axes.text(BESIDE, rows[f"{table.family.iloc[0]}/"], "present", transform=across, va="center", fontsize=SMALL,
              color=FAINT, style="italic")  # fmt: skip


def _small_print(table: pd.DataFrame) -> str:
    binding = int(table[["present", "partial", "by_reference", "absent", "unknown"]].sum(axis=1).max())
    low, high = int(table.unknown.min()), int(table.unknown.max())
    unknown = f"{low}" if low == high else f"{low} to {high}"
    return (
        f"Of {binding} binding instruments it is not known of {unknown} whether they regulate a topic. "
        "Partial counts half. Coverage is a fact about this corpus, not about the states bound by it; formulas in "
        "datapackage.json."
    )


def _alt(title: str, table: pd.DataFrame) -> str:
    ranked = table.sort_values(["coverage", "topic"], ascending=[False, True])
    said = "; ".join(
        f"{topic_words(row.topic)} {row.coverage:.0%} ({row.coverage_low:.0%} to {row.coverage_high:.0%})"
        for row in each(ranked.head(TOLD))
    )
    return f"{title}, for {len(table)} topics. The most widely regulated, with bounds: {said}."
