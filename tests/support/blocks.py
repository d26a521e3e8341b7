"""Blocks of code on the pages of the documentation, and the place in which they are run as a reader would run them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from treatynlp.cli import cli
from treatynlp.home import home

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"(?:^<!-- (status|usage only|run by|file): (.+?) -->\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
SHELL = re.compile(r"[|<>&;$`]")
MAKES = {"run", "fetch", "add"}
"""Commands that put something into the workspace."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page: its language, its lines, and what the line above it says of it."""

    language: str
    text: str
    mark: str
    said: str

    def commands(self) -> Iterator[tuple[str, list[str]]]:
        """Each command with the lines of output shown below it."""
        joined = self.text.replace("\\\n", " ").splitlines()
        if self.language == "bash":
            yield from ((line, []) for line in joined if line.strip() and not line.startswith("#"))
            return
        for part in re.split(r"^\$ ", "\n".join(joined), flags=re.M)[1:]:
            line, _, output = part.partition("\n")
            yield line, [shown for shown in output.splitlines() if shown.strip()]


class Place:
    """The folder in which a page's blocks are run."""

    def __init__(self, folder: Path, made: Path) -> None:
        self.folder, self.made, self.names = folder, made, dict[str, Any]()
        self.workspace = folder / "home" / "workspace"
        self.environment = os.environ | {
            "HOME": str(folder / "home"), "TREATYNLP_WORKSPACE": str(self.workspace),
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip

    def prepare(self) -> None:
        """Put what the reader has in front of them: the project's folder, and a treaty of their own."""
        (self.folder / "home").mkdir(parents=True)
        shutil.copytree(home() / "corpus" / "specimens", self.folder / "corpus" / "specimens")
        shutil.copy(self.folder / "corpus" / "specimens" / "lemuria-data-2340.pdf", self.folder / "treaty.pdf")

    def recall(self) -> None:
        """Before a run: what it would make is there, so that it is only found again."""
        if not self.workspace.exists():
            shutil.copytree(self.made, self.workspace)

    def run(self, line: str) -> tuple[int, str, str]:
        """The status, output and errors of a command."""
        line = re.sub(r"^\.venv/bin/", "", line.strip())
        words = shlex.split(line, comments=True)
        if words[0] == "treatynlp" and words[1] in MAKES:
            self.recall()
        if words[0] != "treatynlp" or SHELL.search(line):
            done = subprocess.run(["bash", "-c", line], cwd=self.folder, env=self.environment, capture_output=True,
                                  text=True, check=False)  # fmt: skip
            return done.returncode, done.stdout, done.stderr
        with chdir(self.folder):
            said = CliRunner(env=self.environment).invoke(cli, words[1:])
        if said.exception and not isinstance(said.exception, SystemExit):
            raise said.exception
        return said.exit_code, said.stdout, said.stderr

    def understood(self, line: str) -> None:
        """Fail unless the command is one that exists, with options that exist."""
        words = shlex.split(re.sub(r"^\.venv/bin/", "", line.strip()), comments=True)
        if words[0] == "treatynlp":
            for option, value in pairwise(words):
                if option == "--mirror":
                    (self.folder / value).mkdir(exist_ok=True)
            with chdir(self.folder):
                command = cli.get_command(click.Context(cli), words[1])
                assert command is not None, words
                command.make_context(words[1], words[2:])
        elif words[0] == "make" and not words[1].startswith("-"):
            subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True)
        else:
            assert words[0] == "source" or shutil.which(words[0], path=self.environment["PATH"]), words


def blocks(page: Path) -> list[Block]:
    found = BLOCK.findall(page.read_text("utf-8"))
    return [Block(language, text, mark, said) for mark, said, language, text in found]
