"""Values of style sheets: lengths in points, shares, colours, and what a property that stands for several says of each.

>>> points("2em"), points("calc(-1 * 40px)"), points("auto")
(24.0, -30.0, None)
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import prod

from tinycss2.color4 import Color as PlainColor
from tinycss2.color5 import Color, parse_color

from treatynlp.reading.html_words import POINTS

Declared = dict[str, str]
"""What is said of an element: property and value, in small letters."""
Shade = tuple[float, float, float, float]
"""Red, green, blue and how dense the colour is, each of 1.0."""

_UNIT = r"px|pt|em|rem|in|cm|mm|vw|vh|vmin|vmax|ex|ch|%"
_LENGTH = re.compile(rf"(-?\d*\.?\d+)\s*({_UNIT})?")
_SIZE_IN_FONT = re.compile(rf"(?<![\w.])(?:0(?![\w.%])|[\d.]+(?:{_UNIT}))")
_FUNCTION = re.compile(r"(calc|min|max|clamp)\((.*)\)")
_POINTS = {**POINTS, "": 0.75, "vw": 9.6, "vh": 6.0, "vmin": 6.0, "vmax": 9.6, "%": 6.0, "ex": 6.0, "ch": 6.0}
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
TINTED = 0.05
"""A colour given by its lightness with less of a tint is a grey."""
MOST_TURNS = 8
"""A variable may stand for another, and that for a third; more turns than this are a circle or a bomb."""
LONGEST = 2000
"""Of a value made of variables only so many characters are looked at."""
_EDGES = ("top", "right", "bottom", "left")
_OF_FOUR = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1)}
"""Which of one, two or three values holds at each edge; of more, each at its own."""
_LOGICAL = {
    "inset-inline-start": "left", "inset-inline-end": "right", "inset-block-start": "top",
    "margin-inline-start": "margin-left", "margin-block-start": "margin-top", "inline-size": "width",
    "block-size": "height", "max-inline-size": "max-width", "max-block-size": "max-height",
    "overflow-inline": "overflow-x", "overflow-block": "overflow-y", "-webkit-mask": "mask",
    "-webkit-mask-image": "mask-image", "-webkit-clip-path": "clip-path", "inset-inline": "left", "inset-block": "top",
    "margin-inline": "margin-left", "margin-block": "margin-top", "animation-name": "animation",
}  # fmt: skip
"""Names by the direction of writing and older names, and the usual one of a page written from left to right."""


def older_names(names: Iterable[str]) -> set[str]:
    """The names by which a sheet may also say these properties.

    >>> sorted(older_names({"left", "mask"}))
    ['-webkit-mask', 'inset-inline', 'inset-inline-start']
    """
    wanted = set(names)
    return {older for older, usual in _LOGICAL.items() if usual in wanted}


def points(value: str) -> float | None:
    """A length in points; None for a word, and for a sum, whose terms may be of the page's width."""
    if found := _FUNCTION.fullmatch(value):
        return _computed(found[1], found[2])
    match = _LENGTH.match(value)
    return float(match[1]) * _POINTS[match[2] or ""] if match else None


def _computed(name: str, inside: str) -> float | None:
    """A product, or the least or largest of some lengths."""
    if name == "calc":
        parts = [_LENGTH.fullmatch(part.strip()) for part in inside.split("*")]
        units = [part[2] or "" for part in parts if part]
        unit = next(filter(None, units), "")
        return prod(float(part[1]) for part in parts if part) * _POINTS[unit] if all(parts) else None
    found = [points(part.strip()) for part in inside.split(",")]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    return sorted(known)[1 if name == "clamp" and len(known) > 1 else 0 if name == "min" else -1]


def is_share(value: str) -> bool:
    """Whether a length is a share of another, which says nothing by itself."""
    match = _LENGTH.fullmatch(value)
    return match is not None and match[2] in ("em", "rem", "%", "vw", "vh", "vmin", "vmax", "ex", "ch")


def number(value: str | None, other: float) -> float:
    """A number, or a percentage as a share; `other` for anything else."""
    inner = _FUNCTION.fullmatch(value or "")
    match = _LENGTH.fullmatch((inner[2] if inner else value or "").strip())
    return float(match[1]) / (100 if match[2] == "%" else 1) if match else other


def colour(value: str | None) -> Shade | None:
    """A colour; None for the colour of the letters, and for one that depends on the reader's machine."""
    found = parse_color(value) if value else None
    if not isinstance(found, (Color, PlainColor)):
        return None
    try:
        red, green, blue = found.to("srgb").coordinates
    except NotImplementedError:  # kinds of colour the library knows and does not turn into light
        return _by_lightness(found)
    return float(red), float(green), float(blue), float(found.alpha)


def _by_lightness(found: Color) -> Shade | None:
    """The grey of a colour given by its lightness, where it has no tint; the parts of one given by three lights."""
    first, *others = (float(one or 0) for one in found.coordinates)
    if len(others) != 2:
        return None
    if found.space in ("lab", "lch", "oklab", "oklch"):
        light = first / (100 if found.space in ("lab", "lch") else 1)
        return (light, light, light, float(found.alpha)) if abs(others[0]) < TINTED else None
    return first, others[0], others[1], float(found.alpha)


def expanded(said: Mapping[str, str]) -> Declared:
    """What is said property by property, the later over the earlier; an empty value says nothing.

    >>> expanded({"margin": "-9px 0 0 4px", "block-size": "0"})
    {'margin-top': '-9px', 'margin-right': '0', 'margin-bottom': '0', 'margin-left': '4px', 'height': '0'}
    >>> expanded({"margin": ""})
    {}
    """
    found: Declared = {}
    for name, value in said.items():
        for one, own in _single(_LOGICAL.get(name, name), value) if value else ():
            say_last(found, one, own)
    return found


def say_last(said: Declared, name: str, value: str) -> None:
    """Put a property behind all that was said before, in the place of what was said of it."""
    # In order of saying, not of first naming: a margin of all sides may follow that of one.
    said.pop(name, None)
    said[name] = value


def _single(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in ("margin", "inset"):
        edges = zip(_EDGES, _four(value.split()), strict=True)
        yield from ((edge if name == "inset" else f"margin-{edge}", one) for edge, one in edges)
    elif name == "font":
        if size := _SIZE_IN_FONT.search(value):
            yield "font-size", size[0]
        yield "font-family", value
    else:
        yield name, value


def _four(parts: list[str]) -> list[str]:
    """The values at top, right, bottom and left of one to four that are given."""
    return [parts[at] for at in _OF_FOUR.get(len(parts), (0, 1, 2, 3))]


def resolved(said: Mapping[str, str], variables: Mapping[str, str]) -> Declared:
    """What is said with the values of variables in it; a property whose variable has none says nothing.

    >>> resolved({"color": "var(--ink, red)", "top": "var(--far)"}, {"--far": "-9px"})
    {'color': 'red', 'top': '-9px'}
    """
    found = {name: _resolved(value, variables) for name, value in said.items() if not name.startswith("--")}
    return {name: value for name, value in found.items() if value is not None}


def _resolved(value: str, variables: Mapping[str, str]) -> str | None:
    for _ in range(MOST_TURNS):
        found = _VARIABLE.search(value)
        if found is None:
            return value.strip()
        given = variables.get(found[1], found[2])
        if given is None or len(value) > LONGEST:
            return None
        value = value[: found.start()] + given.lower() + value[found.end() :]
    return None
