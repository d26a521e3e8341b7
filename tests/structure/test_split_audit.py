"""What a split says of itself: each sign of a lost provision, and texts that are whole and must stay silent."""

from dataclasses import replace
from pathlib import Path

import pytest

from support.typed_text import typed
from treatynlp.errors import incomplete
from treatynlp.reading import read
from treatynlp.structure import split
from treatynlp.text import Line

HEAD = "*CONVENTION ON LAMPS*\n\nThe Parties to this Convention have agreed as follows:\n\n"


def articles(*numbers: str) -> str:
    """A convention with articles of these numbers, each with a sentence of its own."""
    return HEAD + "\n".join(
        f"*Article {one}*\n\nThe Parties shall keep lamp {one} lit at all times.\n" for one in numbers
    )


ENGLISH = "The keeper of each lamp shall light it at dusk and put it out at dawn, and shall tell the others of it. " * 3
FRENCH = "Les gardiens de la lampe et des ports sont tenus par les règles qui sont dans la présente convention. " * 3
DUTCH = "De wachter van de lamp is in de haven en op het eiland, en hij wordt door de anderen niet uit het oog. " * 3

ACCOUNTS = "\n".join(
    f"Dues collected during {month} amounted to forty thousand crowns; dredging cost less than foreseen by treasurers."
    for month in ("January", "February", "April", "October", "November", "December")
)
LETTER = (
    "Dear colleague, thank you very much indeed for those photographs of your museum.\n"
    "Paintings arrived safely yesterday evening, although several frames were scratched.\n"
    "Please send invoices before Friday, since accountants leave town afterwards. Kindest regards, Margaret.\n"
)
GARBLED = ENGLISH.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "fghijklmnopqrstuvwxyzabcde"))

SIGNS = [
    ("a number is missing from the middle", articles("1", "2", "4", "5"), "articles-gap"),
    ("several are", articles("1", "2", "3", "9", "10", "11", "12"), "articles-gap"),
    ("two numbers change places", articles("1", "2", "4", "3", "5", "6"), "articles-gap"),
    ("the first is missing", articles("2", "3", "4"), "articles-first"),
    ("a number before an inserted one", articles("1", "2", "4a", "5"), "articles-gap"),
    ("an inserted number between two", articles("1", "2", "2a", "2c", "3"), "articles-gap"),
    ("a number that cannot be read", articles("1", "2") + "*Article 3V*\n\nLamps burn.\n", "heading-inside"),
    (
        "a unit's word ends a page and its number heads the next",
        articles("1", "2") + "\n*ARTICLE*\n---\n*3*\n\nLamps burn at night, and oil is kept dry.\n",
        "heading-inside",
    ),
    ("an article has swallowed a book", articles("1", "2", "3", "4") + f"{ENGLISH}\n" * 60, "article-too-long"),
    ("two languages in one article", articles("1", "2") + f"\n{ENGLISH}\n\n{FRENCH}\n", "languages-mixed"),
    ("the same with another neighbour", articles("1", "2") + f"\n{ENGLISH}\n\n{DUTCH}\n", "languages-mixed"),
    ("a page twice", articles("1", "2") + f"\n---\n{ENGLISH}\n---\n{ENGLISH}\n", "page-twice"),
    (
        "a paragraph is missing inside an article",
        articles("1", "2") + "\n1. Lamps burn.\n\n2. Oil is dry.\n\n4. Wicks are cut.\n",
        "paragraphs-gap",
    ),
    (
        "points are",
        articles("1", "2") + "\nKeepers shall have:\n\n  (a) oil;\n\n  (b) wicks;\n\n  (e) a bell.\n",
        "paragraphs-gap",
    ),
    (
        "pages in reverse order",
        HEAD + "\n---\n".join(articles(*pair).removeprefix(HEAD) for pair in (("5", "6"), ("3", "4"), ("1", "2"))),
        "pages-reversed",
    ),
    (
        "a page of another text between",
        articles("1", "2") + f"\n{ENGLISH}\n---\n{ACCOUNTS}\n---\n{ENGLISH}\n\n*Article 3*\n\n{ENGLISH}\n",
        "page-foreign",
    ),
    (
        "a letter of a few lines between",
        articles("1", "2") + f"\n{ENGLISH}\n---\n{LETTER}\n---\n{ENGLISH}\n\n*Article 3*\n\n{ENGLISH}\n",
        "page-foreign",
    ),
    ("letters that spell nothing", articles("1", "2") + f"*Article 3*\n\n{GARBLED}\n", "words-unknown"),
    (
        "a draft's brackets and options",
        HEAD + "".join(f"[Article {n}]\n\nOption 1: Lamps [shall] burn.\n\n" for n in (1, 2, 3)),
        "draft",
    ),
    (
        "titles of a unit nobody knows",
        HEAD + "".join(f"*Lamp rule {n}*\n\nThe Parties shall keep lamp {n} lit at night.\n\n" for n in (1, 2, 3)),
        "no-articles-found",
    ),
    (
        "titles in quotation marks",
        HEAD + "".join(f"*« Article {n} »*\n\nThe Parties shall keep them lit at night.\n\n" for n in (1, 2, 3)),
        "no-articles-found",
    ),
    (
        "titles that differ in their numbers alone",
        HEAD + "".join(f"*Lamps Act - Lamp {n}*\n\nThe Parties shall keep it lit at night.\n\n" for n in (1, 2, 3)),
        "no-articles-found",
    ),
    (
        "an article that begins with its second paragraph",
        articles("1", "2") + "*Article 3*\n\n2. Lamps burn.\n\n3. Keepers watch them.\n",
        "paragraphs-gap",
    ),
    (
        "articles that are pointed to and were not found",
        "*AGREEMENT ON LAMPS*\n\nAs Article 1 has it, and Article 2 and Article 3, lamps are lit by keepers.\n",
        "no-articles-found",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "code"), SIGNS, ids=[row[0] for row in SIGNS])
