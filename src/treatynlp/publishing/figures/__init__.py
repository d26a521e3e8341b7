"""Figures of a release, fit for print: drawn from its tables alone, so that they work on anyone's release.

Each takes the tables (a `Release`, or any mapping of table names to data frames) and returns a matplotlib figure that
also says in words what it shows (`.alt`). What there is to draw is declared once, in `kinds`.

>>> from treatynlp.publishing.figures import heat_map, to_svg                    # doctest: +SKIP
>>> heat_map(treatynlp.release(), families=["criminalisation"])                  # doctest: +SKIP
"""

from treatynlp.publishing.figures.kinds import *  # noqa: F403
from treatynlp.publishing.figures.kinds import __all__ as __all__
