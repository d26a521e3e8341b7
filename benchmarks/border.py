"""What crosses the border to the process that reads documents, and what that costs: the share of JSON in making.

    python benchmarks/border.py --mirror ../shared/corpus/mirror            # every instrument of the mirror, cold
    python benchmarks/border.py --mirror … --old ../before                  # and beside it another checkout, in turn

The share is counted, not sampled: every writing and checking of a value is timed, in this process and in the one that
reads (there by a start of our own, which reports on its standard error at its end).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import click

COUNTED = """
import atexit, os, time
from pydantic import TypeAdapter
spent = [0.0]
def counted(plain):
    def work(*given, **more):
        began = time.process_time()
        try:
            return plain(*given, **more)
        finally:
            spent[0] += time.process_time() - began
    return work
for name in ("dump_json", "validate_json"):
    setattr(TypeAdapter, name, counted(getattr(TypeAdapter, name)))
def told():
    with open(os.environ["TMPDIR"] + "/../json-seconds", "a") as file:
        file.write(f"{spent[0]:.3f} {time.process_time():.3f}\\n")
"""

WORK = """
import json, os, sys, time
from pathlib import Path
from dataclasses import replace
from treatynlp import pipeline, store
from treatynlp.corpus import load
from treatynlp.pipeline.sandbox import process
process._START = sys.argv[4]
corpus, mirror = load(), Path(sys.argv[1])
there = {path.stem for path in mirror.iterdir()}
corpus = replace(corpus, instruments=tuple(one for one in corpus.instruments if one.id in there)[: int(sys.argv[3])])
with pipeline.started(corpus, Path(sys.argv[2]), pipeline.Supply("mirror", mirror)) as run:
    came = [pipeline.obtain(run, one) for one in corpus.instruments]
    process.ready(run.supply.bounds)
    began, cpu = time.perf_counter(), time.process_time()
    made = [pipeline.make(run, one) for one in came]
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    process.terminate(process.ready(run.supply.bounds))
print(json.dumps([len(made), seconds, cpu, spent[0]]))
"""


def made(checkout: Path, mirror: Path, most: int, folder: Path) -> tuple[int, float, float, float]:
    """Instruments made, seconds of both processes together, of those the seconds on JSON, and the seconds by the clock.

    The reader is ended by a signal: what it spent is told after each answer, the last line counts.
    """
    told = "from treatynlp.pipeline.sandbox import child; plain = child._served\n"
    told += "def served(one):\n    answer = plain(one); told(); return answer\nchild._served = served\n"
    start = "import json, sys; sys.path[:] = json.loads(sys.argv.pop())\n" + COUNTED + told + "child.main()"
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "TMPDIR": str(folder)}
    command = [sys.executable, "-c", COUNTED + WORK, str(mirror), str(folder / "ws"), str(most), start]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    count, clock, cpu, spent = json.loads(done.stdout.splitlines()[-1])
    there, reader = map(float, (folder / "json-seconds").read_text().splitlines()[-1].split())
    return count, cpu + reader, spent + there, clock


@click.command()
@click.option("--mirror", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--old", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Another checkout.")
@click.option("--most", default=1000, show_default=True, help="Instruments.")
@click.option("--times", default=1, show_default=True, help="Runs of each, in turn.")
def main(mirror: Path, old: Path | None, most: int, times: int) -> None:
    """Print a line for each run: instruments, seconds by the clock, seconds of processor, share of JSON."""
    here = Path(__file__).parents[1]
    for number in range(times):
        for name, checkout in (("old", old), ("new", here)):
            if checkout is None:
                continue
            with tempfile.TemporaryDirectory() as folder:
                began = perf_counter()
                count, cpu, spent, clock = made(checkout.resolve(), mirror.resolve(), most, Path(folder).resolve())
                took = f"{clock:.1f} s by the clock ({perf_counter() - began:.0f} with start), {cpu:.1f} s of processor"
                click.echo(f"{name} {number + 1}: {count} instruments, {took}, JSON {spent:.1f} s = {spent / cpu:.1%}")


if __name__ == "__main__":
    main()
