"""What a protocol takes over from its convention: cells by reference, with both addresses."""

from dataclasses import replace

import pytest

from support.invented import codebook, coding, record
from treatynlp.comparison.by_reference import with_references
from treatynlp.comparison.cells import Cell, assess
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import home
from treatynlp.structure.tree import Reference
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")
PARENT = {"art_4": "Article 4 Wardens may search sheds.", "art_5": "Article 5 Wreckers are handed over."}
NAMED = "Article 4 of the Lamp Convention"


def cells(sentence: str, labels: dict[str, str] | None = None) -> dict[str, Cell]:
    """The protocol's cells, `{}` in its only article standing for the reference."""
    parent = record("parent", PARENT, coding("parent", {"art_4": "search_seizure", "art_5": "extradition"}))
    words = {"art_1": sentence.format(NAMED)}
    said = {"art_1": "obligation"}
    protocol = record("protocol", words, coding("protocol", labels or {}, said))
    start = words["art_1"].index(NAMED)
    points = Reference("art_1", Span(start, start + len(NAMED)), "parent", "art_4")
    assert protocol.treaty
    both: list[Record] = [parent, replace(protocol, treaty=replace(protocol.treaty, references=(points,)))]
    found = with_references(assess(both, codebook(), RULES), both, RULES)
    return {cell.topic: cell for cell in found if cell.instrument == "protocol"}


@pytest.mark.parametrize(
    ("sentence", "state", "why"),
    [
        ("Article 1 {} shall apply to this Protocol.", "by_reference", "the plain form"),
        ("Article 1 {} shall apply, mutatis mutandis, to this Protocol.", "by_reference", "with its changes"),
        ("Article 1 Keepers shall extend the scope of application of the measures defined in {} to gulls.",
         "by_reference", "the measures are extended"),
        ("Article 1 Keepers shall extend the application of the measures defined in Articles 14 to 21 and {} to gulls.",
         "by_reference", "and those of a second list, too"),
        ("Article 1 {} on the Safety of Lamps, Sheds and Ladders and of their Keepers by night and by day, as amended "
         "by the Ladder Protocol, shall also apply mutatis mutandis.", "by_reference", "a long title stands between"),
        ("Article 1 A reservation made under {} shall also apply to this Protocol.", "absent", "the reservation does"),
        ("Article 1 {} shall not apply to this Protocol.", "absent", "kept out"),
        ("Article 1 Without prejudice to {}, lamps are lit.", "absent", "only named"),
        ("Article 1 This Protocol shall apply to wreckers as said in {}.", "absent", "the Protocol applies, not it"),
    ],
)  # fmt: skip
def test_what_is_made_to_apply_is_by_reference(sentence: str, state: str, why: str) -> None:
    assert cells(sentence)["search_seizure"].state == state, why


def test_both_addresses_and_the_strength_of_the_duty_are_told() -> None:
    cell = cells("Article 1 {} shall apply to this Protocol.")["search_seizure"]
    assert [ground.passage.citation for ground in cell.grounds] == ["Art. 1"]
    assert [(one.instrument, one.citation) for one in cell.referred] == [("parent", "Art. 4")]
    assert cell.strength == "obligation"
    assert cell.found
    assert cell.known


def test_only_what_the_articles_named_regulate_comes_in_and_own_words_win() -> None:
    found = cells("Article 1 {} shall apply to this Protocol.", {"art_1": "search_seizure"})
    assert found["search_seizure"].state == "present"
    assert found["extradition"].state == "absent"
