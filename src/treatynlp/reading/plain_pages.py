"""Heads and feet of pages in plain text: what was printed on every page of a document stands among its words.

A line is one when it comes again page by page, each time beside a page's number or a form feed. A number alone, or a
line that comes again soon ("(repealed)" under number after number), is the text's own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

TIMES = 3
"""A line that comes so often may be the head or foot of pages."""
PAGE = 15
"""A page has at least so many lines, empty ones counted."""
FIRST = 3
"""Among so many lines at the top of the text its title stands, which its pages may repeat."""
_NUMBER = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}")


def page_lines(lines: Sequence[str]) -> frozenset[int]:
    """Which of the lines are heads or feet of pages, or the pages' numbers beside them."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    beside = {at: set(near) for at, near in _neighbours(filled)}
    numbers = {at for at in filled if _NUMBER.fullmatch(lines[at].strip())}
    fed = {at for at in filled if "\f" in lines[at]}
    fed |= {above for above, below in pairwise(filled) if any("\f" in line for line in lines[above + 1 : below + 1])}
    places: dict[str, list[int]] = defaultdict(list)
    for at in filled[FIRST:]:
        if (at in fed or beside[at] & numbers) and at not in numbers:
            places[" ".join(lines[at].split())].append(at)
    heads = {at for found in places.values() if _come_again(found, set(found) <= fed) for at in found}
    own = {at for at in numbers if at in fed or beside[at] & heads}
    counting = [int(match[1]) for at in sorted(own) if (match := _NUMBER.fullmatch(lines[at].strip()))]
    counts = all(below == above + 1 for above, below in pairwise(counting))
    return frozenset(heads | own if counts else heads & fed)


def _neighbours(filled: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each line that is not empty, with those above and below it."""
    for place, at in enumerate(filled):
        yield at, (*filled[max(0, place - 1) : place], *filled[place + 1 : place + 2])


def _come_again(places: Sequence[int], fed: bool) -> bool:
    """Whether lines come again often enough, and no sooner than pages do; twice is enough where a form feed says each
    time that a page begins (a text of three pages)."""
    return len(places) >= TIMES - fed and all(below - above >= PAGE for above, below in pairwise(places))
