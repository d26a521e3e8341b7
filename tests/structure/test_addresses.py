"""Addresses a lawyer would cite, in two instruments whose numbering is hard: restarted, and without articles."""

from pathlib import Path

import pytest

from treatynlp.reading import read
from treatynlp.structure import split
from treatynlp.structure.address import cited

RESTARTED = {  # malabo-2014: numbers begin anew inside a paragraph, a list goes on behind words put in between
    "29": "1 1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 2 2(a) 2(b) 2(c) 2(d) 2(e) 2(f) 3 3(1) 3(1)(a) 3(1)(b) 3(1)(c) "
    "3(1)(d) 3(1)(e) 3(1)(f) 3(1)(g) 3(1)(h) 3(2) 3(3) 4",
    "30": "1 1(a) 1(b) 1(c) 1(d) 2",
    "31": "1 1(a) 1(b) 1(c) 2 2(a) 2(b) 2(c) 3 3(a) 3(b) 3(c) 3(d) 3(e)",
}


def numbered(path: Path) -> list[str]:
    tree = split(read(path.read_bytes(), path.stem), path.stem)
    return [cited(p.eid) for p in tree.walk() if p.kind in ("paragraph", "point")]


@pytest.mark.parametrize("article", RESTARTED)
def test_every_point_has_its_own_address_where_numbers_begin_anew(article: str, shared: Path) -> None:
    found = [one for one in numbered(shared / "corpus/mirror/malabo-2014.pdf") if one.startswith(f"Art. {article}(")]
    steps = [place.split("(", 1) for place in RESTARTED[article].split()]
    assert found == [f"Art. {article}({first})" + "".join(f"({rest}" for rest in more) for first, *more in steps]


def test_a_last_chapter_without_articles_has_paragraphs_of_its_own(shared: Path) -> None:
    found = [one for one in numbered(shared / "corpus/mirror/arab-2010.pdf") if one.startswith("Chapter")]
    assert found == [f"Chapter V, para. {number}" for number in range(1, 9)]


def test_a_number_that_stands_alone_has_the_words_below_it() -> None:
    """Number and words in blocks of their own (consolidated texts of EUR-Lex): one paragraph, no second one in it."""
    blocks = "".join(
        f"<p>Article {n}</p><p>1.</p><p>The keeper lights the lamp of gate {n}.</p>"
        "<p>Nothing here keeps anybody from walking through it.</p><p>2.</p><p>The gate stays open.</p>"
        for n in range(1, 7)
    )
    tree = split(read(f"<html><body><h1>Act on Gates</h1>{blocks}</body></html>".encode(), "x"), "x")
    assert [one.eid for one in tree.articles[0].walk()][1:] == [
        "art_1__para_1", "art_1__para_1__alinea_2", "art_1__para_2",
    ]  # fmt: skip
    _, first, second, _ = tree.articles[0].walk()
    assert tree.words(first.span).startswith("1. The keeper lights the lamp of gate 1.")
    assert tree.words(second.span).startswith("Nothing here")
