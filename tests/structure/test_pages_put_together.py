"""Pages that are written, bound or headed otherwise than they are read: read right, or told."""

import pytest

from support.structure_attacks import OTHER, SAME, verdict

SILENT = ("a page of another text between", "blanks without width inside words")
"""Headings that stand as the lines around them do show nobody that a page is another text's; and blanks
that are only in the file cannot be told from those of tight print by their width. The
benchmark counts both as silently wrong."""


@pytest.mark.parametrize("attack", [name for name in (*SAME, *OTHER) if name not in SILENT])
def test_a_page_put_together_otherwise_is_read_right_or_told(attack: str) -> None:
    assert verdict((SAME | OTHER)[attack]()) in ("held", "told")


@pytest.mark.parametrize("attack", [one for one in SAME if "any order" not in one and one not in SILENT])
def test_the_same_words_in_their_places_are_the_same_treaty(attack: str) -> None:
    assert verdict(SAME[attack]()) == "held"
