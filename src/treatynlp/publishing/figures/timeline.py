"""The timeline: when instruments were made and came into force, and which topics each was the first to regulate."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

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
from treatynlp.publishing.figures.palette import BLUE, ORANGE, SKY, VERMILION
from treatynlp.publishing.release_frames import dates
from treatynlp.publishing.selection import (
    Tables,
    chosen_topics,
    each,
    instrument_names,
    known_names,
    topic_words,
)
from treatynlp.publishing.sheet_words import sheet_text

STEP, WIDTH, COUNTS = 0.22, 5.2, 1.5
"""Inches of a row, across the years, and across the counts beside them."""
HEAD, BELOW = 1.2, 0.7
"""Rows from an instrument to the next group's head, and below the last instrument."""
SHORTEST, MARGIN, OPEN = 5, 0.05, 1.2
"""Years that the figure spans at the least; share of them left free on both sides; and so many times that share behind
the last date is where an open end points to."""
ROOM, GAP = 1.35, 0.02
"""Room for a count behind the longest bar, and the space before it, as a share of the bar's axis."""
LONGEST = 50
"""Letters of a group's name."""
PARTS, MONTHS, DAYS, MIDDLE, MID_YEAR = 3, 12, 365, 15, 0.5
"""A date has so many parts, a year so many months and days; and a month without a day lies at its 15th."""
MADE, FORCE = BLUE, VERMILION


def timeline(
    tables: Tables,
    *,
    families: Sequence[str] = (),
    topics: Sequence[str] = (),
    instruments: Sequence[str] = (),
    by: str = "body",
) -> Drawing:
    """When each instrument was made and when it came into force, grouped by body or kind.

    Beside it: how many topics it regulates, and of how many it was the first in this corpus to do so. An open end means
    that no entry into force is declared. Instruments without any date are named in the note.
    """
    table, undated = _dated(tables, instruments)
    if table.empty:
        raise DataError(issue("nothing-to-plot.dates", "instruments"))
    first = _firsts(tables, set(chosen_topics(tables, families, topics).topic))
    rows = _rows(table, by)
    shown = table.join(first, on="id").fillna({"regulated": 0, "first": 0})
    title = "When instruments were made, and what each was the first to regulate"
    with sheet(title, WIDTH, STEP * (max(rows.values()) + BELOW + HALF)) as (figure, axes):
        _times(axes, shown, rows)
        _names(axes, tables, shown, rows, by)
        _counts(figure, axes, shown, rows)
        what = _what(families, topics)
        note(axes, _small_print(tables, undated, what), draw_key(axes, _KEY, below=UNDER_NAME))
        figure.alt = _alt(title, tables, shown, what)
    return figure


_KEY = (
    (Line2D([], [], ls="", marker="o", color=MADE), "adopted, opened or signed"),
    (Line2D([], [], ls="", marker="s", color=FORCE, markerfacecolor="none"), "entered into force"),
    (Line2D([], [], ls=":", marker=">", markevery=[1], color=FAINT), "entry into force not declared"),
    (Patch(facecolor=ORANGE, hatch="////", edgecolor=INK, lw=0.5), "topics it was the first to regulate"),
    (Patch(facecolor=SKY), "further topics it regulates"),
)


