"""Alignment bands: two instruments as two columns of articles, a band wherever one answers the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.drawing import FAINT, HALF, SMALL, Drawing, draw_key, hide_frame, note, sheet
from treatynlp.publishing.figures.palette import RELATIONS, CellStyle
from treatynlp.publishing.selection import Tables, each, instrument_names, known_names, topic_words
from treatynlp.publishing.sheet_words import sheet_text

STEP, WIDTH, BOX = 0.19, 4.2, 0.025
"""Inches an article takes, inches between the columns, and a box's share of them."""
LONGEST = 64
"""Letters beside a box: citation and heading."""
TALL, NAME, SIGN = 0.76, 0.015, 0.03
"""A box's share of its row; and shares of the width between a box and its words, and between it and a band's sign."""
NARROWEST, BROADER = 0.06, 0.3
"""Half a band's width in rows: never narrower than can be seen, and at most three quarters of a row in all, so that
neighbours stay apart."""
ALONE, SHARING, IN_KEY = 4.6, 3.2, 4.5
"""Points of a band's sign where it has its box to itself, where it shares it, and in the key."""
CURVE = 3
"""Points that a cubic curve takes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One side: its units (articles, or what stands in their place) from top to bottom, and what is written beside."""

    ident: str
    said: Mapping[str, str]

    def height(self, unit: str, rows: int) -> float:
        """Where the middle of a unit stands, the columns being stretched to the same length."""
        return (list(self.said).index(unit) + HALF) * rows / len(self.said)


def bands(tables: Tables, left: str, right: str, *, least: float = 0.0) -> Drawing:
    """Which article of one instrument answers which of the other: the wider the band, the surer the match; colour and
    sign say what one asks against the other. Hollow boxes have no counterpart. Matches below the score `least` are not
    drawn.
    """
    # Asked first: an unknown name would else be told as two instruments without matches.
    known_names("instrument", (left, right), tables["instruments"].id)
    table, turned = _between(tables["alignments"], left, right)
    if table.empty:
        raise DataError(issue("nothing-to-plot.pair", f"{left}, {right}"))
    units = {left: _units(tables, table.left_eid, left), right: _units(tables, table.right_eid, right)}
    matched = _matched(table, units, turned)
    matched = matched[matched.score >= least]
    columns = [Column(ident, _said(tables, ident, units[ident])) for ident in (left, right)]
    rows = max(len(column.said) for column in columns)
    title = " and ".join(instrument_names(tables, (left, right)).values())
    with sheet(f"{title}: what answers what", WIDTH, STEP * rows) as (figure, axes):
        axes.set_xlim(0, 1)
        axes.set_ylim(rows, 0)
        hide_frame(axes)
        axes.set_xticks([])
        axes.set_yticks([])
        for side, column in enumerate(columns):
            _column(axes, column, side, rows, set(matched[("left", "right")[side]]))
        _draw(axes, matched, columns, rows)
        used = [look for name, look in RELATIONS.items() if (matched.relation == name).any()]
        entries = [(_entry(look), look.says) for look in used]
        hollow = Patch(facecolor="white", edgecolor=FAINT, hatch="////", lw=0.6)
        note(axes, _SMALL_PRINT, draw_key(axes, [*entries, (hollow, "without counterpart")], below=8))
        figure.alt = _alt(figure.title, matched, columns)
    return figure


_SMALL_PRINT = (
    "The wider a band, the surer the machine is of the match. Relations come from parameters and modality, never from "
    "likeness of words; same terms means: no difference was found on the terms compared."
)


def _between(table: pd.DataFrame, left: str, right: str) -> tuple[pd.DataFrame, bool]:
    """The rows of the two, with the left one left; and whether the release has them the other way round."""
    rows = table[(table.left == left) & (table.right == right)]
    if not rows.empty:
        return rows, False
    # A pair stands once in the table, in the registry's order; a figure may ask for it either way round.
    rows = table[(table.left == right) & (table.right == left)]
    swap = {f"{a}_{n}": f"{b}_{n}" for a, b in (("left", "right"), ("right", "left")) for n in ("eid", "citation")}
    return rows.rename(columns=swap | {"left": "right", "right": "left"}), True


def _units(tables: Tables, eids: "pd.Series[str]", ident: str) -> dict[str, str]:
    """For each address aligned, and each article: the article it stands in, or itself where it stands in none."""
    provisions = tables["provisions"]
    own = provisions[provisions.instrument == ident].sort_values("order")
    articles = own[own.kind == "article"].eid.tolist()
    aligned = [eid for eid in dict.fromkeys(eids.dropna()) if eid not in set(articles)]
    found = {eid: eid for eid in articles}
    for eid in aligned:
        inside = [article for article in articles if eid.startswith(f"{article}__")]
        # The innermost article: an annex may have articles of its own, whose addresses begin with the annex's.
        found[eid] = max(inside, key=len) if inside else eid
    order = dict(zip(own.eid, own.order, strict=True))
    return dict(sorted(found.items(), key=lambda pair: int(order.get(pair[1], len(order)))))


