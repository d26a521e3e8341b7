"""Web pages with words that they do not show, and pages that only look like them."""

from collections.abc import Iterator

from treatynlp.reading import read

KEPT = "".join(f"<h3>Article {n}</h3><p>The Parties shall keep lamp {n} lit at night.</p>" for n in (1, 2, 3))
HIDDEN = "<h3>Article 9</h3><p>The Parties may put out lamps.</p>"


def page(extra: str, css: str = "") -> bytes:
    head = "<h1>CONVENTION ON LAMPS</h1><p>The Parties have agreed as follows:</p>"
    return f"<html><head><style>{css}</style></head><body>{head}{KEPT}{extra}</body></html>".encode()


UNSEEN = [
    ("a class that is not displayed", f'<div class="x">{HIDDEN}</div>', ".x { display: none }"),
    ("an id", f'<div id="x">{HIDDEN}</div>', "#x{display:none}"),
    ("its own style", f'<div style="display: none">{HIDDEN}</div>', ""),
    ("a selector of several steps", f'<div><div class="a b">{HIDDEN}</div></div>', "body > div .a.b {display:none}"),
    ("inside a rule for screens", f'<div class="x">{HIDDEN}</div>', "@media screen {.x{display:none}}"),
    ("against an earlier rule", f'<div class="x">{HIDDEN}</div>', ".x{display:none!important} div.x{display:block}"),
    ("not visible", f'<div style="visibility:hidden">{HIDDEN}</div>', ""),
    ("without any colour of its own", f'<div style="opacity:0">{HIDDEN}</div>', ""),
    ("letters without size", f'<div style="font-size:0">{HIDDEN}</div>', ""),
    ("no height", f'<div style="height:0;overflow:hidden">{HIDDEN}</div>', ""),
    ("cut off by a shape", f'<div style="position:absolute;clip:rect(0,0,0,0)">{HIDDEN}</div>', ""),
    ("cut off, as is written now", f'<div style="clip-path:inset(100%)">{HIDDEN}</div>', ""),
    ("off the screen", f'<div style="position:absolute;left:-9999px">{HIDDEN}</div>', ""),
    ("moved off by an indent", f'<div style="text-indent:-9999px">{HIDDEN}</div>', ""),
    ("white on white", f'<div style="color:#fff">{HIDDEN}</div>', ""),
    ("nearly white", f'<div class="x">{HIDDEN}</div>', ".x{color:rgb(252,252,252)}"),
    ("white by an old attribute", f'<font color="white">{HIDDEN}</font>', ""),
    ("grey on the same grey", f'<div class="x">{HIDDEN}</div>', ".x{color:#777;background:#777}"),
    ("kept from those who listen", f'<div aria-hidden="true">{HIDDEN}</div>', ""),
    ("hidden", f"<div hidden>{HIDDEN}</div>", ""),
    ("deleted", f"<del>{HIDDEN}</del>", ""),
    ("struck out", "<p><s>The Parties may put out lamps.</s></p>", ""),
    ("struck out, blocks and all", f"<s>{HIDDEN}</s>", ""),
    ("struck out, as was written once", f"<strike>{HIDDEN}</strike>", ""),
    ("struck out from inside a paragraph", f"<p><s>x{HIDDEN}</s></p>", ""),
    ("struck out and crossed with another mark", f"<b><s>{HIDDEN}</b></s>", ""),
    ("struck out to the end", f"<s>{HIDDEN}", ""),
    (
        "deleted, in a table",
        "<del><table><tr><td>Article 9</td><td>Parties may put out lamps</td></tr></table></del>",
        "",
    ),
    ("a closed dialogue", f"<dialog>{HIDDEN}</dialog>", ""),
    ("content not drawn", f'<div style="content-visibility:hidden">{HIDDEN}</div>', ""),
    ("filtered away", f'<div style="filter:opacity(0)">{HIDDEN}</div>', ""),
    ("letters without filling", f'<div style="-webkit-text-fill-color:transparent">{HIDDEN}</div>', ""),
    ("moved off by a margin", f'<div style="margin-left:-9999px">{HIDDEN}</div>', ""),
    ("pressed flat", f'<div style="transform:scaleX(0)">{HIDDEN}</div>', ""),
    ("struck out by a style", f'<div style="text-decoration: line-through">{HIDDEN}</div>', ""),
]

SEEN = [
    ("white on black", f'<div style="color:white;background:black">{HIDDEN}</div>', ""),
    ("white on a picture", f'<div style="color:white;background:url(night.png)">{HIDDEN}</div>', ""),
    ("hidden in print only", f'<div class="x">{HIDDEN}</div>', "@media print {.x{display:none}}"),
    ("shown by a later rule", f'<div class="x">{HIDDEN}</div>', ".x{display:none} .x{display:block}"),
    ("shown again inside", f'<div style="visibility:hidden"><div class="x">{HIDDEN}</div></div>',
     ".x{visibility:visible}"),
    ("hidden when a pointer is on it", f'<div class="x">{HIDDEN}</div>', ".x:hover{display:none}"),
    ("a small print one can read", f'<div style="font-size:6pt">{HIDDEN}</div>', ""),
    ("a mark in a comment", f"<!-- <s> -->{HIDDEN}", ""),
    ("a mark in a script", f"<script>a = '<s>'</script>{HIDDEN}", ""),
    ("an open dialogue", f"<dialog open>{HIDDEN}</dialog>", ""),
    ("underlined", f"<u>{HIDDEN}</u>", ""),
    ("inserted", f"<ins>{HIDDEN}</ins>", ""),
    ("a sheet with faults", f'<div class="x">{HIDDEN}</div>', "}} .x{{display:none} @@ <!-- p[ {display:none}"),
]  # fmt: skip


def verdicts() -> Iterator[tuple[str, str, str]]:
    """Area, attack and verdict of every page: `told` (set aside, with a row) or `silent`; pages that only look like
    attacks are `held` when all of their words are read, `lost` when not."""
    for name, extra, css in UNSEEN:
        text, codes = _read(extra, css)
        told = "put out" not in text and "words-unseen" in codes
        yield "words nobody sees, in HTML", name, "told" if told else "silent"
    for name, extra, css in SEEN:
        text, codes = _read(extra, css)
        yield "words that are seen, in HTML", name, "held" if "put out" in text and not codes else "lost"


def _read(extra: str, css: str) -> tuple[str, list[str]]:
    document = read(page(extra, css), "lamps.html")
    return " ".join(line.text for line in document.lines), [one.code for one in document.issues]
