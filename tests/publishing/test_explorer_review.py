"""Review on the screen, in a real browser: what is decided there is a file that a corpus takes, and comes back."""

from pathlib import Path

from playwright.sync_api import Page, expect

from support.browsing import AVALON, Reader, contents, table
from treatynlp.registry import Override
from treatynlp.strict_files import read_csv


def decide(page: Page, card: str, decision: str, reason: str) -> None:
    """The decision's button on a card, after the reason was typed."""
    place = page.locator(card).first
    place.locator('[name="reason"]').fill(reason)
    place.locator(f'[data-decision="{decision}"]').click()


def test_decisions_are_the_file_that_a_run_takes_and_come_back(
    reader: Reader, specimens_release: Path, tmp_path: Path
) -> None:
    page = reader.open("review", id=AVALON)
    card = page.locator(".review-card").first
    eid, topic = card.get_attribute("data-eid"), card.get_attribute("data-topic")
    own = f'.review-card[data-eid="{eid}"][data-topic="{topic}"]'
    decision = page.locator(own).locator("[data-decision]").first.get_attribute("data-decision") or ""
    decide(page, own, decision, "x")
    expect(page.locator(own).get_by_role("status")).to_contain_text("who you are")
    page.locator("#x-reviewer").fill("A. Reader")
    decide(page, own, decision, '=so says "Article 1", clearly')
    expect(page.locator(own).locator(".done")).to_contain_text("A. Reader")
    with page.expect_download() as coming:
        page.locator(f'[data-sheet="{AVALON}"]').click()
    file = tmp_path / f"{AVALON}.csv"
    file.write_bytes(contents(coming.value))
    (row,) = read_csv(Override, file, "overrides", {"instrument": AVALON})
    assert (row.eid, row.topic, row.decision, row.reviewer) == (eid, topic, decision, "A. Reader")
    hashes = {
        one["eid"]: one["text_hash"] for one in table(specimens_release, "provisions") if one["instrument"] == AVALON
    }
    assert row.text_hash == hashes[row.eid]
    page.locator(own).get_by_role("button", name="Undo").click()
    expect(page.locator(own).locator(".done")).to_have_count(0)
    page.locator('.desk input[type="file"]').set_input_files(file)
    expect(page.locator(own).locator(".done")).to_contain_text('so says "Article 1", clearly')


def test_a_label_is_added_to_a_provision(reader: Reader) -> None:
    page = reader.open("review", id=AVALON, at="art_1")
    page.locator("#x-reviewer").fill("A. Reader")
    last = page.locator('.review-card[data-adds="topic"]')
    last.locator("select").select_option("extradition")
    last.locator('[name="reason"]').fill("A reason.")
    last.locator('[data-decision="add"]').click()
    expect(page.locator("#x-actions")).to_contain_text(f"{AVALON}.csv")


def test_a_file_that_is_no_decisions_is_told(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("review", id=AVALON)
    (tmp_path / "unknown.csv").write_text("eid,topic\nart_1,extradition\n", "utf-8")
    page.locator('.desk input[type="file"]').set_input_files(tmp_path / "unknown.csv")
    expect(page.locator(".desk")).to_contain_text("0 decisions taken; 1 rows")


def test_a_value_is_rejected_and_another_added(reader: Reader, specimens_release: Path, tmp_path: Path) -> None:
    told = next(row for row in table(specimens_release, "parameters") if row["unit"] == "day")
    page = reader.open("review", id=told["instrument"], at=told["article"])
    page.locator("#x-reviewer").fill("A. Reader")
    own = f'.review-card[data-attribute="{told["attribute"]}"]'
    decide(page, own, "reject", "Another period.")
    expect(page.locator(own).first.locator(".done")).to_contain_text("Rejected by A. Reader")
    card = page.locator('.review-card[data-adds="value"]')
    card.locator("[name=attribute]").select_option(told["attribute"])
    card.locator("[name=value]").fill("nine")
    decide(page, '.review-card[data-adds="value"]', "add", "As it says.")
    expect(page.locator('.review-card[data-adds="value"]').get_by_role("status")).to_contain_text("digits")
    card.locator("[name=value]").fill("9")
    decide(page, '.review-card[data-adds="value"]', "add", "As it says.")
    expect(card.locator(".done")).to_contain_text("9 day")
    with page.expect_download() as coming:
        page.locator(f'[data-sheet="{told["instrument"]}"]').click()
    file = tmp_path / f"{told['instrument']}.csv"
    file.write_bytes(contents(coming.value))
    found = read_csv(Override, file, "overrides", {"instrument": told["instrument"]})
    assert {(row.decision, row.attribute, row.value, row.unit) for row in found} == {
        ("reject", told["attribute"], told["value"], told["unit"]), ("add", told["attribute"], "9", "day"),
    }  # fmt: skip


def test_the_values_of_an_instrument_are_offered(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("review", id=AVALON, what="values", most="200")
    own = ("eid", "attribute", "value", "unit", "case")
    told = {tuple(row[c] for c in own) for row in table(specimens_release, "parameters") if row["instrument"] == AVALON}
    expect(page.locator(".review-card[data-attribute]")).to_have_count(len(told))
