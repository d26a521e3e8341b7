"""A refresh, whole: every source is asked, every instrument made, one release put in its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from treatynlp import log, store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import DataError, Issue, brief_of, issue
from treatynlp.hashes import abridged, fingerprint
from treatynlp.home import home
from treatynlp.pipeline.runs.current import remember_current
from treatynlp.pipeline.runs.host_queues import queues
from treatynlp.pipeline.runs.outcome import Outcome, refused_run, summed_up
from treatynlp.pipeline.runs.prepare_instrument import Job, Prepared, prepare
from treatynlp.pipeline.runs.pruning import remember_work
from treatynlp.pipeline.runs.releasing import Batch, compose_release, remember_released
from treatynlp.pipeline.runs.sources import (
    Supplied,
    Supply,
    last_good,
    network_for,
    remember_good,
    supplied,
)
from treatynlp.pipeline.sandbox.several import map_in_order
from treatynlp.pipeline.workspace import history
from treatynlp.pipeline.workspace.declarations import as_declared_last, remember_declared
from treatynlp.pipeline.workspace.history import Ran
from treatynlp.pipeline.workspace.locks import Locks, read_locks
from treatynlp.pipeline.workspace.released_files import changed_files
from treatynlp.pipeline.workspace.stages import edited_stages, folder_digest
from treatynlp.reading.fetch import Network
from treatynlp.store import MANIFEST, Root, Workspace

T = TypeVar("T")

_NAMED = 5
"""Files that a message names; of more it says that there are others."""
Progress = Callable[[str, int, int], None]
"""Told the stage, how many instruments are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way: what is declared, where results are kept, where sources come from.

    `coder` is the hash of codebook, lexicon and model: what coding goes by besides the text.
    """

    corpus: Corpus
    workspace: Workspace
    supply: Supply
    network: Network
    locks: Locks
    coder: str
    issues: tuple[Issue, ...] = ()
    ran: Ran = field(default_factory=partial(history.started_now, "run"))


def run(
    corpus: Corpus,
    root: Root | Workspace,
    supply: Supply | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
    with_text: bool = True,
) -> Outcome:
    """Make the release of a corpus in `out` (without one: `release` in the workspace `root`), doing only what has
    changed since the last run there. Faults of the data are rows of the outcome, never exceptions.

    `root` is a folder or a URL that fsspec knows; a release in a workspace at a URL goes where `store.published` says,
    and the outcome's `release` is then the URL of its files. `Workspace(root, patience=60)` waits for another run.
    Without `with_text` the release holds addresses, labels and values, and no sentence of a treaty.
    """
    tell = progress or (lambda stage, done, total: None)
    try:
        with started(corpus, root, supply or Supply()) as under_way:
            with ExitStack() as pools:
                came = list(_told("fetch", _asked(under_way, pools), under_way, tell))
            made = list(_told("make", map_in_order(partial(make, under_way), came), under_way, tell))
            return finish(under_way, came, made, out, with_text)
    except DataError as error:
        return refused_run(error)


def _asked(run: Run, pools: ExitStack) -> Iterator[Supplied]:
    """What came of asking for every instrument, hosts side by side, in the order of the instruments."""
    answers: dict[str, Future[Supplied]] = {}
    # One pool a host: a single pool of threads would let one slow publisher take all of them.
    for queue in queues(run.corpus, run.supply):
        pool = pools.enter_context(ThreadPoolExecutor(queue.at_once))
        # Collected in the registry's order, whatever came first: issues.csv and progress are the same at every run.
        answers |= {ident: pool.submit(_obtained, run, run.corpus.instrument(ident)) for ident in queue.ids}
    return (answers[one.id].result() for one in run.corpus.instruments)


def _obtained(run: Run, instrument: Instrument) -> Supplied:
    try:
        return obtain(run, instrument)
    except DataError:
        raise
    except Exception as error:
        # A fault of ours at one source must not take the others with it; it is told as such.
        return unobtained(run, instrument, error)


def _told(stage: str, results: Iterator[T], run: Run, tell: Progress) -> Iterator[T]:
    for done, result in enumerate(results, start=1):
        tell(stage, done, len(run.corpus.instruments))
        yield result


@contextmanager
def started(corpus: Corpus, root: Root | Workspace, supply: Supply, doing: str = "run") -> Iterator[Run]:
    """A run in the workspace `root`, which is this run's alone until it ends. DataError when it cannot be had.

    An instrument whose file has become faulty goes on as it was declared last (see `corpus.examine`). DataError, too,
    where treatynlp's own files were changed since this process took their keys: it would go on with what it has loaded.
    """
    if changed := edited_stages():
        raise DataError(issue("program-edited", "treatynlp", stages=", ".join(changed)))
    locks, faults = read_locks(corpus.root)
    ran = history.started_now(doing)
    with store.open_workspace(root) as workspace, history.under_way(workspace, supply.series, ran):
        whole, kept = as_declared_last(workspace, corpus, supply.series)
        network, issues = network_for(whole, supply), (*corpus.issues, *faults, *kept)
        yield Run(
            corpus=whole,
            workspace=workspace,
            supply=supply,
            network=network,
            locks=locks,
            coder=coder_digest(whole.root),
            issues=issues,
            ran=ran,
        )


@cache
def coder_digest(folder: Path) -> str:
    """The hash of what coding goes by: the corpus folder's codebook, lexicon, model. Taken once a process, as the coder
    is loaded once."""
    return folder_digest(
        # The codebook of the folder that is run over, but the lexicon and model that come with treatynlp: patterns and
        # weights belong to the code, and a corpus of one's own has none.
        folder / "codebook.yml",
        home() / "corpus" / "lexicon",
        home() / "models" / "topics" / "topics.skops",
    )


def obtain(run: Run, instrument: Instrument) -> Supplied:
    """The instrument's newest copy, and the last good one; rows where it could not be had."""
    with log.about(run=run.ran.id):  # in whatever thread or process this is
        return supplied(instrument, run.workspace, run.supply, run.network, run.locks)


