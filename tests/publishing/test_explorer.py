"""What the explorer is made of: its files, their size, what they leave out; the made-up lighthouses in a browser."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from support.browsing import Reader, reading, table
from support.invented import codebook
from support.two_lighthouses import WORDS, overview
from treatynlp.coding.reliability import agreement_by_topic
from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.overview import compare
from treatynlp.comparison.redline import comparable_words, redline, redline_runs, shared
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.similarity import Similarity
from treatynlp.home import home
from treatynlp.pipeline.workspace.stages import PUBLISH, code_version
from treatynlp.publishing.explorer import pages
from treatynlp.publishing.explorer.numbering import utf16_offsets
from treatynlp.publishing.package import release_files

FRAME, LETTER, PROVISION, PAIR = 245_000, 1.03, 112, 2_200
"""Bytes at most: of the frame with its scripts, of a byte of text, of a provision with what is known of it, of a pair
of instruments. Thirty instruments like the sixteen real ones (75,000 letters, 300 provisions) with their 435 pairs and
0.3 MB of matrix then stay below 5 MB: 0.245 + 0.3 + 30 * (0.0773 + 0.0336) + 435 * 0.0022 = 4.8."""


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def lighthouses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("lighthouses"), release_files(overview()))


@pytest.fixture(scope="module")
def without_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("publishable"), release_files(overview(), with_text=False))


@pytest.fixture
def reader(browser: Browser, lighthouses: Path) -> Iterator[Reader]:
    with reading(browser, lighthouses) as one:
        yield one


# ---- files --------------------------------------------------------------------------------------------------


def test_it_grows_with_the_texts_and_the_pairs_and_no_faster(specimens_release: Path) -> None:
    explorer = specimens_release / "explorer"
    size = {name: sum(file.stat().st_size for file in (explorer / name).rglob("*") if file.is_file())
            for name in ("assets", "data/treaty", "data/pairs")}  # fmt: skip
    texts = sum(file.stat().st_size for file in (specimens_release / "texts").iterdir())
    provisions = len(table(specimens_release, "provisions"))
    assert size["assets"] + (explorer / "index.html").stat().st_size < FRAME
    assert size["data/treaty"] < LETTER * texts + PROVISION * provisions
    assert size["data/pairs"] < PAIR * 10  # five instruments make ten pairs


def test_every_file_it_asks_for_is_there(specimens_release: Path) -> None:
    explorer = specimens_release / "explorer"
    page = (explorer / "index.html").read_text("utf-8")
    asked = re.findall(r'(?:src|href)="((?:assets/|data/|\.\./)[^"]*)"', page)
    assert len(asked) > 20
    for name in asked:
        assert (explorer / name).resolve().is_file(), name


def test_its_policy_forbids_the_network_and_inline_scripts(lighthouses: Path) -> None:
    page = (lighthouses / "explorer" / "index.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & set(re.split(r"[\s;']+", policy[1]))
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page)


def test_no_script_of_ours_writes_markup() -> None:
    written = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser"
    )
    for name, body in pages.assets().items():
        assert not written.search(body.decode()), name


def test_a_change_of_its_pages_makes_the_release_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, read = code_version.__wrapped__, Path.read_bytes
    before = fresh(PUBLISH)
    for name in ("style.css", "matrix.js", "index.html.j2"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", lambda path, name=name: read(path) + b" " * (path.name == name))
            assert fresh(PUBLISH) != before, name


@pytest.mark.parametrize("records", [[], None], ids=["no instrument", "only one without text"])
def test_an_explorer_of_next_to_nothing_opens(browser: Browser, tmp_path: Path, records: list[None] | None) -> None:
    kept = overview().records[2:] if records is None else ()
    release = put(tmp_path, release_files(compare(kept, codebook(), load_rules(home() / "corpus"))))
    with reading(browser, release) as reader:
        for view in ("matrix", "compare", "treaty", "search", "log", "about"):
            assert reader.open(view).locator("h1:visible").count() == 1


def test_pairs_that_have_nearer_ones_are_counted_and_not_carried() -> None:
    """Of hundreds of instruments the likeness of every two would be most of the first view."""
    alpha, beta, gamma = overview().records
    likeness = tuple(Similarity(alpha.id, other.id, 1, 1, 1, 0.5, 0.5) for other in (beta, gamma))

    def carried(*aligned: Aligned) -> tuple[list[list[float]], int]:
        files = release_files(replace(overview(), similarities=likeness, alignments=aligned))
        name, corpus = json.loads(f"[{files['explorer/data/corpus.js'].decode()[len('explorer.take(...[') : -4]}]")
        assert name == "corpus"
        return [row[:2] for row in corpus["alike"]], corpus["left_out"]

    assert carried(Aligned(alpha, beta, (), (), ())) == ([[0, 1]], 1)
    assert carried() == ([[0, 1], [0, 2]], 0), "nothing was laid side by side, so nothing was left out"


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_offsets_are_told_as_a_browser_counts(text: str) -> None:
    offset = utf16_offsets(text)
    for n in range(len(text) + 1):
        assert offset(n) == len(text[:n].encode("utf-16-le")) // 2


@given(
    st.lists(st.sampled_from("abcd"), max_size=9),
    st.lists(st.sampled_from("abCe"), max_size=9),
)
def test_a_redline_in_numbers_holds_all_words_of_both(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    found = redline_runs(comparable_words(one), comparable_words(other))
    assert sum(same + gone for same, gone, _ in found) == len(left)
    assert sum(same + came for same, _, came in found) == len(right)
    assert shared(comparable_words(one), comparable_words(other)) == pytest.approx(
        2 * sum(same for same, _, _ in found) / (len(left) + len(right)) if left or right else 1
    )
    pieces = redline(one, other)
    assert [w for p in pieces if p.kind != "right" for w in p.words.split()] == left
    assert [w.lower() for p in pieces if p.kind != "left" for w in p.words.split()] == [w.lower() for w in right]


# ---- the made-up lighthouses --------------------------------------------------------------------------------


def test_states_are_told_apart_by_sign_and_word(reader: Reader) -> None:
    page = reader.open("matrix", text="all")
    cells = page.locator(".cell").evaluate_all(
        "all => all.map((td) => [td.className.replace('cell s-', ''), td.querySelector('.sign').textContent,"
        " td.querySelector('.word').textContent])"
    )
    told = {(state, sign, word) for state, sign, word in cells}
    states = {state for state, _, _ in told}
    assert states >= {"present", "partial", "absent", "inconclusive", "not_assessed"}
    assert len(told) == len(states) == len({sign for _, sign, _ in told}) == len({word for _, _, word in told})


def test_what_was_not_read_is_left_out_and_said_so(reader: Reader) -> None:
    page = reader.open("matrix")
    expect(page.locator(".matrix thead th")).to_have_count(4)
    expect(page.locator(".notes")).to_contain_text("left out")
    page.get_by_text("Show them too").click()
    expect(page.locator(".matrix thead th")).to_have_count(5)
    assert reader.settled().url.endswith("text=all")
    page = reader.open("treaty", id="gamma")
    expect(page.locator(".empty")).to_contain_text("not to hand")


def test_a_release_without_comparison_says_so(reader: Reader) -> None:
    page = reader.open("compare", left="alpha", right="beta")
    expect(page.locator("[role=alert]")).to_contain_text("made without comparing provision by provision")


def test_a_missing_file_is_told(browser: Browser, lighthouses: Path, tmp_path: Path) -> None:
    release = put(tmp_path, {file.relative_to(lighthouses).as_posix(): file.read_bytes()
                             for file in (lighthouses / "explorer").rglob("*") if file.is_file()})  # fmt: skip
    (release / "explorer" / "data" / "treaty" / "alpha.js").unlink()
    with reading(browser, release) as reader:
        expect(reader.open("treaty", id="alpha").locator("[role=alert]")).to_contain_text(
            "data/treaty/alpha.js is missing"
        )
        assert any("ERR_FILE_NOT_FOUND" in fault for fault in reader.faults)
        reader.faults.clear()


# ---- without the words of treaties --------------------------------------------------------------------------


def test_without_text_no_file_holds_words(without_text: Path) -> None:
    everything = b"".join(file.read_bytes() for file in (without_text / "explorer").rglob("*") if file.is_file())
    for words in WORDS.values():
        assert words.encode() not in everything
    for words in ("lamp room", "wreckers", "keepers of the lights"):
        assert words.encode() not in everything


def test_without_text_every_view_works_and_says_so(browser: Browser, without_text: Path) -> None:
    with reading(browser, without_text) as reader:
        expect(reader.open("matrix").locator(".notice")).to_contain_text("not the words of the treaties")
        page = reader.open("row", topic="illegal_access")
        assert page.locator("blockquote").count() == 0
        assert reader.texts(".ground h3 > a") == ["Art. 1(1)", "Art. 1"]
        assert [row["evidence"] for row in reader.download()] == ["", ""]
        page = reader.open("treaty", id="alpha")
        told = [row["eid"] for row in table(without_text, "provisions") if row["instrument"] == "alpha"]
        assert page.locator(".text .p").evaluate_all("all => all.map((one) => one.id)") == told
        assert "headings are searched" in reader.open("search", q="article").locator("#x-lead").inner_text()


def test_a_second_coder_is_laid_beside_the_first(browser: Browser, lighthouses: Path, tmp_path: Path) -> None:
    release = shutil.copytree(lighthouses, tmp_path / "release")
    data = release / "explorer" / "data" / "treaty" / "alpha.js"
    # As if people had coded what the rules of this test found.
    data.write_text(
        re.sub(r'"deciders":\[[^]]*\]', lambda m: re.sub(r'(?<=[\[,])"[^"]*"', '"gold"', m[0]), data.read_text())
    )
    own = [row for row in table(release, "labels") if (row["instrument"], row["status"]) == ("alpha", "committed")]
    told = [row for row in table(release, "provisions") if row["instrument"] == "alpha"]
    articles = {row["eid"] for row in told if row["eid"].startswith("art_") and "__" not in row["eid"]}
    first = {(row["article"], row["topic"]) for row in own if row["article"] in articles}
    second = {("art_2", "definitions"), *sorted(first)[1:]}
    file = tmp_path / "alpha.topics.csv"
    file.write_text("eid,topic\n" + "".join(f"{eid},{topic}\n" for eid, topic in sorted(second)), "utf-8")
    coders = [{eid: frozenset(t for at, t in rows if at == eid) for eid in articles} for rows in (first, second)]
    topics = {topic for _, topic in first | second}
    agreed = {one.topic: one for one in agreement_by_topic(coders, topics)}
    titles = {row["title"]: row["topic"] for row in table(release, "topics")}
    with reading(browser, release) as reader:
        page = reader.open("about")
        page.locator("#x-coders input").set_input_files(file)
        expect(page.locator("#x-coders tbody tr")).to_have_count(len(topics))
        for row in page.locator("#x-coders tbody tr").all():
            one = agreed[titles[row.locator("th").inner_text()]]
            figure = "–" if one.alpha is None else f"{one.alpha:.2f}"
            assert row.locator("td").all_inner_texts()[:2] == [figure, f"{one.alike} of {one.passages}"]


def test_where_only_the_machine_coded_there_is_no_first_coder(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "alpha.csv").write_text("eid,topic\nart_1,definitions\nart_99,definitions\n", "utf-8")
    page = reader.open("about")
    page.locator("#x-coders input").set_input_files(tmp_path / "alpha.csv")
    expect(page.locator("#x-coders")).to_contain_text("by nobody but the machine")
    expect(page.locator("#x-coders")).to_contain_text("1 rows of alpha.csv name no article")
