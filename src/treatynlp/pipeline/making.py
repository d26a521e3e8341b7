"""The stages of one instrument: its copy read, split into provisions, coded.

The newest copy is taken if it reads without fault. If it does not, and the last good one does, that one goes on being
used and a row says so: a publisher's mishap takes nothing away that was there before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from treatynlp import store
from treatynlp.corpus import Instrument
from treatynlp.errors import DataError, Issue, failed
from treatynlp.pipeline.kinds import codings, documents, kept, load, treaties
from treatynlp.pipeline.sources import Source, Supplied
from treatynlp.pipeline.stages import AUDIT, CODE, LINK, READ, SPLIT, Made, once, rows
from treatynlp.pipeline.verbs import People, coded, corrected, linked, taken_apart, unexpected
from treatynlp.store import Workspace

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Job:
    """What is needed to make one instrument, small enough to be handed to another process.

    `coder` is the hash of codebook, lexicon and model together; `people` is what people coded and decided;
    `registry` holds the instruments that its cross-references may mean,
    `families` the family of each topic.
    """

    instrument: Instrument
    supplied: Supplied
    coder: str = ""
    people: People = field(default_factory=People)
    registry: tuple[Instrument, ...] = ()
    families: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One instrument as far as it came: the copy used, the hashes of its text, tree and labels, the stages'
    rows, and the names of the pieces of work it rests on."""

    id: str
    source: Source | None = None
    document: str = ""
    treaty: str = ""
    coding: str = ""
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    remade: int = 0
    work: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return bool(self.treaty) and not failed(self.issues)

    def after(self, made: Made) -> "Prepared":
        """One stage further: its rows, and whether it had to be done."""
        issues, notices = self.issues + made.issues, self.notices + made.notices
        remade, work = self.remade + made.fresh, (*self.work, made.work)
        return replace(self, issues=issues, notices=notices, remade=remade, work=work)


Step = Callable[[Workspace, Job, Prepared], Prepared]


def prepare(workspace: Workspace, job: Job, coded: bool = True) -> Prepared:
    """Make one instrument of the newest copy that can be used, or recall it where nothing has changed; not `coded`:
    only read and split."""
    steps = (_read, _split, _audit, _code, _link) if coded else (_read, _split)
    if job.supplied.newest is None:
        return Prepared(job.instrument.id)
    newest = _made(workspace, job, job.supplied.newest, steps)
    if newest.whole or job.supplied.last is None:
        return newest
    last = _made(workspace, job, job.supplied.last, steps)
    if not last.whole:
        return newest
    remade, work = last.remade + newest.remade, (*last.work, *newest.work)
    return replace(last, issues=(*last.issues, _not_taken(newest, last)), remade=remade, work=work)


def _not_taken(newest: Prepared, last: Prepared) -> Issue:
    why = next((issue.message for issue in newest.issues if issue.level == "error"), "it cannot be split")
    digests = [one.source.sha256[:12] for one in (newest, last) if one.source]
    message = f"The new copy ({digests[0]}…) was not taken: {why} The last good one ({digests[1]}…) is kept."
    return Issue("error", "source-not-taken", newest.id, message)


def _made(workspace: Workspace, job: Job, source: Source, steps: Iterable[Step]) -> Prepared:
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
    message = f"The stage '{step.__name__.strip('_')}' failed ({type(error).__name__}: {error}); please report it."
    return Issue("error", "stage-failed", ident, " ".join(message.split())[:400])


def _read(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    source = so_far.source
    assert source is not None
    language = source.declared(job.instrument).language

    def work() -> tuple[bytes, Iterable[Issue]]:
        from treatynlp.reading import read

        document = read(store.get(workspace, source.sha256) or b"", job.instrument.id, language)
        return kept(documents(), document), document.issues

    made = once(workspace, READ, [source.sha256, job.instrument.id, language], work)
    return replace(so_far.after(made), document=made.output)


def _audit(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    """A second reading by another library; its rows say where the two differ."""
    source = so_far.source
    assert source is not None

    def work() -> tuple[bytes, Iterable[Issue]]:
        from treatynlp.reading.audit import audit

        data = store.get(workspace, source.sha256) or b""
        return b"", audit(data, load(workspace, documents(), so_far.document))

    return so_far.after(once(workspace, AUDIT, [source.sha256, so_far.document], work))


def _split(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    assert so_far.source is not None
    declared = so_far.source.declared(job.instrument)

    def work() -> tuple[bytes, Iterable[Issue]]:
        document = load(workspace, documents(), so_far.document)
        treaty, issues = taken_apart(document, job.instrument.id, declared.within, declared.language)
        return kept(treaties(), treaty), (*issues, *unexpected(treaty, job.instrument))

    expected = str(job.instrument.expect.articles)
    inputs = [so_far.document, job.instrument.id, declared.within, declared.language, expected]
    made = once(workspace, SPLIT, inputs, work)
    return replace(so_far.after(made), treaty=made.output)


def _code(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    def work() -> tuple[bytes, Iterable[Issue]]:
        treaty = load(workspace, treaties(), so_far.treaty)
        coding, misleading = coded(treaty, job.families)
        coding, stale = corrected(coding, treaty, job.people)
        return kept(codings(), coding), (*misleading, *stale)

    made = once(workspace, CODE, [so_far.treaty, job.coder, job.people.digest], work)
    return replace(so_far.after(made), coding=made.output)


def _link(workspace: Workspace, job: Job, so_far: Prepared) -> Prepared:
    """Cross-references are a stage of their own: a new instrument in the registry has none split or coded again."""

    def work() -> tuple[bytes, Iterable[Issue]]:
        treaty, issues = linked(load(workspace, treaties(), so_far.treaty), job.registry)
        return kept(treaties(), treaty), issues

    names = sha256("\n".join(one.model_dump_json() for one in job.registry).encode()).hexdigest()
    made = once(workspace, LINK, [so_far.treaty, names], work)
    return replace(so_far.after(made), treaty=made.output)
