"""What the splitter makes of the traps real instruments set. Every text is our own; each row says its reason."""

import pytest

from support.typed_text import treaty


def eids(text: str, within: str = "") -> list[str]:
    return [p.eid for p in treaty(text, within).walk() if p.kind not in ("front", "preamble", "recital", "signature")]


def headings(text: str) -> list[tuple[str, str]]:
    return [(p.label, p.heading) for p in treaty(text).articles]


HEADINGS = [
    (
        "the title on the line below, set apart",
        """
*Article 1
*Purpose

The Parties seek the common good of the lake.

*Article 2
*Scope

This Treaty applies to boats.
""",
        [("1", "Purpose"), ("2", "Scope")],
    ),
    (
        "a title wrapped over two lines, between the margins",
        """
^ARTICLE I
^Duties of the keepers of the lighthouse and
^of their families

The keepers shall light the lamp at dusk, watch it through the night and put it out at dawn
when the boats can see the shore.

^ARTICLE II
^Oil

The oil shall be clean.
""",
        [("I", "Duties of the keepers of the lighthouse and of their families"), ("II", "Oil")],
    ),
    (
        "the title behind a colon on the same line",
        """
*Article 1: Purpose:

The Parties seek the common good.

*Article 2: Scope of application

This Treaty applies to boats.
""",
        [("1", "Purpose"), ("2", "Scope of application")],
    ),
    (
        "a title without colon",
        """
*Article 1 Purpose

The Parties seek the common good.

*Article 2 Scope

This Treaty applies to boats.
""",
        [("1", "Purpose"), ("2", "Scope")],
    ),
    (
        "no titles: the first words of the text are not one",
        """
^Article 1

The Parties seek the common good of all who live by the lake and of those who come to visit it in summer.

^Article 2

Boats are free.
""",
        [("1", ""), ("2", "")],
    ),
    (
        "the text begins on the line of the number",
        """
Article 1. The Parties seek the common good of all who live by the lake and
of those who visit it.

Article 2. Boats are free on the lake and on the rivers that
feed it.
""",
        [("1", ""), ("2", "")],
    ),
    (
        "titles set like running text below the number",
        """
Article 1
Purpose of the Treaty
The Parties seek the common good of all who live by the lake and of those who visit it.

Article 2
Freedom of boats
Boats are free on the lake and on the rivers that feed it, save in winter and at night.

Article 3
Entry into force
This Treaty enters into force when the ice has melted on the lake and on all its rivers.
""",
        [("1", "Purpose of the Treaty"), ("2", "Freedom of boats"), ("3", "Entry into force")],
    ),
    (
        "an article put in between",
        """
*Article 4
Boats are free.

*Article 4 bis
Rafts are free.

*Article 5
Swimmers are free.
""",
        [("4", ""), ("4 bis", ""), ("5", "")],
    ),
    (
        "a body line that begins like a heading",
        """
*Article 1
The Parties shall act under
Article 102 of the Charter of the Lake, and under
Article 3 of the Harbour Rules.

*Article 2
Boats are free.
""",
        [("1", ""), ("2", "")],
    ),
    (
        "a list of contents without page numbers in front",
        """
*Contents
Article 1 Purpose
Article 2 Scope
Article 3 Oil

*Article 1 Purpose
The Parties seek the common good of the lake and its shores.
They meet in spring.
They meet again in autumn.

*Article 2 Scope
This Treaty applies to boats.
It applies to rafts.
It does not apply to ice.

*Article 3 Oil
Oil shall be clean.
It shall be kept dry.
It shall be kept dark.
""",
        [("1", "Purpose"), ("2", "Scope"), ("3", "Oil")],
    ),
    (
        "letters spaced in the heading",
        """
*A r t i c l e 1
Boats are free.

*A r t i c l e 2
Rafts are free.
""",
        [("1", ""), ("2", "")],
    ),
    (
        "an amendment quotes an article",
        """
*Article 1
The following article is put in the Treaty behind its third:

“Article 3 bis
Rafts are free.”

*Article 2
This Protocol enters into force at once.
""",
        [("1", ""), ("2", "")],
    ),
]


