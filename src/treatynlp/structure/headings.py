"""Lines that may open an article, a chapter or an annex, and how far each heading reaches."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from treatynlp.reading.rows import Row
from treatynlp.roman import to_roman
from treatynlp.structure.numerals import Numeral, counted, readings
from treatynlp.structure.quotation import is_introduced
from treatynlp.structure.slips import MAX_TITLE, corrected, is_misreadable, latin
from treatynlp.structure.spacing import APART, INSIDE, WIDE
from treatynlp.structure.vocabulary import (
    annex_pattern,
    annexed_to,
    any_of,
    article_patterns,
    behind_pattern,
    division_pattern,
    reference_words,
    repealed_pattern,
    vocabulary,
)

FULL, LIKELY, POSSIBLE = 4.0, 3.0, 2.0
"""Weights of a line that looks like a heading in every way; of one that may open an instrument; and the least of one
that opens a division or annex, of which there is no count to vouch for it."""
MAX_HEADING_ROWS = 6
"""A heading has no more rows: number, title, and what an editor says below them."""
# What the weight of a heading's line is made of. A thing that headings have and sentences have not adds about 1; what
# shows that a sentence goes on through the line takes off more than any one of these gives. Set by eye on the texts of
# the mirror, so that headings in plain type (typescripts, web pages) reach LIKELY and references stay below POSSIBLE.
_ONLY_NUMBER, _TITLE_BEHIND = 2.0, 1.5
_QUOTED, _INTRODUCED = -3.0, -4.0
_BROKEN_OFF, _POINTED_AT, _CARRIED_ON = -1.5, -2.5, -1.5
_AS_REFERENCE, _AS_REFERENCE_BEHIND_STOP, _SMALL_BEHIND = -4.0, -1.0, -2.0
_SENTENCE = re.compile(r"[.;,:]$")
LOWER = re.compile(r"^[\W_]*[a-zà-ÿ]")
_DOTTED = re.compile(r"^\.\d")
_QUOTE = re.compile(r"^[\"“„«'‘]")
LONG_TITLE = 160
"""In pages where a paragraph is one row, a title is as long as it is; it ends without a stop and the next paragraph
begins anew (Directive 95/46/EC, whose French titles are longer than the English)."""
_HALF_FREE = 0.5
"""Share of the measure free behind an annex's word and number in plain type: more than a sentence's last line leaves
that happens to end so."""
_SHORT_LINE = 0.25
"""Share of the measure free behind a title in plain type; of a justified paragraph only the last line leaves some."""
_TITLE_STEP = 1.4
"""The lines of one title stand no farther apart: in larger type a little farther than the text's."""
_TITLE_SENTENCE = 60
"""A line below a number that is longer and ends in a stop is a sentence set in the headings' type, and no title."""
_BRACKETED = re.compile(r"^\([A-Z][^()]{2,}\)\.?$")
"""A title in brackets ("Article 1 (Lamps)"), which a reference to a paragraph or point is too short to be."""
_ASIDE = re.compile(r"^(?:\((?:[^()]*[a-z]{2}[^()]*|\d{1,2})\)|\[[^\[\]]*[a-z]{2}[^\[\]]*\])\.?$")
"""Behind the number of a heading that is set apart: what it was ("(ex Article 4)"), a footnote's mark ("(1)"), or what
an editor says of it ("[as amended in 2079]")."""
_FIRST = re.compile(r"^\(?1\s?[.)]\s?\S")
_FIRST_TEXT = re.compile(r"^(?:\(1\)|1[.)])\s?[A-Z“]")
"""The article's first paragraph on the line of its number ("Article 5 1. The Parties …", "Article 5. (1) The …"; in a
table of correspondence "Article 5 (1) Article 7" names two articles)."""
MARKER = re.compile(r"^(?:\(?\w{1,4}\)|\d{1,3}[.)\-–]|[a-z][.)])\s*\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open a provision: `at` is its row, `unit` its word ("article"), `printed` its number, `label` the
    number it is addressed by, `kind` what the tree calls it, `rest` what follows on the line (from character
    `rest_at`), `weight` how much it looks like a heading."""

    at: int
    unit: str
    printed: str
    numerals: tuple[Numeral, ...]
    rest: str
    rest_at: int
    separator: str
    weight: float
    label: str
    kind: str = "article"


def article_headings(rows: Sequence[Row], style: int, language: str) -> list[Heading]:
    """Every line that may open an article, by the `style`-th list of units of the vocabulary."""
    found = list(_matches(rows, article_patterns(language)[style], (0, len(rows)), language))
    return sorted([*found, *_repealed(rows, language)], key=lambda one: one.at) if style == 0 else found


def _repealed(rows: Sequence[Row], language: str) -> Iterator[Heading]:
    """The headings of several articles of which only the numbers are left."""
    for at, row in enumerate(rows):
        match = repealed_pattern(language).match(row.text)
        said = match["rest"] or (rows[at + 1].text if at + 1 < len(rows) else "") if match else ""
        if match and any_of("repealed", language).match(said):
            label, offset = (
                f"{match['first']}–{match['last']}",
                match.start("rest") + len(row.line.text) - len(row.text),
            )
            yield Heading(
                at=at,
                unit=match["unit"].lower(),
                printed=label,
                numerals=readings(label, language),
                rest=match["rest"],
                rest_at=offset,
                separator="",
                weight=FULL + _ONLY_NUMBER,
                label=label,
            )


def division_headings(rows: Sequence[Row], first: int, stop: int, language: str) -> list[Heading]:
    """Every line in [first, stop) that opens a part, chapter, section or title."""
    found = [
        one for one in _matches(rows, division_pattern(language), (first, stop), language) if one.weight >= POSSIBLE
    ]
    return [_as_counted(one, found) for one in found]


def _as_counted(heading: Heading, found: Sequence[Heading]) -> Heading:
    """A first division in words ("CHAPITRE PREMIER") is addressed in the figures in which its like go on ("II")."""
    if heading.label == heading.printed:
        return heading
    after = next((one for one in found if one.kind == heading.kind and one.at > heading.at), heading)
    roman = any(numeral.family == "ROMAN" for numeral in after.numerals)
    return replace(heading, label=to_roman(int(heading.label)).upper()) if roman else heading


def annex_headings(rows: Sequence[Row], first: int, stop: int, language: str) -> list[Heading]:
    """Every line in [first, stop) that opens an annex: the word alone or with a number, set apart from text."""
    return [
        heading
        for heading in _matches(rows, annex_pattern(language), (first, stop), language)
        if len(heading.rest) < MAX_TITLE
        and ((heading.weight >= POSSIBLE and _stands_apart(heading, rows)) or _is_annexed(heading, rows, language))
    ]


def _is_annexed(heading: Heading, rows: Sequence[Row], language: str) -> bool:
    """Whether a line says to what the annex it heads belongs ("Annex to Article 4"), at the head of a page or below a
    wide space: in running text that is a reference."""
    row = rows[heading.at]
    apart = (row.loud or row.centred) and (row.head or row.gap > WIDE)
    return apart and annexed_to(language).match(heading.rest) is not None


def behind_headings(rows: Sequence[Row], first: int, stop: int, language: str) -> list[Heading]:
    """The titles in [first, stop) of what is printed behind the signatures and belongs to the instrument."""
    return [
        Heading(
            at=at,
            unit=rows[at].text.lower(),
            printed="",
            numerals=(),
            rest="",
            rest_at=0,
            separator="",
            weight=FULL,
            label="",
            kind="annex",
        )
        for at in range(first, stop)
        if behind_pattern(language).match(rows[at].text)
        and (rows[at].loud or rows[at].centred)
        and (rows[at].head or rows[at].gap > WIDE)
    ]


def _stands_apart(heading: Heading, rows: Sequence[Row]) -> bool:
    """Whether a line is set apart by its look, or, in type as plain as the text's, by being nothing but the word with
    its number at the head of a page or behind a finished sentence ("Annex A" behind the signatures)."""
    row = rows[heading.at]
    plain = (
        bool(heading.printed) and not heading.rest and row.text[:1].isupper() and row.slack > _HALF_FREE * row.measure
    )
    return row.loud or row.centred or (plain and (row.head or rows[heading.at - 1].ended))


def _matches(rows: Sequence[Row], pattern: re.Pattern[str], reach: tuple[int, int], language: str) -> Iterator[Heading]:
    """The lines that the pattern matches; several headings of one line whose number can be misread in several ways."""
    for at in range(*reach):
        text = latin(rows[at].text)
        printed = _heading(rows, at, pattern.match(text), language)
        if printed is None or printed.weight <= 0 or is_misreadable(printed.printed) or printed.rest.isdecimal():
            for one in corrected(text, language):
                if better := _heading(rows, at, pattern.match(one.text), language, one.longer):
                    yield better
        if printed is not None:
            yield printed


def _heading(
    rows: Sequence[Row], at: int, match: re.Match[str] | None, language: str, longer: int = 0
) -> Heading | None:
    """The heading that a line's match makes; `longer` is by how much the matched line is longer than the printed."""
    if match is None or _DOTTED.match(match["separator"] + match.string[match.end("separator") :]):
        return None
    printed = (match["number"] or match.groupdict().get("nth") or "").strip()
    numerals = readings(printed, language) if printed else ()
    if printed and not numerals:
        return None
    row = rows[at]
    offset = match.start("rest") - longer + len(row.line.text) - len(row.text)
    unit, rest = match["unit"].lower(), match["rest"].strip()
    kind = vocabulary(language).division.units.get(unit, "article")
    heading = Heading(
        at=at,
        unit=unit,
        printed=printed,
        numerals=numerals,
        rest=rest,
        rest_at=offset,
        separator=match["separator"],
        weight=0.0,
        label=counted(printed, language),
        kind=kind,
    )
    return replace(heading, weight=_weight(heading, rows, language))


def _weight(heading: Heading, rows: Sequence[Row], language: str) -> float:
    """How much a line looks like a heading: alone on its line or parted from capitalised words, set apart from
    running text, behind a finished sentence; and not, where its words go on as a reference would."""
    row, rest = rows[heading.at], heading.rest
    above = rows[heading.at - 1] if heading.at else None
    below = rows[heading.at + 1] if heading.at + 1 < len(rows) else None
    weight = 1.0 + row.loud + row.centred + (row.gap > APART) + row.text.lstrip("-–—•*· ")[:1].isupper()
    weight += _of_rest(heading, row.loud or row.centred, language)
    if _QUOTE.match(row.text):
        weight += _QUOTED
    if is_introduced(rows, heading.at, language):
        weight += _INTRODUCED  # so that it opens no run of its own beside the amending instrument's
    if above is not None and not above.ended and not (above.loud or above.centred or row.gap > WIDE):
        weight += _POINTED_AT if reference_words(language)[1].search(above.text) else _BROKEN_OFF
    if below is not None and not rest and LOWER.match(below.text) and not MARKER.match(below.text):
        weight += _CARRIED_ON
    return weight


def _of_rest(heading: Heading, apart: bool, language: str) -> float:
    rest = heading.rest
    if apart and not rest.strip(",;°·|"):  # specks behind the number (scans)
        return 1.0
    if not rest or any_of("repealed", language).match(rest):
        return _ONLY_NUMBER if heading.separator != "," else 0.0
    if _BRACKETED.match(rest) or (apart and _ASIDE.match(rest)):
        return _TITLE_BEHIND
    if _FIRST_TEXT.match(rest) and (rest[0] == "1" or heading.separator[:1] in (".", ":")):
        return 0.0
    if reference_words(language)[0].match(rest) or rest[0] in ",;(" or LOWER.match(rest):
        goes_on = heading.separator not in (":", "–", "—", ".-")
        return _AS_REFERENCE if goes_on else _AS_REFERENCE_BEHIND_STOP
    if heading.separator:
        return _TITLE_BEHIND
    return 0.0 if rest[0].isupper() or rest[0] in "“\"'‘[" else _SMALL_BEHIND


def heading_end(heading: Heading, rows: Sequence[Row], stop: int) -> int:
    """The row behind a heading: its own line, and the lines below that are set as headings are."""
    at = heading.at + 1
    own = rows[heading.at]
    shape: tuple[bool, ...] | None = own.style if heading.rest else None
    while at < min(stop, heading.at + MAX_HEADING_ROWS) and _goes_on(rows, at, shape, opened=bool(heading.rest)):
        shape = rows[at].style
        at += 1
    return at


def _goes_on(rows: Sequence[Row], at: int, shape: tuple[bool, ...] | None, opened: bool) -> bool:
    row = rows[at]
    if MARKER.match(row.text):
        return False
    if not (row.loud or row.centred):
        above = rows[at - 1]
        return opened and not above.loud and not above.ended and 0 < row.gap < INSIDE
    if shape is not None:
        same = row.style[:2] == shape[:2] and (row.style[2] == shape[2] or row.style[3] == shape[3])
        return same and (row.gap <= _TITLE_STEP or (opened and LOWER.match(row.text) is not None))
    return not (len(row.text) > _TITLE_SENTENCE and row.text.endswith((".", ";")) and not row.centred)


def opens_numbered(row: Row) -> bool:
    """Whether a row opens a paragraph that has the number 1: the article above it has no title."""
    return _FIRST.match(row.text) is not None


def plain_heading_end(heading: Heading, rows: Sequence[Row], stop: int) -> int:
    """The row behind a heading whose title is set like running text: one short line, or a paragraph, without a full
    stop, and the next line begins anew. Used where most articles of an instrument have such a line."""
    at = heading.at + 1
    if at + 1 >= stop or heading.rest:
        return at
    row, below = rows[at], rows[at + 1]
    short = row.slack > _SHORT_LINE * (row.measure - row.indent) and len(row.text) < MAX_TITLE
    short = short or (below.gap > APART and not row.ended and len(row.text) < LONG_TITLE)
    fresh = below.text[:1].isupper() or MARKER.match(below.text) is not None
    title = not _SENTENCE.search(row.text) and not MARKER.match(row.text) and row.text[:1].isupper()
    return at + 1 if short and fresh and title else at
