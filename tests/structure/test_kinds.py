"""Kinds of instruments and of numbers: what each is split into. The clauses are invented."""

import pytest

from support.typed_text import typed
from treatynlp.structure import split
from treatynlp.structure.numerals import Numeral, readings
from treatynlp.structure.references import references

NUMBERS = [
    ("as one writes it", "7", ("digit", 7, 0)),
    ("the ordinal's sign belongs to the number", "1.º", ("digit", 1, 0)),
    ("as French prints the first", "1er", ("digit", 1, 0)),
    ("a footnote's mark is no figure of it", "5¹", ("digit", 5, 0)),
    ("nor is an asterisk", "5*", ("digit", 5, 0)),
    ("Latin, with a hyphen", "2-ter", ("digit", 2, 200)),
    ("Latin, in brackets", "2 (quinquies)", ("digit", 2, 400)),
    ("Latin, to the ninth", "2 novies", ("digit", 2, 800)),
    ("a letter", "2A", ("digit", 2, 100)),
    ("two letters stand between a and b", "3aa", ("digit", 3, 101)),
    ("the title's number in front", "II-4", ("dotted II", 4, 0)),
    ("the chapter's number in front", "12.3", ("dotted 12", 3, 0)),
    ("in words, above twenty", "forty-two", ("word", 42, 0)),
    ("ordinals in words", "nineteenth", ("word", 19, 0)),
    ("four strokes", "IIII", ("ROMAN", 4, 0)),
    ("Latin behind a Roman number", "III bis", ("ROMAN", 3, 100)),
    ("a letter behind a hyphen", "3-A", ("digit", 3, 100)),
    ("a letter behind a stop", "3.A", ("digit", 3, 100)),
    ("a number behind a stroke", "3/2", ("digit", 3, 200)),
    ("another wording of a draft", "3.alt1", ("digit", 3, 51)),
    ("a code's letter is no figure", "L. 111-2", ("dotted 111", 2, 0)),
    ("Arabic figures", "٤", ("digit", 4, 0)),
]


