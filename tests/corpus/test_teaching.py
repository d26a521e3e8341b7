"""Teaching treaties: their labels follow the codebook, name what was read, and hold no words."""

import shutil
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from treatynlp.coding.gold_merge import homes_of
from treatynlp.coding.taught import taught
from treatynlp.corpus import load, text_hash
from treatynlp.drafting import load_drafting
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.model_clauses import load_model_clauses
from treatynlp.teaching import NOTHING, Use, load_teaching

FOLDER = home() / "corpus" / "teaching"
TEACHING = load_teaching()


def test_no_id_stands_twice_or_belongs_to_another_instrument() -> None:
    ids = [one.id for one in TEACHING.instruments] + [one.id for one in load().instruments]
    ids += [clauses.instrument.id for clauses in load_model_clauses().values()]
    assert [id for id, times in Counter(ids).items() if times > 1] == []


def test_every_table_is_of_a_treaty_that_is_named() -> None:
    named = {f"{one.id}.topics.csv" for one in TEACHING.instruments}
    assert {file.name for file in FOLDER.glob("*.topics.csv")} == named


def test_an_article_has_topics_or_none() -> None:
    """Who wrote `none` beside a topic had not made up his mind."""
    topics: dict[tuple[str, str], list[str]] = {}
    for row in TEACHING.topics:
        topics.setdefault((row.instrument, row.article), []).append(row.topic)
    assert [place for place, found in topics.items() if NOTHING in found and len(found) > 1] == []
    assert [place for place, found in topics.items() if len(found) > len(set(found))] == []


def test_none_of_them_is_of_the_exam() -> None:
    assert {one.id for one in TEACHING.instruments}.isdisjoint(load_drafting().exam.members)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "teaching")
    return tmp_path / "teaching"


@pytest.mark.parametrize(
    ("row", "told", "reason"),
    [
        ("slavery-1926,1,,lamps,", "unknown topic 'lamps'", "a slip in a topic would teach nothing, silently"),
        ("slavery-1956,1,,scope,", "slavery-1956", "a row of another instrument"),
        ("slavery-1926,1,,scope,xyz", "text hash", "no hash"),
    ],
)
def test_a_slip_is_named(copied: Path, row: str, told: str, reason: str) -> None:
    table = copied / "slavery-1926.topics.csv"
    table.write_text(table.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_teaching(copied)


def test_a_file_that_is_missing_or_another_is_named(tmp_path: Path) -> None:
    first, *rest = TEACHING.of("teach").instruments
    (tmp_path / first.file).write_bytes(b"%PDF-1.7 of something else")
    with pytest.raises(DataError) as raised:
        taught(tmp_path)
    found = raised.value.issues
    assert [one.where for one in found] == [first.id, *(one.id for one in rest)]
    assert {one.code for one in found} == {"teaching-source"}
    assert ["is not the file" in one.message for one in found] == [True, *(False for _ in rest)]


@pytest.mark.parametrize("use", get_args(Use))
def test_labels_stand_on_the_words_they_were_coded_on(shared: Path, use: Use) -> None:
    treaties, rows = taught(shared / "corpus" / "scale", use)
    homes = {(one.id, label): one.words(found.body) for one in treaties for label, found in homes_of(one).items()}
    words = {place: text_hash(said) for place, said in homes.items()}
    stale = [row for row in rows if words.get((row.instrument, row.article)) != row.text_hash]
    assert stale == []
