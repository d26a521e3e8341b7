"""Specimens: their labels follow the codebook, their PDFs are made of their source and say all of it."""

import re
import runpy
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from treatynlp.corpus import load
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.specimens import (
    Specimen,
    articles,
    expected_split,
    gold_attributes,
    gold_topics,
    load_specimens,
    printed_text,
    specimen_attributes,
    specimen_labels,
    specimen_provisions,
)
from treatynlp.strict_files import parse_yaml, validate

FOLDER = home() / "corpus" / "specimens"
SPECIMENS = {specimen.instrument.id: specimen for specimen in load_specimens()}
CODEBOOK = load().codebook
each = pytest.mark.parametrize("specimen", SPECIMENS.values(), ids=SPECIMENS.keys())


def pdf(specimen: Specimen) -> Path:
    return FOLDER / f"{specimen.instrument.id}.pdf"


@each
def test_a_specimen_has_the_size_of_a_real_convention(specimen: Specimen) -> None:
    assert 25 <= len(articles(specimen)) <= 45


@each
def test_topics_are_in_the_codebook(specimen: Specimen) -> None:
    assert {topic for _, topic in specimen_labels(specimen)} <= set(CODEBOOK.topics)


@each
def test_parameters_follow_the_codebook(specimen: Specimen) -> None:
    faults = [
        (eid, attribute, fault)
        for eid, attribute, value, unit, case in specimen_attributes(specimen)
        for fault in CODEBOOK.attributes[attribute].faults(eid, value, unit, case)
    ]
    assert not faults


def test_together_they_cover_every_topic() -> None:
    covered = {topic for specimen in SPECIMENS.values() for _, topic in specimen_labels(specimen)}
    assert set(CODEBOOK.topics) - covered == set()


def test_together_they_cover_every_attribute() -> None:
    covered = {attribute for specimen in SPECIMENS.values() for _, attribute, *_ in specimen_attributes(specimen)}
    assert set(CODEBOOK.attributes) - covered == set()


def test_every_specimen_has_a_look_of_its_own() -> None:
    assert sorted(specimen.look.name for specimen in SPECIMENS.values()) == ["au", "coe", "journal", "typewriter", "un"]


@each
def test_every_article_is_about_something(specimen: Specimen) -> None:
    labelled = {row.article for row in gold_topics(specimen)}
    assert [article.article for article in articles(specimen) if article.article not in labelled] == []


@each
def test_addresses_are_unique(specimen: Specimen) -> None:
    twice = [eid for eid, times in Counter(place.eid for place in specimen_provisions(specimen)).items() if times > 1]
    assert twice == []


@each
def test_every_main_clause_has_its_strength(specimen: Specimen) -> None:
    """An article carries one itself, or each of its paragraphs does."""
    strong = {eid for eid, attribute, *_ in specimen_attributes(specimen) if attribute == "modality"}
    bare = [
        place.eid
        for place in specimen_provisions(specimen)
        if not place.path and place.eid not in strong and not any(eid.startswith(f"{place.eid}__") for eid in strong)
    ]
    assert bare == []


@each
def test_gold_rows_and_addresses_say_the_same(specimen: Specimen) -> None:
    assert len(gold_topics(specimen)) + 1 == len(specimen_labels(specimen))
    assert len(gold_attributes(specimen)) == len(specimen_attributes(specimen))


def letters(words: str) -> str:
    """Words without blanks, hyphens and quote shapes: what must survive typesetting."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).lower()


def stands_in(line: str, read: str) -> bool:
    """Whether a line's words are there, in one piece or in the two that a page break makes of them."""
    cuts = range(len(line), 0, -1)
    return any(line[:cut] in read and line[cut:] in read for cut in cuts)


@each
def test_the_pdf_says_every_article(specimen: Specimen) -> None:
    with pypdfium2.PdfDocument(pdf(specimen)) as document:
        read = letters("".join(page.get_textpage().get_text_bounded() for page in document))
    lines = [line for article in expected_split(specimen)["articles"] for line in article["text"].splitlines()]
    assert [line for line in lines if not stands_in(letters(line), read)] == []


