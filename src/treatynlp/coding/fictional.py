"""Instruments that do not exist, coded by construction: the specimens, read from their PDFs, and the model clauses,
from the Markdown they are printed as. Both are split like any other source."""

from pathlib import Path

from treatynlp.home import home
from treatynlp.model_clauses import ModelClauses, load_model_clauses, print_markdown
from treatynlp.reading import read
from treatynlp.registry import GoldTopic
from treatynlp.specimens import gold_topics, load_specimens
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty

Coded = tuple[tuple[Treaty, ...], tuple[GoldTopic, ...]]


def fictional(root: Path | None = None) -> Coded:
    """The specimens of a folder (without one: those that come with treatynlp), and their labels."""
    folder = root or home() / "corpus" / "specimens"
    specimens = load_specimens(folder)
    treaties = tuple(_treaty(folder, specimen.instrument.id) for specimen in specimens)
    return treaties, tuple(row for specimen in specimens for row in gold_topics(specimen))


def _treaty(folder: Path, id: str) -> Treaty:
    return split(read((folder / f"{id}.pdf").read_bytes(), f"{id}.pdf"), id)


def model_clauses(root: Path | None = None) -> Coded:
    """The model clauses of a folder (without one: those that come with treatynlp), and their labels."""
    every = load_model_clauses(root).values()
    return tuple(map(printed, every)), tuple(row for clauses in every for row in gold_topics(clauses))


def printed(clauses: ModelClauses) -> Treaty:
    """Model clauses as an instrument: printed, read and split."""
    id = clauses.instrument.id
    return split(read(print_markdown(clauses).encode(), f"{id}.md"), id)
