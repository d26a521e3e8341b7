"""The inner loop, `make quick`: style, types and import directions, and the tests of what has changed since main.

A changed test file runs; a changed module has the test files run that import it by name. What is further away (the
explorer in a browser, the flows on a server) is left to `make test`.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECKS = ("ruff check --quiet .", "ruff format --check --quiet .", "mypy --no-error-summary", "lint-imports --no-logo")
SLOW = {"flows", "docs", "packaging"}
"""Folders of tests that start servers or build packages: only when they have changed themselves."""


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
    """The test files of the changed files: themselves, and those that import a changed module by its name."""
    paths = set(paths)
    modules = {module(path) for path in paths if path.parts[0] == "src"}
    modules |= {".".join(path.with_suffix("").parts[1:]) for path in paths if path.parts[:2] == ("tests", "support")}
    found = {str(path) for path in paths if path.name.startswith("test_")}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path.parent.name not in SLOW and modules & imported(path.read_text("utf-8")):
            found.add(str(path.relative_to(ROOT)))
    return sorted(found)


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
        command = [sys.executable, "-m", "pytest", "-x", "--no-header", *tests]
        running.append(subprocess.Popen(command, cwd=ROOT))
    failed = [one for one in running if one.wait()]
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(tests)} test files, {len(CHECKS)} checks, {seconds:.0f} s, {len(failed)} failed\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
