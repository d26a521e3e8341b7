"""What the tables of a release are made from, and where in it a fact stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from treatynlp.comparison.changes import Change
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import CitedPassage, Place, Record, locate, places
from treatynlp.errors import Issue
from treatynlp.text import Span

Where = dict[str, Place]
"""The places of an instrument's provisions, by address."""


@dataclass(frozen=True, slots=True)
class Material:
    """The comparison, what is wrong with its data, what changed since the earlier release, and the places of all
    provisions, found once for all tables."""

    overview: Overview
    issues: tuple[Issue, ...]
    changes: tuple[Change, ...]
    by_id: Mapping[str, tuple[Record, Where]]
    known: dict[tuple[str, str], CitedPassage] = field(default_factory=dict, compare=False, repr=False)
    """The places found so far: a provision stands in the rows of every pair that its instrument is in."""

    @classmethod
    def of(cls, overview: Overview, issues: Iterable[Issue] = (), changes: Iterable[Change] = ()) -> "Material":
        by_id = {record.id: (record, places(record.treaty)) for record in overview.records}
        return cls(overview, tuple(issues), tuple(changes), by_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """The instruments, in the order of the registry."""
        return tuple(self.by_id)

    @property
    def taken(self) -> tuple[tuple[Record, Where], ...]:
        """The instruments with the places of their provisions."""
        return tuple(self.by_id.values())

    def located(self, id: str, eid: str, span: Span | None = None) -> CitedPassage:
        """Where a provision of an instrument stands in its source, or some words of it."""
        if span is not None:
            return locate(*self.by_id[id], eid, span)
        if (id, eid) not in self.known:
            self.known[id, eid] = locate(*self.by_id[id], eid)
        return self.known[id, eid]

    def words(self, id: str, span: Span) -> str | None:
        """Words of an instrument; None without a text."""
        treaty = self.by_id[id][0].treaty
        return treaty.words(span) if treaty else None


def text_sha256(record: Record) -> str | None:
    """The hash of an instrument's text; None without text."""
    return sha256(record.treaty.text.value.encode()).hexdigest() if record.treaty else None
