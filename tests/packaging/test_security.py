"""What strangers control (PDFs, pages, servers, file names) reaches no shell, no file, no formula and no terminal.

docs/security.md lists each threat with the test that proves what stops it; the first test here holds that page to it.
"""

import ast
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from support import hostile
from support.sources import SPECIMENS
from support.two_lighthouses import overview
from support.workspace_fixture import FIRST, original
from treatynlp.cli import cli
from treatynlp.cli.console import terminal_json, terminal_text
from treatynlp.errors import DataError
from treatynlp.pipeline import sandbox
from treatynlp.pipeline.ask.release_check import released_faults
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.pipeline.sandbox.serialisation import documents, parcel_of, registry_parcel
from treatynlp.publishing.package import release_files
from treatynlp.publishing.proof.seal import sealed
from treatynlp.publishing.table import Field, Sheet, Table
from treatynlp.publishing.tables import release_tables
from treatynlp.publishing.workbook import workbook
from treatynlp.reading import Document, read
from treatynlp.reading.fetch import Limits, take
from treatynlp.reading.html import read_page
from treatynlp.registry import Instrument
from treatynlp.store import file_of, shelve

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
NAMED = re.compile(r"`(test_\w+)\.py::(test_\w+)`")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs pipes and links in the file system")


# ---- the page -----------------------------------------------------------------------------------------------------


def test_every_line_of_the_threat_model_names_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## Threats")[2]
    lines = [line for line in page.splitlines() if re.match(r"\| (?!---|What could)", line)]
    assert len(lines) >= 30
    for line in lines:
        named = NAMED.findall(line)
        assert named, line
        for file, name in named:
            (path,) = (ROOT / "tests").rglob(f"{file}.py")
            tree = ast.parse(path.read_text("utf-8"))
            assert name in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}, (file, name)


# ---- the source ---------------------------------------------------------------------------------------------------

CODE_FROM_BYTES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "multiprocessing", "imp"}
CALLS = {
    "eval",
    "exec",
    "compile",
    "urlopen",
    "urlretrieve",
    "request.urlopen",
    "urllib.request.urlopen",
    "os.system",
    "os.popen",
    "yaml.load",
    "yaml.unsafe_load",
    "yaml.full_load",
}
XML = {"etree.parse", "etree.fromstring", "etree.XML", "etree.XMLParser", "ElementTree.parse", "ElementTree.fromstring"}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls(tree: ast.AST) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def used_by(names: set[str]) -> set[str]:
    """The modules of ours that import one of these."""
    found = set()
    for path in SOURCES:
        if {one.partition(".")[0] for one in imports(ast.parse(path.read_text("utf-8")))} & names:
            found.add(path.relative_to(ROOT / "src" / "treatynlp").as_posix())
    return found


def test_nothing_turns_bytes_into_code() -> None:
    assert used_by(CODE_FROM_BYTES) == set()
    for path in SOURCES:
        assert not {*calls(ast.parse(path.read_text("utf-8")))} & CALLS, path


def test_xml_is_parsed_where_entities_are_refused() -> None:
    """Two formats are XML; a third place reads the drawing that it has just had drawn."""
    parsing = {path.name for path in SOURCES if {*calls(ast.parse(path.read_text("utf-8")))} & XML}
    assert parsing <= {"drawing.py", "legal_xml.py", "word.py", "workbook_cells.py"}
    for name in parsing - {"drawing.py"}:
        source = next(path for path in SOURCES if path.name == name).read_text("utf-8")
        assert source.count("etree.XMLParser(") == source.count("resolve_entities=False") == 1


def test_programs_are_started_in_one_place_and_by_no_shell() -> None:
    assert used_by({"subprocess"}) == {"pipeline/sandbox/process.py"}
    assert not any("shell=True" in path.read_text("utf-8") for path in SOURCES)


def test_the_web_is_asked_in_one_place() -> None:
    assert all(name.startswith("reading/") for name in used_by({"httpx"}))
    assert used_by({"urllib3", "requests", "aiohttp", "ftplib", "socket", "webbrowser"}) == set()


