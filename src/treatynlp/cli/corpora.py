"""Commands about a whole corpus: run, fetch, list."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from treatynlp import pipeline
from treatynlp.cli.console import FAULTY, FINE, leave, say, terminal_json
from treatynlp.cli.issue_rows import gathered, print_issues, worth_telling
from treatynlp.cli.options import corpus_option, json_option, root_of, workspace_option
from treatynlp.cli.progress import bar, counting
from treatynlp.cli.work_options import limit_option, log_option
from treatynlp.corpus import Corpus, examine
from treatynlp.dates import year_of
from treatynlp.pipeline import Outcome, Supply
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.fetching import Came, fetch_one, lock, remember_fetched
from treatynlp.pipeline.runs.sources import with_own
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.store import Root, Workspace

FOLDER = click.Path(path_type=Path, file_okay=False)
Command = Callable[..., None]


def place_options(command: Command) -> Command:
    """The options that say what to run over; they arrive together as `**place`."""
    for option in (
        click.option("--only", multiple=True, metavar="ID", help="Only this instrument (may be repeated)."),
        click.option("--specimens", "fictional", is_flag=True, help="Fictional conventions that need no network."),
        click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False),
                     help="Folder whose <id>.pdf (.html, .docx, …) stand in for the network."),
        click.option("--without-own", is_flag=True, help="Without the treaties that `treatynlp add` put there."),
        corpus_option,
        limit_option,
    ):  # fmt: skip
        command = option(command)
    return command


def _chosen(workspace: Root, without_own: bool, bounds: Bounds | None, **place: Any) -> tuple[Corpus, Supply]:
    corpus, supply = pipeline.chosen(**place, own_in=None if without_own else Workspace(workspace))
    return corpus, replace(supply, bounds=bounds) if bounds else supply


@click.command()
@place_options
@click.option("--out", type=FOLDER, help="Release folder (default: in the workspace).")
@click.option("--publishable", "--without-text", is_flag=True, help="Addresses, labels and values; no treaty's words.")
@click.option("--every", is_flag=True, help="Tell every row on stderr, also where many say the same.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Wait so long for another run in the workspace to end (default: not at all).",
)
@workspace_option
@log_option
@json_option
def run(out: Path | None, publishable: bool, every: bool, workspace: Root | None, as_json: bool, **place: Any) -> None:
    """Make the release: fetch, read, split, code, compare, publish.

    Only what has changed since the last run is done again. Without --mirror or --specimens the official sources are
    asked. The status is 1 when anything is missing or wrong; what could be had is in the release all the same.

    \b
    Example:
      treatynlp run --specimens --out release
    """
    root, wait = root_of(workspace), place.pop("wait")
    corpus, supply = _chosen(root, **place)
    with counting() as progress:
        at = Workspace(root, patience=wait)
        outcome = pipeline.run(corpus, at, supply, out, progress, not publishable)
    rows = (*outcome.notices, *worth_telling(outcome.issues))
    print_issues(rows if every else gathered(rows))
    say(terminal_json(_outcome(outcome)) if as_json else outcome.told)
    # A release that lacks something is a release and a fault: a script must not go on as if all were there.
    raise SystemExit(FINE if outcome.status == "complete" else FAULTY)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {**asdict(outcome), "release": str(outcome.release) if outcome.release else None}


@click.command()
@place_options
@click.option("--lock", "locking", is_flag=True, help="Lock official addresses to what they serve now.")
@workspace_option
@log_option
def fetch(locking: bool, workspace: Root | None, **place: Any) -> None:
    """Get the sources, see that they can be read and split, and keep them; make no release.

    \b
    Example:
      treatynlp fetch --specimens
    """
    corpus, supply = _chosen(root_of(workspace), **place)
    every: list[Came] = []
    with pipeline.started(corpus, root_of(workspace), supply, "fetch") as under_way:
        for instrument in bar(under_way.corpus.instruments, "fetch"):
            came = fetch_one(under_way, instrument)
            print_issues((*came.notices, *worth_telling(came.issues)))
            every.append(came)
            say(f"{came.status:10} {instrument.id:28} {came.source.copy.url if came.source else ''}".rstrip())
            if locking and came.source:
                lock(under_way, instrument, came.source)
        remember_fetched(under_way, every)
    leave((*under_way.issues, *(row for came in every for row in came.issues)))


@click.command("list")
@corpus_option
@workspace_option
@json_option
def list_(folder: Path | None, workspace: Root | None, as_json: bool) -> None:
    """The instruments of the registry and your own, and how far each has come in the workspace.

    \b
    Example:
      treatynlp list
    """
    place = Workspace(root_of(workspace))
    (corpus, _), made = with_own(examine(folder), Supply(), place), current(place)
    rows = []
    for one in corpus.instruments:
        prepared = made.get(one.id)
        source = prepared.source if prepared else None
        state = "not fetched" if prepared is None else "coded" if prepared.coding else "split"
        rows.append({
            "id": one.id, "short_title": one.short_title, "citation": one.citation, "kind": one.kind,
            "date": one.dates.first, "state": state, "origin": source.origin if source else "",
            "sha256": source.sha256 if source else "",
        })  # fmt: skip
    print_issues(corpus.issues)
    say(terminal_json(rows) if as_json else "\n".join(map(_line, rows)))
    leave(corpus.issues)


def _line(row: dict[str, str]) -> str:
    made = f"{row['state']} ({row['origin']})" if row["origin"] else row["state"]
    return f"{row['id']:28} {year_of(row['date']):5} {made:20} {row['short_title']}"
