"""Options of commands that work on documents: what a step may take, and where to write what it did."""

import click

from treatynlp import log
from treatynlp.pipeline.sandbox.bounds import Bounds, stated


def _stated(context: click.Context, parameter: click.Parameter, limits: tuple[str, ...]) -> Bounds | None:
    if not limits:
        return None
    try:
        return stated(limits)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


limit_option = click.option(
    "--limit", "bounds", multiple=True, metavar="NAME=NUMBER", callback=_stated,
    help="What a step of work on one document may take: seconds=900, memory=4e9 … (may be repeated).",
)  # fmt: skip


def _listen(context: click.Context, _: click.Parameter, to: str | None) -> None:
    if to:
        context.with_resource(log.listening(to))


log_option = click.option(
    "--log", metavar="FILE", envvar="TREATYNLP_LOG", expose_value=False, callback=_listen,
    help="Add a line of JSON for each step to this file (- for stderr): run, instrument, stage, seconds, code.",
)  # fmt: skip
