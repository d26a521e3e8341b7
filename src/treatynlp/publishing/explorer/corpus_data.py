"""What every view of the explorer needs: the registry, the codebook, the matrix, and how far instruments agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.derived_tables import made
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Record
from treatynlp.publishing.columns import citations, first_place
from treatynlp.publishing.explorer.legend import Json, Legend
from treatynlp.publishing.explorer.pages import ORIGINS, STATES, About
from treatynlp.publishing.tables import Table, tidy

Row = list[Any]
AGREEMENT = ("index", "index_low", "index_high", "coverage", "present", "partial", "absent", "unknown")
ALIKE = ("thematic", "textual")


def corpus_data(overview: Overview, legend: Legend, tables: Mapping[str, Table], about: About) -> Json:
    """The data of the first view. Instruments and topics go by their number in these lists."""
    book = overview.codebook
    return {
        "release": {"hash": about.hash, "with_text": about.with_text, "treatynlp": about.treatynlp},
        "states": STATES,
        "origins": ORIGINS,
        "families": list(book.families.items()),
        "topics": [[name, topic.family, topic.means, topic.but_not] for name, topic in book.topics.items()],
        "instruments": [_instrument(record) for record in overview.records],
        "cells": _cells(overview, legend),
        "parameters": [list(row) for row in tables["matrix_parameters"].rows],
        "agreement": _agreement(overview, legend),
        "alike": _alike(overview, legend),
        "aligned": bool(overview.alignments),
    }  # fmt: skip


def log_data(tables: Sequence[Table]) -> Json:
    """What changed since the earlier release, and what a reader must know of the data: the rows of both tables."""
    return {
        table.name: {"columns": list(table.names), "rows": [list(map(tidy, row)) for row in table.rows]}
        for table in tables
        if table.name in ("changes", "issues")
    }


def _instrument(record: Record) -> Json:
    declared, source = record.instrument, record.source
    names = ("id", "short_title", "title", "citation", "body", "kind", "binding", "scope", "region", "parent")
    named = {name: getattr(declared, name) for name in names} | {"made": made(record)}
    dates = {name: day for name, day in declared.dates.model_dump().items() if day}
    return named | {
        "dates": dates, "landing": declared.landing, "url": declared.sources[0].url if declared.sources else "",
        "status": "not_assessed" if record.treaty is None else "split" if record.coding is None else "coded",
        "articles": len(record.treaty.articles) if record.treaty else None, "expected": declared.expect.articles,
        "source": source and {
            "url": source.url, "sha256": source.sha256, "paged": "pdf" in source.media_type, "pages": source.pages,
            "fidelity": source.fidelity, "confidence": tidy(source.confidence), "origin": source.origin,
        },
    }  # fmt: skip


def _cells(overview: Overview, legend: Legend) -> list[list[Row]]:
    """The matrix, topics down and instruments across: state, reason, and where it has grounds also strength, score,
    decider, provisions as cited, page of the surest."""
    rows: list[list[Row]] = [[[] for _ in legend.instruments] for _ in legend.topics]
    for cell in overview.cells:
        rows[legend.topics[cell.topic]][legend.instruments[cell.instrument]] = _cell(cell)
    return rows


def _cell(cell: Cell) -> Row:
    if not cell.grounds:
        return [cell.state, cell.reason]
    page = first_place(cell)["page"]
    return [cell.state, cell.reason, cell.strength, tidy(cell.score), cell.decided_by, citations(cell), page]


def _agreement(overview: Overview, legend: Legend) -> list[Row]:
    """How far the binding instruments agree on each topic; empty for a topic nothing is known of."""
    rows: list[Row] = [[] for _ in legend.topics]
    for harmony in overview.harmony:
        rows[legend.topics[harmony.topic]] = [tidy(getattr(harmony, name)) for name in AGREEMENT]
    return rows


def _alike(overview: Overview, legend: Legend) -> list[Row]:
    """How alike two instruments are: by theme, by wording, and over their terms (harmonisation); those known."""
    harmony = {(pair.left, pair.right): pair.index for pair in overview.pairs}
    return [
        [legend.instruments[one.left], legend.instruments[one.right], *(tidy(getattr(one, name)) for name in ALIKE),
         tidy(harmony.get((one.left, one.right)))]
        for one in overview.similarities
        if one.thematic is not None or one.textual is not None
    ]  # fmt: skip
