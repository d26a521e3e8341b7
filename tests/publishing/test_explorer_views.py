"""The explorer in a real browser: where addresses lead, and whether everyone can use it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from support.browsing import (
    ATLANTIS,
    PHONE,
    VIEWS,
    Reader,
    address,
    reading,
)

SHOWN = [address(view, **params) for view, params in VIEWS]


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


def test_back_leads_to_the_cell_one_came_from(reader: Reader) -> None:
    page = reader.open("matrix")
    page.locator("#x-results .scroll").evaluate("(box) => box.scrollTo(0, 900)")
    cell = page.locator(".matrix .cell a").nth(150)
    cell.focus()
    place, href = page.locator("#x-results .scroll").evaluate("(box) => box.scrollTop"), cell.get_attribute("href")
    page.wait_for_timeout(200)  # the place is kept once the reader has stopped scrolling
    page.keyboard.press("Enter")
    reader.settled()
    page.go_back()
    reader.settled()
    assert page.evaluate("document.activeElement.getAttribute('href')") == href
    assert page.locator("#x-results .scroll").evaluate("(box) => box.scrollTop") == place


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("#row?topic=no_such_topic", "No such topic"),
        ("#treaty?id=nowhere-1900", "Treaties"),  # an instrument that is not there: the list of those that are
        ("#nonsense?x=%ZZ", "The whole matrix at a glance"),
        (f"#compare?left={ATLANTIS}&right={ATLANTIS}", "Compare two instruments"),
        ("#matrix?family=no_such_family", "What each instrument says"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(reader: Reader, wrong: str, told: str) -> None:
    page = reader.open("matrix")
    page.evaluate("where => { location.hash = where }", wrong)
    assert reader.settled().locator("h1:visible").inner_text() == told


# ---- for everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.long
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
