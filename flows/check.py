"""The release check: is what was released still what stands there, and is all it rests on sound and fresh?

python flows/check.py --release FOLDER
"""

import sys
from pathlib import Path
from typing import Annotated, Any

import quiet  # noqa: F401  (before Prefect is loaded)

# isort: split
import click
from prefect import State, flow
from prefect.artifacts import create_markdown_artifact
from pydantic import Field

from ending import concluded
from treatynlp.pipeline.ask.release_check import look_over
from treatynlp.pipeline.runs.dashboard import issues_shown
from treatynlp.store import default_root, rooted


@flow
def check(
    release: str | None = None,
    workspace: str | None = None,
    corpus: Path | None = None,
    days: Annotated[int, Field(ge=1)] = 30,
) -> State[Any]:
    """Look over a release, its workspace and what is declared; change nothing.

    Failed: the release is missing or is no longer what was released. Degraded: it is whole, but something declared or
    kept is faulty, or a source has not been reached for long. Completed: all is well.

    Args:
        release: a release folder, or the URL of one; without one, the workspace's last.
        workspace: where results are kept, a folder or a URL (s3://…); without one, $TREATYNLP_WORKSPACE or your user
            data folder.
        corpus: a folder with instruments/<id>.yml; without one, the registry that comes with treatynlp.
        days: a source that was reached last before so many days has grown old.
    """
    outcome = look_over(
        rooted(workspace) if workspace else default_root(), rooted(release) if release else None, corpus, days
    )
    create_markdown_artifact(issues_shown(outcome), "check", "What is wrong with the release or what it rests on.")
    return concluded(outcome)


@click.command()
@click.option("--release", metavar="FOLDER|URL")
@click.option("--workspace", metavar="FOLDER|URL")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--days", type=click.IntRange(1), default=30, show_default=True)
def main(**given: Any) -> None:
    """Look over a release here and now."""
    ended = check(**given, return_state=True)
    click.echo(f"{ended.name}: {ended.message}")
    sys.exit(0 if ended.name == "Completed" else 1)


if __name__ == "__main__":
    main()
