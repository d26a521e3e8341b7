"""The command that finds provisions: search."""

from dataclasses import asdict
from pathlib import Path

import click

from treatynlp.cli.completing import ids
from treatynlp.cli.console import say, terminal_json
from treatynlp.cli.options import json_option, root_of, workspace_option
from treatynlp.pipeline.ask.searching import searched
from treatynlp.store import Root, Workspace, last_release


@click.command()
@click.argument("words", nargs=-1)
@click.option("--topic", default="", help="Only provisions labelled with this topic.")
@click.option("--in", "ident", default="", metavar="ID", shell_complete=ids, help="Only this instrument.")
@click.option("--release", type=click.Path(path_type=Path, file_okay=False), help="Default: the last run's.")
@workspace_option
@json_option
def search(
    words: tuple[str, ...], topic: str, ident: str, release: Path | None, workspace: Root | None, as_json: bool
) -> None:
    """Find provisions by their words, their topic, or both; the most relevant first.

    A word is found in all its forms, words in double quotes side by side; words that name a topic ("hacking") find its
    provisions too.

    \b
    Example:
      treatynlp search '"penal offence"' --topic illegal_access
    """
    wanted = " ".join(words)
    if not wanted.strip() and not topic:
        raise click.UsageError("Name words, or a topic with --topic.")
    found = searched(release or last_release(Workspace(root_of(workspace))), wanted, topic, ident)
    if as_json:
        say(terminal_json([asdict(hit) for hit in found]))
        return
    for hit in found:
        say(f"{hit.instrument}  {hit.citation}  {hit.heading}  {hit.url or ''}\n    {' '.join(hit.snippet.split())}")
