"""What a workspace need not keep: results that no source, treaty or release as it stands now rests on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.runs.releasing import RELEASED, SERIES, SNAPSHOT, Released
from treatynlp.pipeline.runs.sources import SourceCopy
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.workspace.stages import ALIGN, RECORD, STAGES, StageResult
from treatynlp.store import Root, Workspace

T = TypeVar("T")

_MADE = "made-"


@dataclass(frozen=True, slots=True)
class Basis:
    """What an instrument rests on: artefacts by their hashes, pieces of work by the names of their records."""

    artefacts: tuple[str, ...]
    work: tuple[str, ...]


_BASIS, _SOURCE = TypeAdapter(Basis), TypeAdapter(SourceCopy)


@dataclass(frozen=True, slots=True)
class Pruned:
    """Files by their names in the workspace, with their bytes: those that go, and those that stay."""

    gone: Mapping[str, int]
    kept: Mapping[str, int]


def remember_work(workspace: Workspace, series: str, made: Iterable[Prepared]) -> None:
    """Keep what each instrument rests on in a run, whether or not it could be made."""
    for one in made:
        # By series: of a mirror's copy and of the official one different things are made, and both runs want theirs
        # back.
        body = _BASIS.dump_json(Basis(_artefacts(one), one.work))
        if one.source and store.recall_record(workspace, _MADE + series, one.id) != body:
            store.remember(workspace, _MADE + series, one.id, body)


def _artefacts(one: Prepared) -> tuple[str, ...]:
    named = (one.source.sha256 if one.source else "", one.document, one.treaty, one.coding)
    return tuple(filter(None, named))


def prune(root: Root | Workspace, dry_run: bool = False) -> Pruned:
    """Remove the results that nothing rests on any more, of earlier texts and of earlier versions of treatynlp.

    Sources, texts, treaties and codings as they stand, and the last two releases of each series, are kept, so that
    a run after it finds all that it found before. `dry_run` only says what would go. DataError when a run is at work.
    """
    if dry_run:
        return _sorted_out(root if isinstance(root, Workspace) else Workspace(root))
    with store.open_workspace(root) as workspace:
        pruned = _sorted_out(workspace)
        for name in sorted(pruned.gone, reverse=True):  # records before the artefacts they speak of
            workspace.place.remove(name)
    return pruned


def _sorted_out(workspace: Workspace) -> Pruned:
    works, digests = _works(workspace), _digests(workspace)
    # What a piece of work gave is kept with its record: a record without it would have the work done again.
    digests |= {digest for work in works if (digest := _output(workspace, work))}
    sizes = {**workspace.place.sizes("artefacts"), **workspace.place.sizes("records")}
    outdated = store.outdated(workspace)
    gone = {name: size for name, size in sizes.items() if _idle(name, works, digests)} | outdated
    return Pruned(gone, {name: size for name, size in sizes.items() if name not in gone})


def _idle(name: str, works: set[str], digests: set[str]) -> bool:
    """Whether nothing rests on a file: an artefact or the record of a piece of work (other records are all needed)."""
    folder, _, rest = name.partition("/")
    kind, _, last = rest.rpartition("/")
    if folder == "artefacts":
        return last not in digests
    # Kept apart from the release's bytes, under the same hash: the next changelog needs it when those are gone.
    if kind == SNAPSHOT:
        return last not in digests
    return kind in {stage.name for stage in STAGES} and rest not in works


def _works(workspace: Workspace) -> set[str]:
    """The pieces of work that instruments and releases rest on, by the names of their records."""
    of_instruments = {work for one in _bases(workspace) for work in one.work}
    of_pairs = {f"{ALIGN.name}/{name}" for one in _released(workspace) for name in one.pairs}
    return of_instruments | of_pairs | {one.work for one in _released(workspace)}


def _digests(workspace: Workspace) -> set[str]:
    """The artefacts that instruments, sources and releases name."""
    found = {source.sha256 for source in _sources(workspace)}
    found |= {digest for one in current(workspace).values() for digest in _artefacts(one)}
    found |= {digest for one in _bases(workspace) for digest in one.artefacts}
    return found | {digest for one in _released(workspace) for digest in (one.output, one.previous) if digest}


def _output(workspace: Workspace, work: str) -> str:
    stage, _, key = work.partition("/")
    record: StageResult | None = understood(RECORD, store.recall_record(workspace, stage, key))
    return record.output if record else ""


def _bases(workspace: Workspace) -> Iterator[Basis]:
    return _values(workspace, _BASIS, lambda kind: kind.startswith(_MADE))


def _sources(workspace: Workspace) -> Iterator[SourceCopy]:
    return _values(workspace, _SOURCE, lambda kind: kind.startswith("source-"))


def _released(workspace: Workspace) -> Iterator[Released]:
    return _values(workspace, RELEASED, lambda kind: kind == SERIES)


def _values(workspace: Workspace, adapter: TypeAdapter[T], wanted: Callable[[str], bool]) -> Iterator[T]:
    """What the records of the kinds that are wanted say."""
    for kind in filter(wanted, store.kinds(workspace)):
        for name in store.record_names(workspace, kind):
            value = understood(adapter, store.recall_record(workspace, kind, name))
            if value is not None:
                yield value
