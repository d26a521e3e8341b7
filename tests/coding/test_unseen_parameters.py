"""Treaties coded for parameters (corpus/teaching) are read as docs/methods.md says, on the words they were coded on."""

import csv
from pathlib import Path
from runpy import run_path

from support.sources import treaty as treaty_of
from treatynlp.coding.parameter_figures import Counts, fact, table
from treatynlp.corpus import text_hash
from treatynlp.home import home

TEACHING = home() / "corpus" / "teaching"


def coded() -> list[dict[str, str]]:
    with (TEACHING / "parameters.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_lengths_of_time_are_counted_in_days() -> None:
    assert fact("3", "response_deadline", "2", "month") == fact("3", "response_deadline", "60", "day")
    assert fact("3", "age_of_child", "18", "year")[-1] == "18.00"
    assert fact("3", "reservation", "limited", "")[-1] == "limited"


def test_facts_are_counted_by_attribute() -> None:
    meant = {("a", "1", "reservation", "limited"), ("a", "2", "age_of_child", "18.00")}
    read = {("a", "1", "reservation", "allowed"), ("a", "2", "age_of_child", "18.00")}
    counts = table(meant, read)
    assert counts["reservation"] == Counts(right=0, wrong=1, missed=1)
    assert counts["all attributes"].f1 == 0.5
    assert (counts["all attributes"].precision, counts["all attributes"].recall) == (0.5, 0.5)


def test_unseen_parameters_do_not_get_worse(shared: Path) -> None:
    """The figures of docs/methods.md, with room for one row."""
    found = run_path(str(home() / "benchmarks" / "unseen_parameters.py"))
    counted = found["measured"]()
    everything = table(found["all_of"](counted, "meant"), found["all_of"](counted, "read"))["all attributes"]
    assert everything.f1 >= 0.9
    pairs = [pair for one in counted for pair in one.strengths.values()]
    assert len(pairs) == 200
    assert sum(meant == heard for meant, heard in pairs) >= 185


def test_the_treaties_were_coded_on_the_words_that_are_read_today(shared: Path) -> None:
    stale = []
    for row in coded():
        treaty = treaty_of(shared / "corpus" / "scale" / row["file"])
        known = {one.label: text_hash(treaty.words(one.body)) for one in treaty.articles}
        for name in (f"{row['instrument']}.attributes.csv", "modality.csv"):
            if (TEACHING / name).exists():
                with (TEACHING / name).open(encoding="utf-8", newline="") as file:
                    mine = [one for one in csv.DictReader(file) if one["instrument"] == row["instrument"]]
                stale += [(name, one["article"]) for one in mine if known[one["article"]] != one["text_hash"]]
    assert not stale
