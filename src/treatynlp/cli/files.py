"""Commands about files: split, classify."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from treatynlp.cli.console import leave, say, terminal_json
from treatynlp.cli.issue_rows import print_issues, worth_telling
from treatynlp.cli.progress import bar
from treatynlp.cli.work_options import limit_option
from treatynlp.corpus import load
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.ask.one_file import SplitFile, code_file, read_file
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.pipeline.sandbox.several import map_in_order
from treatynlp.publishing.cli_json import classify_answer, split_answer
from treatynlp.store import write

Answer = Callable[[SplitFile], dict[str, Any]]

files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
out_option = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False),
    help="Folder for one JSON file a FILE, named after it; else JSON goes to stdout (of several, one a line).",
)  # fmt: skip


@click.command()
@files_argument
@out_option
@limit_option
def split(files: tuple[Path, ...], out: Path | None, bounds: Bounds | None) -> None:
    """Split treaties into articles, paragraphs and points, each with its page.

    \b
    Example:
      treatynlp split treaty.pdf --out answers
    """
    _each(files, out, bounds, lambda piece: split_answer(piece.treaty, piece.document, piece.issues))


@click.command()
@files_argument
@out_option
@click.option("--model", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of another model.")
@limit_option
def classify(files: tuple[Path, ...], out: Path | None, model: Path | None, bounds: Bounds | None) -> None:
    """Say what each provision regulates, how strictly, and on which words that rests.

    \b
    Example:
      treatynlp classify treaty.pdf
    """
    families = load().codebook.family_of

    def answer(piece: SplitFile) -> dict[str, Any]:
        coding, misleading = code_file(piece, families, model, bounds)
        return classify_answer(piece.treaty, coding, families, piece.document, (*piece.issues, *misleading))

    _each(files, out, bounds, answer)


def _each(files: tuple[Path, ...], out: Path | None, bounds: Bounds | None, answer: Answer) -> None:
    """Answer about every file that can be used, tell of the others, and let the exit status say so. Several are worked
    on at a time, and answered in their order."""
    # Told first: it is known before any file is read, and a hundred files may take minutes.
    issues: list[Issue] = list(_same_names(files)) if out else []
    print_issues(issues)
    # Of several files each answer is one line, so that a program can read them one by one as they come.
    indent = None if len(files) > 1 and not out else 2
    answers = map_in_order(lambda path: _answered(path, bounds, answer, indent), files)
    for path, (text, found) in zip(files, bar(answers, "reading", len(files)), strict=True):
        if text is not None:
            _deliver(text, out / f"{path.stem}.json" if out else None)
        # Told behind each answer and not at the end: who reads a hundred files sees the first fault within seconds.
        print_issues(worth_telling(found))
        issues += found
    leave(issues)


def _answered(
    path: Path, bounds: Bounds | None, answer: Answer, indent: int | None
) -> tuple[str | None, tuple[Issue, ...]]:
    """The answer about a file as JSON, and what a reader must know of it; no answer where it cannot be used."""
    try:
        piece = read_file(path, bounds)
        return terminal_json(answer(piece), indent=indent), piece.issues
    except DataError as error:
        return None, error.issues


def _deliver(text: str, target: Path | None) -> None:
    if target is None:
        say(text)
    else:
        write(target, (text + "\n").encode("utf-8", "replace"))


def _same_names(files: tuple[Path, ...]) -> Iterator[Issue]:
    # With --out each answer is named after its file: of two files of one name the second would replace the first.
    stems = [path.stem for path in files]
    for stem in dict.fromkeys(stem for stem in stems if stems.count(stem) > 1):
        yield issue("out-same-name", stem, stem=stem)
