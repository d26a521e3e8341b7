"""What a module really rests on: all it imports, near and far, with the data beside it and the versions of libraries.

Lists kept by hand had gaps, and a gap is a stale result that nobody sees. So the imports are read from the sources (by
grimp, those inside functions too), and three things it cannot see are added:

- importing `a.b` runs `a/__init__.py`;
- names that a package looks up late (`__getattr__`): such packages name them under TYPE_CHECKING as well, and whoever
  imports the package itself, not a module in it, may use any of them;
- what a library finds by its entry points (spaCy: the components of installed packages).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import grimp

ROOT = "treatynlp"
_HERE = Path(__file__).parents[2]
_PLUGGED = {"spacy": re.compile(r"spacy_|thinc")}
"""Libraries that load what others registered for them, by the groups of entry points they look in."""
_NO_DATA = {".py", ".pyc", ".pyi", ".so", ".typed"}


@dataclass(frozen=True, slots=True)
class Closure:
    """What some modules rest on: modules of this package, and the names of the distributions of libraries."""

    modules: frozenset[str]
    libraries: frozenset[str]


@cache
def closure(*entries: str) -> Closure:
    """What these modules rest on, they themselves included. ValueError names one that does not exist."""
    executed, every = _graphs()
    if missing := [name for name in entries if name not in executed.modules]:
        raise ValueError(f"no such module: {', '.join(missing)}")
    found: set[str] = set()
    waiting = set(entries)
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name.split(".")[0] == ROOT:
            waiting |= {*_above(name), *_imported(name, executed, every)} - found
        else:
            waiting |= set(_plugged_modules(name)) - found
    own = frozenset(name for name in found if name.split(".")[0] == ROOT)
    return Closure(own, _libraries(found - own))


@cache
def _graphs() -> tuple[grimp.ImportGraph, grimp.ImportGraph]:
    """What imports what: when the code runs, and with what stands under TYPE_CHECKING."""
    executed, every = (
        grimp.build_graph(ROOT, include_external_packages=True, exclude_type_checking_imports=without, cache_dir=None)
        for without in (True, False)
    )
    return executed, every


def _above(name: str) -> Iterator[str]:
    """The packages a module lies in."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _imported(name: str, executed: grimp.ImportGraph, every: grimp.ImportGraph) -> set[str]:
    """What a module imports itself; of a package that it imports as such, also the names looked up late."""
    found = executed.find_modules_directly_imported_by(name)
    # A module in a package is no package: who imports `coding.labels` uses none of the names that `coding` looks up
    # late.
    packages = [one for one in found if one.split(".")[0] == ROOT and executed.find_children(one)]
    return found.union(*map(every.find_modules_directly_imported_by, packages))


def _plugged_modules(library: str) -> Iterator[str]:
    """The modules of this package that a library finds by their entry points."""
    for point in _points(library):
        if point.module.split(".")[0] == ROOT:
            yield point.module


def _points(library: str) -> list[metadata.EntryPoint]:
    wanted = _PLUGGED.get(library)
    groups = [group for group in metadata.entry_points().groups if wanted.match(group)] if wanted else []
    return [point for group in groups for point in metadata.entry_points(group=group)]


def source_files(modules: Iterable[str]) -> frozenset[Path]:
    """The files of modules of this package, with the data files that lie beside them (word lists, templates, pages)."""
    found: set[Path] = set()
    for module in modules:
        home = origin(module)
        found.add(home)
        # Data beside a module belong to its package, and are found with the package, not with each of its modules.
        if home.name == "__init__.py":
            found |= set(
                _data(home.parent, deep=module != ROOT)
            )  # below the first one lie corpus and models: see `Stage`
    return frozenset(found)


def origin(module: str) -> Path:
    """The source file of a module of this package. ValueError when there is none.

    `find_spec` would say it too, but imports what the module lies in, and with it pandas and scikit-learn.
    """
    place = _HERE.joinpath(*module.split(".")[1:])
    found = [path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()]
    if not found:
        raise ValueError(f"no such module: {module}")
    return found[0]


def _data(folder: Path, deep: bool = True) -> Iterator[Path]:
    """The data files of a package: in its folder, and (`deep`) in folders below that are no packages themselves."""
    for path in folder.iterdir():
        if path.is_file() and path.suffix not in _NO_DATA:
            yield path
        elif deep and path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from _data(path)


# ---- libraries --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Installed:
    """A distribution that is installed: its version, and what it requires, without and with its extras."""

    version: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


def library_versions(libraries: Iterable[str]) -> tuple[str, ...]:
    """Python and the libraries, each with its version."""
    found = ((name, _installed(name)) for name in sorted(libraries))
    return (f"python {sys.version.split()[0]}", *(f"{name} {one.version if one else ''}" for name, one in found))


def _libraries(modules: Iterable[str]) -> frozenset[str]:
    """The distributions that these modules come from, and those that these require in turn."""
    # What the standard library does comes with the version of Python, which stands in every key.
    names = {name.split(".")[0] for name in modules} - sys.stdlib_module_names
    waiting = set(filter(None, map(_distribution, names)))
    waiting |= {_normal(point.dist.name) for name in names for point in _points(name) if point.dist} - {ROOT}
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if there := _installed(name):
            found.add(name)
            waiting |= set(there.required) - found
    return frozenset(found)


def _distribution(module: str) -> str | None:
    """The distribution a module comes from: that of its name, else the required one that brings it; None where it is
    not installed (an optional one)."""
    return _normal(module) if _installed(_normal(module)) else _named_otherwise().get(module)


@cache
def _named_otherwise() -> dict[str, str]:
    """The modules of required distributions that go by another name (yaml of pyyaml).

    `importlib.metadata.packages_distributions` says the same of all that is installed, but reads the file lists of all
    for that: 0.6 s here, at each start.
    """
    own = _installed(ROOT)
    names = {*own.required, *own.optional} if own else set()
    strange = (name for name in names if _installed(name) and find_spec(name.replace("-", "_")) is None)
    return {module: name for name in strange for module in _top_level(name)}


def _top_level(name: str) -> set[str]:
    """The names that a distribution's modules begin with."""
    files = metadata.distribution(name).files or ()
    return {Path(file.parts[0]).stem for file in files if file.suffix == ".py"}


@cache
def _installed(name: str) -> Installed | None:
    """A distribution by its normal name; None where it is not installed. Only the head of its description is read: the
    rest of it is long, and parsing it took most of the time here."""
    try:
        text = metadata.distribution(name).read_text("METADATA") or ""
    except metadata.PackageNotFoundError:
        return None
    head = text.partition("\n\n")[0]
    version = re.search(r"^Version: (.+)$", head, re.MULTILINE)
    lines = re.findall(r"^Requires-Dist: ([\w.-]+)(.*)$", head, re.MULTILINE)
    required, optional = (
        [_normal(one) for one, rest in lines if ("extra ==" in rest) is extra] for extra in (False, True)
    )
    return Installed(version[1] if version else "", tuple(required), tuple(optional))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
