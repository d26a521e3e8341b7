"""The heat map: topics down, instruments across, one sign a cell."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import ScaledTranslation

from treatynlp.comparison.states import FOUND
from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import (
    FAINT,
    HALF,
    POINTS,
    SIZE,
    WIDE,
    Drawing,
    Rows,
    draw_key,
    hide_frame,
    note,
    sheet,
    stacked,
)
from treatynlp.publishing.figures.palette import STATES, STRENGTHS, CellStyle
from treatynlp.publishing.selection import (
    Tables,
    chosen_instruments,
    chosen_topics,
    instrument_names,
    topic_words,
)

STEP = 0.2
"""Inches of a cell."""
LONGEST, WIDEST = 60, 30
"""Topics above which there are two panels side by side, and instruments up to which two stand well."""
HEAD = 1.3
"""Rows from a topic to the next family's head."""
SIGN, SIGN_OF_ABSENT, SIGN_IN_KEY = 0.42, 0.6, 5.0
"""Size of a sign as a share of its cell; of that of "absent", as a share of the others: most cells are absent, and the
eye must find the others; and in the key, in points."""
UNDER, AROUND, NAME = 6, 0.5, 3
"""Points under the field, inches around the labels of a second panel, points between a family's name and the field."""
RULE = 0.42
"""Rows from the middle of a family's head to the rule under it."""


def heat_map(
    tables: Tables,
    *,
    families: Sequence[str] = (),
    topics: Sequence[str] = (),
    instruments: Sequence[str] = (),
    show: str = "state",
) -> Drawing:
    """Which instrument regulates which topic, or how strictly it speaks of it.

    `show` is "state" or "strength". Topics stand under their families in the codebook's order, instruments from the
    oldest to the newest; without `instruments` those that were coded. DataError for unknown names, or where nothing is
    left to draw.
    """
    ids, chosen = chosen_instruments(tables, instruments), chosen_topics(tables, families, topics)
    cells = tables["cells"]
    cells = cells[cells.instrument.isin(ids) & cells.topic.isin(chosen.topic)].assign(says=_says(cells, show))
    if cells.empty:
        raise DataError(issue("nothing-to-plot.cells", "cells"))
    columns = {ident: n for n, ident in enumerate(ids)}
    panels = _panels(chosen, len(ids))
    height = max(_height(panel) for panel in panels)
    title = "How strictly each instrument speaks" if show == "strength" else "What each instrument regulates"
    looks = STATES if show == "state" else STATES | STRENGTHS
    with sheet(title, STEP * len(columns), height) as (figure, axes):
        for n, panel in enumerate(panels):
            field = _beside(figure, panel, n) if n else axes
            field.set_position((field.get_position().x0, 1 - _height(panel) / height, 1, _height(panel) / height))
            _cells(field, cells, (_rows(panel), columns), looks)
            _labels(field, tables, panel, (_rows(panel), columns))
        used = [look for state, look in looks.items() if (cells.says == state).any()]
        end = draw_key(
            axes, [(_entry(look), look.says) for look in used], below=UNDER + POINTS * (height - _height(panels[0]))
        )
        note(axes, _small_print(tables, ids), end)
        figure.alt = _alt(title, cells, chosen, ids)
    return figure


def _panels(chosen: pd.DataFrame, across: int) -> list[pd.DataFrame]:
    """The topics in one panel, or, where they would make a strip, in two side by side, cut between two families."""
    if len(chosen) <= LONGEST or across > WIDEST or chosen.family.nunique() == 1:
        return [chosen]
    # Cut where the halves are most alike in length, and never within a family: its head stands above its first topic.
    done = chosen.groupby("family", sort=False).size().cumsum()
    cut = int((done[:-1] - len(chosen) / 2).abs().argmin()) + 1
    first = chosen.family.isin(done.index[:cut])
    return [chosen[first], chosen[~first]]


def _height(panel: pd.DataFrame) -> float:
    return STEP * (max(_rows(panel).values()) + 1)


def _beside(figure: Drawing, panel: pd.DataFrame, place: int) -> Axes:
    """The field of a further panel, far enough to the right for its labels."""
    width = float(figure.get_size_inches()[0])
    labels = max(map(len, panel.topic)) * SIZE * WIDE / POINTS + AROUND
    return figure.add_axes((place * (1 + labels / width), 0, 1, 1))