@pytest.mark.parametrize(("reason", "text", "expected"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_articles_and_their_titles(reason: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert headings(text) == expected, reason


POINTS = [
    (
        "numbering restarts inside a paragraph and the paragraphs go on behind it",
        """
*Article 1
*3. Boats
1. The Parties shall mark:

    a) all boats;

    b) all rafts.

2. They shall count them.

3. They shall report the count.

*4. Oil
The oil shall be clean.
""",
        "para_3 para_3/point_1 para_3/point_1/point_a para_3/point_1/point_b para_3/point_2 para_3/point_3 para_4",
    ),
    (
        "a letter that is a roman numeral too goes on with the letters",
        """
*Article 1
The Parties shall mark:

    (h) boats;

    (i) rafts;

    (j) buoys.
""",
        "point_h point_i point_j",
    ),
    (
        "roman numerals inside a letter",
        """
*Article 1
1. The Parties shall mark:

    (a) boats:

        (i) with sails;

        (ii) with oars;

    (b) rafts.
""",
        "para_1 para_1/point_a para_1/point_a/point_i para_1/point_a/point_ii para_1/point_b",
    ),
    (
        "two markers on one line",
        """
*Article 1
1. (a) The Parties shall mark boats.

    (b) They shall mark rafts.

2. They shall count them.
""",
        "para_1 para_1/point_a para_1/point_b para_2",
    ),
    (
        "a reference broken over the line end opens no point",
        """
*Article 1
1. The Parties shall mark the boats named in paragraph
2. (a) of this article and in subparagraph
(b) of the next.

2. They shall count them.
""",
        "para_1 para_2",
    ),
    (
        "words between two stretches of one list",
        """
*Article 1
1. The Parties shall:

    a) mark boats;

    b) mark rafts.

They further undertake to:

    c) count them.
""",
        "para_1 para_1/point_a para_1/point_b para_1/alinea_2 para_1/point_c",
    ),
    (
        "words that close a list stand outside its last point",
        """
*Article 1
The Parties shall punish whoever:

    a) sinks a boat, or

    b) cuts its rope,

    where this is done in anger.
""",
        "point_a point_b alinea_2",
    ),
    (
        "unnumbered paragraphs are counted with the first",
        """
*Article 1
Boats are free.

Rafts are free in summer.
""",
        "alinea_1 alinea_2",
    ),
    (
        "dashes",
        """
*Article 1
The Parties shall mark:

  - boats,

  - rafts.
""",
        "indent_1 indent_2",
    ),
    (
        "a paragraph put in between, and dotted numbers",
        """
*Article 1
1. Boats are free.

1 bis. Rafts are free.

2. The Parties shall mark them:

    2.1 in spring;

    2.2 in autumn.
""",
        "para_1 para_1bis para_2 para_2/point_2-1 para_2/point_2-2",
    ),
    (
        "numbers without a point, as Strasbourg prints them",
        """
*Article 1
1  Each Party shall mark its boats.

2  Each Party shall count them.
""",
        "para_1 para_2",
    ),
    (
        "a second list of the same article is told apart by the words that introduce it",
        """
*Article 1
The Parties shall mark:

    a) boats;

    b) rafts.

They shall count:

    a) buoys;

    b) bells.
""",
        "point_a point_b alinea_2 alinea_2/point_a alinea_2/point_b",
    ),
]


@pytest.mark.parametrize(("reason", "text", "expected"), POINTS, ids=[row[0] for row in POINTS])
def test_paragraphs_and_points(reason: str, text: str, expected: str) -> None:
    found = (eid.removeprefix("art_1").strip("_").replace("__", "/") for eid in eids(text))
    assert " ".join(filter(None, found)) == expected, reason


BOOKLET = """
^CONVENTION ON BOATS

*Preamble
The Parties to this Convention,

Have agreed as follows:

*CHAPTER I –
*GENERAL

*Article 1
Boats are free.

*Article 2
They shall be marked.

*CHAPTER II
*FINAL CLAUSES

1. This Convention enters into force in spring.

2. It may be left in autumn.

In witness whereof the undersigned have signed it.
---
^ANNEX I
^PROTOCOL ON RAFTS

*Preamble
The Parties to this Protocol,

*Article 1
Rafts are free.

*Article 2
They need no mark.
"""


def test_chapters_a_last_chapter_without_articles_and_a_bound_in_protocol() -> None:
    assert [p.eid for p in treaty(BOOKLET).walk() if p.kind != "recital"] == [
        "preface", "preamble", "chp_I", "art_1", "art_2", "chp_II", "chp_II__para_1", "chp_II__para_2", "conclusions",
        "annex_I", "annex_I__preamble", "annex_I__art_1", "annex_I__art_2",
    ]  # fmt: skip


def test_the_registry_says_which_instrument_of_a_booklet_is_meant() -> None:
    tree = treaty(BOOKLET, within="Protocol on Rafts")
    assert [tree.words(article.body) for article in tree.articles] == ["Rafts are free.", "They need no mark."]


def test_a_declaration_has_paragraphs_and_no_articles() -> None:
    text = """
^CALL OF THE BOATMEN

We love the lake.

We ask all to keep it clean:

- by day;

- by night.
"""
    assert treaty(text).articles == ()
    assert eids(text) == ["final", "final__alinea_1", "final__alinea_2", "final__indent_1", "final__indent_2"]


def test_a_title_may_lie_but_is_kept_apart_from_the_body() -> None:
    text = "*Article 1\n*Freedom of boats\n\nNo boat may leave the harbour.\n\n*Article 2\n*Oil\n\nOil shall be clean."
    article = treaty(text).articles[0]
    assert (article.heading, treaty(text).words(article.body)) == ("Freedom of boats", "No boat may leave the harbour.")


HYPHENS = [
    ("the whole word stands elsewhere", ["Oil in har\u00ad", "bours. Harbours."], "Oil in harbours. Harbours."),
    ("the compound stands elsewhere", ["On-shore and on\u00ad", "shore oil."], "On-shore and on-shore oil."),
    ("neither does: the printer's", ["Boats and light\u00ad", "houses."], "Boats and lighthouses."),
    ("neither does, but the first part is one that keeps it", ["The non\u00ad", "members."], "The non-members."),
    ("a capital follows", ["The Anglo\u00ad", "Saxon boats."], "The Anglo-Saxon boats."),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "lines", "expected"), HYPHENS, ids=[row[0] for row in HYPHENS])
def test_words_broken_at_line_ends(reason: str, lines: list[str], expected: str) -> None:
    body = "*Article 1\n" + "\n".join(lines) + "\n\n*Article 2\nOil."
    tree = treaty(body)
    assert tree.words(tree.articles[0].body) == expected, reason
