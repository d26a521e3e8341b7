"""The explorer in a real Chromium: pages that note what went wrong, and what a download holds."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Download, Page, Playwright

from support import needs

Row = dict[str, str]
ATLANTIS, AVALON, HYPERBOREA, LEMURIA, PANGAEA = (
    "atlantis-cybercrime-2391", "avalon-cyberact-2377", "hyperborea-surrender-2304", "lemuria-data-2340",
    "pangaea-crime-2412",
)  # fmt: skip
"""The five fictional conventions."""
VIEWS: list[tuple[str, dict[str, str]]] = [
    ("map", {}),
    ("map", {"open": "criminalisation"}),
    ("briefing", {}),
    ("briefing", {"tab": "havens"}),
    ("briefing", {"tab": "agreement"}),
    ("briefing", {"tab": "values"}),
    ("briefing", {"tab": "status"}),
    ("matrix", {}),
    ("matrix", {"show": "parameters"}),
    ("matrix", {"compact": "1", "rows": "agreement"}),
    ("row", {"topic": "illegal_access", "at": ATLANTIS}),
    ("compare", {}),
    ("compare", {"left": ATLANTIS, "right": PANGAEA}),
    ("treaty", {}),
    ("treaty", {"id": ATLANTIS, "at": "art_3"}),
    ("search", {"q": "computer"}),
    ("pins", {}),
    ("pins", {"rows": f"illegal_access@{ATLANTIS},{AVALON}", "pairs": f"{ATLANTIS}@{PANGAEA}"}),
    ("review", {"id": AVALON}),
    ("review", {"id": AVALON, "at": "art_1"}),
    ("log", {}),
    ("log", {"tab": "issues"}),
    ("about", {}),
]
"""Every view, with what it is asked to show of them."""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def launched(playwright: Playwright) -> Browser:
    """The Chromium of this machine; the test is skipped where there is none, and fails in CI."""
    return playwright.chromium.launch(executable_path=needs.found("chromium"))


@dataclass
class Reader:
    """Someone with a browser before a release's explorer. `faults` are errors, dialogs, and requests that leave the
    disk."""

    page: Page
    index: str
    faults: list[str] = field(default_factory=list)

    def open(self, view: str, **params: object) -> Page:
        """The view as from a link in a mail: a page freshly loaded."""
        self.page.goto("about:blank")
        self.page.goto(self.index + address(view, **params))
        return self.settled()

    def settled(self) -> Page:
        """The page once its view is there."""
        shown = self.page.evaluate("CSS.escape(location.hash)")
        self.page.locator(f'main[data-shown="{shown}"]').wait_for(state="attached")
        return self.page

    def download(self, sheet: str | None = None) -> list[Row]:
        """The rows of the CSV behind a button (the first, or the one of that name)."""
        button = f'[data-sheet="{sheet}"]' if sheet else "[data-sheet]"
        with self.page.expect_download() as coming:
            self.page.locator(button).first.click()
        return rows(contents(coming.value))

    def texts(self, selector: str) -> list[str]:
        return [words.strip() for words in self.page.locator(selector).all_inner_texts()]


@contextmanager
def reading(browser: Browser, release: Path, **options: object) -> Iterator[Reader]:
    """A reader of a release; when they leave, nothing may have gone wrong and nothing left the disk."""
    context = browser.new_context(**{"viewport": WIDE, **options})  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    reader = Reader(page, (release / "explorer" / "index.html").as_uri())
    page.on("console", lambda said: reader.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: reader.faults.append(str(error)))
    page.on("dialog", lambda dialog: (reader.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("file:", "blob:", "data:")) else reader.faults.append(asked.url),
    )
    try:
        yield reader
        assert reader.faults == []
    finally:
        context.close()


def address(view: str, **params: object) -> str:
    """The address of a view, as the explorer writes it."""
    kept: Mapping[str, str] = {name: str(value) for name, value in params.items() if value}
    return f"#{view}" + (f"?{urlencode(kept)}" if kept else "")


def contents(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def rows(data: bytes) -> list[Row]:
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\r\n") == len(list(csv.reader(io.StringIO(text, newline=""), strict=True)))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(release: Path, name: str) -> list[Row]:
    """A table of the release as it lies on the disk."""
    return list(csv.DictReader(io.StringIO((release / f"{name}.csv").read_text("utf-8-sig"), newline="")))


def same(shown: list[Row], told: list[Row], columns: tuple[str, ...]) -> None:
    """The columns of a download are those of a table, row by row."""
    assert [[row[c] for c in columns] for row in shown] == [[row[c] for c in columns] for row in told]
