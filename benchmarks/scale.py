"""How time, memory and release grow with the number of treaties: made for the first time, again with nothing changed,
and again with one treaty changed.

    python benchmarks/scale.py [--counts 24 48 96 240] [--classify]

Treaties: ../shared/corpus/scale, declared for the occasion, each vouched for by a lock. Every run is `treatynlp run` in
a process of its own, its start counted, with as many processes beside it as it takes on this machine. The changed one
gets the text of a treaty of ../shared/corpus/mirror. Seconds are of the clock; beside them those of the processors, as
a machine is seldom quiet. Memory is that of all processes together at its highest (shared pages counted once, looked
at five times a second). `--classify` also times `treatynlp classify` of the same files on one core and on all.
The power p of a line: n times the treaties took n ** p times as much, fitted over the counts from 48 on.
"""

import argparse
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import numpy as np
import yaml

from treatynlp.pipeline.workspace.locks import LockedSource, write_lock

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
SCALE, MIRROR = SHARED / "scale", SHARED / "mirror"
FITTED = 48
"""Treaties from which on powers are fitted: below, the start of the processes weighs too much."""
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock and of the processors, bytes of memory at its highest; what it said."""

    seconds: float
    computed: float
    memory: float
    said: str


@dataclass(frozen=True, slots=True)
class Size:
    """The runs over a number of treaties, and the bytes of the release."""

    count: int
    cold: Cost
    unchanged: Cost
    changed: Cost
    release: float


def main() -> None:
    given = _arguments()
    sizes = []
    for count in given.counts:
        with tempfile.TemporaryDirectory() as folder:
            sizes.append(grown(Path(folder), count))
            tell_size(sizes[-1], first=len(sizes) == 1)
            if given.classify:
                classified(Path(folder))
    powers([size for size in sizes if size.count >= FITTED])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--counts", type=int, nargs="+", default=[24, 48, 96, 240], help="treaties (there are 240)")
    parser.add_argument("--classify", action="store_true")
    return parser.parse_args()


# ---- what is declared ----------------------------------------------------------------------------------------------


def declare(root: Path, count: int) -> int:
    """A corpus folder that declares the first treaties of the scale corpus, and a mirror that holds them."""
    (root / "corpus" / "instruments").mkdir(parents=True)
    (root / "mirror").mkdir()
    found = sorted(path for path in SCALE.iterdir() if path.suffix == ".pdf")[:count]
    for path in found:
        ident = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
        shutil.copy(path, root / "mirror" / f"{ident}.pdf")
        source = {"url": _url(ident), "media_type": "pdf", "language": "en", "official": False}
        declared = {
            "id": ident, "title": ident, "short_title": ident, "body": "unknown", "kind": "treaty", "binding": True,
            "scope": "regional", "region": "Europe", "family": ["evidence"], "dates": {"adopted": "1990"},
            "sources": [source],
        }  # fmt: skip
        (root / "corpus" / "instruments" / f"{ident}.yml").write_text(yaml.safe_dump(declared), "utf-8")
        vouch(root, ident)
    return len(found)


def vouch(root: Path, ident: str) -> None:
    """Lock a treaty to its copy: nobody declared its title, by which it would be known."""
    data = (root / "mirror" / f"{ident}.pdf").read_bytes()
    source = LockedSource(
        url=_url(ident), sha256=sha256(data).hexdigest(), size=len(data), media_type="pdf",
        retrieved_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    write_lock(root / "corpus", ident, [source])


def _url(ident: str) -> str:
    return f"https://treaties.example/{ident}.pdf"


def change(root: Path) -> None:
    """Give the treaty in the middle another text."""
    files = sorted((root / "mirror").iterdir())
    shutil.copy(next(path for path in sorted(MIRROR.iterdir()) if path.suffix == ".pdf"), files[len(files) // 2])
    vouch(root, files[len(files) // 2].stem)


# ---- what it takes -------------------------------------------------------------------------------------------------


def grown(root: Path, count: int) -> Size:
    """The runs over so many treaties, the first of them in an empty workspace."""
    declare(root, count)
    cold, unchanged = _ran(root), _ran(root)
    release = sum(path.stat().st_size for path in (root / "release").rglob("*") if path.is_file())
    change(root)
    changed = _ran(root)
    return Size(count, cold, unchanged, changed, release)


def _ran(root: Path) -> Cost:
    places = ["--corpus", root / "corpus", "--mirror", root / "mirror", "--workspace", root / "ws"]
    return cost(["run", *map(str, places), "--out", str(root / "release"), "--json"])


def cost(words: Sequence[str], cores: int = 0) -> Cost:
    """What a command of treatynlp takes, on so many cores (0: all)."""
    began, before, over, most = time.perf_counter(), _computed(), Event(), [0.0]
    only = set(sorted(os.sched_getaffinity(0))[:cores]) if cores else None
    with subprocess.Popen(
        [sys.executable, "-m", "treatynlp", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=(lambda: os.sched_setaffinity(0, only)) if only else None,
    ) as running:  # fmt: skip
        watching = Thread(target=_watch, args=(running.pid, over, most), daemon=True)
        watching.start()
        said, faults = running.communicate()
        over.set()
        watching.join()
    if running.returncode:
        raise SystemExit(f"{' '.join(words[:1])} ended with {running.returncode}: {faults[-2000:]}")
    return Cost(time.perf_counter() - began, _computed() - before, most[0], said)


def _computed() -> float:
    """The seconds of processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(pid: int, over: Event, most: list[float]) -> None:
    while not over.wait(0.2):
        most[0] = max(most[0], sum(map(_memory, _family(pid))))


