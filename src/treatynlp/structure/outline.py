"""The outline of an instrument: front, preamble, chapters, articles, signatures, annexes, as ranges of rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from treatynlp.reading.rows import Row
from treatynlp.structure.headings import (
    LOWER as _LOWER,
)
from treatynlp.structure.headings import (
    MAX_HEADING_ROWS,
    Heading,
    annex_headings,
    article_headings,
    division_headings,
    heading_end,
    numbered_headings,
    opens_numbered,
    plain_heading_end,
)
from treatynlp.structure.numerals import Numeral
from treatynlp.structure.sequence import NumberedHeading, article_runs
from treatynlp.structure.vocabulary import annex_pattern, any_of, article_patterns, preamble_title

FEWEST = 3
"""So many bare numbers with titles, counting from one, are the provisions of a text that names no unit."""
RULE = 4.0
"""The weight from which a line is a heading of the Rules behind a treaty: it must look like one in every way."""


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
    heading: tuple[int, int, int] = (0, 0, 0)
    body_at: int = 0
    anew: bool = False
    parts: tuple["Part", ...] = field(default=())


def outline(rows: Sequence[Row], language: str, within: str = "") -> list[Part]:
    """The parts of a document, in order. `within` holds words of the title of the instrument that is meant
    where several are bound together; the others become annexes (behind) or front matter (before)."""
    found = _runs(rows, language)
    if not found:
        return _without_articles(rows, language)
    found = _restarted(rows, found, language)
    main = _main(found, rows, within)
    starts = [
        _instrument_start(run[0].heading.at, _last_row(found, at), rows, language) for at, run in enumerate(found)
    ]
    stop = starts[main + 1] if main + 1 < len(found) else len(rows)
    begin = starts[main] if main else 0
    parts = _instrument(rows, begin, stop, found[main], language)
    if begin:
        parts = [Part("front", 0, 0, begin), *parts]
    for at in range(main + 1, len(found)):
        end = starts[at + 1] if at + 1 < len(found) else len(rows)
        parts.append(_annexed(rows, starts[at], end, found[at], language))
    return parts


def _runs(rows: Sequence[Row], language: str) -> list[list[NumberedHeading]]:
    """The runs of articles, by the first list of units that has one of two or more; lists of contents left out."""
    for style in range(len(article_patterns(language))):
        found = [run for run in article_runs(article_headings(rows, style, language)) if len(run) > 1 or style == 0]
        found = [run for at, run in enumerate(found) if not _is_contents(rows, run, found[at + 1 :])]
        if any(len(run) > 1 for run in found) or (found and style == 0):
            return [*found, *_behind(rows, found, style, language)]
    bare = [
        run for run in article_runs(numbered_headings(rows, language)) if len(run) >= FEWEST and run[0].numeral.first
    ]
    # Roman numbers above figures head what groups them (acts); alone, they are the unit (memoranda).
    return sorted(bare, key=lambda run: run[0].numeral.family != "digit")[:1]


def _restarted(
    rows: Sequence[Row], found: Sequence[list[NumberedHeading]], language: str
) -> list[list[NumberedHeading]]:
    """The runs, those joined that count anew in each Part of one instrument: the Parts they stand in count on."""
    joined: list[list[NumberedHeading]] = []
    above: dict[str, tuple[Numeral, ...]] = {}
    for at, run in enumerate(found):
        first, low = run[0].heading.at, max(_last_row(found, at), run[0].heading.at - 12)
        heads = [one for one in division_headings(rows, low, first, language) if _only_title(rows, one, first)]
        here = {one.unit: one.numerals for one in heads}
        goes_on = any(b.follows(a) for unit in here.keys() & above.keys() for a in above[unit] for b in here[unit])
        if joined and goes_on and run[0].numeral.first and run[0].heading.unit == joined[-1][0].heading.unit:
            joined[-1] = [*joined[-1], *run]
        else:
            joined.append(run)
        inside = division_headings(rows, run[0].heading.at, run[-1].heading.at, language)
        above = here | {one.unit: one.numerals for one in inside if rows[one.at].loud or rows[one.at].centred}
    return joined


def _behind(
    rows: Sequence[Row], found: Sequence[Sequence[NumberedHeading]], style: int, language: str
) -> list[list[NumberedHeading]]:
    """Runs of another unit behind the last article, from the first on: the Rules of the Regulations that are printed
    behind a treaty make an annex with units of their own."""
    last = found[-1][-1].heading.at
    for other in range(1, len(article_patterns(language))):
        headings = [one for one in article_headings(rows, other, language) if one.at > last and one.weight >= RULE]
        behind = (
            [run for run in article_runs(headings) if len(run) > 1 and run[0].numeral.first] if other != style else []
        )
        if behind and _last_row(behind, 1) and _begins_anew(rows, behind[0][0].heading.at, last):
            return behind
    return []


def _begins_anew(rows: Sequence[Row], first: int, last: int) -> bool:
    """Whether a title stands above the first of the units: set apart, at the head of a page or below a wide space."""
    above = rows[max(last + 1, first - 12) : first]
    return any((row.loud or row.centred) and (row.head or row.gap > 1.5) for row in above)


def _is_contents(
    rows: Sequence[Row], run: Sequence[NumberedHeading], later: Sequence[Sequence[NumberedHeading]]
) -> bool:
    """Whether the run is a list of contents: hardly a line between its headings, no sentences there, and the same
    numbers follow."""
    steps = [below.heading.at - above.heading.at for above, below in pairwise(run)]
    between = [row for a, b in pairwise(run) for row in rows[a.heading.at + 1 : b.heading.at]]
    tight = len(steps) > 1 and sorted(steps)[len(steps) * 3 // 4] <= 2
    tight = tight and 2 * sum(row.ended for row in between) <= len(between)
    return tight and any(len(other) >= 0.7 * len(run) for other in later)


def _main(found: Sequence[Sequence[NumberedHeading]], rows: Sequence[Row], within: str) -> int:
    """Which run is the instrument that is meant: the one whose title has the words of `within`; else the first,
    unless it is a short act that brings a longer instrument."""
    if within:
        wanted = set(re.findall(r"\w+", within.lower()))
        scores = []
        for at, run in enumerate(found):
            before = rows[max(_last_row(found, at), run[0].heading.at - 60) : run[0].heading.at]
            words = [set(re.findall(r"\w+", row.text.lower())) for row in before if row.loud or row.centred]
            scores.append(len(wanted & set().union(*words)) / len(wanted))
        return max(range(len(found)), key=lambda at: (scores[at], -at))
    longest = max(range(len(found)), key=lambda at: (len(found[at]), -at))
    return longest if len(found[0]) <= 5 and len(found[longest]) >= 3 * len(found[0]) else 0


def _last_row(found: Sequence[Sequence[NumberedHeading]], at: int) -> int:
    return found[at - 1][-1].heading.at + 1 if at else 0


def _instrument_start(article: int, low: int, rows: Sequence[Row], language: str) -> int:
    """Where an instrument begins whose first article is in row `article`: at the title above its preamble."""
    start = _preamble_start(rows, low, article, language)
    while start > low and start > article - 200 and (rows[start - 1].loud or rows[start - 1].centred):
        start -= 1
    return start


# ---- one instrument -------------------------------------------------------------------------------------------


def _annexed(rows: Sequence[Row], begin: int, stop: int, run: Sequence[NumberedHeading], language: str) -> Part:
    title = _title_end(rows, begin, min(stop, run[0].heading.at), language)
    inner = tuple(_instrument(rows, title, stop, run, language))
    match = annex_pattern(language).match(rows[begin].text)
    label = match["number"] or "" if match else ""
    named = begin + 1 if match and not match["rest"] else begin
    return Part("annex", begin, title, stop, label, label, (named, 0, title), parts=inner)


def _title_end(rows: Sequence[Row], begin: int, stop: int, language: str) -> int:
    at = begin
    while (
        at < stop
        and at < begin + 8
        and (rows[at].loud or rows[at].centred)
        and not preamble_title(language).match(rows[at].text)
    ):
        at += 1
    return at


def _instrument(
    rows: Sequence[Row], begin: int, stop: int, run: Sequence[NumberedHeading], language: str
) -> list[Part]:
    annexes = annex_headings(rows, run[-1].heading.at + 1, stop, language)
    end = annexes[0].at if annexes else stop
    bodies = _bodies(rows, run, begin, end, language)
    if any(step.numeral.first and "dotted" not in step.numeral.family for step in run[1:]):
        bodies = [replace(one, anew=one.kind == "article") for one in bodies]
    opening = bodies[0].first if bodies else end
    preamble = _preamble_start(rows, begin, opening, language)
    closing = _closing(rows, bodies[-1].body, end, language)
    parts = [Part("front", begin, begin, preamble)] if preamble > begin else []
    if preamble < opening:
        body = next(
            at for at in range(preamble, opening + 1) if at == opening or not _is_preamble_title(rows[at], language)
        )
        parts.append(Part("preamble", preamble, body, opening, heading=(preamble, 0, min(body, preamble + 1))))
    bodies[-1] = replace(bodies[-1], stop=closing)
    parts += _nested(bodies)
    if closing < end:
        parts.append(Part("signature", closing, closing, end))
    ends = [*(one.at for one in annexes[1:]), stop]
    parts += [_annex(rows, one, until) for one, until in zip(annexes, ends, strict=False)]
    return parts


def _annex(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    body = heading_end(heading, rows, stop)
    return Part("annex", heading.at, body, stop, heading.label, heading.printed, (heading.at, heading.rest_at, body))


def _bodies(rows: Sequence[Row], run: Sequence[NumberedHeading], begin: int, end: int, language: str) -> list[Part]:
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
        elif heading.rest and not beside and _rest_is_text(rows, heading, stop):
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
    for heading in reversed(found):
        after = next((at for at in following if at > heading.at), None)
        if after is not None and _only_title(rows, heading, after):
            accepted.append(heading)
            following = sorted([*following, heading.at])
    kinds = {heading.unit for heading in accepted}
    last = max(articles)
    tail = [one for one in found if one.at > last and one.unit in kinds and (rows[one.at].loud or rows[one.at].centred)]
    return sorted([*accepted, *tail], key=lambda heading: heading.at)


def _has_plain_titles(rows: Sequence[Row], headings: Sequence[Heading], end: int) -> bool:
    """Whether most articles have a title set like running text on the line below their number."""
    bare = [heading for heading in headings if not heading.rest]
    if len(bare) < 3 or any(heading_end(heading, rows, end) > heading.at + 1 for heading in bare):
        return False
    titles = [rows[one.at + 1].text for one in bare if plain_heading_end(one, rows, end) > one.at + 1]
    numbered = sum(opens_numbered(rows[heading.at + 1]) for heading in bare if heading.at + 1 < end)
    return len(set(titles)) >= 0.7 * (len(bare) - numbered)  # a remark repeated under every number is no title


def _has_titles_beside(rows: Sequence[Row], headings: Sequence[Heading], end: int) -> bool:
    """Whether what follows the numbers on their lines is mostly titles: the lines below begin anew."""
    beside = [one for one in headings if one.rest and one.at + 1 < end]
    fresh = [one for one in beside if rows[one.at + 1].gap > 1.1 and not _LOWER.match(rows[one.at + 1].text)]
    return len(beside) >= 2 and len(fresh) >= 0.8 * len(beside)


def _article(rows: Sequence[Row], heading: Heading, stop: int, plain: bool) -> Part:
    body = plain_heading_end(heading, rows, stop) if plain else heading_end(heading, rows, stop)
    title = (heading.at, heading.rest_at, body) if heading.rest else (heading.at + 1, 0, body)
    number = _number(rows, heading)
    below = not heading.unit and body < stop and heading.rest_at == 0  # the number stands below the title
    at = len(heading.printed) if below and rows[body].line.text.startswith(heading.printed) else 0
    return Part("article", heading.at, body, stop, heading.label, number, title, at)


def _untitled(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    number = _number(rows, heading)
    return Part("article", heading.at, heading.at, stop, heading.label, number, body_at=heading.rest_at)


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
    return row.ended or (below is not None and below.text[:1].islower())


def _division(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    body = stop if _only_title(rows, heading, stop) else heading_end(heading, rows, stop)
    title = (heading.at, heading.rest_at, body) if heading.rest else (heading.at + 1, 0, body)
    return Part(heading.kind, heading.at, body, stop, heading.label, _number(rows, heading), title)


def _only_title(rows: Sequence[Row], heading: Heading, stop: int) -> bool:
    """Whether a division's title is all that stands between it and the heading in row `stop`."""
    between = rows[heading.at + 1 : stop]
    if len(between) > MAX_HEADING_ROWS or (heading.rest and rows[heading.at].ended and not rows[heading.at].loud):
        return False
    return all(row.loud or row.centred or (not row.ended and len(between) <= 2) for row in between)


