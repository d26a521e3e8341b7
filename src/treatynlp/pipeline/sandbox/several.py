"""Several documents at a time, each thread with a process of its own in which documents are opened (see `process`)."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FEW = 4


def at_a_time() -> int:
    """Documents worked on at a time on this machine. Each needs a core, and a process with a model in it (270 MB)."""
    return min(_FEW, os.cpu_count() or 1)


def map_in_order(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """What comes of each item, in the order of the items, on as many cores as there are. No more results wait to be
    taken than are being made, however many items there are. An exception of the work comes where its result would.

    >>> list(map_in_order(str.upper, ["a", "b", "c"]))
    ['A', 'B', 'C']
    """
    # One alone needs no thread, and goes to the process that this thread may have started already.
    if len(items) < 2:
        yield from map(work, items)
        return
    rest, waiting = iter(items), deque[Future[R]]()
    pool = _threads(os.getpid())
    try:
        # Twice as many as there are threads: none stands idle while the caller does something with a result.
        waiting.extend(pool.submit(work, one) for one in islice(rest, 2 * at_a_time()))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(work, one) for one in islice(rest, 1))
            yield found
    finally:
        # Whoever stops taking results (an error, Ctrl-C) leaves no thread at work in a workspace that is given back.
        wait([one for one in waiting if not one.cancel()])


@cache
def _threads(owner: int) -> ThreadPoolExecutor:
    """The threads of this process (of `owner`: a fork has none of them). They stay, and with each its process, which
    takes seconds to load its model: a second run, or a second list of files, begins at once."""
    return ThreadPoolExecutor(at_a_time(), "treatynlp")
