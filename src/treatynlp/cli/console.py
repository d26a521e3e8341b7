"""What commands share: rows to stderr, answers to stdout, bars on a terminal only, and the exit status."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from treatynlp.errors import Issue, failed
from treatynlp.text import TURNING

if TYPE_CHECKING:
    from treatynlp.pipeline.sandbox.bounds import Bounds
    from treatynlp.store import Root

Item = TypeVar("Item")
_UNSAID = "treatynlp.unsaid"

_UNSHOWN = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f{TURNING}]")

FINE, FAULTY, MISUSED = 0, 1, 2
EXITS = {
    FINE: "all is well",
    FAULTY: "something is wrong with the data, or the answer could not be written; each fault is told on stderr, one "
    "row each; what could be done was done",
    MISUSED: "the command was typed wrongly (an unknown option, a missing word); nothing was done",
}
"""What a command's exit status says. Warnings do not change it."""


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


def _stated(context: click.Context, parameter: click.Parameter, limits: tuple[str, ...]) -> "Bounds | None":
    if not limits:
        return None
    from treatynlp.pipeline.sandbox.bounds import stated

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
        from treatynlp import log

        context.with_resource(log.listening(to))


log_option = click.option(
    "--log", metavar="FILE", envvar="TREATYNLP_LOG", expose_value=False, callback=_listen,
    help="Add a line of JSON for each step to this file (- for stderr): run, instrument, stage, seconds, code.",
)  # fmt: skip


def root_of(workspace: "Root | None") -> "Root":
    """The workspace that was named, or the default one."""
    from treatynlp.store import default_root

    return workspace or default_root()


def release_or_last(release: "Root | None", workspace: "Root | None") -> "Root":
    """The release that was named, or the workspace's last; where it has none the workspace itself, so that the row
    names it."""
    from treatynlp.store import Workspace, last_release

    root = root_of(workspace)
    return release or last_release(Workspace(root)) or root


def print_issues(issues: Iterable[Issue]) -> None:
    """Rows to stderr, beside a progress bar if one is being drawn."""
    from tqdm import tqdm

    for issue in issues:
        tqdm.write(terminal_text(" ".join(str(issue).split())), file=sys.stderr)


def worth_telling(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Errors and warnings; what is only for information stands in the answer."""
    return (issue for issue in issues if issue.level != "info")


REPEATED = 3
"""Rows of one code that are told one by one; more are gathered into one line."""
GATHERED = ("source-not-in-mirror",)
"""Errors that are gathered too: a folder that holds some of the registry's texts is no accident."""


def gathered(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The rows, where many say the same of many places one for all of them; errors are told one by one."""
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.level, issue.code), []).append(issue)
    for (level, code), rows in groups.items():
        if len(rows) > REPEATED and (level != "error" or code in GATHERED):
            places = ", ".join(dict.fromkeys(row.where.split()[0] for row in rows[:REPEATED]))
            what = "texts that are not in the folder" if code in GATHERED else "places"
            said = f"Such as {places}; issues.csv says what of each, and so does --every."
            yield replace(rows[0], where=f"{len(rows)} {what}", message=said)
        else:
            yield from rows


def bar(items: Iterable[Item], doing: str, total: int | None = None) -> Iterable[Item]:
    """The items, counted by a bar on a terminal; in a pipe nothing is drawn."""
    from tqdm import tqdm

    return tqdm(items, desc=doing, total=total, disable=None, file=sys.stderr, leave=False)


@contextmanager
def counting() -> Iterator[Callable[[str, int, int], None]]:
    """A bar that a run tells how far it is: stage, done, total."""
    from tqdm import tqdm

    with tqdm(disable=None, file=sys.stderr, leave=False) as drawn:

        def progress(stage: str, done: int, total: int) -> None:
            drawn.desc, drawn.total, drawn.n = f"{stage}: ", total, done
            drawn.refresh()

        yield progress


def terminal_text(text: str) -> str:
    """Words as a terminal may show them: what a document or a server says must not move the cursor, colour what
    follows, turn its direction or set the window's title.

    >>> terminal_text("Article 1\\x1b[2J\u202e5")
    'Article 1�[2J�5'
    """
    return _UNSHOWN.sub("\ufffd", text)


def terminal_json(answer: Any, indent: int | None = 2) -> str:
    """The answer as JSON; characters a terminal would act on are written as escapes, so that nothing is lost."""
    return _UNSHOWN.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(answer, ensure_ascii=False, indent=indent))


def say(text: str) -> None:
    """A line of the answer. What a PDF holds that is no character is shown as a question mark.

    An answer that nobody can take stops no work: whoever closed the pipe has read enough (`| head`); that it could not
    be written otherwise (a full disk) is told at the end (see `unwritten_answer`).
    """
    try:
        click.echo(terminal_text(text).encode("utf-8", "replace"))
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            click.get_current_context().meta[_UNSAID] = error.strerror
        if (out := sys.__stdout__) is not None and sys.stdout is out:
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # else the last flush fails once more


def unwritten_answer(context: click.Context) -> str:
    """Why a part of the answer could not be written; "" where all of it was."""
    return str(context.meta.get(_UNSAID, ""))


class Deaf:
    """A stream on which nothing goes wrong: what cannot be written is lost, and the work goes on."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_streams() -> None:
    """See that the three streams are there: the number of one that was closed would go to the next file that is opened,
    and words for a terminal would be written into it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    sys.stderr = Deaf(sys.stderr)


def leave(issues: Iterable[Issue]) -> NoReturn:
    """End the command: status 1 when any of the rows is an error."""
    sys.exit(FAULTY if failed(issues) else FINE)
