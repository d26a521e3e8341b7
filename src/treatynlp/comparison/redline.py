"""Two wordings of one rule as a redline, word by word.

>>> [(piece.kind, piece.words) for piece in redline("Each keeper shall act.", "Each keeper may act at night.")]
[('same', 'Each keeper'), ('left', 'shall act.'), ('right', 'may act at night.')]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

_MARKS = str.maketrans("’‘“”–—‐‑", "''\"\"----")
Side = Literal["same", "left", "right"]
Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class RedlineSegment:
    """Words that both have, or only the left, or only the right; `same` shows the left's spelling."""

    kind: Side
    words: str


def redline(left: str, right: str) -> tuple[RedlineSegment, ...]:
    """What of two texts is the same, and what only one of them says, in reading order. Case, quote shapes and line
    breaks make no difference."""
    one, other = left.split(), right.split()
    return tuple(_pieces(redline_runs(comparable_words(left), comparable_words(right)), one, other))


def comparable_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and shapes of quotes and dashes.

    >>> comparable_words("Each “Keeper” shall")
    ('each', '"keeper"', 'shall')
    """
    return tuple(word.lower() for word in text.translate(_MARKS).split())


def shared(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of the words of two texts that stand in both in the same order, 0 to 1 (1 for two empty ones).

    >>> shared(comparable_words("Each keeper shall act"), comparable_words("Each keeper may act"))
    0.75
    """
    both = len(left) + len(right)
    return 2 * LCSseq.similarity(left, right) / both if both else 1.0


def redline_runs(left: Sequence[str], right: Sequence[str]) -> tuple[Run, ...]:
    """A redline as numbers of words: so many that are the same, then so many of the left's, then of the right's.

    >>> redline_runs(comparable_words("Each keeper shall act."), comparable_words("Each keeper may act at night."))
    ((2, 2, 4),)
    """
    found: list[Run] = []
    for step in LCSseq.opcodes(left, right):
        gone, came = step.src_end - step.src_start, step.dest_end - step.dest_start
        if step.tag == "equal":
            found.append((gone, 0, 0))
            continue
        # What is left out and what is put in between two stretches that are the same stand together, as lawyers read
        # redlines.
        same, only_left, only_right = found.pop() if found else (0, 0, 0)
        found.append((same, only_left + gone, only_right + came))
    return tuple(found)


def _pieces(found: Sequence[Run], one: list[str], other: list[str]) -> Iterator[RedlineSegment]:
    """Between two stretches that are the same, first all that is left's, then all that is right's."""
    left = right = 0
    for same, gone, came in found:
        shown = (("same", one[left : left + same]), ("left", one[left + same : left + same + gone]),
                 ("right", other[right + same : right + same + came]))  # fmt: skip
        yield from (RedlineSegment(kind, " ".join(words)) for kind, words in shown if words)  # type: ignore[arg-type]
        left, right = left + same + gone, right + same + came
