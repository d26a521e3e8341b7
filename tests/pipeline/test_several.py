"""Several documents at a time: what comes of them comes in their order, and not further ahead than it is wanted."""

import threading
from itertools import islice

import pytest

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
