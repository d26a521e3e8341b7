"""Commands about the classifier: train, evaluate, review."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from treatynlp.cli.console import json_option, root_of, say, terminal_json, workspace_option

if TYPE_CHECKING:
    from treatynlp.pipeline import Supply
    from treatynlp.store import Root

Command = Callable[..., None]


def data_options(command: Command) -> Command:
    """Where the instruments with gold labels come from, and where the model's files are put."""
    mirror = click.Path(path_type=Path, exists=True, file_okay=False)
    for option in (
        click.option("--mirror", type=mirror, help="Folder whose <id>.pdf (.html, .docx, …) stand in for the network."),
        click.option("--model", type=click.Path(path_type=Path, file_okay=False), help="Default: models/topics."),
        workspace_option,
    ):
        command = option(command)
    return command


def _supply(mirror: Path | None) -> "Supply":
    from treatynlp.pipeline import Supply

    return Supply("mirror", mirror) if mirror else Supply()


@click.command()
@data_options
@click.option("--without", multiple=True, metavar="ID", help="Leave this instrument out (may be repeated).")
def train(mirror: Path | None, model: Path | None, workspace: "Root | None", without: tuple[str, ...]) -> None:
    """Make the model again from the gold labels in corpus/annotations: the same bytes for the same data.

    \b
    Example:
      treatynlp train --mirror pdfs --model my-model
    """
    from treatynlp.pipeline.runs.learning import train

    say("\n".join(map(str, train(_supply(mirror), root_of(workspace), model, without).values())))


@click.command()
@data_options
def evaluate(mirror: Path | None, model: Path | None, workspace: "Root | None") -> None:
    """Measure the classifier on instruments left out of training, and write the model card. Takes minutes.

    \b
    Example:
      treatynlp evaluate --mirror pdfs --model my-model
    """
    from treatynlp.pipeline.runs.learning import evaluate

    say(evaluate(_supply(mirror), root_of(workspace), model)["README.md"].read_text("utf-8"))


@click.command()
@click.option("--top", default=30, show_default=True, type=click.IntRange(min=1), help="How many.")
@workspace_option
@json_option
def review(top: int, workspace: "Root | None", as_json: bool) -> None:
    """The labels most worth a human look: least certain, and with most influence on the matrix.

    Decide on them in corpus/overrides/<id>.csv.

    \b
    Example:
      treatynlp review --top 10
    """
    from dataclasses import asdict

    from treatynlp.pipeline.ask.lookup import labels_in_doubt
    from treatynlp.store import Workspace

    found = labels_in_doubt(Workspace(root_of(workspace)))[:top]
    if as_json:
        say(terminal_json([asdict(one) for one in found]))
        return
    for one in found:
        given = "given" if one.given else "not given"
        say(f"{one.worth:.2f}  {one.instrument:28} {one.eid:36} {one.topic} ({one.score:.2f}, {given})")


COMMANDS: tuple[click.Command, ...] = (train, evaluate, review)
