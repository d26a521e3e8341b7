"""Nothing stale, ever: the key of a result changes with all that the result rests on."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import treatynlp
from support.workspace_fixture import FIRST, original, pair
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.records import Provenance, Record
from treatynlp.comparison.rules import Rules, load_rules
from treatynlp.corpus import text_hash
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.pipeline.runs import releasing
from treatynlp.pipeline.runs.refresh import started
from treatynlp.pipeline.runs.releasing import Batch
from treatynlp.pipeline.runs.sources import Supply, network_for, remember_good, supplied
from treatynlp.pipeline.steps.coding import code
from treatynlp.pipeline.steps.linking import link
from treatynlp.pipeline.steps.people import People
from treatynlp.pipeline.steps.publishing import ReleaseInputs
from treatynlp.pipeline.steps.reading import read
from treatynlp.pipeline.steps.splitting import take_apart
from treatynlp.pipeline.workspace import imports, stages
from treatynlp.pipeline.workspace.imports import closure, source_files
from treatynlp.pipeline.workspace.stages import CODE, READ, Stage
from treatynlp.registry import Override, Source
from treatynlp.store import Workspace
from treatynlp.structure.tree import Treaty

# ---- what was really imported and opened -------------------------------------------------------------------------

FRESH = """
import builtins, json, pickle, sys
opened, asked, plain = set(), set(), builtins.__import__
def watched(name, globals=None, *rest, **more):
    if (globals or {}).get("__name__", "").split(".")[0] == "treatynlp":
        asked.add(name.split(".")[0])
    return plain(name, globals, *rest, **more)
builtins.__import__ = watched
sys.addaudithook(lambda event, given: event == "open" and opened.add(str(given[0])))
module, verbs, values = pickle.load(sys.stdin.buffer)
for verb, given in zip(verbs, values):
    getattr(__import__(module, fromlist=["_"]), verb)(*pickle.loads(given))
print(json.dumps([sorted(sys.modules), sorted(asked), sorted(opened)]))
"""


@cache
def _values() -> dict[str, Any]:
    document = read(original(FIRST), FIRST)
    treaty, _ = take_apart(document, FIRST)
    corpus = pair()
    return {
        "document": document, "treaty": treaty, "families": corpus.codebook.family_of,
        "coding": code(treaty, corpus.codebook.family_of)[0], "registry": corpus.instruments,
    }  # fmt: skip


def _work(stage: Stage) -> list[tuple[str, tuple[Any, ...]]]:
    """The stage's functions with real values to work on."""
    v, first = _values(), pair().instruments[0]
    linked = link(v["treaty"], v["registry"])[0]
    record = Record(
        first, Provenance.of(v["document"], "https://league.example.org/1.pdf", "mirror"), linked, v["coding"]
    )
    other = Record(pair().instruments[1])
    return {
        "read": [("read", (original(FIRST), FIRST))],
        "audit": [("audit", (original(FIRST), v["document"]))],
        "split": [("take_apart", (v["document"], FIRST)), ("unexpected", (v["treaty"], first))],
        "link": [("link", (v["treaty"], v["registry"]))],
        "code": [("code", (v["treaty"], v["families"])), ("correct", (v["coding"], v["treaty"], People()))],
        "align": [("align_all", ([record, other], _rules(), Weights.load(home() / "models")))],
        "publish": [("publish", ([record, other], ReleaseInputs(pair().codebook, home() / "corpus", (), "m", {})))],
    }[stage.name]


