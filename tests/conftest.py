"""Where the tests find real sources. Machines without them skip those tests; CI must have them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from support import needs
from support.sources import TOGETHER, made_once
from treatynlp import pipeline

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.browsing import Reader
    from support.prefect_server import Server


def pytest_configure(config: pytest.Config) -> None:
    """A folder for what every process of this session may use, so that no treaty is read in each of them anew.

    What is drawn at random has no deadline: a machine with much to do would miss it.
    """
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")
    if not hasattr(config, "workerinput"):
        os.environ[TOGETHER] = tempfile.mkdtemp(prefix="treatynlp-tests-")
        # Where a command is given no workspace it takes the user's: whoever ran `make run` before has one there, with
        # the specimens in it, and no test may see or change it.
        os.environ["XDG_DATA_HOME"] = str(Path(os.environ[TOGETHER]) / "data")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[TOGETHER], ignore_errors=True)


FIRST = (
    "flows/test_running.py", "pipeline/test_stale.py", "flows/test_dask.py", "pipeline/test_faults.py",
    "docs/test_notebooks.py", "pipeline/test_sandbox.py", "publishing/test_explorer_views.py", "docs/test_docs_run.py",
    "cli/test_add.py", "docs/test_docs.py", "packaging/test_wheel.py", "reading/test_audit.py",
)  # fmt: skip
"""The files that take longest. A file stays with one process: one of them begun last would leave the others idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {str(Path(__file__).parent / name): at for at, name in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(str(item.path), len(FIRST)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `needs("libreoffice")` runs where that is installed (see `support.needs`)."""
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            needs.found(program)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real sources and gold beside the checkout; skipped where absent, a failure in CI."""
    if not needs.SHARED.is_dir():
        needs.missing("the folder ../shared (real treaties and gold) is not beside this checkout")
    return needs.SHARED


@pytest.fixture(scope="session")
def specimens_release() -> Path:
    """The release of the five fictional conventions, made once for all processes; never to be changed."""

    def make(root: Path) -> None:
        corpus, supply = pipeline.specimens()
        outcome = pipeline.run(corpus, root / "ws", supply, root / "release")
        assert outcome.status == "complete", outcome.reason

    return made_once("specimens", make) / "release"


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests of the explorer."""
    from playwright.sync_api import sync_playwright

    from support.browsing import launched

    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def reader(browser: "Browser", specimens_release: Path) -> "Iterator[Reader]":
    """Somebody who opens the explorer of the fictional conventions."""
    from support.browsing import reading

    with reading(browser, specimens_release) as one:
        yield one


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Server]":
    """A real Prefect server, started once for all tests that want one (that takes seconds)."""
    from support.prefect_server import serving

    with serving(tmp_path_factory.mktemp("prefect")) as server:
        yield server
