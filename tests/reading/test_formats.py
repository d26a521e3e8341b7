"""Formats beside PDF and web pages: Word, Akoma Ntoso, Formex, plain text, Markdown; and those that are refused."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as new_word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from treatynlp.errors import DataError
from treatynlp.reading import Document, read
from treatynlp.reading.formats import ENDINGS, format_of
from treatynlp.reading.legal_xml import xml_pieces
from treatynlp.reading.media import fault
from treatynlp.structure import Treaty, split
from treatynlp.structure.verify import verify

LAMPS = [
    ("Article 1", "Lamps to be lit", ["Each Party shall keep the lamps of its quays lit from dusk until dawn."]),
    ("Article 2", "Wardens", ["Each Party shall name wardens.", "Wardens shall be trained before they are named."]),
    ("Article 3", "Final clause", ["This Convention shall enter into force when two Parties have ratified it."]),
]


def saved(word: Any) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def lamps() -> Any:
    """A Word document of three articles, its paragraphs numbered by their words."""
    word = new_word()
    word.add_paragraph("Convention on Lamps", style="Title")
    for number, title, paragraphs in LAMPS:
        word.add_paragraph(number, style="Heading 1")
        word.add_paragraph(title, style="Heading 2")
        for at, words in enumerate(paragraphs, start=1):
            word.add_paragraph(f"{at}. {words}" if len(paragraphs) > 1 else words)
    return word


def plain(mark: str = "") -> bytes:
    blocks = ["CONVENTION ON LAMPS" if not mark else "# Convention on Lamps"]
    for number, title, paragraphs in LAMPS:
        blocks.append(f"{mark}{number}\n{title}" if not mark else f"{mark}{number} – {title}")
        blocks += [f"{at}. {words}" if len(paragraphs) > 1 else words for at, words in enumerate(paragraphs, start=1)]
    return "\n\n".join(blocks).encode()


def akoma_ntoso() -> bytes:
    def paragraph(at: int, words: str, many: bool) -> str:
        number = f"<num>{at}.</num>" if many else ""
        return f"<paragraph>{number}<content><p>{words}</p></content></paragraph>"

    articles = "".join(
        f"<article><num>{number}</num><heading>{title}</heading>"
        + "".join(paragraph(at, words, len(found) > 1) for at, words in enumerate(found, start=1))
        + "</article>"
        for number, title, found in LAMPS
    )
    return f'<akomaNtoso xmlns="x"><act><meta>ids</meta><body>{articles}</body></act></akomaNtoso>'.encode()


def formex() -> bytes:
    articles = "".join(
        f"<ARTICLE><TI.ART>{number}</TI.ART><STI.ART><P>{title}</P></STI.ART>"
        + "".join(
            f"<PARAG><NO.PARAG>{at}.</NO.PARAG><ALINEA>{words}</ALINEA></PARAG>" if len(found) > 1 else
            f"<ALINEA>{words}<NOTE>Set aside.</NOTE></ALINEA>"
            for at, words in enumerate(found, start=1)
        )
        + "</ARTICLE>"
        for number, title, found in LAMPS
    )  # fmt: skip
    return f"<?xml version='1.0'?><ACT><TITLE><TI><P>Lamps</P></TI></TITLE><E.T>{articles}</E.T></ACT>".encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: saved(lamps()), "text": plain, "markdown": lambda: plain("## "), "akn": akoma_ntoso, "fmx": formex,
}  # fmt: skip


def taken(data: bytes) -> tuple[Document, Treaty]:
    document = read(data, "lamps")
    return document, split(document, "lamps")


@pytest.mark.parametrize("made", MAKERS)
def test_the_same_treaty_is_read_from_every_format(made: str) -> None:
    data = MAKERS[made]()
    _, treaty = taken(data)
    found = [(f"Article {one.label}", one.heading, [part.label for part in one.children]) for one in treaty.articles]
    assert found == [(number, title, ["1", "2"] if len(words) > 1 else []) for number, title, words in LAMPS]
    for article, (_, _, paragraphs) in zip(treaty.articles, LAMPS, strict=True):
        assert all(words in treaty.words(article.span).replace("\n", " ") for words in paragraphs)
    assert verify(treaty, data) == ()


def test_endings_name_the_formats() -> None:
    assert {ENDINGS[end] for end in (".docx", ".xml", ".txt", ".md")} == {"docx", "xml", "text"}
    for media, made in (("docx", "docx"), ("xml", "akn"), ("xml", "fmx"), ("text", "text")):
        assert fault(MAKERS[made](), media) is None  # type: ignore[arg-type]
        assert fault(MAKERS[made](), "pdf") is not None


# ---- Word ----------------------------------------------------------------------------------------------------------


def numbered(word: Any, forms: list[tuple[str, str]]) -> str:
    """A list of Word's own, a form and a text for each level; the answer is its number."""
    part = word.part.numbering_part.element
    whole = OxmlElement("w:abstractNum")
    whole.set(qn("w:abstractNumId"), "77")
    for at, (form, text) in enumerate(forms):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(at))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        whole.append(level)
    part.insert(0, whole)
    return str(part.add_num(77).numId)


