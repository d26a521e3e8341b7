"""Training on demand: the model made again from the gold labels.

python flows/train.py --mirror FOLDER
"""

import os
from pathlib import Path

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")  # the first start makes a database

import click
from prefect import flow, get_run_logger

from treatynlp.pipeline import Supply, learning
from treatynlp.store import default_root


@flow
def train(mirror: Path | None = None, model: Path | None = None, workspace: Path | None = None) -> list[str]:
    """Train the classifier on the instruments with gold labels; the answer is the files it was put in.

    Args:
        mirror: a folder whose <id>.pdf or <id>.html stand in for the official addresses.
        model: the folder it is put in; without one, the model that comes with treatynlp is replaced.
        workspace: where results are kept; without one, $TREATYNLP_WORKSPACE or your user data folder.
    """
    supply = Supply("mirror", mirror) if mirror else Supply()
    files = learning.train(supply, workspace or default_root(), model)
    get_run_logger().info("the model is in %s", ", ".join(map(str, files.values())))
    return list(map(str, files.values()))


@click.command()
@click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--model", type=click.Path(path_type=Path, file_okay=False))
def main(mirror: Path | None, model: Path | None) -> None:
    """Train here and now."""
    click.echo("\n".join(train(mirror, model)))


if __name__ == "__main__":
    main()
