"""Dates as the project writes them (ISO 8601), cut to what is wanted of them.

>>> year_of("2001-11-23"), year_of("2001"), day_of("2001-11-23T09:30:00Z")
('2001', '2001', '2001-11-23')
"""


def year_of(date: str) -> str:
    """The year of a date; "" of none."""
    return date[: len("2001")]


def day_of(moment: str) -> str:
    """The day on which a moment lies; "" of none."""
    return moment[: len("2001-11-23")]
