"""How web pages show what their parts are for, from html.yml, and what an element says of its own look."""

import re
from functools import cache
from importlib.resources import files

from lxml.etree import _Element
from pydantic import BaseModel, ConfigDict

from treatynlp.packaged_yaml import load_yaml

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_UNIT = re.compile(r"[^\W\d]{3,12}\.?\s(?:\d{1,4}|[IVXLC]{1,7})\b")
"""A unit's word with its number, in any language."""
_RULE = re.compile(r"\.([\w-]+)\s*(?:,[^{}]*)?\{([^{}]*)\}")
_LENGTH = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+(?:\.\d+)?)\s*(px|pt|em|rem|in|cm|mm|%)")
POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "in": 72.0, "cm": 28.3, "mm": 2.83, "%": 4.5}


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    why: str
    elements: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class HtmlWords(BaseModel):
    """The content of html.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    furniture: _Kind
    inline: _Kind
    opens: _Kind
    unread: _Kind
    heading: _Kind
    note: _Kind
    block: _Kind
    inset: _Kind
    robot_check: _Kind
    error_page: _Kind
    login_page: _Kind
    refresh: _Kind


@cache
def html_words() -> HtmlWords:
    """The words that come with the package."""
    return HtmlWords.model_validate(load_yaml(files(__package__).joinpath("html.yml").read_text(encoding="utf-8")))


@cache
def fault_pattern() -> re.Pattern[str]:
    """What a page calls itself that a site sends in place of the text (only asked of short pages)."""
    kinds = (html_words().robot_check, html_words().error_page, html_words().login_page)
    return re.compile("|".join(title for kind in kinds for title in kind.titles), re.I)


def name(element: _Element) -> str:
    """The element's name in small letters, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_block(element: _Element) -> bool:
    return name(element) in html_words().block.elements


def class_parts(element: _Element, *attributes: str) -> frozenset[str]:
    """The parts of an element's class (or other attributes): "oj-ti-art" gives art, oj, ti."""
    return _split(" ".join(filter(None, map(element.get, attributes or ("class",)))))


@cache
def _split(value: str) -> frozenset[str]:
    return frozenset(part.lower() for part in _PARTS.findall(value))


def is_furniture(element: _Element) -> bool:
    """Whether an element serves the site: by its name, its role or its class."""
    kind = html_words().furniture
    if name(element) == "button" and _opens(element):
        return False
    named = name(element) in kind.elements or (element.get("role") or "").lower() in kind.roles
    parts = class_parts(element, "class", "id")
    return named or bool(parts & html_words().inline.words) or (is_block(element) and bool(parts & kind.words))


def _opens(button: _Element) -> bool:
    """Whether a button is the heading of what it opens (accordions, in which ministries publish their acts): it says
    so, stands inside a heading, or numbers a unit itself."""
    parent = button.getparent()
    inside = parent is not None and name(parent) in html_words().heading.elements
    said = " ".join("".join(button.itertext()).split())
    return inside or bool(html_words().opens.words & set(button.keys())) or bool(_UNIT.match(said))


def is_heading(element: _Element) -> bool:
    """Whether an element is set apart as a title, by its name or its class."""
    kind = html_words().heading
    titled = name(element) in kind.elements or (element.get("role") or "").lower() in kind.roles
    return titled or (is_block(element) and bool(class_parts(element) & kind.words))


def is_note(element: _Element) -> bool:
    return is_block(element) and bool(class_parts(element) & html_words().note.words)


def style_rules(css: str) -> dict[str, str]:
    """What a page's own style sheet says of each class.

    >>> style_rules(".t1 { text-align: center }")
    {'t1': 'text-align:center'}
    """
    found: dict[str, str] = {}
    for rule in _RULE.finditer(css):
        found[rule[1]] = found.get(rule[1], "") + re.sub(r"\s*([:;])\s*", r"\1", rule[2].lower().strip())
    return found


def declared_style(element: _Element, rules: dict[str, str]) -> str:
    """What style attribute, align attribute and the page's own style sheet say of an element."""
    own = re.sub(r"\s*([:;])\s*", r"\1", (element.get("style") or "").lower())
    align = (element.get("align") or "").lower()
    by_class = ";".join(rules[one] for one in (element.get("class") or "").split() if one in rules)
    return ";".join(filter(None, (by_class, own, f"text-align:{align}" if align else "")))


def inset_points(style: str) -> float:
    """How far a style moves an element to the right, in points.

    >>> inset_points("margin-left:2em")
    24.0
    """
    return sum(float(length[1]) * POINTS[length[2]] for length in _LENGTH.finditer(style))
