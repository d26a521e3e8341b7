"""Commands about the machine's decisions: explain, review."""

from dataclasses import asdict

import click

from treatynlp import pipeline
from treatynlp.cli.completing import ids
from treatynlp.cli.console import say, terminal_json
from treatynlp.cli.options import json_option, root_of, workspace_option
from treatynlp.coding.reason_sentences import reason_sentences
from treatynlp.store import Root, Workspace


@click.command()
@click.argument("ident", metavar="ID", shell_complete=ids)
@click.argument("address", metavar="ART")
@click.argument("topic")
@click.option("--numbers", is_flag=True, help="What each pattern, sign and word adds, as numbers.")
@workspace_option
@json_option
def explain(ident: str, address: str, topic: str, numbers: bool, workspace: Root | None, as_json: bool) -> None:
    """Say in sentences why the machine gives a provision a topic, or does not.

    \b
    Example:
      treatynlp explain atlantis-cybercrime-2391 1 definitions
    """
    found = pipeline.reasons(Workspace(root_of(workspace)), ident, address, topic)
    if as_json:
        say(terminal_json([asdict(reason) for reason in found]))
        return
    if numbers:
        for reason in found:
            say(f"{reason.kind:12} {reason.amount:+7.3f}  {reason.what}")
        return
    say("\n".join(reason_sentences(found)))


@click.command()
@click.option("--top", default=30, show_default=True, type=click.IntRange(min=1), help="How many.")
@workspace_option
@json_option
def review(top: int, workspace: Root | None, as_json: bool) -> None:
    """The labels most worth a human look: least certain, and with most influence on the matrix.

    Decide on them in corpus/overrides/<id>.csv.

    \b
    Example:
      treatynlp review --top 10
    """
    found = pipeline.labels_in_doubt(Workspace(root_of(workspace)))[:top]
    if as_json:
        say(terminal_json([asdict(one) for one in found]))
        return
    for one in found:
        given = "given" if one.given else "not given"
        say(f"{one.worth:.2f}  {one.instrument:28} {one.eid:36} {one.topic} ({one.score:.2f}, {given})")
