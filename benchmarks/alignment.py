"""Fit the weights of the alignment on pairs it may learn from; measure it on pairs it has not seen, beside baselines.

    python benchmarks/alignment.py            measures with the weights that are committed
    python benchmarks/alignment.py --fit      fits them again and writes models/alignment/

Learnt from: benchmarks/alignments/ (coded by one of us from headings and texts); measured on ../shared/gold/alignments.
Labels are those of coders that never saw the instrument they code.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from treatynlp.coding.attribute_lexicon import load_attribute_lexicon
from treatynlp.coding.attributes import read_attributes
from treatynlp.coding.classifier import Coder
from treatynlp.coding.lexicon import load_lexicon
from treatynlp.coding.training import Lessons, coded, fit_model
from treatynlp.comparison.likeness import FEATURES, Weights, features, probability
from treatynlp.comparison.matching import Side, matched
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules, load_rules
from treatynlp.comparison.wording import own_words, vectors
from treatynlp.corpus import Corpus, load
from treatynlp.home import home
from treatynlp.reading import read
from treatynlp.structure import split

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
MODELS = HERE.parent / "models"
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MATCHES = 0.2
"""Share of the weight that known matches have among all examples of a pair of instruments."""
PENALTY = 0.001
LIMITS = {"apart": (None, 0)}
Pair = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """Two instruments whose counterparts are known, by article; `asked` are the left articles that were judged."""

    name: str
    left: Record
    right: Record
    pairs: frozenset[Pair]
    asked: frozenset[str]

    def score(self, found: set[Pair]) -> tuple[float, float, float]:
        """F1, precision, recall over the left articles that were judged."""
        found = {pair for pair in found if pair[0] in self.asked}
        hits = len(found & self.pairs)
        total = max(1, len(found)), max(1, len(self.pairs))
        return 2 * hits / sum(total), hits / total[0], hits / total[1]


def known(folder: Path, records: Mapping[str, Record]) -> list[Known]:
    """The pairs of a folder of <left>__<right>.csv whose texts are there."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        left, right = path.stem.split("__")
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        pairs = frozenset((row["left"], row["right"]) for row in rows if row["right"])
        found.append(Known(path.stem, records[left], records[right], pairs, frozenset(row["left"] for row in rows)))
    return found


def article(eid: str) -> str:
    """The article's number in an address."""
    return next((part.partition("_")[2] for part in eid.split("__") if part.startswith("art_")), eid)


def texts(corpus: Corpus) -> dict[str, Record]:
    """The mirror's instruments, split."""
    found = {}
    for path in sorted((SHARED / "corpus" / "mirror").iterdir()):
        instrument = corpus.instrument(path.stem)
        within = next((source.within for source in instrument.sources if source.within), "")
        treaty = split(read(path.read_bytes(), path.name), path.stem, within)
        found[path.stem] = Record(instrument, None, treaty)
    return found


def ids_of(folder: Path) -> set[str]:
    """The instruments of the pairs of a folder."""
    return {id for path in folder.glob("*.csv") for id in path.stem.split("__")}


def coded_unseen(records: Mapping[str, Record], corpus: Corpus, asked: Collection[str]) -> dict[str, Record]:
    """The records; those that are asked coded, each by a model that learnt from the gold of other instruments only."""
    lexicon, values = load_lexicon(), load_attribute_lexicon()
    examples = coded([record.treaty for record in records.values()], corpus.topics, lexicon)
    found = dict(records)
    for id in sorted(asked):
        others = Lessons(tuple(one for one in examples if one.instrument != id))
        coder = Coder(lexicon, fit_model(others, corpus.codebook.topics))
        treaty = records[id].treaty
        coding = replace(coder.code(treaty), attributes=read_attributes(treaty, values))
        found[id] = replace(records[id], coding=coding)
    return found


