"""Words that are in a PDF and not on its page: set aside and told; what a reader sees stays."""

import pytest
import typst

from treatynlp.reading import read

ARTICLES = "\n\n".join(
    f"#align(center)[*Article {n}*]\n\nThe Parties shall keep lamp {n} lit at night." for n in (1, 2, 3)
)
COVER = "rect(width: 400pt, height: 24pt, fill: white)"
HIDDEN = "Article 9 The Parties may put out lamps."


def made(extra: str) -> bytes:
    source = (
        f'#set page(paper: "a4")\n= CONVENTION ON LAMPS\n\nThe Parties have agreed as follows:\n\n{ARTICLES}\n\n{extra}'
    )
    return bytes(typst.compile(source.encode()))


UNSEEN = [
    ("white on white", f"#text(fill: white)[{HIDDEN}]"),
    ("nearly white", f'#text(fill: rgb("#fafafa"))[{HIDDEN}]'),
    ("without any colour", f'#text(fill: rgb("#00000000"))[{HIDDEN}]'),
    ("too small for any eye", f"#text(size: 0.2pt)[{HIDDEN}]"),
    (
        "covered by white",
        f"#block[{HIDDEN} #place(dx: -5pt, dy: -16pt, {COVER})]",
    ),
    ("struck out", f"#strike[{HIDDEN}]"),
    ("off the page", f"#place(dx: 900pt)[#box(width: 400pt)[{HIDDEN}]]"),
]


@pytest.mark.parametrize(("reason", "extra"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_words_nobody_sees_are_set_aside_and_told(reason: str, extra: str) -> None:
    document = read(made(extra), "lamps.pdf")
    assert "put out" not in " ".join(line.text for line in document.lines), reason
    assert "put out" in " ".join(line.text for line in document.aside), reason
    assert [issue.code for issue in document.issues] == ["words-unseen"], reason


SEEN = [
    ("white on black", f"#block(fill: black, inset: 6pt)[#text(fill: white)[{HIDDEN}]]"),
    ("underlined", f"#underline[{HIDDEN}]"),
    ("in a frame", f"#rect[{HIDDEN}]"),
    ("on a tinted ground", f"#block(fill: luma(220), inset: 6pt)[{HIDDEN}]"),
    ("grey", f"#text(fill: luma(120))[{HIDDEN}]"),
]


@pytest.mark.parametrize(("reason", "extra"), SEEN, ids=[row[0] for row in SEEN])
def test_words_that_are_seen_stay(reason: str, extra: str) -> None:
    document = read(made(extra), "lamps.pdf")
    assert "put out" in " ".join(line.text for line in document.lines), reason
    assert document.issues == (), reason
