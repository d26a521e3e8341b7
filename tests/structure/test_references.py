"""Cross-references: what words of our own invention point to, in a convention of our own invention."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.invented import instrument, treaty
from treatynlp.corpus import load
from treatynlp.reading import read
from treatynlp.structure import Treaty, split
from treatynlp.structure.anachronisms import anachronisms
from treatynlp.structure.pointers import pointers
from treatynlp.structure.references import EXTERNAL, references, unresolved
from treatynlp.structure.tree import Reference
from treatynlp.text import Span

LEAGUE = (
    instrument(
        "lamps-2090",
        title="Lighthouse League Convention on Lamps",
        short_title="Lamp Convention",
        citation="ETS No. 901",
    ),
    instrument(
        "oil-2091", title="Protocol to the Convention on Lamps, concerning oil", kind="protocol", parent="lamps-2090"
    ),
    instrument("smoke-2092", title="Regulation (EU) 2092/17 of the League of 1 May 2092 on smoke", short_title="SMOKE"),
)
BODY = {
    "art_1": "Each Party shall keep lamps.",
    "art_2": "Lamps.",
    "art_2__para_1": "1. Lamps are kept:",
    "art_2__para_1__point_a": "(a) on piers;",
    "art_2__para_1__point_b": "(b) on rocks:",
    "art_2__para_1__point_b__point_i": "(i) in fog;",
    "art_2__para_1__point_b__point_ii": "(ii) at night.",
    "art_2__para_2": "2. Lamps are lit.",
    "art_2__para_3": "3. Lamps are put out.",
    "art_3": "Oil.",
    "art_3__para_1": "1. Oil is free.",
    "art_3__para_2": "2. HERE",
    "art_3__para_2__point_a": "(a) whale oil;",
    "art_3__para_2__point_b": "(b) other oil.",
    "art_4": "Wicks are not free.",
    "art_5": "Keepers are paid.",
    "annex_I": "Annex I",
    "annex_II": "Annex II",
}


def written(words: str, id: str = "lamps-2090") -> Treaty:
    return treaty(id, {eid: said.replace("HERE", words) for eid, said in BODY.items()})


def pointed(words: str, id: str = "lamps-2090") -> list[tuple[str, str, str]]:
    found = written(words, id)
    own = [one for one in references(found, LEAGUE) if one.eid == "art_3__para_2"]
    return [(found.words(one.span), one.instrument, one.target) for one in own]


WITHIN = [
    ("one article", "under Article 5.", "Article 5", "art_5"),
    ("small letters", "under article 5 of this Convention.", "article 5 of this Convention", "art_5"),
    ("a paragraph in brackets", "under Article 2(1).", "Article 2(1)", "art_2__para_1"),
    ("a point behind it", "under Article 2(1)(b)(ii).", "Article 2(1)(b)(ii)", "art_2__para_1__point_b__point_ii"),
    ("dots", "under article 2.1.b.i.", "article 2.1.b.i", "art_2__para_1__point_b__point_i"),
    ("a paragraph named", "under Article 2, paragraph 3, as", "Article 2, paragraph 3", "art_2__para_3"),
    ("a dash between", "under Article 2 - paragraph 3, as", "Article 2 - paragraph 3", "art_2__para_3"),
    ("from the point upwards", "in point (b) of Article 2(1)", "point (b) of Article 2(1)", "art_2__para_1__point_b"),
    (
        "three levels upwards",
        "in subparagraph (a) of paragraph 1 of article 2",
        "subparagraph (a) of paragraph 1 of article 2",
        "art_2__para_1__point_a",
    ),
    ("the other way round", "in Article 2(1), point (a)", "Article 2(1), point (a)", "art_2__para_1__point_a"),
    ("an own paragraph", "under paragraph 1, the", "paragraph 1", "art_3__para_1"),
    ("an own paragraph, said so", "under paragraph 1 of this article", "paragraph 1 of this article", "art_3__para_1"),
    ("an own point", "as in sub-paragraph (b) below", "sub-paragraph (b)", "art_3__para_2__point_b"),
    ("the one before", "by the preceding paragraph", "the preceding paragraph", "art_3__para_1"),
    ("this one", "nothing in this paragraph binds", "this paragraph", "art_3__para_2"),
    ("the article itself", "for the purpose of this article", "this article", "art_3"),
    (
        "a paragraph by its place",
        "in the first paragraph of Article 2",
        "the first paragraph of Article 2",
        "art_2__para_1",
    ),
    (
        "a paragraph by its place behind its article",
        "under Article 2, first paragraph, as",
        "Article 2, first paragraph",
        "art_2__para_1",
    ),
    (
        "the first subparagraph is what a paragraph begins with",
        "in point (a) of the first subparagraph of Article 2(1)",
        "point (a) of the first subparagraph of Article 2(1)",
        "art_2__para_1__point_a",
    ),
    (
        "half a bracket",
        "in subparagraph b) of this paragraph",
        "subparagraph b) of this paragraph",
        "art_3__para_2__point_b",
    ),
    ("roman figures for the same number", "under Article II, paragraph 3", "Article II, paragraph 3", "art_2__para_3"),
    ("an annex", "listed in Annex II, as", "Annex II", "annex_II"),
    (
        "what was named a moment ago",
        "Article 2 and paragraph 3 of that article",
        "paragraph 3 of that article",
        "art_2__para_3",
    ),
    ("not there: said to be unresolved", "under Article 2(7)", "Article 2(7)", ""),
]


@pytest.mark.parametrize(("reason", "words", "span", "target"), WITHIN, ids=[row[0] for row in WITHIN])
def test_words_that_point_to_one_provision(reason: str, words: str, span: str, target: str) -> None:
    assert (span, "", target) in pointed(words), reason
    assert len({found[0] for found in pointed(words)}) <= 2


MANY = [
    ("a range by through", "Articles 2 through 4", ["art_2", "art_3", "art_4"]),
    ("a range and one more", "Articles 1 to 3 and 5", ["art_1", "art_2", "art_3", "art_5"]),
    ("a list", "Articles 1, 2 and 5", ["art_1", "art_2", "art_5"]),
    ("either", "Article 1 or 2", ["art_1", "art_2"]),
    ("paragraphs of another article", "paragraphs 1 to 3 of Article 2", [
        "art_2__para_1", "art_2__para_2", "art_2__para_3",
    ]),
    ("half brackets", "subparagraphs a) and b) of this paragraph", [
        "art_3__para_2__point_a", "art_3__para_2__point_b",
    ]),
    ("brackets behind a comma", "paragraph 1 (a), (b) (i) or (b) (ii) of article 2", [
        "art_2__para_1__point_a", "art_2__para_1__point_b__point_i", "art_2__para_1__point_b__point_ii",
    ]),
    ("points in one place", "Article 2(1)(a) and (b)", ["art_2__para_1__point_a", "art_2__para_1__point_b"]),
    ("a part of one in a list", "Articles 1, 2, paragraph 3, and 5", ["art_1", "art_2__para_3", "art_5"]),
    ("parts of several", "Articles 1, 2, paragraph 1.a and b, and 5", [
        "art_1", "art_2__para_1__point_a", "art_2__para_1__point_b", "art_5",
    ]),
    ("paragraphs of two articles each", "paragraph 1 of Article 3 and paragraph 2 of Article 2", [
        "art_3__para_1", "art_2__para_2",
    ]),
    ("the first shares the second's article", "paragraph 1(a) or paragraph 2 of article 2", [
        "art_2__para_1__point_a", "art_2__para_2",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "words", "targets"), MANY, ids=[row[0] for row in MANY])
def test_ranges_and_lists_give_one_reference_each(reason: str, words: str, targets: list[str]) -> None:
    assert [target for _, _, target in pointed(f"subject to {words}, lamps are lit.")] == targets, reason


ELSEWHERE = [
    ("an unknown charter", "in Article 2 of the Charter of Harbours", [(EXTERNAL, "art_2")]),
    ("an unknown treaty by its initials", "in Article 2(1) THF", [(EXTERNAL, "art_2__para_1")]),
    ("and with the article", "in Chapter 2 of Title V of the THF", [(EXTERNAL, "title_V__chp_2")]),
    ("a list shares what stands behind it", "in Articles 2 and 3 of the Law of the Sea", [
        (EXTERNAL, "art_2"), (EXTERNAL, "art_3"),
    ]),
    ("two in a row of one", "in Article 2 and Article 3 of the Treaty of Rocks", [
        (EXTERNAL, "art_2"), (EXTERNAL, "art_3"),
    ]),
    ("a law in quotes", "in Article 2 of the \u201cLampengesetz\u201d", [(EXTERNAL, "art_2")]),
    ("thereof, of a treaty", "the Treaty of Rocks, and in particular Article 2 thereof", [(EXTERNAL, "art_2")]),
    ("a registered regulation by number", "by Regulation (EU) 2092/17, and", [("smoke-2092", "")]),
    ("its article", "by Article 6(1) of Regulation (EU) 2092/17", [("smoke-2092", "art_6__para_1")]),
    ("taken up again", "by Regulation (EU) 2092/17 and Article 4 of that Regulation", [
        ("smoke-2092", ""), ("smoke-2092", "art_4"),
    ]),
    ("initials of the registry", "by SMOKE and others", [("smoke-2092", "")]),
    ("a number nobody registered", "by Directive 2093/1/XY and", [(EXTERNAL, "")]),
    ("that convention, one nobody registered", "the Convention on Rocks; Article 2 of that Convention", [
        (EXTERNAL, "art_2"),
    ]),
    ("the said convention", "under Article 2 of the said Convention", [(EXTERNAL, "art_2")]),
    ("the said convention of a year", "under Article 2 of the said Treaty of 2056", [(EXTERNAL, "art_2")]),
    ("the latter", "under Articles 2 and 3 of the latter Convention", [(EXTERNAL, "art_2"), (EXTERNAL, "art_3")]),
    ("another convention of nearly the name", "by the Northern Convention on Lamps and", [(EXTERNAL, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "words", "targets"), ELSEWHERE, ids=[row[0] for row in ELSEWHERE])
def test_other_instruments_are_never_taken_for_the_treaty_itself(
    reason: str, words: str, targets: list[tuple[str, str]]
) -> None:
    assert [(which, target) for _, which, target in pointed(words, "other")] == targets, reason


def test_a_protocol_calls_its_convention_the_convention() -> None:
    protocol = "This Protocol binds. Article 4 of the Convention and Article 1 of this Protocol apply."
    assert [found[1:] for found in pointed(protocol, "oil-2091")] == [("lamps-2090", "art_4"), ("", "art_1")]


def test_a_convention_knows_the_protocols_to_it() -> None:
    words = "Article 4 of the Protocol to this Convention and Article 5 of the Third Protocol to this Convention apply."
    assert [found[1:] for found in pointed(words)] == [("oil-2091", "art_4"), (EXTERNAL, "art_5")]


def test_a_short_name_given_in_the_text_is_known_from_there_on() -> None:
    words = (
        "the Convention on Lamps (ETS No. 901) (hereinafter \u201cthe Treaty\u201d): Article 9 of the Treaty applies."
    )
    assert [found[1:] for found in pointed(words, "other")] == [("lamps-2090", ""), ("lamps-2090", "art_9")]


def test_an_annex_with_articles_of_its_own_counts_by_itself() -> None:
    said = BODY | {
        "annex_I": "Protocol. This Protocol is an annex. This Protocol binds.",
        "annex_I__art_1": "Article 2 of this Protocol and Article 3 of the Convention apply, and Article 1.",
        "annex_I__art_2": "Smoke.",
        "art_1": "This Convention keeps lamps. This Convention is short.",
    }
    del said["annex_II"]
    found = [one.target for one in references(treaty("x", said)) if one.eid == "annex_I__art_1"]
    assert found == ["annex_I__art_2", "art_3", "annex_I__art_1"]


NOTHING = [
    ("an amount", "within paragraph 9 days of it"),
    ("a point of contact", "a point of contact at the pier"),
    ("a head on the next line", "saving clause"),
    ("following rules", "by the following rules"),
]


@pytest.mark.parametrize(("reason", "words"), NOTHING, ids=[row[0] for row in NOTHING])
def test_words_that_point_nowhere(reason: str, words: str) -> None:
    assert pointed(words) == [], reason


def test_chapters_sections_and_headings() -> None:
    """A provision's own number at its head points nowhere; "this Section" is the one around."""
    text = "<h2>CHAPTER I</h2><h2>Lamps</h2><h2>Section 1</h2><h2>Oil</h2><h3>Article 1</h3>"
    text += "<p>This Section is about oil.</p><h2>Section 2</h2><h2>Wicks</h2><h3>Article 2</h3>"
    text += "<p>Section 1 of Chapter I, this Chapter and Article 1 apply.</p>"
    made = split(read(f"<html><body>{text}<p>{'Keepers keep. ' * 20}</p></body></html>".encode(), "x"), "x")
    assert [(one.eid, one.target) for one in references(made)] == [
        ("art_1", "chp_I__sec_1"), ("art_2__alinea_1", "chp_I__sec_1"), ("art_2__alinea_1", "chp_I"),
        ("art_2__alinea_1", "art_1"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Article 5 bis", "Article 5a", "Article 2(2) bis", "Article 2, paragraph 2 bis,"])
def test_an_inserted_number_that_is_not_there_is_not_the_one_before_it(words: str) -> None:
    found = written(f"under {words} lamps are lit")
    assert [one.target for one in references(found) if one.eid == "art_3__para_2"] == [""]


def test_what_is_not_there_is_told() -> None:
    found = written("under Article 2(7); and under Article 9 of the Charter of Rocks")
    assert [(one.level, one.where) for one in unresolved(found, references(found))] == [
        ("info", "lamps-2090 art_3__para_2")
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from([
    "Article ", "Articles ", "paragraph ", "point ", "(a)", "2", "1", "(1)", " and ", " to ", ", ", " of ", ".b",
    "this article", "the preceding paragraph", " of the Charter", "\n", "Annex ", "II", "; ", " thereof", "bis",
    "Regulation (EU) 2092/17",
]), max_size=30))  # fmt: skip
def test_laws_of_references(pieces: list[str]) -> None:
    made = written("".join(pieces).replace("\n", " "))
    eids, found = {one.eid for one in made.walk()}, references(made, LEAGUE)
    assert found == references(made, LEAGUE)
    for one in found:
        assert 0 <= one.span.start < one.span.end <= len(made.text)
        assert one.eid in eids
        assert one.instrument or one.target == "" or one.target in eids
    spans = sorted({one.span for one in found})
    assert all(not left.overlaps(right) for left, right in pairwise(spans))


@given(st.text("Articles paragraph(1)2.and to,of§\n", max_size=80))
def test_pointers_do_not_overlap(text: str) -> None:
    found = pointers(text, "en")
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_real_instruments_point_to_what_is_there(shared: Path) -> None:
    """At most one in a hundred internal references of a convention stays open, and none of a protocol's is its
    convention's."""
    registry = load().instruments
    for name, least in (("budapest-2001", 200), ("budapest-ap1-2003", 20)):
        made = split(read((shared / "corpus" / "mirror" / f"{name}.pdf").read_bytes(), name), name)
        found = references(made, registry)
        assert sum(not one.instrument for one in found) >= least
        assert len(unresolved(made, found)) <= len(found) / 100
    assert sum(one.instrument == "budapest-2001" for one in found) > 20


@pytest.mark.parametrize(
    ("own", "version", "told"),
    [
        ("2080", None, ["young-2090"]),
        ("2080", {"date": "2091", "as_amended_by": ("Protocol of 2091",)}, []),  # declared: its words are of 2091
        ("2095", None, []),
    ],
)
def test_a_text_that_cites_a_younger_instrument_is_told(
    own: str, version: dict[str, object] | None, told: list[str]
) -> None:
    registry = (
        instrument("old-2080", dates={"adopted": own}, version=version),
        instrument("young-2090", dates={"adopted": "2090-05-01"}),
    )
    found = (Reference("art_1", Span(0, 4), "young-2090", ""), Reference("art_2", Span(5, 9), "young-2090", "art_3"))
    rows = anachronisms(treaty("old-2080", {"art_1": "One."}), found, registry)
    assert [(row.code, row.where) for row in rows] == [("cites-later-instrument", "old-2080 art_1") for _ in told]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("as in Article 2(2)", "art_2__para_2"),
        ("as in Article 2(3)", ""),  # its paragraphs are numbered: the third part of the second is no third
        ("as in Article 3, third paragraph", "art_3__alinea_3"),  # here none is numbered
    ],
)
def test_an_unnumbered_part_is_no_numbered_paragraph(words: str, target: str) -> None:
    said = {
        "art_1": f"Lamps burn {words}.", "art_2": "Oil.", "art_2__para_1": "1. Free.", "art_2__para_2": "2. Clear.",
        "art_2__para_2__alinea_2": "Old oil.", "art_2__para_2__alinea_3": "New oil.",
        "art_3": "Wicks.", "art_3__alinea_1": "Long.", "art_3__alinea_2": "Short.", "art_3__alinea_3": "None.",
    }  # fmt: skip
    (found,) = references(treaty("lamps-2090", said), LEAGUE)
    assert found.target == target
