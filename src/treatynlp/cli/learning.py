"""Commands about the classifier: train, evaluate."""

import click

COMMANDS: tuple[click.Command, ...] = ()
