"""Elements of a web page whose words no reader sees: hidden by a style sheet or by themselves, or struck out; and how
the page is set that cannot be judged without drawing it, and may hide or turn words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from treatynlp.errors import Issue, issue
from treatynlp.reading.css_values import (
    Declared,
    Shade,
    colour,
    expanded,
    is_share,
    number,
    older_names,
    points,
    resolved,
)
from treatynlp.reading.grey import grey
from treatynlp.reading.html_doubts import DOUBTED, doubts_issue, doubts_of, doubts_of_scripts
from treatynlp.reading.html_styles import styles
from treatynlp.reading.html_words import html_words
from treatynlp.reading.html_words import name as name_of

FAR = 400.0
"""Points by which words moved to the left or up stand off the screen."""
TINY = 1.0
"""Letters lower than this, in points, are not read by anybody."""
ALIKE, APART = 0.12, 0.35
"""Letters whose grey differs from their ground's by no more than the first (of 1.0), and no part of whose colour
differs by more than the second, are told from it by nobody; in print the same share is asked (`ink.SEEN`)."""
SMALL = 0.1
"""What is drawn so much smaller is not read by anybody."""
_CUTTING = ("overflow", "overflow-x", "overflow-y")
_SIZES = ("height", "max-height", "width", "max-width")
_EDGES = ("left", "top", "right", "text-indent", "margin-left", "margin-top")
_HIDING = frozenset({
    "display", "visibility", "opacity", "color", "background", "background-color", "background-image", "font-size",
    "font", "margin", "inset", *_SIZES, *_CUTTING, *_EDGES, "clip", "clip-path", "position", "transform", "zoom",
    "text-decoration", "text-decoration-line", "content-visibility", "filter", "-webkit-text-fill-color", "scale",
})  # fmt: skip
"""What may hide words, and is judged."""
_ASKED = _HIDING | DOUBTED | older_names(_HIDING | DOUBTED)
_UNSHOWN = frozenset({"del", "s", "strike", "noframes", "noembed", "rp", "progress", "meter", "annotation"})
"""Elements whose words are struck out, or meant for programs that cannot show what stands beside them."""
_CLIPPED = re.compile(
    r"rect\(\s*(?:(?:0|1px|0px)[\s,]*){4}\)|inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0|ellipse\(\s*0"
)
_GONE = re.compile(
    r"scale(?:[xy]|3d)?\(\s*0(?:\.0\d*)?\s*[,)]|matrix\(\s*0\s*,\s*0\s*,\s*0\s*,\s*0\s*,|rotate[xy]\(\s*-?90deg"
    r"|translate(?:x|y|3d)?\(\s*-(?:\d{4,}px|[12]\d\d%)"
)
_FADED = re.compile(r"opacity\(\s*0?(?:\.0\d*)?%?\s*\)")
_GRADIENT = re.compile(r"gradient\((.*)\)")
_VALUES = re.compile(r"[\w-]+\([^()]*\)|#?[\w-]+")
_KINDS = _UNSHOWN | {"dialog", "details", "marquee", "bdo"}
_WHITE, _BLACK = (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How an element's words are seen: what it hands on to those inside it. A `ground` of None is a picture; `density`
    is that of all that is inside."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    density: float = 1.0
    colour: Shade = _BLACK
    ground: Shade | None = _WHITE
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        return self.gone or self.invisible or self.tiny or self.fades

    @property
    def fades(self) -> bool:
        """Whether the letters are not told from their ground."""
        dense = self.colour[3] * self.density
        if self.ground is None:
            return dense <= ALIKE
        apart = [dense * abs(a - b) for a, b in zip(self.colour[:3], self.ground[:3], strict=True)]
        return dense * abs(grey(*self.colour[:3]) - grey(*self.ground[:3])) <= ALIKE and max(apart) <= APART


@dataclass(frozen=True, slots=True)
class Looks:
    """The elements whose own words are not seen (one inside them that is shown again is not among them), and by name
    what is said of others and cannot be judged; `apart` counts style sheets in files of their own."""

    unseen: frozenset[_Element]
    doubts: frozenset[str] = frozenset()
    apart: int = 0


def judge_looks(root: _Element) -> Looks:
    """What of a page's words is not seen, and how it is set that may hide others.

    >>> from lxml.html import fromstring
    >>> style = "<style>#a {display: none}</style>"
    >>> page = fromstring(f"<div>{style}<p id=a>Not <b>seen</b></p><p>what all see, <s>not</s></p></div>")
    >>> sorted(element.tag for element in judge_looks(page).unseen)
    ['b', 'p', 's']
    """
    found = styles(root, _ASKED)
    states: dict[_Element, _Seen] = {}
    doubts = set(doubts_of_scripts(root))
    for element in root.iter():
        if isinstance(element.tag, str):
            above = states.get(element.getparent(), _Seen())
            said, state = _looks(element, found.declared.get(element, {}), above)
            states[element] = state
            # Of what nobody sees nothing need be doubted: its words are set aside whatever else is said of them.
            if not state.hidden:
                doubts |= doubts_of(element, said, found, state.ground is not above.ground)
    unseen = frozenset(element for element, state in states.items() if state.hidden)
    if 2 * sum(map(_letters, unseen)) > sum(map(_letters, states)):  # such a page waits for a script to show it
        return Looks(frozenset(), frozenset({"most of it is hidden"}), found.apart)
    return Looks(unseen, frozenset(doubts), found.apart)


def looks_issues(looks: Looks, name: str) -> Iterator[Issue]:
    """A row for style sheets in files of their own: they are not fetched, as they are no part of what was published as
    the text, and change without it; and one for what is said of the page's looks and not judged."""
    if looks.apart:
        yield issue("words-unproven.sheets", name, "info", count=looks.apart)
    if looks.doubts:
        yield doubts_issue(looks.doubts, name)


