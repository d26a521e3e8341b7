"""Commands that make and measure the classifier: train, evaluate."""

from collections.abc import Callable
from pathlib import Path

import click

from treatynlp import pipeline
from treatynlp.cli.console import say
from treatynlp.cli.options import root_of, workspace_option
from treatynlp.pipeline.runs.sources import Supply
from treatynlp.store import Root

Command = Callable[..., None]


def data_options(command: Command) -> Command:
    """Where the instruments with gold labels come from, and where the model's files are put."""
    there = click.Path(path_type=Path, exists=True, file_okay=False)
    # One decorator for both: a model is measured on what it is made from.
    for option in (
        click.option("--mirror", type=there, help="Folder whose <id>.pdf (.html, .docx, …) stand in for the network."),
        click.option(
            "--teaching", type=there, help="Folder with the files that corpus/teaching names; without it, none."
        ),
        click.option("--model", type=click.Path(path_type=Path, file_okay=False), help="Default: models/topics."),
        workspace_option,
    ):
        command = option(command)
    return command


def _supply(mirror: Path | None) -> Supply:
    return Supply("mirror", mirror) if mirror else Supply()


@click.command()
@data_options
@click.option("--without", multiple=True, metavar="ID", help="Leave this instrument out (may be repeated).")
def train(
    mirror: Path | None, teaching: Path | None, model: Path | None, workspace: Root | None, without: tuple[str, ...]
) -> None:
    """Make the model again from the gold labels in corpus/annotations: the same bytes for the same data.

    \b
    Example:
      treatynlp train --mirror pdfs --model my-model
    """
    say("\n".join(map(str, pipeline.train(_supply(mirror), root_of(workspace), model, without, teaching).values())))


@click.command()
@data_options
def evaluate(mirror: Path | None, teaching: Path | None, model: Path | None, workspace: Root | None) -> None:
    """Measure the classifier on instruments left out of training, and write the model card. Takes minutes.

    \b
    Example:
      treatynlp evaluate --mirror pdfs --model my-model
    """
    say(pipeline.evaluate(_supply(mirror), root_of(workspace), model, teaching)["README.md"].read_text("utf-8"))
