"""The specimens as coded instruments: read and split from their PDFs like any other, labelled by construction."""

from pathlib import Path

from treatynlp.home import home
from treatynlp.reading import read
from treatynlp.registry import GoldTopic
from treatynlp.specimens import gold_topics, load_specimens
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty


def fictional(root: Path | None = None) -> tuple[tuple[Treaty, ...], tuple[GoldTopic, ...]]:
    """The specimens of a folder (without one: those that come with treatynlp), and their labels."""
    folder = root or home() / "corpus" / "specimens"
    specimens = load_specimens(folder)
    treaties = tuple(_treaty(folder, specimen.instrument.id) for specimen in specimens)
    return treaties, tuple(row for specimen in specimens for row in gold_topics(specimen))


def _treaty(folder: Path, id: str) -> Treaty:
    return split(read((folder / f"{id}.pdf").read_bytes(), f"{id}.pdf"), id)
