"""Figures of a release, fit for print: drawn from its tables alone, so that they work on anyone's release.

Each takes the tables (a `Release`, or any mapping of table names to data frames) and returns a matplotlib figure that
also says in words what it shows (`.alt`).

>>> from treatynlp.publishing.figures import heat_map, to_svg                    # doctest: +SKIP
>>> heat_map(treatynlp.release(), families=["criminalisation"])                  # doctest: +SKIP
"""

from treatynlp.publishing.figures.bands import bands
from treatynlp.publishing.figures.calibration import calibration
from treatynlp.publishing.figures.dendrogram import dendrogram
from treatynlp.publishing.figures.drawing import Drawing, to_png, to_svg
from treatynlp.publishing.figures.harmony import harmonisation
from treatynlp.publishing.figures.heat import heat_map
from treatynlp.publishing.figures.parameters import parameter_plot
from treatynlp.publishing.figures.timeline import timeline

__all__ = [
    "Drawing", "bands", "calibration", "dendrogram", "harmonisation", "heat_map", "parameter_plot", "timeline",
    "to_png", "to_svg",
]  # fmt: skip
