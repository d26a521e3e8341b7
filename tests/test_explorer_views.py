"""Every view of the explorer in a real browser: what it shows, where its address leads, what its buttons download."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from browsing import PHONE, Reader, Row, address, reading, table

ATLANTIS, AVALON, HYPERBOREA, LEMURIA, PANGAEA = (
    "atlantis-cybercrime-2391", "avalon-cyberact-2377", "hyperborea-surrender-2304", "lemuria-data-2340",
    "pangaea-crime-2412",
)  # fmt: skip
VIEWS: list[tuple[str, dict[str, str]]] = [
    ("matrix", {}),
    ("matrix", {"show": "parameters"}),
    ("matrix", {"compact": "1", "rows": "agreement"}),
    ("row", {"topic": "illegal_access", "at": ATLANTIS}),
    ("compare", {}),
    ("compare", {"left": ATLANTIS, "right": PANGAEA}),
    ("treaty", {}),
    ("treaty", {"id": ATLANTIS, "at": "art_3"}),
    ("search", {"q": "computer"}),
    ("log", {}),
    ("log", {"tab": "issues"}),
    ("about", {}),
]
SHOWN = [address(view, **params) for view, params in VIEWS]


@pytest.fixture
def reader(browser: Browser, specimens_release: Path) -> Iterator[Reader]:
    with reading(browser, specimens_release) as one:
        yield one


def same(shown: list[Row], told: list[Row], columns: tuple[str, ...]) -> None:
    """The columns of a download are those of a table, row by row."""
    assert [[row[c] for c in columns] for row in shown] == [[row[c] for c in columns] for row in told]


# ---- addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("view", "params"), VIEWS, ids=SHOWN)
def test_an_address_restores_the_view_exactly(reader: Reader, view: str, params: dict[str, str]) -> None:
    page = reader.open(view, **params)
    heading = page.locator("h1:visible")
    expect(heading).to_have_count(1)
    assert heading.inner_text().strip()
    assert heading.inner_text() in page.title() or view == "about"
    before = page.locator("main").inner_html()
    page.reload()
    assert reader.settled().locator("main").inner_html() == before


def test_back_leads_back(reader: Reader) -> None:
    page = reader.open("matrix", family="cooperation")
    page.select_option("[name=show]", "articles")
    reader.settled()
    page.locator("tbody a").first.click()
    reader.settled()
    assert "#row" in page.url
    page.go_back()
    assert reader.settled().url.endswith("#matrix?family=cooperation&show=articles")
    assert page.locator("[name=show]").input_value() == "articles"
    page.go_back()
    assert reader.settled().locator("[name=show]").input_value() == ""
    page.go_forward()
    assert reader.settled().locator("[name=show]").input_value() == "articles"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("#row?topic=no_such_topic", "No such topic"),
        ("#treaty?id=nowhere-1900", "Treaties"),  # an instrument that is not there: the list of those that are
        ("#nonsense?x=%ZZ", "What each instrument says"),
        (f"#compare?left={ATLANTIS}&right={ATLANTIS}", "Compare two instruments"),
        ("#matrix?family=no_such_family", "What each instrument says"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(reader: Reader, wrong: str, told: str) -> None:
    page = reader.open("matrix")
    page.evaluate("where => { location.hash = where }", wrong)
    assert reader.settled().locator("h1:visible").inner_text() == told


# ---- the matrix ---------------------------------------------------------------------------------------------


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
    known = [float(row["index"]) for row in shown if row["index"]]
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


# ---- one topic ----------------------------------------------------------------------------------------------


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


# ---- two instruments ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "right"), [(ATLANTIS, PANGAEA), (PANGAEA, ATLANTIS)], ids=["as listed", "turned"])
def test_a_comparison_is_that_of_the_table(reader: Reader, specimens_release: Path, left: str, right: str) -> None:
    page = reader.open("compare", left=left, right=right)
    told = [row for row in table(specimens_release, "alignments") if {row["left"], row["right"]} == {left, right}]
    shown, turned = reader.download(), left == PANGAEA
    sides = ("right", "left") if turned else ("left", "right")
    only = {"matched": "matched", "only_left": f"only_{sides[0]}", "only_right": f"only_{sides[1]}"}
    relations = {"stricter_left": f"stricter_{sides[0]}", "stricter_right": f"stricter_{sides[1]}"}
    names = ("eid", "citation", "page", "url")
    expected = [
        (only[row["match"]], row["score"], relations.get(row["relation"], row["relation"]),
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
    page = reader.open("compare", left=ATLANTIS, right=PANGAEA)
    assert page.locator(".redline").count() >= 2
    provisions = table(specimens_release, "provisions")
    words = {(row["instrument"], row["eid"]): len(row["text"].split()) for row in provisions}
    for one in page.evaluate(SAID):
        assert [one["left"], one["right"]] == [words[tuple(end)] for end in one["ends"]]
    page.select_option("[name=words]", "apart")
    assert reader.settled().locator(".redline").count() == 0
    assert page.locator(".beside").count() == page.locator(".match").count()


def test_relations_are_filtered_and_scores_sorted(reader: Reader) -> None:
    reader.open("compare", left=ATLANTIS, right=PANGAEA, relation="differs", order="score")
    matched = [row for row in reader.download() if row["match"] == "matched"]
    assert {row["relation"] for row in matched} == {"differs"}
    scores = [float(row["score"]) for row in matched]
    assert scores == sorted(scores, reverse=True)


# ---- one instrument -----------------------------------------------------------------------------------------


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


# ---- search, log --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("computer system", ["computer", "system"]),
        ('"computer system"', ["computer system"]),
        ("COMPUTER", ["computer"]),
        ("compu off", ["compu", "off"]),  # the beginnings of words
    ],
)
def test_search_finds_the_smallest_provisions_with_all_words(
    reader: Reader, specimens_release: Path, query: str, words: list[str]
) -> None:
    page = reader.open("search", q=query, most="all")
    shown = {(row["instrument"], row["eid"]) for row in reader.download()}
    assert shown
    provisions = table(specimens_release, "provisions")
    texts = {
        id: (specimens_release / "texts" / f"{id}.txt").read_text("utf-8")
        for id in {row["instrument"] for row in provisions}
    }

    def holds(row: Row) -> bool:
        text = " " + " ".join(texts[row["instrument"]][int(row["start"]) : int(row["end"])].lower().split())
        return all(any(not before.isalnum() for before in _before(text, word)) for word in words)

    structure = {"chapter", "section", "title", "part", "book", "subsection"}
    holding = [row for row in provisions if holds(row) and row["kind"] not in structure]
    around = {(row["instrument"], row["parent"]) for row in holding}
    smallest = {(row["instrument"], row["eid"]) for row in holding} - around
    assert shown == smallest
    assert page.locator(".hit mark").count() >= len(shown)


def _before(text: str, word: str) -> Iterator[str]:
    at = text.find(word)
    while at >= 0:
        yield text[at - 1]
        at = text.find(word, at + 1)


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


# ---- for everyone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, specimens_release: Path, scheme: str) -> None:
    with reading(browser, specimens_release, color_scheme=scheme) as reader:
        for view, params in VIEWS:
            # One family of the matrix is built like all of them, and takes a tenth of the time.
            page = reader.open(view, **(params | {"family": "jurisdiction"} if view == "matrix" else params))
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            # Without preload: axe would ask for the style sheets a second time, which the page's policy refuses.
            found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
            grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
            assert grave == [], (view, params, scheme)


def test_a_phone_shows_every_view_without_scrolling_sideways(browser: Browser, specimens_release: Path) -> None:
    with reading(browser, specimens_release, viewport=PHONE) as reader:
        for view, params in VIEWS:
            page = reader.open(view, **params)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], (view, params)


def test_light_and_dark_are_switched_and_kept(reader: Reader) -> None:
    page = reader.open("matrix")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#x-theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    assert reader.settled().evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_paper_shows_the_text_and_no_controls(reader: Reader) -> None:
    page = reader.open("treaty", id=ATLANTIS)
    page.emulate_media(media="print")
    for hidden in ("nav", ".controls", ".actions", ".outline"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#art_3")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
