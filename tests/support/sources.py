"""What is made once for all tests of a session, whichever of its processes they run in: the specimens and real sources
that reading is tried on, read and split; folders that nobody changes."""

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from treatynlp.reading import Document, read
from treatynlp.structure import Treaty, split

T = TypeVar("T")
SPECIMENS = tuple(sorted((Path(__file__).parents[2] / "corpus" / "specimens").glob("*.pdf")))


TOGETHER = "TREATYNLP_TESTS_TOGETHER"
"""The variable that names the folder which the processes of one session of tests share (see `conftest`)."""


def _once(kind: str, path: Path, make: Callable[[], T]) -> T:
    """What is made of a file, by whichever process of the session comes to it first."""
    folder = os.environ.get(TOGETHER)
    if folder is None:  # golden files are remade by a script, without a session
        return make()
    kept = Path(folder) / f"{kind} {path.parent.name} {path.name}"
    if kept.exists():
        found: T = pickle.loads(kept.read_bytes())  # noqa: S301 (this session wrote it)
        return found
    made = make()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
        pickle.dump(made, part)
    Path(part.name).replace(kept)
    return made


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is filled by whichever process of the session comes to it first; the others wait for it."""
    folder = Path(os.environ[TOGETHER]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            # Moved there when it is whole: where making it fails, the next one tries, and says why it fails.
            begun = Path(tempfile.mkdtemp(dir=folder.parent))
            make(begun)
            begun.rename(folder)
    return folder


@cache
def document(path: Path) -> Document:
    return _once("document", path, lambda: read(path.read_bytes(), path.name))


@cache
def treaty(path: Path) -> Treaty:
    return _once("treaty", path, lambda: split(document(path), path.stem))


def mirror(shared: Path) -> list[Path]:
    """The PDFs of the mirror, the shortest files first."""
    return sorted((shared / "corpus" / "mirror").glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))


def source(shared: Path, id: str) -> Path:
    """The file of an instrument in the mirror, whatever its format."""
    return next((shared / "corpus" / "mirror").glob(f"{id}.*"))
