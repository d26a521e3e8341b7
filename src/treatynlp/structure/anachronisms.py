"""Words younger than they say: a text that cites an instrument made after its own date is not the text of that date."""

from collections.abc import Sequence

from treatynlp.errors import Issue, issue
from treatynlp.registry import Instrument
from treatynlp.structure.tree import Reference, Treaty

__all__ = ["anachronisms"]


def anachronisms(treaty: Treaty, found: Sequence[Reference], registry: Sequence[Instrument]) -> tuple[Issue, ...]:
    """A row for each instrument of the registry that a treaty cites and that is younger than the treaty's words.

    The treaty is a consolidated text then, whose registry file should say so (`version`), or another one. Dates known
    to the year are compared as far as they are known; instruments that the registry lacks are not seen.
    """
    known = {one.id: one for one in registry}
    own = known.get(treaty.id)
    if own is None:
        return ()
    first = {one.instrument: one.eid for one in reversed(found) if one.instrument in known}
    later = (known[id] for id in first if _later(known[id].dates.first, own.words_date))
    return tuple(
        issue(
            "cites-later-instrument",
            f"{treaty.id} {first[one.id]}",
            cited=one.id,
            on=one.dates.first,
            own=own.words_date,
        )
        for one in sorted(later, key=lambda one: one.id)
    )


def _later(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] > other[:length]
