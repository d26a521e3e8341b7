"""A table of a release: typed columns with their meaning, rows, and how it stands in the workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Value = str | int | float | bool | None
Row = Mapping[str, Value]
"""A row by column name; a column it does not name is empty."""
Type = Literal["string", "integer", "number", "boolean"]
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, what it means, its type, whether it holds words of a treaty (`words`), and, where a cell
    may hold several values, what stands between them (`separator`)."""

    name: str
    means: str
    type: Type = "string"
    required: bool = False
    one_of: tuple[str, ...] = ()
    words: bool = False
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a table stands in the workbook: the title of its sheet, and the columns that hold shares from 0 to 1, which
    are coloured by their value. A `raw` one stands last, and is printed without its rows. `without` says why a table
    has no sheet of its own. `only` names a column and the values whose rows the sheet holds; without it, it holds all.

    >>> Sheet("Gaps").raw, Sheet.none("the sheet `Matrix` shows it").without
    (False, 'the sheet `Matrix` shows it')
    """

    title: str
    shares: tuple[str, ...] = ()
    without: str = ""
    raw: bool = False
    only: tuple[str, tuple[str, ...]] | None = None

    @classmethod
    def none(cls, why: str) -> "Sheet":
        return cls("", (), why)


@dataclass(frozen=True, slots=True)
class Table:
    """A named table. `sheet` says how it stands in the workbook, `key` names the columns that tell its rows apart,
    `refers` holds (column, table, column) where the first column's values stand in the other table's column."""

    name: str
    means: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    sheet: Sheet
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def without_words(self) -> "Table":
        """The table without the columns that hold words of a treaty."""
        kept = [n for n, field in enumerate(self.fields) if not field.words]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return replace(self, fields=tuple(self.fields[n] for n in kept), rows=rows)

    def on_sheet(self) -> "Table":
        """The table with the rows that its sheet holds.

        >>> field, sheet = Field("match", ""), Sheet("Matches", only=("match", ("matched",)))
        >>> Table("alignments", "", (field,), (("matched",), ("only_left",)), sheet).on_sheet().rows
        (('matched',),)
        """
        if self.sheet.only is None:
            return self
        name, values = self.sheet.only
        at = self.names.index(name)
        return replace(self, rows=tuple(row for row in self.rows if row[at] in values))

    def records(self) -> Iterator[dict[str, Value]]:
        """The rows by column name."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)


PLACES = 6
"""Decimals of a number in every format: what two machines reckon the same in."""


def tidy(value: Value) -> Value:
    """A value as every format can hold it: no control characters, numbers to six places, no negative zero.

    >>> tidy("Art.\\x001"), tidy(2 / 3), tidy(-0.0)
    ('Art.1', 0.666667, 0.0)
    """
    if isinstance(value, str):
        return value if value.isprintable() else CONTROL.sub("", value)
    return round(value, PLACES) + 0.0 if isinstance(value, float) else value


def rows_of(fields: Sequence[Field], rows: Iterable[Row]) -> tuple[tuple[Value, ...], ...]:
    """Rows given by column name, in the columns' order; a column a row does not have is empty."""
    names = [field.name for field in fields]
    return tuple(tuple(map(row.get, names)) for row in rows)
