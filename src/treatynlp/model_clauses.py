"""Model clauses: articles of instruments that do not exist, written from the codebook so that its rare topics and the
wordings of many houses are there to be measured on. Their labels are right by construction.

Each file is one instrument: its title, and its text as a tree that carries on every provision what it is about. They
have no look of their own: they are printed as Markdown, and read and split like any other source. A file's name says
who of us wrote it, and its number: those of even number (`unread`) nobody looks at while mending patterns.

>>> clauses = load_model_clauses()["a-01"]
>>> print_markdown(clauses).splitlines()[0] == f"# {clauses.instrument.title}"
True
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from treatynlp.errors import DataError
from treatynlp.field_types import Id, Words
from treatynlp.home import home
from treatynlp.specimens import Article, Clause, Content, Division
from treatynlp.strict_files import StrictModel, gather, read_yaml

__all__ = ["InventedInstrument", "ModelClauses", "is_unread", "load_model_clauses", "print_markdown"]

_ENACTING = "The Parties to this instrument have agreed as follows:"


class InventedInstrument(StrictModel):
    """What is said of an instrument that nobody needs to look up: its id and its title."""

    id: Id
    title: Words


class ModelClauses(StrictModel):
    """A file of model clauses: the instrument they stand in, and its divisions and articles with their labels."""

    instrument: InventedInstrument
    contents: Annotated[tuple[Content, ...], Field(min_length=1)]


def load_model_clauses(root: Path | None = None) -> dict[str, ModelClauses]:
    """The model clauses of a folder by file name, `a-01` (without a folder: those that come with treatynlp).

    DataError holds every fault of every file.
    """
    paths = sorted((root or home() / "corpus" / "model_clauses").glob("*.yml"))
    found, issues = gather(_file, paths)
    if issues:
        raise DataError(*issues)
    return {path.stem: clauses for path, clauses in zip(paths, found, strict=True)}


def _file(path: Path) -> ModelClauses:
    return read_yaml(ModelClauses, path, f"model_clauses/{path.name}")


def is_unread(name: str) -> bool:
    """Whether the file of this name is of the half that is only ever counted.

    >>> is_unread("a-02"), is_unread("b-13")
    (True, False)
    """
    return int(name.rpartition("-")[2]) % 2 == 0


def print_markdown(clauses: ModelClauses) -> str:
    """The instrument as a Markdown source: titles marked with #, every provision a block of its own."""
    blocks = [f"# {clauses.instrument.title}", _ENACTING]
    for content in clauses.contents:
        blocks += _content(content)
    return "\n\n".join(blocks) + "\n"


def _content(content: Division | Article) -> Iterator[str]:
    if isinstance(content, Article):
        # Label and heading in lines of their own: in one line, "Article 3 bis Scope" has two readings.
        yield _title(f"Article {content.article}", content.heading)
        yield from filter(None, [content.text, _note(content.note)])
        yield from _clauses(content.clauses)
        return
    yield _title(f"{content.division.upper()} {content.number}", content.heading)
    yield from _clauses(content.clauses)
    for inner in content.contents:
        yield from _content(inner)


def _title(label: str, heading: str) -> str:
    return f"## {label}\n## {heading}" if heading else f"## {label}"


def _clauses(clauses: tuple[Clause, ...]) -> Iterator[str]:
    for clause in clauses:
        yield f"{clause.number} {clause.text}".strip()
        yield from filter(None, [_note(clause.note)])
        yield from _clauses(clause.clauses)


def _note(words: str) -> str:
    return f"[^note]: {words}" if words else ""