def _dated(tables: Tables, chosen: Sequence[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The instruments with years as numbers, oldest first; and those without any date."""
    table = tables["instruments"]
    if chosen:
        table = table[table.id.isin(known_names("instrument", chosen, table.id))]
    made = dates(table)
    table = table.assign(
        binding=table.binding.fillna(False), made=made.map(_year), force=table.in_force.map(_year), when=made
    )
    dated = table.dropna(subset=["made"]).sort_values(["made", "id"])
    return dated, tuple(table[table.made.isna()].id)


def _year(date: object) -> float:
    """A date, as exact as declared, as a year and its fraction; the middle of what is not said.

    >>> _year("2001-07-01"), _year("1988")
    (2001.5, 1988.5)
    """
    if not isinstance(date, str):
        return float("nan")
    year, month, day = (int(part) if part else 0 for part in (*date.split("-"), "", "")[:PARTS])
    # A year alone lies at its middle, a month at its 15th: the least wrong of the places it may have.
    return year + ((month - 1) / MONTHS + (day - 1 if day else MIDDLE) / DAYS if month else MID_YEAR)


def _firsts(tables: Tables, topics: set[str]) -> pd.DataFrame:
    """By instrument: how many of the topics it regulates, and of how many it is the first."""
    table = tables["chronology"]
    table = table[table.topic.isin(topics)]
    grouped = table.groupby("instrument")
    return pd.DataFrame(
        {"regulated": grouped.size(), "first": grouped["rank"].agg(lambda rank: int((rank == 1).sum()))}
    )


def _rows(table: pd.DataFrame, by: str) -> dict[str, float]:
    """Where each instrument stands; above the instruments of a group, `group/` stands for its head."""
    if by not in ("body", "kind"):
        raise DataError(issue("nothing-to-plot.grouping", by))
    groups = table.fillna({by: "not said"}).groupby(by, sort=False).id
    return stacked(((str(group), ids) for group, ids in groups), HEAD)


def _times(axes: Axes, table: pd.DataFrame, rows: dict[str, float]) -> None:
    last = max(table.made.max(), table.force.max()) if table.force.notna().any() else table.made.max()
    reach = max(last - table.made.min(), SHORTEST) * MARGIN
    axes.set_xlim(table.made.min() - reach, last + 2 * reach)
    axes.set_ylim(max(rows.values()) + BELOW, -HALF)
    for row in each(table):
        y, made, force = rows[row.id], row.made, row.force
        if pd.notna(force):
            axes.plot([made, force], [y, y], color=LINE, lw=2, zorder=1)
            axes.plot([force], [y], "s", color=FORCE, markersize=6.5, markerfacecolor="none", zorder=3)
        # Only of what binds can an entry into force be missing; a model law has none.
        elif row.binding:
            axes.plot([made, last + OPEN * reach], [y, y], color=FAINT, lw=1, ls=":", zorder=1)
            axes.plot([last + OPEN * reach], [y], ">", color=FAINT, markersize=4)
        axes.plot([made], [y], "o", color=MADE, markersize=5)
    hide_frame(axes)
    axes.spines["bottom"].set_visible(True)
    axes.tick_params(axis="x", length=3)
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.grid(axis="x", color=LINE, lw=0.4)
    axes.set_axisbelow(True)


def _names(axes: Axes, tables: Tables, table: pd.DataFrame, rows: dict[str, float], by: str) -> None:
    names = instrument_names(tables, table.id, year=True)
    axes.set_yticks([rows[ident] for ident in table.id], [names[ident] for ident in table.id])
    across = axes.get_yaxis_transform()
    for group in dict.fromkeys(table[by].fillna("not said")):
        axes.text(JUST_LEFT, rows[f"{group}/"], sheet_text(topic_words(group), LONGEST), transform=across, ha="right",
                  va="center", weight="bold", fontsize=7.5)  # fmt: skip


def _counts(figure: Drawing, axes: Axes, table: pd.DataFrame, rows: dict[str, float]) -> None:
    beside = figure.add_axes((BESIDE, 0, COUNTS / WIDTH, 1), sharey=axes)
    hide_frame(beside)
    beside.tick_params(labelleft=False, labelbottom=False)
    beside.set_xlim(0, max(1.0, float(table.regulated.max())) * ROOM)
    read = table.status == "coded"
    for ident in table.id[~read]:
        beside.text(0, rows[ident], "not read", va="center", fontsize=SMALL, color=FAINT, style="italic")
    table = table[read]
    ys = [rows[ident] for ident in table.id]
    edges = [INK if first else "none" for first in table["first"]]
    beside.barh(ys, table["first"], height=0.62, color=ORANGE, hatch="////", edgecolor=edges, lw=0.5)
    beside.barh(ys, table.regulated - table["first"], left=table["first"], height=0.62, color=SKY)
    for y, first, all_ in zip(ys, table["first"], table.regulated, strict=True):
        said = f"{first:.0f} of {all_:.0f}" if all_ else "none"
        beside.text(all_ + beside.get_xlim()[1] * GAP, y, said, va="center", fontsize=SMALL)
    top = min(rows.values())
    beside.text(0, top, "topics: first on … of …", va="center", fontsize=SMALL, color=FAINT, style="italic")


def _what(families: Sequence[str], topics: Sequence[str]) -> str:
    return ", ".join(map(topic_words, (*families, *topics))) or "all topics"


def _small_print(tables: Tables, undated: Sequence[str], what: str) -> str:
    said = f"Counts are of {what}, among the texts of this corpus that were read; first here is not first in the world."
    if undated:
        said += f" Without a date in the registry: {', '.join(instrument_names(tables, undated).values())}."
    return said


def _alt(title: str, tables: Tables, table: pd.DataFrame, what: str) -> str:
    names = instrument_names(tables, table.id)
    said = "; ".join(
        f"{names[row.id]} {row.when}" + (f", in force {row.in_force}" if isinstance(row.in_force, str) else "")
        + (f", first on {row.first:.0f} of {row.regulated:.0f} topics" if row.regulated else "")
        for row in each(table)
    )  # fmt: skip
    return f"{title} ({what}). {said}."
