"""How many topics two instruments regulate, both or either: counted by tables, for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.states import OPEN

Flags = npt.NDArray[np.float64]
"""Instruments down, topics across; 1 where it holds."""
Table = npt.NDArray[np.float64]
"""Instruments down and across."""

FLAGS = 5
"""What is asked of each cell: the five flags of `Counts`, in their order."""


def unknown(cell: Cell) -> bool:
    """Whether the instrument might regulate the topic without our knowing."""
    return cell.state in OPEN


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The cells by topic (each row in the order of `ids`), and what holds of each: whether it is `there`, `found`,
    claimed at all (`known`), `unsure`, or at least not claimed to be absent (`likely`)."""

    ids: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    there: Flags
    found: Flags
    known: Flags
    unsure: Flags
    likely: Flags

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Self:
        by_topic: dict[str, dict[str, Cell]] = {}
        ids: dict[str, int] = {}
        for cell in cells:
            ids.setdefault(cell.instrument, len(ids))
            by_topic.setdefault(cell.topic, {})[cell.instrument] = cell
        rows = tuple(tuple(row.get(one) for one in ids) for row in by_topic.values())
        states = [[(True, one.found, one.known, unknown(one), one.state != "absent") if one else (False,) * FLAGS
                   for one in row] for row in rows]  # fmt: skip
        flags = np.array(states, dtype=np.float64).reshape(len(rows), len(ids), FLAGS)
        return cls(tuple(ids), rows, *(flags[:, :, n].T for n in range(FLAGS)))

    @property
    def both(self) -> Table:
        """Topics that both regulate."""
        return _both(self.found)

    @property
    def of_row(self) -> Table:
        """Topics that the instrument of the row regulates, of those known in both."""
        return self.found @ self.known.T

    @property
    def either(self) -> Table:
        """Topics that one of them regulates, of those known in both."""
        return self.of_row + self.of_row.T - self.both

    @property
    def assessed(self) -> Table:
        """Topics that are known in both."""
        return _both(self.known)

    @property
    def unknown(self) -> Table:
        """Topics that are unknown in one of them."""
        return _both(self.there) - _both(self._sure)

    @property
    def possible(self) -> Table:
        """Topics unknown in one of them that both may yet be found to regulate."""
        return _both(self.likely) - _both(self.likely * self._sure)

    @property
    def of_other(self) -> Table:
        """Topics unknown in one of them that the other regulates."""
        sure = self.found * self._sure
        beside = self.found @ self.there.T - sure @ self._sure.T
        return beside + beside.T - (self.both - _both(sure))

    @property
    def _sure(self) -> Flags:
        return self.there * (1 - self.unsure)


def _both(flags: Flags) -> Table:
    return flags @ flags.T
