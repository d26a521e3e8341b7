"""Texts in a real browser: two instruments compared, one to read, search, changes and issues."""

from collections import Counter
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


@pytest.mark.parametrize(("left", "right"), [(ATLANTIS, PANGAEA), (PANGAEA, ATLANTIS)], ids=["as listed", "turned"])
def test_a_comparison_is_that_of_the_table(reader: Reader, specimens_release: Path, left: str, right: str) -> None:
    page = reader.open("compare", left=left, right=right)
    told = [row for row in table(specimens_release, "alignments") if {row["left"], row["right"]} == {left, right}]
    shown, turned = reader.download(), left == PANGAEA
    sides = ("right", "left") if turned else ("left", "right")
    only = {
        "matched": "matched",
        "candidate": "candidate",
        "only_left": f"only_{sides[0]}",
        "only_right": f"only_{sides[1]}",
    }
    relations = {f"{side}_{how}": f"{to}_{how}" for how in ("wider", "stronger")
                 for side, to in zip(("left", "right"), sides, strict=True)}  # fmt: skip
    names = ("eid", "citation", "page", "url")
    expected = [
        (only.get(row["match"], row["match"]), row["score"], relations.get(row["relation"], row["relation"]),
         *(row[f"{side}_{name}"] for side in sides for name in names))
        for row in told
    ]  # fmt: skip
    found = [
        (
            row["match"],
            row["score"],
            row["relation"],
            *(row[f"{side}_{name}"] for side in ("left", "right") for name in names),
        )
        for row in shown
    ]
    assert sorted(found) == sorted(expected)
    assert page.locator(".match").count() == sum(row["match"] == "matched" for row in told)


SAID = """() => [...document.querySelectorAll('.match')].filter((one) => one.querySelector('.redline')).map((one) => {
    const left_out = (tag) => {
        const copy = one.querySelector('.redline').cloneNode(true);
        copy.querySelectorAll(tag).forEach((node) => node.remove());
        return copy.textContent.split(/\\s+/).filter(Boolean).length;
    };
    const ends = [...one.querySelectorAll('h3 a')].map((a) => new URLSearchParams(a.hash.split('?')[1]));
    return { left: left_out('ins'), right: left_out('del'), ends: ends.map((end) => [end.get('id'), end.get('at')]) };
})"""
"""Of each redline the words of the left, of the right, and where both stand."""


def test_a_redline_holds_both_wordings(reader: Reader, specimens_release: Path) -> None:
    left, right = most_matched(specimens_release)
    page = reader.open("compare", left=left, right=right)
    assert page.locator(".match .redline").count() >= 1
    provisions = table(specimens_release, "provisions")
    words = {(row["instrument"], row["eid"]): len(row["text"].split()) for row in provisions}
    for one in page.evaluate(SAID):
        assert [one["left"], one["right"]] == [words[tuple(end)] for end in one["ends"]]
    page.select_option("[name=words]", "apart")
    assert reader.settled().locator(".redline").count() == 0
    assert page.locator(".match .beside").count() == page.locator(".match").count()


def most_matched(release: Path) -> tuple[str, str]:
    """The two instruments with the most matches between them; what is a candidate is folded away, and no match."""
    found = Counter((row["left"], row["right"]) for row in table(release, "alignments") if row["match"] == "matched")
    return found.most_common(1)[0][0]


def test_relations_are_filtered_and_scores_sorted(reader: Reader, specimens_release: Path) -> None:
    left, right = most_matched(specimens_release)
    told = [row["relation"] for row in table(specimens_release, "alignments")
            if (row["left"], row["right"], row["match"]) == (left, right, "matched")]  # fmt: skip
    relation, times = Counter(told).most_common(1)[0]
    reader.open("compare", left=left, right=right, relation=relation, order="score")
    matched = [row for row in reader.download() if row["match"] == "matched"]
    assert [row["relation"] for row in matched] == [relation] * times
    scores = [float(row["score"]) for row in matched]
    assert scores == sorted(scores, reverse=True)


