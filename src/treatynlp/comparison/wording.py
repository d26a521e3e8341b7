"""Words as they are compared: without the phrases that all treaties share, without numbers of points, as vectors.

>>> own_words("1. Each Party shall adopt such measures as may be necessary to protect the Lighthouse.", ())
'each party shall adopt such measures as may be necessary to protect the lighthouse'
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from treatynlp.comparison.rules import Boilerplate

_MARKS = str.maketrans("’‘“”–—‐‑", "''\"\"----")
_NOT_WORDS = re.compile(r"[^a-z0-9']+")
_NUMBERING = re.compile(r"(?:^|(?<=[.;:,)\s]))\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,5})[.)]+(?=\s)", re.IGNORECASE)
# Not Snowball's stemmer (November 2026): with it, pairs of benchmarks/alignments, each aligned by weights fitted on the
# others, fall from F 0.746 to 0.733 on average; those of the gold stay at 0.880 (0.875 by the weights that are kept).
# It makes one word of more that are apart in treaties: "authority" and "authorize", "operate" and "operation".
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", ""))
STEM = 3
"""A word keeps more letters than this: "things" loses its plural; "bring" and "speed" only look like endings."""


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[Boilerplate, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{phrase.pattern})\b" for phrase in phrases), re.IGNORECASE)


def own_words(text: str, boilerplate: tuple[Boilerplate, ...]) -> str:
    """A provision's own words in lower case: numbering, punctuation and shared phrases left out."""
    text = _NUMBERING.sub(" ", " ".join(text.translate(_MARKS).split()))
    if boilerplate:
        text = _any_of(boilerplate).sub(" ", text)
    return " ".join(_NOT_WORDS.sub(" ", text.lower()).split())


@lru_cache(maxsize=1 << 16)
def trim_ending(word: str) -> str:
    """A word without the endings that differ between draftings of one rule.

    >>> [trim_ending(word) for word in ("offences", "computers", "accessing", "parties", "is")]
    ['offence', 'computer', 'access', 'party', 'is']
    """
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > STEM:
            return word[: len(word) - len(ending)] + instead
    return word


def trimmed_words(text: str) -> list[str]:
    """The stemmed words of a plain text."""
    return [trim_ending(word) for word in text.split()]


def vectors(texts: Sequence[str], grams: tuple[int, int] = (1, 2)) -> csr_matrix:
    """TF-IDF vectors of plain texts (rows of length 1, zero for an empty text), over stemmed words and word pairs."""
    if not any(texts):
        return csr_matrix((len(texts), 1), dtype=np.float64)
    analyse: Callable[[str], Iterable[str]] = trimmed_words
    vectorizer = TfidfVectorizer(
        tokenizer=analyse, token_pattern=None, lowercase=False, ngram_range=grams, sublinear_tf=True
    )
    return csr_matrix(vectorizer.fit_transform(texts))
