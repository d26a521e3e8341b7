"""What a change to the code did to the split: the provisions that came, went, moved or changed, over the whole mirror.

    python benchmarks/split_diff.py HEAD~3 .            a revision against the working tree
    python benchmarks/split_diff.py v0.1.0 v0.2.0 --files ../shared/corpus/scale

OLD and NEW are git revisions, or folders with a checkout. Each PDF is read and split by the one code and by the
other; the rows name provisions by address, label and heading, and their words by hash: no text is shown. Gains and
losses are for a person to judge; the exit status is 1 when there are any.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SPLIT = """
import hashlib, json, sys
from pathlib import Path
from treatynlp.errors import DataError
from treatynlp.reading import read
from treatynlp.structure import split

def hashed(words):
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12]

for name in sys.argv[1:]:
    path = Path(name)
    try:
        treaty = split(read(path.read_bytes(), path.name), path.stem)
    except DataError as error:
        rows = {"": ["refused", "", error.issues[0].code]}
    else:
        rows = {one.eid: [one.number, one.heading[:60], hashed(treaty.words(one.body))] for one in treaty.walk()}
    sys.stdout.write(json.dumps([path.stem, rows]) + "\\n")
"""
"""Run by the code of each side in a process of its own; it uses only what every version has."""

Rows = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A provision that is not as it was: `what` is came, went, moved, renamed or changed."""

    what: str
    eid: str
    number: str
    heading: str
    now: str = ""

    def __str__(self) -> str:
        where = f"{self.eid} → {self.now}" if self.now else self.eid
        return f"  {self.what:8} {where:60} {self.number} {self.heading}".rstrip()


def main() -> int:
    chosen = arguments()
    files = sorted(chosen.files.glob("*.pdf"))
    if not files:
        sys.stderr.write(f"There are no PDFs in {chosen.files}; name a folder with --files.\n")
        return 2
    with checkout(chosen.old) as old, checkout(chosen.new) as new:
        before, after = split_by(old, files), split_by(new, files)
    found = {id: compared(before[id], after[id]) for id in before}
    for id, rows in found.items():
        if rows:
            sys.stdout.write(f"{id}: {summary(rows)}\n" + "".join(f"{row}\n" for row in rows[: chosen.rows]))
    every = [row for rows in found.values() for row in rows]
    sys.stdout.write(f"{len(files)} documents, {sum(map(bool, found.values()))} not as before: {summary(every)}\n")
    return bool(every)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", help="a git revision, or a folder with a checkout")
    parser.add_argument("new", help="the same; . is the working tree")
    parser.add_argument("--files", type=Path, default=ROOT.parent / "shared" / "corpus" / "mirror")
    parser.add_argument("--rows", type=int, default=40, help="at most so many rows a document")
    return parser.parse_args()


@contextmanager
def checkout(name: str) -> Iterator[Path]:
    """The folder with the code: itself where a folder is named, else the revision's files in a folder for a while."""
    if Path(name).is_dir():
        yield Path(name).resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", name, "src"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        yield Path(folder)


def split_by(code: Path, files: Sequence[Path]) -> dict[str, Rows]:
    """By document, by address: number, heading and hash of the words."""
    run = subprocess.run(
        [sys.executable, "-c", SPLIT, *map(str, files)],
        env={"PYTHONPATH": str(code / "src"), "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"The code in {code} fails:\n{run.stderr[-2000:]}")
    return dict(json.loads(line) for line in run.stdout.splitlines())


def compared(before: Rows, after: Rows) -> list[Moved]:
    """What is not as it was, in the old order and behind it the new; the same words elsewhere are a move."""
    came = {eid: row for eid, row in after.items() if eid not in before}
    places = {row[2]: eid for eid, row in came.items()}
    found = []
    for eid, row in before.items():
        if eid not in after:
            now = places.get(row[2], "")
            came.pop(now, None)
            found.append(Moved("moved" if now else "went", eid, row[0], row[1], now))
        elif row[2] != after[eid][2]:
            found.append(Moved("changed", eid, row[0], row[1]))
        elif list(row) != list(after[eid]):
            found.append(Moved("renamed", eid, row[0], f"{row[1]!r} → {after[eid][1]!r}"))
    return found + [Moved("came", eid, row[0], row[1]) for eid, row in came.items()]


def summary(rows: Sequence[Moved]) -> str:
    kinds = ("came", "went", "moved", "renamed", "changed")
    counts = {kind: sum(row.what == kind for row in rows) for kind in kinds}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
