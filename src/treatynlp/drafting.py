"""Drafting families: which instruments were written from which, and which are only ever counted.

>>> sorted(load_drafting().siblings("coe-corruption-1999"))
['coe-corruption-ap-2003']
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from treatynlp.field_types import Id, Name, Words
from treatynlp.home import home
from treatynlp.strict_files import StrictModel, read_yaml

__all__ = ["Drafting", "Members", "load_drafting"]


class Members(StrictModel):
    """Instruments that belong together, and why."""

    reason: Words
    members: Annotated[tuple[Id, ...], Field(min_length=1)]


class Drafting(StrictModel):
    """The drafting families, and the exam: instruments whose words nobody looks at while mending what codes them."""

    families: dict[Name, Members]
    exam: Members

    @property
    def first(self) -> dict[str, str]:
        """Instrument → the first family that names it."""
        # Backwards, so that of several families the first of the file holds.
        named = ((id, name) for name, family in reversed(self.families.items()) for id in family.members)
        return dict(named)

    def siblings(self, id: str) -> frozenset[str]:
        """The other instruments of all families it is of; empty for an instrument that stands alone."""
        found = (family.members for family in self.families.values() if id in family.members)
        return frozenset(member for members in found for member in members) - {id}


def load_drafting(root: Path | None = None) -> Drafting:
    """The file drafting_families.yml of a corpus folder (without one: the one that comes with treatynlp).

    DataError holds its faults.
    """
    folder = root or home() / "corpus"
    return read_yaml(Drafting, folder / "drafting_families.yml", "drafting_families.yml")
