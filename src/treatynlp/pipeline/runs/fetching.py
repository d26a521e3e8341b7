"""Fetching without making a release: what came, whether it can be used, and locks of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from treatynlp.corpus import Instrument
from treatynlp.errors import Issue
from treatynlp.pipeline.runs.prepare_instrument import Job, prepare
from treatynlp.pipeline.runs.source_changes import change_counts
from treatynlp.pipeline.runs.sources import SourceCopy, remember_good, supplied
from treatynlp.pipeline.workspace import history
from treatynlp.pipeline.workspace.locks import LockedSource, write_lock
from treatynlp.pipeline.workspace.source_change import SourceChange

if TYPE_CHECKING:
    from treatynlp.pipeline.runs.refresh import Run


Status = Literal["new", "unchanged", "kept", "missing"]


@dataclass(frozen=True, slots=True)
class Came:
    """What became of asking for an instrument: `new`, `unchanged`, `kept` (nothing usable came, the last good copy is
    there) or `missing`; `source` is the copy that is kept, if any."""

    status: Status
    source: SourceCopy | None
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    change: SourceChange | None = None


def fetch_one(run: "Run", instrument: Instrument) -> Came:
    """Ask for an instrument, see that the copy can be read and split, and keep it as the last good one if so."""
    came = supplied(instrument, run.workspace, run.supply, run.network, run.locks)
    made = prepare(run.workspace, Job(instrument, came, bounds=run.supply.bounds), coded=False)
    told = partial(
        Came, issues=(*came.issues, *made.issues), notices=(*came.notices, *made.notices), change=made.change
    )
    if made.source is None or not made.treaty:
        return told("missing", None)
    remember_good(run.workspace, run.supply, [(instrument.id, made.source)])
    # `prepare` falls back on the last good copy where the new one cannot be read: that is no new copy.
    kept = came.status == "failed" or made.source is came.last
    status: Status = "kept" if kept else "new" if came.status == "new" else "unchanged"
    return told(status, made.source)


def remember_fetched(run: "Run", came: Iterable[Came]) -> None:
    """Remember what came of each source, though no release is made of it."""
    changes = [one.change for one in came if one.change]
    failed = any(one.kind in ("failed", "unusable") for one in changes)
    ran = replace(run.ran, status="degraded" if failed else "complete", reason=change_counts(changes))
    history.record_run(run.workspace, run.supply.series, ran, changes)


def lock(run: "Run", instrument: Instrument, source: SourceCopy) -> None:
    """Lock an instrument's official address to the copy that is kept. What a mirror gave is no official source: its
    copies are not locked."""
    if source.origin == "official":
        copy = source.copy
        locked = LockedSource(
            url=copy.url, sha256=copy.sha256, size=copy.size, media_type=copy.media, retrieved_at=source.retrieved,
            etag=copy.etag, last_modified=copy.last_modified,
        )  # fmt: skip
        write_lock(run.corpus.root, instrument.id, [locked])
