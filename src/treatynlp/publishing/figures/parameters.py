"""One parameter across instruments: periods, thresholds, ages, or the word an instrument chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullLocator

from treatynlp.codebook import DAYS
from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import (
    BESIDE,
    FAINT,
    HALF,
    LINE,
    SMALL,
    UNDER_NAME,
    UNDER_TICKS,
    Drawing,
    draw_key,
    hide_frame,
    note,
    sheet,
)
from treatynlp.publishing.figures.palette import MARKERS, SERIES
from treatynlp.publishing.selection import (
    Tables,
    chosen_instruments,
    instrument_names,
    known_names,
    topic_words,
)
from treatynlp.publishing.sheet_words import spoken

STEP, WIDTH, EDGE = 0.3, 3.8, 0.1
"""Inches of a row, across, and around."""
APART = 0.32
"""Rows between two cases with one value."""
LONGEST, LINES, CUT = 74, 3, 40
"""Letters of a line beside the field, how many lines a row has room for, and letters of the last if there are more."""
CITED, TOLD = 3, 60
"""Provisions told of one value, and instruments named in the text for those who do not see the figure."""
ROOM, LOWER, TICKS = 1.1, 1.5, (1, 3)
"""The axis as a multiple of the largest value; on equal ratios also below the smallest, with marks at 1, 3, 10, …"""
INSIDE = 0.008
"""Where "not found" begins, as a share of the width."""
MONTHS = {"year": 12.0, "month": 1.0}
"""Years in months, exactly; where days are said too, any time is counted in days, as the release does (`DAYS`)."""
WIDE_SPREAD = 30
"""Largest value over smallest above which equal steps on the axis are equal ratios."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How values lie along the axis: what the axis says, and the words where the values are words."""

    says: str
    words: tuple[str, ...] = ()


def parameter_plot(
    tables: Tables, attribute: str, *, topics: Sequence[str] = (), instruments: Sequence[str] = ()
) -> Drawing:
    """What each instrument says of one attribute: one mark a value, with its case and the provision it stands in.

    Lengths of time are brought to one unit (a year has 12 months; where days meet them, month 30 days, year 365). A row
    without a mark means that nothing was found there, not that nothing is there.
    """
    table = tables["parameters"]
    known_names("attribute", (attribute,), table.attribute)
    known_names("topic", topics, tables["topics"].topic)
    ids = chosen_instruments(tables, instruments)
    table = table[(table.attribute == attribute) & table.instrument.isin(ids) & table.value.notna()]
    table = table[table.topic.isin(list(topics))] if topics else table
    if table.empty:
        raise DataError(issue("nothing-to-plot.values", attribute))
    table = table.drop_duplicates(["instrument", "value", "unit", "case", "eid"]).fillna({"case": ""})
    scale, placed = _placed(table)
    rows = {ident: n for n, ident in enumerate(ids)}
    title = f"{topic_words(attribute).capitalize()}: what each instrument says"
    with sheet(title, WIDTH, STEP * len(rows) + EDGE) as (figure, axes):
        cases = _marks(axes, placed, rows)
        _beside(axes, placed, rows)
        _along(axes, scale, placed)
        _down(axes, tables, rows, set(placed.instrument))
        note(axes, _SMALL_PRINT, draw_key(axes, cases, below=UNDER_NAME if scale.says else UNDER_TICKS))
        figure.alt = _alt(title, tables, ids, placed)
    return figure


_SMALL_PRINT = (
    "“Not found” says that the machine found no value, not that the "
    "instrument sets none; values are compared only where their cases are the same."
)


def _placed(table: pd.DataFrame) -> tuple[Scale, pd.DataFrame]:
    """The scale that fits the values, and the values with their place `x` on it."""
    numbers, units = pd.to_numeric(table.value, errors="coerce"), table.unit.fillna("")
    # One unit is shown as it is declared, without going through days: 18 months stay 18.
    if numbers.notna().all() and units.nunique() == 1:
        return Scale(f"{units.iloc[0]}s" if units.iloc[0] else ""), table.assign(x=numbers)
    if numbers.notna().all() and set(units) <= set(DAYS):
        # Years and months are counted in months, where no rounding is needed; days come in only where days are said.
        # The axis takes the unit that most instruments use.
        exact, main = MONTHS if set(units) <= set(MONTHS) else DAYS, units.mode().iloc[0]
        return Scale(f"{main}s"), table.assign(x=numbers * units.map(exact) / exact[main])
    said = table.value.str.cat(units, sep=" ").str.strip()  # words, or numbers that cannot be laid along one line
    words = tuple(sorted(set(said)))
    return Scale("", words), table.assign(x=said.map({word: n for n, word in enumerate(words)}))


