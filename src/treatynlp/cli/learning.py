"""Commands about the classifier: train."""

from pathlib import Path

import click

from treatynlp.cli.console import root_of, say, workspace_option

mirror_option = click.option(
    "--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder whose <id>.pdf or <id>.html stand in for the network.",
)  # fmt: skip


@click.command()
@mirror_option
@click.option("--model", type=click.Path(path_type=Path, file_okay=False), help="Where to (default: models/topics).")
@workspace_option
def train(mirror: Path | None, model: Path | None, workspace: Path | None) -> None:
    """Make the model again from the gold labels in corpus/annotations: the same bytes for the same data."""
    from treatynlp.pipeline import Supply
    from treatynlp.pipeline.learning import train

    supply = Supply("mirror", mirror) if mirror else Supply()
    folder, digest = train(supply, root_of(workspace), model)
    say(f"model {digest[:12]}… in {folder}")


COMMANDS: tuple[click.Command, ...] = (train,)
