"""The figures by the names they are asked for, each with what can be chosen in it.

A further figure is its module, its lines here, and its tests: the package and the command line read this.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from inspect import signature
from typing import Any

from treatynlp.errors import DataError, issue
from treatynlp.publishing.figures.bands import bands
from treatynlp.publishing.figures.calibration import calibration
from treatynlp.publishing.figures.dendrogram import dendrogram
from treatynlp.publishing.figures.drawing import Drawing, to_png, to_svg
from treatynlp.publishing.figures.harmony import harmonisation
from treatynlp.publishing.figures.heat import heat_map
from treatynlp.publishing.figures.parameters import parameter_plot
from treatynlp.publishing.figures.timeline import timeline
from treatynlp.publishing.selection import Tables, unknown_names
from treatynlp.publishing.sheet_words import spoken

__all__ = [
    "KINDS", "Drawing", "bands", "calibration", "dendrogram", "figure", "harmonisation", "heat_map", "parameter_plot",
    "timeline", "to_png", "to_svg",
]  # fmt: skip


def two_columns(tables: Tables, *, instruments: Sequence[str] = ()) -> Drawing:
    """Which article of one instrument answers which of another; exactly two are named."""
    if len(instruments) != 2:
        raise DataError(issue("plot-needs-two", "bands", named=len(instruments), hint=_most_alike(tables)))
    return bands(tables, *instruments)


def _most_alike(tables: Tables) -> str:
    known = tables["similarity"].dropna(subset=["thematic"])
    if known.empty:
        return ""
    row = known.sort_values("thematic", kind="stable").iloc[-1]
    return f"; the most alike are {row.left} and {row.right}"


TOLD = 20
"""Attributes that are told where none was named."""


def one_attribute(
    tables: Tables, *, attribute: str = "", topics: Sequence[str] = (), instruments: Sequence[str] = ()
) -> Drawing:
    """One attribute across instruments: periods, thresholds, ages."""
    there = spoken(dict.fromkeys(tables["parameters"].attribute), TOLD)
    if not there:
        raise DataError(issue("nothing-to-plot.parameters", "parameters"))
    if not attribute:
        raise DataError(issue("plot-needs-attribute", "parameters", known=there))
    return parameter_plot(tables, attribute, topics=topics, instruments=instruments)


KINDS: dict[str, Callable[..., Drawing]] = {
    "heatmap": heat_map, "dendrogram": dendrogram, "bands": two_columns, "timeline": timeline,
    "parameters": one_attribute, "harmonisation": harmonisation,
}  # fmt: skip


def meaningless(kind: str, asked: dict[str, Any]) -> tuple[str, ...]:
    """What was asked for that a figure of this kind has no use for."""
    takes = signature(KINDS[kind]).parameters
    return tuple(name for name, value in asked.items() if value and name not in takes)


def _asked(tables: Tables, asked: dict[str, Any]) -> Iterator[tuple[str, Sequence[str], Iterable[str]]]:
    """What was named, and among which words it must be."""
    yield "instrument", asked.get("instruments") or (), tables["instruments"].id
    yield "family", asked.get("families") or (), tables["topics"].family
    yield "topic", asked.get("topics") or (), tables["topics"].topic
    if attribute := asked.get("attribute"):
        yield "attribute", (attribute,), tables["parameters"].attribute


def figure(tables: Tables, kind: str, **asked: Any) -> Drawing:
    """The figure of that kind, with what was asked for; what was not asked for takes its default.

    DataError with a row for each thing that is unknown, or where there is nothing to draw.
    """
    if faults := [row for kind, named, words in _asked(tables, asked) for row in unknown_names(kind, named, words)]:
        raise DataError(*faults)
    return KINDS[kind](tables, **{name: value for name, value in asked.items() if value})
