"""Fill the column text_hash of the annotations from a folder of sources, and say what has gone stale.

    python corpus/annotations/hashes.py ../shared/corpus/mirror

The hash is that of the article (or chapter) a row names, read and split as it is today. A row that had another hash was
coded on other words: look at it again before you run this.
"""

import csv
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from treatynlp.coding.gold_merge import homes_of
from treatynlp.corpus import load, text_hash
from treatynlp.reading import read
from treatynlp.structure import Treaty, split

HERE = Path(__file__).parent


def hashes(treaty: Treaty) -> dict[str, str]:
    """Label of each article, and of each chapter without articles → hash of its words."""
    return {label: text_hash(treaty.words(home.body)) for label, home in homes_of(treaty).items()}


def filled(table: Path, known: dict[str, str]) -> Iterator[str]:
    """Write the table anew with its hashes; what was coded on other words is told."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        new = known.get(row["article"], "")
        if row.get("text_hash") not in (None, "", new):
            yield f"{table.name}: Art. {row['article']} was coded on other words; look at it again"
        row["text_hash"] = new
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    table.write_text(text.getvalue(), encoding="utf-8")


def main(sources: Path) -> None:
    corpus = load(HERE.parent)
    coded = {row.instrument for row in (*corpus.topics, *corpus.attributes)}
    for source in sorted(file for file in sources.iterdir() if file.stem in coded):
        within = corpus.instrument(source.stem).within
        known = hashes(split(read(source.read_bytes(), source.name), source.stem, within))
        for table in sorted(HERE.glob(f"{source.stem}.*.csv")):
            for stale in filled(table, known):
                print(stale)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
