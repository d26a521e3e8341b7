"""How fast the coder loads and codes, on one core.

    OMP_NUM_THREADS=1 python benchmarks/coding.py [FOLDER OF PDFS]

Without a folder: ../shared/corpus/mirror. Reading and splitting are not counted. How well it codes is measured by
`treatynlp evaluate` and benchmarks/gates.py.
"""

import sys
import time
from pathlib import Path

from treatynlp.errors import DataError
from treatynlp.reading import read
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty

MIRROR = Path(__file__).parents[2] / "shared" / "corpus" / "mirror"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MIRROR
    treaties = [treaty for path in sorted(folder.glob("*.pdf")) if (treaty := _split(path))]
    if not treaties:
        sys.stderr.write(f"No PDF could be read in {folder}.\n")
        return 1
    begun = time.perf_counter()
    from treatynlp.coding import load_coder

    coder = load_coder()
    sys.stdout.write(f"load, libraries included   {time.perf_counter() - begun:8.2f} s\n")
    begun = time.perf_counter()
    load_coder()
    sys.stdout.write(f"load                       {time.perf_counter() - begun:8.2f} s\n")
    provisions = sum(1 for treaty in treaties for _ in treaty.walk())
    for name in ("first pass", "second pass"):
        begun = time.process_time()
        labels = sum(len(coder.code(treaty).labels) for treaty in treaties)
        spent = time.process_time() - begun
        sys.stdout.write(f"{name:12} {provisions:6} provisions {labels:6} labels {provisions / spent:8.0f} a second\n")
    return 0


def _split(path: Path) -> Treaty | None:
    """The treaty of a PDF; None, with the reason on the error stream, when it cannot be read."""
    try:
        return split(read(path.read_bytes(), path.name), path.stem)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return None


if __name__ == "__main__":
    sys.exit(main())
