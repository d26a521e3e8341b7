"""The numbers Word puts before paragraphs: they stand in no paragraph's words, and are counted as Word counts them.

>>> spelled(4, "lowerLetter"), spelled(4, "lowerRoman"), spelled(28, "upperLetter"), spelled(4, "decimal")
('d', 'iv', 'BB', '4')
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from treatynlp import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
"""Of a list, as Word has them."""
TWENTIETHS = 20
"""Word's measures are twentieths of a point."""
LETTERS = 26
"""Behind "z" Word goes on with "aa", "bb"."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it begins to count, how its numbers are written, what stands around them ("%1.")."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    indent: float = 0.0


@dataclass(slots=True)
class ListCounters:
    """The lists of a document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, tuple[Level, ...]]]
    counted: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None) -> "ListCounters":
        """The lists a document's numbering part declares; none without one."""
        if numbering is None:
            return cls({})
        whole = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")}
        return cls({one.get(f"{W}numId", ""): _list(one, whole) for one in numbering.iter(f"{W}num")})

    def next(self, number: str, level: int) -> tuple[str, float]:
        """What stands before the next paragraph of a list at a level, and how far in it stands (points)."""
        if number not in self.lists or not 0 <= level < LEVELS:
            return "", 0.0
        name, levels = self.lists[number]
        counts = self.counted.setdefault(name, [0] * LEVELS)
        if number not in self.begun and name.endswith(f"#{number}"):  # a list that begins anew
            counts[:] = [0] * LEVELS
        self.begun.add(number)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return _shown(levels, counts, level), levels[level].indent


def _shown(levels: tuple[Level, ...], counts: list[int], level: int) -> str:
    if levels[level].form == "bullet":
        return "–"
    if levels[level].form == "none":
        return ""
    text = levels[level].text
    for above in range(level + 1):
        value = counts[above] or levels[above].start
        text = text.replace(f"%{above + 1}", spelled(value, levels[above].form))
    return text.strip()


def spelled(value: int, form: str) -> str:
    """A number as a list writes it; forms nobody uses in treaties are written as digits."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % LETTERS) * ((value - 1) // LETTERS + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value <= roman.MOST:
        return roman.to_roman(value) if form == "lowerRoman" else roman.to_roman(value).upper()
    return f"{value:02}" if form == "decimalZero" else str(value)


def _levels(one: etree._Element) -> tuple[Level, ...]:
    found = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iter(f"{W}lvl")}
    return tuple(found.get(at, Level()) for at in range(LEVELS))


def _level(level: etree._Element) -> Level:
    indent = level.find(f"{W}pPr/{W}ind")
    points = int(float((indent.get(f"{W}left") if indent is not None else None) or 0)) / TWENTIETHS
    return Level(
        int(_value(level, "start", "1")), _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), points
    )


def _value(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{W}{name}")
    return default if found is None else str(found.get(f"{W}val", default))


def _list(one: etree._Element, whole: Mapping[str, tuple[Level, ...]]) -> tuple[str, tuple[Level, ...]]:
    """A list's name and levels. Lists of one make are counted together, unless a number says where it begins anew."""
    name = _value(one, "abstractNumId", "")
    levels = list(whole.get(name, (Level(),) * LEVELS))
    anew = False
    for override in one.iter(f"{W}lvlOverride"):
        at = int(override.get(f"{W}ilvl", "0"))
        if 0 <= at < LEVELS and (inner := override.find(f"{W}lvl")) is not None:
            levels[at] = _level(inner)
        if 0 <= at < LEVELS and (start := _value(override, "startOverride", "")):
            levels[at], anew = replace(levels[at], start=int(start)), True
    return (f"{name}#{one.get(f'{W}numId', '')}" if anew else name), tuple(levels)