def runs(words: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    found = re.findall(r"[a-z]+", words.lower())
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


# Stands in the final clauses of a score of instruments, each time of another drafter.
FORMULAS = {"it shall enter into force on the first day of the month"}


@pytest.fixture(scope="module")
def real(shared: Path) -> set[tuple[str, ...]]:
    """Every run of twelve words of the real instruments."""
    found: set[tuple[str, ...]] = set()
    for path in sorted((shared / "corpus" / "mirror").glob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            found |= runs(" ".join(page.get_textpage().get_text_bounded() for page in document), 12)
    return found


@each
def test_no_words_are_taken_from_a_real_instrument(specimen: Specimen, real: set[tuple[str, ...]]) -> None:
    """The formulas of the craft are shorter than twelve words, but for one; what is longer was copied."""
    text = " ".join(printed_text(article).replace("\n", " ") for article in articles(specimen))
    assert {" ".join(run) for run in runs(text, 12) & real} <= FORMULAS


@pytest.fixture(scope="module")
def typeset() -> Callable[[Specimen], bytes]:
    made: Callable[[Specimen], bytes] = runpy.run_path(str(FOLDER / "typeset.py"))["typeset"]
    return made


@each
def test_the_pdf_is_what_the_source_makes(specimen: Specimen, typeset: Callable[[Specimen], bytes]) -> None:
    """Who edits a source must run typeset.py again; and typesetting twice gives the same bytes."""
    pytest.importorskip("typst", reason="typesetting needs the development dependencies")
    assert typeset(specimen) == pdf(specimen).read_bytes()


@each
def test_the_pdf_is_small(specimen: Specimen) -> None:
    assert pdf(specimen).stat().st_size < 150_000


SMALL = """
instrument: {{id: mu-2399, title: Treaty of Mu, short_title: Mu, body: Mu, kind: treaty, binding: true, scope: global,
  family: [cybercrime], dates: {{adopted: 2399}}, expect: {{articles: {count}}}}}
look: {{name: coe, place: Mu, running: [Mu]}}
preamble: [{{text: "Mu,"}}]
closing: Done.
contents: {contents}
"""


def small(contents: str, count: int = 1) -> Specimen:
    return validate(Specimen, parse_yaml(SMALL.format(contents=contents, count=count).encode(), "mu.yml"), "mu.yml")


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        pytest.param("[{article: 5, text: \"In:\", clauses: [{number: a), text: x, topics: [scope]}]}]",
                     "art_5__point_a", id="a list right under an article"),
        pytest.param("[{article: 5, clauses: [{text: x}, {text: y, topics: [scope]}]}]",
                     "art_5__alinea_2", id="a second paragraph without number"),
        pytest.param("[{article: 9, clauses: [{number: 3., text: x, clauses: [{number: 1), text: y, clauses: "
                     "[{number: (a), text: z, topics: [scope]}]}]}]}]",
                     "art_9__para_3__point_1__point_a", id="numbering begins anew inside a paragraph"),
        pytest.param("[{article: 14 bis, clauses: [{number: 2 bis., text: x, topics: [scope]}]}]",
                     "art_14bis__para_2bis", id="an article and a paragraph put in later"),
        pytest.param("[{article: 1, text: x}, {division: chapter, number: IV, clauses: "
                     "[{number: 2., text: y, topics: [scope]}]}]",
                     "chp_IV__para_2", id="a chapter without articles"),
        pytest.param("[{division: part, number: II, contents: [{article: 1, text: x, topics: [scope]}]}]",
                     "art_1", id="an article's address does not tell its chapter"),
    ],
)  # fmt: skip
def test_addresses(contents: str, expected: str) -> None:
    assert specimen_labels(small(contents))[1:] == ((expected, "scope"),)


def test_rows_name_article_and_paragraph_as_the_gold_does() -> None:
    chapter = (
        "[{article: 1, text: x}, {division: chapter, number: V, clauses: [{number: 2., text: y, topics: [scope]}]}]"
    )
    nested = "[{article: 3, clauses: [{number: 1., text: x, clauses: [{number: (a), text: y, topics: [scope]}]}]}]"
    assert [(row.article, row.paragraph) for row in gold_topics(small(chapter))] == [("V", "FP.2")]
    assert [(row.article, row.paragraph) for row in gold_topics(small(nested))] == [("3", "1.a")]


def test_the_text_of_an_article_keeps_its_numbers_and_not_its_heading() -> None:
    article = '[{article: 3, heading: Aim, text: "In:", clauses: [{number: a), text: x, clauses: [{text: y}]}]}]'
    assert expected_split(small(article))["articles"] == [{"label": "3", "heading": "Aim", "text": "In:\na) x\ny"}]


@pytest.mark.parametrize(
    ("contents", "count", "expected"),
    [
        pytest.param("[{article: 1, text: x}]", 2, "expect.articles says 2", id="articles miscounted"),
        pytest.param("[{article: 1, heading: x}]", 1, "article 1 says nothing", id="an empty article"),
        pytest.param("[{article: 1, text: x, topic: scope}]", 1, "unknown key", id="a misspelt key"),
        pytest.param("[{division: volume, number: 1}]", 0, "chapter", id="an unknown division"),
    ],
)
def test_faults_are_named(contents: str, count: int, expected: str) -> None:
    with pytest.raises(DataError, match=re.escape(expected)):
        small(contents, count)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yml").write_text("look: 1")
    with pytest.raises(DataError) as error:
        load_specimens(tmp_path)
    assert {issue.where.split(":")[0] for issue in error.value.issues} == {"specimens/a.yml", "specimens/b.yml"}
