"""One file on its own, without a workspace: read, split and, where asked, coded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp.corpus import Instrument
from treatynlp.corpus import load as load_corpus
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline.verbs import coded, linked, taken_apart, unexpected
from treatynlp.reading.fetch import EXTENSIONS
from treatynlp.reading.media import fault, sniff

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty


@dataclass(frozen=True, slots=True)
class Piece:
    """A file taken apart: what was read, what it was split into, and what a reader must know of it."""

    document: "Document"
    treaty: "Treaty"
    issues: tuple[Issue, ...]


def take_apart(path: Path) -> Piece:
    """The treaty in a file. Its id is the file's name without ending; where the registry knows an instrument of that
    id, what it declares (which of several bound instruments, how many articles) is taken into account.

    Raises DataError when the file cannot be used.
    """
    from treatynlp.reading import read

    document = read(_bytes(path), path.name)
    declared = registry().get(path.stem)
    within = next((one.within for one in declared.sources if one.within), "") if declared else ""
    treaty, issues = taken_apart(document, path.stem, within)
    treaty, unresolved = linked(treaty, tuple(registry().values()))
    expected = unexpected(treaty, declared) if declared else ()
    return Piece(document, treaty, tuple(dict.fromkeys((*issues, *unresolved, *expected))))


def code(piece: Piece, families: Mapping[str, str], model: Path | None = None) -> "tuple[Coding, tuple[Issue, ...]]":
    """What the piece's provisions are about, by the machine alone; and its headings that mislead."""
    return coded(piece.treaty, families, model)


def _bytes(path: Path) -> bytes:
    """The file's bytes, judged by their content. DataError with one row when they are not a whole document."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be opened ({error.strerror}); see to its name and rights."
        raise DataError(Issue("error", "source-unreadable", str(path), message)) from error
    media = EXTENSIONS.get(path.suffix.lower()) or ("html" if sniff(data) == "html" else "pdf")
    if found := fault(data, media):
        message = f"Not usable: {found.said}; get the file again from its source."
        raise DataError(Issue("error", found.code, str(path), message))
    return data


@cache
def registry() -> Mapping[str, Instrument]:
    """The instruments that come with treatynlp, by id; none where their registry is faulty: no fault of the file."""
    try:
        return {one.id: one for one in load_corpus().instruments}
    except DataError:
        return {}
