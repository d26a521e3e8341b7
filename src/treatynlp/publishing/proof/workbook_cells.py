"""The cells of a workbook's sheets, as words, for comparison: XLSX is a zip of XML (ECMA-376, part 1, chapter 18)."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

Cells = list[list[str]]
_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


class NoWorkbook(ValueError):
    """The bytes are no workbook of ours; the message says why."""


def sheets(data: bytes, most: int) -> dict[str, Cells]:
    """The sheets by title, row by row, "" for an empty cell; a row ends with its last word. NoWorkbook where it is
    none, or unpacks to more than `most` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            # Asked of the directory before anything is unpacked: a release may be anybody's, and a zip of a few
            # kilobytes may hold gigabytes.
            if sum(part.file_size for part in book.infolist()) > most:
                raise NoWorkbook(f"it unpacks to more than {most:,} bytes")
            strings = ["".join(one.itertext(f"{_XML}t")) for one in _root(book, "xl/sharedStrings.xml")]
            titles = [one.get("name", "") for one in _root(book, "xl/workbook.xml").iter(f"{_XML}sheet")]
            return {
                title: list(_rows(_root(book, f"xl/worksheets/sheet{n}.xml"), strings))
                for n, title in enumerate(titles, 1)
            }
    except (zipfile.BadZipFile, zipfile.zlib.error, KeyError, IndexError, etree.XMLSyntaxError) as error:  # type: ignore[attr-defined]
        raise NoWorkbook(f"{type(error).__name__}: {error}") from error


def _root(book: zipfile.ZipFile, name: str) -> etree._Element:
    # No entities and no network, for the same reason; `huge_tree` since a sheet of ours is beyond libxml2's usual
    # limits.
    return etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _rows(sheet: etree._Element, strings: list[str]) -> Iterator[list[str]]:
    """The rows from the first to the last; rows and cells that hold nothing are left out of the file."""
    expected = 1
    for row in sheet.iter(f"{_XML}row"):
        # Empty rows are left out of the file, and would shift all below them against the table.
        yield from ([] for _ in range(expected, int(row.get("r", expected))))
        expected = int(row.get("r", expected)) + 1
        found = ((_column(one.get("r", "A1")), _value(one, strings)) for one in row.iter(f"{_XML}c"))
        cells = {column: value for column, value in found if value}
        yield [cells.get(n, "") for n in range(max(cells, default=-1) + 1)]


_LETTERS = 26


def _column(at: str) -> int:
    """The number of a cell's column, from 0.

    >>> _column("A1"), _column("AB12")
    (0, 27)
    """
    number = 0
    for letter in at.rstrip("0123456789"):
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, strings: list[str]) -> str:
    value = cell.findtext(f"{_XML}v") or ""
    if cell.get("t") == "s":
        return _ESCAPED.sub(lambda one: chr(int(one[1], base=16)), strings[int(value)])
    if cell.get("t") == "b":
        return "true" if value == "1" else "false"
    return f"{float(value):.10g}" if value else ""
