"""What an amending instrument quotes is marked, and never stands in the place of its own. The clauses are invented."""

import pytest

from support.typed_text import treaty

OWN = """*PROTOCOL ON LAMPS*

The Parties to this Protocol have agreed as follows:

*Article 1*
{first}

*Article 2*
This Protocol enters into force in May.

*Article 3*
It is open for signature.
"""
AMENDING = [
    ("an article, in marks",
     "Article 3 of the Convention is replaced by the following:\n\n“Article 3\n\n1. Lamps burn.\n\n2. Oil is dry.”",
     ["art_1__alinea_2", "art_1__para_1", "art_1__para_2"]),
    ("paragraphs, each with an opening mark",
     "The following paragraphs are added to Article 6:\n\n“3. Keepers wear gloves.\n\n“4. Gloves are clean.”",
     ["art_1__para_3", "art_1__para_4"]),
    ("its own paragraphs go on behind what they quote",
     "1. Article 3 is replaced by the following:\n\n“1. Lamps burn.\n\n2. Oil is dry.”\n\n2. Article 4 is deleted.",
     ["art_1__para_1__point_1", "art_1__para_1__point_2"]),
    ("without marks, further in",
     "Article 2 of the Convention shall read as follows:\n\n    Lamps burn at night.\n\n    Oil is kept dry.",
     ["art_1__alinea_2", "art_1__alinea_3"]),
    ("without marks, below a heading",
     "Article 1 of the Convention shall read as follows:\n\n*Article 1*\n\nLamps burn at night.",
     ["art_1__alinea_2", "art_1__alinea_3"]),
    ("a term that is defined is none",
     "For the purposes of this Protocol:\n\n“lamp” means any light;\n\n“oil” means what it burns.",
     []),
    ("nor is a list without marks", "The Parties shall keep:\n\n  (a) lamps;\n\n  (b) oil.", []),
]  # fmt: skip


def test_a_whole_text_brought_anew_is_none_of_the_protocol_s_own() -> None:
    anew = "\n\n".join(f"*Article {n}*\n\nThe Parties shall keep lamp {n} lit at night." for n in range(1, 7))
    first = f"The text of the Convention is replaced by the following:\n\n“*CONVENTION ON LAMPS*\n\n{anew}”"
    made = treaty(OWN.format(first=first))
    assert [one.eid for one in made.articles] == ["art_1", "art_2", "art_3"]
    assert sum(one.quoted for one in made.walk()) > 5


@pytest.mark.parametrize(("reason", "first", "quoted"), AMENDING, ids=[row[0] for row in AMENDING])
def test_quoted_provisions_are_marked(reason: str, first: str, quoted: list[str]) -> None:
    made = treaty(OWN.format(first=first))
    assert [one.eid for one in made.walk() if one.quoted] == quoted, reason
    assert [one.eid for one in made.articles] == ["art_1", "art_2", "art_3"], reason
    assert [one.code for one in made.issues] == [], reason
