"""As many made-up instruments as there are addresses, for tests that ask servers on this machine."""

from dataclasses import replace

from support.workspace_fixture import pair
from treatynlp.corpus import Corpus
from treatynlp.registry import Source


def instruments(*urls: str) -> Corpus:
    """As many instruments as addresses: i1, i2, …"""
    corpus = pair()
    made = (
        corpus.instruments[0].model_copy(update={"id": f"i{number}", "sources": (_source(url),)})
        for number, url in enumerate(urls, start=1)
    )
    return replace(corpus, instruments=tuple(made))


def _source(url: str) -> Source:
    # The registry takes names with a dot only; "localhost" has none.
    return Source.model_construct(url=url, media_type="pdf", language="en", official=True)
