"""Documents that are no treaty, in other languages, side by side, garbled, mangled: each is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from support.sources import SPECIMENS, mirror
from support.sources import document as document_of
from support.sources import treaty as treaty_of
from treatynlp.errors import Issue
from treatynlp.reading import Document, read, rows
from treatynlp.reading.furniture import sort_out
from treatynlp.reading.glyphs import HYPHEN
from treatynlp.reading.languages import language_of, script_of
from treatynlp.structure import split
from treatynlp.structure.judgement import judge
from treatynlp.text import Line

ENGLISH = (
    "The Parties shall consult each other without delay on every measure that they intend to take under this Article.",
    "Each Party shall ensure that its harbours are open by day and by night to vessels that are in distress.",
    "No Party may levy a charge for such shelter, save for the cost of the services asked for by the master.",
)
FRENCH = (
    "Les Parties se consultent sans retard sur tout ce qu'elles entendent faire en vertu du présent article.",
    "Chaque Partie veille à ce que ses ports soient ouverts de jour et de nuit aux navires qui sont en détresse.",
    "Aucune Partie ne peut percevoir une taxe pour cet abri, hormis le coût des services demandés par le capitaine.",
)


# ---- languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (" ".join(ENGLISH), "en"),
        (" ".join(FRENCH), "fr"),
        ("Las Partes se consultarán sin demora sobre las medidas que se propongan adoptar en el pacto.", "es"),
        ("As Partes devem consultar-se sem demora sobre as medidas que pretendem tomar, e não em outro lugar.", "pt"),
        ("Die Parteien beraten sich ohne Verzug über die Maßnahmen, und über die Kosten der Häfen.", "de"),
        ("Стороны незамедлительно консультируются друг с другом о мерах, которые они намерены принять.", "CYRILLIC"),
        ("تتشاور الأطراف دون تأخير بشأن التدابير التي تعتزم اتخاذها بموجب هذه المادة", "ARABIC"),
        ("缔约各方应就其打算采取的措施毫不拖延地相互协商", "CJK"),
        ("Article 1", ""),  # too few words to tell
        ("7KH 3DUWLHV VKDOO FRQVXOW HDFK RWKHU ZLWKRXW GHOD\\ RQ HYHU\\ PHDVXUH WKDW WKH\\ LQWHQG WR WDNH XQGHU", ""),
    ],
)  # fmt: skip
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_phonetic_letters_are_a_script_of_their_own() -> None:
    # fonts without a map to Unicode often come out as such letters
    assert script_of("ʗʲʯʸʴ") == "PHONETIC"
    assert script_of("12 – 3") == ""


def article(word: str, number: int, paragraphs: tuple[str, ...]) -> str:
    numbered = "\n\n".join(f"{at}. {words}" for at, words in enumerate(paragraphs, 1))
    return f"#block(breakable: false)[#align(center)[*{word} {number}*]\n{numbered}]\n\n"


def side_by_side() -> str:
    cells = "".join(f"[{article('Article', n, ENGLISH)}],[{article('Article', n, FRENCH)}],\n" for n in range(1, 9))
    page = "#set page(width: 170mm, height: 240mm)\n#set text(size: 9pt)\n#set par(justify: true)\n"
    return f"{page}#grid(columns: (1fr, 1fr), column-gutter: 8mm, row-gutter: 3mm,\n{cells})\n"


def in_turn() -> str:
    pages = [
        "".join(article("Article", n, words) for n in range(first, first + 3))
        for first in (1, 4, 7)
        for words in (ENGLISH, FRENCH)
    ]
    return "#set page(width: 170mm, height: 240mm)\n#set text(size: 11pt)\n" + "\n#pagebreak()\n".join(pages)


@pytest.mark.parametrize(("printed", "articles"), [(side_by_side, 8), (in_turn, 9)])
@pytest.mark.parametrize(("language", "own", "other"), [("en", "harbours", "détresse"), ("fr", "détresse", "harbours")])
def test_the_asked_for_language_is_kept(
    printed: Callable[[], str], articles: int, language: str, own: str, other: str
) -> None:
    document = read(typst.compile(printed().encode(), timestamp=0), "tides.pdf", language)
    treaty = split(document, "tides")
    assert [(one.label, len(one.children)) for one in treaty.articles] == [(str(n), 3) for n in range(1, articles + 1)]
    assert treaty.text.value.count(own) == articles
    assert other not in treaty.text.value
    assert [issue.code for issue in document.issues] == ["several-languages"]
    aside = "".join(line.text.removesuffix(HYPHEN) for line in document.others)
    assert aside.count(other) == articles  # set aside, not lost


def test_a_document_in_one_language_is_kept_whole(shared: Path) -> None:
    assert [path.stem for path in (*SPECIMENS, *mirror(shared)) if document_of(path).others] == []


# ---- what only looks like furniture or a note ----------------------------------------------------------------------


def column(page: int, top: float, size: float, *words: str) -> tuple[Line, ...]:
    """Lines below each other in letters of one size."""
    return tuple(
        Line(text, page, (72, top + 1.5 * size * at, 72 + 0.5 * size * len(text), top + (1.5 * at + 1) * size),
             index=round(top) * 1000 + at, size=size)
        for at, text in enumerate(words)
    )  # fmt: skip


def test_an_annex_in_small_letters_is_no_footnote() -> None:
    pages = [column(page, 90, 12.0, *ENGLISH * 4) for page in (1, 2, 3)]
    annex = column(4, 90, 9.0, "ANNEX", *ENGLISH, "3. The lamps are of three kinds.", *ENGLISH * 3)
    noted = (*column(5, 90, 12.0, *ENGLISH * 4), *column(5, 700, 9.0, "1 See the Register of Lamps."))
    found = sort_out([*pages, annex, noted], [842.0] * 5, "en")
    assert [line.text for line in found.notes] == ["1 See the Register of Lamps."]


@pytest.mark.parametrize(
    ("heads", "set_aside", "why"),
    [
        (
            ("71 Lighthouse Treaty Series * Recueil des phares", "72 Lighthouse Treaty Series - Recueil des phar6s",
             "73 Lighthouse Treatv Series * Recueil des phares"),
            3, "the page number counts, a few letters are misread",
        ),
        (
            ("1. Each Party shall adopt such measures as it needs to light",
             "1. Each Party shall adopt such measures as it has to light",
             "1. Each Party shall adopt such measures as it needs to dim"),
            0, "wording that returns in every article",
        ),
    ],
)  # fmt: skip
def test_running_heads_with_misread_letters(heads: tuple[str, ...], set_aside: int, why: str) -> None:
    texts = (ENGLISH, tuple(words.upper() for words in ENGLISH), tuple(words[::-1] for words in ENGLISH))
    pages = [
        (*column(page, 60, 12.0, head), *column(page, 200, 12.0, *texts[page % 3]))
        for page, head in enumerate(heads, 1)
    ]
    assert len(sort_out(pages, [842.0] * 3, "en").furniture) == set_aside, why


# ---- what is no instrument ------------------------------------------------------------------------------------------


def judged(*lines: str) -> list[tuple[str, str]]:
    printed = tuple(
        Line(words, 1 + at // 40, (72, 72 + 14 * (at % 40), 72 + 5 * len(words), 84 + 14 * (at % 40)), size=12.0)
        for at, words in enumerate(lines)
    )
    document = Document("tides.pdf", "0" * 64, "application/pdf", 1 + len(lines) // 40, rows.printed_rows(printed))
    return [(issue.level, issue.code) for issue in judge(document, split(document, "tides"))]


def articles(*numbers: int) -> list[str]:
    return [line for n in numbers for line in (f"Article {n}", *ENGLISH)]


AGREED = "The States Parties to this Convention, have agreed as follows:"
INLINE = [f"as set out above. Article {n} Scope of the measures. {ENGLISH[n % 3]}" for n in range(1, 20)]


@pytest.mark.parametrize(
    ("lines", "said", "why"),
    [
        (["Convention on Tides", AGREED, *articles(1, 2, 3)], [], "an instrument like others"),
        (["Tides of Neighbouring Harbours", *articles(1, 2, 3)], [("warning", "not-an-instrument")], "nobody agreed"),
        (articles(11, 12, 13), [("warning", "excerpt")], "the first article is 11"),
        (
            ["Resolution 7 of the Lighthouse Assembly", "The Assembly, Recalling its resolution on tides,",
             "1. Decides to keep the lamps lit;", "2. Requests the Keeper to report on it;", *ENGLISH],
            [("warning", "not-an-instrument")], "a resolution",
        ),
        (
            ["Instrument of Ratification", "I, Keeper of the Lamps, hereby ratify the said Convention.", *ENGLISH],
            [("warning", "not-an-instrument")], "a State's act about an instrument",
        ),
        (
            ["Explanatory Report", "This provision reflects the wish of the drafters to keep the lamps lit.",
             "Paragraph 2 of the text makes clear that the drafters thought of ships.", *ENGLISH],
            [("warning", "not-an-instrument")], "a commentary",
        ),
        (["A Call for Calm Seas", *ENGLISH, *ENGLISH], [("info", "no-articles")], "a declaration"),
        (INLINE, [("error", "text-mangled")], "headings inside running lines"),
        (["Convention", AGREED, *FRENCH, *FRENCH], [("error", "language-unsupported")], "French"),
        (["\ue012\ue013 \ue014\ue015\ue016 words of"] * 30, [("error", "text-garbled")], "letters of private use"),
        (["اʗʲʯفاق الʸʹʦع خʗود"] * 30, [("error", "text-garbled")], "words of several scripts"),
        (["7KH 3DUWLHV VKDOO FRQVXOW HDFK RWKHU"] * 30, [("error", "language-unknown")], "shifted letters"),
        (["12 13", "14"], [("error", "text-missing")], "hardly a word"),
    ],
)  # fmt: skip
def test_what_a_document_is_not(lines: list[str], said: list[tuple[str, str]], why: str) -> None:
    assert judged(*lines) == said, why


def test_real_instruments_are_taken_for_instruments(shared: Path) -> None:
    found = {path.stem: [issue.code for issue in judge(document_of(path), treaty_of(path))] for path in mirror(shared)}
    assert found == {stem: ["no-articles"] if stem == "paris-call-2018" else [] for stem in found}
    assert [judge(document_of(path), treaty_of(path)) for path in SPECIMENS] == [()] * len(SPECIMENS)


@pytest.mark.parametrize(
    ("name", "count", "codes"),
    [
        ("arsiwa-2001", 59, ["not-an-instrument"]),  # articles nobody has adopted as a treaty
        ("bbnj-2023-ar", 0, ["text-garbled"]),  # Arabic whose fonts do not map to Arabic letters
        ("bbnj-2023-en", 76, []),
        ("cisg-1980-a", 101, []),  # begins with the end of a list of contents
        ("eu-2015-849-consolidated", 81, []),
        ("gdpr-reflowed-unofficial", None, ["text-mangled"]),
        ("nyc-1958-web", 16, []),
        ("space-law-booklet-ga", 17, []),  # the first of several instruments in it
        ("uk-cs-albania-1.2021-uk-albania", 12, []),
        ("uk-cs-mexico-1.2021-uk-mexico-t", 12, []),
        ("unclos-partxi-fr-oj", None, ["language-unsupported"]),
        ("unga-a-res-78-272", 0, ["not-an-instrument"]),
        ("unscr-1373", 0, ["not-an-instrument"]),
        ("unts-1848-cn-kr-excerpt", 2, ["excerpt"]),
    ],
)
def test_real_documents_of_other_kinds(shared: Path, name: str, count: int | None, codes: list[str]) -> None:
    path = shared / "corpus" / "layouts" / f"{name}.pdf"
    issues = judge(document_of(path), treaty_of(path))
    assert [issue.code for issue in issues] == codes
    assert all(issue.where == path.name and len(issue.message) > 60 for issue in issues)
    assert count is None or len(treaty_of(path).articles) == count


@pytest.mark.needs("tesseract")
@pytest.mark.parametrize(
    ("name", "count", "codes"),
    [("ng-ratification-achpr-scan", 0, ["not-an-instrument"]), ("ng-uae-transfer-sentenced-persons-scan", 22, [])],
)
def test_real_scans(shared: Path, name: str, count: int, codes: list[str]) -> None:
    path = shared / "corpus" / "layouts" / f"{name}.pdf"
    document, treaty = document_of(path), treaty_of(path)
    issues: tuple[Issue, ...] = judge(document, treaty)
    assert (document.fidelity, len(treaty.articles), [issue.code for issue in issues]) == ("ocr", count, codes)