def _rules() -> Rules:
    book = pair().codebook
    return load_rules(home() / "corpus", book.topics, book.families)


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda one: one.name)
def test_a_stages_key_covers_all_that_its_work_really_imports_and_reads(stage: Stage) -> None:
    verbs, values = zip(*_work(stage), strict=True)
    told = pickle.dumps((stage.entries[0], verbs, [pickle.dumps(one) for one in values]))
    done = subprocess.run([sys.executable, "-c", FRESH], input=told, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    modules, asked, opened = json.loads(done.stdout)
    rests = closure(*stage.entries)
    assert {name for name in modules if name.split(".")[0] == imports.ROOT} <= rests.modules
    brought = metadata.packages_distributions()
    # Only those that we ask for: what one library takes along where another happens to be installed decides nothing.
    libraries = {_normal(name) for top in asked for name in brought.get(top, ())} - {imports.ROOT}
    assert libraries <= rests.libraries
    covered = {str(path) for path in source_files(rests.modules)}
    folders = [str(home() / name) for name in (*stage.data, *OF_THE_RUN)]
    for name in opened:
        if name.startswith(str(home())) and not name.startswith(sys.prefix) and not name.endswith((".pyc", ".py")):
            assert name in covered or name.startswith(tuple(folders)) or Path(name).is_dir(), name


OF_THE_RUN = ("corpus/comparison.yml", "corpus/drafting_families.yml")
"""Files that are hashed with what a run is given: see `releasing`."""


def test_what_is_looked_up_late_counts() -> None:
    assert "treatynlp.coding.classifier" in closure("treatynlp.coding.headings").modules
    assert {"scikit-learn", "scipy", "pyyaml"} <= closure("treatynlp.pipeline.steps.coding").libraries
    assert "spacy-lookups-data" in closure("treatynlp.pipeline.steps.splitting").libraries  # its words are looked up
    assert "treatynlp.coding.nlp" not in closure("treatynlp.pipeline.steps.reading").modules
    with pytest.raises(ValueError, match="no such module"):
        closure("treatynlp.no_such")


def test_names_looked_up_late_are_those_named_for_type_checkers() -> None:
    """The closure takes the names of a package's `__getattr__` from what stands under TYPE_CHECKING."""
    _, every = imports._graphs()
    for package in ("treatynlp", "treatynlp.coding", "treatynlp.pipeline", "treatynlp.publishing"):
        module = __import__(package, fromlist=["_"])
        named = every.find_modules_directly_imported_by(package)
        for name in module.__all__:
            value = getattr(module, name)
            assert getattr(value, "__module__", "") in named, (package, name)


def test_the_map_of_libraries_is_what_python_says_of_the_installed_ones() -> None:
    brought = metadata.packages_distributions()
    for module, name in imports._named_otherwise().items():
        if module in brought:
            assert name in {_normal(one) for one in brought[module]}


def test_another_version_of_a_library_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {stage.name: stages.code_version.__wrapped__(stage) for stage in (READ, CODE)}
    there = imports._installed
    other = imports.Installed("0", (), ())
    monkeypatch.setattr(imports, "_installed", lambda name: other if name == "scikit-learn" else there(name))
    after = {stage.name: stages.code_version.__wrapped__(stage) for stage in (READ, CODE)}
    assert (before["read"] == after["read"], before["code"] == after["code"]) == (True, False)


# ---- code edited deep in each stage ------------------------------------------------------------------------------

RUN = """
import sys
from dataclasses import replace
from pathlib import Path
from treatynlp import pipeline
corpus, supply = pipeline.specimens()
corpus = replace(corpus, instruments=tuple(one for one in corpus.instruments if one.id == sys.argv[3]))
from treatynlp.registry import Override
rejected = Override(instrument=sys.argv[3], eid="art_1", text_hash=sys.argv[4], decision="reject", topic="definitions",
                    reviewer="N. N.", date="2094-01-31", reason="a test")
corpus = replace(corpus, overrides=(rejected,))
outcome = pipeline.run(corpus, Path(sys.argv[1]), supply, Path(sys.argv[2]))
print(outcome.status, outcome.remade)
"""

EDITS = [
    # (file, what is written behind it, where it shows, why)
    ("reading/stray_blanks.py", "_closed_ = closed\ndef closed(lines): return _closed_(tuple(lines)[:-2])",
     "provisions.csv", "the reader loses the last lines"),
    ("reading/languages.py", "def language_of(text): return 'fr'",
     "issues.csv", "the language test says French: it is asked when a treaty is judged, two packages further up"),
    ("structure/pointers.py", "_pointers_ = pointers\n"
     "def pointers(text, language): return _pointers_(text, language)[:1]",
     "references.csv", "only the first reference of a provision is followed"),
    ("corpus.py", "_hash_ = text_hash\ndef text_hash(text): return _hash_('salt' + text)",
     "issues.csv", "the hash by which decisions know their words: a reviewer's decision has grown stale"),
    ("coding/modality_lexicon.py", "_load_ = load_modality_lexicon\ndef load_modality_lexicon(*a):\n"
     "    from dataclasses import replace\n    return replace(_load_(*a), verbs=())",
     "attributes.csv", "no verb says how strictly a provision speaks"),
    ("structure/address.py", "_cited_ = cited\ndef cited(eid): return _cited_(eid).replace('Art.', 'Article')",
     "cells.csv", "the form of citations, seen in tables alone"),
    ("comparison/harmonisation.py", "def wilson(share, count, z=0.0): return (0.0, 1.0)",
     "harmonisation.csv", "the bounds of an index"),
]  # fmt: skip


class Copy:
    """A copy of the package and what comes with it, to be edited; a run is a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        treaty: Treaty = _values()["treaty"]
        self.hash = text_hash(treaty.words(treaty.articles[0].span))
        package = Path(treatynlp.__file__).parent
        # With what Python has compiled of it: it looks at the time and size of a source, and an edit changes both.
        shutil.copytree(package, root / "src" / "treatynlp")
        for name in ("corpus", "models"):
            shutil.copytree(home() / name, root / name, ignore=shutil.ignore_patterns("releases"))

    def run(self, workspace: str) -> tuple[str, dict[str, bytes]]:
        """How a run ended, and the files of its release."""
        out = self.root / f"{workspace}-release"
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(self.root / workspace), str(out), FIRST, self.hash],
            env={**os.environ, "PYTHONPATH": str(self.root / "src")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip(), {
            path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()
        }


@pytest.mark.long
def test_a_run_after_any_edit_is_that_of_a_fresh_workspace(tmp_path: Path) -> None:
    """The edits pile up, the first stage's first: what one of them left stale would be stale in the end, too."""
    copy = Copy(tmp_path)
    _, before = copy.run("ws")
    for file, code_behind, shown_in, why in EDITS:
        path = tmp_path / "src" / "treatynlp" / file
        path.write_text(f"{path.read_text('utf-8')}\n\n{code_behind}\n", "utf-8")
        ended, after = copy.run("ws")
        assert after[shown_in] != before[shown_in], f"nothing came of it: {why} ({ended})"
        before = after
    assert copy.run("fresh")[1] == before
    assert copy.run("ws")[0].endswith(" 0")


def test_a_stand_in_stands_for_the_address_that_is_declared_now(tmp_path: Path) -> None:
    """What is declared of a copy (its language, which of several bound instruments) is looked up by its address."""
    (tmp_path / f"{FIRST}.pdf").write_bytes(original(FIRST))
    corpus, workspace, place = pair(), Workspace(tmp_path / "ws"), Supply("mirror", tmp_path)
    for address in ("https://league.example.org/1.pdf", "https://league.example.org/moved.pdf"):
        source = Source(url=address, media_type="pdf", language="en", official=True)
        declared = corpus.instrument(FIRST).model_copy(update={"sources": (source,)})
        copy = supplied(declared, workspace, place, network_for(corpus, place), {}).newest
        assert copy is not None
        assert copy.url == address
        remember_good(workspace, place, [(FIRST, copy)])


def test_a_releases_key_holds_what_its_manifest_names() -> None:
    """A decision that only gives another reason changes no coding, and the hash of it in the manifest all the same."""

    def inputs(reason: str) -> str:
        decided = Override(
            instrument=FIRST, eid="art_1", text_hash="0" * 16, decision="reject", topic="definitions",
            reviewer="N. N.", date="2094-01-31", reason=reason,
        )  # fmt: skip
        corpus = replace(pair(), overrides=(decided,))
        return releasing._inputs(Batch(corpus=corpus, prepared=(), issues=(), coder="", series=""))

    assert inputs("one reason") == inputs("one reason") != inputs("another")


def test_data_counts_like_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def keys() -> dict[str, str]:
        return {stage.name: stages.code_version.__wrapped__(stage) for stage in stages.STAGES}

    def remade(matches: Callable[[Path], bool]) -> set[str]:
        original_bytes = Path.read_bytes
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", lambda path: original_bytes(path) + b"#" * matches(path))
            return {name for name, found in keys().items() if found != before[name]}

    before = keys()
    everything = {stage.name for stage in stages.STAGES}
    assert remade(lambda path: path.name == "language.yml") == everything
    assert remade(lambda path: path.name == "style.css") == {"publish"}
    assert remade(lambda path: "lexicon" in path.parts) == {"code"}
    assert remade(lambda path: path.name == "child.py") == everything - {"align", "publish"}
    assert "read" not in remade(lambda path: path.name == "pointers.py")


def test_what_is_made_while_the_program_is_edited_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that lives for days holds what it loaded; one it starts anew loads what is there now."""
    monkeypatch.setattr(stages, "home", lambda: tmp_path)
    monkeypatch.setattr(stages, "_BEGUN", {})
    words, workspace = tmp_path / "words.yml", Workspace(tmp_path / "ws")
    words.write_text("lamp: one", "utf-8")
    stage = Stage("split", ("treatynlp.roman",), ("words.yml",))

    def fresh(name: str) -> bool:
        return stages.once(workspace, stage, [name], lambda: (b"made", ())).fresh

    assert (fresh("a"), fresh("a"), stages.edited_stages()) == (True, False, ())
    words.write_text("lamp: another one", "utf-8")
    assert (fresh("b"), fresh("b"), stages.edited_stages()) == (True, True, ("split",))
    with pytest.raises(DataError, match=r"program-edited.*stages: split"), started(pair(), workspace, Supply()):
        pass
    words.write_text("lamp: one", "utf-8")
    assert (fresh("b"), fresh("b"), stages.edited_stages()) == (True, False, ())
