"""Faults that a run must survive, tried one by one on a small corpus: killed, disk full, files damaged.

    cd tests && python -m support.faults --points 30 --harms 1      # prints a line for each fault tried, as JSON

The scene: a first release of one specimen stands; a run in which a second one comes in is disturbed. After the fault
the release must be the first one or the next one, whole; the run after it must end with the bytes of an undisturbed
one. Shared by tests/pipeline/test_faults.py and benchmarks/refresh.py.
"""

import errno
import json
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from support.workspace_fixture import SECOND, WorkspaceFixture, original
from treatynlp.pipeline.runs import prepare_instrument, releasing
from treatynlp.pipeline.workspace import stages
from treatynlp.store import disk
from treatynlp.store import release as release_folder


@dataclass(frozen=True, slots=True)
class Tried:
    """One fault: what was done and where; whether a whole release stood after it, and whether the next run ended with
    the bytes of an undisturbed one."""

    fault: str
    where: str
    readable: bool
    finished: bool

    @property
    def survived(self) -> bool:
        return self.readable and self.finished


@dataclass(frozen=True, slots=True)
class Scene:
    """Where faults are tried: the folder with the first release, the files of that and of the next one."""

    base: Path
    first: dict[str, bytes]
    second: dict[str, bytes]


Files = dict[str, bytes]
Step = Callable[[str], None]
_ONCE = stages.once


@contextmanager
def rehearsed(known: dict[str, Any] | None = None) -> Iterator[None]:
    """Work is done once for all runs here, or is `known`: it is the same each time, and what is kept of it is at stake.

    All that is written is really written, but nothing waits for the disk itself: what a kill leaves is in the system's
    hands, and what a power cut would take away is taken away by `damage`.
    """
    done: dict[str, Any] = {} if known is None else known

    def once(workspace: Any, stage: Any, inputs: Any, work: Any) -> Any:
        given = list(inputs)

        def again() -> Any:
            key = stages.stage_key(stage, given)
            if key not in done:
                done[key] = work()
            return done[key]

        return _ONCE(workspace, stage, given, again)

    with ExitStack() as stack:
        stack.enter_context(patch.object(disk.os, "fsync", lambda descriptor: None))
        stack.enter_context(patch.object(prepare_instrument, "audit", lambda data, name, document, bounds: ()))
        for module in (prepare_instrument, releasing):
            stack.enter_context(patch.object(module, "once", once))
        yield


def scene(root: Path) -> Scene:
    """The first release, with the second specimen about to come in; and an undisturbed run beside it."""
    (root / "base").mkdir(parents=True)
    desk = WorkspaceFixture(root / "base")
    (desk.mirror / f"{SECOND}.pdf").unlink()
    assert desk.run().status == "degraded"
    first = desk.files()
    desk.put(SECOND, original(SECOND))
    undisturbed = copied(desk.root, root / "undisturbed")
    assert undisturbed.run().status == "complete"
    assert undisturbed.rows("changes.csv"), "the second release has a changelog to lose"
    return Scene(desk.root, first, undisturbed.files())


def copied(root: Path, to: Path) -> WorkspaceFixture:
    """Another desk with the same workspace, mirror and release. The mirror stays where it is: runs follow each other
    by where their sources come from."""
    shutil.rmtree(to, ignore_errors=True)
    for folder in ("ws", "release"):  # links are enough: nothing is ever written into a file that is there
        shutil.copytree(root / folder, to / folder, copy_function=os.link)
    desk = WorkspaceFixture.__new__(WorkspaceFixture)
    desk.root, desk.mirror = to, root / "mirror"
    return desk


