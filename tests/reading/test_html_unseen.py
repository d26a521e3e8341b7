"""Words that are in a web page and that it does not show: set aside and told; what a reader sees stays."""

import pytest

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
    ("struck out by a style", f'<div style="text-decoration: line-through">{HIDDEN}</div>', ""),
]


@pytest.mark.parametrize(("reason", "extra", "css"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_words_a_page_does_not_show_are_set_aside_and_told(reason: str, extra: str, css: str) -> None:
    document = read(page(extra, css), "lamps.html")
    assert "put out" not in " ".join(line.text for line in document.lines), reason
    assert "put out" in " ".join(line.text for line in document.aside), reason
    assert [(issue.level, issue.code) for issue in document.issues] == [("warning", "words-unseen")], reason


SEEN = [
    ("white on black", f'<div style="color:white;background:black">{HIDDEN}</div>', ""),
    ("white on a picture", f'<div style="color:white;background:url(night.png)">{HIDDEN}</div>', ""),
    ("hidden in print only", f'<div class="x">{HIDDEN}</div>', "@media print {.x{display:none}}"),
    ("shown by a later rule", f'<div class="x">{HIDDEN}</div>', ".x{display:none} .x{display:block}"),
    ("shown again inside", f'<div style="visibility:hidden"><div class="x">{HIDDEN}</div></div>',
     ".x{visibility:visible}"),
    ("hidden when a pointer is on it", f'<div class="x">{HIDDEN}</div>', ".x:hover{display:none}"),
    ("a small print one can read", f'<div style="font-size:6pt">{HIDDEN}</div>', ""),
    ("underlined", f"<u>{HIDDEN}</u>", ""),
    ("inserted", f"<ins>{HIDDEN}</ins>", ""),
    ("a sheet with faults", f'<div class="x">{HIDDEN}</div>', "}} .x{{display:none} @@ <!-- p[ {display:none}"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "extra", "css"), SEEN, ids=[row[0] for row in SEEN])
def test_words_a_page_shows_stay(reason: str, extra: str, css: str) -> None:
    document = read(page(extra, css), "lamps.html")
    assert "put out" in " ".join(line.text for line in document.lines), reason
    assert document.issues == (), reason


def test_a_struck_word_leaves_its_sentence() -> None:
    document = read(
        page("<h3>Article 4</h3><p>The Parties shall <del>not</del> light <b>every</b> lamp.</p>"), "lamps.html"
    )
    assert document.lines[-1].text == "The Parties shall light every lamp."


def test_a_page_that_waits_for_a_script_is_read() -> None:
    assert len(read(page("", "body{visibility:hidden}"), "lamps.html").lines) == 8
