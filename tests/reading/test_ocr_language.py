"""Pictures of text are read in the language that was asked for, or it is told that they were not."""

import io
from collections.abc import Sequence

import pypdfium2
import pytest
import typst

from treatynlp.reading import ocr, read

CLAUSE = "Les gardiens de chaque port entretiennent les phares et les gardiens les allument. "


def scan() -> bytes:
    source = "#set page(width: 120mm, height: 120mm)\n#set text(size: 11pt)\n= Article premier\n\n" + CLAUSE * 6
    page = pypdfium2.PdfDocument(typst.compile(source.encode(), timestamp=0))[0]
    out = io.BytesIO()
    page.render(scale=2.5).to_pil().save(out, "PDF", resolution=180)
    return out.getvalue()


@pytest.mark.needs("tesseract")
@pytest.mark.parametrize(
    ("there", "used", "told"),
    [({"eng", "fra"}, "fra", []), ({"eng"}, "eng", ["ocr-language"])],
    ids=["its data is installed", "its data is not: English and a row that says so"],
)
def test_the_language_that_pages_are_read_in(
    there: set[str], used: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read_by_tesseract = ocr.recognised

    def recognised(data: bytes, numbers: Sequence[int], trained_on: str) -> list[ocr.Recognised]:
        asked.append(trained_on)
        return read_by_tesseract(data, numbers, "eng")

    monkeypatch.setattr(ocr, "installed", lambda: frozenset(there))
    monkeypatch.setattr(ocr, "recognised", recognised)
    document = read(scan(), "phares.pdf", "fr")
    assert asked == [used]
    assert [one.code for one in document.issues if one.code != "ocr"] == told
    assert document.rows[0].text.startswith("Article")
