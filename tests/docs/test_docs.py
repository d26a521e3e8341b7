"""The pages hold what the program goes by, whole: codes, codebook, columns; they are built, and can be used."""

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from support.blocks import PAGES, ROOT
from treatynlp import pipeline
from treatynlp.errors import declared_codes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(ROOT / "docs"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[\w-]+)?\)", page.read_text("utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_every_declared_issue_code_is_in_the_docs() -> None:
    import made as pages

    page = pages.filled("<!-- generated: issue-codes -->")
    assert [code for code in declared_codes() if f"| `{code}` |" not in page] == []


def test_what_makes_the_pages_works_as_its_own_examples_say() -> None:
    import made as pages
    import rooms

    for module in (pages, rooms):
        ran = doctest.testmod(module)
        assert (ran.failed, ran.attempted > 0) == (0, True)


def test_the_picture_of_the_house_has_every_room_and_no_import_upwards() -> None:
    import rooms

    order = list(rooms.ROOMS)
    assert {name for pair in rooms.imports() for name in pair} == set(order)
    assert [pair for pair in rooms.imports() if order.index(pair[0]) > order.index(pair[1])] == []
    ElementTree.fromstring(rooms.rooms_picture())


def test_the_data_dictionary_describes_every_column_of_a_release(specimens_release: Path) -> None:
    """Of one made now: an older one is described by the data package beside it."""
    import made as pages

    page = pages.filled("<!-- generated: dictionary -->")
    package = json.loads((specimens_release / "datapackage.json").read_text("utf-8"))
    ids = {one.id for one in pipeline.specimens()[0].instruments}
    for resource in package["resources"]:
        _, _, below = page.partition(f"## {resource['path']}\n")
        section = below.partition("\n## ")[0]
        assert resource["description"].split("`")[0] in section, resource["path"]
        for field in resource["schema"]["fields"]:
            assert field["name"] in ids or f"| `{field['name']}` |" in section, (resource["path"], field["name"])


def test_every_environment_variable_is_explained() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").glob("*.py")]
    named = {name for path in sources for name in re.findall(r"\bTREATYNLP_[A-Z]+\b", path.read_text("utf-8"))}
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert {name for name in named if f"| `{name}` |" not in page} == set()


def test_every_notebook_is_on_its_page() -> None:
    import made as pages

    page = pages.filled("<!-- generated: notebooks -->")
    assert all(f"`{path.name}`" in page for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_codebook_page_has_every_topic_with_its_error() -> None:
    import made as pages

    from treatynlp.corpus import load

    page = pages.filled("<!-- generated: codebook --><!-- generated: attributes -->")
    book = load().codebook
    assert all(f"| `{name}` |" in page for name in (*book.topics, *book.attributes))
    row = next(line for line in page.splitlines() if line.startswith("| `sensitive_data` |"))
    assert re.search(r"\| [01]\.\d+ \| \d+, \d+, \d+ \|$", row)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, built as `make docs` builds them, where no network can be reached."""
    root = tmp_path_factory.mktemp("pages")
    command = ["-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", "html", "-d", str(root / "trees")]
    offline = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    built = subprocess.run([sys.executable, *command, "docs", str(root / "html")], cwd=ROOT, check=False,
                           capture_output=True, text=True, env=os.environ | offline)  # fmt: skip
    assert built.returncode == 0, built.stderr
    return root / "html"


def test_the_pages_are_built_without_a_warning_or_a_network(html: Path) -> None:
    pages = {path.relative_to(html).as_posix() for path in html.rglob("*.html")}
    assert {f"{page.stem}.html" for page in PAGES[1:]} <= pages
    for page in pages:
        text = (html / page).read_text("utf-8")
        fetched = re.findall(r'(?:<script[^>]* src|<link rel="stylesheet"[^>]* href|<img[^>]* src)="([^"]+)"', text)
        assert not [source for source in fetched if "//" in source], page
        assert "<!-- generated:" not in text


@pytest.mark.parametrize(("theme", "names"), [("light", ("index", "api")), ("dark", ("stages", "methods"))])
def test_the_pages_can_be_used_by_all(
    theme: Literal["light", "dark"], names: tuple[str, ...], html: Path, browser: "Browser"
) -> None:
    """No serious finding of axe: tables, formulas, code, contents, light and dark; and no request leaves the disk."""
    page, left = browser.new_page(color_scheme=theme), list[str]()
    page.on("request", lambda request: left.append(request.url) if not request.url.startswith("file:") else None)
    for name in names:
        page.goto((html / f"{name}.html").as_uri())
        found = Axe().run(page).response["violations"]
        assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")], name
    assert not left
    page.close()


CITED = {"cff-version", "message", "type", "title", "abstract", "authors", "version", "license", "keywords"}
"""The keys of the Citation File Format 1.2.0 that we use; the first, message, title and authors are required."""


def test_the_citation_file_is_one() -> None:
    import tomllib

    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(cited) == CITED
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in ("software", "dataset")
    assert cited["version"] == project["version"]
    assert cited["license"] in project["license"].split(" AND ")
    assert cited["authors"] == [{"name": one["name"]} for one in project["authors"]]
    assert all(isinstance(word, str) for word in cited["keywords"])
    assert len(set(cited["keywords"])) == len(cited["keywords"])