# ---- what is read -------------------------------------------------------------------------------------------------

LONG = "<p>Each Party shall keep its lamps lit by night and clean by day, and shall say so to the others.</p>" * 5


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]>',
        '<!DOCTYPE html [<!ENTITY % d SYSTEM "file:///etc/passwd"> %d;]>',
        "<!DOCTYPE html [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {n} '{p * 10}'>" for n, p in
         (("b", "&a;"), ("c", "&b;"), ("d", "&c;"), ("e", "&d;"), ("f", "&e;"), ("g", "&f;"), ("x", "&g;"))) + "]>",
    ],
    ids=["a file", "an address", "a parameter", "a billion laughs"],
)  # fmt: skip
def test_entities_of_a_page_fetch_and_unfold_nothing(doctype: str) -> None:
    page = f"{doctype}<html><body><p>Article 1</p>{LONG}<p>It says &x; here.</p></body></html>"
    document = read_page(page.encode(), "x")
    words = " ".join(line.text for line in (*document.lines, *document.furniture))
    assert "root:" not in words
    assert "haha" not in words.replace("'ha'", "")
    assert len(words) < 2 * len(page)


def test_marks_that_turn_what_is_shown_are_no_words() -> None:
    data = hostile.mapped("ARTICLEXYZ", "Article\u202e1\u2069")
    assert [line.text for line in read(data, "x").lines] == ["Article1" * 4]
    page = f"<html><body><p>Article \u202e1\u202c</p>{LONG}</body></html>".encode()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(line.text for line in read(page, "x").lines))


@pytest.mark.parametrize("data", [b"<!---->" * 500 + b"x", b"<?xml " * 600, b" " * 9000, b"<!--" * 2000 + b"-->"])
def test_no_bytes_take_long_to_be_known_for_what_they_are(data: bytes) -> None:
    """Before anything is read, in the run's own process: 24 empty comments took seconds, 40 would have taken a day."""
    code = f"from treatynlp.reading.media import fault; print(fault({data!r}, 'pdf').code)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "source-wrong-type"
    with pytest.raises(DataError) as caught:
        sandbox.read(data, "x", bounds=Bounds(seconds=20))
    assert caught.value.issues[0].code in ("not-a-pdf", "html-no-text")


HOSTILE_TEXTS = {
    "points": ("(a) x", "(i) y", "(A) z", "1. w", "- v"),
    "definitions": ('(a) "term" means a thing;', '(b) "other" means another;'),
    "references": ("see Articles 1, 2, 3, paragraph 2 (a), (b) and (c) of this Convention, and Article 9,",),
    "blanks": (" " * 200 + "x",),
    "quotation marks": ('"' * 80,),
    "headings": ("Article 1", "CHAPTER I", "ANNEX I", "PROTOCOL"),
    "numbers": ("1.1.1.1.1.1.1.1.1.1.1.1.1", "IIIIIIIIIIII", "§§§§"),
}


