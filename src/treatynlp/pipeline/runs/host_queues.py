"""Whom to ask when: instruments queue up by the host that has them, so that a slow host keeps no other one waiting."""

from dataclasses import dataclass, replace

from treatynlp.corpus import Corpus, Instrument
from treatynlp.pipeline.runs.sources import Supply
from treatynlp.reading.fetch import hosts

FROM_A_FOLDER = 4
"""Files of a folder taken at a time: it is nobody's server."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The instruments that one host has (by the first of their addresses), of which `at_once` are asked for at a time.

    The host is "" for a folder that stands in for the network, and for instruments without an address.
    """

    host: str
    ids: tuple[str, ...]
    at_once: int


def gently(supply: Supply, per_host: int) -> Supply:
    """The supply with another number of requests that one host gets at a time."""
    return replace(supply, limits=replace(supply.limits, per_host=per_host))


def queues(corpus: Corpus, supply: Supply) -> tuple[Queue, ...]:
    """The queues of a corpus, in the order of its instruments."""
    found: dict[str, list[str]] = {}
    for one in corpus.instruments:
        # A folder is one queue, whatever hosts its files stand for.
        found.setdefault("" if supply.folder else _host(one), []).append(one.id)
    return tuple(
        Queue(host, tuple(ids), supply.limits.per_host if host else FROM_A_FOLDER) for host, ids in found.items()
    )


def _host(instrument: Instrument) -> str:
    # The first address only: it is the one asked, the others are for when it fails.
    return next(iter(hosts(source.url for source in instrument.sources[:1])), "")
