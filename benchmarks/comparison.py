"""What comparing costs, and how the cost grows: text reuse over all pairs, alignment of two instruments, a release.

    python benchmarks/comparison.py

Texts: ../shared/corpus/scale, and beyond its size copies of it in which every eleventh word is another. Times are of
one run on this machine, so that only their ratios travel; memory is the peak of the process in a child of its own.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np

from treatynlp.coding import load_coder
from treatynlp.comparison.alignment import side_by_side
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.matching import Side
from treatynlp.comparison.overview import compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.reuse import ProvisionTokens, reuse, words_of
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import load
from treatynlp.home import home
from treatynlp.publishing.package import release_files
from treatynlp.reading import read
from treatynlp.structure import split

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
T = TypeVar("T")
SIZES = (1_000, 4_000, 12_000)


def main() -> None:
    say(f"{'text reuse, all pairs':34} {'words':>10} {'pairs':>9} {'seconds':>9} {'µs/word':>9} {'peak MB':>8}")
    seconds = []
    for size in SIZES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            words, pairs, took, peak = pool.apply(measured_reuse, (size,))
        seconds.append(took)
        say(f"{size:>25} articles {words:>10,} {pairs:>9,} {took:>9.2f} {took / words * 1e6:>9.2f} {peak:>8.0f}")
    growth = np.polyfit(np.log(SIZES), np.log(seconds), 1)[0]
    say(f"grows with the number of articles to the power {growth:.2f} (1 is linear, 2 would be all against all)\n")
    measure_mirror()


def measured_reuse(size: int) -> tuple[int, int, float, float]:
    """Words, pairs found, seconds and peak memory of the reuse of so many articles."""
    texts = articles(size)
    took, found = timed(lambda: reuse(texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return sum(len(text.words) for text in texts), len(found.pairs), took, peak


def articles(size: int) -> Sequence[ProvisionTokens]:
    """So many articles: those of the scale corpus, then copies of them with other words in between."""
    instrument = load().instruments[0]
    found: list[ProvisionTokens] = []
    for path in sorted((SHARED / "scale").iterdir()):
        treaty = split(read(path.read_bytes(), path.name), path.stem)
        found += words_of([Record(instrument.model_copy(update={"id": path.stem}), None, treaty)])
        if len(found) >= size:
            break
    copies = [copy for n in range(1, 1 + size // len(found)) for copy in (varied(text, n) for text in found)]
    return (found + copies)[:size]


def varied(text: ProvisionTokens, turn: int) -> ProvisionTokens:
    """The text with every eleventh word another, as if another instrument had taken it over."""
    words = tuple(f"{word}{turn}" if n % 11 == turn % 11 else word for n, word in enumerate(text.words))
    return replace(text, instrument=f"{text.instrument}-{turn}", words=words)


def measure_mirror() -> None:
    """Alignment and release of the mirror's instruments."""
    corpus = load()
    rules, weights = load_rules(corpus.root), Weights.load(home() / "models")
    coder = load_coder()
    records = []
    for path in sorted((SHARED / "mirror").iterdir()):
        treaty = split(read(path.read_bytes(), path.name), path.stem)
        records.append(Record(corpus.instrument(path.stem), None, treaty, coder.code(treaty)))
    cutting, sides = timed(lambda: [Side.of(record, rules) for record in records])
    pairs = list(combinations(sides, 2))
    aligning, _ = timed(lambda: [side_by_side(left, right, rules, weights) for left, right in pairs])
    comparing, overview = timed(lambda: compare(records, corpus.codebook, rules, weights))
    publishing, files = timed(lambda: release_files(overview))
    again, same = timed(lambda: release_files(compare(records, corpus.codebook, rules, weights)))
    say(f"cutting {len(sides)} instruments into units      {cutting:6.2f} s")
    each = aligning / len(pairs) * 1000
    say(f"aligning {len(pairs)} pairs                        {aligning:6.2f} s, {each:.1f} ms a pair")
    say(f"comparing them in every way               {comparing:6.2f} s")
    say(f"release of {len(files)} files                      {publishing:6.2f} s")
    say(f"made again                                {again:6.2f} s, the same bytes: {'yes' if same == files else 'NO'}")


def timed(do: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    value = do()
    return time.perf_counter() - begun, value


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
