"""PDFs whose pages are put together otherwise than they are read: is the treaty read right all the same, or told?

The treaty is our own: twelve articles on lamps over four pages. Each attack is one way to write the same words
(`SAME`), or another set of pages or headings (`OTHER`).
"""

import random
from collections.abc import Callable, Iterator, Sequence

from support.pdf_pages import LEADING, LEFT, TOP, mapped, stream, typed
from support.workspace_fixture import pair, pdf
from treatynlp.errors import DataError
from treatynlp.pipeline.steps.splitting import doubted
from treatynlp.reading import read
from treatynlp.registry import Dates, Expect
from treatynlp.structure import split

DECLARED = pair().instruments[0].model_copy(
    update={"title": "Convention on Lamps", "short_title": "Lamps", "body": "The Parties", "kind": "treaty",
            "dates": Dates(adopted="2091-04-03"), "expect": Expect(articles=12)}
)  # fmt: skip
Line = str
Sheet = Sequence[Line]
ARTICLES, SHEETS = 12, 4
DUTIES = (
    "keep every lamp of its harbours lit at night", "count the lamps of its quays once in each year",
    "tell the other Parties of lamps that went out", "name an office that looks after the wicks",
    "train as many wardens as the ferries need", "mend a broken lamp within seven days",
    "publish a list of lamps that burn oil", "lend its ladders to the other Parties",
    "pay for the glass that its ships break", "hear the keepers before it moves a lamp",
    "send its reports to the depositary in spring", "let the keepers of others see its lamps",
)  # fmt: skip


def sheets() -> list[list[Line]]:
    """The lines of each page."""
    found = [_article(number) for number in range(1, ARTICLES + 1)]
    size = ARTICLES // SHEETS
    pages = [[line for one in found[at : at + size] for line in one] for at in range(0, ARTICLES, size)]
    pages[0] = ["CONVENTION ON LAMPS", "The Parties have agreed as follows:", *pages[0]]
    pages[-1] = [*pages[-1], "Done at Wick, this third day of April 2091, in one copy."]
    return pages


def _article(number: int) -> list[Line]:
    duty = DUTIES[number - 1]
    return [
        f"Article {number}", f"1. Each Party shall {duty}.",
        f"2. The Parties may agree on how to {duty.split()[0]} in other ways,", "where their laws allow it.",
    ]  # fmt: skip


def placed(lines: Sheet) -> list[tuple[float, float, str]]:
    """Each line with its place: left, down."""
    return [(LEFT, TOP - LEADING * at, line) for at, line in enumerate(lines)]


def words_placed(lines: Sheet) -> list[tuple[float, float, str]]:
    """Each word with its place, as wide as Helvetica sets it."""
    found = []
    for left, down, line in placed(lines):
        for word in line.split():
            found.append((left, down, word))
            left += width(word + " ")
    return found


def width(words: str) -> float:
    """How broad the words are in Helvetica of 12 points (its widths in thousandths, by kinds of letters)."""
    return sum(12 * NARROW.get(char, 0.556) for char in words)


NARROW = {" ": 0.278, ".": 0.278, ",": 0.278, "i": 0.222, "j": 0.222, "l": 0.222, "f": 0.278, "t": 0.278, "r": 0.333,
          ":": 0.278, "m": 0.833, "w": 0.722, "c": 0.5, "k": 0.5, "s": 0.5, "v": 0.5, "x": 0.5, "y": 0.5, "z": 0.5,
          "A": 0.667, "C": 0.722, "D": 0.722, "E": 0.667, "L": 0.556, "M": 0.833, "N": 0.722, "O": 0.778, "P": 0.667,
          "T": 0.611, "V": 0.667, "W": 0.944, "I": 0.278, "S": 0.667}  # fmt: skip


def painted(pieces: Sequence[tuple[float, float, str]]) -> bytes:
    return b"".join(typed(words, down, left=left) for left, down, words in pieces)


def bound(pages: Sequence[bytes]) -> bytes:
    """The PDF of pages with these contents."""
    leaf = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
    leaf += b" /Resources <</Font <</F 3 0 R /G 4 0 R>>>>>>"
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    objects = [part for at, one in enumerate(pages) for part in (leaf % (first + 2 * at + 1), stream(one))]
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding%s>>"
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(pages)), font % b"",
        font % b" /ToUnicode 5 0 R", mapped({chr(c): chr(c) for c in range(32, 127)} | {"~": "\u200b"}), *objects,
    )  # fmt: skip


def of_pages(make: Callable[[Sheet], bytes]) -> bytes:
    return bound([make(one) for one in sheets()])


