"""Bags of terms as arrays: counted once for each provision, so that laying two instruments side by side only adds.

What two bags share is weighed by how rare a term is among all bags of the two sides. Nothing of that can be kept, as it
differs from pair to pair; what can be (which terms, how often, in how many bags of the one side) is a `Stack`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Matrix = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]
FEW = 200_000
"""Multiplications up to which a plain table is quicker than a sparse one."""


@lru_cache(maxsize=1 << 17)
def term_number(term: str) -> int:
    """A term as a number of 64 bits, the same in every process: sums over terms are then made in one order everywhere,
    and come out the same to the last bit."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The terms of one provision by number, ascending, and for each 1 + log of how often it occurs."""

    terms: Numbers
    often: Matrix

    @classmethod
    def of(cls, terms: Iterable[str]) -> Self:
        counted = sorted((term_number(term), count) for term, count in Counter(terms).items())
        numbers = np.array([one for one, _ in counted], dtype=np.uint64)
        return cls(numbers, 1 + np.log(np.array([count for _, count in counted], dtype=np.float64)))


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Bags one upon the other: all their terms, ascending; for each entry of a bag its `row` (which bag), `column`
    (which of the terms) and `often`; for each term in how many bags it is (`having`), and its largest `often`."""

    height: int
    terms: Numbers
    row: Ints
    column: Ints
    often: Matrix
    having: Ints
    most: Matrix

    @classmethod
    def of(cls, bags: Sequence[Bag]) -> Self:
        entries = np.concatenate([np.zeros(0, dtype=np.uint64), *(bag.terms for bag in bags)])
        often = np.concatenate([np.zeros(0), *(bag.often for bag in bags)])
        terms, column = np.unique(entries, return_inverse=True)
        most = np.zeros(len(terms))
        np.maximum.at(most, column, often)
        row = np.repeat(np.arange(len(bags)), [len(bag.terms) for bag in bags])
        return cls(
            height=len(bags),
            terms=terms,
            row=row,
            column=column,
            often=often,
            having=np.bincount(column, minlength=len(terms)),
            most=most,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Two stacks laid side by side: `rare` is how rare each term of either is among the bags of both; `weight` that
    times its largest `often`. `left` and `right` hold for each entry of a side the column of its term in common."""

    sides: tuple[Stack, Stack]
    columns: tuple[Ints, Ints]
    rare: Matrix
    weight: Matrix

    @classmethod
    def of(cls, left: Stack, right: Stack) -> Self:
        terms = np.union1d(left.terms, right.terms)
        places = np.searchsorted(terms, left.terms), np.searchsorted(terms, right.terms)
        having, most = np.zeros(len(terms)), np.zeros(len(terms))
        for side, at in zip((left, right), places, strict=True):
            having[at] += side.having
            most[at] = np.maximum(most[at], side.most)
        # Rare among the provisions of these two, not of the corpus: what both conventions say in every article tells
        # nothing here, however seldom it stands elsewhere.
        rare = np.log((1 + left.height + right.height) / having)
        columns = places[0][left.column], places[1][right.column]
        return cls((left, right), columns, rare, most * rare)

    def overlap(self) -> tuple[Matrix, Matrix, Matrix]:
        """The weight of the terms each pair of bags shares, and of all terms of each bag of the left and the right;
        repetition does not count."""
        # At its largest on either side: a word that stands five times in one and once in the other is one word that
        # both have.
        heavy = [self.weight[column] for column in self.columns]
        return self._product(heavy[0], np.ones(len(heavy[1]))), self._sum(0, heavy[0]), self._sum(1, heavy[1])

    def cosine(self) -> Matrix:
        """The cosine of each pair of bags, repetition counted by its logarithm."""
        values = [side.often * self.rare[column] for side, column in zip(self.sides, self.columns, strict=True)]
        norms = [np.sqrt(self._sum(n, values[n] * values[n])) for n in (0, 1)]
        return quotient(self._product(*values), np.outer(*norms))

    def _sum(self, side: int, values: Matrix) -> Matrix:
        one = self.sides[side]
        return np.bincount(one.row, values, one.height).astype(np.float64)

    def _product(self, left: Matrix, right: Matrix) -> Matrix:
        """For each pair of bags the sum over terms of the product of their values."""
        shapes = [(side.height, len(self.rare)) for side in self.sides]
        entries = zip((left, right), self.sides, self.columns, shapes, strict=True)
        if shapes[0][0] * shapes[1][0] * len(self.rare) > FEW:
            one, other = (csr_matrix((values, (side.row, column)), shape) for values, side, column, shape in entries)
            return np.asarray((one @ other.T).todense(), dtype=np.float64)
        tables = [np.zeros(shape) for shape in shapes]
        for table, (values, side, column, _) in zip(tables, entries, strict=True):
            table[side.row, column] = values
        return np.asarray(np.einsum("it,jt->ij", *tables), dtype=np.float64)


def quotient(above: Matrix, below: Matrix) -> Matrix:
    """The quotient, nought where nothing is below."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
