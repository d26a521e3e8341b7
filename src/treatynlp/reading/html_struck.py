"""`<s>` and `<strike>` around headings and paragraphs: what they strike out goes on from one block to the next.

Browsers strike out all words up to the end mark, whatever elements begin and end between; the parser ends the element
where the first block begins. So each stretch of words gets an element of its own before the page is parsed.
"""

import re
from collections.abc import Iterator

_MARK = re.compile(r"<(/?)(?:s|strike)(?=[\s/>])[^<>]*>", re.I)
_RAW = re.compile(r"<(script|style|textarea|title)(?=[\s/>])", re.I)


def strike_each(page: str) -> str:
    """The page with struck-out words marked stretch by stretch.

    >>> strike_each("<s>No <p>lamps</p></s> burn")
    '<s>No </s><p><s>lamps</s></p> burn'
    """
    return "".join(_struck(page)) if _MARK.search(page) else page


def _struck(page: str) -> Iterator[str]:
    depth = 0
    for kind, piece in _pieces(page):
        mark = _MARK.fullmatch(piece) if kind == "tag" else None
        if mark:
            depth = max(0, depth - 1) if mark[1] else depth + 1
        elif kind == "words" and depth and piece.strip():
            yield f"<s>{piece}</s>"
        else:
            yield piece


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """The page's tags and the words between them; comments, scripts and style sheets are one piece each."""
    at, lower = 0, page.lower()
    while at < len(page):
        start = page.find("<", at)
        start = len(page) if start < 0 else start
        if start > at:
            yield "words", page[at:start]
        at = _end(page, lower, start)
        if at > start:
            yield "tag", page[start:at]


def _end(page: str, lower: str, start: int) -> int:
    """Where what begins with a "<" ends; the page's end where it never does."""
    if page.startswith("<!--", start):
        mark, after = "-->", start + len("<!--")
    # Inside a script or a style sheet "<" begins nothing: it ends where its own closing tag stands.
    elif raw := _RAW.match(page, start):
        mark, after = f"</{raw[1].lower()}", start + 1
    else:
        mark, after = ">", start
    found = lower.find(mark, after)
    return len(page) if found < 0 else found + (len(mark) if mark[0] != "<" else 0)