def put(paragraph: Any, number: str, level: int) -> Any:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val, properties.get_or_add_ilvl().val = int(number), level
    return paragraph


def test_numbers_of_word_s_lists_are_counted_as_word_does() -> None:
    word = new_word()
    word.add_paragraph("Convention on Lamps", style="Title")
    number = numbered(word, [("decimal", "Article %1"), ("decimal", "%2."), ("lowerLetter", "(%3)")])
    for _ in range(2):
        put(word.add_paragraph("Lamps", style="Heading 1"), number, 0)
        put(word.add_paragraph("Each Party shall keep its lamps lit:"), number, 1)
        put(word.add_paragraph("at dusk;"), number, 2)
        put(word.add_paragraph("at night."), number, 2)
        put(word.add_paragraph("Each Party shall name wardens of lamps."), number, 1)
    data = saved(word)
    document, treaty = taken(data)
    assert [line.text.split()[0] for line in document.lines[1:6]] == ["Article", "1.", "(a)", "(b)", "2."]
    assert [one.eid for one in treaty.articles] == ["art_1", "art_2"]
    assert [part.label for part in treaty.articles[1].children] == ["1", "2"]
    assert [part.label for part in treaty.articles[1].children[0].children] == ["a", "b"]
    assert verify(treaty, data) == ()


def revision(kind: str, words: str) -> Any:
    """Words that somebody put in or took out with revisions recorded."""
    mark, run = OxmlElement(f"w:{kind}"), OxmlElement("w:r")
    text = OxmlElement("w:delText" if kind in ("del", "moveFrom") else "w:t")
    text.text = words
    run.append(text)
    mark.append(run)
    return mark


def test_deleted_and_struck_words_are_no_live_text_and_are_told() -> None:
    word = lamps()
    last = word.paragraphs[-1]
    last._p.append(revision("del", " It may be denounced."))
    last._p.append(revision("ins", " It may be amended."))
    last.add_run(" Struck out.").font.strike = True
    last.add_run(" Hidden.").font.hidden = True
    document, treaty = taken(saved(word))
    words = treaty.text.value
    assert "It may be amended." in words
    assert not [gone for gone in ("denounced", "Struck", "Hidden") if gone in words]
    assert "denounced" in " ".join(line.text for line in document.furniture)
    assert [(row.level, row.code) for row in document.issues] == [
        ("warning", "revisions-open"), ("warning", "file-without-pages"),
    ]  # fmt: skip
    assert "1 insertions and 1 deletions" in document.issues[0].message


def test_tables_and_notes_of_word() -> None:
    word = lamps()
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Harbour", "Number of lamps"
    document, _ = taken(saved(word))
    assert [line.text for line in document.lines[-2:]] == ["Harbour", "Number of lamps"]


def test_a_number_that_word_prints_alone_is_a_heading() -> None:
    word = new_word()
    number = numbered(word, [("decimal", "Article %1")])
    for _ in range(3):
        put(word.add_paragraph("", style="Heading 1"), number, 0)
        word.add_paragraph("Each Party shall keep its lamps lit.")
    assert [one.eid for one in taken(saved(word))[1].articles] == ["art_1", "art_2", "art_3"]


def test_a_raised_mark_typed_in_word_is_no_figure() -> None:
    word = new_word()
    for at in (1, 2, 3):
        heading = word.add_paragraph(f"Article {at}")
        heading.add_run("7").font.superscript = True
        word.add_paragraph("Each Party shall keep its lamps lit.")
    assert [one.eid for one in taken(saved(word))[1].articles] == ["art_1", "art_2", "art_3"]


def test_of_a_table_in_two_languages_one_is_read() -> None:
    word = new_word()
    table = word.add_table(rows=2, cols=2)
    for at in (0, 1):
        table.cell(
            at, 0
        ).text = f"Article {at + 1}\nThe keepers shall not put out the lamps of the quay, nor let them go out."
        table.cell(
            at, 1
        ).text = f"Article {at + 1}\nLes gardiens ne peuvent pas éteindre les lampes du quai, ni les laisser."
    document, treaty = taken(saved(word))
    assert "gardiens" in " ".join(line.text for line in document.others)
    assert "gardiens" not in treaty.text.value
    assert [one.eid for one in treaty.articles] == ["art_1", "art_2"]


