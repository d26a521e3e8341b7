"""The refresh: every source asked, what has changed made again, the release put in its place.

    python flows/refresh.py                    # the fictional specimens, which need no network
    python flows/refresh.py --registry         # the registry, from its official sources
    python flows/refresh.py --mirror FOLDER    # the registry, from a folder that stands in for the network
    python flows/refresh.py --runner dask      # instruments made by Dask's workers, here or elsewhere

It runs on Prefect's own temporary server unless PREFECT_API_URL names another. What is done is in
`treatynlp.pipeline`; here it is only cut into tasks, so that one that fails is tried again and stops no other.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

import quiet  # noqa: F401  (before Prefect is loaded)

# isort: split
import click
import cloudpickle  # type: ignore[import-untyped]
from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff
from prefect.utilities.annotations import quote
from pydantic import Field

from ending import concluded, display
from treatynlp import pipeline
from treatynlp.errors import DataError
from treatynlp.pipeline import Brief, Outcome, Prepared, Run, Supplied
from treatynlp.store import Workspace, default_root, rooted

T = TypeVar("T")
Runner = Literal["threads", "dask"]

PATIENCE = 60.0
"""Seconds after which it is asked whether any worker is left."""

# A worker on another machine has treatynlp, but not these files: what is in them travels whole, not by name.
for name in (__name__, display.__module__):
    cloudpickle.register_pickle_by_value(sys.modules[name])


@task(
    cache_policy=NO_CACHE, task_run_name="fetch {ident}", retries=2,
    retry_delay_seconds=exponential_backoff(5), retry_jitter_factor=0.5,
)  # fmt: skip
def fetch(run: Run, ident: str) -> Supplied:
    """An instrument's newest copy. Patience with a site is the library's; retries are for what it did not foresee."""
    return pipeline.obtain(run, run.corpus.instrument(ident))


@task(cache_policy=NO_CACHE, task_run_name="make {ident}")
def make(brief: Brief, ident: str, came: Supplied) -> Prepared:
    """The instrument read, split and coded, or recalled where nothing has changed."""
    return pipeline.make_briefed(brief, came)


@task(cache_policy=NO_CACHE, task_run_name="publish")
def publish(run: Run, came: Sequence[Supplied], made: Sequence[Prepared], out: Path | None, with_text: bool) -> Outcome:
    """All instruments compared, and the release put in its place."""
    return pipeline.finish(run, came, made, out, with_text)


@flow
def refresh(  # noqa: PLR0913  (the fields of a form)
    specimens: bool = True,
    mirror: Path | None = None,
    out: Path | None = None,
    instruments: list[str] | None = None,
    workspace: str | None = None,
    publishable: bool = False,
    per_host: Annotated[int, Field(ge=1)] = 2,
    runner: Runner = "threads",
    scheduler: str | None = None,
) -> State[Any]:
    """Make the release anew, doing only what has changed.

    Args:
        specimens: run over the fictional specimens that come with treatynlp; false: over the registry. Treaties added
            to the workspace (`treatynlp add`) are in the release either way.
        mirror: a folder whose <id>.pdf or <id>.html stand in for the official addresses (then the registry is meant).
        out: the release folder; without one, in the workspace.
        instruments: only these ids.
        workspace: where results are kept, a folder or a URL (s3://…); without one, $TREATYNLP_WORKSPACE or your user
            data folder.
        publishable: a release with addresses, labels and values, and no sentence of a treaty.
        per_host: how many requests one host gets from us at a time.
        runner: who reads, splits and codes instruments: "threads", a few at a time beside this process; "dask", as many
            at a time as there are workers.
        scheduler: the address of a Dask scheduler (tcp://…) with workers, which are used then; without one, "dask"
            starts workers on this machine for the run.
    """
    try:
        place = Workspace(rooted(workspace) if workspace else default_root())
        corpus, supply = pipeline.chosen(None, mirror, specimens and mirror is None, instruments or (), place)
        with pipeline.started(corpus, place, pipeline.gently(supply, per_host)) as run:
            came = fetched(run)
            prepared = made(run, came, runner, scheduler)
            outcome = publish(whole(run), whole(came), whole(prepared), out, not publishable)
            display(pipeline.run_dashboard(outcome, run.corpus.codebook))
            return concluded(outcome)
    except DataError as error:
        return concluded(pipeline.refused_run(error))


def fetched(run: Run) -> list[Supplied]:
    """What came for every instrument. Each host has a queue of its own, so that none waits for another."""
    asked: dict[str, PrefectFuture[Any]] = {}
    with ExitStack() as hosts:
        for queue in pipeline.queues(run.corpus, run.supply):
            host: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=queue.at_once)
            hosts.enter_context(host)
            asked |= {ident: host.submit(fetch, {"run": whole(run), "ident": ident}) for ident in queue.ids}
        answers = [(one, answer(asked[one.id])) for one in run.corpus.instruments]
    return [came if isinstance(came, Supplied) else pipeline.unobtained(run, one, came) for one, came in answers]


def made(run: Run, came: Sequence[Supplied], runner: Runner, scheduler: str | None) -> list[Prepared]:
    """Every instrument made; what a worker could not make is made here after all."""
    brief = pipeline.worker_brief(run)
    with makers(runner, scheduler) as workers:
        asked = [workers.submit(make, {"brief": brief, "ident": one.id, "came": one}) for one in came]
        answers = gathered(asked, workers)
    return [
        done if isinstance(done, Prepared) else pipeline.make_here(run, one, done)
        for one, done in zip(came, answers, strict=True)
    ]


@contextmanager
def makers(runner: Runner, scheduler: str | None) -> Iterator[TaskRunner[Any]]:
    """Where instruments are made: by threads, each of which has a process of its own that reads and codes for it, or
    by Dask's workers, each of which has one, too."""
    if runner == "threads" and not scheduler:
        threads: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=pipeline.at_a_time())
        with threads:
            yield threads
        return
    from prefect_dask.task_runners import DaskTaskRunner

    own = {"threads_per_worker": 1, "dashboard_address": None}
    place = {"address": scheduler, "client_kwargs": {"timeout": "30s"}} if scheduler else {"cluster_kwargs": own}
    with reachable(), DaskTaskRunner(**place) as workers:
        try:
            workers.client.wait_for_workers(1, timeout=60)
        except OSError as error:
            raise pipeline.nobody_there(scheduler) from error
        yield workers


@contextmanager
def reachable() -> Iterator[None]:
    """Workers report to the server that this process reports to, also when that is its own temporary one."""
    with get_client(sync_client=True) as client, temporary_settings({PREFECT_API_URL: str(client.api_url)}):
        yield


def gathered(asked: Sequence[PrefectFuture[Any]], workers: TaskRunner[Any]) -> list[Any]:
    """What each task gave, or the error it ended in. Once no worker is left, none is waited for any longer."""
    answers: list[Any] = []
    for future in asked:
        alone = any(isinstance(one, TimeoutError) for one in answers)
        answers.append(answer(future, partial(manned, workers), 0.0 if alone else PATIENCE))
    return answers


def manned(workers: Any) -> bool:
    """Whether anybody is there to do what was submitted."""
    return isinstance(workers, ThreadPoolTaskRunner) or bool(workers.client.scheduler_info()["workers"])


def answer(future: PrefectFuture[Any], going_on: Callable[[], bool] = lambda: True, patience: float = PATIENCE) -> Any:
    """What a task gave, or the error it ended in; a TimeoutError when nobody is left to do it."""
    while True:
        try:
            return future.result(timeout=patience, raise_on_failure=False)
        except TimeoutError as error:
            if not going_on():
                return error
            patience = PATIENCE
        except Exception as error:  # a worker that died left no state behind
            return error


def whole(value: T) -> T:
    """The value as it is: Prefect need not search it for the results of other tasks."""
    return cast(T, quote(value))


@click.command()
@click.option("--registry", is_flag=True, help="The registry's instruments instead of the specimens.")
@click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", "instruments", multiple=True, metavar="ID")
@click.option("--workspace", metavar="FOLDER|URL")
@click.option("--publishable", is_flag=True, help="No sentence of a treaty in the release.")
@click.option("--runner", type=click.Choice(["threads", "dask"]), default="threads", show_default=True)
@click.option("--scheduler", metavar="tcp://…", help="A Dask scheduler that is running; implies --runner dask.")
def main(registry: bool, instruments: tuple[str, ...], **given: Any) -> None:
    """Run the refresh here and now."""
    ended = refresh(specimens=not registry, instruments=list(instruments) or None, return_state=True, **given)
    click.echo(f"{ended.name}: {ended.message}")
    sys.exit(0 if ended.name == "Completed" else 1)


if __name__ == "__main__":
    main()
