"""Several documents at a time: what comes of them comes in their order, and not further ahead than it is wanted."""

import os
import threading
from itertools import islice

import pytest

from treatynlp.pipeline.sandbox import child
from treatynlp.pipeline.sandbox.several import at_a_time, map_in_order


def test_what_comes_of_each_comes_in_the_order_of_the_items() -> None:
    last = threading.Event()

    def work(number: int) -> int:
        if number == 0 and at_a_time() > 1:
            last.wait(60)  # the first is done only after the second
        last.set() if number == 1 else None
        return number * number

    assert list(map_in_order(work, range(30))) == [number * number for number in range(30)]


def test_a_fault_comes_where_the_result_would() -> None:
    def work(number: int) -> float:
        return 1 / (3 - number)

    found = map_in_order(work, range(8))
    assert list(islice(found, 3)) == [1 / 3, 1 / 2, 1.0]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_no_more_is_made_than_is_going_to_be_wanted_soon() -> None:
    begun: list[int] = []
    found = map_in_order(lambda number: begun.append(number), range(1000))
    next(found)
    found.close()
    assert len(begun) <= 2 * at_a_time() + 1


def test_the_next_list_is_worked_on_by_the_same_threads() -> None:
    """A thread that stays keeps its process, and the process its model: only the first run waits for them."""

    def thread(_: int) -> int:
        return threading.get_ident()

    first, second = (set(map_in_order(thread, range(20))) for _ in range(2))
    assert len(first | second) <= at_a_time()


@pytest.mark.skipif(os.name != "posix", reason="the system cannot wait for pipes")
def test_a_process_that_nobody_asks_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    wire, other = os.pipe()
    monkeypatch.setattr(child, "_IDLE", 0.01)
    with os.fdopen(wire, "rb") as inward:
        assert not child._asked(inward)
        os.write(other, b"a request")
        assert child._asked(inward)
    os.close(other)
