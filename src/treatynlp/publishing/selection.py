"""What a figure, a brief or a set of tasks is of: instruments, topics, families, named by people or all there are; and
words said wrongly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from treatynlp.dates import year_of
from treatynlp.errors import DataError, Issue, issue
from treatynlp.publishing.release_frames import dates, in_time
from treatynlp.publishing.sheet_words import LONGEST, sheet_text, spoken

_UNKNOWN = {
    "instrument": "instrument-unknown.release", "family": "family-unknown", "topic": "topic-unknown",
    "attribute": "attribute-unknown",
}  # fmt: skip
Tables = Mapping[str, pd.DataFrame]
LONG = 64
"""Characters of an instrument's name on a sheet."""


def known_names(kind: str, named: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """What was named, each once. DataError with a row for each that does not exist."""
    named = tuple(dict.fromkeys(named))
    if faults := unknown_names(kind, named, words):
        raise DataError(*faults)
    return named


def unknown_names(kind: str, named: Iterable[str], words: Iterable[str]) -> list[Issue]:
    """A row for each word that does not exist, with those it may have meant."""
    there = list(dict.fromkeys(words))
    return [issue(_UNKNOWN[kind], one, hint=_meant(one, there)) for one in named if one not in there]


TOLD = 8
"""Names that are told where none is near the one that was asked for."""


def _meant(word: str, there: Sequence[str]) -> str:
    close = get_close_matches(word, sorted(there), n=3)
    return f"did you mean {' or '.join(close)}?" if close else f"it has: {spoken(there, TOLD) or 'none'}."


def chosen_instruments(tables: Tables, named: Sequence[str] = ()) -> tuple[str, ...]:
    """The instruments named, in the order given; without any, those that were coded, from the oldest to the newest."""
    instruments = tables["instruments"]
    if named:
        return known_names("instrument", named, instruments.id)
    coded = in_time(instruments[instruments.status == "coded"]).id
    if coded.empty:
        raise DataError(issue("nothing-to-plot.uncoded", "instruments"))
    return tuple(coded)


def chosen_topics(tables: Tables, families: Sequence[str] = (), topics: Sequence[str] = ()) -> pd.DataFrame:
    """The codebook's topics that were named, alone or by their families, in its order; without any, all."""
    book = tables["topics"]
    known_names("family", families, book.family)
    known_names("topic", topics, book.topic)
    chosen = book.family.isin(list(families)) | book.topic.isin(list(topics))
    return book[chosen] if families or topics else book


def instrument_names(tables: Tables, ids: Iterable[str], year: bool = False) -> dict[str, str]:
    """The names of instruments as they stand on a sheet, with the year where wanted."""
    instruments = tables["instruments"].set_index("id")
    first = dict(zip(tables["instruments"].id, dates(tables["instruments"]), strict=True))

    def name(ident: str) -> str:
        title = instruments.short_title[ident]
        said = (sheet_text(title, LONG) if isinstance(title, str) else "") or ident
        when = year_of(str(first[ident])) if isinstance(first[ident], str) else ""
        # Many short titles hold their year already.
        return f"{said} {when}" if year and when and when not in said else said

    return {ident: name(ident) for ident in ids}


def topic_words(word: object) -> str:
    """A codebook's word as people write it: `illegal_access` is illegal access."""
    return sheet_text(word, LONGEST).replace("_", " ")


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table one by one, their columns as attributes."""
    return table.itertuples()
