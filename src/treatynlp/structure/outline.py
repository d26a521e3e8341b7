"""The outline of an instrument: front, preamble, chapters, articles, signatures, annexes, as ranges of rows."""

from collections.abc import Sequence
from dataclasses import replace

from treatynlp.reading.rows import Row
from treatynlp.structure.bodies import Part, TitleRows, bodies_of, nested
from treatynlp.structure.borders import closing, is_preamble_title, preamble_start
from treatynlp.structure.headings import Heading, annex_headings, behind_headings, heading_end
from treatynlp.structure.runs import find_runs, last_row, main_run
from treatynlp.structure.sequence import NumberedHeading
from treatynlp.structure.vocabulary import annex_pattern, preamble_title

BEFORE_ARTICLE = 200
"""Rows above its first article in which an instrument's title is looked for: recitals of the Union run over pages."""
TITLE_ROWS = 8
"""A title has no more rows; what is set like it below is the first heading of what it heads."""


def outline(rows: Sequence[Row], language: str, within: str = "") -> list[Part]:
    """The parts of a document, in order. `within` holds words of the title of the instrument that is meant
    where several are bound together; the others become annexes (behind) or front matter (before)."""
    found = find_runs(rows, language)
    if not found:
        return _without_articles(rows, language)
    main = main_run(found, rows, within)
    starts = [_instrument_start(run[0].heading.at, last_row(found, at), rows, language) for at, run in enumerate(found)]
    stop = starts[main + 1] if main + 1 < len(found) else len(rows)
    begin = starts[main] if main else 0
    parts = _instrument(rows, begin, stop, found[main], language)
    if begin:
        parts = [Part("front", 0, 0, begin), *parts]
    for at in range(main + 1, len(found)):
        end = starts[at + 1] if at + 1 < len(found) else len(rows)
        parts.append(_annexed(rows, starts[at], end, found[at], language))
    return parts


def _instrument_start(article: int, low: int, rows: Sequence[Row], language: str) -> int:
    """Where an instrument begins whose first article is in row `article`: at the title above its preamble."""
    start = preamble_start(rows, low, article, language)
    # Up over the lines of the title, so that it goes with the instrument it names and not with the one bound in before.
    while start > low and start > article - BEFORE_ARTICLE and (rows[start - 1].loud or rows[start - 1].centred):
        start -= 1
    return start


def _instrument(
    rows: Sequence[Row], begin: int, stop: int, run: Sequence[NumberedHeading], language: str
) -> list[Part]:
    behind = run[-1].heading.at + 1
    # Behind the last article only: among the articles "Annex II" at the head of a line is a reference to it.
    annexes = [*annex_headings(rows, behind, stop, language), *behind_headings(rows, behind, stop, language)]
    annexes.sort(key=lambda one: one.at)
    end = annexes[0].at if annexes else stop
    bodies = bodies_of(rows, run, begin, end, language)
    # Where the count begins anew in each Part, an article's number alone is no address: two Parts have an Article 1.
    if any(step.numeral.first and "dotted" not in step.numeral.family for step in run[1:]):
        bodies = [replace(one, anew=one.kind == "article") for one in bodies]
    opening = bodies[0].first if bodies else end
    preamble = preamble_start(rows, begin, opening, language)
    end_of_last = closing(rows, bodies[-1].body, end, language)
    parts = [Part("front", begin, begin, preamble)] if preamble > begin else []
    if preamble < opening:
        body = next(
            at for at in range(preamble, opening + 1) if at == opening or not is_preamble_title(rows[at], language)
        )
        parts.append(Part("preamble", preamble, body, opening, heading=TitleRows(preamble, 0, min(body, preamble + 1))))
    bodies[-1] = replace(bodies[-1], stop=end_of_last)
    parts += nested(bodies)
    if end_of_last < end:
        parts.append(Part("signature", end_of_last, end_of_last, end))
    ends = [*(one.at for one in annexes[1:]), stop]
    parts += [_annex(rows, one, until) for one, until in zip(annexes, ends, strict=False)]
    return parts


def _annexed(rows: Sequence[Row], begin: int, stop: int, run: Sequence[NumberedHeading], language: str) -> Part:
    title = _title_end(rows, begin, min(stop, run[0].heading.at), language)
    inner = tuple(_instrument(rows, title, stop, run, language))
    match = annex_pattern(language).match(rows[begin].text)
    label = match["number"] or "" if match else ""
    # "ANNEX II" alone on its line is the number; the title stands below it.
    named = begin + 1 if match and not match["rest"] else begin
    return Part("annex", begin, title, stop, label=label, number=label, heading=TitleRows(named, 0, title), parts=inner)


def _annex(rows: Sequence[Row], heading: Heading, stop: int) -> Part:
    body = heading_end(heading, rows, stop)
    title = TitleRows(heading.at, heading.rest_at, body)
    return Part("annex", heading.at, body, stop, label=heading.label, number=heading.printed, heading=title)


def _title_end(rows: Sequence[Row], begin: int, stop: int, language: str) -> int:
    at = begin
    while (
        at < stop
        and at < begin + TITLE_ROWS
        and (rows[at].loud or rows[at].centred)
        and not preamble_title(language).match(rows[at].text)
    ):
        at += 1
    return at


def _without_articles(rows: Sequence[Row], language: str) -> list[Part]:
    """A declaration: its title, then its paragraphs."""
    title = _title_end(rows, 0, len(rows), language)
    parts = [Part("front", 0, 0, title)] if title else []
    return [*parts, Part("final", title, title, len(rows))] if title < len(rows) else parts
