"""Parameters: which values are read off which words, and how far that holds on real instruments."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support.sources import SPECIMENS, source
from support.sources import treaty as treaty_of
from treatynlp.coding.attribute_lexicon import AttributeFile, AttributeLexicon, load_attribute_lexicon
from treatynlp.coding.attributes import explained, read_attributes, read_statement
from treatynlp.coding.labels import Attribute
from treatynlp.coding.quantities import masked, quantities
from treatynlp.coding.sentences import normalise, sentences, statement, statements
from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.specimens import load_specimens, specimen_attributes
from treatynlp.strict_files import read_yaml
from treatynlp.structure import Treaty

LEXICON = load_attribute_lexicon()
DAYS = {"hour": 1 / 24, "day": 1.0, "month": 30.0, "year": 365.0}
Fact = tuple[str, str, str | float]

CLAUSES = yaml.safe_load((Path(__file__).parent / "clauses" / "attributes.yml").read_text("utf-8"))


def said(rows: tuple[Attribute, ...]) -> list[str]:
    return sorted(" ".join(filter(None, (row.attribute, row.value, row.unit, row.case))) for row in rows)


@pytest.mark.parametrize("clause", CLAUSES, ids=[row["why"] for row in CLAUSES])
def test_a_clause_says_what_a_lawyer_reads_in_it(clause: dict[str, Any]) -> None:
    before, _, text = clause["words"].rpartition(" >> ")
    assert said(read_statement(statement(text, before, clause["heading"]), LEXICON)) == sorted(clause["read"])


def test_evidence_is_the_words_themselves() -> None:
    text = "1. It may be asked. The data shall be preserved\nfor sixty days."
    (row,) = read_statement(statement(text), LEXICON)
    assert text[row.evidence.start : row.evidence.end] == "preserved\nfor sixty days"


NUMBERS = [
    ("two years", [(2, "year")]),
    ("a period of one hundred and eighty days", [(180, "day")]),
    ("within a month", [(1, "month")]),
    ("the twenty-second instrument", [(22, "")]),
    ("on the 90th day", [(90, "day")]),
    ("eight weeks", [(56, "day")]),
    ("the first day of the third month", [(3, "month")]),
    ("two-thirds of the members", []),
    ("by 30 November 1973", []),
    ("after ten days, or after twenty.", [(10, "day"), (20, "day")]),
    ("seventytwo hours", [(72, "hour")]),
    ("two and a half years", [(2.5, "year")]),
    ("a fortnight", []),
    ("within a fortnight", [(14, "day")]),
    ("paragraph 2.1 and page 12/3", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_however_written(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in quantities(normalise(text), "en")] == expected


TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@given(st.sampled_from(range(8)), st.sampled_from(range(9)), st.sampled_from(["-", " ", ""]))
def test_every_number_in_words_has_its_value(ten: int, one: int, between: str) -> None:
    (found,) = quantities(f"within {TENS[ten]}{between}{ONES[one]} days", "en")
    assert (found.value, found.unit) == (10 * (ten + 2) + one + 1, "day")


@given(st.text())
def test_masking_keeps_every_other_character_in_its_place(text: str) -> None:
    found = quantities(text.lower(), "en")
    hidden = masked(text.lower(), found)
    assert len(hidden) == len(text.lower())
    kept = set(range(len(hidden))) - {place for one in found for place in range(one.start, one.end)}
    assert all(hidden[place] == text.lower()[place] for place in kept)


@given(st.text(alphabet="Aa1.;:()§¤ \nreservdayotichl"))
def test_no_words_at_all_upset_the_reading(text: str) -> None:
    for row in read_statement(statement(text, before=text, heading=text), LEXICON):
        assert 0 <= row.evidence.start < row.evidence.end <= len(text)


@given(st.text())
def test_sentences_tile_a_text(text: str) -> None:
    spans = list(sentences(text))
    assert "".join(text[span.start : span.end] for span in spans).strip() == text.strip()
    assert all(left.end == right.start for left, right in pairwise(spans))


BROKEN = """
attributes:
  age_of_child:
    cues: [child]
    patterns:
      one: {find: 'under ({period}', reason: an open bracket, example: x art_1}
      two: {find: 'under {nowhere}', value: '3', reason: an unknown phrase, example: x art_1}
      three: {find: 'under that', reason: neither value nor quantity, example: x art_1}
