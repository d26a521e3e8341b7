"""Calibration: whether the machine's scores mean what they say."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import (
    FAINT,
    LINE,
    SMALL,
    UNDER_NAME,
    Drawing,
    draw_key,
    hide_frame,
    note,
    sheet,
)
from treatynlp.publishing.figures.palette import BLUE, VERMILION
from treatynlp.publishing.selection import each

SQUARE, OFF = 3.8, 4
"""Inches of the field, and points between a mark and its count."""
LOOKS = {"real": ("o", BLUE, "real instruments, each left out of training"),
         "fictional": ("s", VERMILION, "fictional conventions, worded far from treaty style")}  # fmt: skip


def calibration(bins: pd.DataFrame) -> Drawing:
    """For each range of scores the share of labels that people gave too, against the mean score.

    `bins` is the table `calibration` of `treatynlp.measured()`. On the diagonal scores are honest; below it the machine
    is surer than it should be. The figure beside a mark counts the labels in its range.
    """
    bins = bins[bins.pairs > 0]
    if bins.empty:
        raise DataError(issue("nothing-to-plot.calibration", "calibration"))
    with sheet("Are the scores honest?", SQUARE, SQUARE) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=FAINT, lw=0.8, ls="--")
        for on, (marker, colour, _) in LOOKS.items():
            _marks(axes, bins[bins.on == on], marker, colour)
        _frame(axes)
        entries = [(Line2D([], [], marker=marker, color=colour), says) for marker, colour, says in LOOKS.values()]
        honest = (Line2D([], [], color=FAINT, lw=0.8, ls="--"), "a score that means what it says")
        end = draw_key(axes, [*entries, honest], below=UNDER_NAME)
        note(axes, "Beside each mark the number of labels whose score lay in its tenth.", end)
        figure.alt = f"{figure.title} {'; '.join(map(_said, each(bins)))}."
    return figure


def _marks(axes: Axes, bins: pd.DataFrame, marker: str, colour: str) -> None:
    axes.plot(bins.mean_score, bins.share_given, marker=marker, color=colour, markersize=5, lw=1)
    left = marker == "o"
    # The counts of the two lines on opposite sides, since the marks of honest scores lie close to one another.
    offset, side = ((-OFF, OFF), "right") if left else ((OFF, -OFF), "left")
    for row in each(bins):
        axes.annotate(f"{row.pairs}", (row.mean_score, row.share_given), offset, textcoords="offset points", ha=side,
                      va="center", fontsize=SMALL - 1, color=colour)  # fmt: skip


def _frame(axes: Axes) -> None:
    hide_frame(axes)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("mean score of the labels")
    axes.set_ylabel("share that people gave too")
    axes.grid(color=LINE, lw=0.4)


def _said(row: object) -> str:
    mean, share, on = (getattr(row, name) for name in ("mean_score", "share_given", "on"))
    return f"{on}: of labels of score {mean:.2f}, {share:.2f} were given by people"
