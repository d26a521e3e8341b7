"""What style sheets say of the elements of a web page, gathered as browsers do.

Sheets in the page and `style` attributes are read: rules inside rules, conditions, layers, the weight of selectors, the
order. A sheet in a file of its own is not at hand. What holds only in a window or a browser of some kind is not known:
it is kept apart as what may be said of an element.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from lxml.etree import XPathError, _Element

from treatynlp.reading.css_values import Declared, points, say_last

MOST_SELECTORS = 4000
"""Of a page's style sheets only so many selectors are looked at."""
WINDOW = {"width": 960.0, "height": 600.0}
"""The window a page is judged by, in points: 1280 by 800 dots, as a desk has it."""
_KNOWN = {"orientation": "landscape", "prefers-color-scheme": "light", "hover": "hover", "pointer": "fine"}
_FEATURE = re.compile(r"\(\s*([\w-]+)\s*(?::\s*([^()]+?)\s*)?\)")
_DEEPEST = 12
"""Rules inside rules are followed so far down."""
_CUSTOM = "--"


@dataclass(slots=True)
class Styles:
    """Of each element what is `declared`, and the names of what `may` be said of it besides; of the whole page the
    fonts that it brings along, whether it moves words, and how many sheets it takes from elsewhere."""

    declared: dict[_Element, Declared] = field(default_factory=dict)
    may: dict[_Element, set[str]] = field(default_factory=dict)
    fonts: frozenset[str] = frozenset()
    moves: bool = False
    apart: int = 0


_Said = tuple[tuple[bool, bool, tuple[int, ...], int], _Element, Declared]
"""How much it weighs (marked as important, not in a layer, its selector, its place), of what element, and what."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule's selectors and declarations; `sure` when it holds in the window a page is judged by."""

    selectors: Sequence[str]
    said: Sequence[tuple[bool, Declared]]
    sure: bool = True
    layered: bool = False


@dataclass(frozen=True, slots=True)
class _Under:
    """What a rule stands under: the selectors of the rules around it, and whether their conditions hold for sure."""

    selectors: Sequence[str] = ()
    sure: bool = True
    layered: bool = False
    depth: int = 0


def styles(root: _Element, properties: frozenset[str]) -> Styles:
    """What the page's sheets and its elements themselves say of these properties."""
    nodes = [node for one in root.iter("style") for node in _nodes_of(one)]
    found = Styles(apart=sum(map(_is_sheet_apart, root.iter("link"))))
    _note(found, nodes)
    said = [*_of_sheets(root, nodes, properties, found.may), *_of_elements(root, properties)]
    # The weightiest last, as each writes over what was said before: the order in which browsers decide.
    for _, element, one in sorted(said, key=lambda row: row[0]):
        into = found.declared.setdefault(element, {})
        for name, value in one.items():
            say_last(into, name, value)
    return found


def _of_sheets(
    root: _Element, nodes: Sequence[tinycss2.ast.Node], properties: frozenset[str], may: dict[_Element, set[str]]
) -> Iterator[_Said]:
    """What sheets say for sure; what they may say goes to `may`."""
    rules = enumerate(_rules(nodes, properties, _Under()))
    for order, rule, selector in islice(
        ((at, one, name) for at, one in rules for name in one.selectors), MOST_SELECTORS
    ):
        for xpath, weight, put_in in _paths(selector):
            for element in _matching(root, xpath):
                # What holds only in some window, or for words that the browser puts in, is a doubt and hides nothing.
                if put_in or not rule.sure:
                    may.setdefault(element, set()).update(_named(rule, put_in))
                else:
                    yield from (
                        ((urgent, rule.layered is urgent, weight, order), element, one) for urgent, one in rule.said
                    )


def _of_elements(root: _Element, properties: frozenset[str]) -> Iterator[_Said]:
    """What elements say themselves: weightier than any sheet."""
    for element in root.iter():
        if style := element.get("style"):
            own = _declarations(tinycss2.parse_blocks_contents(style, True, True), properties)
            yield from (((urgent, True, (1, 0, 0, 0), 0), element, one) for urgent, one in own)


def _is_sheet_apart(link: _Element) -> bool:
    relations = (link.get("rel") or "").lower().split()
    return (
        "stylesheet" in relations
        and "alternate" not in relations
        and is_on_screen(link.get("media") or "") is not False
    )


def _nodes_of(style: _Element) -> list[tinycss2.ast.Node]:
    if (style.get("type") or "text/css").lower() != "text/css" or is_on_screen(style.get("media") or "") is False:
        return []
    nodes: list[tinycss2.ast.Node] = tinycss2.parse_stylesheet("".join(style.itertext()), True, True)
    return nodes


def _note(found: Styles, nodes: Iterable[tinycss2.ast.Node]) -> None:
    """What sheets say of the page as a whole."""
    fonts = set()
    for node in nodes:
        if node.type == "at-rule":
            found.apart += node.lower_at_keyword == "import"
            found.moves |= node.lower_at_keyword.endswith("keyframes")
            if node.lower_at_keyword == "font-face":
                said = _declarations(
                    tinycss2.parse_blocks_contents(node.content, True, True), frozenset({"font-family"})
                )
                fonts |= {one["font-family"].strip("\"' ") for _, one in said}
    found.fonts = frozenset(fonts)


_WORDS = re.compile(r"\\[0-9a-f]{1,6}|^(?:none|normal)$")
"""What is no word in what a browser is told to put in: signs by their number, and nothing."""


