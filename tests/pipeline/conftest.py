"""A release of two specimens with its workspace, made once for all tests here that only want one to look at."""

from pathlib import Path

import pytest

from support.workspace_fixture import WorkspaceFixture


@pytest.fixture(scope="session")
def pair_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `mirror`, `ws` and `release`; copy it before you change anything in it."""
    root = tmp_path_factory.mktemp("pair")
    assert WorkspaceFixture(root).run().release
    return root
