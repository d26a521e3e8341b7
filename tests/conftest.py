"""Where the tests find real sources. Machines without them skip those tests; CI must have them."""

import os
from pathlib import Path

import pytest

from treatynlp import pipeline

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real sources and gold beside the checkout; skipped where absent, a failure in CI."""
    if not SHARED.is_dir():
        message = "the folder ../shared (real treaties and gold) is not beside this checkout"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return SHARED


@pytest.fixture(scope="session")
def specimens_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the five fictional conventions, made once; never to be changed."""
    root = tmp_path_factory.mktemp("specimens")
    corpus, supply = pipeline.specimens()
    outcome = pipeline.run(corpus, root / "ws", supply, root / "release")
    assert outcome.status == "complete", outcome.reason
    return root / "release"