def _says(cells: pd.DataFrame, show: str) -> "pd.Series[str]":
    return (
        cells.strength.where(cells.strength.isin(list(STRENGTHS)), cells.state) if show == "strength" else cells.state
    )


def _rows(chosen: pd.DataFrame) -> dict[str, float]:
    """Where each topic and, above its topics, each family stands; families are keyed with a `/` behind."""
    return stacked(((str(family), topics) for family, topics in chosen.groupby("family", sort=False).topic), HEAD)


def _cells(axes: Axes, cells: pd.DataFrame, places: tuple[Rows, Rows], looks: Mapping[str, CellStyle]) -> None:
    rows, columns = places
    size = STEP * POINTS * SIGN
    for state, look in looks.items():
        found = cells[(cells.says == state) & cells.topic.isin(list(rows))]
        xs, ys = [columns[i] for i in found.instrument], [rows[t] for t in found.topic]
        boxes = [Rectangle((x - HALF, y - HALF), 1, 1) for x, y in zip(xs, ys, strict=True)]
        # A hatch without an edge is lost in print; filled cells are parted by white, so that the grid needs no lines.
        edge = "#B4B8BE" if look.hatch else "white"
        axes.add_collection(PatchCollection(boxes, facecolor=look.fill, edgecolor=edge, lw=0.8, hatch=look.hatch))
        if look.marker and xs:
            axes.plot(xs, ys, **look.sign(size * (SIGN_OF_ABSENT if state == "absent" else 1)))


def _labels(axes: Axes, tables: Tables, chosen: pd.DataFrame, places: tuple[Rows, Rows]) -> None:
    rows, columns = places
    axes.set_xlim(-HALF, len(columns) - HALF)
    axes.set_ylim(max(rows.values()) + HALF, -HALF)
    axes.xaxis.tick_top()
    names = instrument_names(tables, columns, year=True)
    axes.set_xticks(list(columns.values()), [names[i] for i in columns], rotation=55, ha="left", rotation_mode="anchor")
    axes.set_yticks([rows[topic] for topic in chosen.topic], [topic_words(topic) for topic in chosen.topic])
    hide_frame(axes)
    left = axes.get_yaxis_transform() + ScaledTranslation(-NAME / POINTS, 0, axes.figure.dpi_scale_trans)
    for family in dict.fromkeys(chosen.family):
        y = rows[f"{family}/"]
        axes.text(0, y, topic_words(family).upper(), transform=left, ha="right", va="center", weight="bold", size=7.5)
        axes.plot([-HALF, len(columns) - HALF], [y + RULE] * 2, color=FAINT, lw=0.6)


def _entry(look: CellStyle) -> Patch | tuple[Patch, Line2D]:
    box = Patch(facecolor=look.fill, edgecolor="#B4B8BE", hatch=look.hatch, lw=0.6)
    if not look.marker:
        return box
    return box, Line2D([], [], **look.sign(SIGN_IN_KEY))


def _small_print(tables: Tables, ids: Sequence[str]) -> str:
    instruments = tables["instruments"]
    left_out = instruments[~instruments.id.isin(ids)]
    unread = int((left_out.status != "coded").sum())
    said = f"{len(ids)} of the registry's {len(instruments)} instruments"
    said += f"; of {unread} others there was no text to read." if unread else "."
    return (
        f"{said} Absent is a claim about a text read whole, by a reader that errs: see labels.csv and the model card."
    )


def _alt(title: str, cells: pd.DataFrame, chosen: pd.DataFrame, ids: Sequence[str]) -> str:
    counts = cells.says.value_counts()
    said = ", ".join(f"{topic_words(state)} {n}" for state, n in counts.items())
    found = cells[cells.state.isin(FOUND)].groupby("topic").size().reindex(chosen.topic, fill_value=0)
    most = (
        f" Most often regulated: {topic_words(found.idxmax())} ({found.max()} of {len(ids)})." if np.any(found) else ""
    )
    return f"{title}: a heat map of {len(chosen)} topics by {len(ids)} instruments. Cells: {said}.{most}"
