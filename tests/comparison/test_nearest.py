"""Which pairs are compared provision by provision: the nearest of each, and what belongs together."""

from dataclasses import replace

import pytest

from support.invented import coding, record
from treatynlp.comparison.nearest import nearest
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Nearest
from treatynlp.comparison.similarity import Similarity

IDS = ("lamps", "buoys", "sheds", "logs")
LIKENESS = {
    ("lamps", "buoys"): 0.9, ("lamps", "sheds"): 0.5, ("lamps", "logs"): 0.4,
    ("buoys", "sheds"): 0.3, ("buoys", "logs"): 0.2, ("sheds", "logs"): 0.1,
}  # fmt: skip
ALIKE = [Similarity(left, right, 1, 1, 1, score, score) for (left, right), score in LIKENESS.items()]


def records(without_text: str = "", parents: dict[str, str] | None = None) -> list[Record]:
    words = {"art_1": "Article 1 Lamps are lit."}
    found = [record(ident, words, coding(ident, {})) for ident in IDS]
    found = [replace(one, treaty=None) if one.id == without_text else one for one in found]
    belonging = {one.id: (parents or {}).get(one.id) for one in found}
    return [replace(one, instrument=one.instrument.model_copy(update={"parent": belonging[one.id]})) for one in found]


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (1, {("lamps", "buoys"), ("lamps", "sheds"), ("lamps", "logs")}),  # whom the others are nearest to has them all
        (2, {("lamps", "buoys"), ("lamps", "sheds"), ("lamps", "logs"), ("buoys", "sheds"), ("buoys", "logs")}),
        (3, set(LIKENESS)),
    ],
)
def test_a_pair_is_compared_where_one_is_among_the_nearest_of_the_other(
    count: int, pairs: set[tuple[str, str]]
) -> None:
    assert nearest(records(), ALIKE, Nearest(count=count, reason="few")) == pairs


def test_without_a_rule_all_are_compared() -> None:
    assert nearest(records(), ALIKE, None) == set(LIKENESS)


@pytest.mark.parametrize(
    ("whole", "without", "pairs", "why"),
    [
        (4, "", 6, "no more instruments than are taken as a whole"),
        (3, "", 3, "one more"),
        (3, "lamps", 3, "instruments without a text do not count"),
    ],
)
def test_a_small_corpus_leaves_no_pair_out(whole: int, without: str, pairs: int, why: str) -> None:
    assert len(nearest(records(without), ALIKE, Nearest(count=1, whole=whole, reason="few"))) == pairs, why


def test_without_text_nothing_is_compared() -> None:
    assert all("lamps" not in pair for pair in nearest(records("lamps"), ALIKE, None))


def test_what_belongs_to_another_is_compared_with_it_however_unlike() -> None:
    found = nearest(records(parents={"sheds": "logs"}), ALIKE, Nearest(count=1, reason="few"))
    assert ("sheds", "logs") in found


def test_of_equals_the_earlier_one_is_nearer() -> None:
    same = [replace(one, thematic=0.5, textual=None) for one in ALIKE]
    found = nearest(records(), same, Nearest(count=1, reason="few"))
    assert found == {("lamps", "buoys"), ("lamps", "sheds"), ("lamps", "logs")}
