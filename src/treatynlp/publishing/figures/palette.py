"""Colours, signs and hatches. Nothing is said by colour alone: each meaning has a sign or a line of its own too.

Colours of kinds are those of Okabe and Ito (Color Universal Design, 2008); scales are matplotlib's cividis (Nuñez,
Anderton and Renslow, PLOS ONE 13(7), 2018). Both are told apart by people with any of the common colour blindnesses.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from treatynlp.publishing.legend import LEGEND, State

ORANGE, SKY, GREEN, BLUE, VERMILION, PURPLE = "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7"
GREY = "#9AA0A6"
SERIES = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
EDGE = 0.8
"""Points of the edge of a sign; a letter is one already."""
MARKERS = ("o", "s", "^", "D", "v", "P")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How one meaning looks: its fill, its sign and the sign's colour, its hatch, and what the key says.

    A sign is a marker of matplotlib's, or a letter written as `'S'`.
    """

    fill: str
    marker: str
    ink: str
    says: str
    hatch: str = ""
    style: str = "full"

    def sign(self, size: float) -> dict[str, Any]:
        """The sign as matplotlib's lines take it."""
        letter = self.marker.startswith("'")
        half = {"fillstyle": self.style, "markerfacecoloralt": "white"} if self.style != "full" else {}
        return half | {
            "ls": "", "color": self.ink, "markeredgecolor": self.ink, "markeredgewidth": 0.0 if letter else EDGE,
            "marker": _letter(self.marker.strip("'")) if letter else self.marker, "markersize": size,
        }  # fmt: skip


@cache
def _letter(letter: str) -> Path:
    """The outline of a letter around its middle, as a sign that needs no font where it is shown."""
    path = TextPath((0, 0), letter, size=10, prop=FontProperties(family="DejaVu Sans", weight="bold"))
    box = path.get_extents()
    return Path(path.vertices - ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2), path.codes)


def _look(state: State) -> CellStyle:
    """A state as the legend has it; a half-filled circle is matplotlib's marker `o` filled on its left."""
    half = state.marker == "half"
    said = f"{state.word}: {state.means.partition(':')[0]}"
    return CellStyle(
        fill=state.fill,
        marker="o" if half else state.marker,
        ink=state.ink,
        says=said,
        hatch=state.hatch,
        style="left" if half else "full",
    )


STATES = {name: _look(state) for name, state in LEGEND.items()}
"""The states of a cell."""

STRENGTHS = {
    "obligation": CellStyle("#00224E", "'S'", "white", "S  shall (obligation)"),
    "prohibition": CellStyle("#4A566C", "'N'", "white", "N  shall not (prohibition)"),
    "recommendation": CellStyle("#8A8678", "'R'", "white", "R  should (recommendation)"),
    "permission": CellStyle("#C7B866", "'M'", "#1A1A1A", "M  may (permission)"),
    "declaration": CellStyle("#F3E48A", "'D'", "#1A1A1A", "D  declares"),
}
"""From what is owed to what is merely said, in cividis from dark to light."""

RELATIONS = {
    "same_terms": CellStyle(BLUE, "'='", "white", "=  same on the terms compared"),
    "left_wider": CellStyle(VERMILION, "<", "white", "left criminalises more"),
    "right_wider": CellStyle(GREEN, ">", "white", "right criminalises more"),
    "left_stronger": CellStyle(VERMILION, "<", "white", "left asks more", style="left"),
    "right_stronger": CellStyle(GREEN, ">", "white", "right asks more", style="left"),
    "opposed": CellStyle("#1A1A1A", "D", "white", "opposed: one forbids what the other asks"),
    "mixed": CellStyle(GREY, "x", "white", "x  terms differ, not all one way"),
    "not_compared": CellStyle("#E3E5E8", "o", "#5F6368", "too few terms read to compare"),
}
"""What one provision asks against the other."""
