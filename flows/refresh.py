"""The refresh: every source asked, what has changed made again, the release put in its place.

    python flows/refresh.py                    # the fictional specimens, which need no network
    python flows/refresh.py --registry         # the registry, from its official sources
    python flows/refresh.py --mirror FOLDER    # the registry, from a folder that stands in for the network

It runs on Prefect's own temporary server unless PREFECT_API_URL names another. What is done is in
`treatynlp.pipeline`; here it is only cut into tasks, so that one that fails is tried again and stops no other.
"""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")  # the first start makes a database

import click
from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from treatynlp import pipeline
from treatynlp.errors import DataError
from treatynlp.pipeline import Outcome, Prepared, Run, Supplied
from treatynlp.store import default_root

SIDE_BY_SIDE: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=4)

T = TypeVar("T")
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


@task(cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, task_run_name="fetch {ident}")
def fetch(run: Run, ident: str) -> Supplied:
    """An instrument's newest copy. Patience with a site is the library's; the retry is for what it did not foresee."""
    return pipeline.obtain(run, run.corpus.instrument(ident))


@task(cache_policy=NO_CACHE, task_run_name="make {ident}")
def make(run: Run, ident: str, came: Supplied) -> Prepared:
    """The instrument read, split and coded, or recalled where nothing has changed."""
    return pipeline.make(run, came)


@task(cache_policy=NO_CACHE)
def publish(run: Run, came: Sequence[Supplied], made: Sequence[Prepared], out: Path | None) -> Outcome:
    """All instruments compared, and the release put in its place."""
    return pipeline.finish(run, came, made, out)


@flow(task_runner=SIDE_BY_SIDE)
def refresh(
    specimens: bool = True,
    mirror: Path | None = None,
    out: Path | None = None,
    instruments: list[str] | None = None,
    workspace: Path | None = None,
) -> State[Any]:
    """Make the release anew, doing only what has changed.

    Args:
        specimens: run over the fictional specimens that come with treatynlp; false: over the registry.
        mirror: a folder whose <id>.pdf or <id>.html stand in for the official addresses (then the registry is meant).
        out: the release folder; without one, `release` in the workspace.
        instruments: only these ids.
        workspace: where results are kept; without one, $TREATYNLP_WORKSPACE or your user data folder.
    """
    try:
        corpus, supply = pipeline.chosen(None, mirror, specimens and mirror is None, instruments or ())
        with pipeline.started(corpus, workspace or default_root(), supply) as run:
            return concluded(through(run, out))
    except DataError as error:
        return concluded(pipeline.refused(error))


def through(run: Run, out: Path | None) -> Outcome:
    """All tasks of a run: sources side by side, instruments one after the other, one release."""
    ids = [one.id for one in run.corpus.instruments]
    futures = [fetch.submit(whole(run), ident) for ident in ids]
    answers = [future.result(raise_on_failure=False) for future in futures]
    came = [
        answer if isinstance(answer, Supplied) else pipeline.unobtained(run, run.corpus.instrument(ident), answer)
        for ident, answer in zip(ids, answers, strict=True)
    ]
    made = [make(whole(run), one.id, whole(one)) for one in came]
    return publish(whole(run), whole(came), whole(made), out)


def whole(value: T) -> T:
    """The value as it is: Prefect need not search it for the results of other tasks."""
    return cast(T, quote(value))


def concluded(outcome: Outcome) -> State[Any]:
    """The run's end as Prefect shows it: Completed, Degraded (completed, with something wrong) or Failed."""
    logger = get_run_logger()
    for row in (*outcome.notices, *outcome.issues):
        logger.log(_LEVELS[row.level], str(row))
    told = outcome.told.removeprefix(f"{outcome.status}: ")
    if outcome.status == "failed":
        return Failed(message=told)
    return Completed(name="Completed" if outcome.status == "complete" else "Degraded", message=told)


@click.command()
@click.option("--registry", is_flag=True, help="The registry's instruments instead of the specimens.")
@click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", "instruments", multiple=True, metavar="ID")
def main(registry: bool, mirror: Path | None, out: Path | None, instruments: tuple[str, ...]) -> None:
    """Run the refresh here and now."""
    ended = refresh(not registry, mirror, out, list(instruments) or None, return_state=True)
    click.echo(f"{ended.name}: {ended.message}")
    sys.exit(0 if ended.name == "Completed" else 1)


if __name__ == "__main__":
    main()
