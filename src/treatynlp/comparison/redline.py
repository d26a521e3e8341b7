"""Two wordings of one rule as a redline, word by word.

>>> [(piece.kind, piece.words) for piece in redline("Each keeper shall act.", "Each keeper may act at night.")]
[('same', 'Each keeper'), ('left', 'shall act.'), ('right', 'may act at night.')]
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import LCSseq, Opcode

_MARKS = str.maketrans("’‘“”–—‐‑", "''\"\"----")
Side = Literal["same", "left", "right"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both have, or only the left, or only the right; `same` shows the left's spelling."""

    kind: Side
    words: str


def redline(left: str, right: str) -> tuple[Piece, ...]:
    """What of two texts is the same, and what only one of them says, in reading order. Case, quote shapes and line
    breaks make no difference."""
    one, other = left.split(), right.split()
    steps = LCSseq.opcodes(list(map(_bare, one)), list(map(_bare, other)))
    return tuple(_merged(_steps(steps, one, other)))


def _bare(word: str) -> str:
    return re.sub(r"\s", "", word.translate(_MARKS)).lower()


def _steps(steps: Iterable[Opcode], one: list[str], other: list[str]) -> Iterator[tuple[Side, list[str]]]:
    for step in steps:
        if step.tag == "equal":
            yield "same", one[step.src_start : step.src_end]
        else:
            yield "left", one[step.src_start : step.src_end]
            yield "right", other[step.dest_start : step.dest_end]


def _merged(pieces: Iterable[tuple[Side, list[str]]]) -> Iterator[Piece]:
    """Between two stretches that are the same, first all that is left's, then all that is right's."""
    filled = [(kind, words) for kind, words in pieces if words]
    for same, run in groupby(filled, key=lambda piece: piece[0] == "same"):
        stretch = list(run)
        for kind in ("same",) if same else ("left", "right"):
            words = [word for k, said in stretch if k == kind for word in said]
            if words:
                yield Piece(kind, " ".join(words))  # type: ignore[arg-type]
