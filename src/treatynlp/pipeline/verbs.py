"""The library's verbs in the order of the pipeline, each with all the rows it gives.

They are pure: a stage and a single file at hand go through the same ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from treatynlp.corpus import Instrument
from treatynlp.errors import Issue, Level

if TYPE_CHECKING:
    from treatynlp.coding.classifier import Coder
    from treatynlp.coding.labels import Coding
    from treatynlp.coding.parameters import ParameterReader
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

Rows = tuple[Issue, ...]


def taken_apart(document: "Document", ident: str, within: str = "", language: str = "en") -> "tuple[Treaty, Rows]":
    """The treaty in a document, and what must be known before it is relied on."""
    from treatynlp.structure import split
    from treatynlp.structure.judgement import judge

    treaty = split(document, ident, within)
    return treaty, tuple(dict.fromkeys((*treaty.issues, *judge(document, treaty, language))))


def unexpected(treaty: "Treaty", instrument: Instrument) -> Iterator[Issue]:
    """What the registry expects and the text does not hold: too few articles are an error, too many a warning."""
    found, expected = len(treaty.articles), instrument.expect.articles
    if expected is None or found == expected:
        return
    message = (
        f"{found} articles were found where the registry expects {expected}; look at the split, or correct expect."
    )
    level: Level = "error" if found < expected else "warning"
    yield Issue(level, "articles-missing" if found < expected else "articles-too-many", instrument.id, message)


def linked(treaty: "Treaty", registry: Sequence[Instrument]) -> "tuple[Treaty, Rows]":
    """The treaty with its cross-references, into itself and into the registry's instruments, and its definitions."""
    from treatynlp.structure.definitions import definitions
    from treatynlp.structure.references import references, unresolved

    found = references(treaty, registry)
    return replace(treaty, references=found, definitions=definitions(treaty)), unresolved(treaty, found)


def coded(treaty: "Treaty") -> "Coding":
    """What a treaty's provisions are about, how strictly they speak, and what can be read off them."""
    topics, parameters = coder()
    return replace(topics.code(treaty), attributes=parameters.read(treaty))


@cache
def coder() -> "tuple[Coder, ParameterReader]":
    """Model and lexicons, loaded once a process: that takes longer than most treaties to code."""
    from treatynlp.coding import load_coder
    from treatynlp.coding.parameters import load_parameter_reader

    return load_coder(), load_parameter_reader()
