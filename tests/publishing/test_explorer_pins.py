"""What a reader keeps, in a real browser: pinned, sent on, printed, and cited as the command line cites it."""

import zipfile
from functools import partial
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from support.browsing import ATLANTIS, AVALON, PANGAEA, Reader, contents, table
from treatynlp.publishing.brief import Choice
from treatynlp.publishing.citations import FORMS
from treatynlp.publishing.provision_citations import citations
from treatynlp.publishing.release_frames import read_release
from treatynlp.store import file_of

ROW = f"illegal_access@{ATLANTIS},{AVALON}"


def test_what_is_pinned_stays_and_is_let_go(reader: Reader) -> None:
    page = reader.open("row", topic="illegal_access", at=ATLANTIS)
    page.locator(f'.column [data-pin="illegal_access@{ATLANTIS}"]').click()
    page.locator("#x-actions .pin").click()
    page = reader.open("compare", left=ATLANTIS, right=PANGAEA)
    page.locator("#x-actions .pin").click()
    page = reader.open("pins")
    expect(page.locator('nav [data-view="pins"]')).to_have_text("Pinned (3)")
    expect(page.locator(".kept")).to_have_count(2)  # the row and its cell are one topic
    page.get_by_role("button", name="Let all go").click()
    expect(reader.settled().locator(".empty")).to_be_visible()
    expect(page.locator('nav [data-view="pins"]')).to_have_text("Pinned")


def test_a_list_can_be_sent_on_and_taken_as_a_table(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("pins", rows=ROW, pairs=f"{ATLANTIS}@{PANGAEA}")
    told = {row["instrument"]: row for row in table(specimens_release, "cells") if row["topic"] == "illegal_access"}
    found = reader.download("pinned_cells")
    assert {row["instrument"]: (row["state"], row["articles"]) for row in found} == {
        id: (told[id]["state"], told[id]["articles"]) for id in (ATLANTIS, AVALON)
    }
    assert f"--topics illegal_access --instruments {ATLANTIS},{AVALON}" in page.locator(".take code").inner_text() or (
        f"--instruments {AVALON},{ATLANTIS}" in page.locator(".take code").inner_text()
    )
    page.emulate_media(media="print")
    expect(page.locator(".take")).to_be_hidden()
    expect(page.locator(".kept blockquote").first).to_be_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(("form", "ending"), [("BibTeX", ".bib"), ("RIS", ".ris"), ("CSL-JSON", ".json")])
def test_citations_are_those_of_the_command_line(
    reader: Reader, specimens_release: Path, form: str, ending: str
) -> None:
    page = reader.open("pins", rows=ROW)
    with page.expect_download() as coming:
        page.locator(f'.take [data-cite="{form}"]').click()
    release = read_release(partial(file_of, specimens_release))
    expected = FORMS[ending](citations(release, Choice(("illegal_access",), (ATLANTIS, AVALON), release.number)))
    assert sorted(contents(coming.value).decode().splitlines()) == sorted(expected.splitlines())


def test_a_provision_a_cell_and_the_release_can_be_cited(reader: Reader) -> None:
    page = reader.open("row", topic="illegal_access", at=ATLANTIS)
    for said in ("Cite this cell", "Cite"):
        box = page.locator(".column.chosen .cite-box", has=page.get_by_text(said, exact=True)).first
        box.locator("summary").click()
        expect(box.locator(".cite")).to_contain_text("found by treatynlp, release")
    page = reader.open("about")
    page.locator("#x-cite summary").click()
    with page.expect_download() as coming:
        page.locator('#x-cite [data-cite="BibTeX"]').click()
    assert b"@misc{treatynlp-" in contents(coming.value)


def test_what_is_pinned_is_a_word_document(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("pins", rows=ROW, pairs=f"{ATLANTIS}@{PANGAEA}")
    with page.expect_download() as coming:
        page.locator("[data-word]").click()
    assert coming.value.suggested_filename == "brief.docx"
    (tmp_path / "brief.docx").write_bytes(contents(coming.value))
    with zipfile.ZipFile(tmp_path / "brief.docx") as file:
        assert file.testzip() is None
    made = docx.Document(str(tmp_path / "brief.docx"))
    styled = [(one.style.name if one.style else "", one.text) for one in made.paragraphs]
    assert styled[0] == ("Title", "Treaties compared: a brief")
    assert ("Heading 1", "Illegal access") in styled
    quoted = " ".join(text for style, text in styled if style == "Quote")
    shown = [one.split() for one in page.locator(".kept blockquote:not(.redline)").all_inner_texts()]
    assert shown
    assert all(word in quoted for words in shown for word in words)
    assert any("specimen" in text or "page" in text for _, text in styled)
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == ["Instrument", "State", "Strength", "Articles", "Decided by"]
    assert len(rows) == 3
    assert not any("Pin" in text.split() for _, text in styled)  # no button of the screen
