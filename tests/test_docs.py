"""What README and docs say is so: every command and block of code is run, every table made from the program is whole.

A block of ```bash or ```console is run line by line in a folder of its own, with a home and workspace of its own, after
the blocks above it on the same page. A line above the block says what is special about it:

    <!-- status: 1 -->            it ends with this status
    <!-- usage only: why -->      not run here: only whether the command would be understood
    <!-- run by: tests/x.py -->   another test runs it
    <!-- file: name -->           the block is written to this file

```python is run too, ```yaml, ```json and ```csv are read; ```text is shown, no more.
"""

import csv
import doctest
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from treatynlp.cli import cli
from treatynlp.corpus import home
from treatynlp.registry import GoldTopic, Override

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"(?:^<!-- (status|usage only|run by|file): (.+?) -->\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
SHELL = re.compile(r"[|<>&;$`]")
SHOWN = {"text"}
MAKES = {"run", "fetch", "add"}
"""Commands that put something into the workspace."""
sys.path.insert(0, str(ROOT / "docs"))


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
                cli.commands[words[1]].make_context(words[1], words[2:])
        elif words[0] == "make" and not words[1].startswith("-"):
            subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True)
        else:
            assert words[0] == "source" or shutil.which(words[0], path=self.environment["PATH"]), words


def blocks(page: Path) -> list[Block]:
    found = BLOCK.findall(page.read_text("utf-8"))
    return [Block(language, text, mark, said) for mark, said, language, text in found]