def came_of(text: Document, bounds: Bounds) -> str:
    try:
        treaty, _ = sandbox.take_apart(parcel_of(documents(), text), "x-1", bounds=bounds)
        linked, _ = sandbox.link(treaty.parcel, "x-1", registry_parcel(()), bounds)
        return "treaty" if linked.value.provisions else "nothing"
    except DataError as error:
        return " ".join(row.code for row in error.issues)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_text_made_to_be_slow_ends_with_an_answer_or_a_row(name: str) -> None:
    lines = HOSTILE_TEXTS[name]
    text, bounds = hostile.document("Article 1", *(lines * (3000 // len(lines)))), Bounds(seconds=4)
    assert came_of(text, bounds) in ("treaty", "document-too-slow")
    assert sandbox.read(SPECIMENS[0].read_bytes(), "next", bounds=Bounds()).value.lines  # a loaded machine is slow


# ---- files and names ----------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: os.mkfifo(path), "source-unreadable"),
        (lambda path: path.symlink_to("/dev/zero"), "source-unreadable"),
        (lambda path: path.mkdir(), "source-unreadable"),
        (lambda path: path.symlink_to("/etc/passwd"), "source-wrong-type"),
        (lambda path: path.write_bytes(b"%PDF-" + b"0" * 2000), "source-too-large"),
    ],
    ids=["a pipe", "a device", "a folder", "a file elsewhere", "a large file"],
)
def test_a_mirror_gives_files_only(tmp_path: Path, make: object, code: str) -> None:
    assert callable(make)
    make(tmp_path / "a-1.pdf")
    got = take("a-1", tmp_path, "mirror", limits=Limits(size=1000))
    assert (got.status, got.data, [row.code for row in got.issues]) in [
        ("failed", b"", [code]), ("failed", b"", ["source-too-large"]),
    ]  # fmt: skip
    assert "root:" not in got.issues[0].message


@POSIX
def test_links_in_a_release_folder_lead_nothing_out_of_it(tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "release"
    elsewhere.mkdir()
    (elsewhere / "a.csv").write_bytes(b"mine")
    shelve(out, {"manifest.json": b'{"files": {"a.csv": {}, "texts/b.txt": {}}}', "a.csv": b"old", "texts/b.txt": b"b"})
    (out / "a.csv").unlink()
    (out / "a.csv").symlink_to(elsewhere / "a.csv")
    (out / "texts" / "b.txt").unlink()
    (out / "texts").rmdir()
    (out / "texts").symlink_to(elsewhere)
    shelve(out, {"manifest.json": b'{"files": {"a.csv": {}}}', "a.csv": b"new", "texts/a.csv": b"new"})
    assert (elsewhere / "a.csv").read_bytes() == b"mine"
    assert sorted(path.name for path in elsewhere.iterdir()) == ["a.csv"]
    assert (out / "texts" / "a.csv").read_bytes() == b"new"
    assert not (out / "texts").is_symlink()


FACTS = {
    "id": "atlantis-2091", "title": "Convention", "short_title": "Convention", "body": "League", "kind": "treaty",
    "binding": True, "scope": "global", "family": ["extradition"], "dates": {"adopted": "2091"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../../x"), ("id", "a/b"), ("id", "nul"), ("id", "a\nb"), ("id", "-rf"),
        ("title", "Convention \u202egnp.exe"), ("title", "Conven\x1b[2Jtion"), ("title", "a\nb"), ("body", "\x9b31m"),
        ("landing", "javascript:alert(1)"), ("landing", "file:///etc/passwd"), ("landing", "https://a.b@c.d/"),
        ("landing", "https://a.example/\u202etxt"),
    ],
)  # fmt: skip
def test_names_and_addresses_that_are_none_are_refused(key: str, value: str) -> None:
    Instrument.model_validate(FACTS)
    with pytest.raises(ValidationError):
        Instrument.model_validate({**FACTS, key: value})


# ---- what is shown ------------------------------------------------------------------------------------------------

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(st.text())
def test_no_words_act_on_a_terminal(words: str) -> None:
    assert not ACTING.search(terminal_text(words))
    assert len(terminal_text(words)) == len(words)
    assert not ACTING.search(terminal_json({"text": words}))


def test_json_on_a_terminal_loses_nothing() -> None:
    words = "a\x1b[2J\x9b31m\u202eb\x7f\n\\u0041"
    assert json.loads(terminal_json([words])) == [words]


@POSIX
def test_a_file_s_name_neither_acts_nor_makes_a_row(tmp_path: Path) -> None:
    path = tmp_path / "x\x1b]0;mine\x07\u202e\nerror [source-empty] other.pdf: forged.pdf"
    path.write_bytes(b"no treaty")
    done = CliRunner().invoke(cli, ["split", str(path)])
    assert done.exit_code == 1
    assert not ACTING.search(done.stderr)
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("error [source-wrong-type]")


@POSIX
def test_a_text_s_control_characters_do_not_act(tmp_path: Path) -> None:
    page = f"<html><body><p>Article 1</p><p>Lamps \x9b31m&#x9b;2J\x1b[2J\u202e are lit.</p>{LONG}</body></html>"
    path = tmp_path / "lamps.html"
    path.write_text(page, "utf-8")
    for command in (["split", str(path)], ["show", str(path), "1"]):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 0, done.stderr
        assert "Lamps" in done.stdout
        assert not ACTING.search(done.stdout + done.stderr)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "=HYPERLINK(0)", "internal:'x'!A1", "\\\\host\\x"]
)
def test_a_workbook_links_to_the_web_alone(url: str) -> None:
    fields = (Field("instrument", ""), Field("url", ""))
    by_name = {table.name: table for table in release_tables(overview())}
    by_name["documents"] = Table(
        "documents", "", fields, (("a-1", url), ("{=1+1}", "https://league.example/1.pdf")), Sheet("Sources")
    )
    with zipfile.ZipFile(io.BytesIO(workbook(by_name.values()))) as book:
        relations = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".rels"))
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', relations)
    assert url not in targets
    assert "https://league.example/1.pdf" in targets
    assert all(target.startswith("https://") for target in targets)
    assert b"<f>" not in sheets


