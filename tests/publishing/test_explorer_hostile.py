"""Nothing that a registry, a codebook or a PDF holds is ever taken for markup, script, formula or address."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from support.browsing import Reader, reading
from support.invented import codebook, coding, instrument, treaty
from treatynlp.coding.labels import Label
from treatynlp.comparison.changes import Change
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.overview import Overview, compare
from treatynlp.comparison.records import Provenance, Record
from treatynlp.comparison.rules import load_rules
from treatynlp.errors import Issue
from treatynlp.home import home
from treatynlp.publishing import package
from treatynlp.publishing.explorer.pages import SCRIPTS, data_script
from treatynlp.structure.tree import Definition, Provision, Reference
from treatynlp.text import Span

ATTACK = "</script><img src=x onerror=alert(1)><svg onload=alert(2)>\"'`--><script>alert(3)</script>{{7*7}}${alert(4)}"
ADDRESS = "javascript:alert(5)//https://lighthouse.example/"
EID = "art_1__para_\"><img src=x onerror=alert(6)>'"
WORDS = {
    "preamble": ATTACK,
    "art_1": f"Article 1 {ATTACK}",
    "art_1__para_1": f"1. Each keeper shall punish whoever enters the lamp room. {ATTACK}",
    "art_2": "Article 2 A keeper who is a wrecker shall be surrendered, as Article 1 says. \u2028 \u2029 𝔸 ]]> <!--",
}
DECLARED = {"title": ATTACK, "short_title": f"Lamp {ATTACK}", "citation": ATTACK, "body": ATTACK, "region": ATTACK}


def record(id: str) -> Record:
    """An instrument whose every word, heading, number and address is an attack."""
    labels = {"art_1__para_1": "illegal_access", "art_2": "extradition"}
    coded = coding(id, labels, {"art_1__para_1": "obligation"})
    bad = Label("art_1__para_1", "illegal_access", 0.5, f"rule:{ATTACK}", Span(3, 40))
    split = treaty(id, WORDS, {"art_1": ATTACK})
    split = replace(
        split,
        provisions=tuple(map(_renamed, split.provisions)),
        definitions=(
            Definition(EID, "lamp", Span(10, 14), Span(0, 60)),
            Definition(EID, ATTACK, Span(0, 5), Span(0, 60)),
        ),
        references=(Reference("art_2", Span(380, 389), "", "art_1"), Reference("art_2", Span(390, 395), "beta", EID)),
    )
    coded = replace(coded, labels=tuple(_moved(one) for one in (*coded.labels, bad)))
    source = Provenance(ADDRESS, "0" * 64, "application/pdf", 2, ATTACK, ATTACK)
    return Record(instrument(id, **DECLARED), source, split, coded)


def _renamed(one: Provision) -> Provision:
    number = ATTACK if one.kind == "paragraph" else one.number
    children = tuple(map(_renamed, one.children))
    return replace(one, eid=EID if one.eid == "art_1__para_1" else one.eid, number=number, children=children)


def _moved(one: Label) -> Label:
    return replace(one, eid=EID) if one.eid == "art_1__para_1" else one


def overview() -> Overview:
    book = codebook()
    topics = {
        name: topic.model_copy(update={"means": ATTACK, "but_not": ATTACK}) for name, topic in book.topics.items()
    }
    book = book.model_copy(update={"topics": topics, "families": dict.fromkeys(book.families, ATTACK)})
    records = [record("alpha"), record("beta"), Record(instrument("gamma", **DECLARED))]
    return compare(records, book, load_rules(home() / "corpus"), Weights.load(home() / "models"))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        changed = Change("alpha", "illegal_access", "absent", "present", "state", ATTACK, ATTACK, ("text",))
        patch.setattr(package, "read_snapshot", lambda files: None)
        patch.setattr(package, "changes", lambda before, now: (changed,))
        issues = [Issue("error", "not-fetched", f"alpha {EID}", ATTACK), Issue("error", "x", ATTACK, ADDRESS)]
        files = package.release_files(
            overview(),
            issues=issues,
            made_by=package.MadeBy({ATTACK: ATTACK}, {"illegal_access": ATTACK}),
            previous={"any": b""},
        )
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def reader(browser: Browser, release: Path) -> Iterator[Reader]:
    with reading(browser, release) as one:
        yield one


VIEWS: list[tuple[str, dict[str, str]]] = [
    ("matrix", {}), ("matrix", {"show": "articles"}), ("matrix", {"body": ATTACK, "find": ATTACK}),
    ("row", {"topic": "illegal_access"}), ("row", {"topic": ATTACK}), ("compare", {}),
    ("compare", {"left": "alpha", "right": "beta"}), ("treaty", {}), ("treaty", {"id": "alpha", "at": EID}),
    ("treaty", {"id": "gamma"}), ("treaty", {"id": ATTACK}), ("search", {"q": "<img"}), ("search", {"q": "alert(1)"}),
    ("log", {}), ("log", {"tab": "issues"}), ("about", {}),
]  # fmt: skip


@pytest.mark.parametrize(("view", "params"), VIEWS, ids=[f"{view} {list(params)}" for view, params in VIEWS])
def test_nothing_that_was_read_runs(reader: Reader, view: str, params: dict[str, str]) -> None:
    """The reader's faults hold errors, dialogs and requests that leave the disk: there are none."""
    page = reader.open(view, **params)
    page.wait_for_timeout(30)
    assert page.locator("main img, main svg, main script, main [onerror], main [onload]").count() == 0
    everywhere = page.locator("a[href]").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert not [href for href in everywhere if not href.startswith(("#", "http://", "https://", "../"))]
    assert page.locator("head script").count() <= len(SCRIPTS) + 5  # the explorer's own and its data


def test_words_stay_words(reader: Reader) -> None:
    page = reader.open("treaty", id="alpha", at=EID)
    expect(page.locator("[data-at]")).to_have_attribute("id", EID)
    expect(page.locator("h1:visible")).to_have_text(ATTACK)
    assert ATTACK in page.locator("[data-at]").inner_text()
    assert "𝔸" in page.locator("#art_2").inner_text()
    expect(reader.open("log", tab="issues").locator("tbody").last).to_contain_text(ATTACK)


def test_a_download_holds_no_formula(reader: Reader) -> None:
    page = reader.open("matrix")
    risky = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "＝1", "— dash", "a=b", 'q"uote', "two\nlines", -0.5, True, None]
    shown = page.evaluate("rows => explorer.csv({ columns: ['a'], rows: rows.map((one) => [one]) })", risky)
    assert shown == (
        "\ufeffa\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\n\"'\t=1\"\r\n".replace('"', "")
        + '\'\'=1\r\n\'＝1\r\n— dash\r\na=b\r\n"q""uote"\r\n"two\nlines"\r\n-0.5\r\ntrue\r\n\r\n'
    )


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_data_end_no_script_and_read_back(data: object) -> None:
    body = data_script("x", data)
    text = body.decode()
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text.removeprefix("explorer.take(...").removesuffix(");\n")) == ["x", data]
