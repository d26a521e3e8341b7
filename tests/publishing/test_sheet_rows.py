"""The rows of a workbook's sheets: what was put in comes out, whatever stands in it."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from support.two_lighthouses import overview
from treatynlp.publishing.proof.workbook_cells import sheets
from treatynlp.publishing.table import Field, Sheet, Table, Value
from treatynlp.publishing.tables import release_tables
from treatynlp.publishing.workbook import workbook

VALUES = [
    ("a < b & \"c\" > 'd'", "a < b & \"c\" > 'd'", "signs of markup"),
    (" keeps its blanks ", " keeps its blanks ", "a reader of XML may drop them"),
    ("one line\nanother\ttab", "one line\nanother\ttab", "line ends of a text"),
    ("_x0041_ and _x005F_", "_x0041_ and _x005F_", "what looks like a code for a character is none"),
    ("a\rb", "a\rb", "XML makes a line feed of it"),
    ("=1+1", "=1+1", "words, never a formula"),
    ("x\x00\ud800y", "xy", "what XML cannot hold"),
    ("é " * 20_000, ("é " * 16_000).rstrip(), "longer than a cell can hold"),
    ("", "", "nothing"),
    (None, "", "nothing known"),
    (True, "true", "a truth"),
    (2 / 3, "0.666667", "a number to six places"),
    (-0.0, "0", "no negative zero"),
    (12_345_678, "12345678", "a count"),
]


def table(rows: tuple[tuple[Value, ...], ...], *names: str) -> Table:
    fields = tuple(Field(name, "") for name in names)
    return Table(name="probe", means="A probe", fields=fields, rows=rows, sheet=Sheet("Probe", raw=True))


def test_what_was_put_into_a_sheet_comes_out() -> None:
    made = workbook([*release_tables(overview()), table(tuple((value, "last") for value, *_ in VALUES), "a", "b")])
    rows = sheets(made, 10**8)["Probe"]
    assert rows[0] == ["A", "B"]
    for (_, expected, why), (said, last) in zip(VALUES, rows[1:], strict=True):
        assert (said.rstrip() if len(said) > 1000 else said, last) == (expected, "last"), why


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_sheet_narrower_than_the_row_of_samples_holds_its_own_rows_alone(width: int) -> None:
    rows = (("x",) * width, (None,) * width, (1,) * width)
    made = workbook([*release_tables(overview()), table(rows, *"abc"[:width])])
    assert sheets(made, 10**8)["Probe"][1:] == [["x"] * width, [], ["1"] * width]


def test_words_stand_once_in_the_file_and_are_counted() -> None:
    made = zipfile.ZipFile(io.BytesIO(workbook([*release_tables(overview()), table((("harbour",),) * 9, "a")])))
    strings = ElementTree.fromstring(made.read("xl/sharedStrings.xml"))
    assert [node.text for node in strings.iter() if node.text == "harbour"] == ["harbour"]
    assert len(strings) == int(strings.attrib["uniqueCount"])
    cells = sum(made.read(name).count(b' t="s"') for name in made.namelist() if "worksheets/sheet" in name)
    assert cells == int(strings.attrib["count"])


def test_addresses_can_be_clicked_and_each_page_is_named_once() -> None:
    urls = ("https://x.example/a.pdf#page=2", "https://x.example/a.pdf#page=3", "no address", 'https://x.example/"&')
    made = zipfile.ZipFile(io.BytesIO(workbook([*release_tables(overview()), table(tuple((u,) for u in urls), "url")])))
    number = max(int(name[19:-4]) for name in made.namelist() if name.startswith("xl/worksheets/sheet"))
    sheet = ElementTree.fromstring(made.read(f"xl/worksheets/sheet{number}.xml"))
    told = ElementTree.fromstring(made.read(f"xl/worksheets/_rels/sheet{number}.xml.rels"))
    pages = {one.attrib["Id"]: one.attrib["Target"] for one in told}
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    links = [one for one in sheet.iter() if one.tag.endswith("}hyperlink")]
    found = {one.attrib["ref"]: (pages[one.attrib[name]], one.attrib.get("location")) for one in links}
    assert found == {
        "A2": ("https://x.example/a.pdf", "page=2"), "A3": ("https://x.example/a.pdf", "page=3"),
        "A5": ('https://x.example/"&', None),
    }  # fmt: skip
    assert len(pages) == 2
    order = [one.tag.rpartition("}")[2] for one in sheet]
    assert order.index("autoFilter") < order.index("hyperlinks") < order.index("pageMargins")
