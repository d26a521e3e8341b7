"""What the indices of harmonisation say of made-up cells, and laws they keep."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatynlp.comparison.cells import Cell, Ground
from treatynlp.comparison.harmonisation import Harmony, Laid, agreement, harmonise
from treatynlp.comparison.pair_harmony import harmonise_pairs
from treatynlp.comparison.records import CitedPassage
from treatynlp.comparison.states import STATES, State


def cell(
    instrument: str, state: State, strength: str = "obligation", score: float = 0.95, topic: str = "entry"
) -> Cell:
    passage = CitedPassage(instrument, "art_1", "Art. 1", 0, 9, 1, "https://lighthouse.example")
    grounds = (Ground(passage, strength, score, "rule:x", True, None),)
    return Cell(instrument, topic, state, grounds if state in ("present", "partial", "inconclusive") else ())


def row(*states: State) -> Harmony:
    cells = [cell(f"i{n}", state) for n, state in enumerate(states)]
    return harmonise(cells, Laid({}, {"entry": "criminalisation"}))[0]


@pytest.mark.parametrize(
    ("states", "coverage", "index"),
    [
        (("present", "present"), 1.0, 1.0),
        (("present", "absent"), 0.5, 0.0),
        (("absent", "absent"), 0.0, 0.0),  # agreeing to say nothing is no harmonisation
        (("present", "present", "absent"), 2 / 3, 1 / 3),
        (("present", "partial"), 0.75, 0.5),
        (("present", "present", "not_assessed"), 1.0, 1.0),  # what is not known counts in neither
        (("present", "not_applicable", "present"), 1.0, 1.0),
        (("not_assessed",), None, None),
        (("present",), 1.0, None),  # one instrument agrees with nobody
    ],
)
def test_coverage_and_index(states: tuple[State, ...], coverage: float | None, index: float | None) -> None:
    found = row(*states)
    assert found.coverage == pytest.approx(coverage) if coverage is not None else found.coverage is None
    assert found.index == pytest.approx(index) if index is not None else found.index is None


def test_missing_cells_widen_the_bounds() -> None:
    found = row("present", "absent", "not_assessed", "inconclusive")
    assert (found.coverage_low, found.coverage, found.coverage_high) == (0.25, 0.5, 0.75)
    assert found.index_low == 0.0
    assert found.index_high == pytest.approx(
        3 / 6
    )  # the two unknown ones with the one that has it, and with each other


def test_a_higher_threshold_loses_uncertain_cells_and_a_lower_one_wins_undecided_ones() -> None:
    cells = [cell("a", "present", score=0.95), cell("b", "present", score=0.7), cell("c", "inconclusive", score=0.4)]
    found = harmonise(cells, Laid({}, {"entry": "criminalisation"}))[0]
    assert (found.strict, found.coverage, found.loose) == (pytest.approx(1 / 3), 1.0, 1.0)


def test_leaving_one_out_shows_how_much_rests_on_it() -> None:
    found = row("present", "present", "absent")
    # without the third the two agree; without one of the first nobody does
    assert (found.index_least, found.index, found.index_most) == (0.0, pytest.approx(1 / 3), 1.0)


@pytest.mark.parametrize(
    ("states", "outliers"),
    [
        (("present", "present", "present", "present", "absent"), ("i4",)),  # the only one that lacks it
        (("absent", "absent", "absent", "absent", "partial"), ("i4",)),  # the only one that touches it
        (("present", "present", "absent", "absent", "present"), ()),  # no majority to stand against
        (("present", "present", "absent"), ()),  # too few to speak of outliers
        (("present", "present", "present", "present", "inconclusive"), ()),  # not known is no outlier
    ],
)
def test_outliers_stand_against_nearly_all_others(states: tuple[State, ...], outliers: tuple[str, ...]) -> None:
    # every instrument regulates another topic of the family, so that all are of the field
    field = [cell(f"i{n}", "present", topic="other") for n in range(len(states))]
    cells = [cell(f"i{n}", state) for n, state in enumerate(states)]
    families = {"entry": "criminalisation", "other": "criminalisation"}
    found = {h.topic: h for h in harmonise([*cells, *field], Laid({}, families))}
    assert found["entry"].outliers == outliers


TERMS_TABLE = [
    # both oblige, nothing else is set
    ("obligation", {}, {}, 1.0),
    # one obliges, the other only allows
    ("permission", {}, {}, 0.0),
    # the same mental element
    ("obligation", {"mens_rea": {"intentional"}}, {"mens_rea": {"intentional"}}, 1.0),
    # 90 days against two years: strength agrees, the period does not
    ("obligation", {"preservation_period": {"90 day"}}, {"preservation_period": {"730 day"}}, 0.5),
    # a parameter only one of them sets is a difference
    ("obligation", {"reservation": {"allowed"}}, {}, 0.5),
    # one of two values shared
    ("obligation", {"mens_rea": {"knowing", "intentional"}}, {"mens_rea": {"intentional"}}, 0.75),
]


@pytest.mark.parametrize(("strength", "left", "right", "expected"), TERMS_TABLE)
def test_terms_discount_agreement(
    strength: str, left: dict[str, set[str]], right: dict[str, set[str]], expected: float
) -> None:
    said = {("a", "entry"): {k: frozenset(v) for k, v in left.items()},
            ("b", "entry"): {k: frozenset(v) for k, v in right.items()}}  # fmt: skip
    assert agreement(cell("a", "present"), cell("b", "present", strength), said) == pytest.approx(expected)


def test_pairs_count_topics_and_bound_what_is_not_known() -> None:
    def two(left: State, right: State, topic: str) -> list[Cell]:
        return [cell("a", left, topic=topic), cell("b", right, topic=topic)]

    states: list[tuple[State, State]] = [("present", "present"), ("present", "absent"), ("present", "inconclusive")]
    cells = [c for n, (left, right) in enumerate(states) for c in two(left, right, f"t{n}")]
    (found,) = harmonise_pairs(cells, {})
    assert (found.both, found.either, found.unknown) == (1, 2, 1)
    assert (found.index_low, found.index, found.index_high) == (pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3))


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=8))
def test_an_index_lies_in_its_bounds_and_between_nought_and_one(states: list[State]) -> None:
    found = row(*states)
    for low, value, high in ((found.coverage_low, found.coverage, found.coverage_high),
                             (found.index_low, found.index, found.index_high),
                             (found.index_least, found.index, found.index_most),
                             (found.wilson_low, found.coverage, found.wilson_high)):  # fmt: skip
        if value is not None and low is not None and high is not None:
            assert -1e-9 <= low <= value + 1e-9 <= high + 2e-9 <= 1 + 3e-9


@given(st.lists(st.sampled_from(STATES), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_instruments_does_not_matter(states: list[State], random: object) -> None:
    shuffled = list(states)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = row(*states), row(*shuffled)
    assert (one.coverage, one.present) == (other.coverage, other.present)
    assert one.index == pytest.approx(other.index) if one.index is not None else other.index is None


@given(st.sampled_from(["present", "partial", "absent"]), st.sampled_from(["present", "partial", "absent"]))
def test_agreement_is_symmetric(left: State, right: State) -> None:
    a, b = cell("a", left), cell("b", right, "permission")
    assert agreement(a, b, {}) == agreement(b, a, {})
    assert all(0 <= agreement(x, y, {}) <= 1 for x, y in combinations([a, b, a], 2))


@given(st.lists(st.lists(st.sampled_from(STATES), min_size=3, max_size=3), min_size=2, max_size=5))
def test_pairs_counted_by_tables_are_those_counted_one_by_one(states: list[list[State]]) -> None:
    topics = ("entry", "oil", "fog")
    cells = [cell(f"i{n}", state, topic=topic) for n, row in enumerate(states)
             for topic, state in zip(topics, row, strict=True)]  # fmt: skip
    for pair in harmonise_pairs(cells, {}):
        sides = [{one.topic: one for one in cells if one.instrument == id} for id in (pair.left, pair.right)]
        both = [tuple(side[topic] for side in sides) for topic in topics]
        known = [(a, b) for a, b in both if a.known and b.known]
        unsure = [pair for pair in both if any(one.state in ("inconclusive", "not_assessed") for one in pair)]
        agreed, either = sum(agreement(a, b, {}) for a, b in known), sum(a.found or b.found for a, b in known)
        hopeful = sum(not any(one.state == "absent" for one in pair) for pair in unsure)
        lacking = either + sum(a.found or b.found for a, b in unsure)
        assert (pair.both, pair.either) == (sum(a.found and b.found for a, b in known), either)
        assert pair.unknown == len(unsure)
        expected = [
            agreed / either if either else None,
            agreed / lacking if known and lacking else None,
            (agreed + hopeful) / (either + hopeful) if known and either + hopeful else None,
        ]
        assert [pair.index, pair.index_low, pair.index_high] == [
            one if one is None else pytest.approx(one) for one in expected
        ]
