"""The legend of the states: all of them, legible, told apart without colour, and the only one there is."""

from itertools import combinations

import pytest

from treatynlp.comparison.states import STATES
from treatynlp.publishing.explorer.pages import state_style
from treatynlp.publishing.figures import palette
from treatynlp.publishing.legend import LEGEND, Colours, cell_text


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2: 0 for black, 1 for white."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_state_a_cell_can_have_is_in_the_legend() -> None:
    assert set(STATES) <= set(LEGEND)


@pytest.mark.parametrize("name", LEGEND)
def test_words_stand_out_from_their_ground_on_light_and_dark_screens(name: str) -> None:
    looks: list[Colours] = [LEGEND[name], LEGEND[name].dark]
    for look in looks:
        assert contrast(look.fill, look.ink) >= 4.5


def test_states_are_told_apart_by_sign_and_word_and_those_that_claim_something_also_in_grey() -> None:
    assert len({one.sign for one in LEGEND.values()}) == len({one.word for one in LEGEND.values()}) == len(LEGEND)
    claims = ("present", "by_reference", "partial", "absent")
    for one, other in combinations(claims, 2):
        assert contrast(LEGEND[one].fill, LEGEND[other].fill) > 1.2, (one, other)


def test_figures_and_explorer_take_their_colours_from_it() -> None:
    style = state_style().decode()
    for name, state in LEGEND.items():
        assert palette.STATES[name].fill == state.fill
        assert f"--{name}: {state.fill};" in style
        assert f"--{name}: {state.dark.fill};" in style
        assert f".s-{name} {{" in style


@pytest.mark.parametrize(
    ("state", "articles", "decided_by", "shown"),
    [
        ("present", "Art. 2", "model", "Art. 2"),
        ("present", "Art. 2; Art. 3", "human", "Art. 2; Art. 3*"),
        ("partial", "Art. 9", "rule", "(Art. 9)"),
        ("by_reference", "Art. 4", "rule", "→ Art. 4"),
        ("inconclusive", "Art. 4", "model", "?"),  # what the machine would not commit itself to is not told as found
        ("absent", "", "", "–"),
        ("not_assessed", "", "", "·"),
        ("not_applicable", "", "", "×"),
        ("", "", "", ""),  # no such cell
    ],
)
def test_a_cell_in_plain_text(state: str, articles: str, decided_by: str, shown: str) -> None:
    assert cell_text(state, articles, decided_by) == shown
