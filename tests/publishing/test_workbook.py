"""The workbook and the database of a release: links that lead somewhere, words that stay words, a search that finds."""

import io
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.released_database import opened
from support.two_lighthouses import overview
from treatynlp.publishing.database import database
from treatynlp.publishing.table import Field, Sheet, Table, rows_of
from treatynlp.publishing.tables import release_tables
from treatynlp.publishing.workbook import workbook

XML = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def book() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(workbook(release_tables(overview()))))


def sheets(book: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    """The sheets of a workbook by name; xlsxwriter numbers them in the order of the tabs."""
    root = ElementTree.fromstring(book.read("xl/workbook.xml"))
    names = [sheet.attrib["name"] for sheet in root.iterfind(".//m:sheet", XML)]
    parts = (book.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, len(names) + 1))
    return dict(zip(names, map(ElementTree.fromstring, parts), strict=True))


def test_the_matrix_comes_first_with_frozen_headers_and_links_to_evidence(book: zipfile.ZipFile) -> None:
    found = sheets(book)
    assert list(found)[:3] == ["Read me", "Matrix", "Briefing"]
    assert found["Matrix"].find(".//m:pane[@state='frozen']", XML) is not None
    links = [link.attrib["location"] for link in found["Matrix"].iterfind(".//m:hyperlink", XML)]
    rows = {row.attrib["r"] for row in found["Evidence"].iterfind(".//m:row", XML)}
    assert links
    for link in links:
        assert re.fullmatch(r"'Evidence'!A\d+", link)
        assert link.rpartition("A")[2] in rows


def test_the_evidence_a_cell_leads_to_is_its_own(book: zipfile.ZipFile) -> None:
    found = sheets(book)
    strings = [node.findtext(".//m:t", "", XML) for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]

    def words(sheet: str, at: str) -> str:
        cell = found[sheet].find(f".//m:c[@r='{at}']/m:v", XML)
        return strings[int(cell.text or 0)] if cell is not None else ""

    for link in found["Matrix"].iterfind(".//m:hyperlink", XML):
        at, row = link.attrib["ref"], link.attrib["location"].rpartition("A")[2]
        column, line = re.match(r"([A-Z]+)(\d+)", at).groups()  # type: ignore[union-attr]
        assert words("Evidence", f"A{row}") == words("Matrix", f"{column}1")  # the instrument above the cell
        assert words("Evidence", f"B{row}") == words("Matrix", f"B{line}")  # the topic beside it


@pytest.mark.parametrize("name", ["Read me", "Matrix", "Briefing", "Evidence", "Agreement by topic", "Gaps", "Issues"])
def test_a_sheet_prints_as_wide_as_its_paper_under_a_head_that_names_it(name: str) -> None:
    data = workbook(release_tables(overview()), "release 12ab & co")
    sheet = sheets(zipfile.ZipFile(io.BytesIO(data)))[name]
    assert sheet.find("m:sheetPr/m:pageSetUpPr[@fitToPage='1']", XML) is not None
    setup = sheet.find("m:pageSetup", XML)
    assert setup is not None
    assert (setup.attrib["orientation"], setup.attrib["fitToHeight"]) == ("landscape", "0")
    assert setup.attrib["paperSize"] in {"8", "9"}  # A3, A4
    assert sheet.findtext("m:headerFooter/m:oddHeader", "", XML).endswith("&RTreaties compared · release 12ab && co")
    assert "&P of &N" in sheet.findtext("m:headerFooter/m:oddFooter", "", XML)


def test_a_sheet_repeats_its_head_on_every_page_and_stays_frozen_and_filtered(book: zipfile.ZipFile) -> None:
    root = ElementTree.fromstring(book.read("xl/workbook.xml"))
    defined = [node.text or "" for node in root.iterfind(".//m:definedName", XML)]
    for name, sheet in sheets(book).items():
        if name == "Read me":
            continue
        assert any(said.replace("'", "").endswith(f"{name}!$1:$1") for said in defined), name
        assert sheet.find(".//m:pane[@state='frozen']", XML) is not None
        assert sheet.find("m:autoFilter", XML) is not None


def test_no_cell_of_the_workbook_is_a_formula(book: zipfile.ZipFile) -> None:
    assert all(b"<f>" not in book.read(name) for name in book.namelist())


def test_shares_stand_in_a_colour_scale(book: zipfile.ZipFile) -> None:
    assert sheets(book)["Agreement by topic"].find(".//m:colorScale", XML) is not None


def test_workbook_and_database_are_the_same_bytes_every_time() -> None:
    found = release_tables(overview())
    assert workbook(found) == workbook(found)
    assert database(found) == database(found)


@pytest.mark.needs("libreoffice")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    instruments = list(release_tables(overview())[0].records())
    (tmp_path / "book.xlsx").write_bytes(workbook(release_tables(overview())))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    save = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        save,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "book.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    matrix = pd.read_csv(tmp_path / "book-Matrix.csv").set_index("Topic")
    alpha, beta = (str(row["short_title"]) for row in instruments if row["status"] == "coded")
    assert matrix.loc["Illegal access", alpha] == "● Art. 1(1)"
    assert matrix.loc["Extradition", beta] == "?"
    assert "gamma" not in " ".join(matrix.columns).lower()  # it has no text


def test_the_database_holds_every_table_with_its_rows(released: sqlite3.Connection) -> None:
    for table in release_tables(overview()):
        (count,) = released.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        assert count == len(table.rows)
    (state,) = released.execute(
        "SELECT state FROM cells WHERE instrument = 'alpha' AND topic = 'extradition'"
    ).fetchone()
    assert state == "partial"


@given(st.text(max_size=20))
def test_any_words_can_be_stored(words: str) -> None:
    stored = opened(database([Table("x", "", (Field("a", ""),), ((words,),), Sheet("X"))]))
    with closing(stored):
        (kept,) = stored.execute("SELECT a FROM x").fetchone()
    assert set(kept) <= set(words)


def test_a_table_too_long_for_a_sheet_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = release_tables(overview())
    whole = [table for table in found if not table.sheet.without and not table.sheet.only]
    longest = max(whole, key=lambda table: len(table.rows))
    monkeypatch.setattr("treatynlp.publishing.workbook.MOST", len(longest.rows) - 1)
    made = zipfile.ZipFile(io.BytesIO(workbook(found)))
    assert longest.sheet.title not in sheets(made)
    said = made.read("xl/sharedStrings.xml").decode()
    assert f"Left out: {longest.sheet.title}" in said
    assert f"{len(longest.rows):,} rows are too many for a sheet. All of them are in {longest.name}.csv" in said


def test_articles_without_a_counterpart_are_in_the_table_and_not_on_its_sheet() -> None:
    found = {table.name: table for table in release_tables(overview())}
    kinds = ("matched", "candidate", "only_left", "only_right", "only_right")
    rows = rows_of(found["alignments"].fields, ({"match": kind, "left": "alpha", "right": "beta"} for kind in kinds))
    found["alignments"] = replace(found["alignments"], rows=rows)
    assert found["alignments"].on_sheet().rows == rows[:2]
    said = zipfile.ZipFile(io.BytesIO(workbook(found.values()))).read("xl/sharedStrings.xml").decode()
    assert "is matched or candidate; 3 others are in alignments.csv" in said
