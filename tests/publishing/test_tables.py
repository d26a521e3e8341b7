"""What a release's tables promise to a spreadsheet, to pandas and to frictionless."""

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from support.invented import codebook, instrument, record
from support.two_lighthouses import WORDS, overview
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.overview import compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.errors import Issue
from treatynlp.home import home
from treatynlp.publishing.csv_format import cell, from_csv, guarded, to_csv, unguarded
from treatynlp.publishing.package import release_files
from treatynlp.publishing.table import Field, Sheet, Table


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return release_files(overview(), issues=[Issue("error", "not-fetched", "gamma", "=HYPERLINK(1) is in the message")])


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release")
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("=1+1", "'=1+1"),  # a formula
        ("+49 30", "'+49 30"),  # a telephone number a spreadsheet would add up
        ("-1", "'-1"),  # words that look like a number stay words
        ("- the flag State", "'- the flag State"),  # a dash at the head of a list item is kept
        ("@SUM(1)", "'@SUM(1)"),  # an old formula
        ("\t=1", "'\t=1"),  # a tab some programs skip
        ("＝1", "'＝1"),  # the wide sign some programs take for the narrow one
        ("— the flag State", "— the flag State"),  # a real dash is no formula
        ("'tis law", "'tis law"),  # an apostrophe of the text itself
        ("'=x", "''=x"),  # … also where it stands before a sign
        ("a=b", "a=b"),
        ("sign; =1+1", "sign; '=1+1"),  # a cell of its own where spreadsheets part cells at semicolons
        ("seal;'-1;x", "seal;''-1;x"),
        ("ships; — and boats", "ships; — and boats"),
        ("lamps;\n- wicks;\n+ oil", "lamps;\n- wicks;\n+ oil"),  # the lines of a list stay as they are
        ("", ""),
    ],
)
def test_a_spreadsheet_evaluates_no_words_and_loses_none(words: str, shown: str) -> None:
    assert guarded(words) == shown
    assert unguarded(shown) == words


@given(st.text(alphabet="'=+-@;\t\r\n ab—＝", max_size=8))
def test_guarding_is_undone_without_loss(words: str) -> None:
    assert unguarded(guarded(words)) == words
    first, *others = guarded(words).split(";")
    assert first[:1] not in {*"=+-@\t\r\n＝"}
    assert not any(other.lstrip(" \t")[:1] in {*"=+-@＝"} for other in others)


@given(st.text())
def test_csv_reads_back_every_text_but_control_characters(words: str) -> None:
    table = Table("x", "", (Field("a", ""), Field("b", "")), ((words, "end"),), Sheet("X"))
    (row,) = from_csv(to_csv(table))
    assert row["b"] == "end"
    assert row["a"] == cell(words).removeprefix("'") or row["a"] == unguarded(cell(words))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
        (-0.0, "0"),
        (1e-9, "0"),
        (12345678, "12345678"),
    ],
)
def test_numbers_are_numbers(value: float | None, shown: str) -> None:
    assert cell(value) == shown


def test_csv_is_rfc_4180_and_opens_with_its_accents(files: dict[str, bytes]) -> None:
    data = files["provisions.csv"]
    assert data.startswith(b"\xef\xbb\xbfinstrument,")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert data.count(b"\r\n") == len(rows)  # a line end inside a cell is LF, so that rows can be counted
    assert "résolus" in data.decode("utf-8-sig")


def test_every_table_is_valid_for_frictionless(folder: Path) -> None:
    report = Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == len(list(folder.glob("*.csv")))


def test_pandas_reads_the_types_the_schema_names(folder: Path) -> None:
    cells = pd.read_csv(folder / "cells.csv")
    assert cells.columns[0] == "instrument"
    assert cells.page.dropna().ge(1).all()
    states = cells.set_index(["instrument", "topic"]).state
    assert states["alpha", "illegal_access"] == "present"
    assert states["alpha", "extradition"] == "partial"
    assert states["beta", "extradition"] == "inconclusive"
    assert states["beta", "computer_fraud"] == "absent"
    assert states["gamma", "extradition"] == "not_assessed"