def test_a_sign_of_loss_is_told(reason: str, text: str, code: str) -> None:
    found = [issue.code for issue in split(typed(text), "lamps").issues]
    assert code in found, (reason, found)


def test_numbered_titles_set_as_plain_paragraphs_of_a_web_page_are_told() -> None:
    items = "".join(f"<p>{n}. Lamps</p><p>1. The Parties shall keep lamps lit.</p>" for n in ("I", "II", "III"))
    page = f"<html lang='en'><body><p>MEMORANDUM ON LAMPS</p><p>{ENGLISH}</p>{items}</body></html>"
    told = [issue.code for issue in split(read(page.encode(), "lamps.html"), "lamps").issues]
    assert "no-articles-found" in told, told


WHOLE = [
    (
        "paragraphs counted through the whole text",
        HEAD
        + "*Article 1*\n\n1. Lamps burn.\n\n2. Oil is dry.\n\n*Article 2*\n\n3. Wicks are cut.\n\n4. Bells ring.\n",
    ),
    ("a heading misread by OCR is mended", articles("1", "2") + "Artic1e 3\n\nLamps burn.\n"),
    ("numbers in order", articles("1", "2", "3", "4")),
    ("inserted numbers", articles("1", "2", "2a", "2b", "3", "3 bis", "3 ter", "4")),
    ("roman numbers", articles("I", "II", "III", "IV", "V")),
    ("the division's number in front", articles("1.1", "1.2", "2.1", "2.2", "3.1")),
    ("hundreds that are the chapter's number", articles("101", "102", "201", "202", "301")),
    (
        "a reference at a line's beginning",
        articles("1", "2") + "The keeper shall act as is said in the first paragraph of\nArticle 1.\n",
    ),
]


@pytest.mark.parametrize(("reason", "text"), WHOLE, ids=[row[0] for row in WHOLE])
def test_a_whole_text_is_silent(reason: str, text: str) -> None:
    assert [str(issue) for issue in split(typed(text), "lamps").issues] == [], reason


def test_no_false_alarm_on_the_mirror(shared: Path) -> None:
    """A sample here of what must stay silent."""
    from treatynlp.reading import read

    for name in ("budapest-2001.pdf", "malabo-2014.pdf", "nis2-2022.html"):
        data = (shared / "corpus" / "mirror" / name).read_bytes()
        assert [one for one in split(read(data, name), name).issues if incomplete([one])] == []


ASIDE = [
    ("an article that nothing else holds", "Article 4", ["heading-aside"]),
    ("the running head of one that is there", "Article 3", []),
    ("a head with other words", "Article 4 of the Convention on Oil", []),
]


@pytest.mark.parametrize(("reason", "words", "codes"), ASIDE, ids=[row[0] for row in ASIDE])
def test_headings_taken_for_heads_of_pages_are_told(reason: str, words: str, codes: list[str]) -> None:
    document = replace(typed(articles("1", "2", "3")), furniture=(Line(words, 2, (72, 40, 200, 52)),))
    assert [one.code for one in split(document, "typed").issues] == codes, reason
