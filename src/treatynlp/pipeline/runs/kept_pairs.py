"""What was found of two instruments side by side, kept by what both of them are.

A pair is laid side by side again only when one of its sides, what they are compared by, or the code has changed. The
pairs of an instrument with those behind it lie together, in one record that goes by its key: two hundred instruments
have two hundred records and not ten thousand, and a changed instrument touches those of the instruments before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.corpus import Instrument
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.workspace.stages import ALIGN, stage_key
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.comparison.alignment import Aligned, Alignment
    from treatynlp.comparison.records import Pair, Record

Found = tuple[tuple["Alignment", ...], tuple[str, ...], tuple[str, ...]]
"""What was found of a pair: what matches, and the articles that only the left and only the right has."""


@dataclass(frozen=True, slots=True)
class KeptPairs:
    """The pairs of a corpus as a workspace keeps them. `sides` holds for each instrument the hash of all that a
    comparison sees of it, `records` the name of the record of its pairs."""

    workspace: Workspace
    sides: Mapping[str, str]
    records: Mapping[str, str]

    @classmethod
    def of(cls, workspace: Workspace, made: Iterable[tuple[Instrument, Prepared]], terms: Sequence[str]) -> "KeptPairs":
        """The pairs of instruments as they are made now; `terms`: what they are compared by."""
        sides = {one.id: _side(one, prepared) for one, prepared in made if prepared.treaty}
        return cls(workspace, sides, {id: stage_key(ALIGN, [*terms, side]) for id, side in sides.items()})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the records that these instruments rest on."""
        return tuple(sorted(self.records.values()))

    def recalled(self, records: Sequence["Record"]) -> dict["Pair", "Aligned"]:
        """The pairs of these instruments that were found before."""
        return {(one.left.id, one.right.id): one for left in records for one in self._recalled(left, records)}

    def _recalled(self, left: "Record", records: Sequence["Record"]) -> Iterator["Aligned"]:
        from treatynlp.comparison.alignment import Aligned  # late: it brings scikit-learn, see `releasing`

        known = self._record(left.id)
        for right in records:
            found = known.get(self.sides.get(right.id, ""))
            if found and right is not left:
                yield Aligned(left, right, *found)

    def _record(self, id: str) -> Mapping[str, Found]:
        name = self.records.get(id)
        kept = store.recall_record(self.workspace, ALIGN.name, name) if name else None
        return understood(_kind(), kept) or {}

    def keep(self, aligned: Iterable["Aligned"], known: Mapping["Pair", "Aligned"]) -> None:
        """Keep what was found of all pairs, in the registry's order; records of which all is `known` stay."""
        for id, group in groupby(aligned, lambda one: one.left.id):
            pairs = list(group)
            # The record holds all pairs of one side: it is written whole or not touched.
            if any((id, one.right.id) not in known for one in pairs):
                found = {self.sides[one.right.id]: (one.pairs, one.only_left, one.only_right) for one in pairs}
                store.remember(self.workspace, ALIGN.name, self.records[id], _kind().dump_json(found))


def _side(instrument: Instrument, prepared: Prepared) -> str:
    """The hash of what a comparison sees of an instrument: its entry in the registry, its text, its coding."""
    said = instrument.model_dump_json(), prepared.treaty, prepared.coding
    return sha256("\n".join(said).encode()).hexdigest()


@cache
def _kind() -> "TypeAdapter[dict[str, Found]]":
    from treatynlp.comparison.alignment import Alignment  # late: it brings scikit-learn, see `releasing`

    return TypeAdapter(dict[str, tuple[tuple[Alignment, ...], tuple[str, ...], tuple[str, ...]]])
