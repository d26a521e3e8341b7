"""Web pages with words that they do not show, and pages that only look like them."""

from collections.abc import Iterator

from treatynlp.reading import read

KEPT = "".join(f"<h3>Article {n}</h3><p>The Parties shall keep lamp {n} lit at night.</p>" for n in (1, 2, 3))
HIDDEN = "<h3>Article 9</h3><p>The Parties may put out lamps.</p>"


def page(extra: str, css: str = "") -> bytes:
    head = "<h1>CONVENTION ON LAMPS</h1><p>The Parties have agreed as follows:</p>"
    return f"<html><head><style>{css}</style></head><body>{head}{KEPT}{extra}</body></html>".encode()


IN_X = f'<div class="x">{HIDDEN}</div>'

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
    ("a variable", IN_X, ":root{--d:none} .x{display:var(--d)}"),
    ("a colour in a variable", IN_X, ":root{--c:#fff} .x{color:var(--c)}"),
    ("a variable that has no value", IN_X, ".x{display:var(--q, none)}"),
    ("a rule inside a rule", f'<div class="a">{IN_X}</div>', ".a{color:black; .x{display:none}}"),
    ("a rule inside a rule, joined", f'<div class="a x">{HIDDEN}</div>', ".a{&.x{display:none}}"),
    ("a condition inside a rule", IN_X, ".x{@media screen{display:none}}"),
    ("inside a rule for all but print", IN_X, "@media not print{.x{display:none}}"),
    ("inside a rule for print and wide windows", IN_X, "@media print, (min-width:300px){.x{display:none}}"),
    ("a sheet that is meant for screens", f'<style media="screen">.x{{display:none}}</style>{IN_X}', ""),
    ("against a rule in a layer", IN_X, ".x{display:none} @layer a{div.x{display:block}}"),
    ("a colour as is written now", IN_X, ".x{color:rgb(255 255 255)}"),
    ("a colour without density", IN_X, ".x{color:rgb(0 0 0 / 0)}"),
    ("a colour by its hue", IN_X, ".x{color:hsl(0 0% 100%)}"),
    ("a colour by its lightness", IN_X, ".x{color:oklch(1 0 0)}"),
    ("letters in the colour of their ground", IN_X, ".x{background:currentcolor}"),
    ("white on a run of white", IN_X, ".x{color:#fff;background:linear-gradient(#fff,#fff)}"),
    ("two thin veils", f'<div style="opacity:.2"><div style="opacity:.2">{HIDDEN}</div></div>', ""),
    ("a size in the font", IN_X, ".x{font:0/0 serif}"),
    ("a size that is counted", IN_X, ".x{font-size:calc(0px)}"),
    ("made small", IN_X, ".x{zoom:0.01}"),
    ("made very small", IN_X, ".x{transform:scale(0.001)}"),
    ("pressed flat by a matrix", IN_X, ".x{transform:matrix(0,0,0,0,0,0)}"),
    ("turned on its edge", IN_X, ".x{transform:rotateY(90deg)}"),
    ("scaled to a line", IN_X, ".x{scale:0 1}"),
    ("off the screen, all edges at once", IN_X, ".x{position:absolute;inset:-9999px auto auto -9999px}"),
    ("moved off by margins at once", IN_X, ".x{margin:-9999px 0 0 -9999px}"),
    ("moved off by a product", IN_X, ".x{margin-left:calc(-1 * 9999px)}"),
    ("off the screen by the start of a line", IN_X, ".x{position:absolute;inset-inline-start:-9999px}"),
    ("no height along the page", IN_X, ".x{block-size:0;overflow:hidden}"),
    ("no height, with a bar to scroll", IN_X, ".x{height:0;overflow:auto}"),
    ("cut off by an ellipse", IN_X, ".x{clip-path:ellipse(0 0)}"),
    ("a panel that opens", f"<div popover>{HIDDEN}</div>", ""),
    ("for readers without frames", f"<noframes>{HIDDEN}</noframes>", ""),
    (
        "for readers without small letters above",
        "<p>Article 9</p><p><ruby>x<rp>The Parties may put out lamps.</rp></ruby></p>",
        "",
    ),
    ("for readers without bars", "<p><progress>The Parties may put out lamps.</progress></p>", ""),
]