def _named(rule: _Rule, put_in: bool) -> Iterator[str]:
    """What a rule that may hold says, by name; of words that a browser puts in only that they are words."""
    every = ((name, value) for _, one in rule.said for name, value in one.items())
    for name, value in every:
        if not put_in or (name == "content" and re.search(r"[^\W_]", _WORDS.sub("", value))):
            yield "counter" if name == "content" and "counter" in value else name


# ---- rules -------------------------------------------------------------------------------------------------------


def _rules(nodes: Iterable[tinycss2.ast.Node], properties: frozenset[str], under: _Under) -> Iterator[_Rule]:
    """The rules that say something of the properties, those inside others with their selectors whole."""
    for node in nodes if under.depth < _DEEPEST else ():
        if node.type == "at-rule" and node.content is not None:
            if (inner := _condition(node, under)) is not None:
                opened = tinycss2.parse_blocks_contents if under.selectors else tinycss2.parse_rule_list
                yield from _inside(opened(node.content, True, True), properties, inner)
        elif node.type == "qualified-rule":
            selectors = _whole(tinycss2.serialize(node.prelude), under.selectors)
            inside = tinycss2.parse_blocks_contents(node.content, True, True)
            yield from _inside(inside, properties, _Under(selectors, under.sure, under.layered, under.depth + 1))


def _inside(nodes: Sequence[tinycss2.ast.Node], properties: frozenset[str], under: _Under) -> Iterator[_Rule]:
    """What is declared inside a rule or a condition, and the rules in it."""
    if under.selectors and (said := list(_declarations(nodes, properties))):
        yield _Rule(under.selectors, said, under.sure, under.layered)
    yield from _rules(nodes, properties, under)


def _condition(node: tinycss2.ast.Node, under: _Under) -> _Under | None:
    """What is inside a condition stands under; None where it never holds on a screen."""
    kind, said = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip().lower()
    if kind == "media":
        holds = is_on_screen(said)
    elif kind == "supports":
        # Browsers of today support what sheets ask about; what is said for those that do not is not known to hold.
        holds = None if "not" in said else True
    elif kind in ("container", "scope", "document", "starting-style"):
        holds = None
    elif kind == "layer":
        holds = True
    else:
        return None
    if holds is False:
        return None
    return _Under(under.selectors, under.sure and holds is True, under.layered or kind == "layer", under.depth + 1)


def is_on_screen(said: str) -> bool | None:
    """Whether what is meant for some media holds on a screen; None where it depends on what is not known.

    >>> is_on_screen("not print"), is_on_screen("print"), is_on_screen("(max-width: 400px)"), is_on_screen("(grid)")
    (True, False, False, None)
    """
    found = [_holds(one.strip()) for one in said.lower().split(",")]
    return True if True in found else None if None in found else False


def _holds(query: str) -> bool | None:
    negated = query.startswith("not ")
    words = re.sub(r"\([^()]*\)", " ", re.sub(r"^(?:not|only)\s", "", query)).split()
    kind = next((word for word in words if word != "and"), "all")
    parts = [kind in ("all", "screen"), *(_has(one[1], one[2]) for one in _FEATURE.finditer(query))]
    if query.count("(") >= len(parts) or "or" in words or words.count("not"):
        parts.append(None)
    whole = False if False in parts else None if None in parts else True
    return whole if whole is None or not negated else not whole


def _has(feature: str, value: str | None) -> bool | None:
    least, _, side = feature.partition("-")
    asked = points(value) if value else None
    if least in ("min", "max") and side in WINDOW and asked is not None:
        return WINDOW[side] >= asked if least == "min" else WINDOW[side] <= asked
    return value == _KNOWN[feature] if feature in _KNOWN and value else None


def _whole(prelude: str, around: Sequence[str]) -> list[str]:
    """The selectors of a rule, those of a rule inside another with what it stands in."""
    own = [one.strip() for one in _split(prelude)]
    if not around:
        return own
    return [one.replace("&", outer) if "&" in one else f"{outer} {one}" for outer in around for one in own][
        :MOST_SELECTORS
    ]


def _split(prelude: str) -> list[str]:
    """A list of selectors at its commas; those in brackets belong to one."""
    return re.findall(r"(?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|[^,(\[])+", prelude)


def _paths(selector: str) -> Iterator[tuple[str, tuple[int, ...], bool]]:
    """A selector as an XPath, its weight, and whether it is of words that a browser puts in; those that a browser alone
    can judge (a pointer above it) are left out."""
    try:
        for one in parse(selector):
            kind = str(one.pseudo_element or "")
            if kind in ("", "before", "after"):
                one.pseudo_element = None
                yield HTMLTranslator().selector_to_xpath(one), (0, *one.specificity()), bool(kind)
    except SelectorError:
        return


def _matching(root: _Element, xpath: str) -> list[_Element]:
    try:
        return list(root.xpath(xpath))
    except XPathError:
        return []


def _declarations(nodes: Iterable[tinycss2.ast.Node], properties: frozenset[str]) -> Iterator[tuple[bool, Declared]]:
    """The declarations of these properties and of variables, each with whether it is marked as important."""
    for one in nodes:
        if one.type == "declaration" and (one.name.startswith(_CUSTOM) or one.lower_name in properties):
            value = tinycss2.serialize(one.value).strip().lower()
            yield one.important, {one.name if one.name.startswith(_CUSTOM) else one.lower_name: value}
