"""Every formula of docs/methods.md has a worked example there; each is reckoned again by the code that the formula
describes, and the sentence that holds its result must stand in the page."""

from math import log

import numpy as np
import pytest

from support.blocks import ROOT
from support.invented import record
from treatynlp.coding.figures import f1
from treatynlp.coding.reliability import krippendorff
from treatynlp.comparison.agreement import resampled
from treatynlp.comparison.cells import Cell, Ground
from treatynlp.comparison.correction import CoderError, corrected
from treatynlp.comparison.harmonisation import Harmony, Laid, harmonise, wilson
from treatynlp.comparison.likeness import FEATURES, Weights, probability
from treatynlp.comparison.matching import assign
from treatynlp.comparison.pair_harmony import harmonise_pairs
from treatynlp.comparison.records import CitedPassage
from treatynlp.comparison.reuse import reuse, words_of
from treatynlp.comparison.states import State
from treatynlp.comparison.wording import vectors

PAGE = " ".join((ROOT / "docs" / "methods.md").read_text("utf-8").split())
HALF = Weights(features=(1.0,) * len(FEATURES), bias=-2.0, threshold=0.5, several=0.8)
DAYS = {"a": "90 day", "b": "60 day"}
PERIODS = {(who, "entry"): {"preservation_period": frozenset({days})} for who, days in DAYS.items()}


def cell(instrument: str, state: State, topic: str = "entry") -> Cell:
    at = CitedPassage(instrument, "art_1", "Art. 1", 0, 9, 1, "https://lighthouse.example")
    ground = Ground(passage=at, strength="obligation", score=0.95, by="rule:x", operative=True, evidence=None)
    return Cell(instrument, topic, state, (ground,) if state in ("present", "partial", "inconclusive") else ())


def harmony(*states: State) -> Harmony:
    cells = [cell(name, state) for name, state in zip("abcdefg", states, strict=False)]
    return harmonise(cells, Laid(PERIODS, {"entry": "criminalisation"}))[0]


def both(*states: tuple[State, State]) -> list[Cell]:
    """Cells of two instruments on as many topics."""
    return [cell(who, state, f"t{n}") for n, pair in enumerate(states) for who, state in zip("ab", pair, strict=True)]


def drawn() -> tuple[float, float]:
    weights = np.array([1.0, 1.0, 0.0])
    low, high = resampled(["x", "y", "z"], lambda w: (w @ weights, w.sum(axis=1)))
    assert low is not None
    assert high is not None
    return low, high


def taken_over() -> float:
    """The share of the first text's words that stand in sequences of eight that the second has too."""
    said = "keepers of the light shall trim every lamp at dusk", "keepers of the light shall trim every lamp"
    records = [record(name, {"art_1": words}) for name, words in zip(("one", "other"), said, strict=True)]
    shares = {(share.instrument, share.other): share for share in reuse(words_of(records)).shares}
    return shares["one", "other"].found / shares["one", "other"].words


def gain(matched: set[tuple[int, int]], chances: np.ndarray) -> float:
    return sum(log(chances[pair] / (1 - chances[pair])) for pair in matched)


CHANCES = np.array([[0.9, 0.8], [0.8, 0.1]])
FOUND = harmony("present", "present", "present", "partial", "absent", "inconclusive")
TWO = harmonise_pairs(both(("present", "present"), ("present", "absent"), ("present", "inconclusive")), {})[0]
TEXTS = vectors(["lamp oil", "lamp wick"])
WORKED = [
    ("of three topics that either regulates both have one: $J$ is {:.2f}",
     [harmonise_pairs(both(("present", "present"), ("present", "absent"), ("absent", "present")), {})[0].thematic]),
    ("“lamp oil” and “lamp wick” (two texts; single words and pairs) have the cosine {:.2f}",
     [(TEXTS @ TEXTS.T)[0, 1]]),
    ("eight features of 0.5, each $\\omega_k = 1$, and $\\beta = -2$ give $p$ = {:.2f}",
     [probability(np.full((1, 1, len(FEATURES)), 0.5), HALF)[0, 0]]),
    ("0.9 and 0.8 for the first, 0.8 and 0.1 for the second: matched crosswise they gain {:.2f}, the first pair alone "
     "{:.2f}", [gain(assign(CHANCES, 0.5), CHANCES), gain({(0, 0)}, CHANCES)]),
    ("three cells present, one partial, one absent, one unknown: $c$ = {:.2f}, from {:.2f} to {:.2f}",
     [FOUND.coverage, FOUND.coverage_low, FOUND.coverage_high]),
    ("for $c = 0.70$ and $n = 5$ Wilson's interval is {:.2f} to {:.2f}", list(wilson(0.70, 5))),
    ("of three families two regulate the topic: drawn again, {:.2f} to {:.2f}", list(drawn())),
    ("$c = 0.40$, $s_e = 0.95$, $s_p = 0.98$ give {:.2f}", [corrected(0.40, CoderError(0.95, 0.98))]),
    ("*a* and *b* oblige, one for 90 days and one for 60, *c* has nothing: $h(a, b)$ = 0.50, $H$ = {:.2f}",
     [harmony("present", "present", "absent").index]),
    ("the `index` of two instruments with one topic in common on the same terms, one that only the first has and one "
     "open in the second is {:.2f}, from {:.2f} to {:.2f}", [TWO.index, TWO.index_low, TWO.index_high]),
    ("two instruments that both regulate one topic and neither the other: $\\alpha$ = {:.2f}",
     [krippendorff([["found", "found"], ["absent", "absent"]])]),
    ("of ten words eight stand in a sequence that the other has too: the share is {:.2f}", [taken_over()]),
    ("8 right, 2 wrong, 4 missed: $F_1$ = {:.2f}",
     [f1(np.repeat([1, 1, 0], [8, 4, 2]), np.repeat([1, 0, 1], [8, 4, 2]))]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "values"), WORKED, ids=[told[:40] for told, _ in WORKED])
def test_a_worked_example_is_what_the_code_reckons(told: str, values: list[float]) -> None:
    assert told.format(*values) in PAGE


def test_every_displayed_formula_has_one() -> None:
    """A formula stands between two lines of `$$`; what belongs to it reaches to the next one or the next heading."""
    parts = (ROOT / "docs" / "methods.md").read_text("utf-8").split("$$")
    after = [part.split("\n## ")[0] for part in parts[2::2]]
    assert [n for n, part in enumerate(after) if "Worked:" not in part] == []
