"""The numbers a browser prints before the items of a list; they stand nowhere in the page's own words."""

import re
from itertools import islice

from lxml.etree import _Element

from treatynlp import roman
from treatynlp.reading import html_words as known

FIRST = 6
"""Pieces of an item's words among which its own number stands: it may be bold, or a link."""
LETTERS = 26
"""Lists numbered with letters have no more items; browsers go on with "aa", treaties do not."""
_UNIT = re.compile(r"\s*[^\W\d]{3,12}\.?\s(?:\d{1,4}|[IVXLC]{1,7})\W{0,2}\s*")
"""A unit's word with its number, and nothing more: the heading of an article that is an item of a list."""
_MARKED = re.compile(r"^\s*(?:\(\s?\w{1,5}\s?\)|\w{1,4}\s?[.)]|\d{1,3}\s?[-–—]|[-–—•·*●○▪■]\s)")


def item_marker(item: _Element) -> str:
    """What a browser prints before a list's item; "" where the item brings its own number, or none is wanted."""
    parent = item.getparent()
    style = "" if parent is None else (parent.get("style") or "").replace(" ", "").lower()
    start = "".join(islice(item.itertext(), FIRST))
    if _UNIT.fullmatch(next((one for one in islice(item.itertext(), FIRST) if one.strip()), "")):
        return ""
    if parent is None or "list-style:none" in style or "list-style-type:none" in style or _MARKED.match(start):
        return ""
    # Dots, whatever the page's style says: all signs of a list without an order mean the same.
    if known.name(parent) != "ol":
        return "• "
    return _numbered(_counted(item, parent), parent.get("type") or _kind(style)) + ". "


def _counted(item: _Element, parent: _Element) -> int:
    """The number a browser gives an item: one more than the item above has, which may say its own."""
    first = parent.get("start") or "1"
    number = int(first) if first.isdigit() else 1
    for one in (one for one in parent if known.name(one) == "li"):
        own = one.get("value") or ""
        number = int(own) if own.isdigit() else number
        if one is item:
            break
        number += 1
    return number


def _kind(style: str) -> str:
    found = re.search(r"list-style(?:-type)?:(lower|upper)-(alpha|latin|roman)", style)
    if not found:
        return "1"
    kind = "i" if found[2] == "roman" else "a"
    return kind.upper() if found[1] == "upper" else kind


def _numbered(number: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < number <= LETTERS:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 0 < number <= roman.MOST:
        return roman.to_roman(number) if kind == "i" else roman.to_roman(number).upper()
    return str(number)
