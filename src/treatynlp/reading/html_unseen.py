"""Elements of a web page whose words no reader sees: hidden by a style sheet or by themselves, or struck out.

What style sheets in the page and `style` attributes say is gathered as browsers do (by weight of the selector, then by
order); a sheet in a file of its own is not at hand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from lxml.etree import XPathError, _Element
from tinycss2.color3 import RGBA, parse_color

from treatynlp.errors import Issue, issue
from treatynlp.reading.html_words import POINTS
from treatynlp.reading.html_words import name as name_of

Declared = dict[str, str]
"""What is said of an element: property and value, in small letters."""

MOST_SELECTORS = 4000
"""Of a page's style sheets only so many selectors are looked at."""
FAR = 400.0
"""Points by which words moved to the left or up stand off the screen."""
TINY = 1.0
"""Letters lower than this, in points, are not read by anybody."""
ALIKE = 0.06
"""Parts of a colour (of 1.0) may differ by so much and nobody can tell letters from their ground."""
_CUTTING = ("overflow", "overflow-x", "overflow-y")
_SIZES = ("height", "max-height", "width", "max-width")
_PROPERTIES = frozenset({
    "display", "visibility", "opacity", "color", "background", "background-color", "background-image", "font-size",
    *_SIZES, *_CUTTING, "clip", "clip-path", "position", "left", "top", "text-indent", "transform", "text-decoration",
    "text-decoration-line", "content-visibility", "filter", "-webkit-text-fill-color", "right", "margin-left",
    "margin-top", "scale",
})  # fmt: skip
"""What may hide words."""
_STRUCK = frozenset({"del", "s", "strike"})
_HIDING = _STRUCK | {"dialog"}
"""Elements that hide words by being what they are."""
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|in|cm|mm|vw|vh|%)?")
_POINTS = {**POINTS, "": 0.75, "vw": 6.0, "vh": 6.0, "%": 6.0}
_CLIPPED = re.compile(r"rect\(\s*(?:(?:0|1px|0px)[\s,]*){4}\)|inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0")
_GONE = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]|translate(?:x|y)?\(\s*-(?:\d{4,}px|[12]\d\d%)")
_FADED = re.compile(r"opacity\(\s*0(?:\.0+)?%?\s*\)")
_WHITE, _BLACK = RGBA(1.0, 1.0, 1.0, 1.0), RGBA(0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How an element's words are seen: what it hands on to those inside it. A `ground` of None is a picture."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: RGBA = field(default=_BLACK)
    ground: RGBA | None = field(default=_WHITE)

    @property
    def hidden(self) -> bool:
        same = self.ground is not None and all(
            abs(a - b) <= ALIKE for a, b in zip(self.colour[:3], self.ground[:3], strict=True)
        )
        return self.gone or self.invisible or self.tiny or same or self.colour.alpha <= ALIKE


def unseen_html(root: _Element) -> frozenset[_Element]:
    """The elements whose own words are not seen; one inside them that is shown again is not among them.

    >>> from lxml.html import fromstring
    >>> style = "<style>#a {display: none}</style>"
    >>> page = fromstring(f"<div>{style}<p id=a>Not <b>seen</b></p><p>seen by all, <s>not</s></p></div>")
    >>> sorted(element.tag for element in unseen_html(page))
    ['b', 'p', 's']
    """
    declared = _declared(root)
    states: dict[_Element, _Seen] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            above = states.get(element.getparent(), _Seen())
            states[element] = _state(element, declared.get(element, {}), above)
    found = frozenset(element for element, state in states.items() if state.hidden)
    return found if 2 * sum(map(_letters, found)) <= sum(map(_letters, states)) else frozenset()


def _letters(element: _Element) -> int:
    """How many letters stand right inside an element. A page most of which is hidden waits for a script to show it."""
    own = [element.text, *(child.tail for child in element)]
    return sum(map(str.isalpha, "".join(filter(None, own))))


def _state(element: _Element, said: Declared, above: _Seen) -> _Seen:
    if not said and not element.attrib and name_of(element) not in _HIDING:
        return above
    visibility = said.get("visibility", "")
    return _Seen(
        above.gone or _is_gone(element, said),
        visibility in ("hidden", "collapse") if visibility else above.invisible,
        _is_tiny(said["font-size"]) if "font-size" in said else above.tiny,
        _colour(said.get("-webkit-text-fill-color") or said.get("color") or element.get("color")) or above.colour,
        _ground(said, element, above.ground),
    )


def _is_gone(element: _Element, said: Declared) -> bool:
    """Whether nothing inside an element is seen, whatever is said of what is inside it."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or name_of(element) in _STRUCK:
        return True
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        return True
    if said.get("content-visibility") == "hidden" or _FADED.search(said.get("filter", "")):
        return True
    if name_of(element) == "dialog" and element.get("open") is None:
        return True
    if said.get("display") == "none" or _number(said.get("opacity"), 1.0) <= ALIKE:
        return True
    return _is_cut_off(said) or _is_far(said)


def _is_cut_off(said: Declared) -> bool:
    cut = any(said.get(one, "") in ("hidden", "clip") for one in _CUTTING)
    flat = any(_points(said[one]) < TINY for one in _SIZES if _LENGTH.match(said.get(one, "")))
    clipped = _CLIPPED.search(said.get("clip-path", "")) or (
        said.get("position") in ("absolute", "fixed") and _CLIPPED.search(said.get("clip", ""))
    )
    return (cut and flat) or bool(clipped)


def _is_far(said: Declared) -> bool:
    placed = said.get("position") in ("absolute", "fixed", "relative")
    edges = ("left", "top", "right") if placed else ()
    away = [said.get(one, "") for one in (*edges, "text-indent", "margin-left", "margin-top")]
    far = any(_LENGTH.match(one) and _points(one) <= -FAR for one in away)
    return far or said.get("scale") == "0" or _GONE.search(said.get("transform", "")) is not None


def _is_tiny(size: str) -> bool:
    """Whether letters of a size are too small for any eye; a share of the size around says nothing by itself."""
    match = _LENGTH.match(size)
    if match is None or match[2] in ("em", "rem", "%", "vw", "vh"):
        return match is not None and float(match[1]) == 0
    return _points(size) < TINY


def _points(length: str) -> float:
    match = _LENGTH.match(length)
    return float(match[1]) * _POINTS[match[2] or ""] if match else 0.0


def _number(value: str | None, other: float) -> float:
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) / (100 if match[2] == "%" else 1) if match else other


def _colour(value: str | None) -> RGBA | None:
    found = parse_color(value) if value else None
    return found if isinstance(found, RGBA) else None


def _ground(said: Declared, element: _Element, above: RGBA | None) -> RGBA | None:
    """What is behind an element's words; None for a picture, of which nothing is known."""
    whole = " ".join(said.get(one, "") for one in ("background", "background-image"))
    if "url(" in whole or "gradient" in whole:
        return None
    first = _colour(said.get("background-color")) or next(filter(None, map(_colour, whole.split())), None)
    own = first or _colour(element.get("bgcolor"))
    return above if own is None or own.alpha <= ALIKE else own


def sheets_apart(root: _Element, name: str) -> Iterator[Issue]:
    """A row for a page that takes style sheets from files of their own: they are not fetched, as they are no part of
    what was published as the text, and change without it."""
    relations = [(one.get("rel") or "").lower().split() for one in root.iter("link")]
    count = sum("stylesheet" in one and "alternate" not in one for one in relations)
    if count:
        yield issue("words-unproven.sheets", name, "info", count=count)


# ---- what style sheets say ---------------------------------------------------------------------------------------


def _declared(root: _Element) -> dict[_Element, Declared]:
    """What is said of each element, the weightiest last."""
    said: list[tuple[bool, tuple[int, ...], int, _Element, Declared]] = []
    sheets = "\n".join("".join(one.itertext()) for one in root.iter("style"))
    for order, (selector, weight, rows) in enumerate(_rules(tinycss2.parse_stylesheet(sheets, True, True))):
        for element in _matching(root, selector):
            said += [(urgent, weight, order, element, one) for urgent, one in rows]
    for element in root.iter():
        if style := element.get("style"):
            said += [(urgent, (1, 0, 0, 0), 0, element, one) for urgent, one in _declarations(style)]
    found: dict[_Element, Declared] = {}
    for _, _, _, element, one in sorted(said, key=lambda row: row[:3]):
        found.setdefault(element, {}).update(one)
    return found


def _rules(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[str, tuple[int, ...], list[tuple[bool, Declared]]]]:
    """Selector (an XPath), weight and declarations of each rule that may hide something; those for printing are not
    meant for a screen."""
    count = 0
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword in ("media", "supports", "layer") and node.content:
            meant = tinycss2.serialize(node.prelude).lower()
            if "print" not in meant or "screen" in meant:
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True))
        elif node.type == "qualified-rule" and (rows := list(_declarations(node.content))):
            for xpath, weight in _selectors(tinycss2.serialize(node.prelude)):
                count += 1
                if count <= MOST_SELECTORS:
                    yield xpath, weight, rows


def _selectors(prelude: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The selectors of a rule; those a browser alone can judge (a pointer above it, words put in) are left out."""
    try:
        for one in parse(prelude):
            if not one.pseudo_element:
                yield HTMLTranslator().selector_to_xpath(one), (0, *one.specificity())
    except SelectorError:
        return


def _matching(root: _Element, xpath: str) -> list[_Element]:
    try:
        return list(root.xpath(xpath))
    except XPathError:
        return []


def _declarations(content: object) -> Iterator[tuple[bool, Declared]]:
    """The declarations that may hide something, each with whether it is marked as important."""
    for one in tinycss2.parse_blocks_contents(content, True, True):
        if one.type == "declaration" and one.lower_name in _PROPERTIES:
            yield one.important, {one.lower_name: tinycss2.serialize(one.value).strip().lower()}


__all__ = ["sheets_apart", "unseen_html"]
