"""A table as CSV, and the Table Schema that describes it.

CSV is RFC 4180 (comma, double quotes, CRLF), UTF-8 with a byte order mark, so that a double click opens it in a
spreadsheet with its accents. A spreadsheet evaluates a cell that begins with `= + - @` or a control character; such a
cell of words gets an apostrophe in front (`guarded`), which `unguarded` takes off again without loss.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from treatynlp.publishing.table import Field, Table, Value, tidy

# The last four are the full-width forms of the first, which spreadsheets in East Asian settings evaluate as well.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_GUARD = re.compile(f"'*[{_SIGNS}\t\r\n]")
_GUARDED = re.compile(f"'+[{_SIGNS}\t\r\n]")
# Where the comma is the decimal sign, spreadsheets part cells at semicolons, and what stands behind one begins a cell.
# A line end behind a semicolon is how lists in treaties go on, and begins no cell: the text stays as it is.
_BEHIND = re.compile(f"(?<=;)([ \t]*)('*)(?=[{_SIGNS}])")
_GUARDED_BEHIND = re.compile(f"(?<=;)([ \t]*)'('*)(?=[{_SIGNS}])")


def guarded(text: str) -> str:
    """Words a spreadsheet will show and not evaluate; a dash is kept.

    >>> guarded("=1+1"), guarded("- the flag State"), guarded("'=x"), guarded("— the flag State"), guarded("well")
    ("'=1+1", "'- the flag State", "''=x", '— the flag State', 'well')
    >>> guarded("sign; =1+1")
    "sign; '=1+1"
    """
    text = _BEHIND.sub(r"\1'\2", text) if ";" in text else text
    return f"'{text}" if _GUARD.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given.

    >>> unguarded(guarded("- the flag State")), unguarded(guarded("'=x")), unguarded("'tis")
    ('- the flag State', "'=x", "'tis")
    """
    text = text[1:] if _GUARDED.match(text) else text
    return _GUARDED_BEHIND.sub(r"\1\2", text)


def cell(value: Value) -> str:
    """A value as every CSV of a release writes it: nothing for None, ten digits of a float, what a spreadsheet would
    take for a formula guarded.

    >>> cell(None), cell(True), cell(0.1 + 0.2), cell("=1+1")
    ('', 'true', '0.3', "'=1+1")
    """
    value = tidy(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # Ten digits: the last ones of a sum differ between processors, and would make two releases of one text differ.
    return guarded(value) if isinstance(value, str) else f"{value:.10g}" if isinstance(value, float) else str(value)


def to_csv(table: Table) -> bytes:
    """The file of a table: RFC 4180, with the byte order mark by which Excel knows that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows(_cells(table.rows))
    return out.getvalue().encode("utf-8-sig")


def _cells(rows: Iterable[Sequence[Value]]) -> Iterator[list[str]]:
    """The rows as CSV cells. Words that come again (addresses, citations, ids) are made ready once."""
    # A release of sixty writes the same few thousand addresses some hundred thousand times.
    known: dict[str, str] = {}
    for row in rows:
        made = []
        for value in row:
            if not isinstance(value, str):
                made.append(cell(value))
                continue
            if value not in known:
                known[value] = cell(value)
            made.append(known[value])
        yield made


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
