"""Definitions: what a convention of our own invention defines, in the habits of several drafting schools."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.invented import treaty
from treatynlp.reading import read
from treatynlp.structure import Treaty, split
from treatynlp.structure.definitions import definitions

HEADINGS = {"art_1": "Use of terms"}


def made(said: dict[str, str]) -> Treaty:
    return treaty("lamps", said, HEADINGS)


def defined(said: dict[str, str]) -> list[tuple[str, str, str, str]]:
    whole = made(said)
    for one in definitions(whole):
        assert whole.words(one.term_span) == one.term
    return [(one.eid, one.term, whole.words(one.meaning), one.scope) for one in definitions(whole)]


LISTS = [
    (
        "quotes and a letter",
        {"art_1": "For the purposes of this Convention:", "art_1__point_a": "(a) “Lamp” means a light on a pier;"},
        [("art_1__point_a", "Lamp", "a light on a pier", "")],
    ),
    (
        "the purpose in front, without quotes",
        {"art_1": "", "art_1__para_1": "1. For the purposes of this Convention, lamp means a light on a pier."},
        [("art_1__para_1", "lamp", "a light on a pier", "")],
    ),
    (
        "a term that begins with the letters of a word that leads up to one",
        {"art_1": "", "art_1__alinea_1": "Indirect light means any glow, gleam or shine on a pier."},
        [("art_1__alinea_1", "Indirect light", "any glow, gleam or shine on a pier", "")],
    ),
    (
        "no term, no definition",
        {"art_1": "", "art_1__para_1": "1. This means that lamps are lit, and by all means by keepers."},
        [],
    ),
    (
        "single quotes and shall mean",
        {"art_1": "In this Treaty:", "art_1__point_a": "a. 'Lamp' shall mean a light on a pier;"},
        [("art_1__point_a", "Lamp", "a light on a pier", "")],
    ),
    (
        "the term",
        {"art_1": "", "art_1__para_1": '1. The term "lamp" shall include a candle.'},
        [("art_1__para_1", "lamp", "a candle", "")],
    ),
    (
        "two terms of one meaning",
        {"art_1": "", "art_1__point_f": "(f) “Dimming” or “shading” shall mean making less bright;"},
        [
            ("art_1__point_f", "Dimming", "making less bright", ""),
            ("art_1__point_f", "shading", "making less bright", ""),
        ],
    ),
    (
        "a number, the term and a colon",
        {"art_1": "Terms:", "art_1__para_1": "1- Lamp: any light.", "art_1__para_2": "2- Pier: any wall in the sea."},
        [("art_1__para_1", "Lamp", "any light", ""), ("art_1__para_2", "Pier", "any wall in the sea", "")],
    ),
    (
        "the bare term (bold in print) in a paragraph of its own",
        {
            "art_1": "",
            "art_1__alinea_1": "Harbour lamp (lamp) means any light.",
            "art_1__alinea_2": "Pier: means a wall.",
        },
        [("art_1__alinea_1", "Harbour lamp (lamp)", "any light", ""), ("art_1__alinea_2", "Pier", "a wall", "")],
    ),
    (
        "the meaning is a list",
        {
            "art_1": "",
            "art_1__point_a": "(a) “Keeper” means:",
            "art_1__point_a__point_i": "(i) a man; or",
            "art_1__point_a__point_ii": "(ii) a woman;",
        },
        [("art_1__point_a", "Keeper", "(i) a man; or\n(ii) a woman", "")],
    ),
    (
        "sentences behind the first belong to the meaning in a list of terms",
        {"art_1": "", "art_1__point_a": "(a) “Lamp” means a light. A mirror is none."},
        [("art_1__point_a", "Lamp", "a light. A mirror is none", "")],
    ),
    (
        "one explained by the way",
        {"art_1": "", "art_1__para_3": "(3) ‘consent’ of the keeper means a yes in writing;"},
        [("art_1__para_3", "consent", "a yes in writing", "")],
    ),
]


@pytest.mark.parametrize(("reason", "said", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_articles_of_definitions(reason: str, said: dict[str, str], expected: list[tuple[str, str, str, str]]) -> None:
    assert defined(said) == expected, reason


INSIDE = [
    (
        "for a paragraph",
        "2. For the purpose of paragraph 1, the term “child” shall include all persons under 18. They need no lamp.",
        ("child", "all persons under 18", "art_2__para_1"),
    ),
    (
        "for the article",
        "2. For the purposes of this article, “night” means the time of lamps. Days are short.",
        ("night", "the time of lamps", "art_2"),
    ),
    (
        "for all of it",
        "2. For the purposes of this Convention “night” means the time of lamps.",
        ("night", "the time of lamps", ""),
    ),
    (
        "a short name for a body",
        "2. Each year the Fund for the Relief of Keepers (hereinafter referred to as “the Fund”) shall pay.",
        ("the Fund", "the Fund for the Relief of Keepers", ""),
    ),
    (
        "a short name in brackets",
        "2. Each year the Fund for the Relief of Keepers (the “Fund”) shall pay.",
        ("Fund", "the Fund for the Relief of Keepers", ""),
    ),
    (
        "a list that is called so",
        "2. The list of all lamps, called “the List”, is kept.",
        ("the List", "The list of all lamps", ""),
    ),
    ("to be read as", "2. “Lamp” is to be read as any light on a pier.", ("Lamp", "any light on a pier", "")),
    ("doubled marks", "2. ““Lamp”” means any light on a pier.", ("Lamp", "any light on a pier", "")),
    (
        "a short name for another instrument",
        '2. This adds to the Convention on Piers, made at Port Nowhere (hereinafter "the Convention"), as to oil.',
        ("the Convention", "the Convention on Piers, made at Port Nowhere", ""),
    ),
]


@pytest.mark.parametrize(("reason", "words", "expected"), INSIDE, ids=[row[0] for row in INSIDE])
def test_terms_defined_in_passing(reason: str, words: str, expected: tuple[str, str, str]) -> None:
    found = defined({"art_2": "Lamps", "art_2__para_1": "1. Lamps are lit.", "art_2__para_2": words})
    assert [(eid, *rest) for eid, *rest in found] == [("art_2__para_2", *expected)], reason


NONE = [
    ("means of something", "2. Lamps are lit by means of oil or by any other means."),
    ("a quotation that defines nothing", "2. The words “keep out” shall be painted on the pier."),
    ("a colon outside the definitions", "2. Keepers: they are paid."),
    ("replacing a word", "2. The word “lamp” shall be replaced by “light”."),
]


@pytest.mark.parametrize(("reason", "words"), NONE, ids=[row[0] for row in NONE])
def test_words_that_define_nothing(reason: str, words: str) -> None:
    assert defined({"art_2": "Lamps", "art_2__para_1": "1. Lamps are lit.", "art_2__para_2": words}) == [], reason


def test_terms_of_an_annexed_protocol_hold_in_the_annex() -> None:
    said = {"annex_I": "Protocol", "annex_I__art_3": "For the purposes of this Protocol:"}
    said["annex_I__art_3__point_a"] = "(a) “Smoke” shall mean what a lamp gives off;"
    assert [one[1:] for one in defined(said)] == [("Smoke", "what a lamp gives off", "annex_I")]


@settings(deadline=None)
@given(st.lists(st.sampled_from([
    "“Lamp”", "‘", "’", "means", "shall mean", "a light", "(hereinafter “the Fund”)", ".", ":", ";",
    "for the purpose of", "paragraph 1", "this article", "or", "“", "”", "1- Pier:",
]), max_size=20))  # fmt: skip
def test_laws_of_definitions(words: list[str]) -> None:
    whole = made({"art_1": "Terms", "art_1__para_1": " ".join(["x", *words]), "art_1__para_2": "2. Keepers are paid."})
    found = definitions(whole)
    assert found == definitions(whole)
    eids = {one.eid for one in whole.walk()}
    for one in found:
        assert whole.words(one.term_span) == one.term != ""
        assert one.eid in eids
        assert one.scope in eids | {""}
        assert one.meaning.length > 0
        assert one.meaning.end <= len(whole.text)


REAL = [("malabo-2014", 40), ("arab-2010", 9), ("gdpr-2016", 26), ("budapest-2001", 7), ("vienna-1988", 20)]


@pytest.mark.parametrize(("name", "least"), REAL)
def test_real_instruments_in_four_habits(shared: Path, name: str, least: int) -> None:
    """Bare terms, colons, single quotes, double quotes: as many as their lists have, and hardly one elsewhere."""
    whole = split(read((shared / "corpus" / "mirror" / f"{name}.pdf").read_bytes(), name), name)
    found = definitions(whole)
    assert least <= len(found) <= least + 4
    assert all(whole.words(one.term_span) == one.term for one in found)