def _letters(element: _Element) -> int:
    """How many letters stand right inside an element that holds text."""
    own = [] if name_of(element) in html_words().unread.elements else [element.text]
    return sum(map(str.isalpha, "".join(filter(None, [*own, *(child.tail for child in element)]))))


def _looks(element: _Element, declared: Declared, above: _Seen) -> tuple[Declared, _Seen]:
    """What is said of an element, property by property, and how its words are seen."""
    if not declared and not element.attrib and name_of(element) not in _KINDS:
        return {}, above
    variables = {**above.variables, **{name: value for name, value in declared.items() if name.startswith("--")}}
    said = expanded(resolved(declared, variables))
    return said, replace(_state(element, said, above), variables=variables)


def _state(element: _Element, said: Declared, above: _Seen) -> _Seen:
    visibility = said.get("visibility", "")
    named = said.get("-webkit-text-fill-color") or said.get("color") or element.get("color") or element.get("text")
    own = colour(named) or above.colour
    return _Seen(
        gone=above.gone or _is_gone(element, said),
        invisible=visibility in ("hidden", "collapse") if visibility else above.invisible,
        tiny=_is_tiny(said["font-size"]) if "font-size" in said else above.tiny,
        density=above.density * min(1.0, max(0.0, number(said.get("opacity"), 1.0))),
        colour=own,
        ground=_ground(said, element, above.ground, own),
    )


def _is_gone(element: _Element, said: Declared) -> bool:
    """Whether nothing inside an element is seen, whatever is said of what is inside it."""
    if element.get("hidden") is not None or element.get("popover") is not None or element.get("aria-hidden") == "true":
        return True
    if name_of(element) in _UNSHOWN or (name_of(element) == "dialog" and element.get("open") is None):
        return True
    # What is struck out is shown, and is no part of the text: pages that show amendments set it so.
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        return True
    if said.get("display") == "none" or said.get("content-visibility") == "hidden":
        return True
    return bool(_FADED.search(said.get("filter", ""))) or _is_cut_off(said) or _is_far(said) or _is_flat(said)


def _is_cut_off(said: Declared) -> bool:
    cut = any(said.get(one, "visible") not in ("visible", "") for one in _CUTTING)
    # Both are needed: what is longer than an element without a height is still seen where nothing cuts it off.
    flat = any((length := points(said.get(one, ""))) is not None and length < TINY for one in _SIZES)
    clipped = _CLIPPED.search(said.get("clip-path", "")) or (
        said.get("position") in ("absolute", "fixed") and _CLIPPED.search(said.get("clip", ""))
    )
    return (cut and flat) or bool(clipped)


def _is_far(said: Declared) -> bool:
    placed = said.get("position") in ("absolute", "fixed", "relative")
    # Words that are moved far to the left or up are how pages hide text from readers and show it to machines.
    edges = _EDGES if placed else tuple(one for one in _EDGES if one not in ("left", "top", "right"))
    return any((length := points(said.get(one, ""))) is not None and length <= -FAR for one in edges)


def _is_flat(said: Declared) -> bool:
    """Whether what is inside is drawn without a height or width, or so small that nobody reads it."""
    by = [number(one, 1.0) for one in said.get("scale", "").split()[:2]] + [number(said.get("zoom"), 1.0) or 1.0]
    return any(abs(one) < SMALL for one in by) or _GONE.search(said.get("transform", "")) is not None


def _is_tiny(size: str) -> bool:
    """Whether letters of a size are too small for any eye; a share of the size around says nothing by itself."""
    high = points(size)
    return high is not None and (high == 0 if is_share(size) else high < TINY)


def _ground(said: Declared, element: _Element, above: Shade | None, letters: Shade) -> Shade | None:
    """What is behind an element's words; None for a picture, of which nothing is known."""
    whole = " ".join(said.get(one, "") for one in ("background-color", "background", "background-image"))
    # What a picture shows is not known, and it may be the paper that white letters stand on.
    if "url(" in whole or "gradient" in whole:
        return _of_one_shade(whole)
    if "currentcolor" in whole:
        return letters
    first = colour(said.get("background-color")) or next(filter(None, map(colour, _VALUES.findall(whole))), None)
    own = first or colour(element.get("bgcolor"))
    return above if own is None or own[3] <= ALIKE else own


def _of_one_shade(whole: str) -> Shade | None:
    """The shade of a picture that is made of one alone."""
    inside = _GRADIENT.search(whole) if "url(" not in whole else None
    shades = {shade for one in _VALUES.findall(inside[1]) if (shade := colour(one))} if inside else set()
    return shades.pop() if len(shades) == 1 else None


__all__ = ["Looks", "judge_looks", "looks_issues"]
