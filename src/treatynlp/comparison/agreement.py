"""How far the instruments that regulate a topic lay it down on the same terms, and how sure such figures are.

Coverage says how many regulate a topic; the agreement of those that do is Gower's coefficient over their terms (the
strength of the duty, parameters, elements), which counts only terms that one of two lays down: what neither says is no
agreement. Intervals come from drawing drafting families again, since instruments written from one another are no
independent witnesses.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from statistics import mean

import numpy as np
import numpy.typing as npt

Said = Mapping[str, frozenset[str]]
"""Term → the values an instrument lays down."""
Sums = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
DRAWS, SEED = 200, 1
TAIL = 0.025
"""Share of the draws that lies beyond each end of a 95 % interval."""
FEWEST = 3
"""Of fewer drafting families nothing can be said of how they vary."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike the instruments that regulate a topic do it: mean of Gower's coefficient over the `pairs` of which a
    term was read, its interval by drawing drafting families, and how many `terms` were compared in all."""

    value: float | None
    low: float | None
    high: float | None
    pairs: int
    terms: int


def agreement_of(said: Mapping[str, Said], family: Mapping[str, str]) -> Agreement:
    """The agreement on one topic of the instruments that regulate it; `family`: the drafting family of each."""
    ranges, ids = spans(said.values()), list(said)
    kinds, first = _kinds(said)
    table = np.zeros((len(first), len(first), 2))
    for (a, one), (b, other) in combinations_with_replacement(enumerate(first), 2):
        value, count = gower(one, other, ranges)
        table[a, b] = table[b, a] = (value or 0.0), count
    whole = np.triu(np.ones((len(ids), len(ids))), 1)[:, :, None] * table[np.ix_(kinds, kinds)]
    alike, counts = whole[:, :, 0], whole[:, :, 1]
    there = (counts > 0).astype(np.float64)
    pairs = int(there.sum())
    drawn = [family.get(one, one) for one in ids]
    low, high = resampled(drawn, lambda w: (_pairs(w, alike), _pairs(w, there))) if pairs else (None, None)
    value = float(alike.sum() / pairs) if pairs else None
    return Agreement(value=value, low=low, high=high, pairs=pairs, terms=int(counts.sum()))


def _kinds(said: Mapping[str, Said]) -> tuple[list[int], list[Said]]:
    """The kind of each instrument (those of a kind lay down the same), and what each kind lays down."""
    kinds: dict[frozenset[tuple[str, frozenset[str]]], int] = {}
    first: list[Said] = []
    found = []
    for one in said.values():
        kind = kinds.setdefault(frozenset(one.items()), len(kinds))
        first += [one] if kind == len(first) else []
        found.append(kind)
    return found, first


def _pairs(weights: npt.NDArray[np.float64], of: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.einsum("di,ij,dj->d", weights, of, weights), dtype=np.float64)


def gower(left: Said, right: Said, ranges: Mapping[str, float]) -> tuple[float | None, int]:
    """Gower's coefficient of two instruments, and the number of terms that either lays down; None without any.

    Two numbers are alike by how near they are within the range of all that were read; other values by the share that
    both have; a term that only one lays down is a difference.

    >>> gower({"period": frozenset({"90 day"})}, {"period": frozenset({"60 day"})}, {"period": 60.0})
    (0.5, 1)
    >>> gower({"intent": frozenset({"gain"})}, {}, {})
    (0.0, 1)
    """
    names = sorted({*left, *right})
    each = [_alike(left.get(n, frozenset()), right.get(n, frozenset()), ranges.get(n, 0.0)) for n in names]
    return (mean(each) if each else None), len(each)


def _alike(one: frozenset[str], other: frozenset[str], span: float) -> float:
    numbers = number(one), number(other)
    if numbers[0] is not None and numbers[1] is not None and span:
        return 1 - abs(numbers[0] - numbers[1]) / span
    return len(one & other) / len(one | other)


def number(values: frozenset[str]) -> float | None:
    """The number that values are, where they are a single one ("90 day", "16").

    >>> number(frozenset({"90 day"})), number(frozenset({"intentional"})), number(frozenset({"1 day", "2 day"}))
    (90.0, None, None)
    """
    try:
        (only,) = values
        return float(only.removesuffix(" day"))
    except ValueError:
        return None


def spans(all_said: Iterable[Said]) -> dict[str, float]:
    """The range of each term's numbers over the instruments that lay it down."""
    found: dict[str, list[float]] = {}
    for said in all_said:
        for name, values in said.items():
            if (one := number(values)) is not None:
                found.setdefault(name, []).append(one)
    return {name: max(values) - min(values) for name, values in found.items()}


def resampled(
    families: Sequence[str], sums: Callable[[npt.NDArray[np.float64]], Sums]
) -> tuple[float | None, float | None]:
    """The 95 % interval of a ratio when whole drafting families are drawn again (bootstrap by cluster, Efron 1979).

    `families`: the family of each row; `sums` gives numerator and denominator for weights of draws × rows (how often
    each row was drawn). None with fewer than three families: nothing can be said of how they vary.
    """
    names = sorted(set(families))
    if len(names) < FEWEST:
        return None, None
    drawn = np.random.default_rng(SEED).multinomial(len(names), [1 / len(names)] * len(names), size=DRAWS)
    above, below = sums(drawn[:, [names.index(one) for one in families]].astype(np.float64))
    values = above[below > 0] / below[below > 0]
    return (float(np.quantile(values, TAIL)), float(np.quantile(values, 1 - TAIL))) if values.size else (None, None)
