"""Words that are in a PDF and that no reader of the page sees: invisible, white, covered, clipped, in a layer that is
off, outside the page, struck out.

What is drawn on a page is gone through once. Where the way it is drawn leaves a doubt, the page itself is asked
(`ink`): of the papers of the Council of Europe, the United Nations and the Union hardly a page does. A page that is a
picture with words under it (a scan that somebody's OCR has read) is left as it is: there the unseen words are the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2.raw as raw

from treatynlp.errors import Issue, Level, issue
from treatynlp.reading.drawn import IMAGE, PATH, TEXT, Drawn, Edges, drawn, fields, has_more
from treatynlp.reading.ink import Ink, ink
from treatynlp.reading.pdf_signs import WHOLE
from treatynlp.reading.struck import THIN, crossed_out, struck_by_notes, struck_by_rules
from treatynlp.text import Line


@dataclass(frozen=True, slots=True)
class Unseen:
    """The text objects of a page that no reader sees, the stretches that are struck out, and where a doubt was left the
    ink that its words leave. `layer`: the words lie under or over a picture that is the page. `replaced`: the file
    gives words in the place of those that are drawn. `under_field`: a form's field lies over words."""

    objects: frozenset[int] = frozenset()
    struck: tuple[Edges, ...] = ()
    ink: Ink | None = None
    layer: bool = False
    replaced: bool = False
    under_field: bool = False

    def __bool__(self) -> bool:
        return bool(self.objects or self.struck or self.ink)


def unseen(page: raw.FPDF_PAGE, text: raw.FPDF_TEXTPAGE) -> Unseen:
    """What of a page's words is not seen: judged by how it is drawn, and where that leaves a doubt by its ink."""
    every, sheet = list(drawn(page, text)), raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, sheet)
    texts = [one for one in every if one.kind == TEXT]
    replaced = any(one.replaced for one in texts)
    hidden = {one.address for one in texts if one.hidden or _off(one.edges, sheet)}
    pictured = sum(map(_area, (one for one in every if one.kind == IMAGE))) > WHOLE * _of(sheet)
    # A scan that somebody's OCR has read: its words are hidden under the picture on purpose, and are the text.
    if pictured and 2 * len(hidden) > len(texts):
        return Unseen(layer=True, replaced=replaced)
    shown = None
    if 2 * len(hidden) > len(texts) or has_more(page) or _in_doubt(every, texts):
        shown = ink(page, [one.thing for one in texts])
        hidden |= {one.address for one in texts if not shown.has(one.edges)}
        if 2 * len(hidden) > len(texts) and (pictured or _over_a_ground(shown, texts)):
            return Unseen(layer=True, replaced=replaced)
    struck = (*struck_by_rules(every, texts), *crossed_out(every, texts), *struck_by_notes(page))
    under_field = any(_meet(one, words.edges) for one in fields(page) for words in texts)
    return Unseen(frozenset(hidden), struck, shown, replaced=replaced, under_field=under_field)


def _in_doubt(every: Sequence[Drawn], texts: Sequence[Drawn]) -> bool:
    """Whether some words may not be seen: by their own settings, or by what is drawn where they stand."""
    if any(one.doubtful and not one.hidden for one in texts):
        return True
    others = [one for one in every if one.doubtful and one.kind != TEXT and not _is_rule(one)]
    return any(_meet(one.edges, words.edges) for one in others for words in texts)


def _over_a_ground(shown: Ink, texts: Sequence[Drawn]) -> bool:
    """Whether most words stand where something else is drawn: letters as shapes, or a picture in strips."""
    return 2 * sum(shown.has_ground(one.edges) for one in texts) > len(texts)


def _is_rule(one: Drawn) -> bool:
    return one.kind == PATH and one.height < THIN


def _area(one: Drawn) -> float:
    return max(0.0, one.edges[2] - one.edges[0]) * max(0.0, one.height)


def _of(sheet: raw.FS_RECTF) -> float:
    area: float = (sheet.right - sheet.left) * (sheet.top - sheet.bottom)
    return area


def _meet(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _off(edges: Edges, sheet: raw.FS_RECTF) -> bool:
    """Whether words stand wholly outside what is shown of the page."""
    return bool(edges[2] < sheet.left or edges[0] > sheet.right or edges[3] < sheet.bottom or edges[1] > sheet.top)


def unseen_issues(aside: Sequence[Line], sizes: Sequence[tuple[float, float]], name: str) -> list[Issue]:
    """One row for a document with words that no reader of its pages sees: how many, where the first stand; a warning,
    unless all of them stand outside the page (printers' marks and the backs of covers do). `sizes` are the widths and
    heights of the pages."""
    if not aside:
        return []
    count = sum(len(line.text.split()) for line in aside)
    pages = ", ".join(map(str, sorted({line.page for line in aside})[:8]))
    level: Level = "info" if all(_outside(line, sizes[line.page - 1]) for line in aside) else "warning"
    return [issue("words-unseen.print", f"{name} p. {aside[0].page}", level, count=count, pages=pages)]


def _outside(line: Line, size: tuple[float, float]) -> bool:
    """Whether the line reaches over the page's edge, or is no words but a number."""
    left, top, right, bottom = line.box
    over = left < 0 or top < 0 or right > size[0] or bottom > size[1]
    return over or not any(map(str.isalpha, line.text))
