"""Text: a string that remembers the page and place of every character.

>>> line = Line("Article 1", page=3, box=(72.0, 90.0, 130.0, 102.0), index=40)
>>> text = Text.of(line)
>>> text.value, text.origin(8).page, text.origin(8).index + 8
('Article 1', 3, 48)
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, measured from the page's upper left corner."""


TURNING = "\u202a-\u202e\u2066-\u2069"
"""Characters, as a range of a pattern, that are no words and turn the direction in which those around them are shown:
with them, what people see is not what a machine reads."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `start` included and `end` not.

    >>> Span(3, 7).length, Span(3, 7).within(Span(0, 7)), Span(0, 3).overlaps(Span(3, 7))
    (4, True, False)
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def within(self, other: "Span") -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page: its words, where it stands, and how it looks.

    `page` counts from 1; `index` is the place of the first character in the page's own character order
    (for HTML: in the document's text); `size` is the height of its letters in points, 0 when unknown.
    `runs` says where the characters stand when they are not all side by side: (start, end, index) each.
    """

    text: str
    page: int
    box: Box
    index: int = 0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    runs: tuple[tuple[int, int, int], ...] = ()

    @property
    def stretches(self) -> tuple[tuple[int, int, int], ...]:
        """Where its characters stand: the runs, or the one run of a line whose characters are all side by side."""
        return self.runs or ((0, len(self.text), self.index),)


def without(line: Line, spans: Iterable[tuple[int, int]]) -> Line:
    """The line without the characters of the spans (in order); the others keep their places in the source.

    >>> without(Line("as amended,2 or", 1, (0, 0, 9, 9), index=10), [(11, 12)]).runs
    ((0, 11, 10), (11, 14, 22))
    """
    edges = [0, *(edge for span in spans for edge in span), len(line.text)]
    kept = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    runs: list[tuple[int, int, int]] = []
    at = 0
    for start, end in kept:
        for first, last, index in line.stretches:
            low, high = max(first, start), min(last, end)
            if low < high:
                runs.append((at + low - start, at + high - start, index + low - first))
        at += end - start
    return replace(line, text="".join(line.text[start:end] for start, end in kept), runs=tuple(runs))


@dataclass(frozen=True, slots=True)
class Origin:
    """A run of characters of a Text that stand side by side in the source.

    The character at offset `start + k` of the Text is character `index + k` of page `page`.
    """

    start: int
    end: int
    page: int
    index: int
    box: Box

    def moved(self, by: int) -> "Origin":
        return replace(self, start=self.start + by, end=self.end + by)

    def cut(self, start: int, end: int) -> "Origin":
        """The part of the run inside [start, end), offsets kept."""
        first, last = max(self.start, start), min(self.end, end)
        return replace(self, start=first, end=last, index=self.index + first - self.start)


@dataclass(frozen=True, slots=True)
class Text:
    """Words with their provenance. Characters that stand nowhere in the source (a blank between
    two lines) belong to no origin; every other character belongs to exactly one.
    """

    value: str
    origins: tuple[Origin, ...] = ()

    @classmethod
    def of(cls, line: Line) -> "Text":
        """The line's words as a Text with one origin for each run of the line."""
        origins = (Origin(start, end, line.page, index, line.box) for start, end, index in line.stretches)
        return cls(line.text, tuple(origins))

    @classmethod
    def join(cls, parts: Iterable["Text"], between: str = "") -> "Text":
        """Texts set one after the other, with `between` (which has no origin) between them."""
        parts = list(parts)
        starts = [0, *accumulate(len(part.value) + len(between) for part in parts)]
        moved = (origin.moved(at) for at, part in zip(starts, parts, strict=False) for origin in part.origins)
        return cls(between.join(part.value for part in parts), tuple(moved))

    def __len__(self) -> int:
        return len(self.value)

    def cut(self, span: Span) -> "Text":
        """The characters of the span, with their origins.

        >>> Text.of(Line("Article 1", 3, (0, 0, 1, 1), index=40)).cut(Span(8, 9)).origins[0].index
        48
        """
        # By bisection: an instrument has some thousand origins, and each of its provisions is cut out of it.
        first = max(0, bisect_right(self.origins, span.start, key=attrgetter("start")) - 1)
        kept = []
        for origin in self.origins[first:]:
            if origin.start >= span.end:
                break
            if origin.end > span.start:
                kept.append(origin.cut(span.start, span.end).moved(-span.start))
        return Text(self.value[span.start : span.end], tuple(kept))

    def origin(self, offset: int) -> Origin:
        """The run the character at `offset` comes from; for a blank put in by us, the run before it.

        Raises IndexError when the text has no origins at all.
        """
        return self.origins[max(0, bisect_right(self.origins, offset, key=attrgetter("start")) - 1)]

    def page(self, offset: int) -> int:
        """The page (from 1) on which the character at `offset` stands; 0 when the text has no source."""
        return self.origin(offset).page if self.origins else 0
