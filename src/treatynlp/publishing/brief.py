"""A brief to take along: what chosen instruments say of chosen topics, made from a release's tables.

Topic by topic: in how many of the instruments it is regulated, a table of states and articles, the provisions with
their words (where the release holds them), values, pages and addresses, and what is not known. It is made of blocks,
which `brief_word.py` and `brief_pdf.py` set: the same release and choice give the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from treatynlp.comparison.states import FOUND
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.selection import each
from treatynlp.publishing.table import CONTROL
from treatynlp.publishing.titles import ASKED, id_words

Tables = Mapping[str, pd.DataFrame]
TABLES = ("instruments", "topics", "cells", "parameters", "provisions", "elements")
"""The tables of a release that a brief is made from."""
LONGEST = 2500
"""Characters of a provision that are quoted; the rest is left to the source, and that is said."""
ASKS = {case: f" ({said})" for case, said in ASKED.items()}
DECIDERS = {"human": "people", "rule": "rule", "model": "model"}
TITLE = "Treaties compared: a brief"
_CLOSING = (
    "Cite the official text of a provision, found by treatynlp, {release}. “Absent” is a claim about a text that was "
    "read whole, by a reader that errs; ratifications, reservations and declarations are not in the texts."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a brief is of: topics and instruments by id, in this order, and the release it is made from.

    `called` holds what people call parameters and elements, by their ids, `terms` the values of elements, and `errs`
    how often the machine errs about a topic.
    """

    topics: tuple[str, ...]
    instruments: tuple[str, ...]
    release: str
    called: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[tuple[str, str], str] = field(default_factory=dict)
    errs: Mapping[str, str] = field(default_factory=dict)


Kind = Literal["title", "heading", "instrument", "provision", "plain", "small", "quote", "item"]


@dataclass(frozen=True, slots=True)
class BriefBlock:
    """Words with what they are; of a provision `lead` is its citation."""

    kind: Kind
    words: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose first row is its head; `states` are those of the rows below it, whose second cell is coloured."""

    rows: tuple[tuple[str, ...], ...]
    states: tuple[str, ...]


Blocks = Iterator[BriefBlock | Grid]


def write_brief(tables: Tables, choice: Choice) -> tuple[BriefBlock | Grid, ...]:
    """The brief's blocks, from its title to the sources."""
    instruments = tables["instruments"].set_index("id").loc[list(choice.instruments)]
    return tuple(_cleaned(block) for block in _told(tables, choice, instruments))


def _cleaned(block: BriefBlock | Grid) -> BriefBlock | Grid:
    """The block without signs that neither XML nor a page can hold."""
    if isinstance(block, Grid):
        return Grid(tuple(tuple(CONTROL.sub("", words) for words in row) for row in block.rows), block.states)
    return BriefBlock(block.kind, CONTROL.sub("", block.words), CONTROL.sub("", block.lead))


def _told(tables: Tables, choice: Choice, instruments: pd.DataFrame) -> Blocks:
    yield from _opening(tables, choice, instruments)
    topics = tables["topics"].set_index("topic")
    for topic in choice.topics:
        yield from _Topic(tables, instruments, choice).told(topic, topics.loc[topic])
    yield from _sources(instruments, choice)


def _opening(tables: Tables, choice: Choice, instruments: pd.DataFrame) -> Blocks:
    names = tables["topics"].set_index("topic").title
    yield BriefBlock("title", TITLE)
    yield BriefBlock("plain", f"Topics: {'; '.join(map(str, names[list(choice.topics)]))}.")
    yield BriefBlock("plain", f"Instruments: {'; '.join(map(str, instruments.short_title))}.")
    said = "; ".join(f"{one.sign} {one.word}: {one.means}" for one in LEGEND.values())
    yield BriefBlock("small", f"treatynlp, {choice.release}. How to read it: {said}.")


