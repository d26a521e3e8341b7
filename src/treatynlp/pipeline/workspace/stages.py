"""A stage's work is done once for the same inputs and the same code; after that its result is recalled.

The key of a piece of work is the stage's name, all its code rests on (the sources of what it imports, near and far,
with their data, and the versions of libraries) and the hashes of its inputs. So a change to the splitter makes every
treaty be split again and none be read again, and a run after which nothing changed does no work.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

from treatynlp import log, store
from treatynlp.errors import DataError, Issue, issue
from treatynlp.hashes import abridged
from treatynlp.home import home
from treatynlp.pipeline.sandbox.process import program_version
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.pipeline.workspace.imports import closure, library_versions, origin, source_files
from treatynlp.store import Workspace


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: the modules that do its work, the files of corpus/ and models/ that it reads (relative to
    `corpus.home`), the programs it calls, and the modules that carry values to it and its results away."""

    name: str
    entries: tuple[str, ...]
    data: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()


_STEPS, _RUNS, _SANDBOX = "treatynlp.pipeline.steps", "treatynlp.pipeline.runs", "treatynlp.pipeline.sandbox"
_ARTEFACTS = "treatynlp.pipeline.workspace.artefacts"
_CARRIED = (
    _SANDBOX, f"{_SANDBOX}.child", f"{_SANDBOX}.protocol", f"{_SANDBOX}.serialisation",
    f"{_RUNS}.prepare_instrument", f"{_RUNS}.cache_keys", _ARTEFACTS,
)  # fmt: skip
_WORDS, _LEXICON, _CODEBOOK, _MODELS = "corpus/words", "corpus/lexicon", "corpus/codebook.yml", "models"
READ = Stage("read", (f"{_STEPS}.reading",), (_WORDS,), ("tesseract",), carriers=_CARRIED)
AUDIT = Stage("audit", (f"{_STEPS}.auditing",), (_WORDS,), carriers=_CARRIED)
SPLIT = Stage("split", (f"{_STEPS}.splitting",), (_WORDS,), carriers=_CARRIED)
LINK = Stage("link", (f"{_STEPS}.linking",), (_WORDS,), carriers=_CARRIED)
CODE = Stage("code", (f"{_STEPS}.coding",), (_WORDS, _LEXICON, _CODEBOOK, f"{_MODELS}/topics"), carriers=_CARRIED)
PUBLISH = Stage(
    "publish", (f"{_STEPS}.publishing",), (_WORDS, _MODELS),
    carriers=(f"{_RUNS}.releasing", f"{_RUNS}.kept_pairs", f"{_RUNS}.cell_inputs", _ARTEFACTS),
)  # fmt: skip
ALIGN = Stage(
    "align", ("treatynlp.comparison.alignment", "treatynlp.registry"), (_WORDS, f"{_MODELS}/alignment"),
    carriers=(f"{_RUNS}.kept_pairs",),
)  # fmt: skip
STAGES = (READ, AUDIT, SPLIT, LINK, CODE, ALIGN, PUBLISH)
"""Those whose work is kept."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a piece of work left: the hash of its output and the rows it gave."""

    output: str
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A piece of work as it stands now: whether it was done `fresh`, what was noticed about the
    workspace, and the name (`stage/key`) of its record."""

    output: str
    issues: tuple[Issue, ...] = ()
    fresh: bool = False
    notices: tuple[Issue, ...] = ()
    work: str = ""


RECORD = TypeAdapter(StageResult)
Work = Callable[[], tuple[bytes, Iterable[Issue]]]


def once(workspace: Workspace, stage: Stage, inputs: Iterable[str], work: Work) -> Made:
    """The work's result, recalled where it was done before. A DataError of the work passes through and is not kept:
    what failed is tried again the next time."""
    name, began = stage_key(stage, inputs), perf_counter()
    with log.about(stage=stage.name):
        done = recalled(workspace, stage, name)
        # A notice here says that the disk has lost the result: it is made again, and the row stays.
        if done is None or done.notices:
            done = _done(workspace, stage, name, work, done.notices if done else ())
        log.tell("done" if done.fresh else "recalled", seconds=log.since(began), output=abridged(done.output))
        log.tell_issues((*done.issues, *done.notices))
    return done


def _done(workspace: Workspace, stage: Stage, name: str, work: Work, notices: tuple[Issue, ...]) -> Made:
    data, issues = work()
    # The bytes first, the record that names them last: a run that is killed between leaves work to be done again, never
    # a record of something that is not there.
    record = StageResult(store.put(workspace, data), tuple(issues))
    if not edited(stage):
        store.remember(workspace, stage.name, name, RECORD.dump_json(record))
    return Made(record.output, record.issues, fresh=True, notices=notices, work=f"{stage.name}/{name}")


def recalled(workspace: Workspace, stage: Stage, name: str) -> Made | None:
    """What was made under this key; with a notice when the disk has lost it."""
    record = understood(RECORD, store.recall_record(workspace, stage.name, name))
    if record is None:
        return None
    notices = () if store.intact(workspace, record.output) else (_lost(stage, record.output),)
    return Made(record.output, record.issues, notices=notices, work=f"{stage.name}/{name}")


def _lost(stage: Stage, output: str) -> Issue:
    return issue("artefact-damaged.stage", f"artefact {abridged(output)}", stage=stage.name)


def stage_key(stage: Stage, inputs: Iterable[str]) -> str:
    """The name of a piece of work: it changes with the stage's code and with any input."""
    return _digest(stage.name, code_version(stage), *inputs)


