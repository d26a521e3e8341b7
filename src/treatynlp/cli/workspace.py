"""Commands about the workspace itself: status, prune."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from treatynlp.cli.console import say, terminal_json
from treatynlp.cli.issue_rows import print_issues
from treatynlp.cli.options import corpus_option, json_option, root_of, workspace_option
from treatynlp.corpus import examine
from treatynlp.dates import day_of
from treatynlp.hashes import abridged
from treatynlp.pipeline.ask import status as statuses
from treatynlp.pipeline.ask.status import InstrumentStatus, Status
from treatynlp.pipeline.runs import pruning
from treatynlp.pipeline.runs.sources import Supply, with_own
from treatynlp.store import Root, Workspace


@click.command()
@click.option("--only", multiple=True, metavar="ID", help="Only this instrument (may be repeated).")
@click.option("--old", "only_old", is_flag=True, help="Only those of which something is old or missing.")
@corpus_option
@workspace_option
@json_option
def status(only: tuple[str, ...], only_old: bool, folder: Path | None, workspace: Root | None, as_json: bool) -> None:
    """Say how each instrument stands: its last good source, how far it came, and why anything of it is old.

    Nothing is fetched, made or written.

    \b
    Example:
      treatynlp status --old
    """
    place = Workspace(root_of(workspace))
    # Faults of the registry stop nothing here: the state of a workspace is asked for when something is wrong.
    corpus, _ = with_own(examine(folder), Supply(), place)
    there = statuses.status(place, corpus)
    shown = [one for one in there.instruments if (not only or one.id in only) and (one.old or not only_old)]
    print_issues(corpus.issues)
    say(terminal_json(_status(there, shown)) if as_json else "\n".join(_lines(there, shown)))


def _status(there: Status, shown: list[InstrumentStatus]) -> dict[str, Any]:
    runs = {series: [asdict(ran) for ran in past] for series, past in there.runs.items()}
    return {"instruments": [asdict(one) for one in shown], "runs": runs}


def _lines(there: Status, shown: list[InstrumentStatus]) -> Iterator[str]:
    if there.last is None:
        yield "last run: none that this workspace remembers"
    else:
        ended = there.last.status or "did not end: it was stopped, or is still at work"
        yield f"last {there.last.doing}: {there.last.began}, {ended}. {there.last.reason}".rstrip()
    # In one line at the end: before the first run they are all of the registry.
    never = [one.id for one in shown if one.attempt is None and one.state == "not fetched"]
    for one in shown:
        if one.id not in never:
            yield from _standing(one)
    if never:
        yield f"not asked for yet ({len(never)}): {', '.join(never)}"


MEGABYTE = 1e6


def _standing(one: "InstrumentStatus") -> Iterator[str]:
    source = one.source
    copy = f"{source.origin} {abridged(source.sha256)} of {day_of(source.retrieved)}" if source else "no copy"
    yield f"{one.id:28} {one.state:11} {copy:36} {one.title}".rstrip()
    for reason in one.old:
        yield f"    {reason.level} [{reason.code}] {reason.message}"


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@workspace_option
@json_option
def prune(dry_run: bool, workspace: Root | None, as_json: bool) -> None:
    """Remove from the workspace what nothing rests on any more.

    That is what was made of earlier texts or by earlier versions. The last good sources, all that was made of them as
    it stands now, and the last two releases stay, so the next run finds all it needs.

    \b
    Example:
      treatynlp prune --dry-run
    """
    done = pruning.prune(root_of(workspace), dry_run)
    if as_json:
        say(terminal_json({"dry_run": dry_run, "gone": dict(done.gone), "kept": _counted(done.kept)}))
        return
    said = "would be removed" if dry_run else "removed"
    say(f"{said}: {_told(done.gone)}\nkept: {_told(done.kept)}")


def _told(files: Mapping[str, int]) -> str:
    counted = _counted(files)
    return f"{counted['files']} files, {counted['bytes'] / MEGABYTE:.1f} MB"


def _counted(files: Mapping[str, int]) -> dict[str, int]:
    return {"files": len(files), "bytes": sum(files.values())}
