"""The first stage: each instrument's bytes, from its official addresses or from a folder that stands in for them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

from treatynlp import log, store
from treatynlp.corpus import Corpus, Instrument, examine
from treatynlp.corpus import load as load_corpus
from treatynlp.errors import DataError, Issue, issue
from treatynlp.field_types import Media
from treatynlp.hashes import abridged, fingerprint
from treatynlp.home import home
from treatynlp.pipeline.runs.user_treaties import copy_of, own
from treatynlp.pipeline.sandbox.bounds import BOUNDS, Bounds
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.workspace.history import now
from treatynlp.pipeline.workspace.locks import Locks
from treatynlp.reading.fetch import Address, Fetched, Known, Limits, Network, Status, Where, fetch, given, hosts, take
from treatynlp.registry import Source as Declared
from treatynlp.specimens import load_specimens
from treatynlp.store import Workspace


@dataclass(frozen=True, slots=True)
class Supply:
    """Where sources are had: from the official addresses, or from a folder in their stead (`mirror`, `specimen`).

    `own` are ids of treaties that a person added to the workspace: those are had from there (see `own`).
    `limits` hold for asking, `bounds` for what is done with the document that came.
    """

    origin: Where = "official"
    folder: Path | None = None
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = BOUNDS
    own: tuple[str, ...] = ()

    @property
    def series(self) -> str:
        """The name under which what came from here is kept: what one folder gave never passes for another's."""
        if self.folder is None:
            return self.origin
        # By the folder's path: two mirrors with other copies of one treaty must not answer for each other.
        return f"{self.origin}-{abridged(fingerprint(str(self.folder.resolve())))}"

    @property
    def shelf(self) -> str:
        """The kind of the records of last good copies."""
        return f"source-{self.series}"


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """A copy of an instrument's text, kept under its hash. `url` is the official address it came from or stands for."""

    sha256: str
    media: Media
    url: str
    origin: Where
    copy: Known
    retrieved: str

    def declared(self, instrument: Instrument) -> Declared:
        """What the registry says of this copy's address; where it declares none, an English text by itself."""
        named = (source for source in instrument.sources if source.url == self.url)
        language = instrument.languages[0] if len(instrument.languages) == 1 else "en"
        return next(named, Declared.model_construct(url=self.url, language=language, within=""))


@dataclass(frozen=True, slots=True)
class Supplied:
    """What there is of an instrument: the `newest` copy, and the `last` good one where it is another; and the rows.
    `code` says how the status is known (see `Fetched`); `locked` are the SHA-256 its addresses are locked to."""

    id: str
    newest: SourceCopy | None
    last: SourceCopy | None = None
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    status: Status = "new"
    code: str = ""
    locked: frozenset[str] = frozenset()

    def vouched_for(self, source: SourceCopy) -> bool:
        """Whether a person said that these bytes are the instrument's: they locked them, or added them themselves."""
        return source.sha256 in self.locked or source.origin in ("own", "specimen")


_SOURCE = TypeAdapter(SourceCopy)


def specimens(folder: Path | None = None) -> tuple[Corpus, Supply]:
    """The fictional conventions that come with treatynlp, as a corpus with its supply.

    It is what can be run anywhere, without network. DataError with every fault of every file.
    """
    folder = folder or home() / "corpus" / "specimens"
    found = tuple(specimen.instrument for specimen in load_specimens(folder))
    corpus = replace(load_corpus(), instruments=found, topics=(), attributes=(), overrides=(), issues=())
    return corpus, Supply("specimen", folder)


def chosen(
    folder: Path | None,
    mirror: Path | None,
    fictional: bool,
    only: Collection[str] = (),
    own_in: Workspace | None = None,
) -> tuple[Corpus, Supply]:
    """What to run over: the registry in a folder (None: the one that comes with treatynlp) from its official addresses
    or a mirror, or the fictional specimens; with them the treaties added to the workspace `own_in`; of all that `only`
    these instruments.

    DataError where nothing can be used, or an id is not known.
    """
    corpus, supply = specimens() if fictional else (examine(folder), Supply())
    if mirror is not None:
        supply = Supply("mirror", mirror)
    if own_in is not None:
        corpus, supply = with_own(corpus, supply, own_in)
    unknown = sorted(set(only) - {one.id for one in corpus.instruments})
    if unknown:
        raise DataError(*(issue("instrument-unknown.registry", ident) for ident in unknown))
    wanted = tuple(one for one in corpus.instruments if not only or one.id in only)
    return replace(corpus, instruments=wanted), supply


def with_own(corpus: Corpus, supply: Supply, workspace: Workspace) -> tuple[Corpus, Supply]:
    """A corpus with the treaties that were added to a workspace; where the registry has an id too, its own is used."""
    found, issues = own(workspace)
    taken = {one.id for one in corpus.instruments}
    issues += [issue("own-id-taken", one.id) for one in found if one.id in taken]
    mine = tuple(one for one in found if one.id not in taken)
    whole = tuple(sorted((*corpus.instruments, *mine), key=lambda one: one.id)) if mine else corpus.instruments
    issued = replace(corpus, instruments=whole, issues=(*corpus.issues, *issues))
    return issued, replace(supply, own=tuple(one.id for one in mine))


