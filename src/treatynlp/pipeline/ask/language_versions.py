"""An instrument beside its text in another language."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp.errors import Issue
from treatynlp.pipeline.ask.lookup import Entry, look_up
from treatynlp.pipeline.ask.one_file import Piece, read_file
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.comparison.language_versions import Beside, Difference


@dataclass(frozen=True, slots=True)
class Versions:
    """Two language versions of an instrument: the one that was coded, the other, and how they stand to each other."""

    entry: Entry
    other: Piece
    beside: "tuple[Beside, ...]"
    differences: "tuple[Difference, ...]"

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What must be known of the two texts."""
        return tuple(dict.fromkeys((*self.entry.piece.issues, *self.other.issues)))


def versions(workspace: Workspace, name: str, path: Path, language: str) -> Versions:
    """An instrument, by its id or in a file, beside the file of its text in another language.

    Raises DataError when a text cannot be read, is in another language, or corpus/words/ has no folder for it.
    """
    from treatynlp.comparison.language_versions import beside, differences

    entry = look_up(workspace, name)
    treaty = entry.piece.treaty
    other = read_file(path, language=language, ident=treaty.id)
    found = beside(treaty, other.treaty, entry.coding), differences(treaty, other.treaty)
    return Versions(entry, other, *found)
