"""What every view of the explorer needs: the registry, the codebook, the matrix, and how far instruments agree."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from treatynlp.codebook import Topic
from treatynlp.comparison.cells import Cell
from treatynlp.comparison.derived_tables import date_made
from treatynlp.comparison.harmonisation import agreements, parameter_values, weight
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Pair, Record
from treatynlp.comparison.states import FOUND, OPEN, STATES, State
from treatynlp.publishing.columns import cited_provisions, first_place
from treatynlp.publishing.explorer.numbering import Json, Numbering
from treatynlp.publishing.explorer.pages import ORIGINS, About
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.stems import stems_of
from treatynlp.publishing.table import Table, tidy
from treatynlp.publishing.titles import ASKED, Titles

Packed = list[Any]
"""A row whose columns go by their place: `data.js` names them."""
AGREEMENT = ("index", "index_low", "index_high", "coverage", "present", "partial", "absent", "unknown")
ALIKE = ("thematic", "textual")
DIGITS = 12
"""Enough to make an index again to the last digit that is shown, and the same on every machine."""


def corpus_data(overview: Overview, numbers: Numbering, tables: Mapping[str, Table], about: About) -> Json:
    """The data of the first view. Instruments and topics go by their number in these lists."""
    book, titles, apart = overview.codebook, numbers.titles, left_out(overview)
    return {
        "release": {"hash": about.hash, "with_text": about.with_text, "treatynlp": about.treatynlp},
        "states": [_state(name) for name in STATES],
        "origins": ORIGINS,
        "families": [[name, means, titles.family(name)] for name, means in book.families.items()],
        "topics": [_topic(name, topic, titles, about.errs) for name, topic in book.topics.items()],
        "attributes": {name: titles.attribute(name) for name in (*book.attributes, *book.elements)},
        "values": {name: [one.value, one.unit, one.case] for name, one in book.attributes.items()},
        "terms": {name: one.says for name, one in (*book.attributes.items(), *book.elements.items()) if one.says},
        "asked": ASKED,
        "instruments": [_instrument(record) for record in overview.records],
        "cells": _cells(overview, numbers),
        "parameters": [list(row) for row in tables["matrix_parameters"].rows],
        "agreement": _agreement(overview, numbers),
        "harmony": _harmony(overview, numbers),
        "weights": {name: weight(Cell("", "", name)) for name in STATES},
        "alike": _alike(overview, numbers, apart),
        "left_out": len(apart),
        "aligned": bool(overview.alignments),
        "unproven": sorted(kind for kind, proven in overview.proven.items() if not proven),
    }  # fmt: skip


def _state(name: State) -> Json:
    """How a state is shown, and as what it counts: found, absent, open, or nothing at all."""
    counts = "found" if name in FOUND else "open" if name in OPEN else "absent" if name == "absent" else ""
    return {"name": name, "counts": counts} | LEGEND[name].model_dump(include={"sign", "word", "means"})


def word_data(overview: Overview, with_text: bool) -> Json:
    """The words of all texts, headings and names of topics by their stems: `[stem, word, word, …]`."""
    treaties = [record.treaty for record in overview.records if record.treaty]
    headings = (one.heading for treaty in treaties for one in treaty.walk())
    names = (name for topic in overview.codebook.topics.values() for name in (topic.label, *topic.synonyms))
    texts = (treaty.text.value for treaty in treaties) if with_text else ()
    found: dict[str, list[str]] = {}
    # Computed here: a browser has no stemmer, and with the forms listed it needs none.
    for word, own in stems_of((*texts, *headings, *names)).items():
        found.setdefault(own, []).append(word)
    return {"stems": [[own, *words] for own, words in sorted(found.items())]}


def log_data(tables: Sequence[Table]) -> Json:
    """What changed since the earlier release, and what a reader must know of the data: the rows of both tables."""
    return {
        table.name: {"columns": list(table.names), "rows": [list(map(tidy, row)) for row in table.rows]}
        for table in tables
        if table.name in ("changes", "issues")
    }


def _topic(name: str, topic: Topic, titles: Titles, errs: Mapping[str, str]) -> Packed:
    return [
        name,
        topic.family,
        topic.means,
        topic.but_not,
        titles.topic(name),
        list(topic.synonyms),
        errs.get(name, ""),
    ]


def _instrument(record: Record) -> Json:
    declared, source = record.instrument, record.source
    names = ("id", "short_title", "title", "citation", "body", "kind", "binding", "scope", "region", "parent")
    named = {name: getattr(declared, name) for name in names} | {"made": date_made(record)}
    dates = {name: day for name, day in declared.dates.model_dump().items() if day}
    return named | {
        "dates": dates, "landing": declared.landing, "fields": list(declared.family),
        "version": declared.version.date if declared.version else "",
        "url": declared.sources[0].url if declared.sources else "",
        "status": "not_assessed" if record.treaty is None else "split" if record.coding is None else "coded",
        "articles": len(record.treaty.articles) if record.treaty else None, "expected": declared.expect.articles,
        "source": source and {
            "url": source.url, "sha256": source.sha256, "paged": "pdf" in source.media_type, "pages": source.pages,
            "fidelity": source.fidelity, "confidence": tidy(source.confidence), "origin": source.origin,
            "fetched": source.fetched, "text": record.kind_of_text,
            "language": record.treaty.language if record.treaty else "",
        },
    }  # fmt: skip


def _cells(overview: Overview, numbers: Numbering) -> list[list[Packed]]:
    """The matrix, topics down and instruments across: state, reason, and where it has grounds also strength, score,
    decider, provisions as cited, page of the surest."""
    rows: list[list[Packed]] = [[[] for _ in numbers.instruments] for _ in numbers.topics]
    for cell in overview.cells:
        rows[numbers.topics[cell.topic]][numbers.instruments[cell.instrument]] = _cell(cell)
    return rows


def _cell(cell: Cell) -> Packed:
    if not cell.grounds:
        return [cell.state, cell.reason]
    page = first_place(cell)["page"]
    return [cell.state, cell.reason, cell.strength, tidy(cell.score), cell.decided_by, cited_provisions(cell), page]


def _agreement(overview: Overview, numbers: Numbering) -> list[Packed]:
    """How far the binding instruments agree on each topic; empty for a topic nothing is known of."""
    rows: list[Packed] = [[] for _ in numbers.topics]
    for harmony in overview.harmony:
        rows[numbers.topics[harmony.topic]] = [tidy(getattr(harmony, name)) for name in AGREEMENT]
    return rows


def _harmony(overview: Overview, numbers: Numbering) -> list[Packed]:
    """Topic by topic the binding instruments that regulate it, the kind of each (those of a kind say the same on the
    same terms), and the agreement of every two kinds, so that the index can be made again over those a reader has
    chosen (see comparison.harmonisation)."""
    said, binding = (
        parameter_values(overview.parameters),
        {record.id for record in overview.records if record.instrument.binding},
    )
    found: dict[str, list[Cell]] = {topic: [] for topic in numbers.topics}
    for cell in overview.cells:
        if cell.found and cell.instrument in binding:
            found[cell.topic].append(cell)
    rows: list[Packed] = [[] for _ in numbers.topics]
    for topic, cells in found.items():
        agreed = agreements(cells, said)
        table = [[round(float(h), DIGITS) for h in row] for row in agreed.table]
        rows[numbers.topics[topic]] = [[numbers.instruments[one.instrument] for one in cells], agreed.kinds, table]
    return rows


def _alike(overview: Overview, numbers: Numbering, apart: Container[Pair]) -> list[Packed]:
    """How alike two instruments are: by theme, by wording, and over their terms (harmonisation); those known, but for
    pairs set `apart`, with nearer ones: in a corpus of hundreds they would be most of the first view."""
    harmony = {(pair.left, pair.right): pair.index for pair in overview.pairs}
    return [
        [numbers.instruments[one.left], numbers.instruments[one.right], *(tidy(getattr(one, name)) for name in ALIKE),
         tidy(harmony.get((one.left, one.right)))]
        for one in overview.similarities
        if (one.thematic is not None or one.textual is not None) and (one.left, one.right) not in apart
    ]  # fmt: skip


def left_out(overview: Overview) -> frozenset[Pair]:
    """The pairs with a text that were not laid side by side, as each has nearer ones."""
    texts = ((one.left, one.right) for one in overview.similarities if one.textual is not None)
    return frozenset(texts) - overview.compared if overview.alignments else frozenset()
