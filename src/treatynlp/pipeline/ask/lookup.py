"""The instruments as the last runs left them, for commands that look at one or two of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from treatynlp import store
from treatynlp.coding.labels import Coding
from treatynlp.corpus import load as load_corpus
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.ask.one_file import SplitFile, code_file, read_file, registry
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox import picture, verify
from treatynlp.pipeline.sandbox.serialisation import codings, treaties
from treatynlp.pipeline.workspace.artefacts import load_artefact, load_document
from treatynlp.store import Workspace
from treatynlp.structure.address import cited
from treatynlp.structure.page_boxes import headings
from treatynlp.structure.tree import Provision, Treaty

_CLOSE, _NAMED = 3, 4
"""Names near a misspelled one that are looked for, and ids (several may begin with one such name) that are told."""


@dataclass(frozen=True, slots=True)
class CodedInstrument:
    """An instrument taken apart and coded; `prepared` says which copy it was made of (None for a file at hand)."""

    piece: SplitFile
    coding: Coding
    prepared: Prepared | None = None

    @property
    def source(self) -> str:
        """Where the text was had, in words: an address, and whether a stand-in was read for it; or the file's name."""
        source = self.prepared.source if self.prepared else None
        if source is None:
            return self.piece.document.name
        if source.origin == "own":
            return f"{source.url} (your own copy)"
        return source.url if source.origin == "official" else f"{source.url} (read from a {source.origin})"


def look_up(workspace: Workspace, name: str) -> CodedInstrument:
    """An instrument by its id, as the last run left it; or the treaty in a file of that name.

    Raises DataError when there is neither.
    """
    known = current(workspace)
    # A file that is there wins over an instrument that is merely called like it.
    prepared = known.get(name if name in known or Path(name).exists() else instrument_named(name, known))
    if prepared is None or prepared.source is None or not prepared.coding:
        return _from_file(Path(name), prepared)
    read = load_document(workspace, prepared.document, prepared.source.sha256)
    piece = SplitFile(read, load_artefact(workspace, treaties(), prepared.treaty), prepared.issues)
    return CodedInstrument(piece, load_artefact(workspace, codings(), prepared.coding), prepared)


def instrument_named(name: str, known: Iterable[str]) -> str:
    """The one instrument whose id, or short title in the registry, has all the words of a name; else the name itself.

    >>> instrument_named("budapest", ["budapest-2001", "malabo-2014"])
    'budapest-2001'
    """
    words = set(re.findall(r"[^\W_]+", name.casefold()))
    titles = {ident: one.short_title for ident, one in registry().items()}
    called = {ident: set(re.findall(r"[^\W_]+", f"{ident} {titles.get(ident, '')}".casefold())) for ident in known}
    fitting = [ident for ident, own in called.items() if words and words <= own]
    # Of several nobody knows which was meant: the name itself is then told as unknown, with those that are close.
    return fitting[0] if len(fitting) == 1 else name


def picture_of(workspace: Workspace, name: str, page: int) -> bytes:
    """How a page was read, drawn upon it, as a PNG. DataError when there is no such page."""
    entry = look_up(workspace, name)
    return picture(_source(workspace, name, entry), entry.piece.document, page, headings(entry.piece.treaty, page))


def verified(workspace: Workspace, name: str, seen: bool = False) -> tuple[Issue, ...]:
    """The stored words of an instrument that are not its source's, or not what its pages show: each an error, with what
    stands there. `seen`: the pictures of all pages that cells cite are read, not of a sample."""
    entry = look_up(workspace, name)
    return verify(entry.piece.treaty, _source(workspace, name, entry), _cited_pages(entry) if seen else None)


def _cited_pages(entry: CodedInstrument) -> set[int]:
    """The pages on which provisions stand that have a label or a parameter."""
    text = entry.piece.treaty.text
    labels = {one.eid for one in (*entry.coding.labels, *entry.coding.inconclusive)}
    named = labels | {one.eid for one in entry.coding.attributes}
    spans = [one.span for one in entry.piece.treaty.walk() if one.eid in named]
    return {
        page for span in spans for page in range(text.page(span.start), text.page(max(span.start, span.end - 1)) + 1)
    }


def _source(workspace: Workspace, name: str, entry: CodedInstrument) -> bytes:
    """The bytes the entry was read from."""
    if entry.prepared is None or entry.prepared.source is None:
        return Path(name).read_bytes()
    data = store.get(workspace, entry.prepared.source.sha256)
    if data is None:
        raise DataError(issue("artefact-damaged.source", name))
    return data


def topic_families() -> dict[str, str]:
    """Topic → family, by the codebook that comes with treatynlp."""
    return load_corpus().codebook.family_of


def find(treaty: Treaty, address: str) -> Provision | None:
    """The provision of that address: an eId (`art_19__para_2`), a citation (`Art. 19(2)`), or what people type for
    one (`19.2`, `article 19 (2)`)."""
    wanted = _steps(address)
    exact = (one for one in treaty.walk() if address in (one.eid, cited(one.eid)))
    alike = (one for one in treaty.walk() if one.eid.startswith("art_") and _steps(cited(one.eid)) == wanted)
    return next(exact, None) or next(alike, None)


def _steps(address: str) -> list[str]:
    """The numbers of an address, one a level.

    >>> _steps("Article 2 bis, (3)(a)"), _steps("29.3.a")
    (['2bis', '3', 'a'], ['29', '3', 'a'])
    """
    bare = re.sub(r"^\s*art(icle|\.)?\s*|\b(para|paragraph|point)s?\b\.?", " ", address.lower())
    # "2 bis" is one number in two words; every other blank parts two levels.
    glued = re.sub(r"(?<=\d)\s+(?=(bis|ter|quater|quinquies|sexies)\b)", "", bare)
    return re.findall(r"[0-9a-z]+", glued)


def _from_file(path: Path, prepared: Prepared | None) -> CodedInstrument:
    if not path.exists():
        close = get_close_matches(
            str(path), [ident for one in registry() for ident in (one, one.partition("-")[0])], _CLOSE
        )
        named = [one for one in registry() if one in close or one.partition("-")[0] in close]
        hint = f" (did you mean {' or '.join(named[:_NAMED])}?)" if named else ""
        case = "uncoded" if prepared else "file"
        raise DataError(issue(f"instrument-unknown.{case}", path, hint=hint))
    piece = read_file(path)
    return CodedInstrument(piece, code_file(piece, topic_families())[0])