@dataclass(frozen=True, slots=True)
class _Topic:
    """Tells one topic."""

    tables: Tables
    instruments: pd.DataFrame
    choice: Choice

    def told(self, topic: str, about: Any) -> Blocks:
        cells = self.tables["cells"]
        own = cells[(cells.topic == topic) & cells.instrument.isin(self.instruments.index)].set_index("instrument")
        yield BriefBlock("heading", str(about.title))
        yield BriefBlock("plain", f"{about.means}.")
        yield BriefBlock("plain", summary(own, self.names))
        yield self._grid(own)
        if errs := self.choice.errs.get(topic):
            yield BriefBlock("small", errs)
        for id in self.instruments.index:
            # What is open is quoted too: the reader is the one who must decide it.
            if id in own.index and own.state[id] in (*FOUND, "inconclusive"):
                yield from self._instrument(id, topic, own.loc[id])

    @property
    def names(self) -> Mapping[str, str]:
        return dict(zip(self.instruments.index, self.instruments.short_title, strict=True))

    def _grid(self, own: pd.DataFrame) -> Grid:
        rows = [("Instrument", "State", "Strength", "Articles", "Decided by")]
        for id, name in self.names.items():
            cell, one = own.loc[id], LEGEND[str(own.state[id])]
            rows.append((name, f"{one.sign} {one.word}", _word(cell.strength), "; ".join(cell.articles), _by(cell)))
        return Grid(tuple(rows), tuple(str(own.state[id]) for id in self.names))

    def _instrument(self, id: str, topic: str, cell: Any) -> Blocks:
        yield BriefBlock("instrument", self.names[id])
        if cell.state != "present":
            yield BriefBlock("plain", f"{LEGEND[cell.state].word.capitalize()}: {_word(cell.reason)}.")
        values = self.tables["parameters"]
        for row in each(values[(values.instrument == id) & (values.topic == topic)]):
            name = self.choice.called.get(row.attribute, id_words(row.attribute))
            yield BriefBlock("plain", f"{name}: {row.says} ({row.citation}{_read_by(row)})")
        provisions = self.tables["provisions"]
        for row in each(provisions[(provisions.instrument == id) & provisions.eid.isin(list(cell.eids))]):
            yield from _provision(row)
            yield from self._terms(id, row.eid)

    def _terms(self, id: str, eid: str) -> Blocks:
        """On what terms a provision lays an offence or a power down, as far as they were read."""
        if "elements" not in self.tables:  # a release made before they were read
            return
        found = self.tables["elements"]
        own = found[(found.instrument == id) & ((found.eid == eid) | found.eid.str.startswith(f"{eid}__"))]
        # Each once, with the paragraphs that say it: of an article whose paragraphs agree the list would repeat itself.
        places: dict[str, dict[str, None]] = {}
        for row in each(own):
            name = self.choice.called.get(row.element, id_words(row.element))
            said = self.choice.terms.get((row.element, row.value), id_words(row.value).lower())
            inside = {row.citation: None} if row.eid != eid else {}
            places.setdefault(f"{name}: {said}{ASKS.get(row.case, '')}", {}).update(inside)
        for said, where in places.items():
            yield BriefBlock("item", f"{said} ({'; '.join(where)})" if where else said)


def _read_by(row: Any) -> str:
    """Who read a parameter, where the release says so (older ones do not)."""
    return f"; {DECIDERS[row.decided_by]}" if "decided_by" in row._fields else ""


def _provision(row: Any) -> Blocks:
    page = f", page {int(row.page)}" if pd.notna(row.page) else ""
    yield BriefBlock("provision", _word(row.heading), lead=f"{row.citation}{page}")
    # A release without the words of treaties has no such column.
    if words := _word(getattr(row, "text", None)):
        cut = f"{words[:LONGEST].rstrip()} […: see the source]" if len(words) > LONGEST else words
        yield BriefBlock("quote", cut)
    if address := _word(row.url):
        yield BriefBlock("small", address)


def summary(own: pd.DataFrame, names: Mapping[str, str]) -> str:
    """In how many instruments a topic is regulated, in which not, and of which it is not known.

    `own` holds the topic's rows of cells.csv by instrument, `names` the instruments' names in the order they are told.
    """
    states = {id: str(own.state[id]) for id in names if id in own.index}
    # Of those it is known: with the open ones in the count, a text not read would pass for one without the topic.
    known = [id for id, state in states.items() if state in (*FOUND, "absent")]
    found = [id for id in known if states[id] in FOUND]
    said = f"Regulated in {len(found)} of {len(known)} instruments of which it is known."
    for state, words in (("absent", "Not found in"), ("inconclusive", "Not known, a reader must look"),
                         ("not_assessed", "Not assessed"), ("not_applicable", "Not applicable to")):  # fmt: skip
        if own := [names[id] for id in states if states[id] == state]:  # type: ignore[assignment]
            said += f" {words}: {'; '.join(own)}."
    return said


def _sources(instruments: pd.DataFrame, choice: Choice) -> Blocks:
    yield BriefBlock("heading", "Sources and citation")
    for row in each(instruments):
        address = f" {row.url}" if _word(row.url) else ""
        yield BriefBlock("item", f"{row.title}, {_word(row.citation) or row.body}.{address}")
    yield BriefBlock("plain", _CLOSING.format(release=choice.release))


def _word(value: Any) -> str:
    return str(value) if isinstance(value, str) else ""


NEARLY_CERTAIN = 0.995
"""The score from which on it would be rounded to 100 %."""


def _by(cell: Any) -> str:
    """Who decided, and how sure a machine was."""
    kind = DECIDERS.get(_word(cell.decided_by), "")
    sure = "> 99 %" if cell.score >= NEARLY_CERTAIN else f"{cell.score:.0%}"  # never told as if a machine could not err
    return f"{kind} ({sure})" if kind in ("rule", "model") else kind
