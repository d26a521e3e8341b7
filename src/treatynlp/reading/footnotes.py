"""Footnotes: smaller letters at a page's foot that begin with a mark."""

import re
from collections.abc import Sequence
from statistics import median

from treatynlp.text import Line

_NOTE_MARK = re.compile(r"^(?:\(?\s*(?:\d{1,3}|\*+|†+|‡+)\s*\)?)\s*\S")

SMALLER = 0.93
"""Letters of a note are lower than this share of the text's: 9 points under 10 are, a line of capitals is not."""
CLEARLY = 0.95
"""And their middle height than this share of the page's own, where heights vary."""


def footnotes_of(page: Sequence[Line], size: float) -> Sequence[Line]:
    """The footnotes of a page: the lines at its foot in letters smaller than the text's, from the first that
    begins with a mark (or from the top of the block, when a note goes on from the page before)."""
    downwards = sorted(page, key=lambda line: line.box[1])
    start = len(downwards)
    # Upwards from the foot, up to the first line of the text's size: small print above it is a head or a quotation.
    while start and 0 < downwards[start - 1].size < SMALLER * size:
        start -= 1
    block = downwards[start:]
    if not block or start == 0 or not any(_NOTE_MARK.match(line.text) for line in block):
        return ()
    # where letter heights vary (old prints that were read by OCR), the page's own text is the measure
    above = median(line.size for line in downwards[:start])
    return block if median(line.size for line in block) < CLEARLY * above else ()
