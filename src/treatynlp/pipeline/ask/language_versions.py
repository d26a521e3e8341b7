"""An instrument beside its text in another language."""

from dataclasses import dataclass
from pathlib import Path

from treatynlp.comparison.language_versions import (
    SharedAddress,
    VersionDifference,
    shared_addresses,
    version_differences,
)
from treatynlp.errors import Issue
from treatynlp.pipeline.ask.lookup import CodedInstrument, look_up
from treatynlp.pipeline.ask.one_file import SplitFile, read_file
from treatynlp.store import Workspace


@dataclass(frozen=True, slots=True)
class Versions:
    """Two language versions of an instrument: the one that was coded, the other, and how they stand to each other."""

    entry: CodedInstrument
    other: SplitFile
    beside: tuple[SharedAddress, ...]
    differences: tuple[VersionDifference, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What must be known of the two texts."""
        return tuple(dict.fromkeys((*self.entry.piece.issues, *self.other.issues)))


def compare_versions(workspace: Workspace, name: str, path: Path, language: str) -> Versions:
    """An instrument, by its id or in a file, beside the file of its text in another language.

    Raises DataError when a text cannot be read, is in another language, or corpus/words/ has no folder for it.
    """
    entry = look_up(workspace, name)
    treaty = entry.piece.treaty
    # Under the same id: what the registry declares of the instrument holds for its text in any language.
    other = read_file(path, language=language, ident=treaty.id)
    found = shared_addresses(treaty, other.treaty, entry.coding), version_differences(treaty, other.treaty)
    return Versions(entry, other, *found)
