"""What README and docs show is so: every block of code, every example of a help, every exit status is run.

A block of ```bash or ```console is run line by line in a folder of its own, with a home and workspace of its own, after
the blocks above it on the same page. A line above the block says what is special about it:

    <!-- status: 1 -->            it ends with this status
    <!-- usage only: why -->      not run here: only whether the command would be understood
    <!-- run by: tests/x.py -->   another test runs it
    <!-- file: name -->           the block is written to this file

```python is run too, ```yaml, ```json and ```csv are read; ```text is shown, no more.
"""

import csv
import io
import json
import re
import shutil
from contextlib import chdir
from fnmatch import fnmatchcase
from pathlib import Path

import click
import pytest
import yaml

from support.blocks import BLOCK, MAKES, PAGES, ROOT, Block, Place, blocks
from treatynlp.cli import cli
from treatynlp.registry import GoldTopic, Override

SHOWN = {"text"}


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


HELP_ONLY = {
    "decisions": "needs an export of an annotation program",
    "agreement": "needs the exports of two people who coded",
    "versions": "needs a text in another language; tests/cli/test_versions.py lays two side by side",
    "sign": "needs a key; tests/pipeline/test_release_proof.py signs",
    "train": "needs the texts of the coded instruments",
    "evaluate": "needs the texts of the coded instruments, and minutes",
}


def loaded(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, name
    return command


def examples(command: str) -> list[str]:
    _, _, below = (loaded(command).help or "").replace("\b", "").partition("Example:")
    return [line.strip() for line in below.splitlines() if line.strip().startswith("treatynlp ")]


@pytest.mark.parametrize("command", sorted(cli.homes))
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
