"""How far more worker processes carry: treaties read, split and coded by 1, 2, … of them, against this process alone.

    python benchmarks/workers.py [--count 40] [--workers 1 2] [--without-prefect]

Treaties: ../shared/corpus/scale, declared for the occasion. What is timed is first the work itself, on bare Dask, so
that nothing of Prefect is mixed in; then, apart, what a task costs when there is nothing to do in it. Each process has
loaded its model before the clock starts, with treaties that are not counted. Times are of one run on this machine;
only their ratios travel.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from distributed import Client, LocalCluster
from scale import declare, say

from treatynlp import pipeline
from treatynlp.corpus import examine
from treatynlp.pipeline import Brief, Prepared, Run, Supplied, Supply
from treatynlp.pipeline.runs.workers import make_briefed, worker_brief

ROOT = Path(__file__).parents[1]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of a run: to start the workers, to make all instruments (the first time, and recalled), to publish."""

    starting: float
    making: float
    recalling: float
    publishing: float = 0.0


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        count = declare(root, given.count + max(given.workers)) - max(given.workers)
        alone = measured(root, "alone", _alone(count))
        others = {
            f"{n} threads": measured(root, f"threads-{n}", _threads(n, count), alone) for n in given.workers if n > 1
        }
        others |= {f"Dask, {n} workers": measured(root, f"dask-{n}", _dask(n, count), alone) for n in given.workers}
        report(count, alone, others)
        if given.prefect:
            overhead(root, count, alone)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40, help="so many treaties (there are 240)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--without-prefect", dest="prefect", action="store_false")
    return parser.parse_args()


Making = Callable[[Brief, Sequence[Supplied]], tuple[float, float, float]]


def measured(root: Path, name: str, making: Making, before: Took | None = None) -> Took:
    """The seconds of a run in a workspace of its own. Publishing is timed once, as it is the same for all."""
    with under_way(root, name) as (run, came):
        starting, first, again = making(worker_brief(run), came)
        if before:
            return Took(starting, first, again, before.publishing)
        made = [pipeline.make(run, one) for one in came]
        publishing, _ = timed(lambda: pipeline.finish(run, came, made, root / "release"))
        return Took(starting, first, again, publishing)


@contextmanager
def under_way(root: Path, name: str) -> Iterator[tuple[Run, list[Supplied]]]:
    supply = Supply("mirror", root / "mirror")
    with pipeline.started(examine(root / "corpus"), root / name, supply) as run:
        yield run, [pipeline.obtain(run, one) for one in run.corpus.instruments]


def _alone(count: int) -> Making:
    def making(given: Brief, came: Sequence[Supplied]) -> tuple[float, float, float]:
        starting, _ = timed(lambda: make_briefed(given, came[count]))
        first, _ = timed(lambda: [make_briefed(given, one) for one in came[:count]])
        again, _ = timed(lambda: [make_briefed(given, one) for one in came[:count]])
        return starting, first, again

    return making


def _threads(number: int, count: int) -> Making:
    """Threads of this process: each has a reading and coding process of its own (`pipeline.sandbox.process`)."""

    def making(given: Brief, came: Sequence[Supplied]) -> tuple[float, float, float]:
        with ThreadPoolExecutor(number) as pool:

            def through(some: Sequence[Supplied]) -> float:
                return timed(lambda: list(pool.map(lambda one: make_briefed(given, one), some)))[0]

            return through(came[count : count + number]), through(came[:count]), through(came[:count])

    return making


def _dask(workers: int, count: int) -> Making:
    def making(given: Brief, came: Sequence[Supplied]) -> tuple[float, float, float]:
        begun = time.perf_counter()
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):

            def through(some: Sequence[Supplied], where: list[str] | None = None) -> list[Prepared]:
                made: list[Prepared] = client.gather(
                    [client.submit(make_briefed, given, one, pure=False, workers=where) for one in some]
                )
                return made

            for number, worker in enumerate(client.scheduler_info()["workers"]):
                through(came[count + number : count + number + 1], [worker])
            starting = time.perf_counter() - begun
            return starting, timed(lambda: through(came[:count]))[0], timed(lambda: through(came[:count]))[0]

    return making


def report(count: int, alone: Took, others: dict[str, Took]) -> None:
    say(f"{count} treaties, {os.cpu_count()} cores; the load beside this run was {os.getloadavg()[0]:.1f}\n")
    say(f"{'made by':22} {'start s':>8} {'make s':>8} {'speed-up':>9} {'whole s':>8} {'speed-up':>9}")
    for name, took in {"one after the other": alone, **others}.items():
        whole, before = took.making + took.publishing, alone.making + alone.publishing
        ratios = alone.making / took.making, before / whole
        say(f"{name:22} {took.starting:8.1f} {took.making:8.1f} {ratios[0]:9.2f} {whole:8.1f} {ratios[1]:9.2f}")
    share = alone.publishing / (alone.publishing + alone.making)
    say(f"\ncomparing and publishing need all instruments at once: {alone.publishing:.1f} s, {share:.0%} of the work,")
    say(f"so no number of workers makes the whole more than {1 / share:.2f} times as fast, nor more than the cores do")


def overhead(root: Path, count: int, alone: Took) -> None:
    """What a task costs besides its work: all instruments again, which are only recalled."""
    sys.path.insert(0, str(ROOT / "flows"))
    import quiet  # noqa: F401  (before Prefect is loaded)

    # isort: split
    from prefect import flow
    from prefect.testing.utilities import prefect_test_harness

    from refresh import Runner, made

    @flow
    def again(runner: Runner, scheduler: str | None) -> float:
        with under_way(root, "alone") as (run, came):
            made(run, came[:2], runner, scheduler)  # each has loaded what it needs then
            return timed(lambda: made(run, came, runner, scheduler))[0]

    with prefect_test_harness(server_startup_timeout=180):
        through = {"threads": again("threads", None)}
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            through["dask, 2 workers"] = again("dask", cluster.scheduler_address)
    say(f"\n{'an instrument that is only recalled':44} {'ms':>8}")
    say(f"{'called':44} {alone.recalling / count * 1e3:8.1f}")
    for runner, took in through.items():
        say(f"{f'as a task of Prefect ({runner})':44} {took / count * 1e3:8.1f}")


def timed(do: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    value = do()
    return time.perf_counter() - begun, value


if __name__ == "__main__":
    main()