def _shuffled(pieces: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    random.Random(7).shuffle(pieces)
    return pieces


def _letters(lines: Sheet) -> list[tuple[float, float, str]]:
    found = []
    for left, down, word in words_placed(lines):
        for char in word:
            found.append((left, down, char))
            left += width(char)
    return found


def _torn(lines: Sheet) -> bytes:
    """Blanks without width inside words: the file has them, the page shows none."""
    shown = b"".join(
        b"BT /F 12 Tf %.1f %.1f Td [%s] TJ ET\n"
        % (left, down, b" ".join(b"(%s)" % one.encode() if one != "~" else b"( ) 278" for one in _halves(words)))
        for left, down, words in placed(lines)
    )
    return shown


def _halves(words: str) -> Iterator[str]:
    for word in words.split(" "):
        yield from (word[:3], "~", word[3:] + " ") if len(word) > 5 else (word + " ",)


SAME: dict[str, Callable[[], bytes]] = {
    "lines from the last to the first": lambda: of_pages(lambda one: painted(placed(one)[::-1])),
    "lines in any order": lambda: of_pages(lambda one: painted(_shuffled(placed(one)))),
    "every other line first": lambda: of_pages(lambda one: painted(placed(one)[::2] + placed(one)[1::2])),
    "words from the last to the first": lambda: of_pages(lambda one: painted(words_placed(one)[::-1])),
    "words in any order": lambda: of_pages(lambda one: painted(_shuffled(words_placed(one)))),
    "letters one by one": lambda: of_pages(lambda one: painted(_letters(one))),
    "letters in any order": lambda: of_pages(lambda one: painted(_shuffled(_letters(one)))),
    "headings first": lambda: of_pages(
        lambda one: painted(sorted(placed(one), key=lambda piece: not piece[2].startswith("Article")))
    ),
    "pages painted twice": lambda: of_pages(lambda one: painted(placed(one)) * 2),
    "pages painted twice, a little apart": lambda: of_pages(
        lambda one: painted(placed(one)) + painted([(x + 0.3, y, words) for x, y, words in placed(one)])
    ),
    "each line painted twice": lambda: of_pages(
        lambda one: painted([piece for piece in placed(one) for _ in range(2)])
    ),
    "headings painted twice": lambda: of_pages(
        lambda one: painted([piece for piece in placed(one) for _ in range(1 + piece[2].startswith("Article"))])
    ),
    "blanks without width inside words": lambda: of_pages(_torn),
    "characters without width inside words": lambda: of_pages(
        lambda one: b"".join(
            typed(words.replace("ll", "l~l"), down, left=left).replace(b"/F", b"/G")
            for left, down, words in placed(one)
        )
    ),
}


def _other(change: Callable[[list[list[Line]]], list[list[Line]]]) -> Callable[[], bytes]:
    return lambda: bound([painted(placed(one)) for one in change(sheets())])


def _renamed(number: int, heading: str) -> Callable[[], bytes]:
    return _other(lambda pages: [[heading if line == f"Article {number}" else line for line in one] for one in pages])


FOREIGN = [
    "REGULATIONS ON BOATS",
    *(line.replace("lamp", "boat") for line in _article(5)),
    "The harbour office sets the fees of ferries.",
]
OTHER: dict[str, Callable[[], bytes]] = {
    "a heading in another language": _renamed(5, "Artykul 5"),
    "a heading by a sign": _renamed(5, "§ 5"),
    "a heading with a word for a number": _renamed(5, "Fifth matter"),
    "a heading without its number": _renamed(5, "Article"),
    "a heading as a picture": _renamed(5, " "),
    "a heading that doubles another": _renamed(5, "Article 4"),
    "two headings that changed places": _other(
        lambda pages: [
            [{"Article 5": "Article 6", "Article 6": "Article 5"}.get(line, line) for line in one] for one in pages
        ]
    ),
    "a page is lost": _other(lambda pages: [*pages[:1], *pages[2:]]),
    "the first page is lost": _other(lambda pages: pages[1:]),
    "the last page is lost": _other(lambda pages: pages[:-1]),
    "a page is there twice": _other(lambda pages: [*pages[:2], *pages[1:]]),
    "the last page is there twice": _other(lambda pages: [*pages, pages[-1]]),
    "two pages changed places": _other(lambda pages: [pages[0], pages[2], pages[1], pages[3]]),
    "pages from the last to the first": _other(lambda pages: pages[::-1]),
    "a page of another text between": _other(lambda pages: [*pages[:2], FOREIGN, *pages[2:]]),
    "a page without its upper half": _other(lambda pages: [pages[0], pages[1][6:], *pages[2:]]),
    "a page without its lower half": _other(lambda pages: [pages[0], pages[1][:6], *pages[2:]]),
    "a page that is white": _other(lambda pages: [pages[0], [], *pages[2:]]),
}


def articles_of(data: bytes) -> tuple[list[str], list[str]]:
    """The articles' words as they were read, and the rows that say what is in doubt: of the text itself, and of it as
    the convention that the registry declares."""
    try:
        document = read(data, "lamps.pdf")
        treaty = split(document, "lamps")
    except DataError as error:
        return [], [one.code for one in error.issues]
    rows = (*treaty.issues, *doubted(document, treaty, DECLARED))
    found = [" ".join(treaty.words(one.span).split()) for one in treaty.articles]
    return found, [one.code for one in rows if one.level != "info"]


def verdict(data: bytes) -> str:
    """`held` when every article is read as it stands, `told` when rows say that something is in doubt, `silent`."""
    right = [" ".join(_article(number)) for number in range(1, ARTICLES + 1)]
    found, told = articles_of(data)
    found[-1:] = [one.split(" Done at ")[0] for one in found[-1:]]
    return "held" if found == right else "told" if told else "silent"


def verdicts() -> Iterator[tuple[str, str, str]]:
    """Area, attack and verdict of each."""
    for area, attacks in (("a page put together otherwise", SAME), ("other pages, other headings", OTHER)):
        yield from ((area, name, verdict(make())) for name, make in attacks.items())