"""


def test_all_faults_of_a_lexicon_file_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "attributes.yml").write_text(BROKEN)
    with pytest.raises(DataError) as caught:
        load_attribute_lexicon(tmp_path)
    message = str(caught.value)
    assert all(word in message for word in ("attributes.yml", "age_of_child.one", "{nowhere}", "age_of_child.three"))


def test_a_folder_without_lexicon_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="lexicon-missing"):
        load_attribute_lexicon(tmp_path)


@cache
def specimen_facts() -> dict[str, set[Fact]]:
    return {
        one.instrument.id: {fact(eid, name, value, unit) for eid, name, value, unit, _ in specimen_attributes(one)}
        for one in load_specimens()
    }


def fact(eid: str, attribute: str, value: str, unit: str) -> Fact:
    """Article, attribute and value, lengths of time in days."""
    number = value.replace(".", "").isdigit()
    scale = 1.0 if attribute == "age_of_child" else DAYS.get(unit, 1.0)
    return eid.split("__")[0], attribute, round(float(value) * scale, 2) if number else value


def gold_facts(shared: Path, ident: str) -> set[Fact]:
    """What the coders gave; the paragraphs of a chapter without articles stand as article `V`."""
    with (shared / "gold" / "attributes" / f"{ident}.attributes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        fact(
            f"{'art' if row['article'].isdigit() else 'chp'}_{row['article']}",
            row["attribute"],
            row["value"],
            row["unit"],
        )
        for row in rows
    }


def coded(shared: Path) -> dict[str, tuple[Treaty, set[Fact]]]:
    """The instruments with gold: the real ones and the specimens."""
    idents = sorted(path.name.split(".")[0] for path in (shared / "gold" / "attributes").glob("*.csv"))
    real = {ident: (treaty_of(source(shared, ident)), gold_facts(shared, ident)) for ident in idents}
    return real | {path.stem: (treaty_of(path), specimen_facts()[path.stem]) for path in SPECIMENS}


def f1(found: set[Fact], gold: set[Fact]) -> float:
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def read(treaty: Treaty, lexicon: AttributeLexicon = LEXICON) -> set[Fact]:
    return {fact(row.eid, row.attribute, row.value, row.unit) for row in read_attributes(treaty, lexicon)}


TUNED_ON = frozenset(
    [
        "arab-2010",
        "budapest-2001",
        "budapest-ap1-2003",
        "coe-extradition-1957",
        "coe-mla-1959",
        "convention-108-1981",
        "gdpr-2016",
        "lanzarote-2007",
        "malabo-2014",
        "opsc-2000",
        "uncac-2003",
        "untoc-2000",
    ]
)
"""The instruments that the patterns were corrected on."""


def agreement(every: dict[str, tuple[Treaty, set[Fact]]], idents: Iterable[str]) -> float:
    found = {(ident, one) for ident in idents for one in read(every[ident][0])}
    gold = {(ident, one) for ident in idents for one in every[ident][1]}
    return 2 * len(found & gold) / (len(found) + len(gold))


def test_real_instruments_are_read_as_the_coders_read_them(shared: Path) -> None:
    """On the instruments that the patterns were corrected on, and, a good deal worse, on all that were ever coded: the
    second floor is what was measured when these came (0.881), and no aim."""
    every = coded(shared)
    assert agreement(every, TUNED_ON) >= 0.95
    assert agreement(every, every.keys() - specimen_facts().keys()) >= 0.875


@pytest.mark.parametrize("path", SPECIMENS, ids=[path.stem for path in SPECIMENS])
def test_specimens_are_read_as_they_were_meant(path: Path) -> None:
    gold = {one for one in specimen_facts()[path.stem] if one[1] != "modality"}
    assert f1(read(treaty_of(path)), gold) >= 0.85


Key = tuple[str, str]
Words = tuple[str, str, str]


def declared_patterns() -> dict[Key, tuple[str, Words | None]]:
    """Attribute and pattern → example address, specimen (text, introductory words, heading)."""
    found: dict[Key, tuple[str, Words | None]] = {}
    for path in sorted((home() / "corpus" / "lexicon").glob("attributes*.yml")):
        for name, rule in read_yaml(AttributeFile, path, path.name).attributes.items():
            for id, one in rule.patterns.items():
                shown = one.specimen
                found[name, id] = one.example, (shown.text, shown.before, shown.heading) if shown else None
    return found


PATTERNS = declared_patterns()
SHOWN = {key: words for key, (_, words) in PATTERNS.items() if words}


@pytest.mark.parametrize(("key", "words"), SHOWN.items(), ids=["/".join(key) for key in SHOWN])
def test_a_pattern_fires_on_its_specimen(key: Key, words: Words) -> None:
    assert key in {(pattern.attribute, pattern.id) for pattern, _ in explained(statement(*words), LEXICON)}


def test_every_pattern_fires_and_none_only_on_wrong_places(shared: Path) -> None:
    right, wrong, fired = Counter[Key](), Counter[Key](), defaultdict[Key, set[str]](set)
    for ident, (treaty, facts) in coded(shared).items():
        for one in statements(treaty):
            for pattern, row in explained(one, LEXICON):
                key = (pattern.attribute, pattern.id)
                fired[key].add(f"{ident} {row.eid}")
                (right if fact(row.eid, row.attribute, row.value, row.unit) in facts else wrong)[key] += 1
    uncoded = {path.stem for path in (shared / "corpus" / "mirror").iterdir()} - coded(shared).keys()
    astray = {
        key: example
        for key, (example, words) in PATTERNS.items()
        if not words and example.split()[0] not in uncoded and example not in fired[key]
    }
    assert not astray, "no longer fires at its example"
    assert not [key for key in wrong if not right[key] and key not in SHOWN], "fires on wrong places only"


def test_no_pattern_names_an_instrument() -> None:
    names = {word for one in load_specimens() for word in one.instrument.title.lower().split() if word.istitle()}
    names |= {"budapest", "lanzarote", "malabo", "palermo", "vienna", "arab", "gdpr", "europol"}
    sources = " ".join(one.find.pattern for one in LEXICON)
    assert not [name for name in names if name in sources]
