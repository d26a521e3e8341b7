"""Lengths of time as instruments write them, and which of two is longer.

A calendar month is not thirty days: three months are 89 to 92 days, by the month they begin in. So ninety days and
three months are neither the same nor is one of them the longer; sixty days are shorter than either.
"""

from calendar import monthrange
from functools import cache

MONTHS_A_YEAR, HOURS_A_DAY = 12, 24
SHORTEST, LONGEST = 28, 31
"""Days of the shortest and of the longest month."""
LEAP, CYCLE = 2000, 4
"""A leap year, around which months are counted, and after how many years the next one comes."""
_MONTHS = {"month": 1, "year": MONTHS_A_YEAR}
_DAYS = {"hour": 1 / HOURS_A_DAY, "day": 1.0}


def period(value: str, unit: str) -> str:
    """A length of time in the largest unit of its kind that it fills; what is no number stays as it is.

    >>> period("12", "month"), period("90", "day"), period("72", "hour"), period("3", "month")
    ('1 year', '90 day', '3 day', '3 month')
    """
    for small, large, times in (("month", "year", MONTHS_A_YEAR), ("hour", "day", HOURS_A_DAY)):
        if unit == small and value.isdecimal() and int(value) % times == 0:
            return f"{int(value) // times} {large}"
    return f"{value} {unit}".strip()


def days(said: str) -> tuple[float, float] | None:
    """The least and the most days that a period can be; None for what is no period.

    >>> days("90 day"), days("3 month"), days("1 year"), days("intentional")
    ((90.0, 90.0), (89.0, 92.0), (365.0, 366.0), None)
    """
    value, _, unit = said.partition(" ")
    try:
        count = float(value)
    except ValueError:
        return None
    if unit in _DAYS:
        return count * _DAYS[unit], count * _DAYS[unit]
    if unit not in _MONTHS:
        return None
    # Half a month is taken off the shortest and the longest that is around it.
    whole, rest = divmod(count * _MONTHS[unit], 1)
    least, most = _calendar_months(int(whole))
    return least + rest * SHORTEST, most + rest * LONGEST


@cache
def _calendar_months(count: int) -> tuple[float, float]:
    """The days of so many months on end, in the shortest and in the longest run of them."""
    runs = [
        [monthrange(year, month)[1] for year in years for month in range(1, MONTHS_A_YEAR + 1)]
        for years in _years(count)
    ]
    sums = [sum(run[at : at + count]) for run in runs for at in range(MONTHS_A_YEAR)]
    return float(min(sums)), float(max(sums))


def _years(months: int) -> list[range]:
    """Years enough for so many months from any month of the first, which is a leap year or one to three before one."""
    return [range(LEAP - before, LEAP - before + months // MONTHS_A_YEAR + 2) for before in range(CYCLE)]


def same_length(one: str, other: str) -> bool:
    """Whether of two periods, written otherwise, neither is sure to be the longer.

    >>> same_length("90 day", "3 month"), same_length("60 day", "3 month"), same_length("90 day", "90 day")
    (True, False, False)
    """
    left, right = days(one), days(other)
    return one != other and bool(left and right and left[0] <= right[1] and right[0] <= left[1])


def number(said: str) -> float | None:
    """What a value counts: the days of a period (of calendar months the mean), or the number itself; None for a word.

    >>> number("16"), number("3 month"), number("intentional")
    (16.0, 90.5, None)
    """
    if (found := days(said)) is not None:
        return sum(found) / 2
    try:
        return float(said)
    except ValueError:
        return None
