"""One file on its own, without a workspace: read, split and, where asked, coded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp.corpus import Instrument
from treatynlp.corpus import load as load_corpus
from treatynlp.errors import DataError, Issue, issue, issue_said
from treatynlp.pipeline.sandbox import BOUNDS, Bounds, Parcel, link, read, take_apart
from treatynlp.pipeline.sandbox import code as code_treaty
from treatynlp.pipeline.sandbox.process import ready
from treatynlp.pipeline.sandbox.serialisation import parcel_of, registry_parcel, treaties
from treatynlp.pipeline.steps.splitting import unexpected
from treatynlp.reading.formats import ENDINGS, format_of
from treatynlp.reading.media import fault

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty


@dataclass(frozen=True, slots=True)
class SplitFile:
    """A file taken apart: what was read, what it was split into, and what a reader must know of it; `parcel` is the
    treaty as the process that split it knows it."""

    document: "Document"
    treaty: "Treaty"
    issues: tuple[Issue, ...]
    parcel: Parcel | None = None


def read_file(path: Path, bounds: Bounds | None = None, language: str = "en", ident: str = "") -> SplitFile:
    """The treaty in a file, in a `language`. Its id is `ident`, or the file's name without ending; where the registry
    knows an instrument of that id, what it declares (which of several bound instruments, how many articles) counts.

    Raises DataError when the file cannot be used, or takes more than the bounds.
    """
    bounds = bounds or BOUNDS
    data = _bytes(path, bounds.size)
    # The reading process starts while the file is still being looked at.
    ready(bounds)
    ident = ident or path.stem
    declared = registry().get(ident)
    document = read(data, path.name, language, bounds)
    within = next((one.within for one in declared.sources if one.within), "") if declared else ""
    treaty, issues = take_apart(document.parcel, ident, within, bounds=bounds)
    treaty, unresolved = link(treaty.parcel, ident, _registry(), bounds)
    expected = unexpected(treaty.value, declared) if declared else ()
    rows = tuple(dict.fromkeys((*issues, *unresolved, *expected)))
    return SplitFile(document.value, treaty.value, rows, treaty.parcel)


def code_file(
    piece: SplitFile, families: Mapping[str, str], model: Path | None = None, bounds: Bounds | None = None
) -> "tuple[Coding, tuple[Issue, ...]]":
    """What the piece's provisions are about, by the machine alone; and its headings that mislead."""
    parcel = piece.parcel or parcel_of(treaties(), piece.treaty)
    coding, rows = code_treaty(parcel, piece.treaty.id, families, model=model, bounds=bounds or BOUNDS)
    return coding.value, rows


def _bytes(path: Path, most: int) -> bytes:
    """The file's bytes, judged by their content. DataError with one row when they are not a whole document."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise DataError(issue("source-unreadable.file", path, reason=error.strerror)) from error
    if len(data) > most:
        raise DataError(issue("document-too-large.file", path, most=most))
    # The ending is believed before the bytes: a page of an error saved as `.pdf` must be told as a PDF that is none.
    met = format_of(data)
    media = ENDINGS.get(path.suffix.lower()) or (met.media if met else "pdf")
    if found := fault(data, media):
        message = f"Not usable: {found.said}; get the file again from its source."
        raise DataError(issue_said(found.code, path, message, "error"))
    return data


@cache
def registry() -> Mapping[str, Instrument]:
    """The instruments that come with treatynlp, by id; none where their registry is faulty: no fault of the file."""
    try:
        return {one.id: one for one in load_corpus().instruments}
    except DataError:
        return {}


@cache
def _registry() -> Parcel:
    return registry_parcel(tuple(registry().values()))
