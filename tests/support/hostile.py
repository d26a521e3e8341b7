"""Documents made to do harm, and what is done with them here."""

import zlib

from support.workspace_fixture import pdf
from treatynlp.reading import rows
from treatynlp.reading.document import Document
from treatynlp.text import Line

CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def page(content: bytes) -> bytes:
    """A PDF of one page with this content, packed as small as it goes."""
    packed = zlib.compress(content, 9)
    stream = b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    leaf = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>"
    return pdf(*CATALOGUE, leaf, stream, FONT)


def words(times: int) -> bytes:
    """A page that prints a word so many times: 13 bytes each when unpacked, hardly any packed."""
    return page(b"BT /F 12 Tf 72 700 Td " + b"(Article) Tj " * times + b"ET")


def nested(times: int) -> bytes:
    """A page that saves its state so many times and never restores it."""
    return page(b"q " * times)


def pages(count: int) -> bytes:
    """A PDF that shows one page so many times."""
    kids = b"3 0 R " * count
    tree = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count)
    return pdf(CATALOGUE[0], tree, b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]>>")


def document(*lines: str) -> Document:
    """A document of these lines, fifty a page."""
    made = (
        Line(text, at // 50 + 1, (72, 20 + 14 * (at % 50), 500, 32 + 14 * (at % 50)), 0, 12.0)
        for at, text in enumerate(lines)
    )
    return Document("hostile", "0" * 64, "application/pdf", len(lines) // 50 + 1, rows.printed_rows(made))


def slow_to_split() -> Document:
    """A text whose points may belong to one another in too many ways."""
    return document("Article 1", *("(a) x", "(i) y", "(A) z", "1. w", "- v") * 3000)


def mapped(words: str, to: str) -> bytes:
    """A PDF that prints words (of the letters A to Z) four times, and says of each letter which character it is."""
    pairs = b"".join(
        b"<%02x> <%s>\n" % (ord(letter), meant.encode("utf-16-be").hex().encode())
        for letter, meant in dict(zip(words, to, strict=True)).items()
    )
    cmap = b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n"
    cmap += b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (pairs.count(b"\n"), pairs)
    content = b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % (words * 4).encode()
    leaf = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>"
    font = b"<</Type /Font /Subtype /TrueType /BaseFont /Lamps /ToUnicode 6 0 R>>"
    return pdf(*CATALOGUE, leaf, _stream(content), font, _stream(cmap))


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
