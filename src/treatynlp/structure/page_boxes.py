"""Where provisions stand on the pages."""

from collections.abc import Iterator

from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Box, Span


def headings(treaty: Treaty, page: int) -> tuple[Box, ...]:
    """The boxes of the lines on a page that the splitter took for numbers and headings of articles and divisions."""
    boxes = (
        origin.box
        for provision in treaty.walk()
        for span in _headed(provision)
        for origin in treaty.text.cut(span).origins
        if origin.page == page
    )
    return tuple(dict.fromkeys(boxes))


def _headed(provision: Provision) -> Iterator[Span]:
    # Paragraphs and points have no heading: their number is of their body.
    if provision.body.start > provision.span.start:
        yield Span(provision.span.start, provision.body.start)
