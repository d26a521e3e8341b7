"""The library's verbs in the order of the pipeline, each with all the rows it gives.

They are pure: a stage and a single file at hand go through the same ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp.corpus import Corpus, GoldAttribute, GoldTopic, Instrument, Override
from treatynlp.errors import Issue, Level

if TYPE_CHECKING:
    from treatynlp.coding.classifier import Coder
    from treatynlp.coding.labels import Coding
    from treatynlp.coding.parameters import ParameterReader
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

Rows = tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What people wrote about one instrument: gold labels and attributes, and decisions on the machine's labels."""

    topics: tuple[GoldTopic, ...] = ()
    attributes: tuple[GoldAttribute, ...] = ()
    overrides: tuple[Override, ...] = ()

    @classmethod
    def of(cls, corpus: Corpus, ident: str) -> "People":
        return cls(
            tuple(row for row in corpus.topics if row.instrument == ident),
            tuple(row for row in corpus.attributes if row.instrument == ident),
            tuple(row for row in corpus.overrides if row.instrument == ident),
        )

    @property
    def digest(self) -> str:
        rows = (row.model_dump_json() for row in (*self.topics, *self.attributes, *self.overrides))
        return sha256("\n".join(rows).encode()).hexdigest()


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


def coded(treaty: "Treaty", families: Mapping[str, str], model: Path | None = None) -> "tuple[Coding, Rows]":
    """What a treaty's provisions are about, how strictly they speak, what can be read off them; and headings that
    promise one thing where the words do another. `families` holds the family of each topic, `model` is the folder
    of another model than the one that comes with treatynlp."""
    from treatynlp.coding.headings import heading_issues

    topics, parameters = coder(model)
    coding = with_elements(replace(topics.code(treaty), attributes=parameters.read(treaty)), treaty)
    return coding, heading_issues(topics, treaty, families)


def corrected(coding: "Coding", treaty: "Treaty", people: People) -> "tuple[Coding, Rows]":
    """The coding with what people coded and decided in it; rows for what no longer fits the text."""
    from treatynlp.coding.gold_merge import Gold, with_gold
    from treatynlp.coding.overrides import apply_overrides

    coding, stale = with_gold(coding, treaty, Gold(people.topics, people.attributes))
    coding, outdated = apply_overrides(coding, people.overrides, treaty)
    return with_elements(coding, treaty), (*stale, *outdated)


def with_elements(coding: "Coding", treaty: "Treaty") -> "Coding":
    """The coding with the elements of its provisions: read again once people have settled what these are about."""
    from treatynlp.coding.elements import load_element_reader

    return replace(coding, elements=load_element_reader().read(treaty, coding.labels))


@cache
def coder(model: Path | None = None) -> "tuple[Coder, ParameterReader]":
    """Model and lexicons, loaded once a process: that takes longer than most treaties to code."""
    from treatynlp.coding import load_coder
    from treatynlp.coding.parameters import load_parameter_reader

    return load_coder(model), load_parameter_reader()
