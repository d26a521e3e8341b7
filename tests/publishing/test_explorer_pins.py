"""What a reader keeps, in a real browser: pinned, sent on, printed, and cited as the command line cites it."""

from functools import partial
from pathlib import Path

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
