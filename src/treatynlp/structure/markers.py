"""Numbers, letters and dashes at the beginning of a line, as they open paragraphs and points.

>>> marker("(a) the request", "en")
Marker(shape='()', printed='(a)', value='a', length=4, bullet=False)
>>> marker("3.1 The request", "en").value, marker("– the request", "en").bullet, marker("The request", "en")
('3.1', True, None)
"""

import re
from dataclasses import dataclass
from functools import cache

from treatynlp.structure.numerals import SUFFIX
from treatynlp.structure.vocabulary import vocabulary

_VALUE = rf"(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[ivxlcIVXLC]{{1,7}}|[a-z]{{1,2}}|[A-Z]){SUFFIX}?"
# In this order: "(a)" before "a)", or the bracket would be lost; and last the number with nothing behind it, which any
# word of one letter would be.
_SHAPES = (
    ("()", rf"\(\s?(?P<v0>{_VALUE})\s?\)[.:]?\s*"),
    (")", rf"(?P<v1>{_VALUE})\s?\)[.:]?\s*"),
    (".-", rf"(?P<v2>{_VALUE})\s?\.\s?[-–—]\s*"),
    (".", rf"(?P<v3>{_VALUE})\s?\.(?:\s+|$|(?=[A-Z“\"‘'(\[]|[a-z]{{2}}))"),
    ("-", rf"(?P<v4>{_VALUE})\s?[-–—](?:\s+|(?=[A-Z]))"),
    ("[]", rf"\[(?P<v5>{_VALUE})\]\s*"),
    (
        "unit",
        r"(?:UNITS)\s+(?P<v7>\d{1,3}(?:\.\d{1,3})?|[IVX]+)\s?[.:–—-]+\s*",
    ),
    (" ", r"(?P<v6>\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,5})\s+(?=\S)"),
)
_SHAPE_OF = {re.search(r"P<(v\d)>", pattern)[1]: shape for shape, pattern in _SHAPES}  # type: ignore[index]
_BULLET = re.compile(r"(?P<sign>[-–—•●▪■◦○·*\uf0b7\uf0a7\uf0d8\uf02d])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """What opens a provision at a line's beginning: the `value` ("a"), as `printed` ("(a)"), in which `shape`
    ("()", ")", ".", …; " " when nothing but a blank follows it), taking `length` characters of the line."""

    shape: str
    printed: str
    value: str
    length: int
    bullet: bool = False


@cache
def _pattern(language: str) -> re.Pattern[str]:
    units = "|".join(vocabulary(language).inside.units)
    return re.compile("|".join(f"(?:{pattern})" for _, pattern in _SHAPES).replace("UNITS", units))


def marker(text: str, language: str) -> Marker | None:
    """The marker at the beginning of a text of a language, if there is one."""
    match = _pattern(language).match(text)
    if match:
        name = match.lastgroup or "v0"
        return Marker(_SHAPE_OF[name], match[0].strip(), match[name], match.end())
    match = _BULLET.match(text)
    return Marker(match["sign"], match["sign"], "", match.end(), bullet=True) if match else None
