"""Elements: the terms on which an offence, a power or cooperation is laid down, each with the words that say so.

Two provisions are compared by them: a difference is a difference in a named element, with its words on both sides.
Every element comes from a pattern of corpus/lexicon/elements_*.yml, written like those of attributes. An element is
kept where its words stand in a provision that is about a topic it can qualify (`element_groups` of the codebook): a
computer system is the means of an offence, and no such thing in a definition.

>>> from treatynlp.coding.sentences import statement
>>> words = statement("Entering a ledger without right. A Party may require that a security measure was infringed.")
>>> [(row.element, row.value, row.case) for row in load_element_reader().read_statement(words)]
[('unlawfulness', 'required', ''), ('security_measure', 'infringed', 'optional')]
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from treatynlp.codebook import Codebook
from treatynlp.coding.attribute_lexicon import AttributeLexicon, load_attribute_lexicon
from treatynlp.coding.attributes import explained
from treatynlp.coding.labels import Attribute, Element, Label
from treatynlp.coding.sentences import Sentence, SentenceWords, Statement, statements
from treatynlp.corpus import load_codebook
from treatynlp.structure.address import are_nested
from treatynlp.structure.tree import Treaty
from treatynlp.words import words

FILES = "elements_*.yml"


@dataclass(frozen=True, slots=True)
class ElementReader:
    """The patterns of elements, ready to read instruments one after the other; `book` says what each can qualify."""

    lexicon: AttributeLexicon
    book: Codebook

    def read(self, treaty: Treaty, labels: Iterable[Label]) -> tuple[Element, ...]:
        """Every element of the provisions whose topics it can qualify, in reading order.

        A provision that says the same thing twice gets one row, with the first words that say it.
        """
        found = (row for one in statements(treaty) for row in self.read_statement(one))
        rows = tuple(labels)
        places = _places(rows, self.book)
        # A label on a whole article leaves its paragraphs free: it says nothing of which of them the topic is in.
        taken = {row.eid for row in rows if "__" in row.eid}
        return tuple(row for row in found if _qualifies(row.eid, places[self.book.elements[row.element].of], taken))

    def read_statement(self, statement: Statement) -> tuple[Element, ...]:
        """The elements a provision's own words name, whatever the provision is about."""
        rows: dict[tuple[str, str, str], Element] = {}
        for pattern, found in explained(statement, self.lexicon):
            row = self.element(found, pattern.case, statement)
            rows.setdefault((row.element, row.value, row.case), row)
        return tuple(rows.values())

    def element(self, found: Attribute, case: str, statement: Statement) -> Element:
        sentence = next(one for one in statement.sentences if one.start <= found.evidence.start < _end(one))
        said = case or (_case(statement, sentence, found) if self.book.elements[found.attribute].case else "")
        # The introductory words of a paragraph are no address of their own: they speak for all of it.
        eid = found.eid.removesuffix("__chapeau")
        return Element(eid, found.attribute, found.value, said, found.evidence)


@cache
def load_element_reader(root: Path | None = None) -> ElementReader:
    """The reader with the patterns of a lexicon folder and the codebook beside it (without one: those that come along).

    DataError holds the faults of their files.
    """
    return ElementReader(load_attribute_lexicon(root, FILES), load_codebook(root.parent if root else None))


def _end(sentence: Sentence) -> int:
    return sentence.start + len(sentence.text)


def _case(statement: Statement, sentence: Sentence, found: Attribute) -> str:
    """Whether each Party may choose the term, or must take it."""
    place = found.evidence.start - sentence.start
    before = statement.before if sentence is statement.sentences[0] else ""
    return "optional" if option(statement.language).search(f"{before} {sentence.text[:place]}") else "required"


@cache
def option(language: str) -> re.Pattern[str]:
    """Words that leave a term to each Party: what follows them in the sentence is optional."""
    return re.compile(words(language).read("sentences", SentenceWords).option.pattern)


def _places(labels: Iterable[Label], book: Codebook) -> Mapping[str, tuple[str, ...]]:
    """Where provisions stand that the elements of each group can qualify."""
    rows = tuple(labels)
    return {
        name: tuple(dict.fromkeys(row.eid for row in rows if row.topic in group.topics))
        for name, group in book.element_groups.items()
    }


def _qualifies(eid: str, places: Iterable[str], taken: Iterable[str]) -> bool:
    """Whether the words stand where the topic does, or in a paragraph beside it that has no topic of its own ("A Party
    may require that the conduct described in paragraph 1 ...")."""
    if any(are_nested(eid, place) for place in places):
        return True
    article = eid.split("__")[0]
    beside = any(place.split("__")[0] == article for place in places)
    return beside and not any(are_nested(eid, other) for other in taken)
