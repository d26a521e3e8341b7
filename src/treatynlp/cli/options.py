"""Options that most commands have: the workspace, the corpus, a release, JSON."""

from pathlib import Path
from typing import Any

import click

from treatynlp.store import Root, Workspace, default_root, last_release


class RootType(click.Path):
    """A folder, or a URL where a workspace may be."""

    name = "folder or url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if isinstance(value, str) and "://" in value else super().convert(value, param, ctx)


workspace_option = click.option(
    "--workspace", type=RootType(path_type=Path, file_okay=False), envvar="TREATYNLP_WORKSPACE",
    metavar="FOLDER|URL",
    help="Where results are kept between runs: a folder or a URL such as s3://… (default: your user data folder).",
)  # fmt: skip
corpus_option = click.option(
    "--corpus", "folder", type=click.Path(path_type=Path, file_okay=False),
    help="Folder with instruments/<id>.yml (default: the registry that comes with treatynlp).",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def root_of(workspace: Root | None) -> Root:
    """The workspace that was named, or the default one."""
    return workspace or default_root()


def release_or_last(release: Root | None, workspace: Root | None) -> Root:
    """The release that was named, or the workspace's last; where it has none the workspace itself, so that the row
    names it."""
    root = root_of(workspace)
    # The root last: a release that is nowhere is then told with the place where it was looked for.
    return release or last_release(Workspace(root)) or root
