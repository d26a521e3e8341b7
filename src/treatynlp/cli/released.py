"""Commands about a release: sign."""

import os
from pathlib import Path

import click

from treatynlp.cli.console import say
from treatynlp.cli.options import RootType
from treatynlp.pipeline.ask import signing
from treatynlp.store import Root

PASSPHRASE = "TREATYNLP_PASSPHRASE"


@click.command()
@click.argument("release", type=RootType(path_type=Path, file_okay=False), metavar="FOLDER|URL")
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Your private key: Ed25519, in PEM. Its passphrase is asked for, or taken from TREATYNLP_PASSPHRASE.",
)  # fmt: skip
def sign(release: Root, key: Path) -> None:
    """Sign a release, so that others can check that it is yours (see `check --signed-by`).

    \b
    Example:
      treatynlp sign release --key league.pem
    """
    # Never an option: what is typed on a command line stands in the shell's history and in the list of processes.
    said = os.environ.get(PASSPHRASE) if signing.encrypted(key) else None
    if said is None and signing.encrypted(key):
        said = click.prompt("Passphrase", hide_input=True, err=True)
    signing.sign(release, key, said.encode() if said is not None else None)
    say(f"signed: {release}/manifest.json.sig")
