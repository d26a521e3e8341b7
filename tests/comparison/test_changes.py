"""Which cells a new release calls changed, and what it gives as the cause."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from support.invented import codebook, coding, instrument, record
from treatynlp.coding.labels import Coding, Label
from treatynlp.comparison.changes import Snapshot, changes
from treatynlp.comparison.overview import compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.home import home
from treatynlp.publishing.csv_format import from_csv
from treatynlp.publishing.package import release_files

KEY = ("alpha", "illegal_access")
BEFORE = Snapshot(
    cells={KEY: {"state": "absent", "articles": "", "strength": "", "by": ""}},
    texts={"alpha": "t1"}, registry={"alpha": "r1"}, codebook="c1", versions={"model": "m1"},
)  # fmt: skip
NOW: Mapping[str, str] = {"state": "present", "articles": "Art. 2", "strength": "obligation", "by": "rule:x"}


@pytest.mark.parametrize(
    ("changed", "by", "cause"),
    [
        ({"texts": {"alpha": "t2"}}, "rule:x", "text"),
        # new words and a new model: the words come first
        ({"texts": {"alpha": "t2"}, "versions": {"model": "m2"}}, "rule:x", "text"),
        ({}, "override:mm", "override"),
        ({"codebook": "c2"}, "rule:x", "codebook"),
        ({"codebook": "c2", "versions": {"model": "m2"}}, "model:m2", "codebook"),
        ({"versions": {"model": "m2"}}, "model:m2", "model"),
        ({"registry": {"alpha": "r2"}}, "rule:x", "registry"),
        (
            {"texts": {"alpha": "t1", "beta": "new"}},
            "rule:x",
            "unexplained",
        ),  # another instrument's text explains nothing
    ],
)
def test_the_cause_of_a_changed_cell(changed: dict[str, object], by: str, cause: str) -> None:
    now = replace(BEFORE, cells={KEY: {**NOW, "by": by}}, **changed)  # type: ignore[arg-type]
    (found,) = changes(BEFORE, now)
    assert (found.before, found.after, found.what, found.cause) == (
        "absent",
        "present",
        "state articles strength",
        cause,
    )


def test_a_score_alone_changes_no_cell_and_a_new_instrument_is_all_new() -> None:
    same = replace(BEFORE, cells={KEY: {**BEFORE.cells[KEY], "score": "0.4"}}, versions={"model": "m2"})
    assert changes(BEFORE, same) == ()
    (new,) = changes(replace(BEFORE, cells={}, texts={}), BEFORE)
    assert (new.before, new.after, new.cause) == ("", "absent", "text")
    (gone,) = changes(BEFORE, replace(BEFORE, cells={}, texts={}))
    assert (gone.before, gone.after) == ("absent", "")


def release(records: list[Record], previous: Mapping[str, bytes] | None = None, **versions: str) -> dict[str, bytes]:
    overview = compare(records, codebook(), load_rules(home() / "corpus"))
    return release_files(overview, previous=previous, versions=versions)


def test_a_release_is_compared_with_the_files_of_the_one_before() -> None:
    words = {"art_1": "Article 1 Entering is a crime.", "art_2": "Article 2 Wreckers are surrendered."}
    old = release([record("alpha", words, coding("alpha", {"art_1": "illegal_access"}))], model="m1")
    assert from_csv(old["changes.csv"]) == []
    again = release([record("alpha", words, coding("alpha", {"art_1": "illegal_access"}))], old, model="m1")
    assert from_csv(again["changes.csv"]) == []
    assert again == old
    more = Coding(
        "alpha", (Label("art_1", "illegal_access", 0.9, "rule:x"), Label("art_2", "extradition", 0.9, "model:y"))
    )
    new = release([record("alpha", words, more)], old, model="m2")
    (row,) = from_csv(new["changes.csv"])
    assert (row["topic"], row["before"], row["after"], row["cause"]) == ("extradition", "absent", "present", "model")


def test_an_instrument_whose_text_was_lost_is_reported_as_lost() -> None:
    words = {"art_1": "Article 1 Entering is a crime."}
    old = release([record("alpha", words, coding("alpha", {"art_1": "illegal_access"}))])
    new = release([Record(instrument("alpha"))], old)
    rows = from_csv(new["changes.csv"])
    assert {row["after"] for row in rows} == {"not_assessed"}
    assert {row["cause"] for row in rows} == {"text"}
