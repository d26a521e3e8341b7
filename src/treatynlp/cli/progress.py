"""How far a command is: bars on a terminal, nothing in a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


def bar(items: Iterable[Item], doing: str, total: int | None = None) -> Iterable[Item]:
    """The items, counted by a bar on a terminal; in a pipe nothing is drawn."""
    # On stderr, and gone when done: answers in a pipe stay clean. `disable=None` asks whether it is a terminal.
    return tqdm(items, desc=doing, total=total, disable=None, file=sys.stderr, leave=False)


@contextmanager
def counting() -> Iterator[Callable[[str, int, int], None]]:
    """A bar that a run tells how far it is: stage, done, total."""
    with tqdm(disable=None, file=sys.stderr, leave=False) as drawn:

        def progress(stage: str, done: int, total: int) -> None:
            drawn.desc, drawn.total, drawn.n = f"{stage}: ", total, done
            drawn.refresh()

        yield progress