def _family(pid: int) -> list[int]:
    """A process and all that came of it."""
    try:
        threads = Path(f"/proc/{pid}/task").iterdir()
        children = [int(one) for thread in threads for one in (thread / "children").read_text().split()]
    except OSError:  # it has ended
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _memory(pid: int) -> float:
    """The bytes a process holds; those it shares with others are divided among them."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    met = re.search(r"^Pss: +(\d+) kB", told, re.MULTILINE)
    return 1024.0 * int(met[1]) if met else 0.0


# ---- what is told --------------------------------------------------------------------------------------------------


def tell_size(size: Size, first: bool) -> None:
    if first:
        say(f"{os.cpu_count()} cores; the load beside this was {os.getloadavg()[0]:.1f} when it began\n")
        heads = ("cold", "unchanged", "one changed")
        say(
            f"{'':10}"
            + "".join(f" | {head:^17}" for head in heads)
            + f" | {'share':>6} | {'memory':>7} | {'release':>7}"
        )
        say(f"{'treaties':10}" + f" | {'clock s':>8} {'cpu s':>8}" * 3 + f" | {'cpu':>6} | {'MB':>7} | {'MB':>7}")
    each = (size.cold, size.unchanged, size.changed)
    row = f"{size.count:10}" + "".join(f" | {one.seconds:8.1f} {one.computed:8.1f}" for one in each)
    most, share = max(one.memory for one in each), size.changed.computed / size.cold.computed
    say(f"{row} | {share:6.1%} | {most / _MB:7.0f} | {size.release / _MB:7.1f}")
    say(f"{'':10}   {json.loads(size.changed.said)['remade']} pieces of work for the one changed")


def classified(root: Path) -> None:
    """The same files classified on one core and on all."""
    files = [str(path) for path in sorted((root / "mirror").iterdir())]
    one, every = (cost(["classify", *files, "--out", str(root / f"classified-{n}")], n) for n in (1, 0))
    gained = one.seconds / every.seconds
    say(
        f"{'':10}   classify: {one.seconds:.1f} s on one core, {every.seconds:.1f} s on all: {gained:.2f} times as fast"
    )


def powers(sizes: Sequence[Size]) -> None:
    """The fitted powers of all that grows."""
    if len(sizes) < 2:
        return
    measures: dict[str, Callable[[Size], float]] = {
        "cold, processor seconds": lambda size: size.cold.computed,
        "one changed, processor seconds": lambda size: size.changed.computed,
        "memory": lambda size: max(size.cold.memory, size.changed.memory),
        "release": lambda size: size.release,
    }
    say(f"\npowers, fitted over {', '.join(str(size.count) for size in sizes)}")
    counts = [math.log(size.count) for size in sizes]
    for name, of in measures.items():
        power = float(np.polyfit(counts, [math.log(of(size)) for size in sizes], 1)[0])
        say(f"  {name:32} {power:5.2f}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