def test_units_of_an_act_and_what_it_quotes() -> None:
    """Acts of the Westminster kind have sections; the marks of what is quoted are attributes."""
    act = "<akomaNtoso><act><body>{}</body></act></akomaNtoso>"
    section = "<section><num>{n}.</num><heading>Lamps</heading><content><p>Lamps burn at night.</p></content></section>"
    sections = act.format("".join(section.format(n=n) for n in (1, 2, 3)))
    assert [one.eid for one in taken(sections.encode())[1].articles] == ["art_1", "art_2", "art_3"]
    quoted = "<article><num>Article 7</num><content><p>Oil is dry.</p></content></article>"
    quoted = f"<quotedStructure>{quoted}</quotedStructure>"
    article = "<article><num>Article {n}</num><content><p>{words}</p></content></article>"
    words = (f"Article 7 is replaced by the following: <mod>{quoted}</mod>", "Wicks are cut.", "Lamps burn.")
    amending = act.format("".join(article.format(n=n, words=one) for n, one in enumerate(words, 1)))
    _, treaty = taken(amending.encode())
    assert [one.eid for one in treaty.articles] == ["art_1", "art_2", "art_3"]
    assert [one.code for one in treaty.issues] == ["file-without-pages"]


MARKDOWN = [
    ("a heading with a name for links", "## Article {n} {{#art-{n}}}\n\nLamps burn at night.\n\n"),
    ("headings of a wiki", "== Article {n} ==\n\nLamps burn at night.\n\n"),
    ("items of a list", "- **Article {n}** Lamps burn at night.\n"),
    ("rows of a table", "| Article {n} | Lamps |\n|---|---|\n\nLamps burn at night.\n\n"),
    ("titles over a rule", "Article {n}\n---------\n\nLamps burn at night.\n\n"),
    ("items that all say one", "## Article {n}\n\n1. Lamps burn at night.\n1. Oil is kept dry.\n\n"),
    ("pages' numbers among the lines", "[Page {n}]\n\nArticle {n}\n\nLamps burn at night.\n\n"),
]


@pytest.mark.parametrize(("reason", "form"), MARKDOWN, ids=[row[0] for row in MARKDOWN])
def test_habits_of_typed_texts(reason: str, form: str) -> None:
    data = ("Convention on Lamps\n\n" + "".join(form.format(n=n) for n in (1, 2, 3))).encode()
    document, treaty = taken(data)
    assert [one.eid for one in treaty.articles] == ["art_1", "art_2", "art_3"], reason
    assert not [
        sign for sign in ("[Page", "{#", "**", "==", "|") if sign in " ".join(one.text for one in document.lines)
    ]
    assert verify(treaty, data) == ()


def test_items_of_markdown_are_counted_as_its_reader_sees_them() -> None:
    items = "1. Lamps burn:\n   1. at dusk;\n   1. in fog.\n1. Oil is kept dry.\n"
    _, treaty = taken(f"# Convention on Lamps\n\n## Article 1\n\n{items}\n## Article 2\n\n{items}".encode())
    assert [[one.label for one in article.children] for article in treaty.articles] == [["1", "2"]] * 2
    assert [one.label for one in treaty.articles[0].children[0].children] == ["1", "2"]


# ---- harm ----------------------------------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A Word document with one of its parts exchanged."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LAUGHS + b"<akomaNtoso><act>&b;</act></akomaNtoso>", "xml-entities"),
        (FILE + b"<ACT><P>&f;</P></ACT>", "xml-entities"),
        ((LAUGHS + b"<ACT><P>&b;</P></ACT>").decode().encode("utf-16"), "xml-entities"),
        (b"<akomaNtoso><act><article>", "xml-broken"),
        (b"<ACT>" + b"<P>" * 5000, "xml-broken"),  # deeper than the parser goes
        (b"<ACT/>", "file-without-text"),
        (with_part(saved(lamps()), "word/document.xml", LAUGHS + b"<x/>"), "xml-entities"),
        (with_part(saved(lamps()), "word/document.xml", b"<broken"), "word-broken"),
        (with_part(saved(lamps()), "word/document.xml", b" " * 70_000_000), "word-too-large"),
        (saved(lamps())[:-400], "word-broken"),
        (saved(new_word()), "file-without-text"),
        (b"{\\rtf1\\ansi Article 1\\par}", "format-unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format-unsupported"),
        (b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.text" + bytes(99), "format-unsupported"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\nArticle 1", "format-unsupported"),
        (b"%PDF-1.7\n<</Collection <<>> /Names <</EmbeddedFiles 1 0 R>>>>\n%%EOF", "format-unsupported"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_harm_and_what_is_not_read_give_one_row(data: bytes, code: str) -> None:
    with pytest.raises(DataError) as caught:
        read(data, "lamps")
    assert [row.code for row in caught.value.issues] == [code]


def test_no_file_is_opened_and_nothing_unfolds() -> None:
    """Also where the entity is one nobody declared."""
    with pytest.raises(DataError):
        xml_pieces(b"<ACT><P>&unknown;</P></ACT>", "lamps")


def test_the_journal_s_own_structure_of_three_acts_is_read(shared: Path) -> None:
    for act, articles in (("led-2016", 65), ("e-evidence-2023", 34), ("eio-2014", 39)):
        data = (shared / "gold" / "formex" / f"{act}.formex.en.xml").read_bytes()
        found = format_of(data)
        assert found
        assert found.media == "xml"
        treaty = split(read(data, act), act)
        assert len(treaty.articles) == articles, act
        assert verify(treaty, data) == ()
