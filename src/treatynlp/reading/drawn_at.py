"""How large a page is drawn as a picture."""

POINTS_AN_INCH = 72


def scale(width: float, height: float, dots_an_inch: float, most: int) -> float:
    """How many dots a point takes where a page of so many points is drawn at so many dots an inch; fewer where the
    picture would have more than `most` dots, as that of a plan or a poster would.

    >>> scale(595, 842, 144, 4_000_000), scale(5950, 8420, 144, 4_000_000) < 0.3
    (2.0, True)
    """
    return min(dots_an_inch / POINTS_AN_INCH, float((most / max(1.0, width * height)) ** 0.5))