def unobtained(run: Run, instrument: Instrument, error: BaseException) -> Supplied:
    """What is left when asking for an instrument failed as nobody foresaw: the last good copy, and a row about it."""
    last, notices = last_good(run.workspace, run.supply, instrument)
    row = issue("stage-failed.asking", instrument.id, reason=brief_of(error))
    return Supplied(id=instrument.id, newest=last, last=None, issues=(row,), notices=notices, status="failed")


def make(run: Run, came: Supplied) -> Prepared:
    """The instrument read, split and coded, of the newest copy that can be used."""
    with log.about(run=run.ran.id):
        return prepare(run.workspace, Job.of(run.corpus, came, run.coder, run.supply.bounds))


def finish(
    run: Run, came: Sequence[Supplied], made: Sequence[Prepared], out: Path | None = None, with_text: bool = True
) -> Outcome:
    """Compare and publish what was made, and put the release in its place.

    Where nothing at all could be had, an earlier release is left standing.
    """
    with log.about(run=run.ran.id):
        outcome = replace(_finished(run, came, made, out, with_text), run=run.ran.id)
        ran = replace(run.ran, status=outcome.status, reason=outcome.reason)
        history.record_run(run.workspace, run.supply.series, ran, outcome.changes)
        log.tell("run-ended", _LEVELS[outcome.status], status=outcome.status, remade=outcome.remade)
    return outcome


_LEVELS = {"complete": "info", "degraded": "warning", "failed": "error"}


def _finished(
    run: Run, came: Sequence[Supplied], made: Sequence[Prepared], out: Path | None, with_text: bool
) -> Outcome:
    # What a later run falls back on is kept before the release is tried, so that a run whose release cannot be written
    # still leaves what it fetched.
    _remember(run, made)
    batch = _batch(run, came, made, with_text)
    notices = (*_rows(one.notices for one in came), *_rows(one.notices for one in made))
    earlier = (out if out.exists() else None) if out else store.release_of(run.workspace)
    if earlier and not any(one.treaty for one in made):
        outcome = summed_up(made, batch.issues, sum(one.remade for one in made))
        reason = f"{outcome.reason} The earlier release stays."
        return replace(outcome, reason=reason, notices=notices, release=earlier)
    # Before the new release takes its place: afterwards nobody could tell that the old one was changed by hand.
    notices = (*notices, *_touched(earlier))
    new = compose_release(run.workspace, batch)
    place = store.place_release(run.workspace, new.files, out)
    # Only now: a release that was never put in its place is not what the next one is compared with.
    remember_released(run.workspace, batch.series, new)
    outcome = summed_up(made, batch.issues, sum(one.remade for one in made) + new.made.fresh)
    return replace(outcome, notices=(*notices, *new.made.notices), release=place)


def _remember(run: Run, made: Sequence[Prepared]) -> None:
    """Keep how each instrument was declared, its good copy, how far it came, and what it rests on."""
    remember_declared(run.workspace, run.corpus, run.supply.series)
    remember_good(run.workspace, run.supply, [(one.id, one.source) for one in made if one.source and one.treaty])
    remember_current(run.workspace, made)
    remember_work(run.workspace, run.supply.series, made)


def _batch(run: Run, came: Sequence[Supplied], made: Sequence[Prepared], with_text: bool) -> Batch:
    # A set: what is said of a copy when it comes, and once more when it is read, is one row.
    issues = {*run.issues, *_rows(one.issues for one in came), *_rows(one.issues for one in made)}
    return Batch(
        corpus=run.corpus,
        prepared=made,
        issues=tuple(sorted(issues)),
        coder=run.coder,
        series=_series(run, with_text),
        with_text=with_text,
    )


def _touched(earlier: Root | None) -> Iterator[Issue]:
    """A row where the release that stands there is no longer what had been released."""
    changed = changed_files(earlier) if earlier and store.file_of(earlier, MANIFEST) is not None else ()
    names = sorted({row.where for row in changed if row.level == "error"})
    if names:
        yield issue("release-touched", earlier, files=", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""))


def _series(run: Run, with_text: bool) -> str:
    """The releases this one follows: of the same registry, from the same place, with or without text."""
    registry = abridged(fingerprint(str(run.corpus.root.resolve())))
    return f"{run.supply.series}-{registry}" if with_text else f"{run.supply.series}-{registry}-without-text"


def _rows(groups: Iterable[tuple[Issue, ...]]) -> tuple[Issue, ...]:
    return tuple(chain.from_iterable(groups))
