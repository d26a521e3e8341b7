"""Teaching treaties: real treaties of other houses and fields, coded by reading so that the topic coder learns from
their wording. Their labels are here; their words are in files that whoever trains has at hand.

>>> teaching = load_teaching()
>>> teaching.instruments[0].id in {row.instrument for row in teaching.topics}
True
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from treatynlp.codebook import Codebook
from treatynlp.corpus_files import load_codebook
from treatynlp.errors import DataError, Issue, issue
from treatynlp.field_types import Id, Words, formed
from treatynlp.home import home
from treatynlp.registry import GoldTopic
from treatynlp.strict_files import StrictModel, gather, read_csv

__all__ = ["NOTHING", "Teaching", "TeachingTreaty", "Use", "load_teaching"]

Use = Literal["teach", "count"]
NOTHING = "none"
"""In place of a topic: the article was read, and no topic of the codebook is regulated in it."""


class TeachingTreaty(StrictModel):
    """A treaty that was coded by reading: the `file` with its words, which `sha256` says to be the same; by how many
    `coders`; and its `use`: most `teach`, some only ever `count`, so that what the others taught can be measured."""

    id: Id
    title: Words
    file: Words
    sha256: Annotated[str, formed("[0-9a-f]{64}", "is no SHA-256; it has sixty-four hexadecimal digits")]
    coders: Annotated[int, Field(ge=1, le=9)]
    use: Use


@dataclass(frozen=True, slots=True)
class Teaching:
    """The teaching treaties and what was found in them."""

    instruments: tuple[TeachingTreaty, ...]
    topics: tuple[GoldTopic, ...]

    def of(self, use: Use) -> "Teaching":
        """Those of one use."""
        chosen = tuple(one for one in self.instruments if one.use == use)
        ids = {one.id for one in chosen}
        return Teaching(chosen, tuple(row for row in self.topics if row.instrument in ids))


def load_teaching(root: Path | None = None) -> Teaching:
    """The teaching treaties of a folder (without one: those that come with treatynlp).

    DataError holds every fault of every file.
    """
    folder = root or home() / "corpus" / "teaching"
    instruments = read_csv(TeachingTreaty, folder / "instruments.csv", "teaching/instruments.csv")
    tables, issues = gather(lambda one: _table(folder, one.id), instruments)
    rows = tuple(chain.from_iterable(tables))
    issues += _strangers(rows, load_codebook())
    if issues:
        raise DataError(*issues)
    return Teaching(instruments, rows)


def _table(folder: Path, id: str) -> tuple[GoldTopic, ...]:
    where = f"teaching/{id}.topics.csv"
    rows = read_csv(GoldTopic, folder / f"{id}.topics.csv", where)
    others = {row.instrument for row in rows} - {id}
    if others:
        raise DataError(*(issue("corpus-id.row", where, found=other, expected=id) for other in sorted(others)))
    return rows


def _strangers(rows: tuple[GoldTopic, ...], book: Codebook) -> Iterator[Issue]:
    """Topics that the codebook does not have."""
    for row in rows:
        if row.topic != NOTHING and row.topic not in book.topics:
            where = f"teaching/{row.instrument}.topics.csv: Art. {row.article}"
            yield issue("corpus-unknown-topic", where, named=row.topic, guess="")
