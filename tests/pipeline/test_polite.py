"""How many requests a host gets at a time, counted by real servers on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from support.several_sources import instruments
from support.webserver import Site, serving
from treatynlp import pipeline
from treatynlp.pipeline import Supply
from treatynlp.pipeline.runs.host_queues import Queue, queues
from treatynlp.reading.fetch import Limits


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    """Two hosts: this machine under its two names."""
    with ExitStack() as both:
        first, second = (both.enter_context(serving()) for _ in range(2))
        second.base = second.base.replace("127.0.0.1", "localhost")
        yield first, second


@pytest.mark.parametrize("per_host", [1, 2, 3])
def test_a_host_gets_no_more_requests_at_a_time_than_allowed(
    tmp_path: Path, sites: tuple[Site, Site], per_host: int
) -> None:
    corpus = instruments(*(site.url(f"slowly.{number}.pdf") for number in range(6) for site in sites))
    for site in sites:
        site.crowd = per_host
    outcome = pipeline.run(corpus, tmp_path, Supply(limits=Limits(per_host=per_host)), tmp_path / "release")
    assert [site.most for site in sites] == [per_host, per_host]
    assert [len(site.asked) for site in sites] == [6, 6]
    assert "0 of 12" in outcome.reason  # what came is no treaty


def test_a_redirect_takes_its_turn_at_the_host_it_leads_to(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    there, here = sites
    here.moves = {f"moved{number}": there.url(f"slowly.{number}.pdf") for number in range(4)}
    there.crowd = 2
    own = [there.url(f"slowly.{number}.pdf") for number in range(4, 8)]
    corpus = instruments(*(here.url(path) for path in here.moves), *own)
    pipeline.run(corpus, tmp_path, Supply(limits=Limits(per_host=2)), tmp_path / "release")
    assert (there.most, len(there.asked)) == (2, 8)


def test_waiting_for_a_turn_is_not_taken_for_a_slow_server(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    site = sites[0]
    corpus = instruments(*(site.url(f"slowly.{number}.pdf") for number in range(30)))
    limits = Limits(seconds=2.5, per_host=1)  # thirty in a row take longer than that, each by itself does not
    outcome = pipeline.run(corpus, tmp_path, Supply(limits=limits), tmp_path / "release")
    assert len(site.asked) == 30
    assert not [issue for issue in outcome.issues if issue.code == "source-timeout"]


def test_a_silent_host_keeps_no_other_one_waiting(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    silent, good = sites
    corpus = instruments(*[silent.url("silent")] * 6, good.url("plain"))
    answered: list[int] = []

    def progress(stage: str, done: int, total: int) -> None:
        if good.asked and not answered:
            answered.append(len(silent.asked))

    limits = Limits(seconds=1.0, attempts=1, per_host=1)
    pipeline.run(corpus, tmp_path, Supply(limits=limits), tmp_path / "release", progress)
    assert good.asked
    assert answered[0] < len(silent.asked) == 6  # before the queue at the silent host had come to its end


def test_instruments_queue_up_by_the_host_of_their_first_address(tmp_path: Path) -> None:
    corpus = instruments("https://a.example/1.pdf", "https://b.example/1.pdf", "https://a.example/2.pdf")
    assert queues(corpus, Supply()) == (Queue("a.example", ("i1", "i3"), 2), Queue("b.example", ("i2",), 2))
    folder = queues(corpus, Supply("mirror", tmp_path))
    assert [queue.ids for queue in folder] == [("i1", "i2", "i3")]
