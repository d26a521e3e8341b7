"""Elements: what the patterns say they find they find, options are told from demands, and topics decide what counts."""

from pathlib import Path
from runpy import run_path

import pytest
import yaml

from support.hostile import document
from treatynlp.coding.attributes import explained
from treatynlp.coding.elements import load_element_reader
from treatynlp.coding.labels import Label
from treatynlp.coding.sentences import statement
from treatynlp.corpus import home
from treatynlp.structure import Treaty, split

FILES = sorted((home() / "corpus" / "lexicon").glob("elements_*.yml"))
SHOWN = [
    (element, name, pattern)
    for file in FILES
    for element, declared in yaml.safe_load(file.read_text(encoding="utf-8"))["elements"].items()
    for name, pattern in declared["patterns"].items()
]


@pytest.mark.parametrize(("element", "name", "pattern"), SHOWN, ids=[f"{e}.{n}" for e, n, _ in SHOWN])
def test_every_pattern_finds_what_it_shows(element: str, name: str, pattern: dict[str, dict[str, str]]) -> None:
    words = statement(**pattern["specimen"])
    found = {(row.attribute, one.id) for one, row in explained(words, load_element_reader().lexicon)}
    assert (element, name) in found


def test_every_value_of_the_codebook_has_a_pattern_and_no_other() -> None:
    book = load_element_reader().book
    asked = {(name, value) for name, rule in book.elements.items() for value in rule.value}
    assert {(one.attribute, one.value) for one in load_element_reader().lexicon} == asked


@pytest.mark.parametrize(
    ("words", "before", "expected", "why"),
    [
        ("Causing a loss of property.", "", {("harm", "property_loss", "required")}, "the provision demands it"),
        ("A Party may require that it lead to serious harm.", "", {("harm", "serious", "optional")}, "a Party may"),
        ("require that it lead to serious harm;", "A Party may either:", {("harm", "serious", "optional")},
         "the option stands in the introductory words"),
        ("A State may decide that it must lead to serious harm.", "", {("harm", "serious", "optional")}, "a State may"),
        ("With intent to procure for himself or another an advantage.", "", {("specific_intent", "gain", "required")},
         "any advantage is a gain"),
        ("The penalty shall be increased if it causes harm.", "", set(), "an aggravation is no element"),
        ("Listening to a non-public message.", "", {("object_limit", "non_public", "required")},
         "not `public`, which is a scale"),
        ("Selling tools designed for the purpose of committing an offence.", "", set(), "the tool's purpose, not his"),
        ("Entering data obtained fraudulently.", "", set(), "how the data came, not how it was entered"),
        ("The prevention of illicit traffic in seals.", "", set(), "the name of a trade, not of a conduct"),
    ],
)  # fmt: skip
def test_terms_of_offences(words: str, before: str, expected: set[tuple[str, str, str]], why: str) -> None:
    found = load_element_reader().read_statement(statement(words, before=before))
    assert {(row.element, row.value, row.case) for row in found} == expected, why


@pytest.mark.parametrize(
    ("words", "expected", "why"),
    [
        ("A Party may refuse to extradite its nationals.", {"nationality"}, "a ground"),
        ("A Party shall not refuse a request on the sole ground that it concerns fiscal matters.",
         {"fiscal_not_a_ground"}, "the contrary of a ground"),
        ("The offence shall not be regarded as a political offence.", set(), "the contrary of a ground"),
        ("Each Party shall take care of its nationals.", set(), "nobody refuses"),
    ],
)  # fmt: skip
def test_grounds_of_refusal(words: str, expected: set[str], why: str) -> None:
    found = load_element_reader().read_statement(statement(words))
    assert {row.value for row in found if row.element == "refusal_ground"} == expected, why


TREATY = """Article 1
Definitions
Message means words sent without right through a computer system.
Article 2
Ledgers
1. Each Party shall make it an offence to open a ledger without right.
2. A Party may require that the opening cause serious harm.
Article 3
Depositary
A message sent without right through a computer system is void.
"""


def treaty() -> Treaty:
    return split(document(*TREATY.splitlines()), "mu-2092")


def test_elements_stand_where_the_topic_does() -> None:
    """Article 1 is about words and Article 3 about messages: neither is an offence. Paragraph 2 of Article 2 has no
    topic of its own, and speaks of the offence beside it."""
    labels = [Label("art_2__para_1", "illegal_access", 1.0, "gold"), Label("art_1", "definitions", 1.0, "gold")]
    found = load_element_reader().read(treaty(), labels)
    assert [(row.eid, row.element, row.case) for row in found] == [
        ("art_2__para_1", "unlawfulness", ""), ("art_2__para_2", "harm", "optional"),
    ]  # fmt: skip
    assert [treaty().words(row.evidence) for row in found] == ["without right", "serious harm"]


def test_elements_on_gold_do_not_get_worse(shared: Path) -> None:
    """The figures of docs/methods.md: F1 on the rows people coded."""
    made = run_path(str(home() / "benchmarks" / "elements.py"))
    rows = made["measured"](shared / "corpus" / "mirror")
    assert float(rows["all"][2]) >= 0.97
    assert float(rows["eu-attacks-2013"][2]) >= 0.95
    assert float(rows["all"][5]) >= 0.9  # each left out: only patterns that are right in another instrument too


def test_dashes_of_a_list_are_read() -> None:
    """What a list under dashes says is said: a choice of Lanzarote 20(3) stands there."""
    lines = [
        "Article 1",
        "Ledgers",
        "1. Each Party shall make it an offence to keep a false ledger.",
        "2. Each Party may reserve the right not to apply paragraph 1 to ledgers:",
        "– that are kept for their own private use;",
        "– that nobody reads.",
    ]
    found = load_element_reader().read(
        split(document(*lines), "mu-2093"), [Label("art_1", "other_offence", 1.0, "gold")]
    )
    assert [(row.eid, row.value) for row in found] == [("art_1__para_2__indent_1", "personal_use")]
