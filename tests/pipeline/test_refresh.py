"""The truth of a refresh: what became of each source, asked of a real server that misbehaves in every way.

One instrument's source misbehaves, the other one's stays as it was.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from support.webserver import Site, serving
from support.workspace_fixture import FIRST, NOT_USABLE, SECOND, WorkspaceFixture, original, pair, with_other_words
from treatynlp import pipeline
from treatynlp.corpus import Corpus
from treatynlp.pipeline import Outcome, Supply
from treatynlp.pipeline.runs import prepare_instrument
from treatynlp.pipeline.runs.outcome import summed_up
from treatynlp.pipeline.runs.source_changes import change_counts
from treatynlp.pipeline.workspace import history
from treatynlp.pipeline.workspace.source_change import SourceChange
from treatynlp.reading.fetch import Limits
from treatynlp.registry import Expect, Source
from treatynlp.store import Workspace

OFFICIAL = Supply(
    limits=Limits(seconds=60, connect=60, size=400_000, attempts=2, pause=0.01, patience=0.2, redirects=3)
)
AT = f"{FIRST}.pdf"


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """The second reading takes longer than all the rest, and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare_instrument, "audit", lambda data, name, document, bounds: ())
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    """The server, on its best behaviour."""
    server.files = {f"{ident}.pdf": original(ident) for ident in (FIRST, SECOND)}
    server.marks, server.faults = {}, {}
    return server


@pytest.fixture
def corpus(site: Site) -> Corpus:
    return published(site)


def published(site: Site) -> Corpus:
    """The two specimens, published on the server."""
    there = pair()
    made = (
        one.model_copy(update={"sources": (Source.model_validate({**one.sources[0].model_dump(), "url": url}),)})
        for one in there.instruments
        for url in [site.url(f"{one.id}.pdf")]
    )
    return replace(there, instruments=tuple(made))


