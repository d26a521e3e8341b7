"""Titles in the margin: what stands beside a number on its level is the title of the provision it heads."""

from itertools import chain

import pytest

from support.pdf_pages import TOP, typed
from support.structure_attacks import bound
from treatynlp.reading import read
from treatynlp.structure import split

TITLES = ("Lamps", "Oil", "Wicks", "Bells")
WORDS = "The keeper of each harbour shall keep them dry and clean."


def page(title: float, number: str, *, text: float, size: float = 12, titles: tuple[str, ...] = TITLES) -> bytes:
    """Provisions with their titles at one place and their words at another; each goes on over three lines."""
    painted = [typed("LAMPS ACT", TOP, left=250)]
    for at, one in enumerate(titles):
        down = TOP - 40 - 70 * at
        lines = (f"{number.format(at + 1)} {WORDS}", "No keeper shall lend them to a ferry.", "The office may help.")
        painted += [typed(one, down, size, left=title)] if one else []
        painted += [typed(line, down - 16 * row, left=text) for row, line in enumerate(lines)]
    return bound([b"".join(painted)])


def provisions(data: bytes) -> list[tuple[str, str]]:
    return [(one.label, one.heading) for one in split(read(data, "lamps.pdf"), "lamps").articles]


COUNTED = [(str(number), title) for number, title in enumerate(TITLES, 1)]
LOOKS = [
    ("in letters as large as the text's", page(60, "{}.", text=170), COUNTED),
    ("in small letters", page(60, "{}.", text=170, size=8), COUNTED),
    ("on the right", page(500, "{}.", text=72), COUNTED),
    ("with the first paragraph's number", page(60, "{}.—(1)".replace("—", "\x97"), text=170), COUNTED),
    ("beside an article's own word it is a note", page(60, "Article {}.", text=170), [(n, "") for n, _ in COUNTED]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data", "wanted"), LOOKS, ids=[row[0] for row in LOOKS])
def test_titles_in_the_margin(reason: str, data: bytes, wanted: list[tuple[str, str]]) -> None:
    assert provisions(data) == wanted, reason


def test_notes_on_a_few_numbers_are_no_titles() -> None:
    """A note stands beside two of six numbered paragraphs: nothing is headed by it."""
    data = page(60, "{}.", text=170, titles=("Lamps", "", "", "Oil", "", ""))
    assert provisions(data) == []


def test_a_title_of_several_lines_is_put_together_and_is_in_no_words() -> None:
    """The second line of a title is painted on the level of the text's second line."""
    lines = [
        (typed("Keeping of", TOP - 70 * at, left=60), typed(f"{at + 1}. {WORDS}", TOP - 70 * at, left=170),
         typed("lamps", TOP - 70 * at - 16, left=60), typed("No keeper shall lend.", TOP - 70 * at - 16, left=170),
         typed("The office may help.", TOP - 70 * at - 32, left=170))
        for at in range(4)
    ]  # fmt: skip
    treaty = split(read(bound([b"".join(chain(*lines))]), "lamps.pdf"), "lamps")
    assert [one.heading for one in treaty.articles] == ["Keeping of lamps"] * 4
    assert not any("lamps" in treaty.words(one.body) for one in treaty.articles)
