"""A stage's work is done once for the same inputs and the same code; after that its result is recalled.

The key of a piece of work is the stage's name, its code (the sources of the packages it uses, the versions of the
libraries that decide what comes out) and the hashes of its inputs. So a change to the splitter makes every treaty be
split again and none be read again, and a run after which nothing changed does no work.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

from treatynlp import log, store
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline.workspace.serialisation import understood
from treatynlp.store import Workspace


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: the modules its result depends on, the libraries, the programs."""

    name: str
    modules: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


_NOUNS = ("treatynlp.text", "treatynlp.errors", "treatynlp.roman")
READ = Stage("read", (*_NOUNS, "treatynlp.reading"), ("pypdfium2", "pdfplumber", "lxml", "pytesseract"), ("tesseract",))
AUDIT = Stage("audit", (*_NOUNS, "treatynlp.reading.audit", "treatynlp.reading.document"), ("pdfplumber",))
SPLIT = Stage("split", (*_NOUNS, "treatynlp.reading.document", "treatynlp.structure"))
LINK = Stage("link", (*_NOUNS, "treatynlp.structure", "treatynlp.registry"))
CODE = Stage("code", (*_NOUNS, "treatynlp.structure.tree", "treatynlp.coding"), ("scikit-learn", "spacy", "numpy"))
COMPARE = Stage(
    "compare", (*_NOUNS, "treatynlp.structure.tree", "treatynlp.coding.labels", "treatynlp.comparison"),
    ("scikit-learn", "numpy", "scipy", "rapidfuzz"),
)  # fmt: skip
PUBLISH = Stage(
    "publish", (*COMPARE.modules, "treatynlp.publishing"), (*COMPARE.libraries, "jinja2", "pandas", "xlsxwriter")
)
STAGES = (READ, AUDIT, SPLIT, LINK, CODE, PUBLISH)
"""Those whose work is kept."""


@dataclass(frozen=True, slots=True)
class Record:
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


RECORD = TypeAdapter(Record)
Work = Callable[[], tuple[bytes, Iterable[Issue]]]


def once(workspace: Workspace, stage: Stage, inputs: Iterable[str], work: Work) -> Made:
    """The work's result, recalled where it was done before. A DataError of the work passes through and is not kept:
    what failed is tried again the next time."""
    name, began = key(stage, inputs), perf_counter()
    with log.about(stage=stage.name):
        done = recalled(workspace, stage, name)
        if done is None or done.notices:
            done = _done(workspace, stage, name, work, done.notices if done else ())
        log.tell("done" if done.fresh else "recalled", seconds=log.since(began), output=done.output[:12])
        log.tell_issues((*done.issues, *done.notices))
    return done


def _done(workspace: Workspace, stage: Stage, name: str, work: Work, notices: tuple[Issue, ...]) -> Made:
    data, issues = work()
    record = Record(store.put(workspace, data), tuple(issues))
    store.remember(workspace, stage.name, name, RECORD.dump_json(record))
    return Made(record.output, record.issues, fresh=True, notices=notices, work=f"{stage.name}/{name}")


def recalled(workspace: Workspace, stage: Stage, name: str) -> Made | None:
    """What was made under this key; with a notice when the disk has lost it."""
    record = understood(RECORD, store.recall(workspace, stage.name, name))
    if record is None:
        return None
    notices = () if store.intact(workspace, record.output) else (_lost(stage, record.output),)
    return Made(record.output, record.issues, notices=notices, work=f"{stage.name}/{name}")


def _lost(stage: Stage, output: str) -> Issue:
    message = f"The kept result of the stage '{stage.name}' was missing or damaged; it was made again."
    return Issue("warning", "artefact-damaged", f"artefact {output[:12]}", message)


def key(stage: Stage, inputs: Iterable[str]) -> str:
    """The name of a piece of work: it changes with the stage's code and with any input."""
    return _digest(stage.name, code_version(stage), *inputs)


def _digest(*parts: str) -> str:
    whole = sha256()
    for part in parts:
        data = part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


@cache
def code_version(stage: Stage) -> str:
    """The hash of the source files of the stage's modules, and of the versions of what it builds on."""
    files = sorted({file for module in stage.modules for file in _sources(module)})
    sources = (f"{file.name} {sha256(file.read_bytes()).hexdigest()}" for file in files)
    programs = (f"{name} {shutil.which(name) is not None}" for name in stage.programs)
    return _digest(*sources, *(f"{name} {_version(name)}" for name in stage.libraries), *programs)


def _sources(module: str) -> Iterable[Path]:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ValueError(f"the stage names a module that does not exist: {module}")
    home = Path(spec.origin)
    forms = (".py", ".yml", ".csv", ".j2", ".js", ".css")
    data = (path for path in home.parent.rglob("*") if path.suffix in forms)
    return data if spec.submodule_search_locations else [home]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "absent"


def folder_digest(*places: Path) -> str:
    """The hash of files and folders that a stage reads besides its main input: names and bytes; "" parts are absent."""
    parts: list[str] = []
    for place in places:
        files = sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
        parts += [f"{file.relative_to(place.parent)} {_file_digest(file)}" for file in files]
    return _digest(*parts)


def _file_digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def rows(error: DataError) -> tuple[Issue, ...]:
    """The faults of an error as rows, or one row when it brought none."""
    return error.issues or (Issue("error", "data", "", str(error)),)
