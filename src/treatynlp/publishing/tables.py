"""A table of a release: typed columns with their meaning, rows, and its CSV and Table Schema.

CSV is RFC 4180 (comma, double quotes, CRLF), UTF-8 with a byte order mark, so that a double click opens it in a
spreadsheet with its accents. A spreadsheet evaluates a cell that begins with `= + - @` or a control character; such a
cell of words gets an apostrophe in front (`guarded`), which `unguarded` takes off again without loss.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Value = str | int | float | bool | None
Type = Literal["string", "integer", "number", "boolean"]

_EVALUATED = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_GUARD = re.compile(f"'*[{_EVALUATED}]")
_GUARDED = re.compile(f"'+[{_EVALUATED}]")
# Where the comma is the decimal sign, spreadsheets part cells at semicolons, and what stands behind one begins a cell.
_BEHIND = re.compile(f"(?<=;)( *)('*)(?=[{_EVALUATED}])")
_GUARDED_BEHIND = re.compile(f"(?<=;)( *)'('*)(?=[{_EVALUATED}])")
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
class Table:
    """A named table. `key` names the columns that tell its rows apart, `refers` holds (column, table, column) where the
    first column's values stand in the other table's column."""

    name: str
    means: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
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

    def records(self) -> Iterator[dict[str, Value]]:
        """The rows by column name."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)


def guarded(text: str) -> str:
    """Words a spreadsheet will show and not evaluate; a dash is kept.

    >>> guarded("=1+1"), guarded("- the flag State"), guarded("'=x"), guarded("— the flag State"), guarded("well")
    ("'=1+1", "'- the flag State", "''=x", '— the flag State', 'well')
    >>> guarded("sign; =1+1")
    "sign; '=1+1"
    """
    text = _BEHIND.sub(r"\1'\2", text)
    return f"'{text}" if _GUARD.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given.

    >>> unguarded(guarded("- the flag State")), unguarded(guarded("'=x")), unguarded("'tis")
    ('- the flag State', "'=x", "'tis")
    """
    text = text[1:] if _GUARDED.match(text) else text
    return _GUARDED_BEHIND.sub(r"\1\2", text)


def tidy(value: Value) -> Value:
    """A value as every format can hold it: no control characters, numbers to six places, no negative zero.

    >>> tidy("Art.\\x001"), tidy(2 / 3), tidy(-0.0)
    ('Art.1', 0.666667, 0.0)
    """
    if isinstance(value, str):
        return CONTROL.sub("", value)
    return round(value, 6) + 0.0 if isinstance(value, float) else value


def cell(value: Value) -> str:
    """A value as a CSV cell."""
    value = tidy(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else f"{value:.10g}" if isinstance(value, float) else str(value)


def to_csv(table: Table) -> bytes:
    """The table as CSV bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows([[cell(value) for value in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig")


def from_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a table's CSV by column name, apostrophes of `guarded` taken off."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{name: unguarded(value) for name, value in row.items()} for row in rows]


def to_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of the table's CSV."""
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [_foreign(*triple, own=table.name) for triple in table.refers]
    return schema


def _field(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if field.required else {}
    if field.one_of:
        limits["enum"] = list(field.one_of)
    described = {"name": field.name, "type": field.type, "description": field.means}
    described |= {"separator": field.separator} if field.separator else {}
    return described | ({"constraints": limits} if limits else {})


def _foreign(column: str, table: str, other: str, own: str) -> dict[str, Any]:
    resource = "" if table == own else table
    return {"fields": [column], "reference": {"resource": resource, "fields": [other]}}


def rows_of(fields: Sequence[Field], rows: Iterable[Mapping[str, Value]]) -> tuple[tuple[Value, ...], ...]:
    """Rows given by column name, in the columns' order; a column a row does not have is empty."""
    return tuple(tuple(row.get(field.name) for field in fields) for row in rows)
