"""Provisions that are headed by a number without a unit's word: memoranda, acts, regulations, old treaties.

They are looked for only in a text in which no article was found. What tells such a number from that of a paragraph is
its title: beside it, above it, running into the text behind a dash, or none where the number has its line to itself.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from treatynlp.reading.rows import Row
from treatynlp.structure.headings import FULL, MARKER, Heading
from treatynlp.structure.numerals import readings
from treatynlp.structure.slips import MAX_TITLE
from treatynlp.structure.spacing import INSIDE

_BARE_TITLE = re.compile(
    r"^(?P<number>\d{1,3}[A-Z]{0,2}|[IVXLC]{1,6}(?=[.)]))(?P<separator>[.)]?)\s+(?P<rest>[A-Z].*)$"
)
_SUBDIVIDED_TEXT = re.compile(r"^(?P<number>\d{1,3}[A-Z]{0,2})\.?\s?[—–-]?\s?\(1\)\s?(?=\S)")
_COUNTED_TEXT = re.compile(r"^(?P<number>\d{1,3}[A-Z]{0,2})\.?\s*(?=[A-Z][a-z ])")
"""What stands below a title: a number with its first paragraph's ("3.—(1) Lamps …"), or with words."""
_ALONE = re.compile(r"^[\W_]{0,3}(?P<number>\d{1,3}[A-Z]?|[IVXLC]{1,7})[\W_]{0,3}$")
LEAST = 30
"""Below a number that heads a provision stand more characters: no title of a column, no further number."""
HARDLY_ANY_WITHOUT = 0.8
"""Share of the numbered paragraphs that must have a title above them to be headed by it: acts, not declarations."""
_RUN_IN = re.compile(r"^(?P<number>\d{1,3}[A-Z]{0,2})\.\s+(?P<rest>[A-Z][^.;:]{2,120}\.\s?[—–-]{1,2}(?=\s?[A-Z(“]))")
"""A title that runs into the text of its provision ("1. Short title.—(1) This Act …", acts of South Asia)."""
RUNNING = ".—"
"""The separator of such a heading: what follows on its line is text."""


def numbered_headings(rows: Sequence[Row], language: str) -> list[Heading]:
    """Lines that open a provision by a bare number: "1. Lamps" set apart as a title is (memoranda, acts), or a title
    and below it "1(1) Each keeper …" (acts of the Westminster kind); or "1. Keepers.—(1) Each keeper …"."""
    looks = (_titled, _alone, _run_in, _subdivided)
    found = [heading for at in range(len(rows)) for look in looks if (heading := look(rows, at, language))]
    return sorted([*found, *_all_below_titles(rows, language)], key=lambda one: one.at)


def _titled(rows: Sequence[Row], at: int, language: str) -> Heading | None:
    row = rows[at]
    match = _BARE_TITLE.match(row.text)
    if not match or row.ended or len(row.text) > MAX_TITLE:
        return None
    below = rows[at + 1] if at + 1 < len(rows) else None
    # web pages set titles as plain paragraphs: there the number below ("3.1" under "3. Costs") tells a title
    counts_on = below is not None and below.text.startswith(f"{match['number']}.1")
    if not (row.loud or row.centred or counts_on):
        return None
    # the first line of a paragraph, set in on both sides
    if not (row.loud or counts_on) and below is not None and below.gap < INSIDE:
        return None
    offset = match.start("rest") + len(row.line.text) - len(row.text)
    return _bare(at, match["number"], match["rest"], offset, language)


def _alone(rows: Sequence[Row], at: int, language: str) -> Heading | None:
    """A number that has its line to itself, set apart, above running text (old treaties, resolutions of assemblies)."""
    row, match = rows[at], _ALONE.match(rows[at].text)
    below = rows[at + 1] if at + 1 < len(rows) else None
    if not match or below is None or len(below.text) < LEAST or not (row.loud or (row.centred and below.gap > INSIDE)):
        return None
    return _bare(at, match["number"], "", len(row.line.text), language)


def _subdivided(rows: Sequence[Row], at: int, language: str) -> Heading | None:
    return _below_title(rows, at, _SUBDIVIDED_TEXT, language)


def _below_title(rows: Sequence[Row], at: int, counted: re.Pattern[str], language: str) -> Heading | None:
    match = counted.match(rows[at].text)
    above = rows[at - 1] if at else None
    if not match or above is None or not (above.loud or above.centred) or above.ended or len(above.text) > MAX_TITLE:
        return None
    if rows[at].loud or MARKER.match(above.text):
        return None
    return _bare(at - 1, match["number"], above.text, 0, language)


def _run_in(rows: Sequence[Row], at: int, language: str) -> Heading | None:
    row = rows[at]
    said = row.text if row.ended or at + 1 == len(rows) else f"{row.text} {rows[at + 1].text}"
    match = _RUN_IN.match(said)
    if not match or (at and row.gap < INSIDE and not (rows[at - 1].ended or rows[at - 1].loud)):
        return None
    offset = match.start("rest") + len(row.line.text) - len(row.text)
    return replace(_bare(at, match["number"], row.text[match.start("rest") :], offset, language), separator=RUNNING)


def _all_below_titles(rows: Sequence[Row], language: str) -> list[Heading]:
    """Titles with a paragraph numbered in figures below each ("Citation", and below it "1. These Regulations …"), where
    hardly such a paragraph has none: those of a declaration are counted through, and some have a title above them."""
    found = [one for at in range(len(rows)) if (one := _below_title(rows, at, _COUNTED_TEXT, language))]
    numbered = sum(_COUNTED_TEXT.match(row.text) is not None and not row.loud for row in rows)
    return found if len(found) >= HARDLY_ANY_WITHOUT * numbered else []


def _bare(at: int, number: str, rest: str, rest_at: int, language: str) -> Heading:
    return Heading(
        at=at,
        unit="",
        printed=number,
        numerals=readings(number, language),
        rest=rest,
        rest_at=rest_at,
        separator="",
        weight=FULL,
        label=number,
    )
