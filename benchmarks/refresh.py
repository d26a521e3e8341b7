"""What a refresh costs when everything is new, when nothing has changed and when one instrument has; and how many of
the faults that can interrupt it lose anything.

    python benchmarks/refresh.py [--points 60] [--harms 5]

Each refresh is `treatynlp run` in a process of its own, its start counted, over ../shared/corpus/mirror (without it:
the specimens), without Prefect. The changed instrument gets the text of another one with more articles. Times are of
one run on this machine, so that only their ratios travel. The faults are those of tests/support/faults.py.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from treatynlp.corpus import Corpus, load
from treatynlp.home import home
from treatynlp.pipeline import specimens

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "corpus" / "mirror"


@dataclass(frozen=True, slots=True)
class Place:
    """Where refreshes are timed: the instruments, the folder that stands in for the network, workspace and release."""

    corpus: Corpus
    mirror: Path
    work: Path

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.corpus.instruments if (self.mirror / f"{one.id}.pdf").is_file()]


def main_place(folder: Path) -> Place:
    """The mirror if it is there, else the specimens, copied so that one source can be changed."""
    real = SHARED.is_dir()
    mirror = shutil.copytree(SHARED if real else home() / "corpus" / "specimens", folder / "mirror")
    return Place(load() if real else specimens()[0], mirror, folder)


def refreshed(place: Place) -> tuple[float, float, str]:
    """The seconds that a refresh took, those its processes computed, and what it says that was done."""
    only = [word for ident in place.ids for word in ("--only", ident)]
    command = [sys.executable, "-m", "treatynlp", "run", "--mirror", str(place.mirror), *only]
    command += ["--workspace", str(place.work / "ws"), "--out", str(place.work / "release"), "--json"]
    if not SHARED.is_dir():
        command += ["--corpus", str(_declared(place))]
    began, computed = time.perf_counter(), _computed()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    answer = json.loads(done.stdout)
    if not answer["release"]:
        raise SystemExit(done.stderr)
    return seconds, _computed() - computed, f"{answer['remade']} pieces of work"


def _computed() -> float:
    """The seconds of processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _declared(place: Place) -> Path:
    """The specimens as a corpus folder of their own: a mirror stands in for the network of a registry."""
    folder = place.work / "corpus" / "instruments"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        for one in place.corpus.instruments:
            (folder / f"{one.id}.yml").write_text(one.model_dump_json(exclude_defaults=True), "utf-8")
    return folder.parent


def change_one(place: Place) -> str:
    """Give the shortest instrument the text of the next longer one; the answer says so."""
    articles = {one.id: one.expect.articles or 0 for one in place.corpus.instruments if one.id in place.ids}
    shortest, longer = sorted((ident for ident in articles if articles[ident]), key=lambda ident: articles[ident])[:2]
    shutil.copyfile(place.mirror / f"{longer}.pdf", place.mirror / f"{shortest}.pdf")
    return f"one changed ({shortest})"


def refreshes(folder: Path) -> Iterator[str]:
    """The rows of the table of times."""
    place = main_place(folder)
    yield f"{'refresh of ' + str(len(place.ids)) + ' instruments':44} {'seconds':>8} {'computing':>10}"
    for name in ("cold", "nothing changed", "nothing changed, again"):
        yield _row(name, *refreshed(place))
    yield _row(change_one(place), *refreshed(place))
    yield _row("nothing changed since", *refreshed(place))


def _row(name: str, seconds: float, computed: float, done: str) -> str:
    return f"{name:44} {seconds:8.2f} {computed:10.2f}   {done}"


def faults(points: int, harms: int) -> Iterator[str]:
    """The rows of the table of faults."""
    command = [sys.executable, "-m", "support.faults", "--points", str(points), "--harms", str(harms)]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    tried, survived = Counter[str](), Counter[str]()
    for row in rows:
        fault = row["fault"] if row["fault"] in ("kill", "disk full") else f"file {row['fault']}"
        tried[fault] += 1
        survived[fault] += row["readable"] and row["finished"]
    yield f"{'fault':44} {'tried':>8} {'survived':>9} {'data lost':>10}"
    for fault in (*sorted(tried), "all"):
        count, fine = (len(rows), survived.total()) if fault == "all" else (tried[fault], survived[fault])
        yield f"{fault:44} {count:8} {fine:9} {count - fine:10}"


@click.command()
@click.option("--points", default=60, help="At how many steps a run is killed, and finds the disk full (0: at all).")
@click.option("--harms", default=5, help="In how many ways each kind of file is damaged.")
@click.option("--no-faults", is_flag=True, help="Only the times.")
def main(points: int, harms: int, no_faults: bool) -> None:
    """Time refreshes and count faults."""
    with tempfile.TemporaryDirectory() as folder:
        for line in refreshes(Path(folder)):
            click.echo(line)
    if not no_faults:
        click.echo("")
        for line in faults(points, harms):
            click.echo(line)


if __name__ == "__main__":
    main()
