"""The stages of one instrument: its copy read, split into provisions, coded.

The newest copy is taken if it reads without fault. If it does not, and the last good one does, that one goes on being
used and a row says so: a publisher's mishap takes nothing away that was there before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from treatynlp import log, store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import DataError, Issue, brief_of, failed, issue
from treatynlp.hashes import abridged
from treatynlp.pipeline.runs.cache_keys import to_code, to_read, to_split
from treatynlp.pipeline.runs.source_changes import change_before_reading, compare_copies, notices, unusable
from treatynlp.pipeline.runs.sources import SourceCopy, Supplied
from treatynlp.pipeline.sandbox import BOUNDS, Bounds, audit, code, link, read, take_apart
from treatynlp.pipeline.sandbox.serialisation import Parcel, registry_parcel, treaties
from treatynlp.pipeline.steps.people import People
from treatynlp.pipeline.workspace.artefacts import load_artefact, parcel
from treatynlp.pipeline.workspace.source_change import SourceChange
from treatynlp.pipeline.workspace.stages import AUDIT, CODE, LINK, READ, SPLIT, Made, once, rows
from treatynlp.store import Workspace
from treatynlp.structure.identity import shorter


@dataclass(frozen=True, slots=True)
class Job:
    """What is needed to make one instrument, small enough to be handed to another process.

    `coder` is the hash of codebook, lexicon and model together; `people` is what people coded and decided;
    `registry` holds the instruments that its cross-references may mean,
    `families` the family of each topic, `bounds` what its document may take of the machine.
    """

    instrument: Instrument
    supplied: Supplied
    coder: str = ""
    people: People = field(default_factory=People)
    registry: tuple[Instrument, ...] = ()
    families: Mapping[str, str] = field(default_factory=dict)
    bounds: Bounds = BOUNDS

    @classmethod
    def of(cls, corpus: Corpus, supplied: Supplied, coder: str, bounds: Bounds = BOUNDS) -> "Job":
        """What making one instrument of a corpus needs."""
        instrument, people = corpus.instrument(supplied.id), People.of(corpus, supplied.id)
        return cls(
            instrument=instrument,
            supplied=supplied,
            coder=coder,
            people=people,
            registry=corpus.instruments,
            families=corpus.codebook.family_of,
            bounds=bounds,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """One instrument as far as it came: the copy used, the hashes of its text, tree and labels, the stages'
    rows, the names of the pieces of work it rests on; and what became of its source in this run."""

    id: str
    source: SourceCopy | None = None
    document: str = ""
    treaty: str = ""
    coding: str = ""
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    remade: int = 0
    work: tuple[str, ...] = ()
    change: SourceChange | None = None

    @property
    def whole(self) -> bool:
        return bool(self.treaty) and not failed(self.issues)

    def after(self, made: Made) -> "Prepared":
        """One stage further: its rows, and whether it had to be done."""
        issues, notices = self.issues + made.issues, self.notices + made.notices
        remade, work = self.remade + made.fresh, (*self.work, made.work)
        return replace(self, issues=issues, notices=notices, remade=remade, work=work)


NOT_THIS, UNPROVEN = "source-not-this-instrument", "source-unproven"
Step = Callable[[Workspace, Job, Prepared], Prepared]


def prepare(workspace: Workspace, job: Job, coded: bool = True) -> Prepared:
    """Make one instrument of the newest copy that can be used, or recall it where nothing has changed; not `coded`:
    only read and split."""
    # Audited after the split, not before: an instrument that is another's text is refused by the split, and the second
    # reading, which is the dearest step, is saved. Linked last, so that a new registry entry has nothing coded again.
    steps = (_read, _split, _audit, _code, _link) if coded else (_read, _split)
    with log.about(instrument=job.instrument.id):
        return _prepared(workspace, job, steps)


def _prepared(workspace: Workspace, job: Job, steps: Iterable[Step]) -> Prepared:
    if job.supplied.newest is None:
        return Prepared(job.instrument.id, change=change_before_reading(job.supplied))
    newest = _beside_last(workspace, job, _made(workspace, job, job.supplied.newest, steps))
    # A copy with errors is still better than none: it is kept back only where an earlier one reads without any.
    if newest.whole or job.supplied.last is None:
        return _with_change(workspace, job, newest)
    last = _made(workspace, job, job.supplied.last, steps)
    if not last.whole:
        return _with_change(workspace, job, newest)
    row, remade, work = _not_taken(newest, last), last.remade + newest.remade, (*last.work, *newest.work)
    return replace(last, issues=(*last.issues, row), remade=remade, work=work, change=unusable(row))


def _beside_last(workspace: Workspace, job: Job, newest: Prepared) -> Prepared:
    """The newest copy, with a row where it is not believed beside the last good one and nobody vouches for it."""
    last, source = job.supplied.last, newest.source
    if not newest.whole or last is None or source is None or job.supplied.vouched_for(source):
        return newest
    before = _made(workspace, job, last, (_read, _split))
    if not before.treaty:
        return newest
    trees = [load_artefact(workspace, treaties(), one.treaty) for one in (before, newest)]
    return replace(newest, issues=(*newest.issues, *shorter(trees[0], trees[1], job.instrument)))


def _with_change(workspace: Workspace, job: Job, newest: Prepared) -> Prepared:
    """What was made of the newest copy, with what that copy changes."""
    change, last = change_before_reading(job.supplied), job.supplied.last
    if change.kind == "first" and not newest.treaty:
        change = unusable(next(row for row in newest.issues if row.level == "error"))
    elif last and newest.source and newest.treaty:
        before = _made(workspace, job, last, (_read, _split))
        if before.treaty:
            trees = [load_artefact(workspace, treaties(), one.treaty) for one in (before, newest)]
            change = compare_copies(last, newest.source, *trees)
    return replace(newest, change=change, notices=(*newest.notices, *notices(change)))


def _not_taken(newest: Prepared, last: Prepared) -> Issue:
    why = next((issue.message for issue in newest.issues if issue.level == "error"), "it cannot be split")
    digests = [abridged(one.source.sha256) for one in (newest, last) if one.source]
    return issue("source-not-taken", newest.id, new=digests[0], why=why, last=digests[1])


def _made(workspace: Workspace, job: Job, source: SourceCopy, steps: Iterable[Step]) -> Prepared:
    so_far = Prepared(job.instrument.id, source)
    for step in steps:
        try:
            so_far = step(workspace, job, so_far)
        except DataError as error:
            return replace(so_far, issues=so_far.issues + rows(error))
        except Exception as error:
            # A fault of ours in one document must not take the others with it; it is told as such.
            return replace(so_far, issues=(*so_far.issues, _crash(so_far.id, step, error)))
    return so_far


def _crash(ident: str, step: Step, error: Exception) -> Issue:
    return issue("stage-failed.stage", ident, stage=step.__name__.strip("_"), reason=brief_of(error))


def _read(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    source = so_far.source
    assert source is not None
    language = source.declared(job.instrument).language

    def work() -> tuple[bytes, Iterable[Issue]]:
        found = read(store.get(workspace, source.sha256) or b"", job.instrument.id, language, job.bounds)
        return found.data, found.value.issues

    made = once(workspace, READ, to_read(source, job.instrument), work)
    return replace(so_far.after(made), document=made.output)


def _audit(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    """A second reading by another library; its rows say where the two differ."""
    source = so_far.source
    assert source is not None

    def work() -> tuple[bytes, Iterable[Issue]]:
        data = store.get(workspace, source.sha256) or b""
        # An audit leaves rows only; the empty output keeps it a piece of work like the others.
        return b"", _audited(data, job, parcel(workspace, so_far.document))

    return so_far.after(once(workspace, AUDIT, [source.sha256, so_far.document], work))


def _audited(data: bytes, job: Job, document: Parcel) -> tuple[Issue, ...]:
    """What the second reading says; where the document is too much for it, the first one stands."""
    try:
        return audit(data, job.instrument.id, document, job.bounds)
    except DataError as error:
        said = " ".join(issue.message for issue in error.issues)
        return (issue("audit-impossible.refused", job.instrument.id, said=said),)


def _split(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    source = so_far.source
    assert source is not None
    declared = source.declared(job.instrument)

    def work() -> tuple[bytes, Iterable[Issue]]:
        whole = parcel(workspace, so_far.document)
        instrument, bounds = job.instrument, job.bounds
        treaty, issues = take_apart(whole, instrument.id, declared.within, instrument=instrument, bounds=bounds)
        return treaty.data, issues

    # The doubt is a row of the kept result, and a person's word for the bytes takes it off here: a lock that is added
    # later must count without splitting again.
    made = once(workspace, SPLIT, to_split(so_far.document, source, job.instrument), work)
    if job.supplied.vouched_for(source):
        made = replace(made, issues=tuple(row for row in made.issues if row.code not in (NOT_THIS, UNPROVEN)))
    if wrong := [row for row in made.issues if row.code == NOT_THIS]:
        raise DataError(*wrong)  # another's words never stand in this instrument's name
    return replace(so_far.after(made), treaty=made.output)


def _code(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    def work() -> tuple[bytes, Iterable[Issue]]:
        treaty = parcel(workspace, so_far.treaty)
        coding, issues = code(treaty, job.instrument.id, job.families, people=job.people, bounds=job.bounds)
        return coding.data, issues

    made = once(workspace, CODE, to_code(so_far.treaty, job.coder, job.people), work)
    return replace(so_far.after(made), coding=made.output)


def _link(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    """Cross-references are a stage of their own: a new instrument in the registry has none split or coded again."""
    names = registry_parcel(job.registry)

    def work() -> tuple[bytes, Iterable[Issue]]:
        treaty, issues = link(parcel(workspace, so_far.treaty), job.instrument.id, names, job.bounds)
        return treaty.data, issues

    made = once(workspace, LINK, [so_far.treaty, names.digest], work)
    return replace(so_far.after(made), treaty=made.output)