def _nested(parts: Sequence[Part]) -> list[Part]:
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


# ---- before and behind the provisions -------------------------------------------------------------------------


def _preamble_start(rows: Sequence[Row], low: int, stop: int, language: str) -> int:
    """The row in which the preamble above row `stop` begins: at its title, else below the instrument's title with
    the parties as its subject. Where a title stands right above row `stop` there is no preamble."""
    titled = [at for at in range(low, stop) if preamble_title(language).match(rows[at].text)]
    if titled:
        return titled[-2] if len(titled) > 1 and titled[-1] - titled[-2] == 1 else titled[-1]
    enacting = any_of("enacting", language)
    begin = stop
    while begin > low and not (_is_title(rows[begin - 1], language) and not enacting.match(rows[begin - 1].text)):
        begin -= 1
    return next((at for at in range(begin, stop) if enacting.match(rows[at].text)), begin)


def _is_preamble_title(row: Row, language: str) -> bool:
    return preamble_title(language).match(row.text) is not None


def _is_title(row: Row, language: str) -> bool:
    return (row.loud or row.centred) and not any_of("agreed", language).search(row.text)


def _closing(rows: Sequence[Row], first: int, stop: int, language: str) -> int:
    """Where the witness clause or the signatures begin behind the last provision.

    A clause set apart by more space than parts the paragraphs is taken before one that is printed like one more
    paragraph of the last article: some publishers append a final formula to a text that has brought its own.
    """
    formula, pattern = any_of("formula", language), any_of("testimonium", language)
    apart = 1.2 * _space(rows[max(0, first - 200) : stop])
    ranks = {
        at: _apartness(rows[at - 1], rows[at], apart) for at in range(first + 1, stop) if pattern.match(rows[at].text)
    }
    ranks |= {at: 3 for at in range(first + 1, stop) if formula.match(rows[at].text)}
    best = max(ranks.values(), default=0)
    begin = next((at for at, rank in sorted(ranks.items()) if rank == best), stop) if best else stop
    return _with_other_clause(rows, [at for at in sorted(ranks) if ranks[at]], begin)


