"""Where the tests find real sources. Machines without them skip those tests; CI must have them."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real sources and gold beside the checkout; skipped where absent, a failure in CI."""
    if not SHARED.is_dir():
        message = "the folder ../shared (real treaties and gold) is not beside this checkout"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return SHARED
