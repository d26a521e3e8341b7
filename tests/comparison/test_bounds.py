"""What the words around a length of time make of it."""

import pytest

from treatynlp.comparison.bounds import BOUNDS, bound_of

CASES = [
    # (words before, the number, words behind, what it bounds)
    ("logs shall be kept for a period of at least", "60 days", "", "at_least"),
    ("for a period not less than", "60 days", "", "at_least"),  # not taken for "less than"
    ("for as long as necessary, up to a maximum of", "90 days", "", "maximum_at_most"),
    ("within", "ten days", "of the request", "at_most"),
    ("no later than", "24 hours", "after it", "at_most"),
    ("shall not exceed", "40 days", "", "at_most"),
    ("answers", "24 hours", " at the latest", "at_most"),  # the word stands behind
    ("imprisonment for", "one year", ", or more", "at_least"),
    ("deprivation of liberty for a maximum period of at least", "one year", "", "maximum_at_least"),
    ("deprivation of liberty for a minimum period of", "one year", ", or by a more severe penalty", "minimum"),
    ("punishable under the laws of both by detention for a minimum period of", "one year", "", "minimum"),  # no limit
    ("acts within the territory of a Member are answered after", "ten days", "", ""),
    ("a penalty exceeding", "two years", "", "more_than"),
    ("three months after", "the date", "", ""),  # no bound at all
    ("The least that is due is paid within the year. " + "x" * 90, "ten days", "", ""),  # too far away
]


@pytest.mark.parametrize(("before", "number", "behind", "bound"), CASES)
def test_what_a_number_bounds(before: str, number: str, behind: str, bound: str) -> None:
    assert bound_of(before, number, behind) == bound
    assert bound in ("", *BOUNDS)
