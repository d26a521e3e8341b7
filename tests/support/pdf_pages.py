"""One page of our own convention on lamps as a PDF, written by hand, operator by operator."""

from dataclasses import dataclass

from support.workspace_fixture import pdf

LINES = (
    "CONVENTION ON LAMPS", "The Parties have agreed as follows:",
    "Article 1", "The Parties shall keep every lamp lit at night.",
    "Article 2", "The Parties shall count their lamps once in each year.",
    "Article 3", "The Parties shall tell one another of lamps that went out.",
)  # fmt: skip
HIDDEN = ("Article 9", "The Parties may put out lamps.")
TOP, LEFT, LEADING, LETTERS = 740, 72, 24, 12
AREA = b"60 380 420 60"
"""Where the hidden words stand: left, bottom, width, height."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn behind the convention's own words, what resources that takes, and further objects from number 6."""

    content: bytes
    resources: bytes = b""
    objects: tuple[bytes, ...] = ()
    before: bytes = b""
    page: bytes = b""
    catalogue: bytes = b""
    lines: tuple[str, ...] = LINES


def typed(words: str, top: float, size: float = LETTERS, mode: bytes = b"", left: float = LEFT) -> bytes:
    """A line of words as a page's operators print it."""
    return b"BT /F %.1f Tf %s %.1f %.1f Td (%s) Tj ET\n" % (size, mode, left, top, words.encode("latin-1"))


def hidden(mode: bytes = b"", size: float = LETTERS, left: float = LEFT) -> bytes:
    """The hidden article's two lines."""
    return b"".join(typed(one, 420 - LEADING * at, size, mode, left) for at, one in enumerate(HIDDEN))


def made(page: Page) -> bytes:
    """The PDF of a page."""
    own = b"".join(typed(one, TOP - LEADING * at) for at, one in enumerate(page.lines))
    leaf = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R %s" % page.page
    leaf += b" /Resources <</Font <</F 5 0 R /G 6 0 R>> %s>>>>" % page.resources
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R %s>>" % page.catalogue,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        leaf,
        stream(page.before + own + page.content),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
        *page.objects,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object with these entries."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def form(content: bytes, entries: bytes = b"", box: bytes = b"0 0 600 800") -> bytes:
    """A piece of drawing that a page may use."""
    fonts = b"/Resources <</Font <</F 5 0 R>>>>"
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [%s] %s %s" % (box, fonts, entries))


def image(*rows: bytes, entries: bytes = b"") -> bytes:
    """A small picture in shades of grey."""
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 %s"
    return stream(b"".join(rows), head % (len(rows[0]), len(rows), entries))


def mapped(pairs: dict[str, str]) -> bytes:
    """What a font says each of its letters means."""
    rows = b"".join(
        b"<%02x> <%s>\n" % (ord(one), meant.encode("utf-16-be").hex().encode()) for one, meant in pairs.items()
    )
    head = b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n"
    return stream(head + b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(pairs), rows))


LAYER = b"<</Type /OCG /Name (Draft)>>"
LAYER_OFF = b"/OCProperties <</OCGs [6 0 R] /D <</OFF [6 0 R]>>>>"
LAYER_ON = b"/OCProperties <</OCGs [6 0 R] /D <</ON [6 0 R]>>>>"
GREY = tuple(bytes((60 * (x * y % 4)) % 256 for x in range(40)) for y in range(12))
DRAWN = b"q 420 0 0 60 60 380 cm /X Do Q\n"
NO_GLYPHS = (
    b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32"
    b" /LastChar 122 /Widths [%s] /Encoding <</Differences [32 %s]>> /CharProcs <<%s>> /ToUnicode 7 0 R>>"
)


def no_glyphs() -> tuple[bytes, ...]:
    """A font whose letters are empty."""
    return drawn_letters(b"")


def drawn_letters(each: bytes) -> tuple[bytes, ...]:
    """A font whose letters are this drawing."""
    names = [b"g%d" % code for code in range(32, 123)]
    font = NO_GLYPHS % (
        b"500 " * len(names), b" ".join(b"/" + one for one in names), b" ".join(b"/%s 8 0 R" % one for one in names)
    )  # fmt: skip
    return font, mapped({chr(code): chr(code) for code in range(32, 123)}), stream(b"500 0 d0 " + each)
