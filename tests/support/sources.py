"""The specimens and real sources that reading is tried on, each read and split once for all tests."""

from functools import cache
from pathlib import Path

from treatynlp.reading import Document, read
from treatynlp.structure import Treaty, split

SPECIMENS = tuple(sorted((Path(__file__).parents[2] / "corpus" / "specimens").glob("*.pdf")))


@cache
def document(path: Path) -> Document:
    return read(path.read_bytes(), path.name)


@cache
def treaty(path: Path) -> Treaty:
    return split(document(path), path.stem)


def mirror(shared: Path) -> list[Path]:
    """The PDFs of the mirror, the shortest files first."""
    return sorted((shared / "corpus" / "mirror").glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))


def source(shared: Path, id: str) -> Path:
    """The file of an instrument in the mirror, whatever its format."""
    return next((shared / "corpus" / "mirror").glob(f"{id}.*"))
