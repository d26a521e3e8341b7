"""The command line.

Exit statuses are those of `console.EXITS`; faults of the data are rows `level [code] where: message` on stderr.
"""

import sys
from typing import Any

import click

from treatynlp.cli import (
    briefing,
    completing,
    corpora,
    exchange,
    files,
    instruments,
    learning,
    own,
    plotting,
    released,
    workspace,
)
from treatynlp.cli.console import FAULTY, open_streams, print_issues, unwritten_answer
from treatynlp.errors import DataError, issue

STATUS = "Exit status: 0 all is well, 1 faulty data (told on stderr), 2 wrong usage."


SECTIONS = {
    "A whole corpus": corpora,
    "A file": files,
    "An instrument, or two": instruments,
    "A treaty of your own": own,
    "Figures": plotting,
    "To take along": briefing,
    "People who code": exchange,
    "A release": released,
    "What is kept between runs": workspace,
    "The classifier": learning,
    "The shell": completing,
}
"""The commands as people look for them: by what they are about."""


class Commands(click.Group):
    """Commands whose faults of the data are told as rows, and never as a traceback."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their sections, in columns that line up."""
        broad = max(map(len, self.commands))
        for title, group in SECTIONS.items():
            told = [(f"{one.name:{broad}}", one.get_short_help_str(limit=200)) for one in group.COMMANDS]
            with formatter.section(title):
                formatter.write_dl(told)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except DataError as error:
            print_issues(error.issues)
            sys.exit(FAULTY)
        finally:
            if why := unwritten_answer(context):
                print_issues([issue("answer-not-written", context.invoked_subcommand, reason=why)])
                sys.exit(FAULTY)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=STATUS)
@click.version_option(package_name="treatynlp")
def cli() -> None:
    """Compare treaties: official PDFs in, harmonisation matrices out."""


for group in SECTIONS.values():
    for command in group.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """Run the command line."""
    open_streams()
    cli()
