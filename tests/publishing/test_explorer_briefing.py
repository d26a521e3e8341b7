"""The first view and the briefing in a real browser: what they say is what the tables say."""

import pytest
from playwright.sync_api import expect

from support.browsing import ATLANTIS, AVALON, PANGAEA, Reader, table

FOUND = {"present", "partial", "by_reference"}


def states(release: object) -> dict[tuple[str, str], str]:
    return {(row["topic"], row["instrument"]): row["state"] for row in table(release, "cells")}  # type: ignore[arg-type]


def test_the_first_view_counts_what_each_instrument_regulates(reader: Reader, specimens_release: object) -> None:
    page = reader.open("map", on=ATLANTIS)
    cells = states(specimens_release)
    families = {row["topic"]: row["family"] for row in table(specimens_release, "topics")}  # type: ignore[arg-type]
    for row, family in zip(page.locator(".family-row").all(), dict.fromkeys(families.values()), strict=True):
        regulated = [t for t, f in families.items() if f == family and cells[t, ATLANTIS] in FOUND]
        assert row.locator(".share .n").inner_text() == str(len(regulated))


def test_a_family_opens_into_its_topics_and_says_in_how_many_they_are(
    reader: Reader, specimens_release: object
) -> None:
    page = reader.open("map", on=f"{ATLANTIS},{AVALON},{PANGAEA}", open="criminalisation")
    cells = states(specimens_release)
    spread = page.locator("tr", has=page.locator("th.topic", has_text="Illegal access")).locator(".spread")
    own = [cells["illegal_access", one] for one in (ATLANTIS, AVALON, PANGAEA)]
    known = [state for state in own if state in FOUND | {"absent"}]
    expect(spread).to_have_text(f"{sum(state in FOUND for state in own)} of {len(known)}")


def test_agreement_is_that_of_the_instruments_chosen(reader: Reader) -> None:
    reader.open("matrix", on=f"{ATLANTIS},{AVALON}", family="criminalisation")
    two = {row["topic"]: float(row["index"] or 0) for row in reader.download()}
    reader.open("matrix", family="criminalisation")
    five = {row["topic"]: float(row["index"] or 0) for row in reader.download()}
    assert two["illegal_access"] > five["illegal_access"] > 0  # two of two, against two of five


@pytest.mark.parametrize("on", [f"{ATLANTIS},{PANGAEA}", f"{ATLANTIS},{AVALON},{PANGAEA}"])
def test_gaps_are_topics_that_some_have_and_others_lack(reader: Reader, specimens_release: object, on: str) -> None:
    reader.open("briefing", on=on)
    cells, ids = states(specimens_release), on.split(",")
    topics = {topic for topic, _ in cells}
    mixed = {
        topic for topic in topics
        if any(cells[topic, one] in FOUND for one in ids) and any(cells[topic, one] == "absent" for one in ids)
    }  # fmt: skip
    assert {row["topic"] for row in reader.download()} == mixed


def test_gaps_of_one_are_what_it_would_have_to_add(reader: Reader, specimens_release: object) -> None:
    reader.open("briefing", on=f"{ATLANTIS},{AVALON}", of=PANGAEA)
    cells = states(specimens_release)
    lacking = {
        topic for topic, _ in cells
        if cells[topic, PANGAEA] == "absent" and {cells[topic, one] for one in (ATLANTIS, AVALON)} & FOUND
    }  # fmt: skip
    assert {row["topic"] for row in reader.download()} == lacking


def test_terms_of_safe_havens_are_told_in_words(reader: Reader) -> None:
    page = reader.open("briefing", tab="havens")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    said = " ".join(reader.texts(".differing li"))
    assert "nothing said" in said
    assert "_" not in said
    assert "(optional)" not in said


def test_what_is_chosen_stands_beside_the_folded_list(reader: Reader) -> None:
    page = reader.open("briefing", on=f"{ATLANTIS},{AVALON}")
    chooser = page.locator(".chooser")
    assert not chooser.evaluate("one => one.open")
    expect(chooser.locator("summary")).to_contain_text("Atlantis")
    chooser.locator("summary").click()
    page.get_by_role("button", name="Clear").click()
    expect(reader.settled().locator("#x-said")).to_contain_text("over 5 instruments")


def test_the_sentences_on_two_instruments_count_what_the_matrix_shows(
    reader: Reader, specimens_release: object
) -> None:
    page = reader.open("compare", left=ATLANTIS, right=PANGAEA)
    cells = states(specimens_release)
    rows = table(specimens_release, "topics")  # type: ignore[arg-type]
    core = [row["topic"] for row in rows if row["family"] not in ("general", "final")]
    both = sum(cells[topic, ATLANTIS] in FOUND and cells[topic, PANGAEA] in FOUND for topic in core)
    expect(page.locator(".summary li").first).to_contain_text(f"both regulate {both}")


def test_the_status_says_which_text_was_read(reader: Reader) -> None:
    page = reader.open("briefing", tab="status", on=f"{ATLANTIS},{AVALON}")
    for one in ("Atlantis", "Avalon"):
        expect(page.locator("main tbody tr", has_text=one).first).to_contain_text("en, a specimen")


def test_agreement_counts_what_the_matrix_shows(reader: Reader, specimens_release: object) -> None:
    ids = (ATLANTIS, AVALON, PANGAEA)
    page = reader.open("briefing", tab="agreement", on=",".join(ids))
    cells = states(specimens_release)
    rows = table(specimens_release, "topics")  # type: ignore[arg-type]
    core = [row["topic"] for row in rows if row["family"] not in ("general", "final")]
    every = sum(all(cells[topic, one] in FOUND for one in ids) for topic in core)
    expect(page.locator("#x-lead")).to_contain_text(f"all regulate {every}, only some")
    assert {row["topic"] for row in reader.download()} == {
        topic for topic, _ in cells if any(cells[topic, one] in FOUND for one in ids)
    }


def test_values_of_a_kind_stand_under_each_other(reader: Reader, specimens_release: object) -> None:
    told = table(specimens_release, "parameters")  # type: ignore[arg-type]
    kind = told[0]["attribute"]
    reader.open("briefing", tab="values", value=kind)
    assert sorted((row["instrument"], row["where"]) for row in reader.download()) == sorted(
        (row["instrument"], row["citation"]) for row in told if row["attribute"] == kind
    )