def _marks(axes: Axes, placed: pd.DataFrame, rows: dict[str, int]) -> list[tuple[Line2D, str]]:
    cases = sorted(set(placed.case))
    looks = {case: (SERIES[n % len(SERIES)], MARKERS[n % len(MARKERS)]) for n, case in enumerate(cases)}
    groups: Any = placed.groupby(["instrument", "x"], sort=True)
    for (ident, x), group in groups:
        for n, case in enumerate(sorted(set(group.case))):
            colour, marker = looks[case]
            # Two cases with one value would lie on each other: they stand beside each other within their row.
            y = rows[ident] + (n - (group.case.nunique() - 1) / 2) * APART
            axes.plot([x], [y], ls="", marker=marker, color=colour, markersize=5.5, zorder=3, clip_on=False)
    return [
        (Line2D([], [], ls="", marker=looks[case][1], color=looks[case][0], markersize=5.5), topic_words(case))
        for case in cases
        if case
    ]


def _beside(axes: Axes, placed: pd.DataFrame, rows: dict[str, int]) -> None:
    """To the right of each row its values as the instrument has them, and where they stand."""
    across = axes.get_yaxis_transform()
    for ident, own in placed.sort_values(["x", "case"], kind="stable").groupby("instrument", sort=False):
        said = [
            f"{value}: {_cited(same.citation)}" for value, same in own.groupby(own.apply(_value, axis=1), sort=False)
        ]
        lines = wrap("; ".join(said), LONGEST)
        shown = [*lines[:2], f"{lines[2][:CUT]} …"] if len(lines) > LINES else lines
        axes.text(BESIDE, rows[str(ident)], "\n".join(shown), transform=across, va="center", fontsize=6, color=FAINT)


def _cited(citations: "pd.Series[str]") -> str:
    first = list(dict.fromkeys(citations))
    return ", ".join(first[:CITED]) + (f" +{len(first) - CITED}" if len(first) > CITED else "")


def _value(row: "pd.Series[str]") -> str:
    """A value as the instrument has it, with its unit and case: `4 month (enforcement)`."""
    unit = f" {row.unit}" if isinstance(row.unit, str) else ""
    return f"{topic_words(row.value)}{unit}{f' ({topic_words(row.case)})' if row.case else ''}"


def _along(axes: Axes, scale: Scale, placed: pd.DataFrame) -> None:
    low, high = float(placed.x.min()), float(placed.x.max())
    if scale.words:
        axes.set_xlim(-HALF, len(scale.words) - HALF)
        axes.set_xticks(range(len(scale.words)), [topic_words(word) for word in scale.words])
        return
    axes.set_xlabel(scale.says)
    # Where hours stand beside years: on even steps all short ones would lie on the axis.
    if low > 0 and high / low > WIDE_SPREAD:
        axes.set_xscale("log")
        axes.set_xlim(low / LOWER, high * 2)
        axes.xaxis.set_major_locator(LogLocator(subs=TICKS))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xlabel(f"{scale.says} (equal steps are equal ratios)")
    else:
        axes.set_xlim(min(0.0, low * ROOM), max(0.0, high * ROOM))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.3g}")


def _down(axes: Axes, tables: Tables, rows: dict[str, int], having: set[str]) -> None:
    hide_frame(axes)
    axes.spines["bottom"].set_visible(True)
    axes.tick_params(axis="x", length=3)
    axes.set_ylim(len(rows) - HALF, -HALF)
    names = instrument_names(tables, rows, year=True)
    axes.set_yticks(list(rows.values()), [names[ident] for ident in rows])
    axes.grid(color=LINE, lw=0.4)
    axes.set_axisbelow(True)
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for ident in [one for one in rows if one not in having]:
        axes.text(INSIDE, rows[ident], "not found", transform=axes.get_yaxis_transform(), va="center", fontsize=SMALL,
                  color=FAINT, style="italic", bbox=behind)  # fmt: skip


def _alt(title: str, tables: Tables, ids: Sequence[str], placed: pd.DataFrame) -> str:
    names = instrument_names(tables, ids)
    said = []
    for ident in ids:
        own = placed[placed.instrument == ident]
        if len(own):
            said.append(f"{names[ident]}: {', '.join(dict.fromkeys(own.apply(_value, axis=1)))}")
    silent = [names[ident] for ident in ids if ident not in set(placed.instrument)]
    return f"{title}. {'; '.join(said)}. Not found in: {spoken(silent, TOLD) or 'none'}."
