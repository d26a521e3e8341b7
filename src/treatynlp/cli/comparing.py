"""Commands that lay two texts side by side: compare, versions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from treatynlp import pipeline
from treatynlp.cli.completing import ids
from treatynlp.cli.console import leave, say, terminal_json
from treatynlp.cli.issue_rows import gathered, print_issues, worth_telling
from treatynlp.cli.options import root_of, workspace_option
from treatynlp.publishing.cli_json import versions_answer
from treatynlp.publishing.pairings import compare_answer
from treatynlp.store import Root, Workspace


@click.command()
@click.argument("left", metavar="A", shell_complete=ids)
@click.argument("right", metavar="B", shell_complete=ids)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--redline", is_flag=True, help="Below each pair B's words against A's: [-gone-] {+new+}.")
@workspace_option
def compare(left: str, right: str, form: str, redline: bool, workspace: Root | None) -> None:
    """Lay two instruments side by side: what answers what, and what only one of them has.

    A and B are ids of instruments that a run has made, or files. JSON always holds the redlines.

    \b
    Example:
      treatynlp compare atlantis-cybercrime-2391 avalon-cyberact-2377 --redline
    """
    aligned, proven, issues = pipeline.compare_instruments(Workspace(root_of(workspace)), left, right)
    print_issues(gathered(worth_telling(issues)))
    answer = compare_answer(aligned, proven)
    say(terminal_json(answer) if form == "json" else "\n".join(_table(answer, redline)))
    leave(issues)


@click.command()
@click.argument("name", metavar="ID", shell_complete=ids)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", required=True, help="The language of FILE, by its code: fr.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@workspace_option
def versions(name: str, file: Path, language: str, form: str, workspace: Root | None) -> None:
    """Lay an instrument beside its text in another language: where the two differ in what can be counted.

    ID is an instrument that a run has made, or a file. JSON also holds every address that both have, with its topics.

    \b
    Example:
      treatynlp versions atlantis-cybercrime-2391 atlantis.fr.html --language fr
    """
    found = pipeline.compare_versions(Workspace(root_of(workspace)), name, file, language)
    print_issues(worth_telling(found.issues))
    answer = versions_answer(found.entry.piece.treaty, found.other.treaty, found.beside, found.differences)
    say(terminal_json(answer) if form == "json" else "\n".join(_differences(answer)))
    leave(found.issues)


def _differences(answer: dict[str, Any]) -> Iterator[str]:
    yield f"{len(answer['beside'])} provisions stand in both, {len(answer['differences'])} differences:"
    for one in answer["differences"]:
        yield _difference(answer, one)
    if unknown := answer["not_compared"]:
        yield f"{len(unknown)} not compared, as the words were not surely read:"
    for one in unknown:
        yield f"{_difference(answer, one)}  ({one['not_compared']})"


def _difference(answer: dict[str, Any], one: dict[str, Any]) -> str:
    sides = [", ".join(one[side]) or "-" for side in ("left", "right")]
    return f"  {one['citation']:24}{one['kind']:11}{answer['left']}: {sides[0]}  {answer['right']}: {sides[1]}"


def _table(answer: dict[str, Any], redline: bool) -> Iterator[str]:
    yield f"{answer['left']['id']} – {answer['right']['id']}"
    if not answer["proven"]["relations"]:
        # Before the pairs: who reads only the first of them must know it.
        yield "  relations of substance are not proven: look at the words yourself (--redline)"
    for pair in answer["pairs"]:
        names = f"{pair['left_citation']} {pair['left_heading']} – {pair['right_citation']} {pair['right_heading']}"
        yield f"  {pair['score']:.2f}  {pair['relation']:15} {names}"
        if redline:
            yield "        " + " ".join(_marked(**piece) for piece in pair["redline"]) + "\n"
    for side in ("left", "right"):
        only = answer[f"only_{side}"]
        yield f"only in {answer[side]['id']} ({len(only)}): {', '.join(only) or '–'}"


def _marked(kind: str, words: str) -> str:
    # The marks of `wdiff`, which no terminal needs colours for.
    return {"left": f"[-{words}-]", "right": f"{{+{words}+}}"}.get(kind, words)
