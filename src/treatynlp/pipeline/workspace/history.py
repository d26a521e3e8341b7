"""What a workspace remembers of its runs: when each began and how it ended, and of every source when it was last asked
for and what came of it. It is no part of a release: there the same sources give the same bytes, whenever they came.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pydantic import TypeAdapter

from treatynlp import log, store
from treatynlp.errors import DataError
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.workspace.source_change import Kind, SourceChange
from treatynlp.store import Workspace

KEPT = 20
"""Runs remembered of a series."""
_KIND = "history"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last time a source was asked for: when (`at`), what came of it, why it failed (`code`, `said`).

    `reached` is the last time it gave a copy that could be used ("" for never), `changed` the last time its words were
    new.
    """

    at: str
    kind: Kind
    code: str
    said: str = ""
    reached: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: its id, what it did (`run`, `fetch`), when it began and ended, how and why. One that was killed never
    ended."""

    id: str
    doing: str
    began: str
    ended: str = ""
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The last runs of a series, the newest first, and the last attempt at each source."""

    runs: tuple[Ran, ...] = ()
    attempts: Mapping[str, Attempt] = field(default_factory=dict)


_HISTORY = TypeAdapter(History)


def now() -> str:
    """The time as records hold it, in UTC and whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def history(workspace: Workspace, series: str) -> History:
    """What is remembered of a series; nothing where it never ran, or where the disk has lost it."""
    return understood(_HISTORY, store.recall_record(workspace, _KIND, series)) or History()


def histories(workspace: Workspace) -> dict[str, History]:
    """What is remembered, by series."""
    return {series: history(workspace, series) for series in store.record_names(workspace, _KIND)}


@contextmanager
def under_way(workspace: Workspace, series: str, ran: Ran) -> Iterator[None]:
    """Remember that a run is under way, and why it stopped if it does not come to its end."""
    begin(workspace, series, ran)
    with log.about(run=ran.id):
        log.tell("run-started", doing=ran.doing)
        try:
            yield
        except BaseException as error:
            log.tell("run-ended", "error", status="failed", why=type(error).__name__)
            with suppress(DataError):  # what stopped the run may stop this too
                record_run(workspace, series, replace(ran, status="failed", reason=str(error) or type(error).__name__))
            raise
    # A run that ended with an outcome of its own has written it already (`record_run` in `finish`).
    if not history(workspace, series).runs[0].ended:
        record_run(workspace, series, replace(ran, status="complete"))


def begin(workspace: Workspace, series: str, ran: Ran) -> None:
    """Remember that a run is under way."""
    before = history(workspace, series)
    _keep(workspace, series, replace(before, runs=(ran, *before.runs)[:KEPT]))


def started_now(doing: str) -> Ran:
    """A run that begins now, under a name of its own."""
    return Ran(log.new_run(), doing, now())


def record_run(workspace: Workspace, series: str, ran: Ran, changes: Iterable[SourceChange] = ()) -> None:
    """Remember how a run ended, and what came of each source. What was not asked for this time stays as it was."""
    before = history(workspace, series)
    runs = (replace(ran, ended=now()), *(one for one in before.runs if one.id != ran.id))
    attempts = {one.id: _attempt(before.attempts.get(one.id), one) for one in changes}
    _keep(workspace, series, History(runs[:KEPT], dict(sorted({**before.attempts, **attempts}.items()))))


def forget_instrument(workspace: Workspace, ident: str) -> None:
    """Forget what came of an instrument: it is no longer there."""
    for series, past in histories(workspace).items():
        if ident in past.attempts:
            attempts = {one: attempt for one, attempt in past.attempts.items() if one != ident}
            _keep(workspace, series, replace(past, attempts=attempts))


def _attempt(before: Attempt | None, change: SourceChange) -> Attempt:
    at = now()
    had = change.kind not in ("failed", "unusable")
    # A source that is refused was reached, but gave nothing to rest on: for its age only usable copies count.
    reached = at if had else before.reached if before else ""
    changed = at if change.kind in ("first", "text") else before.changed if before else ""
    return Attempt(at=at, kind=change.kind, code=change.code, said=change.said, reached=reached, changed=changed)


def _keep(workspace: Workspace, series: str, kept: History) -> None:
    # Kept twice: when a source was last reached cannot be found out again.
    store.entrust(workspace, _KIND, series, _HISTORY.dump_json(kept))
