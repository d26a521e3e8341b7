"""Web pages read like printed ones: pages of our own invention in the habits of several publishers."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatynlp.errors import DataError
from treatynlp.reading import Document, read
from treatynlp.reading.html import is_page, page_characters
from treatynlp.structure import Treaty, split
from treatynlp.text import Line

RECITAL = "<p>Considering that lamps on piers want keepers and that no ship finds a pier without a lamp at night;</p>"
PRELUDE = f"<p>The States Parties to this Treaty,</p>{RECITAL}<p>Have agreed as follows:</p>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Lamps</title></head><body>{body}</body></html>".encode()


def treaty(body: str) -> Treaty:
    return split(read(page(PRELUDE + body), "lamps.html"), "lamps")


def cell(number: str, words: str) -> str:
    return f"<table><col/><col/><tbody><tr><td><p>{number}</p></td><td>{words}</td></tr></tbody></table>"


TREES = [
    (
        "a number in one cell and its words in the next are one point, deeper inside a cell",
        "<p class='oj-ti-art'>Article 1</p><p class='oj-sti-art'>Lamps</p><p class='oj-normal'>1.   Keepers shall:</p>"
        + cell("(a)", "<p>light the lamp;</p>" + cell("(i)", "<p>at dusk; or</p>") + cell("(ii)", "<p>in fog;</p>"))
        + cell("(b)", "<p>put it out.</p>")
        + "<p>2.   Nobody else shall touch it.</p>",
        "art_1 art_1__para_1 art_1__para_1__point_a art_1__para_1__point_a__point_i art_1__para_1__point_a__point_ii "
        "art_1__para_1__point_b art_1__para_2",
    ),
    (
        "a paragraph that goes on below a table of points belongs to the paragraph, not to the last point",
        "<p class='ti-art'>Article 1</p><p>1. Keepers shall:</p>"
        + cell("(a)", "<p>light the lamp;</p>" + cell("(i)", "<p>at dusk.</p>"))
        + "<p>Keepers may ask for help.</p><p>2. Help shall be given.</p>",
        "art_1 art_1__para_1 art_1__para_1__point_a art_1__para_1__point_a__point_i art_1__para_1__alinea_2 "
        "art_1__para_2",
    ),
    (
        "no closing tags, line breaks between points, blanks that do not break as indents",
        "<p align=center><b>Article 1<br>Lamps</b><p>Keepers shall:<br>&nbsp;&nbsp;&nbsp;(a) light the lamp;<br>"
        "&nbsp;&nbsp;&nbsp;(b) and put it out.<p align=center><b>Article 2<br>Oil</b><p>Oil is free.",
        "art_1 art_1__point_a art_1__point_b art_2",
    ),
    (
        "numbers a browser puts before the items of a list are numbers of provisions",
        "<h3>Article 1</h3><ol><li>Keepers shall:<ol type='a'><li>light the lamp;</li><li>put it out.</li></ol></li>"
        "<li>Nobody else shall touch it.</li></ol><h3>Article 2</h3><p>Oil is free.</p>",
        "art_1 art_1__para_1 art_1__para_1__point_a art_1__para_1__point_b art_1__para_2 art_2",
    ),
    (
        "items that bring their own numbers get no second one",
        "<h3>Article 1</h3><ul><li>1. Keepers light the lamp.</li><li>2. Keepers put it out.</li></ul>",
        "art_1 art_1__para_1 art_1__para_2",
    ),
    (
        "a reference to another instrument's article is no heading wherever the line is broken",
        "<p><b>Article 1</b></p><p>1. Keepers act with the leave of the harbour master, as is laid down for them in<br>"
        "Article 102 of the Charter of Piers, and of nobody else.</p><p><b>Article 2</b></p><p>Oil is free.</p>",
        "art_1 art_1__para_1 art_2",
    ),
    (
        "lines broken by hand in text as typed",
        "<pre>Article 1\n\n1. Keepers shall light the lamp at dusk and shall\nput it out at dawn.\n\n"
        "2. Nobody else shall touch it, save a keeper's own\nchild.\n\nArticle 2\n\nOil is free.\n</pre>",
        "art_1 art_1__para_1 art_1__para_2 art_2",
    ),
    (
        "the page's own style sheet says what is a title",
        "<style>.x7 { text-align : center; font-weight: bold }</style><p class=x7>CHAPTER I</p><p class=x7>Lamps</p>"
        "<p class=x7>Article 1</p><p>Oil is free.</p><p class=x7>Article 2</p><p>Wicks are not.</p>",
        "chp_I art_1 art_2",
    ),
    (
        "headings that are links to themselves stay headings",
        "<h3><a href='#a1'>Article 1</a></h3><p>Oil is free.</p><h3><a href='#a2'>Article 2</a></h3><p>Wicks cost.</p>"
        "<h3><a href='#a3'>Article 3</a></h3><p>Matches are for keepers.</p>",
        "art_1 art_2 art_3",
    ),
]


TREES += [
    (reason, "".join(form.format(n=n) for n in (1, 2, 3)), "art_1 art_2 art_3")
    for reason, form in (
        ("headings that are legends of a form", "<fieldset><legend>Article {n}</legend><p>Oil is free.</p></fieldset>"),
        ("headings that open what is below", "<h2><button>Article {n}</button></h2><div>Oil is free.</div>"),
        ("buttons that are headings", "<button aria-expanded=true>Article {n}</button><div>Oil is free.</div>"),
        ("the site's own words inside a heading", "<h3>Article {n}<i class=mw-editsection>[edit]</i></h3><p>Oil."),
        ("number and title in two spans", "<h3><span>Article {n}</span><span>Lamps</span></h3><p>Oil is free.</p>"),
        ("articles that are items of a list", "<ol><li>Article {n}<p>Oil is free.</p></li></ol>"),
        ("a heading by its role", "<div role=heading>Article {n}</div><p>Oil is free.</p>"),
    )
] + [
    (
        "titles numbered by a list",
        "<ol>" + "".join(f"<li><h3>{one}</h3><p>Oil is free.</p></li>" for one in ("Lamps", "Oil", "Wicks")) + "</ol>",
        "art_1 art_2 art_3",
    )
]  # fmt: skip
FRENCH = "Les gardiens ne peuvent pas allumer les lampes de la jetée sans que le maître du port ne le sache."
ENGLISH = "The keepers shall not light the lamps of the pier without the leave of the master of the harbour."
SIDE_BY_SIDE = [
    ("a table, a language a column",
     "<table>" + "".join(f"<tr><td><p>Article {n}</p>{ENGLISH}</td><td><p>Article {n}</p>{FRENCH}</td></tr>"
                         for n in (1, 2)) + "</table>"),
    ("parts that name their language",
     "".join(f"<div lang={one}><h3>Article {n}</h3><p>{words}</p></div>"
             for n in (1, 2) for one, words in (("fr", FRENCH), ("en", ENGLISH)))),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body"), SIDE_BY_SIDE, ids=[row[0] for row in SIDE_BY_SIDE])
def test_of_languages_side_by_side_one_is_read(reason: str, body: str) -> None:
    document = read(page(PRELUDE + body), "lamps.html")
    assert FRENCH in " ".join(line.text for line in document.others)
    assert FRENCH not in " ".join(line.text for line in document.lines), reason
    assert [one.eid for one in split(document, "lamps").articles] == ["art_1", "art_2"]
    assert [one.code for one in document.issues] == ["several-languages"]


@pytest.mark.parametrize(("reason", "body", "eids"), TREES, ids=[row[0] for row in TREES])
def test_the_same_tree_whatever_the_page_is_built_of(reason: str, body: str, eids: str) -> None:
    found = [p.eid for p in treaty(body).walk() if p.eid.startswith(("art", "chp"))]
    assert found == eids.split(), reason


APART = [
    ("navigation by element", "<nav>Home Treaties</nav>", "furniture", "Home Treaties"),
    ("navigation by class", "<div class='site-menu'>All texts</div>", "furniture", "All texts"),
    ("what is not shown", "<p style='display: none'>Loading</p>", "furniture", "Loading"),
    ("a foot of the site", "<div id=footer>The League of Piers</div>", "furniture", "The League of Piers"),
    (
        "a list of links into the page",
        "<p><a href='#1'>Lamps</a></p><p><a href='#2'>Oil</a></p><p><a href='#3'>Wicks</a></p>",
        "contents",
        "Lamps Oil Wicks",
    ),
    (
        "a list of links elsewhere",
        "<a href='/1'>News</a><br><a href='/2'>Events</a><br><a href='/3'>About</a>",
        "furniture",
        "News Events About",
    ),
    ("a note by its class", "<p class='oj-note'>(1) See the tide tables.</p>", "notes", "(1) See the tide tables."),
]


@pytest.mark.parametrize(("reason", "body", "where", "words"), APART, ids=[row[0] for row in APART])
def test_what_is_not_the_text_is_kept_apart(reason: str, body: str, where: str, words: str) -> None:
    document = read(page(PRELUDE + body), "lamps.html")
    assert " ".join(line.text for line in getattr(document, where)) == words, reason
    assert words.split()[-1] not in " ".join(line.text for line in document.lines)


MARKS = [
    (
        "linked to and fro",
        "<p>Keepers<a id='c1' href='#r1'>(<span class='super'>1</span>)</a> shall light lamps.</p>"
        "<hr><p><a id='r1' href='#c1'>(1)</a> Men or women.</p>",
    ),
    (
        "as a word processor exports them",
        "<p>Keepers<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> shall light lamps.</p>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Men or women.</p></div>",
    ),
    (
        "raised numbers without a link",
        "<p>Keepers<sup>1</sup> shall light lamps.</p><hr><p><sup>1</sup> Men or women.</p>",
    ),
]


@pytest.mark.parametrize(("reason", "body"), MARKS, ids=[row[0] for row in MARKS])
def test_a_footnote_and_its_mark_leave_the_sentence_whole(reason: str, body: str) -> None:
    document = read(page(PRELUDE + body), "lamps.html")
    assert "Keepers shall light lamps." in [line.text for line in document.lines], reason
    assert [row.text.partition(" ")[2] for row in document.notes] == ["Men or women."]


def test_a_raised_mark_on_a_heading_is_no_figure_of_its_number() -> None:
    """Here the note it is linked to is not on the page."""
    headings = "".join(
        f"<h2>Article {n}<sup><a href='#n{n}'>{n}</a></sup></h2><p>Lamps burn at night.</p>" for n in (1, 2, 3)
    )
    assert [one.eid for one in treaty(headings).articles] == ["art_1", "art_2", "art_3"]


def test_a_link_to_an_article_is_no_footnote_mark() -> None:
    body = "<h3 id=a1>Article 1</h3><p>Article <a href='#a2'>2</a> applies.</p><h3 id=a2>Article 2</h3><p>Oil.</p>"
    assert "Article 2 applies." in treaty(body).text.value


LETTERS = [
    ("declared late", b"<p>" + b" " * 1500 + b"<meta charset=iso-8859-1><p>The caf\xe9 of the keepers.", "café"),
    ("declared nowhere, Windows' letters", b"<p>The keeper\x92s lamp is the keeper\x92s own.", "keeper’s lamp"),
    ("declared wrongly, in fact UTF-8", "<meta charset=iso-8859-1><p>The café of the keepers.".encode(), "café"),
    ("two bytes a letter, with a mark", "<p>The café of the keepers.".encode("utf-16"), "café"),
    ("entities", b"<p>The caf&eacute; &ldquo;Lamp&rdquo; of the keepers&rsquo;.", "café “Lamp” of the keepers’"),
    ("soft hyphens are not seen", "<p>The light\u00adhouse of the keepers.".encode(), "lighthouse"),
]


@pytest.mark.parametrize(("reason", "data", "words"), LETTERS, ids=[row[0] for row in LETTERS])
def test_letters_whatever_the_page_says_of_them(reason: str, data: bytes, words: str) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data += PRELUDE.encode("utf-16")[2:]
    else:
        data += PRELUDE.encode()
    assert words in " ".join(line.text for line in read(data, "lamps.html").lines), reason


BAD = [
    ("empty", b"", "source-empty"),
    ("a login page", page("<h1>Lamps</h1><form><input type=password></form>" + PRELUDE), "html-error-page"),
    ("an error page", page("<h1>Page not found</h1><p>Perhaps the tide took it." + RECITAL), "html-error-page"),
    ("a page of scripts", page("<script>load('treaty')</script><div id=app></div>"), "html-no-text"),
    ("a robot's riddle", b"<html><title>Just a moment...</title><body>Checking</body></html>", "html-error-page"),
    ("another kind of data", json.dumps({"error": "no such treaty"}).encode(), "not-a-pdf"),
    ("an XML file that is no page", b"<?xml version='1.0'?><rss><channel>Lamps</channel></rss>", "not-a-pdf"),
    ("bytes of anything", bytes(range(256)) * 20, "not-a-pdf"),
]


@pytest.mark.parametrize(("reason", "data", "code"), BAD, ids=[row[0] for row in BAD])
def test_what_is_no_text_says_so(reason: str, data: bytes, code: str) -> None:
    with pytest.raises(DataError) as caught:
        read(data, "lamps.html")
    assert [issue.level for issue in caught.value.issues] == ["error"]
    assert caught.value.issues[0].code == code, reason
    assert not is_page(data) or code.startswith("html-")


TAGS = "<p> </p> <b> </b> <table> <tr> <td> </td> </table> <br> <li> <ol> </ol> <sup> </sup> </a> <pre> </pre> </div>"
OTHERS = (
    "<a href='#n1'>",
    "<p id=n1>",
    "<div class='title note'>",
    "<!-- x -->",
    "<nav>",
    "</nav>",
    "&nbsp;",
    "&#8212;",
)
WORDS = ("Article 1", "(a)", "1", "1. ", " keepers shall light lamps ", "\n", "\u00ad", "<")


@settings(deadline=None)
@given(st.lists(st.sampled_from([*TAGS.split(), *OTHERS, *WORDS]), max_size=40))
def test_every_character_keeps_its_place_and_none_is_lost(pieces: list[str]) -> None:
    data = page("".join(pieces) + PRELUDE)
    document = read(data, "lamps.html")
    assert read(data, "lamps.html") == document
    whole = page_characters(data)
    kept: set[int] = set()
    for line in _every_line(document):
        for start, end, index in line.runs:
            assert line.text[start:end] == whole[index : index + end - start]
            kept.update(range(index, index + end - start))
    body = whole.index("Lamps") + len("Lamps")  # the page's title is its head's
    lost = [char for at, char in enumerate(whole) if at >= body and at not in kept and char.isprintable()]
    assert "".join(lost).split() == []


def _every_line(document: Document) -> list[Line]:
    return [*document.lines, *document.aside]


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_damaged_pages_give_a_document_or_say_why_not(noise: bytes, at: int) -> None:
    whole = page(PRELUDE)
    with suppress(DataError):  # any other exception fails the test
        assert read(whole[:at] + noise + whole[at + len(noise) :], "lamps.html").lines


def test_deep_nesting_is_read_in_bounds() -> None:
    """The parser stops at a depth of 256 and would lose the rest without a word."""
    assert treaty("<div>" * 200 + "<h3>Article 1</h3><p>Oil is free.</p>").articles
    with pytest.raises(DataError, match="too deep"):
        read(page("<div>" * 20_000 + PRELUDE), "lamps.html")


def test_a_regulation_gives_the_same_tree_as_web_page_and_as_print(shared: Path) -> None:
    """Same chapters, sections, articles, paragraphs and points; unnumbered paragraphs may be seen differently."""
    print_, web = (
        split(read((shared / "corpus" / path).read_bytes(), path), "gdpr")
        for path in ("mirror/gdpr-2016.pdf", "alternate/gdpr-2016.html")
    )
    assert _numbered(web) == _numbered(print_)
    assert len(_numbered(web)) > 800


def _numbered(treaty: Treaty) -> list[tuple[str, str]]:
    kinds = ("chapter", "section", "article", "paragraph", "point")
    own = [p for p in treaty.walk() if p.kind in kinds and not p.eid.startswith("preamble")]
    return [(p.eid, "".join(p.heading.split())) for p in own]


def test_items_count_on_from_one_that_says_its_own_number() -> None:
    words = "<li value=3>Each Party shall keep lamps.</li><li>Each Party shall buy oil.</li>"
    before = (
        "<p>The Parties to this Convention, which keep many lamps in their harbours, have agreed as follows:</p>" * 3
    )
    page = f"<html><body><h1>CONVENTION ON LAMPS</h1>{before}<h2>Article 1</h2><ol>{words}</ol></body></html>"
    assert [row.text[:2] for row in read(page.encode(), "lamps.html").rows[-2:]] == ["3.", "4."]


def test_paragraphs_begin_below_a_title_set_like_the_text() -> None:
    """One remark under every number is no title of the articles; being paragraphs parts it from what is below."""
    one = "<p>Article {}</p><p>Lamps</p><p>1. Each keeper lights them at dusk.</p><p>2. Oil is kept dry and clean.</p>"
    page = f"<html><body><h1>CONVENTION</h1>{''.join(map(one.format, (1, 2, 3, 4)))}</body></html>"
    found = split(read(page.encode(), "lamps.html"), "lamps")
    assert [[one.label for one in article.children] for article in found.articles] == [["1", "2"]] * 4
