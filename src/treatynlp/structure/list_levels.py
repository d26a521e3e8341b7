"""The lists that are open while an article is read, one inside the other; what may begin inside them, and what did."""

from collections.abc import Sequence
from dataclasses import dataclass

from treatynlp.structure.numerals import Numeral


@dataclass(frozen=True, slots=True)
class Start:
    """A paragraph or point begins: in row `row`, at character `at` of it, `depth` levels below the article.

    `kind` is paragraph, point, indent or alinea; `heading` is how many rows of its own title it begins with; `quoted`
    where it is another instrument's.
    """

    row: int
    at: int
    depth: int
    kind: str
    label: str = ""
    number: str = ""
    heading: int = 0
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """An open list: the shape of its markers, the last of its numbers, where it stands, how it looks."""

    shape: str
    numeral: Numeral | None
    indent: float
    titled: bool
    kind: str
    row: int = 0


def begins(numeral: Numeral, levels: Sequence[Level]) -> bool:
    """Whether a number can open a list: 1, a, i; or 3.1 inside paragraph 3."""
    if not numeral.first or numeral.family == "word":
        return False
    if not numeral.family.startswith("dotted"):
        return True
    return (
        not levels
        or levels[-1].numeral is None
        or numeral.family.split()[1].split(".")[-1] == str(levels[-1].numeral.value)
    )


def alike(left: str, right: str) -> bool:
    """Shapes that printers mix within one list."""
    return {left, right} in ({".", ".-"}, {"()", ")"}, {".", "-"}, {".", " "})