def _said(tables: Tables, ident: str, units: Mapping[str, str]) -> dict[str, str]:
    provisions = tables["provisions"]
    own = provisions[provisions.instrument == ident].set_index("eid")
    shown = own.reindex(list(dict.fromkeys(units.values())))
    pairs = zip(shown.index, shown.citation.fillna(""), shown.heading.fillna(""), strict=True)
    return {eid: sheet_text(f"{citation or eid}  {heading}", LONGEST) for eid, citation, heading in pairs}


_TURNED = {f"{one}_{how}": f"{other}_{how}" for how in ("wider", "stronger")
           for one, other in (("left", "right"), ("right", "left"))}  # fmt: skip


def _matched(table: pd.DataFrame, units: Mapping[str, Mapping[str, str]], turned: bool) -> pd.DataFrame:
    """One row for each two articles: the surest match between them."""
    rows = table[table.match == "matched"]
    ids = table.left.iloc[0], table.right.iloc[0]
    relation = rows.relation.replace(_TURNED if turned else {})
    pairs = pd.DataFrame({
        "left": rows.left_eid.map(units[ids[0]]), "right": rows.right_eid.map(units[ids[1]]),
        "score": rows.score, "relation": relation,
    })  # fmt: skip
    # Several paragraphs of two articles may match: one band for each would hide the others. The surest stands for all.
    return pairs.sort_values("score", ascending=False, kind="stable").drop_duplicates(["left", "right"]).sort_index()


def _column(axes: Axes, column: Column, side: int, rows: int, matched: set[str]) -> None:
    pitch = rows / len(column.said)
    for unit, said in column.said.items():
        y, has = column.height(unit, rows), unit in matched
        look: Any = {"facecolor": FAINT} if has else {"facecolor": "white", "hatch": "////"}
        corner = (side * (1 - BOX), y - pitch * TALL / 2)
        axes.add_patch(Rectangle(corner, BOX, pitch * TALL, edgecolor=FAINT, lw=0.6, clip_on=False, **look))
        place: Any = {"x": 1 + NAME, "ha": "left"} if side else {"x": -NAME, "ha": "right"}
        axes.text(y=y, s=said, va="center", fontsize=SMALL, color="#1A1A1A" if has else FAINT, **place)


def _draw(axes: Axes, matched: pd.DataFrame, columns: Sequence[Column], rows: int) -> None:
    """Every band. Where several leave one box they share its height, in the order of their other ends."""
    left, right = columns
    middles = matched.assign(
        a=[left.height(unit, rows) for unit in matched.left], b=[right.height(unit, rows) for unit in matched.right]
    )
    starts, ends = _ends(middles, "left", "b"), _ends(middles, "right", "a")
    for row, (lag, many), (end_lag, end_many) in zip(each(middles), starts, ends, strict=True):
        look, half = RELATIONS[str(row.relation)], NARROWEST + BROADER * float(row.score)
        y = float(row.a) + lag, float(row.b) + end_lag
        path = _band(y, (half / many, half / end_many))
        axes.add_patch(PathPatch(path, facecolor=look.fill, edgecolor="white", lw=0.3, alpha=0.65))
        for x, at, share in ((BOX + SIGN, y[0], many), (1 - BOX - SIGN, y[1], end_many)):
            axes.plot([x], [at], zorder=3, **look.sign(ALONE if share == 1 else SHARING))


def _ends(matched: pd.DataFrame, side: str, other: str) -> list[tuple[float, int]]:
    """How far each band's end lies from the middle of its box, and how many share the box."""
    groups = matched.groupby(side)[other]
    lags = zip(groups.rank("first"), groups.transform("size"), strict=True)
    return [((rank - (many + 1) / 2) * (2 * (NARROWEST + BROADER)) / many, int(many)) for rank, many in lags]


def _band(ends: tuple[float, float], halves: tuple[float, float]) -> Path:
    """A band between two heights, in a smooth curve, `halves` of its width at either end."""
    (start, end), (here, there) = ends, halves
    x0, x1, mid = BOX, 1 - BOX, HALF
    points = [(x0, start - here), (mid, start - here), (mid, end - there), (x1, end - there), (x1, end + there),
              (mid, end + there), (mid, start + here), (x0, start + here), (x0, start - here)]  # fmt: skip
    curve = [Path.CURVE4] * CURVE
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _entry(look: CellStyle) -> tuple[Patch, Line2D]:
    return Patch(facecolor=look.fill, alpha=0.75), Line2D([], [], **look.sign(IN_KEY))


def _alt(title: str, matched: pd.DataFrame, columns: Sequence[Column]) -> str:
    counts = ", ".join(f"{topic_words(name)} {n}" for name, n in matched.relation.value_counts().items())
    ends = zip(columns, ("left", "right"), strict=True)
    alone = [len(set(column.said) - set(matched[side])) for column, side in ends]
    sides = f"{len(columns[0].said)} articles left and {len(columns[1].said)} right"
    return (
        f"{title}. {sides}, {len(matched)} bands between them ({counts or 'none'}); without counterpart: "
        f"{alone[0]} left, {alone[1]} right."
    )
