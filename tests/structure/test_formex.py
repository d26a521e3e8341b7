"""EU acts against the Official Journal's own structure: its Formex names each article, numbered paragraph and point."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from treatynlp.reading import read
from treatynlp.structure import Provision, split

Way = tuple[str, ...]
"""The way from an article to a provision: ("3", "point 7", "point a")."""
ACTS = ("led-2016.html", "e-evidence-2023.html", "eio-2014.pdf")
NUMBERS = {"PARAG": ("paragraph", "NO.PARAG"), "NP": ("point", "NO.P")}


def bare(printed: str) -> str:
    return re.sub(r"(?i)article|[^0-9a-z]", "", printed)


def published(formex: bytes) -> Iterator[Way]:
    """The provisions of an act's enacting terms, as the Official Journal marks them."""

    def below(element: etree._Element, above: Way) -> Iterator[Way]:
        for child in element:
            kind, number = NUMBERS.get(child.tag, ("", ""))
            here = (*above, f"{kind} {bare(''.join(child.find(number).itertext()))}") if kind else above
            yield from [here] * bool(kind)
            yield from below(child, here)

    terms = etree.fromstring(formex).find(".//ENACTING.TERMS")
    for article in terms.iter("ARTICLE"):
        number = bare("".join(article.find("TI.ART").itertext()))
        yield (number,)
        yield from below(article, (number,))


def found(article: Provision, above: Way = ()) -> Iterator[Way]:
    """The same of an article as it was split; unnumbered paragraphs are no level of an address there."""
    here = above or (article.label,)
    if not above:
        yield here
    for child in article.children:
        numbered = child.kind in ("paragraph", "point")
        below = (*here, f"{child.kind} {bare(child.label)}") if numbered else here
        yield from [below] * numbered
        yield from found(child, below)


@pytest.mark.parametrize("name", ACTS)
def test_every_article_paragraph_and_point_is_that_of_the_official_journal(shared: Path, name: str) -> None:
    stem = name.partition(".")[0]
    gold = Counter(published((shared / "gold" / "formex" / f"{stem}.formex.en.xml").read_bytes()))
    treaty = split(read((shared / "corpus" / "mirror" / name).read_bytes(), name), stem)
    ours = Counter(path for article in treaty.articles for path in found(article))
    assert gold.total() > 200
    assert (sorted(ours - gold), sorted(gold - ours)) == ([], []), "too many, missing"


def test_the_form_in_an_annex_has_its_sections_and_its_lines_are_no_provisions(shared: Path) -> None:
    name = "e-evidence-2023.html"
    treaty = split(read((shared / "corpus" / "mirror" / name).read_bytes(), name), "act")
    form = next(one for one in treaty.provisions if one.kind == "annex")
    assert "".join(one.label for one in form.children if one.number.startswith("SECTION")) == "ABCDEFGHIJKLM"
    paragraphs = [treaty.words(one.span) for one in form.walk() if one.kind == "alinea" and one.label != "1"]
    assert len(paragraphs) > 20
    assert [words for words in paragraphs if re.match(r"[^\n]{0,60}…$", words.partition("\n")[0])] == []
