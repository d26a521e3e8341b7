"""How far duties reach: up from points to their article, down from introductory words, across to other articles."""

from dataclasses import replace

import pytest

from support.invented import coding, record
from treatynlp.coding.labels import Modality
from treatynlp.comparison.records import places
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.strength import strengths
from treatynlp.corpus import home
from treatynlp.structure.tree import Reference
from treatynlp.text import Span

RULES = load_rules(home() / "corpus")


def said(words: dict[str, str], own: dict[str, str], *references: Reference) -> dict[str, str]:
    rows = tuple(Modality(eid, value, (), Span(0, 1)) for eid, value in own.items())
    one = record("alpha", words, replace(coding("alpha", {}), modalities=rows))
    one = replace(one, treaty=replace(one.treaty, references=references))
    return strengths(one, places(one.treaty), RULES)


@pytest.mark.parametrize(
    ("own", "article", "why"),
    [
        ({"art_1__para_1": "declaration", "art_1__para_2": "obligation"}, "obligation", "its strongest paragraph"),
        ({"art_1": "declaration", "art_1__para_2": "obligation"}, "obligation", "not its first sentence"),
        ({"art_1": "permission", "art_1__para_2": "recommendation"}, "recommendation", "asked outranks allowed"),
        ({}, "", "nothing was said"),
    ],
)
def test_an_article_binds_as_its_strongest_words_do(own: dict[str, str], article: str, why: str) -> None:
    words = {"art_1": "Article 1", "art_1__para_1": "1. Lamps burn.", "art_1__para_2": "2. A keeper trims lamps."}
    assert said(words, own)["art_1"] == article, why


def test_a_provision_without_words_of_its_own_binds_as_the_one_around_it() -> None:
    found = said({"art_1": "Article 1 Keepers", "art_1__para_1": "1. lamps"}, {"art_1": "permission"})
    assert found["art_1__para_1"] == "permission"


CHAPTER = {
    "chp_I": "Chapter I", "chp_I__art_1": "Article 1 {}",
    "chp_I__art_2": "Article 2 Dousing: the putting out of a lamp.",
    "chp_II": "Chapter II", "chp_II__art_3": "Article 3 Wreckers are people who wreck.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "dousing", "why"),
    [
        ("Keepers shall criminalise the acts set forth in this chapter.", "obligation", "the chapter's opening duty"),
        ("Keepers shall assist in respect of offences set out in this chapter that are punishable.", "declaration",
         "a duty to assist makes nothing an offence"),
        ("Keepers shall oil the hinges in this chapter house.", "declaration", "no duty to criminalise"),
    ],
)  # fmt: skip
def test_a_chapters_opening_duty_reaches_what_the_chapter_describes(duty: str, dousing: str, why: str) -> None:
    words = CHAPTER | {"chp_I__art_1": CHAPTER["chp_I__art_1"].format(duty)}
    own = {"chp_I__art_1": "obligation", "chp_I__art_2": "declaration", "chp_II__art_3": "declaration"}
    found = said(words, own)
    assert (found["chp_I__art_2"], found["chp_II__art_3"]) == (dousing, "declaration"), why


def test_a_duty_reaches_the_articles_it_names() -> None:
    words = {"art_1": "Article 1 Whoever douses a lamp commits an offence.",
             "art_2": "Article 2 Keepers shall make the acts of article 1 punishable."}  # fmt: skip
    own = {"art_1": "declaration", "art_2": "obligation"}
    assert said(words, own, Reference("art_2", Span(70, 79), "", "art_1"))["art_1"] == "obligation"
