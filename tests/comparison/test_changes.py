"""Which cells a new release calls changed, and what it gives as the causes: thirty scripted edits, each its own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from support.invented import codebook, instrument, record
from treatynlp.coding.labels import Coding, Label, Modality
from treatynlp.comparison.changes import Inputs
from treatynlp.comparison.overview import compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import Rules, load_rules
from treatynlp.corpus import home
from treatynlp.publishing.csv_format import from_csv
from treatynlp.publishing.package import release_files
from treatynlp.structure.tree import Reference
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")
WORDS = {"art_1": "Article 1 Entering is a crime.", "art_2": "Article 2 Wreckers are surrendered."}
AT = Span(0, 3)
ENTERING = Label("art_1", "illegal_access", 0.9, "rule:x")
NAMED = "Article 1 of the Parent shall apply."


@dataclass(frozen=True)
class World:
    """All that a release of one convention, and of a protocol to it, is made from."""

    words: dict[str, str] = field(default_factory=lambda: dict(WORDS))
    labels: tuple[Label, ...] = (ENTERING,)
    unsure: tuple[Label, ...] = ()
    strength: str = "obligation"
    declared: dict[str, Any] = field(default_factory=dict)
    means: str = "Rule for illegal_access"
    rules: Rules = RULES
    inputs: Inputs = field(default_factory=lambda: Inputs(lexicon={"": "s"}, model="m", comparison="c", program="p"))
    protocol: bool = False

    def release(self, previous: dict[str, bytes] | None = None) -> dict[str, bytes]:
        book = codebook()
        rule = book.topics["illegal_access"].model_copy(update={"means": self.means})
        topics = {**book.topics, "illegal_access": rule}
        overview = compare(self._records(), book.model_copy(update={"topics": topics}), self.rules)
        return release_files(overview, inputs=self.inputs, previous=previous)

    def _records(self) -> list[Record]:
        said = tuple(Modality(label.eid, self.strength, (), AT) for label in self.labels)
        alpha = record("alpha", self.words, Coding("alpha", self.labels, self.unsure, modalities=said), **self.declared)
        if not self.protocol:
            return [alpha]
        beta = record("beta", {"art_1": NAMED}, Coding("beta", ()))
        points = Reference("art_1", Span(0, 23), "alpha", "art_1")
        return [alpha, replace(beta, treaty=replace(beta.treaty, references=(points,)))]


def words(**new: str) -> Callable[[World], World]:
    return lambda world: replace(world, words={**world.words, **new})


def labels(*new: Label) -> Callable[[World], World]:
    return lambda world: replace(world, labels=new)


def made(**new: Any) -> Callable[[World], World]:
    return lambda world: replace(world, inputs=replace(world.inputs, **new))


def having(**new: Any) -> Callable[[World], World]:
    return lambda world: replace(world, **new)


def without(name: str) -> Callable[[World], World]:
    return lambda world: replace(world, words={eid: said for eid, said in world.words.items() if eid != name})


NONE, ELSEWHERE = labels(), labels(replace(ENTERING, eid="art_2"))
PEOPLE, REVIEWED = labels(replace(ENTERING, by="gold")), labels(replace(ENTERING, by="override:mm"))
ASKED = having(strength="recommendation")
CODED, DECIDED = {"alpha": {"illegal_access": "h"}}, {"alpha": {"illegal_access": "o"}}
OTHER_TOPIC = {"alpha": {"extradition": "h"}}
UNSURE = having(labels=(), unsure=(replace(ENTERING, score=0.4),))
LESS = RULES.model_copy(update={"duties": ()})
EDITED = "Article 1 Entering is no crime."


@pytest.mark.parametrize(
    ("edits", "causes"),
    [
        # one thing changed
        ((words(art_1=EDITED), NONE), "text"),
        ((words(art_1=EDITED), ASKED), "text"),
        ((without("art_1"), NONE), "text"),
        ((words(art_2="Article 2 Wreckers are surrendered, and entering is a crime."), ELSEWHERE), "text"),
        ((PEOPLE, made(labels=CODED)), "label"),
        ((NONE, made(labels=CODED)), "label"),
        ((REVIEWED, made(overrides=DECIDED)), "override"),
        ((NONE, made(overrides=DECIDED)), "override"),
        ((having(declared={"expect": {"articles": "40"}}), NONE), "registry"),
        ((having(means="Another rule"), NONE), "codebook"),
        ((NONE, made(lexicon={"": "s", "illegal_access": "new"})), "lexicon"),
        ((ASKED, made(lexicon={"": "other"})), "lexicon"),
        ((NONE, made(model="m2")), "model"),
        ((UNSURE, made(model="m2")), "model"),
        ((ELSEWHERE, made(model="m2")), "model"),
        ((having(rules=LESS, strength="recommendation"), made(comparison="c2")), "comparison"),
        ((ASKED, made(program="p2")), "program"),
        # another thing changed too, and this cell does not rest on it
        ((words(art_2="Article 2 Wreckers stay."), NONE, made(model="m2")), "model"),
        ((NONE, made(model="m2", labels=OTHER_TOPIC)), "model"),
        ((NONE, made(model="m2", overrides={"beta": {"illegal_access": "o"}})), "model"),
        ((NONE, made(model="m2", lexicon={"": "s", "extradition": "new"})), "model"),
        ((having(declared={"title": "A new title of the Lighthouse League"}), NONE, made(program="p2")), "program"),
        # several changed that it rests on
        ((words(art_1=EDITED), NONE, made(model="m2")), "text model"),
        ((REVIEWED, made(overrides=DECIDED, labels=CODED)), "label override"),
        ((NONE, having(means="Another rule"), made(lexicon={"": "s", "illegal_access": "n"})), "codebook lexicon"),
        ((NONE, made(model="m2", comparison="c2", program="p2")), "model comparison program"),
        ((words(art_1=EDITED), NONE, made(overrides=DECIDED)), "text override"),
        ((PEOPLE, made(labels=CODED, model="m2")), "label model"),  # a machine decided it before
        ((having(declared={"expect": {"articles": "40"}}), NONE, made(model="m2")), "registry model"),
        ((words(art_1=EDITED), NONE, having(means="Another rule"), made(model="m2", program="p2")),
         "text codebook model program"),
    ],
)  # fmt: skip
def test_thirty_edits_and_their_causes(edits: tuple[Callable[[World], World], ...], causes: str) -> None:
    before = after = World()
    for edit in edits:
        after = edit(after)
    rows = from_csv(after.release(before.release())["changes.csv"])
    assert [row["cause"] for row in rows if row["topic"] == "illegal_access"] == [causes]


def test_a_person_who_decides_what_a_machine_did_changes_the_cell_and_a_model_does_not_touch_it_after() -> None:
    world = World()
    people = PEOPLE(made(labels=CODED)(world))
    (row,) = from_csv(people.release(world.release())["changes.csv"])
    assert (row["what"], row["before"], row["after"], row["cause"]) == ("decided_by", "present", "present", "label")
    moved = made(model="m2")(ELSEWHERE(people))
    moved = replace(moved, labels=(replace(ENTERING, eid="art_2", by="gold"),))
    (row,) = from_csv(made(labels={"alpha": {"illegal_access": "new"}})(moved).release(people.release())["changes.csv"])
    assert (row["what"], row["cause"]) == ("articles", "label")


def test_what_a_protocol_takes_over_changes_with_its_convention() -> None:
    before = World(protocol=True)
    after = NONE(made(overrides=DECIDED)(before))
    rows = {row["instrument"]: row for row in from_csv(after.release(before.release())["changes.csv"])}
    found = rows["beta"]
    assert (found["before"], found["after"], found["cause"]) == ("by_reference", "absent", "override")


def test_the_same_release_again_has_no_changes_and_the_same_bytes() -> None:
    first = World().release()
    again = World().release(first)
    assert from_csv(again["changes.csv"]) == []
    assert again == first


def test_an_instrument_whose_text_was_lost_is_reported_as_lost() -> None:
    overview = compare([Record(instrument("alpha"))], codebook(), RULES)
    rows = from_csv(release_files(overview, previous=World().release(), inputs=World().inputs)["changes.csv"])
    assert {row["after"] for row in rows} == {"not_assessed"}
    assert {row["cause"] for row in rows} >= {"text"}


def test_of_a_release_that_kept_no_record_no_cause_is_made_up() -> None:
    old = World().release()
    old["manifest.json"] = old["manifest.json"].replace(b'"inputs"', b'"other"')
    (row,) = from_csv(NONE(World()).release(old)["changes.csv"])
    assert row["cause"] == "not_recorded"
