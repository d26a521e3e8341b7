"""How wide the columns of a sheet are, and how high its rows."""

from collections.abc import Sequence
from math import ceil

from xlsxwriter.worksheet import Worksheet

from treatynlp.publishing.csv_format import cell
from treatynlp.publishing.table import Table, Value

NARROW, WIDEST = 22, 44
"""Characters that are shown of what machines read (addresses, eIds, patterns), and of any other value: the whole
stands in the cell."""
LISTED = {"By": 110}
"""Columns that list instruments with articles, and how wide they are: in one of 44 a row would fill a page."""
LINE = 14.4
"""Points a line of the default font takes."""
HIGHEST = 409
"""Points a row can be high, in Excel."""
PER_WIDTH, LOST = 1.15, 4
"""Letters for each character of a column's width, which is that of a figure; and letters lost at the end of a line,
which is between words."""
FOR_MACHINES = ("url", "eid", "eids", "by", "sha256")


def width_of(table: Table, column: int) -> int:
    """The column's width in characters: its longest value, within reason."""
    name = table.names[column]
    most = NARROW if name.endswith(FOR_MACHINES) else LISTED.get(name, WIDEST)
    wide = max(len(name), 6)
    for row in table.rows:
        # The rest of the rows can change nothing any more; tables have up to a hundred thousand.
        if wide + 2 >= most:
            return most
        wide = max(wide, len(cell(row[column])))
    return min(most, wide + 2)


def lines(values: Sequence[Value], widths: Sequence[int]) -> int:
    """The lines that the values of a row take in columns of these widths.

    >>> lines(["short", "words " * 20], [20, 40]), lines([None, 12, "x"], [9, 9, 9])
    (3, 1)
    """
    return max(
        ceil(len(cell(value)) / (PER_WIDTH * width - LOST)) if isinstance(value, str) else 1
        for value, width in zip(values, widths, strict=True)
    )


def set_heights(sheet: Worksheet, table: Table, widths: Sequence[int]) -> None:
    """Rows as high as their words: LibreOffice gives wrapped words no room by itself, and prints rows over each
    other."""
    for row, values in enumerate(table.rows, 1):
        if (needed := lines(values, widths)) > 1:
            sheet.set_row(row, min(needed * LINE, HIGHEST))
