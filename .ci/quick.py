"""The inner loop, `make quick`: style, types and import directions, and the tests of what has changed since main.

A changed test file runs; of a changed module, the test files run that are nearest to it by imports, in the folder of
tests that mirrors its package, without the real treaties. What is further away (the explorer in a browser, the flows on
a server), takes long or is not come to within seconds is left to `make test` (see `budget`, beside this).
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
CHECKS = ("ruff check --quiet .", "ruff format --check --quiet .", "mypy --no-error-summary", "lint-imports --no-logo")
MOST = 4
"""Test files that a changed module has run: those nearest to it. All that reach it are `make test`'s."""


def git(*words: str) -> list[str]:
    """The lines that git answers."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def changed() -> set[Path]:
    """The Python files that differ from where this branch left main, committed or not."""
    base = (git("merge-base", "main", "HEAD") or git("merge-base", "origin/main", "HEAD") or ["HEAD"])[0]
    names = [*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")]
    return {Path(name) for name in names if name.endswith(".py") and (ROOT / name).exists()}


def module(path: Path) -> str:
    """The name a module is imported by."""
    return ".".join(path.relative_to("src").with_suffix("").parts).removesuffix(".__init__")


def tests_of(paths: Iterable[Path]) -> list[str]:
    """The test files of the changed files: themselves, then those nearest to each changed module."""
    paths = set(paths)
    own = sorted(str(path) for path in paths if path.name.startswith("test_"))
    found = set[str]()
    helpers = {".".join(path.with_suffix("").parts[1:]) for path in paths if path.parts[:2] == ("tests", "support")}
    if helpers:
        every = sorted((ROOT / "tests").rglob("test_*.py"))
        found |= {str(path.relative_to(ROOT)) for path in every if helpers & imported(path.read_text("utf-8"))}
    modules = [path for path in paths if path.parts[0] == "src"]
    if modules:
        graph = grimp.build_graph("treatynlp", cache_dir=str(ROOT / ".import_linter_cache"))
        found |= {name for path in modules for name in nearest(path, graph)}
    return [*own, *sorted(found - set(own))]


def nearest(path: Path, graph: grimp.ImportGraph) -> list[str]:
    """Of the folder of tests that mirrors the module's package, the files from which the fewest imports lead to it.

    Only that folder: from nearly every test some chain of imports leads to nearly every module.
    """
    name, folder = module(path), ROOT / "tests" / path.parts[2]
    far: dict[str, int] = {}
    for file in sorted(folder.glob("test_*.py") if folder.is_dir() else (ROOT / "tests").rglob("test_*.py")):
        met = sorted(imported(file.read_text("utf-8")) & graph.modules)
        steps = [0 if one == name else len(chain) for one in met if (chain := _chain(graph, one, name))]
        if steps:
            far[str(file.relative_to(ROOT))] = min(steps)
    own = {f"test_{word}.py" for word in (path.stem, path.parts[2])}  # of equally near ones, its own or its package's
    order = sorted(far, key=lambda one: (far[one], Path(one).name not in own, one))
    return [file for file in order if far[file] == far[order[0]]][:MOST]


def _chain(graph: grimp.ImportGraph, importer: str, imported_one: str) -> tuple[str, ...] | None:
    """The imports that lead from one module to the other; its own name where they are the same."""
    return (importer,) if importer == imported_one else graph.find_shortest_chain(importer, imported_one)


def imported(source: str) -> set[str]:
    """The modules a file imports, as `from a.b import c` (which may name the module a.b.c) or `import a.b`."""
    names = set(re.findall(r"^import ([\w.]+)", source, re.M))
    for package, words in re.findall(r"^from ([\w.]+) import (\([^)]*\)|[^\n]*)", source, re.M):
        names |= {package, *(f"{package}.{word}" for word in re.findall(r"\w+", words))}
    return names


def main() -> int:
    """Run the checks side by side, then the tests; the exit status is 0 when all is well."""
    began, tests, beside = time.monotonic(), tests_of(changed()), Path(sys.executable).parent
    running = [subprocess.Popen([beside / name, *rest], cwd=ROOT) for name, *rest in map(str.split, CHECKS)]
    if tests:
        command = [sys.executable, "-m", "pytest", "-x", "--no-header", "-p", "budget", *tests]
        # Real treaties take most of the time of the tests that read them: those skip, as on a machine without them.
        without = {name: value for name, value in os.environ.items() if name != "CI"} | {"TREATYNLP_SHARED": "left out"}
        without["PYTHONPATH"] = os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")))
        running.append(subprocess.Popen(command, cwd=ROOT, env=without))
    failed = [one for one in running if one.wait()]
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(tests)} test files, {len(CHECKS)} checks, {seconds:.0f} s, {len(failed)} failed\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
