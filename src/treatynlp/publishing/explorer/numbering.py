"""What the explorer's data call by number: instruments, topics and provisions, each listed once."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Self

from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Place, Record, places
from treatynlp.publishing.titles import Titles

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadInstrument:
    """One instrument whose text was read: its provisions by address, their numbers (their places in reading order),
    and `offset`, which counts its characters as a browser does."""

    record: Record
    where: dict[str, Place]
    number: dict[str, int]
    offset: Callable[[int], int]

    @classmethod
    def of(cls, record: Record) -> Self:
        where = places(record.treaty)
        text = record.treaty.text.value if record.treaty else ""
        return cls(record, where, {eid: place.order for eid, place in where.items()}, utf16_offsets(text))

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of instruments and topics, and the instruments that were read."""

    instruments: dict[str, int]
    topics: dict[str, int]
    read: tuple[ReadInstrument, ...]
    titles: Titles

    @classmethod
    def of(cls, overview: Overview) -> Self:
        return cls(
            {record.id: n for n, record in enumerate(overview.records)},
            {topic: n for n, topic in enumerate(overview.codebook.topics)},
            tuple(ReadInstrument.of(record) for record in overview.records if record.treaty),
            Titles(overview.codebook),
        )


def utf16_offsets(text: str) -> Callable[[int], int]:
    """From an offset in characters to one in UTF-16 units, which is what a browser counts in.

    >>> utf16_offsets("a𝔸b")(2), utf16_offsets("aAb")(2)
    (3, 2)
    """
    # Hardly any treaty has letters beyond; then both count alike, and no table of a million offsets is made.
    if text.isascii() or max(text) <= "\uffff":
        return int
    before = [0, *accumulate(1 + (letter > "\uffff") for letter in text)]
    return before.__getitem__
