"""Commands about the workspace itself: prune."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from treatynlp.cli.console import json_option, root_of, say, to_json, workspace_option

if TYPE_CHECKING:
    from treatynlp.store import Root


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@workspace_option
@json_option
def prune(dry_run: bool, workspace: "Root | None", as_json: bool) -> None:
    """Remove from the workspace what nothing rests on any more.

    That is what was made of earlier texts or by earlier versions. The last good sources, all that was made of them as
    it stands now, and the last two releases stay, so the next run finds all it needs.

    \b
    Example:
      treatynlp prune --dry-run
    """
    from treatynlp.pipeline.pruning import prune as pruned

    done = pruned(root_of(workspace), dry_run)
    if as_json:
        say(to_json({"dry_run": dry_run, "gone": dict(done.gone), "kept": _counted(done.kept)}))
        return
    said = "would be removed" if dry_run else "removed"
    say(f"{said}: {_told(done.gone)}\nkept: {_told(done.kept)}")


def _told(files: Mapping[str, int]) -> str:
    counted = _counted(files)
    return f"{counted['files']} files, {counted['bytes'] / 1e6:.1f} MB"


def _counted(files: Mapping[str, int]) -> dict[str, int]:
    return {"files": len(files), "bytes": sum(files.values())}


COMMANDS = (prune,)