def test_a_release_names_its_files_itself() -> None:
    names = release_files(overview())
    assert all(re.fullmatch(r"[a-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", name) and ".." not in name for name in names)


@pytest.mark.parametrize(
    ("limits", "status", "said"),
    [
        (["seconds=60", "memory=2e9"], 0, ""),
        (["answer=5000"], 1, "error [document-too-large]"),
        (["size=5000"], 1, "error [document-too-large]"),
        (["provisions=3"], 1, "error [document-too-large]"),
        (["hours=3"], 2, "'hours=3' is no limit; write NAME=NUMBER, NAME one of seconds,"),
        (["seconds=-1"], 2, "is no limit"),
        (["seconds=inf"], 2, "is no limit"),
        (["memory"], 2, "is no limit"),
    ],
)
def test_limits_are_stated_on_the_command_line(limits: list[str], status: int, said: str) -> None:
    options = [word for limit in limits for word in ("--limit", limit)]
    done = CliRunner().invoke(cli, ["split", str(SPECIMENS[0]), *options])
    assert (done.exit_code, said in done.stderr) == (status, True), done.stderr


@pytest.mark.parametrize("schema", [None, "create table x (a)", "create view provisions_fts as select 1 as provision"])
def test_a_database_that_is_no_release_s_is_a_row(tmp_path: Path, schema: str | None) -> None:
    with closing(sqlite3.connect(tmp_path / "release.sqlite")) as made:
        made.execute(schema or "create table y (b)")
        made.commit()
    if schema is None:
        (tmp_path / "release.sqlite").write_bytes(b"no database" * 99)
    done = CliRunner().invoke(cli, ["search", "lamp", "--release", str(tmp_path)])
    assert done.exit_code == 1
    assert done.stderr.startswith("error [release-unreadable]")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["../secret", "texts/../../secret", "/etc/passwd", "c:secret", "a\\..\\secret", ""])
def test_the_manifest_of_a_release_names_no_file_outside_of_it(tmp_path: Path, name: str) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (tmp_path / "secret").write_bytes(b"not for releases")
    (release / "manifest.json").write_bytes(sealed({"files": {name: {"bytes": 1, "sha256": "0" * 64}}}))
    assert file_of(release, name) is None
    told = [row.code for row in released_faults(release)]
    assert told == ["release-file-missing", "release-disagrees"], "it is not there, and no number is that of no table"


def test_a_specimen_is_what_it_says() -> None:
    """The tests above would prove little if the sound document did not pass where the hostile ones are stopped."""
    assert sandbox.read(original(FIRST), FIRST).value.lines == read(original(FIRST), FIRST).lines