_LENGTH = 8
"""Bytes that hold how long a part is."""


def _digest(*parts: str) -> str:
    whole = sha256()
    for part in parts:
        data = part.encode()
        # Each part with its length in front, or ("ab", "c") and ("a", "bc") would be one key.
        whole.update(len(data).to_bytes(_LENGTH, "big") + data)
    return whole.hexdigest()


@cache
def code_version(stage: Stage) -> str:
    """The hash of all that decides what a stage makes of its inputs: the sources and data files of the modules its work
    rests on (see `imports.closure`), the versions of the libraries, and whether the programs are there."""
    _BEGUN.setdefault(stage, _state(stage))
    rests = closure(*stage.entries)
    sources = (f"{file.name} {sha256(file.read_bytes()).hexdigest()}" for file in _sources(stage))
    programs = map(program_version, stage.programs)
    data = folder_digest(*(home() / name for name in stage.data))
    return _digest(*sources, *library_versions(rests.libraries), *programs, data)


def _sources(stage: Stage) -> list[Path]:
    return sorted({*source_files(closure(*stage.entries).modules), *map(origin, stage.carriers)})


# A notebook or a worker may live for days, while a lexicon is corrected or another version checked out below it. What
# it loaded at first it keeps, and a process that it starts anew loads what is there now: what the two make together
# would stand under the key of neither. So it is not kept, and the next run of such a process is refused (`started`).
_BEGUN: dict[Stage, tuple[tuple[int, int], ...]] = {}
"""How the files of a stage stood when its key was first made in this process."""


def edited(stage: Stage) -> bool:
    """Whether a stage's code or data were changed since its key was first made in this process."""
    began = _BEGUN.get(stage)
    # By time and size first: they are asked of some hundred files in a millisecond, and nearly always say no.
    return began is not None and _state(stage) != began and code_version.__wrapped__(stage) != code_version(stage)


def edited_stages() -> tuple[str, ...]:
    """The names of the stages that were changed below this process."""
    return tuple(stage.name for stage in tuple(_BEGUN) if edited(stage))


def _state(stage: Stage) -> tuple[tuple[int, int], ...]:
    files = (*_sources(stage), *(file for name in stage.data for file in _files(home() / name)))
    found = (file.stat() for file in files if file.exists())
    return tuple((one.st_mtime_ns, one.st_size) for one in found)


def folder_digest(*places: Path) -> str:
    """The hash of files and folders that a stage reads besides its main input: names and bytes; "" parts are absent."""
    parts: list[str] = []
    for place in places:
        # Names count as well as bytes: a list that is moved to another language is another list.
        parts += [f"{file.relative_to(place.parent)} {_file_digest(file)}" for file in _files(place)]
    return _digest(*parts)


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]


def _file_digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def rows(error: DataError) -> tuple[Issue, ...]:
    """The faults of an error as rows, or one row when it brought none."""
    return error.issues or (issue("data", "", reason=error),)
