"""PDFs whose words and whose page differ: what is in the file and not on the paper, and the other way round.

Each is one page of our own convention on lamps, written by hand, operator by operator. `hidden`: an Article 9 that no
reader sees; `other`: a page that shows "shall" where the file says "shall not", which its drawing alone cannot tell.
"""

from collections.abc import Callable, Iterator

from support.pdf_pages import (
    AREA,
    DRAWN,
    GREY,
    HIDDEN,
    LAYER,
    LAYER_OFF,
    LAYER_ON,
    LEADING,
    LINES,
    TOP,
    Page,
    drawn_letters,
    form,
    hidden,
    image,
    made,
    mapped,
    no_glyphs,
    stream,
    typed,
)
from treatynlp.reading import read

HIDING: dict[str, Page] = {
    "white on white": Page(b"1 g\n" + hidden()),
    "white of four inks": Page(b"0 0 0 0 k\n" + hidden()),
    "nearly white": Page(b"0.98 g\n" + hidden()),
    "an ink that prints nothing": Page(
        b"/N cs 1 scn\n" + hidden(), b"/ColorSpace <</N [/Separation /None /DeviceGray 6 0 R]>>",
        (b"<</FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1>>",),
    ),
    "render mode 3": Page(hidden(b"3 Tr")),
    "render mode 7": Page(hidden(b"7 Tr")),
    "without any colour": Page(
        b"/T gs\n" + hidden(), b"/ExtGState <</T 6 0 R>>", (b"<</Type /ExtGState /ca 0 /CA 0>>",)
    ),
    "a mask that lets nothing through": Page(
        b"/T gs\n" + hidden(), b"/ExtGState <</T 6 0 R>>",
        (
            b"<</Type /ExtGState /SMask <</Type /Mask /S /Luminosity /G 7 0 R>>>>",
            form(b"0 g 0 0 600 800 re f", b"/Group <</S /Transparency /CS /DeviceGray>>"),
        ),
    ),
    "half a point high": Page(hidden(size=0.5)),
    "no width": Page(hidden(b"0.01 Tz")),
    "clipped away": Page(b"q 0 0 20 20 re W n\n" + hidden() + b"Q\n"),
    "clipped to nothing": Page(b"q 60 380 0 0 re W n\n" + hidden() + b"Q\n"),
    "covered by white": Page(hidden() + b"1 g %s re f\n" % AREA),
    "covered by black": Page(hidden() + b"0 g %s re f\n" % AREA),
    "covered by a picture": Page(hidden() + DRAWN, b"/XObject <</X 6 0 R>>", (image(*GREY),)),
    "covered by a shading": Page(
        hidden() + b"q %s re W n /S sh Q\n" % AREA, b"/Shading <</S 6 0 R>>",
        (
            b"<</ShadingType 2 /ColorSpace /DeviceGray /Coords [60 0 480 0] /Extend [true true] /Function 7 0 R>>",
            b"<</FunctionType 2 /Domain [0 1] /C0 [0.9] /C1 [1] /N 1>>",
        ),
    ),
    "covered by a drawing of its own": Page(
        hidden() + b"/X Do\n", b"/XObject <</X 6 0 R>>", (form(b"1 g %s re f" % AREA),)
    ),
    "covered by a note": Page(
        hidden(), objects=(
            b"<</Type /Annot /Subtype /Square /Rect [60 380 480 440] /F 4 /AP <</N 7 0 R>>>>",
            form(b"1 g 0 0 420 60 re f", box=b"0 0 420 60"),
        ),
        page=b"/Annots [6 0 R]",
    ),
    "outside the crop box": Page(
        b"".join(typed(one, 60 - LEADING * at) for at, one in enumerate(HIDDEN)), page=b"/CropBox [0 100 600 800]"
    ),
    "off the page": Page(hidden(left=700)),
    "a layer switched off": Page(
        b"/OC /L BDC\n" + hidden() + b"EMC\n", b"/Properties <</L 6 0 R>>", (LAYER,), catalogue=LAYER_OFF
    ),
    "a group of layers switched off": Page(
        b"/OC /L BDC\n" + hidden() + b"EMC\n", b"/Properties <</L 7 0 R>>", (LAYER, b"<</Type /OCMD /OCGs [6 0 R]>>"),
        catalogue=LAYER_OFF,
    ),
    "a layer switched off, in a drawing": Page(
        b"/X Do\n", b"/XObject <</X 7 0 R>>", (LAYER, form(hidden(), b"/OC 6 0 R")), catalogue=LAYER_OFF
    ),
    "white in a drawing": Page(b"/X Do\n", b"/XObject <</X 6 0 R>>", (form(b"1 g\n" + hidden()),)),
    "cut off by a drawing's edge": Page(
        b"/X Do\n", b"/XObject <</X 6 0 R>>", (form(hidden(), box=b"0 0 600 300"),)
    ),
    "letters without shape": Page(hidden().replace(b"/F", b"/G"), objects=no_glyphs()),
    "struck out": Page(hidden() + b"".join(b"0 g 70 %d 200 0.8 re f\n" % (423 - 24 * at) for at in range(2))),
    "dark on dark": Page(hidden(), before=b"0.1 g %s re f 0 g\n" % AREA),
    "most of a page in white": Page(
        b"1 g\n" + b"".join(typed("The Parties may put out lamps.", 540 - 14 * at) for at in range(30))
    ),
    "pale yellow": Page(b"1 1 0.6 rg\n" + hidden()),
    "light grey": Page(b"0.93 g\n" + hidden()),
    "outlined in white": Page(b"1 G\n" + hidden(b"1 Tr")),
    "filled and outlined in white": Page(b"1 G 1 g\n" + hidden(b"2 Tr")),
    "filled with a pattern of nothing": Page(
        b"/Pattern cs /P scn\n" + hidden(), b"/Pattern <</P 6 0 R>>",
        (stream(b"", b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources <<>>"),),
    ),
    "mixed to white": Page(
        b"/T gs\n" + hidden(), b"/ExtGState <</T 6 0 R>>", (b"<</Type /ExtGState /BM /Screen>>",)
    ),
    "covered by a broad line": Page(hidden() + b"1 G 60 w 60 410 m 480 410 l S\n"),
    "covered by a link's look": Page(
        hidden(), objects=(
            b"<</Type /Annot /Subtype /Link /Rect [60 380 480 440] /F 4 /AP <</N 7 0 R>>>>",
            form(b"1 g 0 0 420 60 re f", box=b"0 0 420 60"),
        ),
        page=b"/Annots [6 0 R]",
    ),
    "less than a point high": Page(hidden(size=0.8)),
    "a point high": Page(hidden(size=1)),
    "struck out with a bar": Page(hidden() + b"".join(b"0 g 70 %d 200 4 re f\n" % (421 - 24 * at) for at in range(2))),
    "struck out by a note": Page(
        hidden(), objects=(
            b"<</Type /Annot /Subtype /StrikeOut /Rect [60 380 480 440] /F 4 /C [1 0 0]"
            b" /QuadPoints [70 430 300 430 70 418 300 418 70 406 300 406 70 394 300 394]>>",
        ),
        page=b"/Annots [6 0 R]",
    ),
    "crossed out": Page(hidden() + b"70 392 m 270 432 l 70 432 m 270 392 l S\n"),
    "crossed out by one line": Page(hidden() + b"1 0 0 RG 3 w 70 392 m 270 432 l S\n"),
    "pressed together": Page(hidden(b"-5.5 Tc")),
    "letters that clip themselves away": Page(
        hidden().replace(b"/F", b"/G"), objects=drawn_letters(b"0 0 0 0 re W n 0 0 400 600 re f")
    ),
    "letters drawn in white": Page(hidden().replace(b"/F", b"/G"), objects=drawn_letters(b"1 g 0 0 400 600 re f")),
    "one word in white": Page(
        b"BT /F 12 Tf 72 420 Td (Article 4) Tj 0 -24 Td (The Parties shall ) Tj"
        b" 1 g (not) Tj 0 g ( put out lamps.) Tj ET\n"
    ),
    "one word clipped away": Page(
        b"q 60 380 103 60 re 181 380 300 60 re W n\n" + typed("Article 4", 420)
        + typed("The Parties may not put out lamps.", 396) + b"Q\n"
    ),
}  # fmt: skip
"""Words nobody sees."""

SHOWN: dict[str, Page] = {
    "white on black": Page(b"1 g\n" + hidden(), before=b"0 g %s re f 0 g\n" % AREA),
    "white on a picture": Page(
        b"1 g\n" + hidden(), b"/XObject <</X 6 0 R>>", (image(b"\0" * 8, b"\x10" * 8),), before=DRAWN
    ),
    "on a picture of the whole page": Page(
        hidden(), b"/XObject <</X 6 0 R>>", (image(b"\xf0" * 8, b"\xe8" * 8),), before=b"q 600 0 0 800 0 0 cm /X Do Q\n"
    ),
    "marked with a pen one sees through": Page(
        hidden() + b"/T gs 1 1 0 rg %s re f\n" % AREA, b"/ExtGState <</T 6 0 R>>",
        (b"<</Type /ExtGState /BM /Multiply>>",),
    ),
    "under a tint": Page(
        hidden() + b"/T gs 0.5 g %s re f\n" % AREA, b"/ExtGState <</T 6 0 R>>", (b"<</Type /ExtGState /ca 0.2>>",)
    ),
    "under a stamp one sees through": Page(
        hidden() + DRAWN, b"/XObject <</X 6 0 R>>",
        (image(b"\0" * 8, b"\0" * 8, entries=b"/SMask 7 0 R"), image(b"\x20" * 8, b"\x20" * 8)),
    ),
    "inside its clip": Page(b"q %s re W n\n" % AREA + hidden() + b"Q\n"),
    "a layer switched on": Page(
        b"/OC /L BDC\n" + hidden() + b"EMC\n", b"/Properties <</L 6 0 R>>", (LAYER,), catalogue=LAYER_ON
    ),
    "in a drawing": Page(b"/X Do\n", b"/XObject <</X 6 0 R>>", (form(hidden()),)),
    "underlined": Page(hidden() + b"".join(b"0 g 70 %d 200 0.8 re f\n" % (418 - 24 * at) for at in range(2))),
    "beside an empty cell that is crossed out": Page(hidden() + b"300 392 m 480 432 l S\n"),
    "in a chart": Page(hidden() + b"".join(b"70 %d m 270 %d l S\n" % (392 + at, 420 + at) for at in range(12))),
    "a little nearer together": Page(hidden(b"-0.6 Tc")),
    "in a frame": Page(hidden() + b"0 G %s re S\n" % AREA),
    "grey": Page(b"0.5 g\n" + hidden()),
    "beside a note": Page(
        hidden(), objects=(b"<</Type /Annot /Subtype /Link /Rect [60 380 480 440] /Border [0 0 0]>>",),
        page=b"/Annots [6 0 R]",
    ),
    "small print": Page(hidden(size=5)),
}  # fmt: skip
"""Words that look like them and are seen."""

SAID, MEANT = "The Parties shall put out lamps.", "The Parties shall not put out lamps."
_FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R>>"
_ARTICLE = typed("Article 4", 420)


def _in_g(words: bytes) -> bytes:
    return b"BT /G 12 Tf 72 396 Td %s ET\n" % words


def _layer(shown: str) -> Page:
    """A picture of other words under words that are printed without ink: a scan and somebody's OCR of it."""
    lines = (*LINES, "Article 4", shown)
    return Page(
        b"".join(typed(one, TOP - LEADING * at, mode=b"3 Tr") for at, one in enumerate((*LINES, "Article 4", MEANT))),
        b"/XObject <</X 6 0 R>>", (_drawn(lines),), before=b"q 600 0 0 800 0 0 cm /X Do Q\n", lines=(),
    )  # fmt: skip


def _drawn(lines: tuple[str, ...]) -> bytes:
    """A picture of a page with these lines."""
    import pypdfium2

    page = pypdfium2.PdfDocument(made(Page(b"", objects=(_FONT, mapped({})), lines=lines)))[0]
    picture = page.render(scale=2, grayscale=True).to_pil()
    return image(*(picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height)))


MEANING: dict[str, Callable[[], Page]] = {
    "ActualText": lambda: Page(
        _ARTICLE + b"BT /F 12 Tf 72 396 Td (The Parties ) Tj /Span <</ActualText (shall not)>> BDC (shall) Tj EMC"
        b" ( put out lamps.) Tj ET\n"
    ),
    "ActualText over a whole line": lambda: Page(
        _ARTICLE + b"/Span <</ActualText (%s)>> BDC\n" % MEANT.encode() + typed(SAID, 396) + b"EMC\n"
    ),
    "a letter that means a word": lambda: Page(
        _ARTICLE + _in_g(b"(The Parties shall put out lamps.) Tj"),
        objects=(_FONT, mapped({chr(c): chr(c) for c in range(32, 127)} | {"a": "a not"})),
    ),
    "letters that mean other letters": lambda: Page(
        _ARTICLE + _in_g(b"(The Parties may put out lamps.) Tj"),
        objects=(_FONT, mapped({chr(c): chr(c) for c in range(32, 127)} | {"m": "w", "y": "i"})),
    ),
    "ActualText of a short word over a blank": lambda: Page(
        _ARTICLE + b"BT /F 12 Tf 72 396 Td (The Parties shall) Tj /Span <</ActualText ( not )>> BDC ( ) Tj EMC"
        b" (put out lamps.) Tj ET\n"
    ),
    "ActualText of another figure": lambda: Page(
        _ARTICLE + b"BT /F 12 Tf 72 396 Td (The Parties shall put out ) Tj /Span <</ActualText (7)>> BDC (1) Tj EMC"
        b" ( lamps.) Tj ET\n"
    ),
    "ActualText letter by letter": lambda: Page(
        _ARTICLE
        + b"BT /F 12 Tf 72 396 Td (The Parties ) Tj "
        + b"".join(b"/Span <</ActualText (%c)>> BDC (%c) Tj EMC " % pair for pair in zip(b"will", b"may ", strict=True))
        + b"( put out lamps.) Tj ET\n"
    ),
    "a sign that means a short word": lambda: Page(
        _ARTICLE + _in_g(b"(The Parties shall~put out lamps.) Tj"),
        objects=(_FONT, mapped({chr(c): chr(c) for c in range(32, 126)} | {"~": " not "})),
    ),
    "a figure that means another": lambda: Page(
        _ARTICLE + _in_g(b"(The Parties shall put out 1 lamps.) Tj"),
        objects=(_FONT, mapped({chr(c): chr(c) for c in range(32, 127)} | {"1": "7"})),
    ),
    "letters that mean nothing": lambda: Page(
        _ARTICLE + _in_g(b"(The Parties shall not put out lamps.) Tj"),
        objects=(_FONT, mapped({chr(c): chr(c) for c in range(32, 127)} | dict.fromkeys("not", "\u200b"))),
    ),
    "letters that are drawings": lambda: Page(
        hidden().replace(b"/F", b"/G"), objects=drawn_letters(b"0 0 400 600 re f")
    ),
    "a field over words": lambda: Page(
        hidden(),
        objects=(
            b"<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [60 380 480 440] /F 4 /AP <</N 7 0 R>>>>",
            form(b"1 g 0 0 420 60 re f", box=b"0 0 420 60"),
        ),
        page=b"/Annots [6 0 R]",
    ),
    "a picture that says something else": lambda: _layer(SAID),
}
"""Pages that show other words than the file gives."""
SAME: dict[str, Callable[[], Page]] = {
    "ActualText for a hyphen": lambda: Page(
        typed("Article 9", 420) + b"BT /F 12 Tf 72 396 Td (The Parties may put out lam) Tj"
        b" /Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC 0 -14 Td (ps.) Tj ET\n"
    ),
    "a ligature": lambda: Page(
        typed("Article 9", 420) + _in_g(b"(The Parties may put out ofice lamps.) Tj").replace(b"ofice", b"o~ice"),
        objects=(_FONT.replace(b"/WinAnsiEncoding", b"<</Type /Encoding /Differences [126 /ffi]>>"),
                 mapped({chr(c): chr(c) for c in range(32, 126)} | {"~": "ffi"})),
    ),
    "a picture that says the same": lambda: _layer(MEANT),
}  # fmt: skip
"""Pages made the same way that show what the file gives."""


def read_page(page: Page) -> tuple[str, str, list[str]]:
    """What is read from a page: its text, what was set aside, the codes of its rows."""
    document = read(made(page), "lamps.pdf")
    text, aside = (" ".join(line.text for line in lines) for lines in (document.lines, document.aside))
    return text, aside, [one.code for one in document.issues]


def wrongly_read(name: str, page: Page) -> bool:
    """Whether words that nobody sees are in the text: the hidden article, or the hidden "not" of one that is seen."""
    text, _, _ = read_page(page)
    return " not put" in text if name.startswith("one word") else "put out" in text


def verdicts() -> Iterator[tuple[str, str, str]]:
    """Area, attack and verdict of every page: `told` (set aside, or said to be in doubt), `silent` (wrong, and no row);
    pages that only look like attacks are `held` when all of their words are read, `lost` when not."""
    for name, page in HIDING.items():
        told = not wrongly_read(name, page) and "words-unseen" in read_page(page)[2]
        yield "words nobody sees, in PDF", name, "told" if told else "silent"
    for name, page in SHOWN.items():
        text, _, codes = read_page(page)
        yield "words that are seen, in PDF", name, "held" if HIDDEN[1] in text and not codes else "lost"
    for name, make in MEANING.items():
        yield "pages that show other words, in PDF", name, "told" if read_page(make())[2] else "silent"
    for name, make in SAME.items():
        doubted = set(read_page(make())[2]) - {"words-unproven"}
        yield "pages that show the same words, in PDF", name, "lost" if doubted else "held"
