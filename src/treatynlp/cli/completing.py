"""What a shell completes on the tab key: commands and options, ids of instruments, names of files."""

from glob import escape

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete

from treatynlp.cli.console import say
from treatynlp.home import home


def ids(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ids that begin so, of the registry and the specimens; where there is none, names of files."""
    # By the names of files, which are the ids: reading the registry takes longer than a tab key may.
    folders = (home() / "corpus" / name for name in ("instruments", "specimens"))
    found = sorted({path.stem for folder in folders for path in folder.glob(f"{escape(begun)}*.yml")})
    # Where no id begins so, it may be a file that is meant: most commands take either.
    return [CompletionItem(ident) for ident in found] or [CompletionItem(begun, type="file")]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script with which a shell completes commands and options on the tab key.

    \b
    Example:
      treatynlp completion bash > treatynlp-completion.bash

    Load it in ~/.bashrc with `source treatynlp-completion.bash`; for fish put it into ~/.config/fish/completions.
    """
    script = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}[shell]
    say(script(context.find_root().command, {}, "treatynlp", "_TREATYNLP_COMPLETE").source())
