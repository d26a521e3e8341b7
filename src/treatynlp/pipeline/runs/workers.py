"""An instrument made by another process, of this machine or of another: what it is sent, and what it finds for itself.

What travels is small: names, hashes, the rows of one instrument. All that is declared is put into the workspace once
and read there once by each process. A process that runs other code, or has other models, refuses the work instead of
leaving results that nobody could make again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from treatynlp import log, store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import DataError, brief_of, issue
from treatynlp.home import home
from treatynlp.pipeline.runs.prepare_instrument import Job, Prepared, prepare
from treatynlp.pipeline.runs.sources import Supplied
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.pipeline.steps.people import People
from treatynlp.pipeline.workspace.artefacts import load_artefact
from treatynlp.pipeline.workspace.stages import AUDIT, CODE, LINK, READ, SPLIT, code_version, folder_digest
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.pipeline.runs.refresh import Run


@dataclass(frozen=True, slots=True)
class Declared:
    """All that people declared and coded, as far as making an instrument asks for it: the registry, what people wrote
    about each instrument, the family of each topic."""

    registry: tuple[Instrument, ...]
    people: Mapping[str, People]
    families: Mapping[str, str]

    @classmethod
    def of(cls, corpus: Corpus) -> "Declared":
        return cls(
            corpus.instruments,
            {one.id: People.of(corpus, one.id) for one in corpus.instruments},
            corpus.codebook.family_of,
        )

    def job(self, came: Supplied, coder: str, bounds: Bounds) -> Job:
        """What making one instrument needs."""
        instrument = next(one for one in self.registry if one.id == came.id)
        return Job(
            instrument=instrument,
            supplied=came,
            coder=coder,
            people=self.people[came.id],
            registry=self.registry,
            families=self.families,
            bounds=bounds,
        )


@dataclass(frozen=True, slots=True)
class Brief:
    """What a process must know to make instruments of a run: its id, where results are kept, the hash of what is
    declared, the hash of what coding goes by (`coder`), what one document may take (`bounds`), and by name the version
    of all the results depend on (`house`)."""

    run: str
    workspace: Workspace
    declared: str
    coder: str
    bounds: Bounds
    house: tuple[tuple[str, str], ...]


def worker_brief(run: "Run") -> Brief:
    """The brief of a run; what is declared is in the workspace then."""
    body = _kind().dump_json(Declared.of(run.corpus), exclude_defaults=True)
    return Brief(
        run=run.ran.id,
        workspace=run.workspace,
        declared=store.put(run.workspace, body),
        coder=run.coder,
        bounds=run.supply.bounds,
        house=house(),
    )


def make_briefed(given: Brief, came: Supplied) -> Prepared:
    """The instrument read, split and coded, of the newest copy that can be used; its results are in the workspace.

    DataError where this process would make something else of it than the process that gave the brief.
    """
    # By name of the stage, so that whoever runs the workers sees what to bring to the same version.
    differing = sorted({name for name, _ in {*given.house} ^ {*house()}})
    if differing:
        raise DataError(issue("worker-differs", came.id, differing=", ".join(differing)))
    with log.about(run=given.run):
        declared = _declared(given.workspace, given.declared)
        return prepare(given.workspace, declared.job(came, given.coder, given.bounds))


def make_here(run: "Run", came: Supplied, error: BaseException) -> Prepared:
    """The instrument made by this process after all, as a worker could not; a notice says why."""
    row = issue("worker-failed", came.id, reason=brief_of(error))
    with log.about(run=run.ran.id):
        # Done here and not given up: a worker that dies (spot machines do) takes no instrument out of the release.
        made = prepare(run.workspace, Job.of(run.corpus, came, run.coder, run.supply.bounds))
    return replace(made, notices=(*made.notices, row))


def nobody_there(scheduler: str | None) -> DataError:
    """That no worker could be had, in words."""
    return DataError(issue("worker-missing", scheduler or "this machine"))


@cache
def house() -> tuple[tuple[str, str], ...]:
    """What the results of this process depend on besides its inputs, each with its version (a hash)."""
    stages = ((f"the stage '{stage.name}'", code_version(stage)) for stage in (READ, SPLIT, AUDIT, CODE, LINK))
    return (
        *stages,
        ("the lexicon", folder_digest(home() / "corpus" / "lexicon")),
        ("the model", folder_digest(home() / "models" / "topics" / "topics.skops")),
    )


@lru_cache(maxsize=2)
def _declared(workspace: Workspace, digest: str) -> Declared:
    found: Declared = load_artefact(workspace, _kind(), digest)
    return found


@cache
def _kind() -> TypeAdapter[Declared]:
    return TypeAdapter(Declared)
