"""The figures of an evaluation, on outcomes small enough to reckon by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatynlp.coding import figures
from treatynlp.coding.figures import CodingOutcome

TOPICS = ("illegal_access", "sanctions", "extradition")
FAMILY = {"illegal_access": "criminalisation", "sanctions": "criminalisation", "extradition": "cooperation"}


def outcome(truth: list[list[int]], given: list[list[int]], owners: str = "aab") -> CodingOutcome:
    scores = np.array(given) * 0.9
    return CodingOutcome(
        np.array(list(owners)), TOPICS, np.array(truth), np.array(given), scores, np.zeros_like(scores)
    )


ONE_MISSED = outcome([[1, 0, 0], [1, 1, 0], [0, 0, 1]], [[1, 0, 0], [1, 0, 0], [0, 0, 1]])
RECKONED = [
    ("micro", figures.micro, 6 / 7, "three of four found, nothing wrong: 2·3 / (4+3)"),
    ("macro", figures.macro, 1.0, "only illegal_access was given twice by people, and it was met"),
    ("cells", figures.cells, 4 / 5, "cells of people: a×2, b×1; given: a×1, b×1; both: 2"),
    ("exact", figures.exact, 2 / 3, "two of three articles met exactly"),
    ("precision", figures.precision, 1.0, "nothing wrong"),
    ("recall", figures.recall, 3 / 4, "one of four missed"),
]


@pytest.mark.parametrize(("name", "figure", "expected", "reason"), RECKONED)
def test_reckoned_by_hand(name: str, figure: figures.Figure, expected: float, reason: str) -> None:
    assert figure(ONE_MISSED) == pytest.approx(expected), f"{name}: {reason}"


def test_a_family_is_met_when_any_of_its_topics_is() -> None:
    taken_for_another = outcome([[1, 0, 0]] * 3, [[0, 1, 0]] * 3)
    assert figures.families(taken_for_another, FAMILY)["criminalisation"] == 1.0
    assert figures.micro(taken_for_another) == 0.0


def test_confusion_names_what_was_missed_and_what_was_given_instead() -> None:
    wrong = outcome([[1, 0, 0], [0, 0, 1], [0, 0, 1]], [[0, 0, 1], [0, 0, 1], [0, 0, 0]])
    assert figures.confusion(wrong, FAMILY) == {
        "cooperation": {"none": 1},
        "criminalisation": {"cooperation": 1},
    }


def test_probabilities_that_are_as_often_right_as_they_say_have_no_error() -> None:
    scores = np.array([[0.75]] * 4)
    perfect = CodingOutcome(
        np.array(list("aabb")), ("x",), np.array([[1], [1], [1], [0]]), scores > 0.5, scores, scores * 0
    )
    assert figures.calibration_error(figures.reliability(perfect)) == pytest.approx(0.0)


def test_abstaining_on_more_decides_less() -> None:
    chance = np.random.default_rng(7)
    scores = chance.random((40, 3))
    truth = (chance.random((40, 3)) < scores).astype(int)
    curve = figures.coverage(CodingOutcome(np.array(["a"] * 40), TOPICS, truth, scores > 0.5, scores, scores * 0))
    assert [point.coverage for point in curve] == sorted((point.coverage for point in curve), reverse=True)
    assert curve[0].coverage == 1.0


def test_the_interval_is_the_same_twice_and_holds_the_figure() -> None:
    first, again = (figures.interval(ONE_MISSED, figures.micro, draws=50) for _ in range(2))
    assert first == again
    assert first[0] <= figures.micro(ONE_MISSED) <= first[1]


labels = st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=1, max_size=6)


@given(labels)
def test_what_people_gave_is_met_by_itself(truth: list[list[int]]) -> None:
    same = outcome(truth, truth, "a" * len(truth))
    for figure in figures.headline(FAMILY).values():
        assert figure(same) == 1.0 or not np.array(truth).any()


@given(labels, labels)
def test_figures_lie_between_none_and_all(truth: list[list[int]], given: list[list[int]]) -> None:
    rows = min(len(truth), len(given))
    one = outcome(truth[:rows], given[:rows], "a" * rows)
    assert all(0 <= figure(one) <= 1 for figure in figures.headline(FAMILY).values())