@pytest.mark.parametrize("name", ["provisions", "labels", "attributes", "parameters", "cells", "gaps", "safeguards"])
def test_every_row_with_a_source_names_page_and_address(files: dict[str, bytes], name: str) -> None:
    rows = [row for row in from_csv(files[f"{name}.csv"]) if row.get("citation") or row.get("articles")]
    assert rows or name in ("gaps", "safeguards")
    for row in rows:
        assert row["url"].startswith("https://lighthouse.example/")
        assert row["url"].endswith(f"#page={row['page']}")


def test_offsets_lead_to_the_words(files: dict[str, bytes]) -> None:
    text = files["texts/alpha.txt"].decode()
    for row in from_csv(files["provisions.csv"]):
        if row["instrument"] == "alpha":
            assert text[int(row["start"]) : int(row["end"])].endswith(row["text"])
            assert text[int(row["text_start"]) :].startswith(row["text"])
    for row in from_csv(files["attributes.csv"]):
        assert text[int(row["start"]) : int(row["end"])] == row["evidence"] or row["instrument"] != "alpha"


def test_same_input_same_bytes() -> None:
    assert release_files(overview()) == release_files(overview())


def test_without_text_no_words_of_a_treaty_remain() -> None:
    files = release_files(overview(), with_text=False)
    book = zipfile.ZipFile(io.BytesIO(files.pop("workbook.xlsx")))
    everything = b"".join([*files.values(), *map(book.read, book.namelist())])
    for words in ("lamp room", "wreckers", "keepers of the lights", "SUM(A1:A9)", "within 90 days"):
        assert words.encode() not in everything
    assert b"Art. 1(1)" in everything
    assert from_csv(files["provisions.csv"])[0]["citation"] == "Preamble"
    assert json.loads(files["manifest.json"])["with_text"] is False


def test_the_manifest_names_every_file_with_its_hash(files: dict[str, bytes]) -> None:
    named = json.loads(files["manifest.json"])["files"]
    assert set(named) == set(files) - {"manifest.json"}
    assert all(named[name]["bytes"] == len(files[name]) for name in named)


def test_duckdb_reads_every_row_and_the_guarded_words(files: dict[str, bytes], folder: Path) -> None:
    for name in ("cells.csv", "provisions.csv", "labels.csv"):
        rows = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))
        read = duckdb.read_csv(str(folder / name), all_varchar=True, header=True, quotechar='"', escapechar='"')
        assert [tuple(value or "" for value in row) for row in read.fetchall()] == [tuple(row.values()) for row in rows]


@pytest.mark.needs("libreoffice")
def test_libreoffice_shows_words_as_words(folder: Path, tmp_path: Path) -> None:
    home_folder = f"-env:UserInstallation=file://{tmp_path}/profile"
    # UTF-8 (76), comma, quotes, first line, and "evaluate formulas" as a double click does it
    load = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
    save = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path)]
    command = ["soffice", home_folder, "--headless", load, *save, str(folder / "provisions.csv")]
    subprocess.run(command, check=True, capture_output=True)
    (shown,) = list(tmp_path.glob("provisions*.csv"))
    rows = list(csv.DictReader(io.StringIO(shown.read_text("utf-8-sig"), newline="")))
    texts = {row["eid"]: row["text"] for row in rows if row["instrument"] == "alpha"}
    assert texts["art_1__para_2"].lstrip("'") == WORDS["art_1__para_2"]
    assert texts["art_1__para_1"].lstrip("'") == WORDS["art_1__para_1"]
    assert texts["preamble"] == WORDS["preamble"]


@pytest.mark.parametrize("records", [[], [Record(instrument("gamma"))], [record("alpha", WORDS)]])
def test_a_release_of_next_to_nothing_is_a_valid_release(records: list[Record], tmp_path: Path) -> None:
    rules, weights = load_rules(home() / "corpus"), Weights.load(home() / "models")
    for name, data in release_files(compare(records, codebook(), rules, weights)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    report = Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "type", "message"])
