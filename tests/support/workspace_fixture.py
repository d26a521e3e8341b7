"""Two specimens as if they had been published, a mirror to break, and files no reader can use."""

import csv
import io
import runpy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from treatynlp import pipeline
from treatynlp.corpus import Corpus
from treatynlp.home import home
from treatynlp.pipeline import Outcome, Supply
from treatynlp.registry import Source
from treatynlp.specimens import load_specimens

SPECIMENS = home() / "corpus" / "specimens"
FIRST, SECOND = (one.id for one in pipeline.specimens()[0].instruments[:2])
URL = "http://127.0.0.1:1/{}.pdf"
"""An official address at which nobody answers."""


@cache
def pair() -> Corpus:
    """Two specimens as if they had been published at an address."""
    corpus = pipeline.specimens()[0]
    instruments = (
        one.model_copy(
            update={"sources": (Source(url=URL.format(one.id), media_type="pdf", language="en", official=True),)}
        )
        for one in corpus.instruments[:2]
    )
    return replace(corpus, instruments=tuple(instruments))


class WorkspaceFixture:
    """A workspace, a mirror that can be broken, and a release folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.mirror = root, root / "mirror"
        self.mirror.mkdir()
        for ident in (FIRST, SECOND):
            self.put(ident, original(ident))

    def put(self, ident: str, data: bytes) -> None:
        (self.mirror / f"{ident}.pdf").write_bytes(data)

    def run(self, corpus: Corpus | None = None, supply: Supply | None = None) -> Outcome:
        supply = supply or Supply("mirror", self.mirror)
        return pipeline.run(corpus or pair(), self.root / "ws", supply, self.root / "release")

    def files(self) -> dict[str, bytes]:
        folder = self.root / "release"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.files()[name].decode("utf-8-sig"), newline="")))


def original(ident: str) -> bytes:
    return (SPECIMENS / f"{ident}.pdf").read_bytes()


def with_other_words(ident: str, times: int = 3) -> bytes:
    """The specimen with other words in some of its articles (`times` duties become permissions; -1: all), printed as it
    always is."""
    pytest.importorskip("typst", reason="typesetting needs the development dependencies")
    typeset = runpy.run_path(str(SPECIMENS / "typeset.py"))["typeset"]
    specimen = next(one for one in load_specimens() if one.instrument.id == ident)
    data = specimen.model_dump_json(by_alias=True, exclude_defaults=True)
    assert data.count(" shall ") > 2
    changed = type(specimen).model_validate_json(data.replace(" shall ", " may ", times))
    printed: bytes = typeset(changed)
    return printed


def declared(root: Path) -> Path:
    """A corpus folder that declares the two specimens."""
    folder = root / "corpus" / "instruments"
    folder.mkdir(parents=True)
    for one in pair().instruments:
        text = yaml.safe_dump(one.model_dump(mode="json", exclude_defaults=True))
        (folder / f"{one.id}.yml").write_text(text, "utf-8")
    return folder.parent


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, with a right cross-reference table."""
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
    return data + b"trailer <</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


PAGES = (
    b"<</Type /Catalog /Pages 2 0 R>>",
    b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
    b"<</Type /Page /Parent 2 0 R>>",
)
PASSWORD = b"<</Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s>>>" % (b"41" * 32, b"42" * 32)
NOT_USABLE = {
    "password": pdf(*PAGES, PASSWORD, trailer=b"/Encrypt 4 0 R /ID [<00> <00>]"),
    "damaged": b"%PDF-1.7\n" + b"nothing that a reader knows\n" * 20 + b"%%EOF\n",
}
