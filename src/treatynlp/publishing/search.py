"""Provisions by their words and topics, best first: the same order on the command line and in the explorer.

All terms must stand in a provision, in any of their forms (stems.py), words in double quotes side by side; the smallest
such provision counts. Words that name a topic (its title, or a synonym of the codebook: "hacking") find its provisions
too, whatever their own words; those of a synonym come behind what holds the words, for a topic may be wider than one of
its synonyms ("CERT" is one of many national authorities). The relevance of a provision is the sum of

- for each term n / (n + 1 + length / 1000), where n is how often it stands there and length is in characters: a short
  provision about a thing before a long one that mentions it;
- 0.5 for each term in its heading or its article's;
- the score of its label, where the words name a topic that it, or a provision around or in it, is labelled with: twice
  by its title, by the whole title one and a half times for each term (more than words alone can come to), a tenth of it
  by a synonym.

assets/search.js does the same sum; tests/publishing/test_search.py holds the two against each other.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from treatynlp.publishing.stems import fold, stem, tokens
from treatynlp.structure.address import are_nested

AROUND, LEAST = 90, 3
"""Characters of a snippet before and behind the words, and letters from which on the beginning of a word is enough."""
BY_TITLE, BY_SYNONYM, WHOLE = 2.0, 0.1, 1.5
"""What the score of a label counts where the words are of its topic's title, and where they are of a synonym; and for
each term where they are the whole title."""
LONG, IN_HEADING = 1000, 0.5
"""Characters of a provision in which one mention more counts half; and what a term in the heading counts."""
DIGITS = 6
"""Decimals of a score: the browser, which does the same sum, rounds alike."""
_GAP = r"[\W_]+"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A provision that was found. `snippet` shows the place, the words between » and «; `score` is its relevance."""

    instrument: str
    eid: str
    citation: str
    heading: str
    snippet: str
    page: int | None
    url: str | None
    score: float = 0.0


def asked(words: str) -> tuple[tuple[str, ...], ...]:
    """The terms of a query; words in double quotes are one term.

    >>> asked('without "lamp rooms"')
    (('without',), ('lamp', 'rooms'))
    """
    found = (tokens(quoted or bare) for quoted, bare in re.findall(r'"([^"]+)"|([^\s"]+)', words))
    return tuple(tuple(term) for term in found if term)


def search(
    connection: sqlite3.Connection, words: str, topic: str = "", instrument: str = "", limit: int = 20
) -> tuple[SearchResult, ...]:
    """The provisions of a release's database that answer the words, best first.

    With `topic` only those labelled with it, or around or inside one that is; without words all of these.
    """
    terms = asked(words)
    labels = _labels(connection, {topic: BY_TITLE} if topic else named_topics(connection, terms))
    texts = _texts(connection, terms, instrument) if terms else {}
    found = {at: row for at, row in texts.items() if not topic or _label(at, labels)}
    found = _innermost(found)
    if not terms or not topic:
        found |= _labelled(connection, labels, found, instrument)
    ranked = sorted(found.values(), key=lambda row: (-_score(row, terms, labels), row.date, row.instrument, row.order))
    return tuple(_hit(row, _score(row, terms, labels)) for row in ranked[:limit])


# ---- what the words mean --------------------------------------------------------------------------------------------


