"""Which text an instrument's words were taken from."""

import pytest

from treatynlp.comparison.records import Provenance, Record
from treatynlp.corpus import load
from treatynlp.registry import Source

HERE, THERE = "https://league.example.org/1.pdf", "https://copies.example.org/1.pdf"

TEXTS = [
    # (language of the source, published by the body itself, languages of the instrument, where it was read, kind)
    ("en", True, ("en", "fr"), HERE, "official"),
    ("en", False, ("ar",), HERE, "translation"),  # nobody of the body answers for these words
    ("en", False, ("en", "fr"), HERE, "copy"),
    ("en", False, (), HERE, "copy"),  # the registry does not say in which languages it was made
    ("en", True, ("en",), THERE, ""),  # a file of one's own: no entry vouches for it
]


@pytest.mark.parametrize(("language", "official", "languages", "read", "kind"), TEXTS)
def test_what_kind_of_text_was_read(
    language: str, official: bool, languages: tuple[str, ...], read: str, kind: str
) -> None:
    source = Source(url=HERE, media_type="pdf", language=language, official=official)
    instrument = load().instruments[0].model_copy(update={"sources": (source,), "languages": languages})
    assert Record(instrument, Provenance(read, "", "application/pdf", 1, "text", "mirror")).kind_of_text == kind


def test_of_what_was_not_read_nothing_is_said() -> None:
    assert Record(load().instruments[0]).kind_of_text == ""