@pytest.fixture(scope="module")
def had_once(server: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk at which everything was had once."""
    server.files = {f"{ident}.pdf": original(ident) for ident in (FIRST, SECOND)}
    desk = WorkspaceFixture(tmp_path_factory.mktemp("once"))
    first = desk.run(published(server), OFFICIAL)
    assert (first.status, kinds(first)) == ("complete", {FIRST: "first", SECOND: "first"})
    assert "2 of 2 instruments in the release; 2 new, 11 pieces of work done." in first.reason
    return desk.root


@pytest.fixture
def desk(tmp_path: Path, had_once: Path) -> WorkspaceFixture:
    """A desk of one's own at which everything was had once."""
    desk = WorkspaceFixture(tmp_path)
    for name in ("ws", "release"):
        shutil.copytree(had_once / name, tmp_path / name)
    return desk


def kinds(outcome: Outcome) -> dict[str, str]:
    return {one.id: one.kind for one in outcome.changes}


def of_first(outcome: Outcome) -> SourceChange:
    return next(one for one in outcome.changes if one.id == FIRST)


FAULTS = [
    ("gone", "source-gone"),
    ("forbidden", "source-forbidden"),
    ("soft404", "source-error-page"),
    ("overloaded", "source-error-page"),
    ("login", "source-login-page"),
    ("riddle", "source-robot-check"),
    ("otherpage", "source-html-instead"),
    ("accepted", "source-http-status"),
    ("empty", "source-empty"),
    ("text", "source-wrong-type"),
    ("plain", "source-shrunk"),  # a PDF of 1 kB where there were 60
    ("truncated", "source-truncated"),
    ("unendingpdf", "source-truncated"),
    ("shortlength", "source-truncated"),
    ("cutoff", "source-cut-off"),
    ("garbage", "source-cut-off"),
    ("alwaysbusy", "source-busy"),
    ("comebacktomorrow", "source-busy"),
    ("comebackin2094", "source-busy"),
    ("broken", "source-server-error"),
    ("loop", "source-redirect-loop"),
    ("elsewhere", "source-redirect-host"),
    ("endless", "source-too-large"),
    ("bomb", "source-too-large"),
    ("nestedbomb", "source-encoding"),
    ("brotli", "source-encoding"),
]


def refreshed(desk: WorkspaceFixture, corpus: Corpus) -> Outcome:
    """A run up to its release, which takes most of the time: what was made, summed up."""
    with pipeline.started(corpus, desk.root / "ws", OFFICIAL) as run:
        came = [pipeline.obtain(run, one) for one in run.corpus.instruments]
        made = [pipeline.make(run, one) for one in came]
        issues = tuple(row for one in (*came, *made) for row in one.issues)
        return summed_up(made, issues, sum(one.remade for one in made))


def test_a_source_that_fails_is_never_taken_for_one_that_has_not_changed(
    desk: WorkspaceFixture, corpus: Corpus, site: Site
) -> None:
    for fault, code in FAULTS:
        site.faults = {AT: fault}
        outcome = refreshed(desk, corpus)
        assert (outcome.status, kinds(outcome)) == ("degraded", {FIRST: "failed", SECOND: "unchanged"}), fault
        assert "2 of 2 instruments in the release; 1 unchanged, 1 not reached, nothing was done" in outcome.reason, (
            fault
        )
        assert [(row.where, row.code) for row in outcome.issues if row.level == "error"] == [(FIRST, code)], fault
        assert (of_first(outcome).code, bool(of_first(outcome).said)) == (code, True), fault


@pytest.mark.parametrize("fault", ["soft404", "cutoff"])
def test_the_last_good_copy_goes_on_being_used(desk: WorkspaceFixture, corpus: Corpus, site: Site, fault: str) -> None:
    before = desk.files()
    site.faults = {AT: fault}
    outcome = desk.run(corpus, OFFICIAL)
    assert (outcome.status, kinds(outcome)) == ("degraded", {FIRST: "failed", SECOND: "unchanged"})
    after = desk.files()
    assert {name for name in after if name.endswith(".csv") and after[name] != before[name]} == {"issues.csv"}
    site.faults = {}
    assert kinds(desk.run(corpus, OFFICIAL)) == {FIRST: "unchanged", SECOND: "unchanged"}
    assert desk.files() == before


def test_how_it_is_known_that_nothing_has_changed(desk: WorkspaceFixture, corpus: Corpus, site: Site) -> None:
    before = desk.files()
    table = [
        ("", "source-not-modified"),  # the server says so
        ('"another mark"', "source-remarked"),  # another ETag, the same bytes
        ('"another mark"', "source-not-modified"),  # which is remembered
    ]
    for mark, code in table:
        site.marks = {AT: mark}
        outcome = desk.run(corpus, OFFICIAL)
        assert (outcome.status, outcome.remade, desk.files()) == ("complete", 0, before)
        assert outcome.reason == "2 of 2 instruments in the release; nothing had changed, nothing was done."
        assert (of_first(outcome).kind, of_first(outcome).code) == ("unchanged", code)
        assert outcome.notices == ()


def test_other_bytes_with_the_same_words_change_no_cell(desk: WorkspaceFixture, corpus: Corpus, site: Site) -> None:
    before = desk.files()
    site.files[AT] = original(FIRST) + b"% printed again\n%%EOF\n"
    outcome = desk.run(corpus, OFFICIAL)
    assert outcome.status == "complete"
    assert [(row.where, row.code) for row in outcome.notices] == [(FIRST, "source-changed-metadata")]
    assert outcome.reason.endswith("; 1 changed in form only, 1 unchanged, 3 pieces of work done.")
    assert outcome.remade == 3  # its two readings, and the release, which names the new hash
    after = desk.files()
    assert desk.rows("changes.csv") == []
    changed = {name for name in after if name.endswith(".csv") and after[name] != before[name]}
    assert changed == {"documents.csv"}
    assert desk.run(corpus, OFFICIAL).remade == 0


def test_other_words_are_told_with_the_articles_they_are_in(desk: WorkspaceFixture, corpus: Corpus, site: Site) -> None:
    before = desk.rows("provisions.csv")
    site.files[AT] = with_other_words(FIRST)
    outcome = desk.run(corpus, OFFICIAL)
    assert outcome.status == "complete"
    assert [(row.where, row.code) for row in outcome.notices] == [(FIRST, "source-changed-text")]
    assert "; 1 changed, 1 unchanged, " in outcome.reason
    change = of_first(outcome)
    other = {
        row["eid"] for row, old in zip(desk.rows("provisions.csv"), before, strict=True)
        if row["kind"] == "article" and row["text"] != old["text"]
    }  # fmt: skip
    assert change.articles == len(other) > 0
    assert f"{change.articles} article" in change.said


def test_a_copy_that_cannot_be_read_is_told_apart_from_one_that_did_not_come(
    desk: WorkspaceFixture, corpus: Corpus, site: Site
) -> None:
    site.files[AT] = NOT_USABLE["damaged"] + b"%" * 60_000 + b"\n%%EOF\n"
    outcome = desk.run(corpus, OFFICIAL)
    assert kinds(outcome) == {FIRST: "unusable", SECOND: "unchanged"}
    assert of_first(outcome).code == "source-not-taken"
    assert "1 unchanged, 1 not usable" in outcome.reason
    fresh = WorkspaceFixture(desk.root / "fresh") if (desk.root / "fresh").mkdir() is None else desk
    alone = fresh.run(corpus, OFFICIAL)
    assert (of_first(alone).kind, of_first(alone).code) == ("unusable", "pdf-broken")


def test_what_a_workspace_remembers_of_its_runs(desk: WorkspaceFixture, corpus: Corpus, site: Site) -> None:
    site.faults = {AT: "gone"}
    desk.run(corpus, OFFICIAL)
    kept = history.history(Workspace(desk.root / "ws"), OFFICIAL.series)
    assert [(one.doing, one.status) for one in kept.runs] == [("run", "degraded"), ("run", "complete")]
    assert all(one.ended >= one.began for one in kept.runs)
    first, second = kept.attempts[FIRST], kept.attempts[SECOND]
    assert (first.kind, first.code, second.kind) == ("failed", "source-gone", "unchanged")
    assert "" < first.reached <= first.at  # it was had the first time
    assert first.changed == first.reached
    assert second.reached == second.at


def test_nothing_of_when_is_in_a_release(desk: WorkspaceFixture, corpus: Corpus, site: Site) -> None:
    workspace = Workspace(desk.root / "ws")
    kept = history.history(workspace, OFFICIAL.series)
    marks = {one.id for one in kept.runs} | {one.at[:16] for one in kept.attempts.values()}
    for name, data in desk.files().items():
        assert not [mark for mark in marks if mark.encode() in data], name


def test_a_run_that_was_stopped_is_remembered_as_such(desk: WorkspaceFixture, corpus: Corpus) -> None:
    workspace = Workspace(desk.root / "ws")
    begun = history.started_now("run")
    history.begin(workspace, OFFICIAL.series, begun)  # and killed
    assert history.history(workspace, OFFICIAL.series).runs[0] == begun
    (desk.root / "release" / "thesis.docx").write_bytes(b"mine")
    refused = desk.run(corpus, OFFICIAL)
    last = history.history(workspace, OFFICIAL.series).runs[0]
    assert (refused.status, last.status) == ("failed", "failed")
    assert "thesis.docx" in last.reason
    assert len(history.history(workspace, OFFICIAL.series).runs) == 3


def test_the_runs_remembered_are_bounded(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    for _ in range(history.KEPT + 5):
        history.record_run(workspace, "mirror-0", history.started_now("run"))
    assert len(history.history(workspace, "mirror-0").runs) == history.KEPT
    assert set(history.histories(workspace)) == {"mirror-0"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], ""),
        (["unchanged"], "1 unchanged"),
        (["text", "unchanged", "failed", "text"], "2 changed, 1 unchanged, 1 not reached"),
        (["metadata", "first", "unusable"], "1 new, 1 changed in form only, 1 not usable"),
    ],
)
def test_changes_are_counted_in_words(changes: list[str], said: str) -> None:
    assert change_counts(SourceChange("a-1", kind, "") for kind in changes) == said  # type: ignore[arg-type]


