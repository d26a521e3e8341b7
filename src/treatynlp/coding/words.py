"""Words: how near a passage's wording is to that of coded passages, by a linear model over weighted words and pairs.

Three vocabularies are kept apart, since "extradition" in a heading says more than in the text: the passage's heading,
the headings above it, its body. A ridge regression gives a score per topic; it has a closed form, so that leaving one
instrument out costs a second, and a weight per word, so that a score can be explained.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from treatynlp.coding.features import Matrix
from treatynlp.coding.passages import Passage

BLOCKS = {"heading": (1.0, 2), "above": (0.5, 1), "body": (1.0, 2)}
"""For each vocabulary: its weight, and up to how many words in a row count as one term."""
PENALTY = 1.0
_LONGEST = sum(weight**2 for weight, _ in BLOCKS.values())
"""The likeness of a passage to itself, by which likeness is brought to 0 to 1."""
Scores = tuple[Matrix, Matrix]
Apart = Callable[[str], frozenset[str]]
"""The instruments that must not be known when this one is coded: its siblings of drafting."""
NOBODY: frozenset[str] = frozenset()
_WORD = re.compile(r"[a-z]{2,}")


def singular_words(text: str) -> str:
    """The words of lower-cased text without their plural ending.

    >>> singular_words("the parties' own offences, 24/7")
    'the partie own offence'
    """
    return " ".join(w[:-1] if len(w) > 4 and w[-1] == "s" and w[-2] != "s" else w for w in _WORD.findall(text))


def _texts(passages: Sequence[Passage], block: str) -> list[str]:
    return [singular_words(_read(passage, block)) for passage in passages]


def _read(passage: Passage, block: str) -> str:
    return {"heading": passage.heading, "above": " ".join(passage.above), "body": passage.body}[block]


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The terms of one block and how much each tells (its inverse document frequency)."""

    block: str
    terms: tuple[str, ...]
    idf: Matrix

    @classmethod
    def of(cls, block: str, passages: Sequence[Passage]) -> "TermWeights":
        """The terms that at least two instruments use: what only one says tells nothing of the next."""
        texts = _texts(passages, block)
        if not any(texts):
            return cls(block, ("—",), np.ones(1))
        instruments = sorted({passage.treaty for passage in passages})
        whole = [" ".join(t for t, p in zip(texts, passages, strict=True) if p.treaty == id) for id in instruments]
        shared = _vectorizer(block, min_df=min(2, len(whole))).fit(whole).get_feature_names_out()
        counted = _vectorizer(block, vocabulary=shared).fit(texts)
        return cls(block, tuple(map(str, shared)), np.asarray(counted.idf_))

    def vectors(self, passages: Sequence[Passage]) -> sparse.csr_matrix:
        """passages × terms, each row of length 1 (or empty)."""
        counter = _vectorizer(self.block, vocabulary=_numbered(self.terms))
        counter.idf_ = self.idf
        # The parts of an article stand under one heading: what is said many times is counted once.
        said = [_read(passage, self.block) for passage in passages]
        row = {text: number for number, text in enumerate(dict.fromkeys(said))}
        counted = counter.transform(map(singular_words, row)) * BLOCKS[self.block][0]
        return counted[[row[text] for text in said]]


@lru_cache(maxsize=len(BLOCKS))
def _numbered(terms: tuple[str, ...]) -> dict[str, int]:
    """The column of each term; kept, as numbering a vocabulary takes as long as reading a short treaty."""
    return {term: column for column, term in enumerate(terms)}


def _vectorizer(block: str, **options: object) -> Any:
    span = (1, BLOCKS[block][1])
    return TfidfVectorizer(lowercase=False, token_pattern=r"\S+", ngram_range=span, sublinear_tf=True, **options)


@dataclass(frozen=True, slots=True)
class WordModel:
    """What was learned of words: `weights` terms × topics, `base` the frequency of each topic, and the coded passages
    themselves as vectors (`examples`), with their topics (`topics_of`: examples × topics, 0 or 1).
    """

    vocabularies: tuple[TermWeights, ...]
    weights: Matrix
    base: Matrix
    examples: sparse.csr_matrix
    topics_of: Matrix

    def vectors(self, passages: Sequence[Passage]) -> sparse.csr_matrix:
        """passages × terms of all blocks."""
        return sparse.hstack([vocabulary.vectors(passages) for vocabulary in self.vocabularies]).tocsr()

    def scores(self, passages: Sequence[Passage]) -> tuple[Matrix, Matrix]:
        """passages × topics, twice: the linear score, and the likeness (0 to 1) to the nearest example of the topic."""
        vectors = self.vectors(passages)
        # Examples first: of a product the right side is turned, and that of the few passages is turned in no time.
        likeness = (self.examples @ vectors.T).toarray().T / _LONGEST
        nearest = np.stack([_highest(likeness, column > 0) for column in self.topics_of.T], axis=1)
        return np.asarray(vectors @ self.weights) + self.base, nearest


def _highest(likeness: Matrix, wanted: Matrix) -> Matrix:
    return likeness[:, wanted].max(axis=1) if wanted.any() else np.zeros(len(likeness))


def scores_unseen(
    passages: Sequence[Passage], topics_of: Matrix, parts: Sequence[Passage], apart: Apart, teachers: Set[str] = NOBODY
) -> Scores:
    """The scores of coded passages, then of `parts`, each by a model that saw no passage of the instruments that
    `apart` names for its own: what leaving these out one after the other would give, at the price of one inverse.
    Instruments that are `teachers` are learned from and not asked: their scores are 0.

    For the dual ridge with A = (K + λI)⁻¹ and a = A·y, the coefficients without the rows G are
    a_R − A_RG · A_GG⁻¹ · a_G (block inversion). Vocabulary, weights of words and base rates are those of all.
    """
    learned = learn_words(passages, topics_of)
    every = [*passages, *parts]
    vectors = sparse.vstack([learned.examples, learned.vectors(parts)]) if parts else learned.examples
    kernel = (vectors @ learned.examples.T).toarray()
    inverse = np.linalg.inv(kernel[: len(passages)] + PENALTY * np.eye(len(passages)))
    dual = inverse @ (topics_of - learned.base)
    owners, everyone = np.array([one.treaty for one in passages]), np.array([one.treaty for one in every])
    words, nearest = np.zeros((2, len(every), topics_of.shape[1]))
    for owner in (id for id in dict.fromkeys(everyone.tolist()) if id not in teachers):
        out = np.isin(owners, sorted({owner, *apart(owner)}))
        own = everyone == owner
        rest = dual[~out] - inverse[np.ix_(~out, out)] @ np.linalg.solve(inverse[np.ix_(out, out)], dual[out])
        seen = kernel[np.ix_(own, ~out)]
        words[own] = seen @ rest + learned.base
        nearest[own] = np.stack([_highest(seen, column > 0) for column in topics_of[~out].T], axis=1) / _LONGEST
    return words, nearest


def learn_words(passages: Sequence[Passage], topics_of: Matrix) -> WordModel:
    """The word model of coded passages."""
    vocabularies = tuple(TermWeights.of(block, passages) for block in BLOCKS)
    vectors = sparse.hstack([vocabulary.vectors(passages) for vocabulary in vocabularies]).tocsr()
    base = topics_of.mean(axis=0)
    ridge = Ridge(alpha=PENALTY, fit_intercept=False, solver="cholesky").fit(vectors, topics_of - base)
    return WordModel(vocabularies, np.asarray(ridge.coef_).T, base, vectors, topics_of)