@contextmanager
def watched(step: Step) -> Iterator[None]:
    """Every step of writing is told before it is done: half of a file, the whole, the move, the exchange of folders."""
    force, move, discard, swapped = disk._force, os.replace, release_folder.discard, release_folder._swapped

    def forced(path: Path, data: bytes) -> None:
        step(f"before {path.name}")
        path.write_bytes(data[: len(data) // 2])
        step(f"half of {path.name}")
        force(path, data)
        step(f"unmoved {path.name}")

    def replaced(part: Path, path: Path) -> None:
        move(part, path)
        step(f"moved {path.name}")

    def exchanged(left: Path, right: Path) -> bool:
        step("before the exchange")
        done = swapped(left, right)
        step("after the exchange")
        return done

    def discarded(path: Path) -> None:
        for file in sorted(path.glob("*.csv"))[:1]:
            file.unlink()
            step("half of the old release is gone")
        discard(path)

    with ExitStack() as stack:
        stack.enter_context(patch.object(disk, "_force", forced))
        stack.enter_context(patch.object(disk.os, "replace", replaced))
        stack.enter_context(patch.object(release_folder, "_swapped", exchanged))
        stack.enter_context(patch.object(release_folder, "discard", discarded))
        yield


class Counter:
    """Counts the steps, and at the one that is meant does what is to happen there."""

    def __init__(self, target: int = -1, happening: Callable[[str], None] = lambda where: None) -> None:
        self.steps: list[str] = []
        self.target, self.happening = target, happening

    def __call__(self, where: str) -> None:
        self.steps.append(where)
        if self.target >= 0 and len(self.steps) > self.target:
            self.happening(where)


def steps(scene: Scene, root: Path) -> list[str]:
    """The steps of an undisturbed run."""
    counter, desk = Counter(), copied(scene.base, root)
    with watched(counter):
        desk.run()
    return counter.steps


def kill(scene: Scene, root: Path, at: int, name: str) -> Tried:
    """A run killed (signal 9) at a step."""
    desk = copied(scene.base, root)
    process = os.fork()
    if process == 0:
        with watched(Counter(at, lambda where: os.kill(os.getpid(), signal.SIGKILL))):
            desk.run()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "the run came to its end before the step"
    return _looked_at("kill", name, scene, desk, again=True)


def fill_up(scene: Scene, root: Path, at: int, name: str) -> Tried:
    """A run that finds the disk full at a step and from then on."""
    desk = copied(scene.base, root)

    def full(where: str) -> None:
        if where.startswith(("before .", "half of .")):
            raise OSError(errno.ENOSPC, "No space left on device")

    with watched(Counter(at, full)):
        outcome = desk.run()
    row = _looked_at("disk full", name, scene, desk)
    told = outcome.status == "complete" or "not-writable" in {issue.code for issue in outcome.issues}
    return replace(row, finished=row.finished and told)


HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "emptied": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "zeros": lambda data: bytes(len(data)),
    "another's": lambda data: b"%PDF-1.7 of something else, and longer than a hash and a line end together\n" * 3,
    "missing": lambda data: None,
}


def damage(scene: Scene, root: Path, name: str, harm: str, before: Path) -> Tried:
    """A file of the workspace or the release as a power cut or a bad disk leaves it: while nothing changes (`before` is
    the undisturbed desk), or just when the second specimen is to come in (the base)."""
    desk = copied(before, root)
    desk.mirror = scene.base / "mirror"
    path = desk.root / name
    data = HARMS[harm](path.read_bytes())
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    row = _looked_at(harm, name, scene, desk)
    return replace(row, readable=row.readable or name.startswith("release"))


def one_of_each_kind(root: Path) -> list[str]:
    """The files to be damaged: a record of every kind and its twin, every artefact, the lock, two of the release."""
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    records = {(Path(name).parent, ".twin" in name): name for name in names if "/records/" in name}
    artefacts = [name for name in names if "/artefacts/" in name]
    return [*records.values(), *artefacts, "ws/lock.sqlite", "release/manifest.json", "release/cells.csv"]


def _looked_at(fault: str, where: str, scene: Scene, desk: WorkspaceFixture, again: bool = False) -> Tried:
    """What stands after a fault, and after the run that follows it; `again`: the one after that must do nothing."""
    readable = desk.files() in (scene.first, scene.second)
    finished = desk.run().status == "complete" and desk.files() == scene.second
    return Tried(fault, where, readable, finished and not (again and desk.run().remade))


def matrix(root: Path, points: int = 0, harms: int = len(HARMS)) -> Iterator[Tried]:
    """A run killed at `points` steps chosen by chance (0: at all) and at each step of the exchange, the disk full at as
    many, and each file damaged in so many ways."""
    with rehearsed():
        here = scene(root)
        named, to = steps(here, root / "steps"), root / "tried"
        chosen = sorted(random.Random(7).sample(range(len(named)), points or len(named)))
        swap = {number for number, name in enumerate(named) if "exchange" in name or "old release" in name}
        yield from (kill(here, to, at, named[at]) for at in sorted(swap | set(chosen)))
        yield from (fill_up(here, to, at, named[at]) for at in chosen)
        ways = list(HARMS)
        for before in (here.base, here.base.parent / "undisturbed"):
            for number, name in enumerate(one_of_each_kind(before)):
                yield from (damage(here, to, name, ways[(number + way) % len(ways)], before) for way in range(harms))


@click.command()
@click.option("--points", default=0, help="How many of a run's steps, chosen by chance (default: all).")
@click.option("--harms", default=len(HARMS), help="In how many ways each file is damaged (default: all).")
def main(points: int, harms: int) -> None:
    """Try the faults and print each as a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        for row in matrix(Path(folder), points, harms):
            click.echo(json.dumps(asdict(row)))


if __name__ == "__main__":
    main()
