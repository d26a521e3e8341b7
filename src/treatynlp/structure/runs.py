"""Which headings of articles make one count: the runs of a document, and the one of the instrument that is meant."""

import re
from collections.abc import Sequence
from itertools import pairwise

from treatynlp.reading.rows import Row
from treatynlp.structure.bodies import only_title
from treatynlp.structure.headings import FULL, Heading, article_headings, division_headings
from treatynlp.structure.numbered_headings import numbered_headings
from treatynlp.structure.numerals import Numeral
from treatynlp.structure.quotation import introduced_rows
from treatynlp.structure.sequence import NumberedHeading, article_runs
from treatynlp.structure.spacing import WIDE
from treatynlp.structure.vocabulary import article_patterns

FEWEST = 3
"""So many bare numbers with titles, counting from one, are the provisions of a text that names no unit."""

TITLE_ABOVE = 12
"""Rows above a first article or rule among which the titles of its Parts stand."""
INSTRUMENT_ABOVE = 60
"""Rows above a first article among which the title of its instrument stands, a preamble between them."""
AS_LONG = 0.7
"""Share of a list's entries that must follow as articles for it to be their list of contents. Set by eye."""
SHORT_ACT, LONGER = 5, 3
"""An act of no more articles than this that brings an instrument so many times as long only approves it."""


def find_runs(rows: Sequence[Row], language: str) -> list[list[NumberedHeading]]:
    """The runs of a document in order: one for each instrument or annex in it; lists of contents left out."""
    return _restarted(rows, _all_runs(rows, language), language)


def _all_runs(rows: Sequence[Row], language: str) -> list[list[NumberedHeading]]:
    """The runs of articles, by the first list of units that has one of two or more; lists of contents left out."""
    for style in range(len(article_patterns(language))):
        headings = _own(rows, article_headings(rows, style, language), language)
        found = [run for run in article_runs(headings) if len(run) > 1 or style == 0]
        found = [run for at, run in enumerate(found) if not _is_contents(rows, run, found[at + 1 :])]
        if any(len(run) > 1 for run in found) or (found and style == 0):
            return [*found, *_behind(rows, found, style, language)]
    bare = [
        run for run in article_runs(numbered_headings(rows, language)) if len(run) >= FEWEST and run[0].numeral.first
    ]
    # Roman numbers above figures head what groups them (acts); alone, they are the unit (memoranda).
    return sorted(bare, key=lambda run: run[0].numeral.family != "digit")[:1]


def _own(rows: Sequence[Row], headings: Sequence[Heading], language: str) -> Sequence[Heading]:
    """The headings without those that an amending instrument quotes, where what is left counts on without a gap: a
    protocol that brings the whole text of its agreement anew has more quoted articles than own ones."""
    quoted = introduced_rows(rows, language)
    if not any(one.at in quoted for one in headings):
        return headings
    own = [one for one in headings if one.at not in quoted]
    run = next(iter(article_runs(own)), [])
    goes_on = all(below.numeral.follows(above.numeral) for above, below in pairwise(run))
    return own if run and run[0].numeral.first and goes_on else headings


def _restarted(
    rows: Sequence[Row], found: Sequence[list[NumberedHeading]], language: str
) -> list[list[NumberedHeading]]:
    """The runs, those joined that count anew in each Part of one instrument: the Parts they stand in count on."""
    joined: list[list[NumberedHeading]] = []
    above: dict[str, tuple[Numeral, ...]] = {}
    for at, run in enumerate(found):
        first, low = run[0].heading.at, max(last_row(found, at), run[0].heading.at - TITLE_ABOVE)
        # Only heads with nothing but a title between them and the first article: a Part that has text of its own is no
        # place where articles begin to count anew.
        heads = [one for one in division_headings(rows, low, first, language) if only_title(rows, one, first)]
        here = {one.unit: one.numerals for one in heads}
        goes_on = any(b.follows(a) for unit in here.keys() & above.keys() for a in above[unit] for b in here[unit])
        if joined and goes_on and run[0].numeral.first and run[0].heading.unit == joined[-1][0].heading.unit:
            joined[-1] = [*joined[-1], *run]
        else:
            joined.append(run)
        inside = division_headings(rows, run[0].heading.at, run[-1].heading.at, language)
        above = here | {one.unit: one.numerals for one in inside if rows[one.at].loud or rows[one.at].centred}
    return joined


def _behind(
    rows: Sequence[Row], found: Sequence[Sequence[NumberedHeading]], style: int, language: str
) -> list[list[NumberedHeading]]:
    """Runs of another unit behind the last article, from the first on: the Rules of the Regulations that are printed
    behind a treaty make an annex with units of their own."""
    last = found[-1][-1].heading.at
    for other in range(1, len(article_patterns(language))):
        headings = [one for one in article_headings(rows, other, language) if one.at > last and one.weight >= FULL]
        behind = (
            [run for run in article_runs(headings) if len(run) > 1 and run[0].numeral.first] if other != style else []
        )
        if behind and last_row(behind, 1) and _begins_anew(rows, behind[0][0].heading.at, last):
            return behind
    return []


def _begins_anew(rows: Sequence[Row], first: int, last: int) -> bool:
    """Whether a title stands above the first of the units: set apart, at the head of a page or below a wide space."""
    above = rows[max(last + 1, first - TITLE_ABOVE) : first]
    return any((row.loud or row.centred) and (row.head or row.gap > WIDE) for row in above)


def _is_contents(
    rows: Sequence[Row], run: Sequence[NumberedHeading], later: Sequence[Sequence[NumberedHeading]]
) -> bool:
    """Whether the run is a list of contents: hardly a line between its headings, no sentences there, and the same
    numbers follow."""
    steps = [below.heading.at - above.heading.at for above, below in pairwise(run)]
    between = [row for a, b in pairwise(run) for row in rows[a.heading.at + 1 : b.heading.at]]
    # Three of four: entries over two lines, and the heads of parts between them, make some steps longer.
    tight = len(steps) > 1 and sorted(steps)[len(steps) * 3 // 4] <= 2
    # Sentences between the headings: the articles themselves, each of a line or two.
    tight = tight and 2 * sum(row.ended for row in between) <= len(between)
    return tight and any(len(other) >= AS_LONG * len(run) for other in later)


def main_run(found: Sequence[Sequence[NumberedHeading]], rows: Sequence[Row], within: str) -> int:
    """Which run is the instrument that is meant: the one whose title has the words of `within`; else the first,
    unless it is a short act that brings a longer instrument."""
    if within:
        wanted = set(re.findall(r"\w+", within.lower()))
        scores = []
        for at, run in enumerate(found):
            before = rows[max(last_row(found, at), run[0].heading.at - INSTRUMENT_ABOVE) : run[0].heading.at]
            words = [set(re.findall(r"\w+", row.text.lower())) for row in before if row.loud or row.centred]
            scores.append(len(wanted & set().union(*words)) / len(wanted))
        return max(range(len(found)), key=lambda at: (scores[at], -at))
    longest = max(range(len(found)), key=lambda at: (len(found[at]), -at))
    return longest if len(found[0]) <= SHORT_ACT and len(found[longest]) >= LONGER * len(found[0]) else 0


def last_row(found: Sequence[Sequence[NumberedHeading]], at: int) -> int:
    return found[at - 1][-1].heading.at + 1 if at else 0
