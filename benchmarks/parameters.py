"""How fast parameters and modality are read, on one core.

    python benchmarks/parameters.py FOLDER

Prints, for the PDFs of a folder, provisions a second of processor time for the reader, and for the spaCy pipeline.
"""

import sys
from pathlib import Path
from time import process_time

import treatynlp
from treatynlp.coding.parameters import load_parameter_reader
from treatynlp.reading import read
from treatynlp.structure import Treaty, split


def main(folder: Path) -> None:
    treaties = [split(read(path.read_bytes(), path.name), path.stem) for path in sorted(folder.glob("*.pdf"))]
    number = sum(1 for treaty in treaties for _ in treaty.walk())
    begun = process_time()
    reader = load_parameter_reader()
    loaded = process_time() - begun
    begun = process_time()
    rows = sum(len(rows) for treaty in treaties for rows in reader.read(treaty))
    taken = process_time() - begun
    print(f"reader: {number} provisions, {rows} rows, {number / taken:.0f} provisions/s, loaded in {loaded:.2f} s")  # noqa: T201
    texts = [text for treaty in treaties for text in paragraphs(treaty)][:1000]
    language = treatynlp.nlp()
    language("warm")
    begun = process_time()
    for _ in language.pipe(texts):
        pass
    print(f"pipeline: {len(texts)} texts, {len(texts) / (process_time() - begun):.0f} texts/s")  # noqa: T201


def paragraphs(treaty: Treaty) -> list[str]:
    return [treaty.words(one.body) for one in treaty.walk() if one.kind == "paragraph"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
