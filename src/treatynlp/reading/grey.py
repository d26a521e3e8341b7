"""How light a colour is to the eye: by this it is judged, in a PDF as in a web page, whether words are seen."""

RED, GREEN, BLUE = 0.299, 0.587, 0.114
"""How much of a colour's lightness comes from each of its parts (ITU-R BT.601)."""


def grey(red: float, green: float, blue: float) -> float:
    """The grey that a colour is as light as, in the measure of its parts (of 1.0, or of 255).

    The eye takes green for brighter than red, and red for brighter than blue.

    >>> grey(255, 255, 0) > grey(0, 255, 255) > grey(255, 0, 255)
    True
    """
    return RED * red + GREEN * green + BLUE * blue
