"""How each instrument stands in a workspace, and why anything of it is old. Records are read, and no work is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from treatynlp import store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import Issue, declared_codes, issue, issue_said
from treatynlp.pipeline.runs.cache_keys import Inputs, to_code, to_read, to_split
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.runs.refresh import coder_digest
from treatynlp.pipeline.runs.sources import SourceCopy
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.steps.people import People
from treatynlp.pipeline.workspace.declarations import declared_last
from treatynlp.pipeline.workspace.history import Attempt, Ran, histories
from treatynlp.pipeline.workspace.stages import CODE, READ, RECORD, SPLIT, Stage, stage_key
from treatynlp.store import Workspace

State = Literal["not fetched", "fetched", "read", "split", "coded"]


@dataclass(frozen=True, slots=True)
class InstrumentStatus:
    """One instrument in a workspace: the copy in use and how far it came; when its source was last asked for, and what
    came of it; and a row for each reason why something of it is old or missing."""

    id: str
    title: str
    state: State
    source: SourceCopy | None
    document: str
    treaty: str
    coding: str
    attempt: Attempt | None
    old: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """A workspace: its instruments by id, and by series (where sources were had) the runs there, the newest first."""

    instruments: tuple[InstrumentStatus, ...]
    runs: dict[str, tuple[Ran, ...]]

    @property
    def last(self) -> Ran | None:
        """The run that began last."""
        every = [ran for runs in self.runs.values() for ran in runs]
        return max(every, key=lambda ran: (ran.began, ran.id), default=None)


def status(workspace: Workspace, corpus: Corpus) -> Status:
    """How the instruments of a corpus, and all others that runs have made, stand in a workspace."""
    past, made = histories(workspace), current(workspace)
    attempts = _newest(past[series].attempts for series in past)
    there = {one.id: one for one in corpus.instruments}
    coder = coder_digest(corpus.root)
    standings = []
    for ident in sorted({*there, *made, *attempts}):
        declared = there.get(ident) or declared_last(workspace, tuple(past), ident)
        outdated = _outdated(workspace, declared, made.get(ident), coder, People.of(corpus, ident))
        standings.append(_standing(ident, declared, made.get(ident), attempts.get(ident), tuple(outdated)))
    return Status(tuple(standings), {series: one.runs for series, one in past.items()})


def _newest(series: Iterable[Mapping[str, Attempt]]) -> dict[str, Attempt]:
    """The last attempt at each instrument, wherever it was asked for."""
    found: dict[str, Attempt] = {}
    for attempts in series:
        for ident, attempt in attempts.items():
            if ident not in found or attempt.at >= found[ident].at:
                found[ident] = attempt
    return found


def _standing(
    ident: str, declared: Instrument | None, made: Prepared | None, attempt: Attempt | None, outdated: tuple[Issue, ...]
) -> InstrumentStatus:
    source = made.source if made else None
    # One that is no longer declared is still told of: it stands in the workspace, and in the last release.
    title = declared.short_title if declared else ""
    return InstrumentStatus(
        id=ident,
        title=title,
        state=_state(made),
        source=source,
        document=made.document if made else "",
        treaty=made.treaty if made else "",
        coding=made.coding if made else "",
        attempt=attempt,
        old=(*_of_source(ident, declared, attempt), *outdated),
    )


def _state(made: Prepared | None) -> State:
    if made is None or made.source is None:
        return "not fetched"
    return "coded" if made.coding else "split" if made.treaty else "read" if made.document else "fetched"


def _of_source(ident: str, declared: Instrument | None, attempt: Attempt | None) -> Iterator[Issue]:
    if attempt is None:
        case = "undeclared" if declared and not declared.sources else "yet"
        yield issue(f"source-not-asked.{case}", ident)
    elif attempt.kind == "failed":
        since = f"since {attempt.reached}" if attempt.reached else "yet"
        yield issue("source-not-reached", ident, since=since, code=attempt.code, said=attempt.said)
    elif attempt.kind == "unusable":
        # A workspace may be older than the program, and its codes may have been renamed since.
        code = attempt.code if attempt.code in declared_codes() else "source-not-taken"
        yield issue_said(code, ident, attempt.said)


def _outdated(
    workspace: Workspace, declared: Instrument | None, made: Prepared | None, coder: str, people: People
) -> Iterator[Issue]:
    """The first stage whose result would be made again now, as its code or what it goes by has changed since."""
    if declared is None or made is None or made.source is None:
        return
    # Only the first stage is told: what rests on it is made again with it.
    document = _output(workspace, READ, to_read(made.source, declared))
    treaty = _output(workspace, SPLIT, to_split(document, made.source, declared)) if document else ""
    if not document:
        yield _old(made.id, "read", "by an earlier version")
    elif not treaty:
        yield _old(made.id, "split", "by an earlier version, or it is declared otherwise since")
    elif not _output(workspace, CODE, to_code(treaty, coder, people)):
        yield _old(made.id, "coded", "with an earlier model, lexicon, codebook or set of decisions")


def _old(ident: str, stage: str, how: str) -> Issue:
    return issue("result-outdated", ident, done=stage, how=how)


def _output(workspace: Workspace, stage: Stage, inputs: Inputs) -> str:
    """The hash of what a stage made of these inputs by the code of now; "" where it has not been made."""
    record = understood(RECORD, store.recall_record(workspace, stage.name, stage_key(stage, inputs)))
    return record.output if record else ""
