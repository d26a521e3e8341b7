"""Commands whose modules are imported when they are called.

A module of commands imports at its top what its commands need: pandas, scikit-learn, PDFium. What is asked of all
commands (their list, a name on the tab key) is answered from a table, without those seconds.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from treatynlp.cli.console import FAULTY, unwritten_answer
from treatynlp.errors import DataError, Issue, issue

Sections = Mapping[str, Mapping[str, tuple[str, str]]]
"""The commands under their titles, by name: `module:function` in this package, and the first sentence of the help."""


class LazyCommands(click.Group):
    """Commands that are loaded when they are called; faults of the data are told as rows, and never as a traceback."""

    def __init__(self, *given: Any, sections: Sections, **named: Any) -> None:
        super().__init__(*given, **named)
        self.sections = sections
        self.homes = {name: home for group in sections.values() for name, (home, _) in group.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # None, not an error: click then says that there is no such command, with the status of wrong usage.
        if cmd_name not in self.homes:
            return None
        module, _, function = self.homes[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their sections, in columns that line up."""
        # One width for all sections: click lines up each by itself.
        broad = max(map(len, self.homes))
        for title, group in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{broad}}", said) for name, (_, said) in group.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # click's own asks each command for its help, which would load them all at the tab key.
        said = {name: told for group in self.sections.values() for name, (_, told) in group.items()}
        names = [CompletionItem(name, help=told) for name, told in said.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except DataError as error:
            _tell(*error.issues)
            sys.exit(FAULTY)
        finally:
            if why := unwritten_answer(context):
                _tell(issue("answer-not-written", context.invoked_subcommand, reason=why))
                sys.exit(FAULTY)


def _tell(*issues: Issue) -> None:
    # Only here is something to tell before a command was loaded, and tqdm is as slow to load as all of click.
    from treatynlp.cli.issue_rows import print_issues

    print_issues(issues)
