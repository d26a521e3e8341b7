"""A release's files as they are compared: its tables, and the row that says where two lists of rows differ."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Self

from treatynlp.errors import Issue, issue
from treatynlp.publishing.csv_format import cell, unguarded
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value

Reader = Callable[[str], bytes | None]
"""Gives a file of a release by its name; None where there is none."""


@dataclass(frozen=True, slots=True)
class Files:
    """A release's files: `read` gives them, `tables` are those whose CSV is there, `described` the names of all tables
    that the data package describes."""

    read: Reader
    manifest: Mapping[str, Any]
    tables: Mapping[str, Table]
    described: frozenset[str]

    @classmethod
    def of(cls, read: Reader, package: Mapping[str, Any], manifest: Mapping[str, Any]) -> Self:
        resources = package.get("resources", ())
        there = ((one, read(one["path"])) for one in resources)
        tables = {one["name"]: table_of(one, data) for one, data in there if data is not None}
        return cls(read, manifest, tables, frozenset(one["name"] for one in resources))

    def has(self, *names: str) -> bool:
        return set(names) <= set(self.tables)


def table_of(described: Mapping[str, Any], data: bytes) -> Table:
    """A table as its CSV and the data package say."""
    fields = tuple(
        Field(one["name"], one["description"], one["type"], separator=one.get("separator", ""))
        for one in described["schema"]["fields"]
    )
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    typed = tuple(tuple(_typed(value, field) for value, field in zip(row, fields, strict=True)) for row in rows)
    held = next(((name, tuple(values)) for name, values in described.get("sheet", {}).items()), None)
    sheet = Sheet("", only=held)
    return Table(name=described["name"], means=described["description"], fields=fields, rows=typed, sheet=sheet)


def _typed(value: str, field: Field) -> Value:
    if value == "":
        return None
    if field.type == "boolean":
        return value == "true"
    if field.type == "string":
        return unguarded(value)
    return int(value) if field.type == "integer" else float(value)


def differ(where: str, told: tuple[str, Sequence[Any]], tables: tuple[str, Sequence[Any]]) -> Iterator[Issue]:
    """One row for two lists of rows that differ: the first difference, and how many more there are."""
    pairs = enumerate(zip_longest(told[1], tables[1]), 1)
    # One row with the first difference, not a row each: where one row is missing all behind it differ.
    wrong = [(n, one, other) for n, (one, other) in pairs if one != other]
    if wrong:
        n, one, other = wrong[0]
        yield issue(
            "release-disagrees.rows", where, part=told[0], table=tables[0], row=n, more=len(wrong) - 1,
            here=_first_unlike(one, other), there=_first_unlike(other, one),
        )  # fmt: skip


_SHOWN = 80
"""Letters of a value that a message repeats."""


def _first_unlike(row: Any, other: Any) -> str:
    """What stands in a row where the other differs first."""
    if row is None:
        return "nothing"
    if isinstance(row, str) or other is None:
        return repr(row)[:_SHOWN]
    unlike = (one for one, its in zip_longest(row, other, fillvalue="nothing") if one != its)
    return repr(next(unlike, ""))[:_SHOWN]


def written(table: Table) -> list[list[str]]:
    """The rows of a table as its CSV has them."""
    return [[cell(value) for value in row] for row in table.rows]


def own_rows(files: Files, ident: str) -> Iterator[Row]:
    """The provisions of an instrument; none where their table is lost."""
    table = files.tables.get("provisions")
    return (row for row in table.records() if row["instrument"] == ident) if table else iter(())
