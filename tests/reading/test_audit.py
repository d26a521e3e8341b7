"""The second reading: sound pages pass, lost, glued and misread words are said, with page and figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from support.sources import SPECIMENS, mirror
from support.sources import document as document_of
from treatynlp.reading import Document
from treatynlp.reading.audit import SAMPLE, audit, compare_readings, sampled

PATH = SPECIMENS[0]


@pytest.mark.parametrize(
    ("first", "second", "beyond", "why"),
    [
        ("The tide is free.", "is free. The tide", False, "order is no fault of a page's words"),
        ("Ｔide", "Tide", False, "one letter in two encodings"),
        ("“The tide”", '"The tide"', False, "quotation marks are not words"),
        ("", "", False, "an empty page"),
        ("The tide is free.", "The tide is", True, "a word is lost"),
        ("Tbe tlde ls free.", "The tide is free.", True, "letters are misread"),  # codespell:ignore
        ("wordsgluedtogether " * 30, "words glued together " * 30, True, "blanks are lost"),
        ("C O V E R of one page", "COVER of one page", False, "a letter-spaced cover is no fault"),
    ],
)
def test_how_far_two_readings_are_apart(first: str, second: str, beyond: bool, why: str) -> None:
    assert compare_readings(1, first, second).beyond is beyond, why


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_specimens_are_read_alike_on_every_page(path: Path) -> None:
    document = document_of(path)
    assert audit(path.read_bytes(), document, range(1, document.pages + 1)) == ()


def test_real_instruments_are_read_alike_on_their_samples(shared: Path) -> None:
    found = {
        path.stem: audit(path.read_bytes(), document_of(path), sampled(document_of(path), 2)) for path in mirror(shared)
    }
    assert found == dict.fromkeys(found, ())


def test_a_lost_paragraph_is_said_with_page_and_figures() -> None:
    document = document_of(PATH)
    page = [row for row in document.rows if row.line.page == 2]
    poorer = replace(document, rows=tuple(row for row in document.rows if row not in page[3:8]))
    (issue,) = audit(PATH.read_bytes(), poorer, [1, 2, 3])
    assert (issue.level, issue.code, issue.where) == ("warning", "readings-differ", f"{PATH.name} p. 2")
    assert "% of its letters" in issue.message


def test_the_sample_depends_on_the_hash_alone() -> None:
    document = replace(document_of(PATH), pages=400)
    assert sampled(document) == sampled(document)
    assert len(set(sampled(document))) == SAMPLE
    assert sampled(document) != sampled(replace(document, sha256="0" * 64))
    assert sampled(replace(document, pages=3)) == [1, 2, 3]


@pytest.mark.parametrize("change", [{"fidelity": "ocr"}, {"media_type": "text/html"}])
def test_only_text_layers_are_read_twice(change: dict[str, str]) -> None:
    document: Document = replace(document_of(PATH), **change)  # type: ignore[arg-type]
    assert audit(PATH.read_bytes(), document) == ()


def test_a_file_the_second_reader_cannot_open_is_said() -> None:
    (issue,) = audit(b"%PDF-1.7 nothing", document_of(PATH))
    assert (issue.level, issue.code) == ("info", "audit-impossible")
