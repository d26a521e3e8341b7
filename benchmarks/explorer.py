"""How large the explorer of a release is, and how soon its views stand: `python benchmarks/explorer.py RELEASE`.

Each view is opened three times from the disk in a Chromium of this machine; told is the median, from asking for the
address until the view stands.
"""

import shutil
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

ROUNDS, PAIRS, MANY = 3, 435, 30


def main(release: Path) -> None:
    """Print sizes, what thirty instruments would take, and times."""
    explorer, read = release / "explorer", sorted((release / "explorer" / "data" / "treaty").glob("*.js"))
    size = {name: weight(explorer / name) for name in ("index.html", "assets", "data/treaty", "data/pairs")}
    rest = weight(explorer) - sum(size.values())
    pairs = len(read) * (len(read) - 1) // 2 or 1
    whole = weight(explorer) / 1e6
    print(f"{len(read)} instruments read, {whole:.2f} MB: {size}, matrix and log {rest}")  # noqa: T201
    frame = size["index.html"] + size["assets"] + rest
    told = frame + size["data/treaty"] / len(read) * MANY + size["data/pairs"] / pairs * PAIRS
    print(f"{MANY} instruments like these: {told / 1e6:.2f} MB")  # noqa: T201
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page, index = browser.new_page(), (explorer / "index.html").as_uri()
        ids = [file.stem for file in sorted(read, key=lambda file: file.stat().st_size)]
        for view in ("matrix", "matrix?text=all", "row?topic=extradition", f"compare?left={ids[-1]}&right={ids[-2]}",
                     f"treaty?id={ids[-1]}", "search?q=data&most=all", "log", "about"):  # fmt: skip
            print(f"{seconds(page, f'{index}#{view}'):6.2f} s  {view}")  # noqa: T201
        browser.close()


def weight(path: Path) -> int:
    """Bytes of a file or of all in a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def seconds(page: Page, url: str) -> float:
    """From asking for an address until its view stands."""
    times = []
    for _ in range(ROUNDS):
        page.goto("about:blank")
        start = perf_counter()
        page.goto(url)
        page.locator("main[data-shown]").wait_for(state="attached")
        times.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
