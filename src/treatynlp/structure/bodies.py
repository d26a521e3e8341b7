"""The articles of one instrument with their titles, and the divisions they stand in, as ranges of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from treatynlp.reading.rows import Row
from treatynlp.structure.headings import (
    LONG_TITLE,
    LOWER,
    MAX_HEADING_ROWS,
    Heading,
    division_headings,
    heading_end,
    opens_numbered,
    plain_heading_end,
)
from treatynlp.structure.numbered_headings import RUNNING
from treatynlp.structure.sequence import NumberedHeading
from treatynlp.structure.spacing import INSIDE

TITLE_WORDS = 9
"""A line of more words that ends with a full stop is no title."""
FEWEST_BARE = 3
"""From so many articles with nothing beside their number the lines below can be asked whether they are titles."""
MOSTLY, NEARLY_ALL = 0.7, 0.8
"""Share of the articles that must have a title below the number (some have lost theirs to a page's foot) or beside it
(where one without is a sentence that happens to be short). Set by eye on the texts of the mirror."""


class TitleRows(NamedTuple):
    """Where a title stands: from character `at` of row `row` up to row `stop`; nowhere where that is not below."""

    row: int
    at: int
    stop: int


UNTITLED = TitleRows(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of rows with a role: [first, stop) with its heading, [body, stop) without; the body begins at
    character `body_at` of its first row; `anew` where its numbers begin again in each division, so that its address
    carries that one's. `parts` are what it is divided into."""

    kind: str
    first: int
    body: int
    stop: int
    label: str = ""
    number: str = ""
    heading: TitleRows = UNTITLED
    body_at: int = 0
    anew: bool = False
    parts: tuple["Part", ...] = field(default=())


def bodies_of(rows: Sequence[Row], run: Sequence[NumberedHeading], begin: int, end: int, language: str) -> list[Part]:
    """Articles and divisions in order, flat."""
    articles = {step.heading.at for step in run}
    headings = sorted(
        [step.heading for step in run] + _divisions(rows, articles, begin, end, language),
        key=lambda heading: heading.at,
    )
    own = [step.heading for step in run]
    plain, beside = _has_plain_titles(rows, own, end), _has_titles_beside(rows, own, end)
    parts = []
    for at, heading in enumerate(headings):
        stop = headings[at + 1].at if at + 1 < len(headings) else end
        if heading.at not in articles:
            parts.append(_division(rows, heading, stop))
        elif heading.separator == RUNNING or (heading.rest and not beside and _rest_is_text(rows, heading, stop)):
            parts.append(_untitled(rows, heading, stop))
        else:
            parts.append(_article(rows, heading, stop, plain))
    return parts


def _divisions(rows: Sequence[Row], articles: set[int], begin: int, end: int, language: str) -> list[Heading]:
    """The division headings that head something: another heading follows closely; or, behind the last article,
    text of their own does, if the instrument has divisions of that kind (a final chapter without articles)."""
    found = [one for one in division_headings(rows, begin, end, language) if one.at not in articles]
    following = sorted(articles)
    accepted: list[Heading] = []
    # From the last upwards: a chapter's heading, once accepted, vouches for that of the Part right above it, which no
    # article follows.
    for heading in reversed(found):
        after = next((at for at in following if at > heading.at), None)
        if after is not None and only_title(rows, heading, after):
            accepted.append(heading)
            following = sorted([*following, heading.at])
    # Behind the last article nothing follows that could vouch for a heading; one of a kind met before is believed.
    kinds = {heading.unit for heading in accepted}
    last = max(articles)
    tail = [one for one in found if one.at > last and one.unit in kinds and (rows[one.at].loud or rows[one.at].centred)]
    return sorted([*accepted, *tail], key=lambda heading: heading.at)


def _has_plain_titles(rows: Sequence[Row], headings: Sequence[Heading], end: int) -> bool:
    """Whether most articles have a title set like running text on the line below their number."""
    bare = [heading for heading in headings if not heading.rest]
    # One title set as titles are shows that this instrument sets its titles so: then plain lines below numbers are
    # text.
    if len(bare) < FEWEST_BARE or any(heading_end(heading, rows, end) > heading.at + 1 for heading in bare):
        return False
    titles = [rows[one.at + 1].text for one in bare if plain_heading_end(one, rows, end) > one.at + 1]
    # An article whose text opens with its first paragraph has no room for a title: it says nothing for or against.
    numbered = sum(opens_numbered(rows[heading.at + 1]) for heading in bare if heading.at + 1 < end)
    return len(set(titles)) >= MOSTLY * (len(bare) - numbered)  # a remark repeated under every number is no title


def _has_titles_beside(rows: Sequence[Row], headings: Sequence[Heading], end: int) -> bool:
    """Whether what follows the numbers on their lines is mostly titles: the lines below begin anew."""
    beside = [one for one in headings if one.rest and one.at + 1 < end]
    fresh = [one for one in beside if rows[one.at + 1].gap > INSIDE and not LOWER.match(rows[one.at + 1].text)]
    sentences = sum(_is_sentence(one.rest) for one in beside)
    return len(beside) >= 2 and len(fresh) >= NEARLY_ALL * len(beside) and 2 * sentences < len(beside)


def _is_sentence(rest: str) -> bool:
    """Whether what follows a number is a sentence and no title: in Word files and web pages the whole first paragraph
    of an article stands on the row of its number."""
    return len(rest) > LONG_TITLE or (rest.endswith(".") and len(rest.split()) > TITLE_WORDS)


def _article(rows: Sequence[Row], heading: Heading, stop: int, plain: bool) -> Part:
    body = plain_heading_end(heading, rows, stop) if plain else heading_end(heading, rows, stop)
    title = _title(heading, body)
    number = _number(rows, heading)
    below = not heading.unit and body < stop and heading.rest_at == 0  # the number stands below the title
    at = _behind_number(rows[body].line.text, heading.printed) if below else 0
    return Part("article", heading.at, body, stop, label=heading.label, number=number, heading=title, body_at=at)


def _behind_number(text: str, number: str) -> int:
    """Where the text begins behind a provision's number and the stop or dash that follows it ("3.—(1) Each keeper")."""
    rest = text.removeprefix(number)
    return len(text) - len(rest.lstrip(" .—–-")) if rest != text else 0


def _title(heading: Heading, body: int) -> TitleRows:
    """Beside the number where something stands there, else on the lines below it."""
    return TitleRows(heading.at, heading.rest_at, body) if heading.rest else TitleRows(heading.at + 1, 0, body)


def _untitled(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    number = _number(rows, heading)
    return Part("article", heading.at, heading.at, stop, label=heading.label, number=number, body_at=heading.rest_at)


def _number(rows: Sequence[Row], heading: Heading) -> str:
    """The number as printed, with its word: "Article 3 bis"."""
    if not heading.unit:
        return heading.printed
    words = rows[heading.at].text
    return words[: len(words) - len(heading.rest)].strip(" :.-–—")


def _rest_is_text(rows: Sequence[Row], heading: Heading, stop: int) -> bool:
    """Whether what follows the number on its line is the article's text and not its title."""
    row = rows[heading.at]
    if row.loud or row.centred:
        return False
    below = rows[heading.at + 1] if heading.at + 1 < stop else None
    # In plain type title and text look alike: what ends a sentence, or goes on below in small letters, is text.
    return row.ended or (below is not None and below.text[:1].islower())


def _division(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    body = stop if only_title(rows, heading, stop) else heading_end(heading, rows, stop)
    title = _title(heading, body)
    number = _number(rows, heading)
    return Part(heading.kind, heading.at, body, stop, label=heading.label, number=number, heading=title)


def only_title(rows: Sequence[Row], heading: Heading, stop: int) -> bool:
    """Whether a division's title is all that stands between it and the heading in row `stop`."""
    between = rows[heading.at + 1 : stop]
    # A sentence that ends on the heading's own line, in plain type, is what the division says itself, and no title.
    if len(between) > MAX_HEADING_ROWS or (heading.rest and rows[heading.at].ended and not rows[heading.at].loud):
        return False
    return all(row.loud or row.centred or (not row.ended and len(between) <= 2) for row in between)


def nested(parts: Sequence[Part]) -> list[Part]:
    """Articles put into their divisions. Which division is above which is learnt as they come: a kind not yet
    open goes below the last, one that is open closes it and what is below."""
    top: list[Part] = []
    stack: list[tuple[Part, list[Part]]] = []

    def close(depth: int) -> None:
        while len(stack) > depth:
            part, inner = stack.pop()
            stop = inner[-1].stop if inner else part.stop
            (stack[-1][1] if stack else top).append(replace(part, stop=stop, parts=tuple(inner)))

    for part in parts:
        if part.kind == "article":
            (stack[-1][1] if stack else top).append(part)
            continue
        kinds = [open_.kind for open_, _ in stack]
        if part.kind in kinds:
            close(kinds.index(part.kind))
        stack.append((part, []))
    close(0)
    return top
