"""Agreement on terms, α and intervals, on made-up values; the worked example of docs/methods.md is made again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatynlp.coding.reliability import krippendorff
from treatynlp.comparison.agreement import Said, agreement_of, gower, resampled, spans


def said(**terms: str) -> Said:
    return {name: frozenset(values.split("|")) for name, values in terms.items()}


GOWER = [
    # the same duty on the same mental element
    (said(strength="obligation", mens_rea="intentional"), said(strength="obligation", mens_rea="intentional"), 1.0, 2),
    # a condition that only one of them sets is a difference
    (said(strength="obligation", harm="required serious"), said(strength="obligation"), 0.5, 2),
    # one of two values is shared
    (said(mens_rea="knowing|intentional"), said(mens_rea="intentional"), 0.5, 1),
    # 60 of 60 to 90 days lies at one end of the range, 75 in the middle
    (said(period="60 day"), said(period="75 day"), 0.5, 1),
    # what neither says is not agreed on
    (said(), said(), None, 0),
]


@pytest.mark.parametrize(("left", "right", "expected", "count"), GOWER)
def test_terms_are_compared_where_one_lays_them_down(
    left: Said, right: Said, expected: float | None, count: int
) -> None:
    assert gower(left, right, {"period": 30.0}) == (pytest.approx(expected) if expected is not None else None, count)


def test_the_worked_example_of_the_docs() -> None:
    three = {
        "a": said(strength="obligation", mens_rea="intentional", period="90 day"),
        "b": said(strength="obligation", period="60 day"),
        "c": said(strength="permission", mens_rea="intentional"),
    }
    found = agreement_of(three, {})
    assert spans(three.values()) == {"period": 30.0}
    # a–b: 1, 0 (mens_rea), 0 (the ends of the range); a–c: 0, 1, 0; b–c: 0, 0, 0
    assert (found.pairs, found.terms) == (3, 9)
    assert found.value == pytest.approx((1 / 3 + 1 / 3 + 0) / 3)


def test_alpha_is_that_of_the_published_example() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: 4 observers, 12 units, nominal: 0.743
    observers = ("1233214 12...", "123322412 5.3", ".333234225 1.", "123324412 51.")
    rows = [line.replace(" ", "")[:12] for line in observers]
    units = [[row[n] for row in rows if row[n] != "."] for n in range(12)]
    assert krippendorff(units) == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        ([("a", "a"), ("b", "b")], 1.0),  # nobody differs
        ([("a", "a"), ("a", "a")], None),  # nothing varies, so nothing can be said of chance
        ([("a",), ("b",)], None),  # judged by one each
    ],
)
def test_alpha_at_its_ends(units: list[tuple[str, ...]], alpha: float | None) -> None:
    assert krippendorff(units) == (pytest.approx(alpha) if alpha is not None else None)


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=2, max_size=5), min_size=1, max_size=6))
def test_alpha_never_exceeds_one(units: list[list[str]]) -> None:
    alpha = krippendorff(units)
    assert alpha is None or alpha <= 1 + 1e-9


def test_families_are_drawn_whole() -> None:
    weights = np.array([1.0, 1.0, 1.0, 0.0, 0.0])
    alone = resampled(list("abcde"), lambda drawn: (drawn @ weights, drawn.sum(axis=1)))
    families = resampled(list("aaabc"), lambda drawn: (drawn @ weights, drawn.sum(axis=1)))
    assert families[0] is not None
    assert alone[0] is not None
    assert families[0] <= alone[0]
    assert resampled(list("aab"), lambda drawn: (drawn @ weights[:3], drawn.sum(axis=1))) == (None, None)
