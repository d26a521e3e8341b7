"""How a web page is set that may hide, turn or change words, and that only drawing the page could tell.

A browser would be needed to judge it. It is told by name instead: nobody takes such a page's words for proven.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set

from lxml.etree import _Element

from treatynlp.errors import Issue, Level, issue
from treatynlp.reading.css_values import Declared, colour, number, points
from treatynlp.reading.html_styles import Styles
from treatynlp.reading.html_words import name as name_of

SHOWN = 6
"""So many ways of setting are named."""
MILD = frozenset(
    {"position", "overflow", "content", "details", "script", "transform", "font-family", "animation", "order"}
)
"""Ways that common pages use: told, but no warning."""
TIGHT = -2.0
"""Letters so many points nearer to each other than usual run over each other."""
NEAR = 40.0
"""Words moved by fewer points stay beside where they stand."""
_NEUTRAL = ("", "none", "normal", "auto", "initial", "unset", "inherit", "revert", "0", "0px")
_SCRIPT = re.compile(
    r"\.style\b|\.hidden\b|inner(?:HTML|Text)|textContent|classList|insertRule|document\.write|\.remove\("
)


def _always(value: str) -> bool:
    return value not in _NEUTRAL


_BY_VALUE: Mapping[str, Callable[[str], bool]] = {
    "mask": _always, "mask-image": _always, "clip-path": _always, "filter": _always, "transform": _always,
    "rotate": _always, "mix-blend-mode": _always, "-webkit-text-security": _always, "order": _always,
    "translate": _always,
    "z-index": lambda value: value.startswith("-"),
    "unicode-bidi": lambda value: "override" in value,
    "flex-direction": lambda value: "reverse" in value,
    "line-height": lambda value: number(value, 1.0) < 0.3,
    "letter-spacing": lambda value: (points(value) or 0) <= TIGHT,
    "text-indent": lambda value: value.endswith("%") and number(value, 0.0) >= 1.0,
    "zoom": lambda value: number(value, 1.0) < 0.3,
    "position": lambda value: value in ("absolute", "fixed"),
    "font-size": lambda value: "(" in value and points(value) is None,
    "opacity": lambda value: "(" in value and number(value, -1.0) < 0,
}  # fmt: skip
"""The values of each property with which it may hide, turn or change words."""
DOUBTED = frozenset(_BY_VALUE) | {"animation", "font-family", "content"}
"""Properties that are asked of style sheets for doubts."""


def doubts_of(element: _Element, said: Declared, styles: Styles, painted: bool) -> set[str]:
    """What is said of an element and its words and is not judged, by name; `painted`: it has a ground of its own."""
    found = {name for name, doubtful in _BY_VALUE.items() if name in said and doubtful(said[name])}
    found |= set(_of_all(element, said, styles))
    own = found & {"content", "counter"} | ({"covering"} if painted and _is_moved(said) else set())
    return own | found if found and _has_words(element) else own


def _of_all(element: _Element, said: Declared, styles: Styles) -> Iterator[str]:
    yield from styles.may.get(element, ())
    if styles.moves and _always(said.get("animation", "")):
        yield "animation"
    if styles.fonts and any(font in said.get("font-family", "") for font in styles.fonts):
        yield "font-family"
    if _is_cut(said):
        yield "overflow"
    if "color" in said and colour(said["color"]) is None and said["color"] not in (*_NEUTRAL, "currentcolor"):
        yield "color"
    kind = name_of(element)
    if kind in ("marquee", "bdo") or (kind == "details" and element.get("open") is None):
        yield kind


def _is_cut(said: Declared) -> bool:
    """Whether what is longer than a height of its own is cut off."""
    cut = any(said.get(one) in ("hidden", "clip") for one in ("overflow", "overflow-y"))
    return cut and any(points(said.get(one, "")) is not None for one in ("height", "max-height"))


def _is_moved(said: Declared) -> bool:
    """Whether an element may lie over others: what is moved up from its place, or has none of its own."""
    if said.get("position") in ("absolute", "fixed", "sticky"):
        return True
    up = [points(said.get(one, "")) or 0.0 for one in ("margin-top", "top", "margin-bottom", "bottom")]
    return min(up) < -NEAR or "transform" in said


def _has_words(element: _Element) -> bool:
    return any(char.isalpha() for piece in element.itertext() for char in piece)


def doubts_of_scripts(root: _Element) -> Iterator[str]:
    """A script in the page that changes what is shown may do anything to its words."""
    if any(_SCRIPT.search(one.text or "") for one in root.iter("script")):
        yield "script"


def doubts_issue(doubts: Set[str], name: str) -> Issue:
    """One row for all of them, the rare ones first; a warning where there is a rare one."""
    level: Level = "info" if doubts <= MILD else "warning"
    named = sorted(doubts, key=lambda one: (one in MILD, one))
    return issue("words-unproven.looks", name, level, said=", ".join(named[:SHOWN]))
