"""What `make quick` leaves to `make test`: the tests marked `long`, and those it does not come to in its time.

It fails nobody on a loaded machine: what is left out is counted and told.
"""

import sys
import time

import pytest

SECONDS = 10.0
"""From the first test; to come to it takes some seconds, and mypy about as long beside both."""
began: list[float] = []
left: list[str] = []


@pytest.hookimpl(tryfirst=True)  # before anything is made for the test
def pytest_runtest_setup(item: pytest.Item) -> None:
    now = time.monotonic()
    began.append(now)
    if item.get_closest_marker("long") or now - began[0] > SECONDS:
        left.append(item.nodeid)
        pytest.skip("left to make test")


def pytest_unconfigure() -> None:
    if left:
        sys.stdout.write(f"{len(left)} tests are left to make test\n")
