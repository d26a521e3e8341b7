"""Pages that are written, bound or headed otherwise than they are read: read right, or told."""

import pytest

from support.structure_attacks import OTHER, SAME, verdict


@pytest.mark.parametrize("attack", [*SAME, *OTHER])
def test_a_page_put_together_otherwise_is_read_right_or_told(attack: str) -> None:
    assert verdict((SAME | OTHER)[attack]()) in ("held", "told")


@pytest.mark.parametrize("attack", [one for one in SAME if "any order" not in one])
def test_the_same_words_in_their_places_are_the_same_treaty(attack: str) -> None:
    assert verdict(SAME[attack]()) == "held"
