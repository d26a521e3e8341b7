"""Footnotes of a web page: links from a small mark to a block that begins with the same mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from treatynlp.reading import html_words as known

_MARK = re.compile(r"^[\[(]?\s*(?:\d{1,3}|[*†‡]{1,4}|[a-z])\s*[\])]?$")

_HEADING = re.compile(r"^[^\W\d]{3,10}\.?\s\d{1,4}$")
"""A unit's word with its number: what stands before a mark on a heading."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The elements that are marks in the text, and the blocks that are notes."""

    marks: frozenset[_Element]
    blocks: frozenset[_Element]


def notes(root: _Element) -> Notes:
    """The footnotes of a page: a mark is linked to a block that begins with it, and that is known for a note by
    its class or address or links back; or a raised number stands at the beginning of a later block."""
    places = {key: element for element in root.iter() for key in _keys(element)}
    found = [*_linked(root, places), *_raised(root)]
    return Notes(frozenset([*(mark for mark, _ in found), *_of_numbers(root)]), frozenset(block for _, block in found))


def _of_numbers(root: _Element) -> Iterator[_Element]:
    """Raised figures right behind a heading's number, whether or not their note is on the page: "Article 5<sup>1</sup>"
    is no fifty-first article."""
    for raised in root.iter("sup"):
        block = _block(raised)
        if block is not None and _MARK.match(_words(raised)) and _HEADING.match(_before(block, raised)):
            yield raised


def _before(block: _Element, inner: _Element) -> str:
    """The words of a block in front of an element inside it."""
    words = []
    for element in block.iter():
        if element is inner:
            break
        words.append(element.text or "")
    return " ".join("".join(words).split())


def _keys(element: _Element) -> Iterator[str]:
    for attribute in ("id", "name"):
        key = element.get(attribute)
        if key and isinstance(element.tag, str):
            yield key


def _linked(root: _Element, places: dict[str, _Element]) -> Iterator[tuple[_Element, _Element]]:
    for link in root.iter("a"):
        target = places.get((link.get("href") or "").partition("#")[2])
        mark = _words(link)
        if target is None or not _MARK.match(mark):
            continue
        block = _block(target)
        # A link to a number is mostly a reference to a paragraph of the same number; what it leads to must also be
        # known for a note.
        if block is not None and block is not _block(link) and _begins(block, mark):
            named = known.is_note(block) or known.class_parts(target, "id", "name") & known.html_words().note.words
            if named or _links_back(block, link):
                yield link, block


def _raised(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    """Raised numbers without links, where one with the same number stands at the beginning of a later block."""
    waiting: dict[str, list[_Element]] = {}
    for raised in root.iter("sup"):
        mark, block = _words(raised), _block(raised)
        if block is None or not _MARK.match(mark) or next(raised.iter("a"), None) is not None:
            continue
        if not _begins(block, mark):
            waiting.setdefault(mark, []).append(raised)
        elif block.text is None or not block.text.strip():
            yield from ((one, block) for one in waiting.pop(mark, ()))


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _begins(block: _Element, mark: str) -> bool:
    return _words(block).startswith(mark) and _words(block) != mark


def _block(element: _Element) -> _Element | None:
    while element is not None and not (known.is_block(element) and known.name(element) not in ("td", "body")):
        element = element.getparent()
    return element


def _links_back(block: _Element, link: _Element) -> bool:
    parent = link.getparent()
    near = [*link.iter(), *([parent] if parent is not None else [])]
    own = {f"#{key}" for element in near for key in _keys(element)}
    return any("#" + (back.get("href") or "").partition("#")[2] in own for back in block.iter("a"))