DOUBTED = [
    ("a sheet taken in", IN_X, '@import "more.css";'),
    ("a sheet beside", f'<link rel="stylesheet" href="more.css">{IN_X}', ""),
    ("a mixed colour", IN_X, ".x{color:color-mix(in srgb, white, white)}"),
    ("a colour of the reader's machine", IN_X, ".x{color:Canvas}"),
    ("far to the right", IN_X, ".x{transform:translateX(9999px)}"),
    ("placed far to the right", IN_X, ".x{position:absolute;left:99999px}"),
    ("lines without height", IN_X, ".x{line-height:0;overflow:hidden}"),
    ("cut to a shape without area", IN_X, ".x{clip-path:polygon(0 0,0 0,0 0)}"),
    ("a mask", IN_X, ".x{mask:linear-gradient(transparent,transparent)}"),
    ("so bright that all is white", IN_X, ".x{filter:brightness(100)}"),
    ("letters shown as dots", IN_X, ".x{-webkit-text-security:disc}"),
    ("moved out of its frame", IN_X, ".x{text-indent:100%;white-space:nowrap;overflow:hidden}"),
    ("letters upon each other", IN_X, ".x{letter-spacing:-9999px}"),
    ("folded up", f"<details><summary>More</summary>{HIDDEN}</details>", ""),
    ("in a window of some kind", IN_X, "@container (min-width:1px){.x{display:none}}"),
    ("for browsers that lack something", IN_X, "@supports not (color:nothing){.x{display:none}}"),
    ("covered by an empty element", f'{HIDDEN}<div style="position:absolute;inset:0;background:white"></div>', ""),
    (
        "covered by what is moved up",
        f'{HIDDEN}<div style="position:relative;margin-top:-90px;height:90px;background:#fff"></div>',
        "",
    ),
    ("behind the page", f'<div style="position:relative;z-index:-1">{HIDDEN}</div>', ""),
    ("a font of the page's own", IN_X, "@font-face{font-family:blank;src:url(a.woff2)} .x{font-family:blank}"),
    ("faded by a movement", IN_X, "@keyframes a{to{opacity:0}} .x{animation:a 0s forwards}"),
    (
        "words that are put in",
        "<p>The Parties shall <span class=x></span>put out lamps.</p>",
        '.x::before{content:"not "}',
    ),
    ("headings that a browser counts", f'<h3 class="x"></h3>{HIDDEN}', '.x::before{content:"Article " counter(a)}'),
    ("lines from the last to the first", IN_X, ".x{display:flex;flex-direction:column-reverse}"),
    (
        "paragraphs in another order",
        f'<div style="display:flex"><div style="order:2">{HIDDEN}</div><p style="order:1">A</p></div>',
        "",
    ),
    ("letters from right to left", IN_X, ".x{unicode-bidi:bidi-override;direction:rtl}"),
    ("letters turned round", f"<bdo dir=rtl>{HIDDEN}</bdo>", ""),
    ("a script that hides it", f'{IN_X}<script>document.querySelector(".x").style.display = "none"</script>', ""),
    ("cut off below its first lines", IN_X, ".x{height:20px;overflow:hidden}"),
    ("most of the page", f'<div style="display:none">{HIDDEN * 9}</div>', ""),
]
"""Pages of which only a browser could tell what they show."""

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
    ("a sheet for print", f'<style media="print">.x{{display:none}}</style>{IN_X}', ""),
    ("hidden in a narrow window", IN_X, "@media (max-width:600px){.x{display:none}}"),
    ("hidden in print, in a rule", IN_X, ".x{@media print{display:none}}"),
    ("a variable with a value", IN_X, ":root{--d:block} .x{display:var(--d,none)}"),
    ("a variable that is nothing", IN_X, ".x{display:var(--q)}"),
    ("an unknown mark of a rule", IN_X, "@page{display:none} @counter-style a{}"),
    ("a rule for another in it", f'<div class="x">{HIDDEN}</div>', ".x{.y{display:none} &:hover{display:none}}"),
    ("moved a little", IN_X, ".x{margin:-4px 0 0 -8px;text-indent:2em}"),
    ("white on a run of black", IN_X, ".x{color:#fff;background:linear-gradient(#000,#000)}"),
    ("red on green", IN_X, ".x{color:#f00;background:#008200}"),
    ("light grey one can read", IN_X, ".x{color:#ccc}"),
    ("a font by its name", IN_X, ".x{font:bold 12px/1.4 serif}"),
    ('a mark before it', IN_X, '.x::before{content:"\\2014"}'),
    ("cut off nowhere", IN_X, ".x{overflow:hidden}"),
    ("a sheet with faults", f'<div class="x">{HIDDEN}</div>', "}} .x{{display:none} @@ <!-- p[ {display:none}"),
]  # fmt: skip


def verdicts() -> Iterator[tuple[str, str, str]]:
    """Area, attack and verdict of every page: `told` (set aside, with a row) or `silent`; pages that only look like
    attacks are `held` when all of their words are read, `lost` when not."""
    for name, extra, css in UNSEEN:
        text, codes = _read(extra, css)
        told = "put out" not in text and "words-unseen" in codes
        yield "words nobody sees, in HTML", name, "told" if told else "silent"
    for name, extra, css in DOUBTED:
        told = "words-unproven" in _read(extra, css)[1]
        yield "pages only a browser can judge, in HTML", name, "told" if told else "silent"
    for name, extra, css in SEEN:
        text, codes = _read(extra, css)
        yield "words that are seen, in HTML", name, "held" if "put out" in text and not codes else "lost"


def _read(extra: str, css: str) -> tuple[str, list[str]]:
    document = read(page(extra, css), "lamps.html")
    return " ".join(line.text for line in document.lines), [one.code for one in document.issues]