@dataclass(frozen=True)
class Table:
    """A known pair with the features of every pair of its candidates, so that weights can be tried quickly."""

    known: Known
    left: Side
    right: Side
    features: np.ndarray

    @classmethod
    def of(cls, known: Known, rules: Rules) -> "Table":
        left, right = Side.of(known.left, rules), Side.of(known.right, rules)
        return cls(known, left, right, features(left.stacked, right.stacked))

    def numbers(self, a: int, b: int) -> Pair:
        """The articles that two candidates stand in."""
        return article(self.left.all[a].eid), article(self.right.all[b].eid)

    def found(self, weights: Weights) -> dict[Pair, float]:
        """The pairs of articles the alignment finds, with the probability of each before calibration."""
        scores = probability(self.features, weights)
        best: dict[Pair, float] = {}
        for a, b in sorted(matched(scores, (self.left, self.right), weights)):
            at = self.numbers(a, b)
            if at[0] in self.known.asked:
                best[at] = max(best.get(at, 0.0), float(scores[a, b]))
        return best

    def score(self, weights: Weights) -> tuple[float, float, float]:
        return self.known.score(set(self.found(weights)))

    def examples(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, truth and weight: a known pair of articles gives its likeliest candidates, any other pair all."""
        scores = self.features @ features
        best: dict[Pair, tuple[int, int]] = {}
        others = []
        for a, b in product(range(len(self.left.all)), range(len(self.right.all))):
            numbers = self.numbers(a, b)
            if numbers in self.known.pairs:
                best[numbers] = max(best.get(numbers, (a, b)), (a, b), key=lambda at: scores[at])
            elif numbers[0] in self.known.asked:
                others.append((a, b))
        rows = self.features[tuple(np.array([*others, *best.values()]).T)]
        truth = np.array([0.0] * len(others) + [1.0] * len(best))
        shares = np.where(truth == 1, MATCHES / max(1, len(best)), (1 - MATCHES) / max(1, len(others)))
        return rows, truth, shares


def fit(tables: Sequence[Table]) -> tuple[np.ndarray, float]:
    """Weights and bias of the log-odds, each pair of instruments counting alike; likeness never counts against a pair,
    nor having no topic in common for it. Which parts carry a known match is found by going round three times."""
    weights, bias = np.ones(len(FEATURES)), 0.0
    for _ in range(3):
        parts = [table.examples(weights) for table in tables]
        rows, truth, shares = map(np.concatenate, zip(*parts, strict=True))
        bounds = [*(LIMITS.get(name, (0, None)) for name in FEATURES), (None, None)]
        start = np.zeros(len(FEATURES) + 1)
        found = minimize(_loss, start, (rows, truth, shares), jac=True, method="L-BFGS-B", bounds=bounds)
        weights, bias = found.x[:-1], float(found.x[-1])
    return weights, bias


def _loss(at: np.ndarray, rows: np.ndarray, truth: np.ndarray, shares: np.ndarray) -> tuple[float, np.ndarray]:
    odds = rows @ at[:-1] + at[-1]
    loss = float((shares * (np.logaddexp(0, odds) - truth * odds)).sum() + PENALTY * (at[:-1] ** 2).sum() / 2)
    slope = shares * (1 / (1 + np.exp(-odds)) - truth)
    return loss, np.append(rows.T @ slope + PENALTY * at[:-1], slope.sum())


def weights_of(fitted: tuple[np.ndarray, float], threshold: float, several: float) -> Weights:
    return Weights(tuple(map(float, fitted[0])), fitted[1], threshold, several)


def chosen(tables: Sequence[Table]) -> Weights:
    """Weights from all pairs; thresholds that do best, on average, on the pair each fit left out."""
    held = [(table, fit([other for other in tables if other is not table])) for table in tables]

    def mean_f1(threshold: float, several: float) -> float:
        return float(np.mean([table.score(weights_of(model, threshold, several))[0] for table, model in held]))

    grid = product(THRESHOLDS, THRESHOLDS)
    threshold, several = max(grid, key=lambda both: (round(mean_f1(*both), 3), sum(both)))
    for table, model in held:
        print_row(f"left out: {table.known.name}", table.score(weights_of(model, threshold, several)))
    slope, shift = scaled([(table, weights_of(model, threshold, several)) for table, model in held])
    return replace(weights_of(fit(tables), threshold, several), slope=slope, shift=shift)


def scaled(held: Sequence[tuple[Table, Weights]]) -> tuple[float, float]:
    """How the log-odds of matched pairs become those of being right, from pairs of instruments that were left out."""
    odds, right = [], []
    for table, weights in held:
        for numbers, chance in table.found(weights).items():
            odds.append([np.log(chance / (1 - chance))])
            right.append(numbers in table.known.pairs)
    model = LogisticRegression(C=1.0).fit(odds, right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def baseline(likeness: Callable[[Known, Rules], np.ndarray], learn: Sequence[Known], rules: Rules) -> float:
    """The threshold at which a baseline does best on the pairs to learn from."""
    grid = [n / 100 for n in range(2, 90, 2)]
    return max(grid, key=lambda t: np.mean([p.score(best_above(p, likeness(p, rules), t))[0] for p in learn]))


def best_above(pair: Known, likeness: np.ndarray, threshold: float) -> set[Pair]:
    """Each left article with the right one most like it, where that is like enough."""
    left, right = pair.left.treaty.articles, pair.right.treaty.articles
    best = likeness.argmax(axis=1)
    return {(left[a].label, right[b].label) for a, b in enumerate(best) if likeness[a, b] >= threshold}


def jaccard(pair: Known, rules: Rules) -> np.ndarray:
    """Jaccard index of the sets of five-character sequences of two articles."""
    grams = [
        [_grams(" ".join(r.treaty.words(p.span).split())) for p in r.treaty.articles] for r in (pair.left, pair.right)
    ]
    return np.array([[len(a & b) / max(1, len(a | b)) for b in grams[1]] for a in grams[0]])


def _grams(text: str) -> set[str]:
    return {text[n : n + 5] for n in range(max(1, len(text) - 4))}


def tfidf(pair: Known, rules: Rules) -> np.ndarray:
    """TF-IDF cosine of two articles, boilerplate stripped."""
    words = [
        own_words(r.treaty.words(p.span), rules.boilerplate) for r in (pair.left, pair.right) for p in r.treaty.articles
    ]
    rows, n = vectors(words), len(pair.left.treaty.articles)
    return (rows[:n] @ rows[n:].T).toarray()


def print_row(name: str, figures: tuple[float, float, float]) -> None:
    sys.stdout.write(f"{name:58} F {figures[0]:.3f}  P {figures[1]:.3f}  R {figures[2]:.3f}\n")


def calibration(tables: Sequence[Table], weights: Weights) -> list[dict[str, float]]:
    """Of the matched pairs given a score in a bin, how many are known to be right."""
    rows = [(weights.sure(chance), at in t.known.pairs) for t in tables for at, chance in t.found(weights).items()]
    given, true = zip(*rows, strict=True)
    bins = np.minimum(4, (np.array(given) * 5).astype(int))
    rows = [(n, np.array(given)[bins == n], np.array(true)[bins == n]) for n in range(5) if (bins == n).any()]
    return [
        {"from": n / 5, "pairs": len(p), "given": round(float(p.mean()), 3), "true": round(float(t.mean()), 3)}
        for n, p, t in rows
    ]


def write(weights: Weights) -> None:
    folder = MODELS / "alignment"
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "features": {name: round(value, 4) for name, value in zip(FEATURES, weights.features, strict=True)},
        "bias": round(weights.bias, 4), "threshold": weights.threshold, "several": weights.several,
        "slope": round(weights.slope, 4), "shift": round(weights.shift, 4),
    }  # fmt: skip
    (folder / "weights.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit the weights again and write them")
    arguments = parser.parse_args()
    corpus = load()
    rules = load_rules(corpus.root, corpus.codebook.topics, corpus.codebook.families)
    learnt, gold = HERE / "alignments", SHARED / "gold" / "alignments"
    # A model is learnt for each instrument: those to learn from have none where nothing is learnt.
    records = coded_unseen(texts(corpus), corpus, ids_of(gold) | (ids_of(learnt) if arguments.fit else set()))
    learn, test = known(learnt, records), known(gold, records)
    if arguments.fit:
        write(chosen([Table.of(pair, rules) for pair in learn]))
    weights = Weights.load(home() / "models")
    for name, likeness in (("5-character Jaccard", jaccard), ("TF-IDF cosine", tfidf)):
        threshold = baseline(likeness, learn, rules)
        for pair in test:
            print_row(
                f"{name} (≥ {threshold}): {pair.name}", pair.score(best_above(pair, likeness(pair, rules), threshold))
            )
    tables = [Table.of(pair, rules) for pair in test]
    for table in tables:
        found = set(table.found(weights))
        print_row(f"treatynlp: {table.known.name}", table.known.score(found))
        sys.stdout.write(f"    too many {sorted(found - table.known.pairs)}\n")
        sys.stdout.write(f"    missing {sorted(table.known.pairs - found)}\n")
    for row in calibration(tables, weights):
        sys.stdout.write(f"    {row}\n")


if __name__ == "__main__":
    main()
