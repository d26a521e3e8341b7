"""Splitting: the treaty in a document, and whether it is what one may rely on."""

from collections.abc import Iterator

from treatynlp.corpus import Instrument
from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.structure import split
from treatynlp.structure.identity import identity
from treatynlp.structure.judgement import judge
from treatynlp.structure.tree import Treaty


def take_apart(document: Document, ident: str, within: str = "") -> tuple[Treaty, tuple[Issue, ...]]:
    """The treaty in a document, and what must be known before it is relied on."""
    treaty = split(document, ident, within)
    return treaty, tuple(dict.fromkeys((*treaty.issues, *judge(document, treaty))))


def unexpected(treaty: Treaty, instrument: Instrument) -> Iterator[Issue]:
    """What the registry expects and the text does not hold: too few articles are an error, too many a warning."""
    found, expected = len(treaty.articles), instrument.expect.articles
    if expected is None or found == expected:
        return
    # Too few may be words lost; too many are most often headings of an annex, and no word is gone.
    code = "articles-missing" if found < expected else "articles-too-many"
    yield issue(code, instrument.id, found=found, expected=expected)


def doubted(document: Document, treaty: Treaty, instrument: Instrument) -> tuple[Issue, ...]:
    """Why a treaty may not be the instrument that was asked for, or not all of it."""
    return (*unexpected(treaty, instrument), *identity(document, treaty, instrument))
