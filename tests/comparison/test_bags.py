"""Bags of terms laid side by side: what the arrays say is what counting pair by pair says."""

from collections import Counter
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatynlp.comparison import bags
from treatynlp.comparison.bags import Bag, Met, Stack

LAMPS = st.lists(
    st.lists(st.sampled_from(["lamp", "keeper", "harbour", "fog", "oil"]), max_size=6), min_size=1, max_size=4
)


def met(left: list[list[str]], right: list[list[str]]) -> Met:
    return Met.of(*(Stack.of([Bag.of(terms) for terms in side]) for side in (left, right)))


def rare(term: str, every: list[list[str]]) -> float:
    return log((1 + len(every)) / sum(term in bag for bag in every))


@given(LAMPS, LAMPS)
def test_overlap_is_the_weight_of_the_terms_in_common(left: list[list[str]], right: list[list[str]]) -> None:
    every = [*left, *right]
    most = {term: max(bag.count(term) for bag in every) for bag in every for term in bag}
    weight = {term: (1 + log(count)) * rare(term, every) for term, count in most.items()}
    shared, here, there = met(left, right).overlap()
    expected = [[sum(weight[term] for term in {*one} & {*other}) for other in right] for one in left]
    np.testing.assert_allclose(shared, expected, atol=1e-9)
    np.testing.assert_allclose(here, [sum(weight[term] for term in {*one}) for one in left], atol=1e-9)
    np.testing.assert_allclose(there, [sum(weight[term] for term in {*one}) for one in right], atol=1e-9)


@given(LAMPS, LAMPS)
def test_cosine_is_that_of_the_weighted_counts(left: list[list[str]], right: list[list[str]]) -> None:
    every = [*left, *right]

    def weighed(bag: list[str]) -> dict[str, float]:
        return {term: (1 + log(count)) * rare(term, every) for term, count in Counter(bag).items()}

    def cosine(one: dict[str, float], other: dict[str, float]) -> float:
        below = sqrt(sum(v * v for v in one.values())) * sqrt(sum(v * v for v in other.values()))
        return sum(one[term] * other[term] for term in one.keys() & other.keys()) / below if below else 0.0

    expected = [[cosine(weighed(one), weighed(other)) for other in right] for one in left]
    np.testing.assert_allclose(met(left, right).cosine(), expected, atol=1e-9)


@given(LAMPS, LAMPS)
def test_large_and_small_are_counted_alike(left: list[list[str]], right: list[list[str]]) -> None:
    small = met(left, right).cosine()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bags, "FEW", -1)  # everything is large now
        np.testing.assert_allclose(met(left, right).cosine(), small, atol=1e-12)


def test_the_order_of_terms_is_the_same_in_every_process() -> None:
    assert bags.term_number("lamp") == 0x2AFC15E301F7046B
