"""Language versions: clauses of our own invention in English and French, and where the two are told to differ."""

from dataclasses import replace

import pytest

from support.invented import treaty
from treatynlp.coding.labels import Coding, Label
from treatynlp.comparison.language_versions import Kind, shared_addresses, version_differences
from treatynlp.pipeline.steps.linking import link
from treatynlp.structure import Treaty
from treatynlp.text import Span


def version(language: str, said: dict[str, str]) -> Treaty:
    return link(replace(treaty("lamps", said), language=language), ())[0]


def both(english: str, french: str) -> tuple[Treaty, Treaty]:
    one = {"art_1": "Lamps.", "art_2": "Oil.", "art_2__para_1": "1. Free.", "art_2__para_2": f"2. {english}"}
    other = {"art_1": "Phares.", "art_2": "Huile.", "art_2__para_1": "1. Gratuit.", "art_2__para_2": f"2. {french}"}
    return version("en", one), version("fr", other)


CLAUSES: list[tuple[str, str, list[tuple[Kind, tuple[str, ...], tuple[str, ...]]], str]] = [
    ("It is lit within thirty days.", "Il est allumé dans un délai de trente jours.", [], "the same period"),
    ("Lit within thirty (30) days.", "Il est allumé dans les vingt jours.", [("period", ("30 day",), ("20 day",))],
     "another period"),
    ("It is lit for six weeks.", "Il est allumé pendant six semaines.", [], "weeks are counted in days"),
    ("It has twenty-two lamps.", "Il a vingt-deux phares.", [], "numbers in words"),
    ("On the twentieth day it has eighty.", "Le vingtième jour il en a quatre-vingts.", [], "tens with endings"),
    ("It has 12 lamps.", "Il a des phares.", [("number", ("12",), ())], "a number that one has not"),
    ("One keeper is paid by third ports.", "Un gardien est payé par des ports tiers.", [], "no count in either"),
    ("As in Article 1.", "Comme prévu à l'article premier.", [], "the same provision"),
    ("As in paragraph 1.", "Comme prévu à l'article 1er.", [("reference", ("art_2__para_1",), ("art_1",))],
     "another provision"),
    ("“Lamp” means a light.", "Le terme «phare» désigne une lumière.", [], "a term in each"),
    ("“Lamp” means a light.", "Un phare est une lumière.", [("term", ("a defined term",), ())], "a term in one"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "french", "wanted", "why"), CLAUSES, ids=[row[3] for row in CLAUSES])
def test_where_two_versions_differ(
    english: str, french: str, wanted: list[tuple[Kind, tuple[str, ...], tuple[str, ...]]], why: str
) -> None:
    found = version_differences(*both(english, french))
    assert [(one.eid, one.kind, one.left, one.right) for one in found] == [("art_2__para_2", *one) for one in wanted], (
        why
    )


def test_a_provision_that_one_version_has_not() -> None:
    left, right = both("It is lit.", "Il est allumé.")
    shorter = replace(right, provisions=right.provisions[:1])
    assert [(one.eid, one.kind, one.right) for one in version_differences(left, shorter)] == [
        (eid, "provision", ()) for eid in ("art_2", "art_2__para_1", "art_2__para_2")
    ]


def test_labels_come_over_by_address() -> None:
    left, right = both("It is lit.", "Il est allumé.")
    coding = Coding("lamps", (Label("art_2__para_2", "definitions", 1.0, "rule", Span(0, 1)),))
    assert [(one.eid, one.topics) for one in shared_addresses(left, right, coding)] == [
        ("art_1", ()), ("art_2", ()), ("art_2__para_1", ()), ("art_2__para_2", ("definitions",)),
    ]  # fmt: skip
