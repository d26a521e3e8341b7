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
    ("A fine of 10,000,000 or 2.5 %.", "Une amende de 10 000 000 ou de 2,5 %.", [], "each prints figures in its way"),
    ("Since 5 May 2391.", "Depuis le 6 mai 2391.", [("date", ("2391-05-05",), ("2391-05-06",))], "another day"),
    ("Both inform it.", "Ils l'informent tous deux.", [], "'tous deux' is no count"),
    ("As in Article 1.", "Comme prévu à l'article premier.", [], "the same provision"),
    ("As in paragraph 1.", "Comme prévu à l'article 1er.", [("reference", ("art_2__para_1",), ("art_1",))],
     "another provision"),
    ("As in paragraph 1; as in Article 1; as in Article 1.",
     "Comme prévu au paragraphe 1; comme prévu à l'article 1er.", [], "one text names a provision twice"),
    ("As in paragraph 1; as in Article 1; as in Article 1.",
     "Comme prévu au paragraphe 1; comme prévu à l'article 1er; comme prévu au paragraphe 1.",
     [("reference", ("art_1",), ("art_2__para_1",))], "as often, and another twice"),
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
    assert not any(one.not_compared for one in found), why


NOT_COMPARED: list[tuple[str, str, Kind, str]] = [
    ("As in (b).", "Comme prévu au paragraphe 1.", "reference", "a letter alone may point to a provision"),
    ("As in Article 1 of Directive 1999/1/XY.", "Comme prévu à l'article 1er.", "reference",
     "one of them names the instrument, the other does not"),
    ("A light (‘lamp’) is lit.", "Une lumière (ci-après dénommée «phare») est allumée.", "term",
     "words in quotes may be a term"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "french", "kind", "why"), NOT_COMPARED, ids=[row[3] for row in NOT_COMPARED])
def test_what_is_not_surely_read_is_not_compared(english: str, french: str, kind: Kind, why: str) -> None:
    found = {one.kind: one.not_compared for one in version_differences(*both(english, french))}
    assert found.get(kind), why


def test_a_provision_in_the_words_of_another_is_not_compared_nor_what_stands_beside_it() -> None:
    said = {"art_1": "Lamps.", "art_1__para_1": "1. Lit:", "art_1__para_1__point_a": "(a) in fog, or"}
    left = version("en", said | {"art_1__para_1__point_b": "(b) for ten days."})
    right = version("fr", said | {"art_1__para_1__point_a": "a) par brouillard, oub) dix jours."})
    found = version_differences(left, right)
    assert {one.kind for one in found} == {"provision", "period"}
    assert all(one.not_compared for one in found)


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
