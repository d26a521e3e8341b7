"""Words of a PDF that are struck out: by a rule through their middle, by lines across them, by a reader's note."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2.raw as raw

from treatynlp.reading.drawn import PATH, Drawn, Edges

THIN, BAR = 2.6, 0.4
"""A rule no thicker than the first, in points with its edges, or than the second as a share of the letters' height,
through their middle strikes them out."""
MOST = 8.0
"""A shape higher than this, in points, is no rule."""
SHORT = 4.0
"""A rule shorter than this, in points, is a dash."""
MIDDLE = (0.3, 0.7)
"""Shares of the letters' height between which a rule strikes out; lower, it underlines."""
CROSSING = 8
"""A shape of at most so many strokes, all of them slanting, crosses out what it lies over; a page with more such shapes
than this is a drawing (a chart, a map)."""
SLANT = 0.1
"""A stroke slants that goes as far across and down as this share of its shape."""
COVERED = 0.15
"""Words fill at least this share of what is crossed out, in lines one below the other: less, and a table's empty cells
are crossed out."""


def struck_by_rules(every: Sequence[Drawn], texts: Sequence[Drawn]) -> Iterator[Edges]:
    rules = [
        one.edges for one in every if one.kind == PATH and one.height < MOST and one.edges[2] - one.edges[0] > SHORT
    ]
    for one in texts if rules else ():
        for rule in rules:
            if edges := _struck(rule, one.edges):
                yield edges


def _struck(rule: Edges, text: Edges) -> Edges | None:
    """The part of some words that a rule strikes out."""
    middle, height = (rule[1] + rule[3]) / 2, text[3] - text[1]
    left, right = max(rule[0], text[0]), min(rule[2], text[2])
    if height <= 0 or right - left < 2 or rule[3] - rule[1] > max(THIN, BAR * height):
        return None
    if not MIDDLE[0] < (middle - text[1]) / height < MIDDLE[1]:
        return None
    return left, text[1], right, text[3]


def is_struck(struck: Sequence[Edges], edges: Edges) -> bool:
    """Whether a character with these edges of ink is in one of the stretches that are struck out."""
    x, y = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    return any(one[0] - 0.5 <= x <= one[2] + 0.5 and one[1] - 1 <= y <= one[3] + 1 for one in struck)


def struck_by_notes(page: raw.FPDF_PAGE) -> Iterator[Edges]:
    """The stretches that notes laid over the page strike out."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT:
            for number in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                quad = raw.FS_QUADPOINTSF()
                raw.FPDFAnnot_GetAttachmentPoints(note, number, quad)
                across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield min(across), min(up), max(across), max(up)
        raw.FPDFPage_CloseAnnot(note)


def crossed_out(every: Sequence[Drawn], texts: Sequence[Drawn]) -> Iterator[Edges]:
    """The stretches of words under lines that slant over several lines of them: a paragraph crossed out, by one line
    or by two."""
    crosses = [one for one in every if one.kind == PATH and one.height > MOST and _slants(one)]
    for cross in crosses if len(crosses) <= CROSSING else ():
        under = [part for words in texts if (part := _under(cross.edges, words.edges))]
        levels = {round((part[1] + part[3]) / 2 / MOST) for part in under}
        if len(levels) > 1 and sum(map(_area, under)) > COVERED * _area(cross.edges):
            yield from under


def _slants(one: Drawn) -> bool:
    """Whether a shape is nothing but a few slanting strokes."""
    count = raw.FPDFPath_CountSegments(one.thing)
    if not 2 <= count <= CROSSING:
        return False
    points, strokes = [_point(one.thing, at) for at in range(count)], 0
    wide, high = (max(found) - min(found) for found in zip(*(point[1:] for point in points), strict=True))
    for (_, x, y), (kind, right, up) in pairwise(points):
        if kind == raw.FPDF_SEGMENT_LINETO:
            strokes += 1
            if min(abs(right - x) - SLANT * wide, abs(up - y) - SLANT * high) <= 0:
                return False
        elif kind != raw.FPDF_SEGMENT_MOVETO:
            return False
    return strokes > 0


def _point(thing: object, at: int) -> tuple[int, float, float]:
    """A stroke's kind and where it ends, in the shape's own coordinates."""
    segment, across, up = raw.FPDFPath_GetPathSegment(thing, at), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, across, up)
    return int(raw.FPDFPathSegment_GetType(segment)), across.value, up.value


def _under(cross: Edges, words: Edges) -> Edges | None:
    """The part of some words that lies within a shape."""
    left, right = max(cross[0], words[0]), min(cross[2], words[2])
    middle = (words[1] + words[3]) / 2
    return (left, words[1], right, words[3]) if right - left > 2 and cross[1] < middle < cross[3] else None


def _area(edges: Edges) -> float:
    return (edges[2] - edges[0]) * (edges[3] - edges[1])
