"""What the briefing view tells of several instruments: offences on other terms, safeguards, who came first, reuse.

Instruments and topics go by their numbers. Gaps and lacking offences are not here: the explorer reads them off the
matrix.
"""

from collections.abc import Iterator
from typing import Any

from treatynlp.comparison.overview import Overview
from treatynlp.publishing.columns import cited_provisions
from treatynlp.publishing.explorer.numbering import Json, Numbering
from treatynlp.structure.address import cited

Packed = list[Any]
LONGEST = 3000
"""Shared passages that are kept, the longest first."""


def briefing_data(overview: Overview, numbers: Numbering) -> Json:
    """The rows of the briefing view; their columns are named in `briefing.js`."""
    return {
        "offences": list(dict.fromkeys(numbers.topics[row.left.topic] for row in overview.criminality)),
        "conditional": list(_conditional(overview, numbers)),
        "havens": list(_havens(overview, numbers)),
        "safeguards": list(_safeguards(overview, numbers)),
        "chronology": list(_chronology(overview, numbers)),
        "reuse": list(_reuse(overview, numbers)),
    }


def _conditional(overview: Overview, numbers: Numbering) -> Iterator[Packed]:
    """Offences that both of two instruments cover, on terms that differ."""
    for row in overview.criminality:
        if row.overlap == "both_if":
            left, right = numbers.instruments[row.left.instrument], numbers.instruments[row.right.instrument]
            yield [numbers.topics[row.left.topic], left, right, "; ".join(map(str, row.conditions))]


def _havens(overview: Overview, numbers: Numbering) -> Iterator[Packed]:
    """The rows of the table `safe_havens`: topic, instruments, which side lacks the offence (0 left, 1 right, 2 none:
    one asks for more), and the terms that differ."""
    lacking = {"only_right": 0, "only_left": 1, "both_if": 2}
    for row in overview.criminality:
        if row.haven:
            ends = numbers.instruments[row.left.instrument], numbers.instruments[row.right.instrument]
            told = "; ".join(map(str, row.conditions))
            yield [numbers.topics[row.left.topic], *ends, lacking[row.overlap], told]


def _safeguards(overview: Overview, numbers: Numbering) -> Iterator[Packed]:
    for row in overview.safeguards:
        where = "; ".join(map(cited, row.articles))
        at = numbers.instruments[row.power.instrument], numbers.topics[row.power.topic]
        yield [*at, row.safeguard, where, cited_provisions(row.power)]


def _chronology(overview: Overview, numbers: Numbering) -> Iterator[Packed]:
    for row in overview.chronology:
        taken = numbers.instruments.get(row.taken_from, -1)
        at = numbers.topics[row.topic], numbers.instruments[row.cell.instrument]
        yield [*at, row.rank, row.date, cited_provisions(row.cell), taken, row.words]


def _reuse(overview: Overview, numbers: Numbering) -> Iterator[Packed]:
    for row in overview.reuse.pairs[:LONGEST]:
        left, right = numbers.instruments[row.left], numbers.instruments[row.right]
        yield [left, row.left_eid, cited(row.left_eid), right, row.right_eid, cited(row.right_eid), row.words]
