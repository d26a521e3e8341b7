"""The dendrogram: which instruments are alike, as a tree."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.cluster.hierarchy import dendrogram as branches
from scipy.spatial.distance import squareform

from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import HALF, INK, UNDER_NAME, Drawing, draw_key, hide_frame, note, sheet
from treatynlp.publishing.figures.palette import BLUE, VERMILION
from treatynlp.publishing.selection import Tables, chosen_instruments, each, instrument_names
from treatynlp.publishing.sheet_words import spoken

STEP, WIDTH, EDGE = 0.24, 5.0, 0.1
"""Inches of a row, across, and around."""
LEAF = 10
"""What scipy counts from one leaf to the next."""
ROOM, LEAST = 1.04, 0.05
"""The axis of distances as a multiple of the widest, and its end where copies have none."""
TOLD = 40
"""Instruments that the text for those who do not see the figure names."""
MEASURES = {
    "thematic": "Jaccard index of the topics they regulate",
    "textual": "TF-IDF cosine of their operative words",
}
METHODS = ("average", "complete", "single")
"""Ways of joining that need no squares of distances: these are not Euclidean."""


def dendrogram(
    tables: Tables, *, instruments: Sequence[str] = (), measure: str = "thematic", method: str = "average"
) -> Drawing:
    """Which instruments are alike: joined from the most alike to the least, by distance 1 − similarity.

    `measure` is thematic or textual, `method` how the distance of two groups is taken (average, complete, single; see
    Müllner, arXiv:1109.2378). An instrument whose distance to others is not known is left out and named. The note gives
    the cophenetic correlation: how truly the tree keeps the distances. Likeness is not equivalence, and a tree is
    drawn of any distances whatever, also where there are no groups.
    """
    ids = chosen_instruments(tables, instruments)
    far, dropped = _distances(tables["similarity"], ids, measure)
    if len(far) < 2:
        raise DataError(issue("nothing-to-plot.likeness", "similarity"))
    # Optimal order: a tree may be turned at every joint, and without it neighbours on paper need not be alike.
    joined = linkage(squareform(far.to_numpy(), checks=False), method=method, optimal_ordering=True)
    drawn = branches(joined, no_plot=True, labels=list(far.index))
    title = f"Which instruments are alike: {measure} distance"
    with sheet(title, WIDTH, STEP * len(far) + EDGE) as (figure, axes):
        _branches(axes, drawn)
        _labels(axes, tables, drawn["ivl"], float(joined[:, 2].max()))
        axes.set_xlabel(f"distance: 1 − {MEASURES[measure]}")
        marks = [(_dot(binds), said) for binds, said in ((True, "binding"), (False, "not binding"))]
        end = draw_key(axes, marks, below=UNDER_NAME)
        note(axes, _small_print(tables, dropped, method, _kept(joined, far)), end)
        pair = tuple(instrument_names(tables, [far.index[int(n)] for n in sorted(joined[0, :2])]).values())
        figure.alt = (
            f"{title}, as a tree of {len(far)} instruments. First joined: {pair[0]} and {pair[1]}, at distance "
            f"{joined[0, 2]:.2f}. From top to bottom: {spoken(reversed(drawn['ivl']), TOLD)}."
        )
    return figure


def _distances(similarity: pd.DataFrame, ids: Sequence[str], measure: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The distances of every two instruments; those of which some distance is not known are left out, the least known
    first."""
    far = pd.DataFrame(np.nan, index=list(ids), columns=list(ids))
    for row in each(similarity[similarity.left.isin(ids) & similarity.right.isin(ids)]):
        far.loc[row.left, row.right] = far.loc[row.right, row.left] = 1 - getattr(row, measure)
    for ident in ids:
        far.loc[ident, ident] = 0.0
    dropped = []
    # Clustering needs every distance. The least known instrument goes first, so that as few as can be are left out.
    while far.isna().to_numpy().any():
        dropped.append(str(far.isna().sum().idxmax()))
        far = far.drop(index=dropped[-1], columns=dropped[-1])
    return far.clip(0, 1), tuple(dropped)


def _branches(axes: Axes, drawn: dict[str, list[list[float]]]) -> None:
    for across, along in zip(drawn["dcoord"], drawn["icoord"], strict=True):
        axes.plot(across, along, color=INK, lw=1.0, solid_joinstyle="miter")


def _labels(axes: Axes, tables: Tables, order: Sequence[str], widest: float) -> None:
    places, names = [LEAF * (n + HALF) for n in range(len(order))], instrument_names(tables, order, year=True)
    binding = tables["instruments"].set_index("id").binding
    # Distance grows to the left, so that names stand at the right end of the leaves; a floor keeps copies apart from
    # it.
    axes.set_xlim(max(widest * ROOM, LEAST), 0)
    axes.set_ylim(0, LEAF * len(order))
    axes.yaxis.tick_right()
    hide_frame(axes)
    axes.spines["bottom"].set_visible(True)
    axes.tick_params(axis="x", length=3)
    axes.set_yticks(places, [names[ident] for ident in order])
    axes.tick_params(axis="y", pad=9)
    for place, ident in zip(places, order, strict=True):
        dot = _dot(bool(binding[ident]))
        dot.set_data([0], [place])
        dot.set_clip_on(False)
        axes.add_line(dot)


def _dot(binds: bool) -> Line2D:
    colour, marker = (BLUE, "o") if binds else (VERMILION, "D")
    face = colour if binds else "white"
    return Line2D([], [], ls="", marker=marker, markersize=5, color=colour, markerfacecolor=face, zorder=3)


def _kept(joined: Any, far: pd.DataFrame) -> str:
    """How truly the tree keeps the distances; not defined where they are all the same."""
    pairs = squareform(far.to_numpy(), checks=False)
    return f"{cophenet(joined, pairs)[0]:.2f}" if np.ptp(pairs) else "not defined, as all distances are the same"


def _small_print(tables: Tables, dropped: Sequence[str], method: str, kept: str) -> str:
    said = f"Hierarchical clustering, {method} linkage; cophenetic correlation {kept}."
    if dropped:
        said += f" Left out, since their likeness is not known: {spoken(instrument_names(tables, dropped).values())}."
    return f"{said} Likeness of topics or words is no equivalence in law."
