"""A release changed: one bit of a file, a file more or less, cells with the manifest made to fit. Is it told?"""

import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from support.workspace_fixture import FIRST
from treatynlp.pipeline.ask.release_check import released_faults
from treatynlp.publishing.package import release_number
from treatynlp.publishing.proof.seal import SEAL, sealed


@contextmanager
def as_it_was(*paths: Path) -> Iterator[None]:
    """The files as they were, afterwards."""
    before = {path: path.read_bytes() for path in paths}
    try:
        yield
    finally:
        for path, data in before.items():
            path.write_bytes(data)


def refit(release: Path, **changed: bytes) -> None:
    """Change files, and make manifest and data package fit, as somebody would who knows how a release is made."""
    for name, data in changed.items():
        (release / name).write_bytes(data)
    package = json.loads((release / "datapackage.json").read_bytes())
    for one in package["resources"]:
        body = (release / one["path"]).read_bytes()
        one |= {"bytes": len(body), "hash": f"sha256:{sha256(body).hexdigest()}"}
    (release / "datapackage.json").write_text(json.dumps(package))
    manifest: dict[str, Any] = json.loads((release / "manifest.json").read_bytes())
    bodies = {name: (release / name).read_bytes() for name in manifest["files"]}
    manifest["files"] = {name: {"bytes": len(one), "sha256": sha256(one).hexdigest()} for name, one in bodies.items()}
    manifest["release"] = release_number(bodies)
    manifest.pop(SEAL)
    (release / "manifest.json").write_bytes(sealed(manifest))


def cells(release: Path) -> None:
    """A present becomes a partial, in the table that most people open."""
    data = (release / "cells.csv").read_bytes()
    refit(release, **{"cells.csv": data.replace(b",present,", b",partial,", 1)})


def database(release: Path) -> None:
    with closing(sqlite3.connect(release / "release.sqlite")) as made:
        made.execute(
            "UPDATE cells SET state = 'absent' WHERE rowid = (SELECT min(rowid) FROM cells WHERE state='present')"
        )
        made.commit()
    refit(release)


def another_table(release: Path) -> None:
    with closing(sqlite3.connect(release / "release.sqlite")) as made:
        made.execute("CREATE TABLE extra (a)")
        made.commit()
    refit(release)


def index(release: Path) -> None:
    """What a search finds is no longer what the provisions say."""
    with closing(sqlite3.connect(release / "release.sqlite")) as made:
        made.execute("INSERT INTO provisions_fts (provisions_fts) VALUES ('delete-all')")
        made.commit()
    refit(release)


def workbook(release: Path) -> None:
    path = release / "workbook.xlsx"
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = strings.replace(b"<t>present</t>", b"<t>absent</t>")
    assert parts["xl/sharedStrings.xml"] != strings
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    refit(release)


def explorer(release: Path) -> None:
    path = release / "explorer" / "data" / "corpus.js"
    before = path.read_bytes()
    path.write_bytes(before.replace(b'["present",', b'["partial",', 1))
    refit(release)


def text(release: Path) -> None:
    path = release / "texts" / f"{FIRST}.txt"
    path.write_bytes(path.read_bytes().replace(b"shall", b"may", 1))
    refit(release)


FORGED: Mapping[str, tuple[Callable[[Path], None], set[str]]] = {
    "a cell of the table": (cells, {"release.sqlite", "workbook.xlsx", "explorer/data/corpus.js"}),
    "a cell of the database": (database, {"release.sqlite"}),
    "a table more in the database": (another_table, {"release.sqlite"}),
    "the index of the database": (index, {"release.sqlite"}),
    "the words of the workbook": (workbook, {"workbook.xlsx"}),
    "a cell of the explorer": (explorer, {"explorer/data/corpus.js"}),
    "a word of a text": (text, {f"texts/{FIRST}.txt", f"explorer/data/treaty/{FIRST}.js"}),
}


def flipped(path: Path, at: int) -> None:
    """Turn one bit of a file."""
    whole = bytearray(path.read_bytes())
    whole[at // 8] ^= 1 << at % 8
    path.write_bytes(whole)


def tried(release: Path) -> Iterator[tuple[str, str, bool]]:
    """Each attack on a release that may be changed: its area, its name, and whether a row tells of it."""
    where, files = random.Random(7), sorted(path for path in release.rglob("*") if path.is_file())
    for path in files:
        name = path.relative_to(release).as_posix()
        for harm in (lambda path: flipped(path, where.randrange(path.stat().st_size * 8)), Path.unlink):
            with as_it_was(path):
                harm(path)
                yield "a bit or a file of a release", name, bool(released_faults(release))
    stranger = release / "explorer" / "data" / "more.js"
    stranger.write_bytes(b"")
    yield "a bit or a file of a release", "a file more", bool(released_faults(release))
    stranger.unlink()
    for name, (forge, _) in FORGED.items():
        with as_it_was(*files):
            forge(release)
            yield "cells changed, the manifest made to fit", name, bool(released_faults(release))