def named_topics(connection: sqlite3.Connection, terms: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """The topics whose title, or one of whose synonyms, holds all the words, with what their labels count."""
    said = {stem(word) for term in terms for word in term}
    rows = connection.execute("SELECT topic, title, synonyms FROM topics").fetchall() if said else ()
    synonyms = {topic: BY_SYNONYM for topic, _, names in rows if any(_held(said, one) for one in _split(names))}
    return synonyms | {topic: _by_title(terms, said, title) for topic, title, _ in rows if _held(said, title)}


def _by_title(terms: Sequence[tuple[str, ...]], said: set[str], title: str) -> float:
    # Who types a topic's whole title ("data protection in cooperation") wants what regulates it before all that has
    # these words somewhere; with four terms the words alone come to more than twice a label.
    whole = said == set(map(stem, tokens(title)))
    return max(BY_TITLE, WHOLE * len(terms)) if whole else BY_TITLE


def _split(names: str | None) -> list[str]:
    return (names or "").split("; ")


def _held(said: set[str], name: str) -> bool:
    return said <= set(map(stem, tokens(name)))


def _forms(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The words of the release that are forms of this one; where it has none, those that begin with it."""
    rows = connection.execute("SELECT word FROM word_stems WHERE stem = ? ORDER BY word", (stem(word),)).fetchall()
    # The beginning of a word is enough only where no whole word answers.
    if not rows and len(word) >= LEAST:
        rows = connection.execute("SELECT word FROM word_stems WHERE substr(word, 1, ?) = ? ORDER BY word",
                                  (len(word), word)).fetchall()  # fmt: skip
    return tuple(word for (word,) in rows)


# ---- provisions that hold the words ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    instrument: str
    eid: str
    parent: str | None
    order: int
    citation: str
    heading: str
    page: int | None
    url: str | None
    date: str
    above: str
    text: str
    patterns: tuple[re.Pattern[str], ...] = ()


Found = dict[tuple[str, str], _Row]
Labels = Mapping[str, Mapping[str, float]]
"""By instrument and address what the surest committed label counts."""

_COLUMNS = """
SELECT p.instrument AS instrument, p.eid AS eid, p.parent AS parent, p."order" AS "order", p.citation AS citation,
       p.heading AS heading, p.page AS page, p.url AS url, coalesce(i.date, '9999') AS date,
       coalesce(a.heading, '') AS above, {text} AS text
FROM {source} JOIN instruments AS i ON i.id = p.instrument
LEFT JOIN provisions AS a ON a.instrument = p.instrument AND a.eid = p.article
WHERE (:instrument = '' OR p.instrument = :instrument) AND {kept}
"""


def _rows(connection: sqlite3.Connection, source: str, kept: str, values: dict[str, str]) -> Iterator[_Row]:
    # A release may be made without the words of treaties; its provisions can be searched by topic still.
    held = {row[1] for row in connection.execute("PRAGMA table_info(provisions)")}
    text = "p.text" if "text" in held else "''"
    found = connection.execute(_COLUMNS.format(text=text, source=source, kept=kept), values)
    names = [column[0] for column in found.description]
    return (_Row(**dict(zip(names, row, strict=True))) for row in found)


def _texts(connection: sqlite3.Connection, terms: Sequence[tuple[str, ...]], instrument: str) -> Found:
    # The index holds words as printed, so that the place can be shown; their other forms come from `word_stems`.
    forms = [[_forms(connection, word) for word in term] for term in terms]
    if not all(all(term) for term in forms):
        return {}
    # The index finds provisions that hold the words somewhere; whether they stand side by side, their text says.
    patterns = tuple(_pattern(term) for term in forms)
    match = " AND ".join("(" + " OR ".join(f'"{word}"' for word in words) + ")" for term in forms for words in term)
    source = "provisions_fts JOIN provisions AS p ON p.rowid = provisions_fts.rowid"
    rows = _rows(connection, source, "provisions_fts MATCH :match", {"instrument": instrument, "match": match})
    found = (replace(row, patterns=patterns) for row in rows)
    return {(row.instrument, row.eid): row for row in found if all(map(_holds(row), patterns))}


def _pattern(term: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """What finds a term in folded words: any form of each of its words, side by side and whole."""
    words = (
        "(?:" + "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form))) + ")" for forms in term
    )
    return re.compile(rf"(?<![^\W_]){_GAP.join(words)}(?![^\W_])")


def _holds(row: _Row) -> Callable[[re.Pattern[str]], bool]:
    said = fold(f"{row.heading}\n{row.text}")
    return lambda pattern: pattern.search(said) is not None


def _innermost(found: Found) -> Found:
    # An article holds the words of its paragraphs: without this each hit would be told once for every level above it.
    around = {(row.instrument, row.parent) for row in found.values()}
    return {at: row for at, row in found.items() if at not in around}


# ---- provisions that are about it -----------------------------------------------------------------------------------


def _labels(connection: sqlite3.Connection, topics: Mapping[str, float]) -> Labels:
    found: dict[str, dict[str, float]] = {}
    for topic, weight in topics.items():
        query = "SELECT instrument, eid, score FROM labels WHERE topic = ? AND status = 'committed'"
        for instrument, eid, score in connection.execute(query, (topic,)):
            own = found.setdefault(instrument, {})
            own[eid] = max(weight * score, own.get(eid, 0.0))
    return found


def _label(at: tuple[str, str], labels: Labels) -> float:
    """What the surest label on a provision, around it or in it, counts; 0 without any."""
    own = labels.get(at[0], {})
    return max((score for eid, score in own.items() if are_nested(eid, at[1])), default=0.0)


def _labelled(connection: sqlite3.Connection, labels: Labels, found: Found, instrument: str) -> Found:
    """The labelled provisions that stand neither around nor in one that was found by its words."""
    rows = _rows(connection, "provisions AS p", "1", {"instrument": instrument}) if labels else ()
    made = (row for row in rows if row.eid in labels.get(row.instrument, {}))
    eids: dict[str, list[str]] = {}
    for id, eid in found:
        eids.setdefault(id, []).append(eid)
    return {
        (row.instrument, row.eid): row
        for row in made
        if not any(are_nested(row.eid, eid) for eid in eids.get(row.instrument, ()))
    }


# ---- the order and what is shown ------------------------------------------------------------------------------------


def _score(row: _Row, terms: Sequence[tuple[str, ...]], labels: Labels) -> float:
    text, heading = fold(row.text), fold(f"{row.heading}\n{row.above}")
    said = 0.0
    for pattern in row.patterns:
        times = len(pattern.findall(text))
        # Saturating, and less in longer provisions, after the manner of BM25; assets/search.js does the same sum.
        said += times / (times + 1 + len(text) / LONG) + (IN_HEADING if pattern.search(heading) else 0.0)
    # By its title a sure label weighs more than one term and its heading: who asks for a topic by its name wants what
    # regulates it, not each mention.
    return round(said + _label((row.instrument, row.eid), labels), DIGITS)


def _hit(row: _Row, score: float) -> SearchResult:
    return SearchResult(
        instrument=row.instrument,
        eid=row.eid,
        citation=row.citation,
        heading=row.heading,
        snippet=_snippet(row),
        page=row.page,
        url=row.url,
        score=score,
    )


def _snippet(row: _Row) -> str:
    """The words around the first place of any term, each place between » and «; the beginning where there is none."""
    folded = fold(row.text)
    spans = sorted(match.span() for pattern in row.patterns for match in pattern.finditer(folded))
    first = spans[0][0] if spans else 0
    start, end = max(0, first - AROUND), min(len(row.text), first + 2 * AROUND)
    shown, at = [], start
    for begin, stop in spans:
        if at <= begin and stop <= end:
            shown += [row.text[at:begin], f"»{row.text[begin:stop]}«"]
            at = stop
    return ("…" if start else "") + "".join(shown) + row.text[at:end] + ("…" if end < len(row.text) else "")