@pytest.mark.parametrize(("reason", "printed", "read"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers_as_they_are_printed(reason: str, printed: str, read: tuple[str, int, int]) -> None:
    assert Numeral(*read) in readings(printed, "en"), (reason, readings(printed, "en"))


def numbered(*headings: str) -> str:
    every = (f"*{one}*\n\nThe Parties shall keep lamps lit at all times of the year.\n" for one in headings)
    return "*CONVENTION ON LAMPS*\n\nThe Parties to this Convention have agreed as follows:\n\n" + "\n".join(every)


RULES = "^*REGULATIONS UNDER THE CONVENTION*\n\n" + "\n".join(
    f"^*Rule {n}*\n^*Lamps*\n\nThe master of the harbour may except a lamp.\n" for n in (1, 2, 3)
)
KINDS = [
    ("bis to novies", numbered("Article 1", "Article 1 bis", "Article 1 novies"), ["1", "1bis", "1novies"]),
    ("inserted letters", numbered("Article 2", "Article 2A", "Article 2B", "Article 3"), ["2", "2A", "2B", "3"]),
    ("numbers of a trade agreement", numbered("Article 1.1", "Article 1.2", "Article 2.1"), ["1-1", "1-2", "2-1"]),
    ("a constitution's numbers", numbered("Article I-1", "Article I-2", "Article II-3"), ["I-1", "I-2", "II-3"]),
    ("a premier among figures", numbered("Article premier", "Article 2", "Article 3"), ["1", "2", "3"]),
    ("the section sign", numbered("§ 1", "§ 2", "§ 3"), ["1", "2", "3"]),
    ("abbreviated number", numbered("Article No. 1", "Article No. 2", "Article Nº 3"), ["1", "2", "3"]),
    ("a draft's brackets", numbered("[Article 1", "Article [2]. Oil", "Article 3. Wicks"), ["1", "2", "3"]),
    ("a memorandum's titles", numbered("1. Lamps", "2. Oil", "3. Wicks"), ["1", "2", "3"]),
    ("an act's titles", numbered("1 Lamps", "2 Oil", "3 Wicks"), ["1", "2", "3"]),
    ("only the number is left", numbered("Article 1", "Article 2 (deleted)", "Article 3"), ["1", "2", "3"]),
    ("only several numbers are", numbered("Article 1", "Articles 2 to 4 [reserved]", "Article 5"), ["1", "2to4", "5"]),
    ("a letter behind a blank", numbered("Article 2", "Article 2 A", "Article 2 B"), ["2", "2A", "2B"]),
    ("places in a row before the word", numbered("First Article", "Second Article"), ["First", "Second"]),
    ("the number below its word", numbered("ARTICLE*\n*I", "ARTICLE*\n*II", "ARTICLE*\n*III"), ["I", "II", "III"]),
    ("the number and its title below", numbered("Article*\n*1. Oil", "Article*\n*2. Wicks"), ["1", "2"]),
    ("figures with a place's ending", numbered("Article 1st", "Article 2nd", "Article 3rd"), ["1", "2", "3"]),
    ("Roman numbers as one sign", numbered("Article \u2160", "Article \u2161", "Article \u2163"), ["I", "II", "IV"]),
    ("the number in brackets", numbered("Article (1)", "Article (2)", "Article (3)"), ["1", "2", "3"]),
    ("a hyphen before the number", numbered("Article-1", "Article-2", "Article-3"), ["1", "2", "3"]),
    ("no blank before a Roman number", numbered("ARTICLEI", "ARTICLEII", "ARTICLEIII"), ["I", "II", "III"]),
    ("the title in brackets", numbered("Article 1 (Lamps)", "Article 2 (Oil)", "Article 3 (Wicks)"), ["1", "2", "3"]),
    ("a draft says so", numbered("Draft article 1", "Draft article 2", "Draft article 3"), ["1", "2", "3"]),
    ("a nought read as a letter", numbered("Article 9", "Article 1O", "Article l1"), ["9", "10", "11"]),
    ("a memorandum's Roman titles", numbered("I. LAMPS", "II. OIL", "III. WICKS"), ["I", "II", "III"]),
    (
        "Roman titles above an act's titles",
        numbered("I. LAMPS", "1. Lamps", "2. Oil", "II. WICKS", "3. Wicks"),
        ["1", "2", "3"],
    ),
    ("two letters of another script", numbered("Article 1", "\u0410rticl\u0435 2", "Article 3"), ["1", "2", "3"]),
    ("a scan's figures", numbered("Article 9", "Article lO", "Article ll"), ["9", "10", "11"]),
    ("a scan's Roman numbers", numbered("ARTICLE I", "ARTICLE Il", "ARTICLE lll"), ["I", "II", "III"]),
    ("a scan's letters", numbered("Article 1", "Artide 2", "Articlc 3"), ["1", "2", "3"]),
    ("a word torn apart", numbered("Article 1", "Art i cle 2", "Article 3"), ["1", "2", "3"]),
    ("a letter of another script", numbered("Article 1", "\u0410rticle 2", "Article 3"), ["1", "2", "3"]),
    ("a hyphen and blanks before the Latin", numbered("Article 3", "Article 3 - bis", "Article 4"), ["3", "3bis", "4"]),
    ("articles of a code", numbered("Article L. 111-1", "Article L. 111-2", "Article L. 121-1"),
     ["L111-1", "L111-2", "L121-1"]),
    ("what they were, behind the number", numbered("Article 1 (ex Article 3)", "Article 2 (as amended)"), ["1", "2"]),
    ("a footnote's mark in brackets", numbered("Article 1", "Article 2(1)", "Article 3 (2)"), ["1", "2", "3"]),
    ("the mark of an amendment in front", numbered("Article 1", "[F2Article 1A", "Article 2"), ["1", "1A", "2"]),
    ("who proposed it in front", numbered("[EU: Article 1. Lamps", "[US/JP: Article 2. Oil", "Article 3. Wicks"),
     ["1", "2", "3"]),
    ("a unit by the name of paragraph", numbered("Paragraph 1", "Paragraph 2", "Paragraph 3"), ["1", "2", "3"]),
    ("a letter behind a stop", numbered("Article 3", "Article 3.A", "Article 4"), ["3", "3-A", "4"]),
    ("specks beside the number", numbered("Article 1", "Article, 2", "Article 3,"), ["1", "2", "3"]),
    ("the unit's word torn in two", numbered("ARTICLE I", "ARTICL E II", "ARTICLE III"), ["I", "II", "III"]),
    ("a figure torn in two", numbered("Article 11", "Article 1 2", "Article 13"), ["11", "12", "13"]),
    ("two letters read as one", numbered("Article 1", "Anicle 2", "Article 3"), ["1", "2", "3"]),
    ("another letter at its beginning", numbered("Article 1", "Article 2", "Atticle 3"), ["1", "2", "3"]),
    ("a stroke read as a one", numbered("ARTICLE IV", "ARTICLE V", "ARTICLE V1", "ARTICLE VII"),
     ["IV", "V", "VI", "VII"]),
    ("an article lost before its inserted one", numbered("Article 1", "Article 2a", "Article 3"), ["1", "2a", "3"]),
    ("no blank before the title", numbered("Article 1Lamps", "Article 2Oil", "Article 3Wicks"), ["1", "2", "3"]),
    ("numbers alone on their lines", numbered("1", "2", "3"), ["1", "2", "3"]),
    (
        "paragraphs begin on the line of the number",
        "*CONVENTION ON LAMPS*\n\nThe Parties have agreed as follows:\n\nArticle 1. Lamps burn at night.\n\n"
        "Article 2. 1. Oil is kept dry.\n\n2. Wicks are cut.\n\nArticle 3. Keepers wear gloves.\n",
        ["1", "2", "3"],
    ),
    (
        "titles that run into the text",
        "*LAMPS ACT*\n\n1. Short title.—(1) This Act is the Lamps Act.\n\n(2) It binds every harbour.\n\n"
        "2. Oil.—The keepers keep it dry.\n\n3. Wicks.—(1) They are cut.\n",
        ["1", "2", "3"],
    ),
    (
        "titles above paragraphs that are counted through",
        "*LAMPS REGULATIONS*\n\n*Citation*\n1. These are the Lamps Regulations.\n\n*Oil*\n2.—(1) It is kept dry.\n\n"
        "*Wicks*\n3. Wicks are cut.\n",
        ["1", "2", "3"],
    ),
    (
        "plain titles whose paragraphs count on",
        "*MEMORANDUM*\n\n1. Lamps\n\n1.1 Lamps burn.\n\n2. Oil\n\n2.1 Oil is dry.\n\n3. Wicks\n\n3.1 Wicks are cut.\n",
        ["1", "2", "3"],
    ),
    (
        "an act's titles above their numbers",
        "*LAMPS ACT*\n\n*Lamps*\n1(1) Each keeper shall light them.\n\n*Oil*\n2(1) Oil is kept dry.\n\n"
        "*Wicks*\n3(1) Wicks are cut.\n(2) They are cut daily.\n",
        ["1", "2", "3"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "labels"), KINDS, ids=[row[0] for row in KINDS])
def test_every_article_is_found(reason: str, text: str, labels: list[str]) -> None:
    found = [one.eid.removeprefix("art_") for one in split(typed(text), "lamps").articles]
    assert found == labels, reason


def test_numbers_that_begin_anew_in_each_part_carry_the_part() -> None:
    parts = "".join(
        f"^*PART {part}*\n\n" + "".join(f"*Article {n}*\n\nLamps burn as Article 2 says.\n\n" for n in (1, 2))
        for part in ("I", "II", "III")
    )
    made = split(typed(f"*CONVENTION ON LAMPS*\n\nThe Parties have agreed as follows:\n\n{parts}"), "lamps")
    assert [one.eid for one in made.articles] == [
        f"part_{part}__art_{n}" for part in ("I", "II", "III") for n in (1, 2)
    ]
    targets = {(one.eid.partition("__")[0], one.target) for one in references(made)}
    assert targets == {(part, f"{part}__art_2") for part in ("part_I", "part_II", "part_III")}
    assert [one.code for one in made.issues] == []


SCHEDULES = ["annex_FIRST", "annex_SECOND"]
LONG = "Oil for the lamps of the harbours is kept in dry sheds by the keepers of each Party."
BEHIND = [
    ("Rules behind the articles", RULES, ["annex"]),
    ("annexes in plain type", f"Annex A\n\n{LONG}\n\nAnnex B\n\n{LONG}\n", ["annex_A", "annex_B"]),
    ("it says to what it belongs", f"*Annex to Article 2*\n\n{LONG}\n", ["annex"]),
    ("what was signed with it", f"^*PROTOCOL OF SIGNATURE*\n\n*Ad Article 2*\n\n{LONG}\n", ["annex"]),
    ("what the delegations understood", f"^*AGREED MINUTES*\n\n1. {LONG}\n", ["annex"]),
    ("schedules counted in words", "^*FIRST SCHEDULE*\n\nOil.\n\n^*SECOND SCHEDULE*\n\nWicks.\n", SCHEDULES),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "eids"), BEHIND, ids=[row[0] for row in BEHIND])
def test_what_stands_behind_is_an_annex(reason: str, text: str, eids: list[str]) -> None:
    made = split(typed(numbered("Article 1", "Article 2", "Article 3") + f"\n---\n{text}"), "lamps")
    assert [one.eid for one in made.provisions if one.kind == "annex"] == eids, reason
    assert len(made.articles) == 3


def test_an_articles_only_paragraph_may_carry_its_number() -> None:
    found = split(typed(numbered("Article 3") + "\n*Article 4*\n\n4.1 Oil is kept dry.\n"), "typed").articles[-1]
    assert [one.label for one in found.children] == ["4.1"]
