"""One table, one module: what it takes to add one, and that none is forgotten in the workbook."""

import io
import pkgutil
import zipfile
from xml.etree import ElementTree

from support.two_lighthouses import overview
from treatynlp.publishing import tables
from treatynlp.publishing.database import database
from treatynlp.publishing.tables import TABLES, release_tables
from treatynlp.publishing.workbook import workbook

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


def test_every_module_of_the_package_is_in_the_list_and_every_table_under_its_own_name() -> None:
    modules = {one.name for one in pkgutil.iter_modules(tables.__path__)}
    assert {made.__module__.rpartition(".")[2] for made in TABLES} == modules
    assert [table.name for table in release_tables(overview())] == [
        made.__name__.removesuffix("_table") for made in TABLES
    ]


def test_every_table_has_a_sheet_or_says_why_not() -> None:
    found = release_tables(overview())
    with zipfile.ZipFile(io.BytesIO(workbook(found))) as book:
        root = ElementTree.fromstring(book.read("xl/workbook.xml"))
    sheets = {node.attrib["name"] for node in root.iter(SHEET)}
    for table in found:
        assert bool(table.sheet.title) != bool(table.sheet.without), table.name
        assert (table.sheet.title in sheets) == bool(table.sheet.title), table.name
        assert len(table.sheet.title) <= 31  # Excel takes no longer name


def test_a_table_named_by_a_word_of_sql_has_a_view_that_needs_no_quotes() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(release_tables(overview())))
    quoted = connection.execute('SELECT count(*) FROM "references"').fetchone()
    assert connection.execute("SELECT count(*) FROM cross_references").fetchone() == quoted
