"""A small valid corpus of our own, for tests to break."""

from pathlib import Path

import pytest

from treatynlp.corpus import load
from treatynlp.errors import DataError, Issue

CODEBOOK = """\
version: 1
families: {cooperation: Help among States, final: Last clauses}
topics:
  rendition: {family: cooperation, means: Handing a person over, not: moving a prisoner who is to testify}
  depositary: {family: final, means: Who keeps the text}
attributes:
  threshold: {value: number, unit: [month, year], case: [trial, sentence], means: Length of the sentence}
  copies: {value: integer, means: How many copies}
  nationals: {value: [may_refuse, must_not_refuse], means: Own nationals}
"""
INSTRUMENT = """\
id: atlantis-2091
title: Convention on the Rendition of Mermaids
short_title: Mermaid Convention
body: Atlantis League
kind: treaty
binding: true
scope: regional
region: Atlantic
family: [extradition]
dates: {adopted: 2091-05-04, in_force: 2093}
sources:
  - {url: "https://league.example.org/1.pdf", media_type: pdf, language: no, official: true}
expect: {articles: 30}
"""
FILES = {
    "codebook.yml": CODEBOOK,
    "instruments/atlantis-2091.yml": INSTRUMENT,
    "annotations/atlantis-2091.topics.csv": "instrument,article,paragraph,topic\natlantis-2091,1,2.a;3,rendition\n",
    "annotations/atlantis-2091.attributes.csv": (
        "instrument,article,paragraph,attribute,value,unit,case\natlantis-2091,2,,threshold,1,year,trial\n"
    ),
    "overrides/atlantis-2091.csv": (
        "eid,text_hash,decision,topic,reviewer,date,reason\n"
        "art_2__para_1,0123456789abcdef,reject,depositary,N. N.,2094-01-31,only named in passing\n"
    ),
}


def write(folder: Path, changes: dict[str, str | bytes | None]) -> Path:
    """A small valid corpus with some files changed, added or (None) left out."""
    for name, content in {**FILES, **changes}.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def faults(folder: Path) -> tuple[Issue, ...]:
    with pytest.raises(DataError) as caught:
        load(folder)
    return caught.value.issues
