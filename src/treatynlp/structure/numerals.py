"""Numbers as instruments print them: 4, IV, iv, d, four, 2 bis; and what comes next after each.

>>> readings("i")
(Numeral(family='alpha', value=9, suffix=0), Numeral(family='roman', value=1, suffix=0))
>>> readings("2 bis")[0].follows(readings("2")[0])
True
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from treatynlp import roman

SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_PARTS = re.compile(rf"^(?P<base>[\d.]+|[A-Za-z]+?)\s?(?P<suffix>{'|'.join(SUFFIXES)})?$", re.IGNORECASE)
_ROMAN = re.compile(rf"^(?=.){roman.LISTED}$")
WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen",
)  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One way to read a printed number: `family` digit, alpha, ALPHA, roman, ROMAN, word, or dotted ("1.2",
    whose family carries what stands before the last dot); `suffix` is 1 for bis, 2 for ter, …"""

    family: str
    value: int
    suffix: int = 0

    def follows(self, other: "Numeral") -> bool:
        """Whether it is the next one in a list: 4 after 3, 3 bis after 3, 4 after 3 bis."""
        if self.family != other.family:
            return False
        if self.suffix:
            return self.value == other.value and self.suffix == other.suffix + 1
        return self.value == other.value + 1

    @property
    def first(self) -> bool:
        return self.value == 1 and not self.suffix


@lru_cache(maxsize=4096)
def readings(printed: str) -> tuple[Numeral, ...]:
    """Every way to read a printed number; none when it is no number."""
    match = _PARTS.match(printed.strip())
    if not match:
        return ()
    suffix = SUFFIXES.index(match["suffix"].lower()) + 1 if match["suffix"] else 0
    return tuple(replace(reading, suffix=suffix) for reading in _bare(match["base"]))


def _bare(base: str) -> list[Numeral]:
    if base[0].isdigit():
        return _digits(base.rstrip("."))
    found = []
    lower = base.lower()
    if len(set(lower)) == 1 and len(lower) <= 2 and (base.islower() or base.isupper()):
        found.append(Numeral("alpha" if base.islower() else "ALPHA", ord(lower[0]) - 96 + 26 * (len(lower) - 1)))
    if (base.islower() or base.isupper()) and _ROMAN.match(lower):
        found.append(Numeral("roman" if base.islower() else "ROMAN", roman.value(lower)))
    if base == "l":  # a one, as old printers and OCR have it
        found.append(Numeral("digit", 1))
    if lower in WORDS:
        found.append(Numeral("word", WORDS.index(lower) + 1))
    if lower in ORDINALS:
        found.append(Numeral("word", ORDINALS.index(lower) + 1))
    return found


def _digits(base: str) -> list[Numeral]:
    before, dot, last = base.rpartition(".")
    if not last.isdigit() or ".." in base:
        return []
    return [Numeral(f"dotted {before}" if dot else "digit", int(last))]
