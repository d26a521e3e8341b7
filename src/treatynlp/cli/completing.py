"""The command that teaches a shell to complete the others."""

import click


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
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    script = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}[shell]
    click.echo(script(context.find_root().command, {}, "treatynlp", "_TREATYNLP_COMPLETE").source())


COMMANDS = (completion,)
