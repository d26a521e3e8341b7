"""Texts as vectors: how often each term occurs, weighed by how much it tells.

The figures are those of scikit-learn's `TfidfVectorizer` (a test holds them to it, passages to the last bit). Loading
that takes more than a second of each process, longer than coding most treaties; so it is left to learning.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Matrix = npt.NDArray[np.float64]
Texts = Sequence[Sequence[str]]
"""Texts by their words."""


def terms_of(words: Sequence[str], longest: int) -> Iterator[str]:
    """The words of a text, and up to `longest` of them in a row.

    >>> list(terms_of(["keep", "the", "lamp"], 2))
    ['keep', 'the', 'lamp', 'keep the', 'the lamp']
    """
    yield from words
    for length in range(2, longest + 1):
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def counted(texts: Texts, column: Mapping[str, int], longest: int) -> csr_matrix:
    """texts × terms: how often each text says each of the terms that have a column.

    >>> counted([["lamp", "lamp"], ["oil"]], {"lamp": 0, "lamp lamp": 1}, 2).toarray().tolist()
    [[2.0, 1.0], [0.0, 0.0]]
    """
    found = [Counter(column[term] for term in terms_of(words, longest) if term in column) for words in texts]
    entries = [entry for one in found for entry in sorted(one.items())]
    ends = np.cumsum([0, *map(len, found)])
    columns, often = np.array(entries, dtype=np.int64).reshape(-1, 2).T
    return csr_matrix((often.astype(np.float64), columns, ends), shape=(len(texts), len(column)))


def weighed(counts: csr_matrix, idf: Matrix) -> csr_matrix:
    """The counts as vectors of length 1 (or empty): 1 + log of each, times how much its term tells."""
    values = (1 + np.log(counts.data)) * idf[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    # Added up one after the other, as there: a sum in pairs differs in its last bits.
    lengths = np.sqrt(np.bincount(row, values * values, counts.shape[0]))
    return csr_matrix((values / lengths[row], counts.indices, counts.indptr), shape=counts.shape)


def weighed_among_themselves(texts: Texts, longest: int) -> csr_matrix:
    """The texts as vectors over all their terms: a term tells the more, the fewer of them say it."""
    terms = sorted({term for words in texts for term in terms_of(words, longest)})
    counts = counted(texts, {term: number for number, term in enumerate(terms)}, longest)
    saying = np.bincount(counts.indices, minlength=len(terms)).astype(np.float64)
    return weighed(counts, np.log((1 + len(texts)) / (1 + saying)) + 1)