@pytest.fixture(scope="module")
def made(specimens_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the specimens have been made."""
    copied = tmp_path_factory.mktemp("docs") / "ws"
    shutil.copytree(specimens_release.parent / "ws", copied)
    return copied


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    there = Place(tmp_path / "project", made)
    there.prepare()
    return there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_does_what_it_says(page: Path, place: Place) -> None:
    for block in blocks(page):
        if block.mark == "file":
            target = place.folder / block.said
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, "utf-8")
        check(block, place)


def check(block: Block, place: Place) -> None:
    """Run a block, or read it, or fail: a language nobody checks is a mistake."""
    if block.language in ("bash", "console"):
        for line, shown in block.commands():
            run(block, line, shown, place)
    elif block.language == "python":
        with chdir(place.folder), pytest.MonkeyPatch.context() as patch:
            patch.setenv("TREATYNLP_WORKSPACE", str(place.workspace))
            if "pipeline.run(" in block.text:
                place.recall()
            exec(compile(block.text, "block", "exec"), place.names)
    elif block.language in ("yaml", "json"):
        assert yaml.safe_load(block.text) if block.language == "yaml" else json.loads(block.text)
    elif block.language == "csv":
        table(block.text)
    else:
        assert block.language in SHOWN, block.language


def run(block: Block, line: str, shown: list[str], place: Place) -> None:
    if block.mark == "run by":
        assert (ROOT / block.said).exists(), block.said
    elif block.mark == "usage only":
        place.understood(line)
    else:
        status, output, errors = place.run(line)
        assert status == int(block.said if block.mark == "status" else 0), f"{line}\n{output}\n{errors}"
        told = iter((output + errors).splitlines())
        for expected in shown:
            assert any(fnmatchcase(one.strip(), expected.strip().replace("…", "*")) for one in told), (line, expected)


def table(text: str) -> None:
    """Fail unless the rows are such as are declared by hand."""
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    for row in rows:
        model = Override if "decision" in row else GoldTopic
        model.model_validate({"instrument": "from-the-file-name", **row})


def test_there_is_something_to_run() -> None:
    counted = [block.language for page in PAGES for block in blocks(page)]
    assert counted.count("bash") + counted.count("console") > 20
    assert counted.count("python") >= 3


def test_no_block_is_shown_as_code_and_checked_by_nobody() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert len(re.findall(r"^```", text, re.M)) == 2 * len(re.findall(r"^```[\w{]", text, re.M)), page.name
        outside = BLOCK.sub("", text)
        assert not re.search(r"^    (treatynlp|make|python|\.venv)", outside, re.M), page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[\w-]+)?\)", page.read_text("utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


HELP_ONLY = {
    "train": "needs the texts of the coded instruments",
    "evaluate": "needs the texts of the coded instruments, and minutes",
}


def examples(command: str) -> list[str]:
    _, _, below = (cli.commands[command].help or "").replace("\b", "").partition("Example:")
    return [line.strip() for line in below.splitlines() if line.strip().startswith("treatynlp ")]


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_the_example_in_every_help_works(command: str, place: Place) -> None:
    lines = examples(command)
    assert lines, f"treatynlp {command} --help shows no example"
    if command not in MAKES:
        place.run("treatynlp run --specimens")
    for line in lines:
        if command in HELP_ONLY:
            place.understood(line)
        else:
            status, output, errors = place.run(line)
            assert status == 0, f"{line}\n{output}\n{errors}"
            assert output or ">" in line or "--out" in line, f"{line} answers nothing"


STATUSES = (
    ("treatynlp --version", 0, "a question that is answered"),
    ("treatynlp list", 0, "nothing is fetched, and that is no fault"),
    ("treatynlp run --specimens --out release", 0, "warnings are told and change nothing"),
    ("treatynlp split treaty.pdf no-such.pdf --out answers", 1, "one of two files cannot be read; the other is done"),
    ("treatynlp show no-such-instrument 1", 1, "an instrument nobody declared"),
    ("treatynlp run --mirror home", 1, "a folder without any treaty"),
    ("treatynlp run --no-such-option", 2, "wrong usage"),
    ("treatynlp no-such-command", 2, "wrong usage"),
    ("treatynlp show atlantis-cybercrime-2391", 2, "neither provision nor page is named"),
    ("python -m treatynlp --version", 0, "the module is the command"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "status", "why"), STATUSES, ids=[line for line, _, _ in STATUSES])
def test_exit_statuses_are_those_of_the_docs(line: str, status: int, why: str, place: Place) -> None:
    from treatynlp.cli.console import EXITS

    assert sorted(EXITS) == [0, 1, 2]
    ended, output, errors = place.run(line)
    assert ended == status, (why, output, errors)
    assert "Traceback" not in errors
    assert (status == 1) == ("error [" in errors)


def test_a_run_ends_with_what_to_open(place: Place) -> None:
    *_, release, last = place.run("treatynlp run --specimens --out release")[1].splitlines()
    assert release == "release: release"
    named = re.fullmatch(r"open: (/.+) \(in a browser\) or (/.+) \(in a spreadsheet\)", last)
    assert named, last
    assert [Path(one).relative_to(place.folder.resolve()).as_posix() for one in named.groups()] == [
        "release/explorer/index.html", "release/workbook.xlsx",
    ]  # fmt: skip
    assert all(Path(one).is_file() for one in named.groups())


def test_bash_completes_commands_and_options(place: Place) -> None:
    place.run("treatynlp completion bash > completion.bash")
    tab = "_treatynlp_completion treatynlp; echo ${{COMPREPLY[@]}}"
    asked = "source completion.bash; COMP_WORDS=({}); COMP_CWORD={}; " + tab
    for words, expected in (("treatynlp spl", {"split"}), ("treatynlp compare --red", {"--redline"}),
                            ("treatynlp show atl", {"atlantis-cybercrime-2391"})):  # fmt: skip
        _, output, errors = place.run(asked.format(words, len(words.split()) - 1))
        assert set(output.split()) == expected, errors


@pytest.mark.parametrize(("shell", "answer"), [("zsh", "plain\nsplit\n"), ("fish", "plain,split\t")])
def test_zsh_and_fish_are_answered_as_their_scripts_ask(shell: str, answer: str, place: Place) -> None:
    script = place.run(f"treatynlp completion {shell}")[1]
    assert f"_TREATYNLP_COMPLETE={shell}_complete" in script
    last = "spl" if shell == "fish" else "1"
    asked = f'_TREATYNLP_COMPLETE={shell}_complete COMP_WORDS="treatynlp spl" COMP_CWORD={last} treatynlp'
    assert place.run(asked)[1].startswith(answer)


def test_every_issue_code_of_the_source_is_in_the_docs() -> None:
    import codes
    import made as pages

    source, told = ROOT / "src" / "treatynlp", {one.code for one in codes.harvested(ROOT / "src" / "treatynlp")}
    text = "\n".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    seen = set(re.findall(r'\b_?[Ii]ssue\(\s*"?\w+"?,\s*"([a-z][a-z0-9-]+)"', text))
    seen |= set(re.findall(r'\b(?:Refused|Fault|fault)\(\s*"([a-z][a-z0-9-]+)"', text))
    assert len(seen) > 80
    assert seen <= told
    with (ROOT / "corpus" / "releases").joinpath(newest(), "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["code"] for row in csv.DictReader(file)} <= told
    page = pages.filled("<!-- generated: issue-codes -->")
    assert all(f"`{code}`" in page for code in told)


def test_what_makes_the_pages_works_as_its_own_examples_say() -> None:
    import codes
    import made as pages

    for module in (codes, pages):
        ran = doctest.testmod(module)
        assert (ran.failed, ran.attempted > 0) == (0, True)


def newest() -> str:
    return max(path.name for path in (ROOT / "corpus" / "releases").iterdir() if path.is_dir())


def test_every_issue_code_has_advice_and_no_advice_is_left_over() -> None:
    import codes
    import made as pages

    advice, told = pages.declared_advice(), {one.code for one in codes.harvested(ROOT / "src" / "treatynlp")}
    assert not [code for code in told if not pages.advised(code, advice)], "add a line to docs/codes.yml"
    used = {name for name in advice if name in told or any(code.startswith(name.removesuffix("*")) for code in told)}
    assert set(advice) == used


def test_the_data_dictionary_describes_every_column_of_a_release() -> None:
    import made as pages

    page = pages.filled("<!-- generated: dictionary -->")
    package = json.loads((ROOT / "corpus" / "releases" / newest() / "datapackage.json").read_text("utf-8"))
    ids = {path.stem for path in (ROOT / "corpus" / "instruments").glob("*.yml")}
    for resource in package["resources"]:
        _, _, below = page.partition(f"## {resource['path']}\n")
        section = below.partition("\n## ")[0]
        assert resource["description"].split("`")[0] in section, resource["path"]
        for field in resource["schema"]["fields"]:
            assert field["name"] in ids or f"| `{field['name']}` |" in section, (resource["path"], field["name"])


def test_every_environment_variable_is_explained() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").glob("*.py")]
    named = {name for path in sources for name in re.findall(r"\bTREATYNLP_[A-Z]+\b", path.read_text("utf-8"))}
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert {name for name in named if f"| `{name}` |" not in page} == set()


def test_every_notebook_is_on_its_page() -> None:
    import made as pages

    page = pages.filled("<!-- generated: notebooks -->")
    assert all(f"`{path.name}`" in page for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_codebook_page_has_every_topic_with_its_error() -> None:
    import made as pages

    from treatynlp.corpus import load

    page = pages.filled("<!-- generated: codebook --><!-- generated: attributes -->")
    book = load().codebook
    assert all(f"| `{name}` |" in page for name in (*book.topics, *book.attributes))
    row = next(line for line in page.splitlines() if line.startswith("| `sensitive_data` |"))
    assert re.search(r"\| 0\.\d+ \| \d+, \d+, \d+ \|$", row)


def test_the_pages_are_built_without_a_warning_or_a_network(tmp_path: Path) -> None:
    command = ["-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", "html", "-d", str(tmp_path / "trees")]
    offline = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    built = subprocess.run([sys.executable, *command, "docs", str(tmp_path / "html")], cwd=ROOT, check=False,
                           capture_output=True, text=True, env=os.environ | offline)  # fmt: skip
    assert built.returncode == 0, built.stderr
    pages = {path.relative_to(tmp_path / "html").as_posix() for path in (tmp_path / "html").rglob("*.html")}
    assert {f"{page.stem}.html" for page in PAGES[1:]} <= pages
    for page in pages:
        text = (tmp_path / "html" / page).read_text("utf-8")
        fetched = re.findall(r'(?:<script[^>]* src|<link rel="stylesheet"[^>]* href|<img[^>]* src)="([^"]+)"', text)
        assert not [source for source in fetched if "//" in source], page
        assert "<!-- generated:" not in text


CITED = {"cff-version", "message", "type", "title", "abstract", "authors", "version", "license", "keywords"}
"""The keys of the Citation File Format 1.2.0 that we use; the first, message, title and authors are required."""


def test_the_citation_file_is_one() -> None:
    import tomllib

    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(cited) == CITED
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in ("software", "dataset")
    assert cited["version"] == project["version"]
    assert cited["license"] in project["license"].split(" AND ")
    assert cited["authors"] == [{"name": one["name"]} for one in project["authors"]]
    assert all(isinstance(word, str) for word in cited["keywords"])
    assert len(set(cited["keywords"])) == len(cited["keywords"])
