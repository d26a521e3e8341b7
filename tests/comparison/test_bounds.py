"""What the words around a length of time make of it."""

import pytest

from treatynlp.comparison.bounds import BOUNDS, bound_of, members_among

CASES = [
    # (words before, the number, words behind, what it bounds)
    ("logs shall be kept for a period of at least", "60 days", "", "at_least"),
    ("for a period not less than", "60 days", "", "at_least"),  # not taken for "less than"
    ("for as long as necessary, up to a maximum of", "90 days", "", "maximum_at_most"),
    ("within", "ten days", "of the request", "at_most"),
    ("no later than", "24 hours", "after it", "at_most"),
    ("shall not exceed", "40 days", "", "at_most"),
    ("custody shall not, in any event, exceed", "40 days", "", "at_most"),  # the aside takes "not" out of reach
    ("answers", "24 hours", " at the latest", "at_most"),  # the word stands behind
    ("imprisonment for", "one year", ", or more", "at_least"),
    ("deprivation of liberty for a maximum period of at least", "one year", "", "maximum_at_least"),
    ("deprivation of liberty for a minimum period of", "one year", ", or by a more severe penalty", "minimum"),
    ("detention for a period of", "one year", " or a more severe penalty in any of the two", "at_least"),
    ("punishable under the laws of both by detention for a minimum period of", "one year", "", "minimum"),  # no limit
    ("a maximum of at least two years or, where one was imposed, of at least", "six months", "", "at_least"),
    ("acts within the territory of a Member are answered after", "ten days", "", ""),
    ("a penalty exceeding", "two years", "", "more_than"),
    ("three months after", "the date", "", ""),  # no bound at all
    ("The least that is due is paid within the year. " + "x" * 90, "ten days", "", ""),  # too far away
]


@pytest.mark.parametrize(("before", "number", "behind", "bound"), CASES)
def test_what_a_number_bounds(before: str, number: str, behind: str, bound: str) -> None:
    assert bound_of(before, number, behind) == bound
    assert bound in ("", *BOUNDS)


MEMBERS = [
    # (words behind the count, how many must be members)
    ("States, including at least three member States of the League, have expressed their consent", "3"),
    ("Signatories, at least 2 of which are members of the League, have accepted it", "2"),
    ("States, of which two members of the Harbour Union, have accepted it", "2"),
    ("instruments of ratification, three months after the date of the last", ""),
    ("members of the League", ""),  # who counts, not how many of them
]


@pytest.mark.parametrize(("behind", "members"), MEMBERS)
def test_how_many_of_the_states_must_be_members(behind: str, members: str) -> None:
    assert members_among(behind) == members
