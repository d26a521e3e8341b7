"""Whole treaties, golden: every provision's address, kind, page, heading, and the hash of its words.

A change to reading or splitting that moves anything shows here as a line of a diff. When the change is meant, remake
the files with `python tests/structure/test_golden.py` and review the diff like code.
"""

import csv
import io
import sys
from pathlib import Path

import pytest

from support.needs import SHARED
from support.sources import document, treaty
from treatynlp.corpus import load, text_hash
from treatynlp.structure import split

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
MIRROR = sorted(path.stem for path in GOLDEN.glob("*.csv"))
SPECIMENS = sorted(path.stem for path in (ROOT / "corpus" / "specimens").glob("*.pdf"))


def rows(pdf: Path, within: str = "") -> str:
    """The tree of a PDF as CSV, without its words."""
    tree = split(document(pdf), pdf.stem, within) if within else treaty(pdf)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["eid", "kind", "page", "heading", "text_hash"])
    table.writerows([p.eid, p.kind, p.page, p.heading[:80], text_hash(tree.words(p.body))] for p in tree.walk())
    return out.getvalue()


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_splits_as_it_did(name: str) -> None:
    assert rows(ROOT / "corpus" / "specimens" / f"{name}.pdf").splitlines() == golden(name).splitlines()


@pytest.mark.parametrize("name", sorted(set(MIRROR) - set(SPECIMENS)))
def test_a_real_instrument_splits_as_it_did(name: str, shared: Path) -> None:
    path = shared / "corpus" / "mirror" / f"{name}.pdf"
    assert rows(path, load().instrument(name).within).splitlines() == golden(name).splitlines()


if __name__ == "__main__":
    corpus = load()
    GOLDEN.mkdir(exist_ok=True)
    for pdf in [*(ROOT / "corpus" / "specimens").glob("*.pdf"), *(SHARED / "corpus" / "mirror").glob("*.pdf")]:
        ours = pdf.parent.name == "specimens"
        text = rows(pdf, "" if ours else corpus.instrument(pdf.stem).within)
        (GOLDEN / f"{pdf.stem}.csv").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{pdf.stem}: {text.count(chr(10)) - 1} provisions\n")
