"""The database of the two lighthouses, made once for the tests of tables, workbook and search."""

import sqlite3

import pytest

from support.released_database import opened
from support.two_lighthouses import overview
from treatynlp.publishing.database import database
from treatynlp.publishing.tables import release_tables


@pytest.fixture(scope="session")
def released() -> sqlite3.Connection:
    return opened(database(release_tables(overview())))
