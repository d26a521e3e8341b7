"""What all figures share: the sheet they are drawn on, its title, key and note, and the bytes of a file.

Everything is laid out in inches around the field of data, and the sheet is cut to what is on it: so long titles and
many instruments make a larger sheet, and nothing overlaps or is cut off.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import Any

import matplotlib as mpl
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

INK, FAINT, LINE = "#1A1A1A", "#5F6368", "#C9CCD1"
SIZE, SMALL, LARGE = 8.0, 7.0, 10.0
"""Points of labels, of small print, of titles."""
WIDE = 0.62
"""Width of a character of our face, as a share of its height: on the large side, so that nothing runs out."""
POINTS = 72
"""Of an inch."""
SCREEN, PRINT = 144, 300
"""Dots an inch."""
SIGN, KEY_LINE, AFTER_KEY = 34, 1.6, 6
"""Of the key: points of a sign with the space around it, letters' heights of a line, points below it."""
SHORTEST_LINE = 60
"""Letters of a line of small print at the least, however narrow the field is."""
UNDER_NAME, UNDER_TICKS = 34, 22
"""Points below the field where its key begins: under an axis with a name, or with nothing but numbers."""
BESIDE, JUST_LEFT = 1.02, -0.012
"""Where words beside the field begin, and those left of it end, as a share of its width."""
HALF = 0.5
"""A row or column reaches so far to either side of its middle."""
Rows = Mapping[str, float]
"""Where each name stands, from the top; a group's head under its name with a `/` behind."""
STYLE: Any = {
    # The face that matplotlib brings along: any other may be missing, and another face breaks lines elsewhere. No
    # formulas are parsed, since a title of a treaty may hold a dollar sign.
    "font.family": "DejaVu Sans", "font.size": SIZE, "text.parse_math": False, "text.color": INK,
    "axes.edgecolor": LINE, "axes.labelcolor": INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.titlelocation": "left", "axes.titlesize": LARGE, "axes.titleweight": "bold", "axes.titlepad": 10.0,
    "xtick.color": FAINT, "xtick.labelcolor": INK, "ytick.color": FAINT, "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6, "hatch.color": "#8A8F98", "legend.frameon": False, "legend.fontsize": SMALL,
    # With a salt of our own: the ids in an SVG are drawn by lot otherwise, and the bytes would differ each time.
    "svg.fonttype": "none", "svg.hashsalt": "treatynlp", "figure.facecolor": "white",
}  # fmt: skip
"""Text stays text in an SVG, so that it can be read aloud, searched and set in a journal's own face."""


class Drawing(Figure):
    """A figure with its title and a text that says what is to be seen, for those who do not see it."""

    title: str = ""
    alt: str = ""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": to_png(self, SCREEN), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}

    def __repr__(self) -> str:
        return self.alt or super().__repr__()


@contextmanager
def sheet(title: str, width: float, height: float) -> Iterator[tuple[Drawing, Axes]]:
    """A sheet whose field of data is `width` × `height` inches, drawn on in the common style."""
    with mpl.rc_context(STYLE):
        figure = Drawing(figsize=(width, height))
        figure.title = title
        axes = figure.add_axes((0, 0, 1, 1))
        yield figure, axes
        # After the block has drawn: only then is it known how wide the sheet is, and long titles of two treaties are
        # usual.
        axes.set_title(fill(title, int((width + 2) * POINTS / (LARGE * WIDE))))


def stacked(groups: Iterable[tuple[str, Iterable[str]]], head: float) -> dict[str, float]:
    """Groups one below the other, the head of each in a row of its own, a little more (`head`) below the one above it.

    >>> stacked([("flora", ["oak"]), ("fauna", ["owl"])], head=1.5)
    {'flora/': 0.0, 'oak': 1.0, 'fauna/': 2.5, 'owl': 3.5}
    """
    rows: dict[str, float] = {}
    at = -head
    for group, names in groups:
        at += head
        rows[f"{group}/"] = at
        for name in names:
            at += 1
            rows[name] = at
    return rows


def hide_frame(axes: Axes) -> None:
    """A field without frame and ticks."""
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def draw_key(axes: Axes, entries: Sequence[tuple[Any, str]], below: float) -> float:
    """The key, so many points below the field; says how far below it ends."""
    if not entries:
        return below
    longest = max(len(said) for _, said in entries)
    wide = _width(axes) * POINTS
    columns = max(1, min(len(entries), int(wide // (longest * SMALL * WIDE + SIGN))))
    axes.legend(
        [artist for artist, _ in entries], [said for _, said in entries], ncols=columns, loc="upper left",
        bbox_to_anchor=(0, 0), bbox_transform=_under(axes, below), borderaxespad=0, borderpad=0, handlelength=1.8,
        handleheight=1.0, columnspacing=1.4, labelspacing=0.5,
    )  # fmt: skip
    return below + -(-len(entries) // columns) * SMALL * KEY_LINE + AFTER_KEY


def note(axes: Axes, words: str, below: float) -> None:
    """Small print under the field: what was left out, and what must not be concluded."""
    text = fill(words, max(SHORTEST_LINE, int(_width(axes) * POINTS / (SMALL * WIDE))))
    axes.text(
        0, 0, text, transform=_under(axes, below), fontsize=SMALL, color=FAINT, va="top", linespacing=1.35, wrap=False
    )  # fmt: skip


def _width(axes: Axes) -> float:
    whole = axes.get_figure(root=True)
    assert whole is not None
    return float(whole.get_size_inches()[0])


def _under(axes: Axes, below: float) -> Any:
    return axes.transAxes + ScaledTranslation(0, -below / POINTS, axes.figure.dpi_scale_trans)


def to_png(figure: Drawing, dots: int = PRINT) -> bytes:
    """The figure as a PNG of so many dots an inch, with its title and text; the same bytes for the same figure."""
    out, size = io.BytesIO(), figure.dpi
    # The program's version is left out: it would make other bytes of the same figure.
    about = {"Title": figure.title, "Description": figure.alt, "Software": None}
    with mpl.rc_context(STYLE):
        figure.savefig(out, format="png", dpi=dots, bbox_inches="tight", pad_inches=0.12, metadata=about)
    # Put back: saving changes it, and the same figure may be shown in a notebook afterwards.
    figure.set_dpi(size)
    return out.getvalue()


def to_svg(figure: Drawing) -> bytes:
    """The figure as an SVG that screen readers can tell; the same bytes for the same figure."""
    out = io.BytesIO()
    with mpl.rc_context(STYLE):
        about = {"Date": None, "Creator": "treatynlp"}
        figure.savefig(out, format="svg", bbox_inches="tight", pad_inches=0.12, metadata=about)
    return _told(out.getvalue(), figure)


def _told(svg: bytes, figure: Drawing) -> bytes:
    root = etree.fromstring(svg)
    space = root.tag.partition("}")[0] + "}"
    for place, (name, words) in enumerate((("title", figure.title), ("desc", figure.alt))):
        element = etree.Element(f"{space}{name}", id=f"figure-{name}")
        element.text = words
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", "figure-title figure-desc")
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="utf-8", standalone=False))
