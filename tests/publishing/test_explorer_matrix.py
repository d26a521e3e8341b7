"""The matrix and its rows in a real browser: filters, downloads, the keyboard, the words behind a cell."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.browsing import (
    ATLANTIS,
    AVALON,
    HYPERBOREA,
    LEMURIA,
    PANGAEA,
    Reader,
    same,
    table,
)


@pytest.mark.parametrize("show", ["presence", "articles", "strength"])
def test_the_matrix_downloads_what_the_tables_say(reader: Reader, specimens_release: Path, show: str) -> None:
    reader.open("matrix", show="" if show == "presence" else show, order="name")
    told = table(specimens_release, f"matrix_{show}")
    ids = [column for column in told[0] if column not in ("family", "topic")]
    same(reader.download(), told, ("family", "topic", *ids))


def test_the_cells_download_as_they_are_told(reader: Reader, specimens_release: Path) -> None:
    reader.open("matrix")
    columns = ("state", "strength", "articles", "score", "decided_by", "reason", "page", "url")
    told = {(row["instrument"], row["topic"]): row for row in table(specimens_release, "cells")}
    shown = {(row["instrument"], row["topic"]): row for row in reader.download("cells")}
    assert shown.keys() == told.keys()
    for key, row in shown.items():
        assert [row[c] for c in columns] == [told[key][c] for c in columns], key


def test_parameters_download_as_they_are_told(reader: Reader, specimens_release: Path) -> None:
    reader.open("matrix", show="parameters")
    told = table(specimens_release, "matrix_parameters")
    same(reader.download(), told, tuple(told[0]))


def test_agreement_is_that_of_the_table(reader: Reader, specimens_release: Path) -> None:
    reader.open("matrix", rows="agreement")
    told = [row for row in table(specimens_release, "harmonisation") if row["level"] == "topic"]
    shown = reader.download()
    assert {row["topic"]: row["index"] for row in shown} == {row["topic"]: row["index"] for row in told}
    core = [
        row for row in shown if row["family"] not in ("general", "final")
    ]  # preamble and final clauses never on top
    assert [row["topic"] for row in shown[: len(core)]] == [row["topic"] for row in core]
    known = [float(row["index"]) for row in core if row["index"]]
    assert known == sorted(known, reverse=True)


FILTERS: list[tuple[str, dict[str, str], set[str]]] = [
    ("by its body", {"body": "Atlantis"}, set()),
    ("by what it is", {"kind": "treaty"}, set()),
    ("binding", {"binding": "yes"}, set()),
    ("not binding", {"binding": "no"}, set()),
    ("regional", {"scope": "regional"}, set()),
    ("from a year on", {"from": "2377"}, {ATLANTIS, AVALON, PANGAEA}),
    ("until a year", {"to": "2340"}, {HYPERBOREA, LEMURIA}),
    ("some that were chosen", {"on": f"{LEMURIA},{AVALON}"}, {LEMURIA, AVALON}),
    ("whose text is not to hand", {"text": "without"}, set()),
    ("all", {"text": "all"}, {ATLANTIS, AVALON, HYPERBOREA, LEMURIA, PANGAEA}),
]


@pytest.mark.parametrize(("why", "params", "named"), FILTERS, ids=[row[0] for row in FILTERS])
def test_instruments_are_filtered(
    reader: Reader, specimens_release: Path, why: str, params: dict[str, str], named: set[str]
) -> None:
    declared = table(specimens_release, "instruments")
    name, value = next(iter(params.items()))
    if name == "body":
        params = {"body": value} if (value := declared[0]["body"]) else {}
    keep = {"body": value, "kind": value, "scope": value, "binding": {"yes": "true", "no": "false"}.get(value, "")}
    wanted = named or {row["id"] for row in declared if name in keep and row[name] == keep[name]}
    page = reader.open("matrix", **params)
    if wanted:
        shown = set(reader.download()[0]) - {"family", "topic", "index", "index_low", "index_high"}
        assert shown == wanted
        assert page.locator(".matrix thead th").count() == len(wanted) + 2
    else:
        expect(page.locator(".empty")).to_contain_text("Nothing fits")


def test_a_filter_is_set_by_hand_and_told(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("matrix")
    page.select_option("[name=family]", "criminalisation")
    told = [row for row in table(specimens_release, "topics") if row["family"] == "criminalisation"]
    reader.settled()
    assert page.url.endswith("#matrix?family=criminalisation")
    assert page.locator("[role=status]").inner_text() == f"{len(told)} topics × 5 instruments"
    page.fill("[name=find]", "illegal")
    page.wait_for_url("**#matrix?family=criminalisation&find=illegal")
    reader.settled()
    assert page.evaluate("document.activeElement.name") == "find"  # who types goes on typing
    assert [row["topic"] for row in reader.download()] == ["illegal_access", "illegal_interception"]
    page.get_by_text("More filters").click()
    page.check("[name=found]")
    assert reader.settled().url.endswith("find=illegal&found=1")


def test_instruments_stand_by_date_or_name(reader: Reader, specimens_release: Path) -> None:
    declared = table(specimens_release, "instruments")
    for order, key in (("", "adopted"), ("name", "short_title")):
        reader.open("matrix", order=order)
        shown = [column for column in reader.download()[0] if column in {row["id"] for row in declared}]
        assert shown == [row["id"] for row in sorted(declared, key=lambda row: row[key] or row["opened"])]


def test_the_keyboard_walks_the_matrix(reader: Reader) -> None:
    page = reader.open("matrix")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator(".matrix thead a").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    focused = page.locator(".matrix a:focus")
    expect(focused).to_have_count(1)
    assert page.locator('.matrix a[tabindex="0"]').count() == 1
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("End")
    last = page.locator(".matrix a:focus")
    assert last.evaluate("a => a.closest('tr').cells.length - 1 === a.closest('td').cellIndex")
    page.keyboard.press("Enter")
    assert "#row?topic=" in reader.settled().url
    expect(page.locator("#x-title")).to_be_focused()


# ---- one topic ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["illegal_access", "extradition", "data_transfers"])
def test_a_row_shows_every_label_with_its_words(reader: Reader, specimens_release: Path, topic: str) -> None:
    page = reader.open("row", topic=topic)
    columns = (
        "instrument",
        "eid",
        "citation",
        "page",
        "url",
        "status",
        "score",
        "by",
        "decided_by",
        "strength",
        "evidence",
    )
    shown = [row for row in reader.download() if row["eid"]]
    committed = {
        row["instrument"]
        for row in table(specimens_release, "labels")
        if row["topic"] == topic and row["status"] == "committed"
    }
    told = [
        row for row in table(specimens_release, "labels")
        if row["topic"] == topic and (row["status"] == "committed" or row["instrument"] not in committed)
    ]  # fmt: skip
    assert shown
    assert sorted([row[c] for c in columns] for row in shown) == sorted([row[c] for c in columns] for row in told)
    marks = {" ".join(words.split()) for words in reader.texts(".ground mark")}
    assert marks
    for row in told:
        words = " ".join(row["evidence"].split())
        assert not words or any(mark in words or words in mark for mark in marks), row["citation"]
    assert page.locator(".column").count() == len({row["instrument"] for row in told})


def test_a_row_says_why_an_instrument_has_nothing(reader: Reader) -> None:
    page = reader.open("row", topic="illegal_access", on=HYPERBOREA)
    expect(page.locator(".column")).to_have_count(1)
    expect(page.locator(".column .state")).to_contain_text("absent")
    expect(page.locator(".column .reason")).to_contain_text("Read whole, nothing found")


def test_conditions_stand_side_by_side(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("row", topic="illegal_access")
    shown = page.locator(".sayings tbody tr")
    told = {row["instrument"] for row in table(specimens_release, "parameters") if row["topic"] == "illegal_access"}
    assert shown.count() >= max(2, len(told))
    row = shown.filter(has_text="Atlantis")
    expect(row.locator("th a")).to_have_attribute("href", f"#treaty?id={ATLANTIS}")
    # What is not found is said: an empty cell could be a page that failed to load.
    assert all(cell.strip() for cell in reader.texts(".sayings td"))


def test_the_chosen_instruments_are_kept_from_view_to_view(reader: Reader) -> None:
    page = reader.open("matrix", on=f"{ATLANTIS},{AVALON}")
    expect(page.locator('nav [data-view="briefing"]')).to_have_attribute("href", f"#briefing?on={ATLANTIS}%2C{AVALON}")
    page.locator('nav [data-view="compare"]').click()
    assert f"left={ATLANTIS}&right={AVALON}" in reader.settled().url


def test_a_list_that_an_address_names_wrongly_shows_its_first(reader: Reader) -> None:
    page = reader.open("briefing", tab="gaps")
    assert page.locator("[name=tab]").input_value() == ""
    assert page.locator("[name=tab]").evaluate("(one) => one.selectedIndex") == 0
