"""A web page printed in several languages: which cells and parts of it are in others than the one asked for.

Bilateral agreements are published as tables, one language a column, and by some gazettes as parts that name their
language. Both are told apart by their words: what a page says of a part's language is believed where its words agree
(Word writes a language to every stretch it ever checked the spelling of).
"""

from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element

from treatynlp.reading import html_words as known
from treatynlp.reading.languages import foreign_columns, language_of

MOST = 4
"""A table of more columns is a table of figures or names."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def foreign_parts(root: _Element, language: str) -> frozenset[_Element]:
    """The outermost elements whose words are in another language than the one asked for, where words in that one stand
    beside them."""
    return frozenset([*_cells(root, language), *_named(root, language)])


def _cells(root: _Element, language: str) -> Iterator[_Element]:
    for table in root.iter("table"):
        rows = [[cell for cell in row if known.name(cell) in ("td", "th")] for row in _rows(table)]
        lengths = Counter(len(row) for row in rows)
        wide = lengths.most_common(1)[0][0] if lengths else 0
        if 2 <= wide <= MOST:
            columns = list(zip(*(row for row in rows if len(row) == wide), strict=True))
            other = foreign_columns([" ".join(map(_words, column)) for column in columns], language)
            yield from (cell for at in other for cell in columns[at])


def _rows(table: _Element) -> Iterator[_Element]:
    """The table's own rows, not those of tables inside it."""
    for child in table:
        if known.name(child) == "tr":
            yield child
        elif known.name(child) in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if known.name(row) == "tr")


def _named(root: _Element, language: str) -> Iterator[_Element]:
    named = [one for one in root.iter() if known.is_block(one) and _lang(one) and known.name(one) != "body"]
    if len({_lang(one) for one in named}) < 2 or language not in {_lang(one) for one in named}:
        return
    told = {_lang(one) for one in named if language_of(_words(one)) == _lang(one)}
    yield from (one for one in named if _lang(one) != language and {_lang(one), language} <= told)


def _lang(element: _Element) -> str:
    said = element.get("lang") or element.get(LANG) or ""
    return said.lower().partition("-")[0]


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())