def test_one_series_for_each_place(tmp_path: Path) -> None:
    assert Supply("mirror", tmp_path).series != Supply("mirror", tmp_path / "other").series


PAGE = (
    "<!doctype html><html><head><title>Lamp Treaty</title></head><body><!-- {nonce} -->"
    "<h1>Treaty on Lamps of the Quays of Wick</h1>"
    "<p>The Parties, wishing that no quay be dark, have agreed as follows:</p>{articles}<p>{last}</p></body></html>"
)
LAMPS = "".join(
    f"<p><b>Article {number}</b></p><p>Each Party shall see to it that the lamps of its {place} are lit at dusk, at "
    f"the latest when the ferry of {hour} o’clock has left, and that the café beside them is open.</p>"
    for number, (place, hour) in enumerate([("harbours", "five"), ("bridges", "six"), ("markets", "seven")], start=1)
)


@pytest.fixture
def web(site: Site) -> Corpus:
    """One instrument, published as a web page."""
    source = Source.model_validate(
        {"url": site.url("lamps.html"), "media_type": "html", "language": "en", "official": True}
    )
    named = {"title": "Treaty on Lamps", "short_title": "Lamp Treaty", "body": "Quays of Wick"}
    first = pair().instruments[0].model_copy(update={"sources": (source,), "expect": Expect(articles=3), **named})
    return replace(pair(), instruments=(first,))


