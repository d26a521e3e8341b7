"""The README says what the release in the repository says, and names no machine."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tables() -> object:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "benchmarks" / "readme.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_newest_release_and_the_last_gates() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert tables().filled(text) == text, "run python benchmarks/readme.py"  # type: ignore[attr-defined]


def test_every_command_it_names_exists() -> None:
    from treatynlp.cli import cli

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:\.venv/bin/)?treatynlp (\w+(?:, \w+)*)", text, flags=re.M))
    commands = {word for names in named for word in names.split(", ")}
    assert commands >= {"split", "classify", "compare", "run"}
    assert commands == set(cli.homes)