def _with_other_clause(rows: Sequence[Row], clauses: Sequence[int], begin: int) -> int:
    """The clause of place and date may stand above the witness clause, or below; it is one formula where each
    stands once."""
    opening = [rows[at].text.split()[0].lower() for at in clauses]
    earlier = [at for at in clauses if at < begin]
    return earlier[0] if len(set(opening)) == len(opening) and earlier else begin


def _apartness(above: Row, row: Row, apart: float) -> int:
    """How plainly a line is set apart from the one above: 3 by space, 2 at the head of a page (where no space
    shows), 1 like a paragraph, 0 not at all."""
    if row.gap > apart:
        return 3
    if row.head and (above.ended or above.slack > 60):
        return 2
    return int(above.ended and row.gap > 1.1)


def _space(rows: Sequence[Row]) -> float:
    """The usual step from one paragraph of running text to the next, as a multiple of that between lines."""
    steps = [
        row.gap
        for above, row in pairwise(rows)
        if row.gap > 1.1 and not (row.loud or row.centred or above.loud or above.centred)
    ]
    return median(steps) if steps else 1.0


def _without_articles(rows: Sequence[Row], language: str) -> list[Part]:
    """A declaration: its title, then its paragraphs."""
    title = _title_end(rows, 0, len(rows), language)
    parts = [Part("front", 0, 0, title)] if title else []
    return [*parts, Part("final", title, title, len(rows))] if title < len(rows) else parts
