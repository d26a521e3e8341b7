"""A release of two specimens with its workspace, made once for all tests here that only want one to look at."""

from pathlib import Path

import pytest

from support.sources import made_once
from support.workspace_fixture import WorkspaceFixture


@pytest.fixture(scope="session")
def pair_made() -> Path:
    """A folder with `mirror`, `ws` and `release`; copy it before you change anything in it."""

    def make(root: Path) -> None:
        assert WorkspaceFixture(root).run().release

    return made_once("pair", make)