def page(nonce: str, last: str = "Done at Wick.") -> bytes:
    return PAGE.format(nonce=nonce, articles=LAMPS, last=last).encode()


def test_a_page_that_is_never_the_same_bytes_twice_is_still_the_same_text(
    tmp_path: Path, site: Site, web: Corpus
) -> None:
    desk = WorkspaceFixture(tmp_path)
    site.files["lamps.html"] = page("served at noon")
    assert desk.run(web, OFFICIAL).status == "complete"
    site.files["lamps.html"] = page("served at one")
    outcome = desk.run(web, OFFICIAL)
    assert (kinds(outcome), outcome.remade) == ({FIRST: "metadata"}, 2 + 1)
    site.files["lamps.html"] = page("served at two", "Done at Wick, in a single copy.")
    change = of_first(desk.run(web, OFFICIAL))
    assert (change.kind, change.articles) in [("text", 0), ("text", 1)]  # what follows the articles has changed


def test_a_page_that_lies_about_its_letters_is_read_and_told(tmp_path: Path, site: Site, web: Corpus) -> None:
    declared = b'<meta charset="utf-8">'
    site.files["lamps.html"] = page("").decode().encode("cp1252").replace(b"<head>", b"<head>" + declared)
    desk = WorkspaceFixture(tmp_path)
    outcome = desk.run(web, OFFICIAL)
    assert (outcome.status, kinds(outcome)) == ("complete", {FIRST: "first"})
    assert "html-encoding" in {row.code for row in outcome.issues}
    assert any("café" in row["text"] for row in desk.rows("provisions.csv"))


def test_a_page_cut_short_is_not_taken(tmp_path: Path, site: Site, web: Corpus) -> None:
    """Its length is right and so is its kind; what it lacks shows only when it is read."""
    desk = WorkspaceFixture(tmp_path)
    site.files["lamps.html"] = page("")
    desk.run(web, OFFICIAL)
    site.files["lamps.html"] = page("")[: page("").rindex(b"<p><b>Article 3")] + b"</body></html>"
    outcome = desk.run(web, OFFICIAL)
    assert (of_first(outcome).kind, of_first(outcome).code) == ("unusable", "source-not-taken")
    assert "2 articles were found where the registry expects 3" in of_first(outcome).said
