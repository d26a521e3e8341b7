"""The rows of a workbook's sheets, put into the finished file as XML (ECMA-376, part 1, chapter 18).

Cell by cell through the library, the rows took two thirds of the time of a whole release (48 treaties: 14 of 17
seconds of the workbook). So the library makes the sheets with their heads, formats and print, and in each a row of
samples; the rows then take the samples' place and their formats. Words stand once in the file, as the library has it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from treatynlp.publishing.table import Value, tidy

LONGEST = 32_000
"""Characters a cell of a workbook can hold, with some room."""
Row = Sequence[Value]
_SAMPLES = re.compile(r'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(r' s="(\d+)"')
_SIZE = re.compile(r'<dimension ref="[^"]*"/>')
_BEHIND_LINKS = re.compile(r"<printOptions|<pageMargins")
_STRINGS = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WEB = ("http://", "https://")
_PART = "xl/worksheets/sheet{}.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet below its head; `linked` are the columns whose addresses can be clicked."""

    rows: Sequence[Row]
    linked: frozenset[int]


def sampled(sheet: Worksheet, formats: Mapping[str, Any]) -> None:
    """The row of samples: words, a number, an address."""
    sheet.write_string(1, 0, "", formats["plain"])
    sheet.write_number(1, 1, 0, formats["number"])
    sheet.write_string(1, 2, "", formats["link"])


def with_rows(book: bytes, sheets: Mapping[int, Rows]) -> bytes:
    """The workbook with the rows of its sheets (by their number, from 1) in the samples' place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        words = _Words.behind(made.read(_Words.PART).decode())
        filled = {_PART.format(n): (n, rows) for n, rows in sheets.items() if rows.rows}
        for name in made.namelist():
            if name in filled:
                parts = _filled(made.read(name).decode(), *filled[name], words)
            else:
                parts = {name: made.read(name).decode()} if name != _Words.PART else {}
            for part, text in parts.items():
                archive.writestr(_info(part), text)
        archive.writestr(_info(_Words.PART), words.xml())
    return out.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    """A part that says the same time in every workbook."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@dataclass(slots=True)
class _Words:
    """The words of the workbook: those the library wrote (`xml_before`, `count` of them), and those of the rows, each
    with its number."""

    PART = "xl/sharedStrings.xml"
    xml_before: str
    count: int
    numbers: dict[str, int] = field(default_factory=dict)
    used: int = 0

    @classmethod
    def behind(cls, xml: str) -> "_Words":
        met = _STRINGS.search(xml)
        if met is None:
            raise ValueError(f"{cls.PART} is not as xlsxwriter writes it")
        return cls(xml, int(met[2]), used=int(met[1]))

    def number(self, words: str) -> int:
        """The number of words; the same for the same words."""
        self.used += 1
        found = self.numbers.get(words)
        if found is None:
            found = self.numbers[words] = self.count + len(self.numbers)
        return found

    def xml(self) -> str:
        """All words of the workbook as the part of its file."""
        told = f'count="{self.used}" uniqueCount="{self.count + len(self.numbers)}"'
        return _STRINGS.sub(told, self.xml_before, count=1).replace(
            "</sst>", "".join(map(_string, self.numbers)) + "</sst>"
        )


def _string(words: str) -> str:
    """Words as XML: what looks like a code for a character is none.

    >>> _string(" a < b"), _string("_x0041_")
    ('<si><t xml:space="preserve"> a &lt; b</t></si>', '<si><t>_x005F_x0041_</t></si>')
    """
    said = str(tidy(words))[:LONGEST]
    kept = ' xml:space="preserve"' if said != said.strip() or "\n" in said else ""
    return f"<si><t{kept}>{_CODE.sub('_x005F_', escape(said)).replace(chr(13), '_x000D_')}</t></si>"


def _filled(xml: str, number: int, sheet: Rows, words: _Words) -> dict[str, str]:
    """The sheet with its rows, and what its addresses lead to."""
    samples = _SAMPLES.search(xml)
    if samples is None:
        raise ValueError(f"sheet {number} has no row of samples as xlsxwriter writes it")
    styles = _STYLE.findall(samples[0])
    words.used -= samples[0].count(' t="s"')
    across = max(len(row) for row in sheet.rows)
    size = f'<dimension ref="A1:{xl_col_to_name(across - 1)}{len(sheet.rows) + 1}"/>'
    rows = "".join(_rows(sheet, styles, [xl_col_to_name(n) for n in range(across)], words))
    links, relations = _links(sheet)
    whole = _SIZE.sub(size, xml[: samples.start()], count=1) + rows + xml[samples.end() :]
    behind = _BEHIND_LINKS.search(whole, len(whole) - (len(xml) - samples.end()))
    if links and behind:
        whole = f"{whole[: behind.start()]}<hyperlinks>{links}</hyperlinks>{whole[behind.start() :]}"
    told = {f"xl/worksheets/_rels/sheet{number}.xml.rels": _RELATIONS.format(relations)} if links else {}
    return {_PART.format(number): whole} | told


def _rows(sheet: Rows, styles: Sequence[str], letters: Sequence[str], words: _Words) -> Iterator[str]:
    plain, number, link = styles
    for line, row in enumerate(sheet.rows, 2):
        yield f'<row r="{line}">'
        for column, (letter, value) in enumerate(zip(letters, row, strict=False)):
            if value is None:
                continue
            if isinstance(value, str):
                style = link if column in sheet.linked and value.startswith(_WEB) else plain
                yield f'<c r="{letter}{line}" s="{style}" t="s"><v>{words.number(value)}</v></c>'
            elif isinstance(value, bool):
                yield f'<c r="{letter}{line}" s="{plain}" t="b"><v>{value:d}</v></c>'
            else:
                yield f'<c r="{letter}{line}" s="{number}"><v>{tidy(value)!r}</v></c>'
        yield "</row>"


def _links(sheet: Rows) -> tuple[str, str]:
    """The cells that can be clicked, and the addresses they lead to, each once; behind `#` stands a place in it."""
    targets: dict[str, int] = {}
    cells = []
    for at, address in _addresses(sheet):
        page, _, place = address.partition("#")
        number = targets.setdefault(page, len(targets) + 1)
        cells.append(f'<hyperlink ref="{at}" r:id="rId{number}"{f" location={quoteattr(place)}" if place else ""}/>')
    told = (
        f'<Relationship Id="rId{number}" Type="{_RELATION}" Target={quoteattr(page)} TargetMode="External"/>'
        for page, number in targets.items()
    )
    return "".join(cells), "".join(told)


def _addresses(sheet: Rows) -> Iterable[tuple[str, str]]:
    columns = sorted(sheet.linked)
    for line, row in enumerate(sheet.rows, 2):
        for column in columns:
            value = row[column]
            if isinstance(value, str) and value.startswith(_WEB):
                yield f"{xl_col_to_name(column)}{line}", str(tidy(value))