# ---- one instrument -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", [ATLANTIS, AVALON, HYPERBOREA, LEMURIA, PANGAEA])
def test_an_instrument_is_there_whole(reader: Reader, specimens_release: Path, id: str) -> None:
    page = reader.open("treaty", id=id, labels="off")
    told = [row for row in table(specimens_release, "provisions") if row["instrument"] == id]
    columns = ("eid", "citation", "kind", "number", "heading", "page", "url", "text")
    same(reader.download(), told, columns)
    assert page.locator(".text .p").evaluate_all("all => all.map((one) => one.id)") == [row["eid"] for row in told]
    text = (specimens_release / "texts" / f"{id}.txt").read_text("utf-8")
    shown = page.locator(".text").evaluate("""one => { const copy = one.cloneNode(true);
        copy.querySelectorAll('.tools, .phead, .tags').forEach((node) => node.remove()); return copy.textContent; }""")
    headed = "".join(f"{row['number']}{row['heading']}" for row in told if row["heading"])
    assert len("".join(shown.split())) >= len("".join(text.split())) - len("".join(headed.split())) - 12 * len(told)
    for row in told:
        if row["kind"] in ("point", "paragraph") and "\n" not in row["text"]:
            assert "".join(row["text"].split()) in "".join(shown.split()), row["eid"]


def test_an_address_in_an_instrument_is_shown(reader: Reader) -> None:
    page = reader.open("treaty", id=ATLANTIS, at="art_3")
    expect(page.locator("[data-at]")).to_have_attribute("id", "art_3")
    expect(page.locator("#art_3")).to_be_in_viewport()
    expect(page.locator('.outline [aria-current="true"]')).to_have_count(1)


def test_references_lead_where_they_point(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("treaty", id=ATLANTIS)
    ids = set(page.locator(".text .p").evaluate_all("all => all.map((one) => one.id)"))
    own = page.locator(".text a.ref").evaluate_all("all => all.map((a) => [a.textContent, a.hash])")
    assert len(own) >= 5
    told = {
        row["target"]
        for row in table(specimens_release, "references")
        if row["instrument"] == ATLANTIS and not row["target_instrument"]
    }
    for words, hash in own:
        if f"id={ATLANTIS}" in hash:
            assert hash.partition("at=")[2] in ids & told, words
    page.locator(f".text a.ref[href*='id={ATLANTIS}']").first.click()
    expect(reader.settled().locator("[data-at]")).to_have_count(1)


def test_a_defined_term_says_its_meaning(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("treaty", id=ATLANTIS)
    link = page.locator(".text a.term").first
    meanings = {
        row["term"].lower(): row["meaning"]
        for row in table(specimens_release, "definitions")
        if row["instrument"] == ATLANTIS
    }
    link.focus()
    tip = page.locator("[role=tooltip]")
    expect(tip).to_be_visible()
    term = tip.locator("strong").inner_text()
    assert meanings[term.lower()].split() == tip.inner_text().partition(": ")[2].split()
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    link.hover()
    expect(tip).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip).to_have_count(0)


# ---- search, log ----------------------------------------------------------------------------------------------------


def test_search_by_topic_needs_no_words(reader: Reader, specimens_release: Path) -> None:
    reader.open("search", topic="extradition", most="all")
    told = {
        (r["instrument"], r["eid"])
        for r in table(specimens_release, "labels")
        if r["topic"] == "extradition" and r["status"] == "committed"
    }
    assert {(row["instrument"], row["eid"]) for row in reader.download()} >= told > set()


def test_issues_and_changes_are_those_of_the_tables(reader: Reader, specimens_release: Path) -> None:
    page = reader.open("log", tab="issues")
    told = table(specimens_release, "issues")
    same(reader.download(), told, ("level", "code", "where", "message"))
    reader.open("log")
    changes = table(specimens_release, "changes")
    assert reader.download() == changes
    if not changes:
        expect(page.locator(".empty")).to_contain_text("No cell changed")
