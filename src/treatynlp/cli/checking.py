"""The command that checks what is declared, or a release: check."""

from pathlib import Path

import click

from treatynlp import pipeline
from treatynlp.cli.console import leave, say
from treatynlp.cli.issue_rows import print_issues
from treatynlp.cli.options import RootType, corpus_option, root_of, workspace_option
from treatynlp.store import Root


@click.command()
@click.option(
    "--release",
    type=RootType(path_type=Path, file_okay=False),
    metavar="FOLDER|URL",
    help="Check this release instead: is it what was released, and do all its files say the same?",
)
@click.option("--sources", is_flag=True, help="With --release: read the sources again, too, as far as they are kept.")
@click.option(
    "--signed-by",
    "key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --release: it must bear the signature of this public key (PEM).",
)
@corpus_option
@workspace_option
def check(release: Root | None, sources: bool, key: Path | None, folder: Path | None, workspace: Root | None) -> None:
    """Check what is declared, the model and the workspace; with --release, that a release is what was released.

    Declared are registry, codebook, gold, overrides, rules and locks.

    \b
    Example:
      treatynlp check
    """
    if release is None:
        if sources or key:
            raise click.UsageError("--sources and --signed-by are about a release; name it with --release.")
        issues, said = pipeline.faults(folder, root_of(workspace))
    else:
        # A release is read with pandas, the workbook with more: seconds that the other check does not need.
        from treatynlp.pipeline.ask.release_check import proven

        issues, said = proven(release, root_of(workspace), sources, key)
    print_issues(issues)
    say(said)
    leave(issues)
