"""Training on demand: the model made again from the gold labels.

python flows/train.py --mirror FOLDER
"""

import sys
from pathlib import Path
from typing import Any

import quiet  # noqa: F401  (before Prefect is loaded)

# isort: split
import click
from prefect import State, flow

from ending import concluded
from treatynlp.pipeline import Supply
from treatynlp.pipeline.runs import learning
from treatynlp.store import default_root, rooted


@flow
def train(mirror: Path | None = None, model: Path | None = None, workspace: str | None = None) -> State[Any]:
    """Train the classifier on the instruments with gold labels.

    Failed, with every instrument that could not be had: a model of fewer would be another model. Completed: the same
    labels and texts gave the same bytes as ever, or new ones new bytes; the sentence names the files.

    Args:
        mirror: a folder whose <id>.pdf or <id>.html stand in for the official addresses.
        model: the folder it is put in; without one, the model that comes with treatynlp is replaced.
        workspace: where results are kept, a folder or a URL (s3://…); without one, $TREATYNLP_WORKSPACE or your user
            data folder.
    """
    supply = Supply("mirror", mirror) if mirror else Supply()
    return concluded(learning.train_outcome(supply, rooted(workspace) if workspace else default_root(), model))


@click.command()
@click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--model", type=click.Path(path_type=Path, file_okay=False))
@click.option("--workspace", metavar="FOLDER|URL")
def main(**given: Any) -> None:
    """Train here and now."""
    ended = train(**given, return_state=True)
    click.echo(f"{ended.name}: {ended.message}")
    sys.exit(0 if ended.name == "Completed" else 1)


if __name__ == "__main__":
    main()
