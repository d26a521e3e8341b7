"""The instruments as the last runs left them, for commands that look at one or two of them."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp import store
from treatynlp.corpus import Instrument
from treatynlp.corpus import load as load_corpus
from treatynlp.errors import DataError, Issue, issue
from treatynlp.home import home
from treatynlp.pipeline.ask.one_file import SplitFile, code_file, read_file, registry
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox.serialisation import codings, treaties
from treatynlp.pipeline.workspace.artefacts import load_artefact, load_document
from treatynlp.store import Root, Workspace
from treatynlp.structure.address import cited

if TYPE_CHECKING:
    from treatynlp.coding.explaining import Reason
    from treatynlp.coding.labels import Coding
    from treatynlp.coding.reviewing import Doubt
    from treatynlp.comparison.alignment import Aligned
    from treatynlp.comparison.records import Record
    from treatynlp.publishing.search import SearchResult
    from treatynlp.structure.tree import Provision, Treaty

_MOST, _LONG = 100, 2000
"""Words and characters of a search: a page pasted by mistake is looked up for minutes."""


@dataclass(frozen=True, slots=True)
class CodedInstrument:
    """An instrument taken apart and coded; `prepared` says which copy it was made of (None for a file at hand)."""

    piece: SplitFile
    coding: "Coding"
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
    return fitting[0] if len(fitting) == 1 else name


def picture_of(workspace: Workspace, name: str, page: int) -> bytes:
    """How a page was read, drawn upon it, as a PNG. DataError when there is no such page."""
    from treatynlp.pipeline.sandbox import picture
    from treatynlp.structure.page_boxes import headings

    entry = look_up(workspace, name)
    return picture(_source(workspace, name, entry), entry.piece.document, page, headings(entry.piece.treaty, page))


def verified(workspace: Workspace, name: str, seen: bool = False) -> tuple[Issue, ...]:
    """The stored words of an instrument that are not its source's, or not what its pages show: each an error, with what
    stands there. `seen`: the pictures of all pages that cells cite are read, not of a sample."""
    from treatynlp.pipeline.sandbox import verify

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


def labels_in_doubt(workspace: Workspace) -> "tuple[Doubt, ...]":
    """The labels of all instruments that runs have made, those most worth a human look first."""
    from treatynlp.coding.reviewing import review

    made = (one.coding for one in current(workspace).values() if one.coding)
    return review(load_artefact(workspace, codings(), coding) for coding in made)


def compare_instruments(
    workspace: Workspace, left: str, right: str
) -> tuple["Aligned", dict[str, bool], tuple[Issue, ...]]:
    """Two instruments, each an id or a file, laid side by side; which kinds of rows are proven to be right; and what a
    reader must know of their texts."""
    from treatynlp.comparison.alignment import align
    from treatynlp.comparison.likeness import Weights
    from treatynlp.comparison.rules import load_rules

    entries = [look_up(workspace, name) for name in (left, right)]
    one, other = (_record(entry) for entry in entries)
    rules = load_rules(home() / "corpus")
    aligned = align(one, other, rules, Weights.load(home() / "models"))
    return aligned, rules.proven, tuple(dict.fromkeys(issue for entry in entries for issue in entry.piece.issues))


def _record(entry: CodedInstrument) -> "Record":
    from treatynlp.comparison.records import Record

    treaty = entry.piece.treaty
    # A file at hand is declared nowhere: for comparing it needs no more than a name.
    unknown = Instrument.model_construct(id=treaty.id, title=treaty.id, short_title=treaty.id, binding=True, family=())
    return Record(registry().get(treaty.id, unknown), None, treaty, entry.coding)


def topic_families() -> dict[str, str]:
    """The family of each topic."""
    return load_corpus().codebook.family_of


def find(treaty: "Treaty", address: str) -> "Provision | None":
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
    glued = re.sub(r"(?<=\d)\s+(?=(bis|ter|quater|quinquies|sexies)\b)", "", bare)
    return re.findall(r"[0-9a-z]+", glued)


def _from_file(path: Path, prepared: Prepared | None) -> CodedInstrument:
    if not path.exists():
        close = get_close_matches(str(path), [ident for one in registry() for ident in (one, one.partition("-")[0])], 3)
        named = [one for one in registry() if one in close or one.partition("-")[0] in close]
        hint = f" (did you mean {' or '.join(named[:4])}?)" if named else ""
        case = "uncoded" if prepared else "file"
        raise DataError(issue(f"instrument-unknown.{case}", path, hint=hint))
    piece = read_file(path)
    return CodedInstrument(piece, code_file(piece, topic_families())[0])


def searched(
    release: Root | None, words: str, topic: str = "", instrument: str = "", limit: int = 1000
) -> "tuple[SearchResult, ...]":
    """The provisions of a release (a folder or a URL) in which the words stand. DataError when there is no release
    with text."""
    from treatynlp.publishing.search import search

    if len(words) > _LONG or len(words.split()) > _MOST:
        raise DataError(issue("search-too-long", "search", most=_MOST, letters=_LONG))
    with closing(_database(release)) as connection:
        try:
            connection.execute("PRAGMA trusted_schema = OFF")  # a release may be somebody else's
            _see_that_it_has(connection, topic, instrument)
            return search(connection, words, topic, instrument, limit)
        except sqlite3.DatabaseError as error:
            raise DataError(issue("release-unreadable.database", release, reason=error)) from None


def _see_that_it_has(connection: sqlite3.Connection, topic: str, instrument: str) -> None:
    """DataError for a topic or an instrument the release does not know: no provision found would read as if none of
    them regulated it."""
    asked = (
        (topic, "topic-unknown", "SELECT topic FROM topics"),
        (instrument, "instrument-unknown.release", "SELECT id FROM instruments"),
    )
    for name, unknown, query in asked:
        there = sorted(row[0] for row in connection.execute(query)) if name else []
        if name and name not in there:
            close = get_close_matches(name, there, 3, 0.5)
            hint = f"did you mean {' or '.join(close)}?" if close else f"it has: {', '.join(there[:8])}, …"
            raise DataError(issue(unknown, name, hint=hint))


def _database(release: Root | None) -> sqlite3.Connection:
    """The release's database, for reading: the file in the folder; where it is at a URL, its bytes."""
    path = release / "release.sqlite" if isinstance(release, Path) else None
    if path and path.is_file():
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    data = store.file_of(release, "release.sqlite") if isinstance(release, str) else None
    if data is None:
        raise DataError(issue("release-missing.database", release or "workspace"))
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return connection


def reasons(workspace: Workspace, ident: str, address: str, topic: str) -> "tuple[Reason, ...]":
    """Why the machine gives a provision of an instrument (an id or a file) a topic, or does not.

    DataError when there is no such instrument, provision or topic.
    """
    from treatynlp.coding.explaining import explain
    from treatynlp.pipeline.steps.coding import coder

    treaty = look_up(workspace, ident).piece.treaty
    provision = find(treaty, address)
    try:
        return explain(coder()[0], treaty, provision.eid if provision else address, topic)
    except KeyError as error:
        raise DataError(issue("explanation-unknown", f"{ident} {address}", reason=error.args[0])) from None