def network_for(corpus: Corpus, place: Supply) -> Network:
    """The hosts that may be asked: those the registry declares."""
    return Network(hosts(source.url for one in corpus.instruments for source in one.sources), place.limits)


def supplied(instrument: Instrument, workspace: Workspace, place: Supply, network: Network, locks: Locks) -> Supplied:
    """An instrument's newest copy and the last good one. What cannot be had is a row, and stops nobody."""
    began = perf_counter()
    with log.about(instrument=instrument.id, stage="fetch"):
        # What people locked goes with the copy: only a lock vouches for bytes that look like another instrument.
        locked = frozenset(locks[source.url] for source in instrument.sources if source.url in locks)
        came = replace(_supplied(instrument, workspace, place, network, locks), locked=locked)
        event = {"new": "done", "unchanged": "recalled", "failed": "failed"}[came.status]
        log.tell(event, "error" if came.status == "failed" else "info", code=came.code, seconds=log.since(began))
        log.tell_issues((*came.issues, *came.notices))
    return came


def _supplied(instrument: Instrument, workspace: Workspace, place: Supply, network: Network, locks: Locks) -> Supplied:
    last, notices = last_good(workspace, place, instrument)
    known = last.copy if last else None
    if instrument.id in place.own:
        fetched = _own_copy(workspace, instrument.id, known)
    elif place.folder is None:
        fetched = fetch(instrument.id, list(_addresses(instrument, locks)), network, known)
    else:
        fetched = take(instrument.id, place.folder, place.origin, known, place.limits)
    # The last good copy is handed on only where the new one differs: that is when it may be wanted in its stead.
    newest = _kept(workspace, instrument, fetched, last)
    changed = last is not None and newest is not None and last.sha256 != newest.sha256
    return Supplied(
        id=instrument.id,
        newest=newest or last,
        last=last if changed else None,
        issues=fetched.issues,
        notices=notices,
        status=fetched.status,
        code=fetched.code,
    )


def _own_copy(workspace: Workspace, ident: str, known: Known | None) -> Fetched:
    """The copy of a treaty that was added to the workspace."""
    name, data = copy_of(workspace, ident) or (f"own:{ident}.pdf", b"")
    return given(ident, name, data, "own", known)


def _addresses(instrument: Instrument, locks: Locks) -> Iterator[Address]:
    for source in instrument.sources:
        yield Address(source.url, source.media_type, locks.get(source.url, ""))


def last_good(
    workspace: Workspace, place: Supply, instrument: Instrument
) -> tuple[SourceCopy | None, tuple[Issue, ...]]:
    """The last copy that could be read, unless the disk has lost it."""
    ident = instrument.id
    # A record that is gone was never there; one that is damaged was, and its loss is told.
    source = understood(_SOURCE, store.recall_record(workspace, place.shelf, ident))
    if source is None and store.forgotten(workspace, place.shelf, ident):
        return None, (issue("record-damaged", ident),)
    if source is None or store.intact(workspace, source.sha256):
        return source and _as_declared(source, instrument), ()
    return None, (issue("artefact-damaged.copy", ident),)


def _as_declared(source: SourceCopy, instrument: Instrument) -> SourceCopy:
    """A kept copy under the address it stands for now."""
    # Of a stand-in only: the registry may have moved the address since, and what is declared of it (its language, which
    # of several bound instruments) is looked up by it. An official copy did come from where it came from.
    return source if source.origin == "official" else replace(source, url=stands_for(instrument, source.copy))


def _kept(workspace: Workspace, instrument: Instrument, fetched: Fetched, last: SourceCopy | None) -> SourceCopy | None:
    """The copy that came, its bytes kept; None when none came."""
    if fetched.copy is None:
        return None
    if fetched.status == "new":
        store.put(workspace, fetched.data)
    elif last and last.copy == fetched.copy:
        return last
    copy = fetched.copy
    return SourceCopy(
        sha256=copy.sha256,
        media=copy.media,
        url=stands_for(instrument, copy),
        origin=fetched.origin,
        copy=copy,
        retrieved=now(),
    )


def stands_for(instrument: Instrument, copy: Known) -> str:
    """The official address of a copy: its own, or for a stand-in the first declared of its kind; without any, the
    name the copy goes by."""
    # By kind, since a mirror's PDF stands for the official PDF and not for the HTML page declared first: links to
    # pages would lead nowhere.
    urls = [source.url for source in instrument.sources if source.media_type == copy.media]
    return copy.url if copy.url in urls else next(iter(urls), copy.url)


def remember_good(workspace: Workspace, place: Supply, chosen: Iterable[tuple[str, SourceCopy]]) -> None:
    """Remember the copies that could be read as the last good ones."""
    for ident, source in chosen:
        store.entrust(workspace, place.shelf, ident, _SOURCE.dump_json(source))
