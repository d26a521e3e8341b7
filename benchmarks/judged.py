"""The share of judged rows that are right, with 95 % Wilson intervals, kind by kind.

    python benchmarks/judged.py             our own verdicts on rows drawn at random (corpus/judged)
    python benchmarks/judged.py FOLDER      verdicts of others, one CSV a kind, in a column `judged` or `…_judged`

"debatable" counts as not right.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from treatynlp.comparison.harmonisation import wilson

OWN = Path(__file__).parents[1] / "corpus" / "judged"


def verdicts(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Each kind of verdict in a file, with the verdicts; by draw, where rows were drawn more than once."""
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    for column in (name for name in rows[0] if name.endswith("judged")):
        for draw in sorted({row.get("draw", "") for row in rows}):
            name = f"{file.stem} {column.removesuffix('judged').strip('_')} {draw and f'draw {draw}'}"
            yield " ".join(name.split()), [row[column] for row in rows if row.get("draw", "") == draw and row[column]]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN
    sys.stdout.write(f"{'what':32} {'n':>4} {'right':>7}   95 %\n")
    for file in sorted(folder.glob("*.csv")):
        for name, given in verdicts(file):
            share = given.count("right") / max(1, len(given))
            low, high = wilson(share, max(1, len(given)))
            sys.stdout.write(f"{name:32} {len(given):>4} {share:>7.0%}   {low:.0%} to {high:.0%}\n")


if __name__ == "__main__":
    main()
