"""Parameters of a provision: how long, how many, how old, with what mind, on what ground; and the words that say so.

Every value comes from a pattern of corpus/lexicon/attributes*.yml. Patterns look at one sentence at a time, and may ask
for words in the introductory words it completes, in the provision, the headings above or the article.

>>> from treatynlp.coding.attribute_lexicon import load_attribute_lexicon
>>> from treatynlp.coding.sentences import statement
>>> words = statement("The data shall be preserved for up to sixty days.")
>>> [(row.attribute, row.value, row.unit) for row in read_statement(words, load_attribute_lexicon())]
[('preservation_period', '60', 'day')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from treatynlp.coding.attribute_lexicon import AttributeLexicon, AttributePattern, AttributeRules, Condition, Scope
from treatynlp.coding.labels import Attribute
from treatynlp.coding.quantities import Quantity, masked, quantities
from treatynlp.coding.sentences import Sentence, Statement, statements
from treatynlp.structure.tree import Treaty


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as patterns see it: its words with quantities masked or not, and its surroundings."""

    statement: Statement
    number: int
    quantities: tuple[Quantity, ...] | None

    @property
    def sentence(self) -> Sentence:
        return self.statement.sentences[self.number]

    @property
    def words(self) -> str:
        return self._masked(self.sentence.text)

    def scope(self, scope: Scope) -> str:
        """The words a condition looks at."""
        # Introductory words complete the first sentence of a point; a second sentence stands by itself.
        before = self.statement.before if self.number == 0 else ""
        if scope == "sentence":
            return self.words
        if scope == "clause":
            return f"{self._masked(before)} {self.words}"
        if scope == "previous":
            return self._masked(self.statement.sentences[self.number - 1].text) if self.number else ""
        if scope == "provision":
            return " ".join((self.statement.before, *(one.text for one in self.statement.sentences)))
        if scope == "setting":
            return f"{self.statement.heading} : {self.scope('clause')}"
        return {"title": self.statement.title, "heading": self.statement.heading, "article": self.statement.article}[
            scope
        ]

    def _masked(self, text: str) -> str:
        if self.quantities is None:
            return text
        return masked(
            text, self.quantities if text is self.sentence.text else quantities(text, self.statement.language)
        )


def read_attributes(treaty: Treaty, lexicon: AttributeLexicon) -> tuple[Attribute, ...]:
    """Every parameter of a treaty, on the smallest provision whose own words say it, in reading order.

    A provision that says the same thing twice gets one row, with the first words that say it.
    """
    return tuple(row for statement in statements(treaty) for row in read_statement(statement, lexicon))


def read_statement(statement: Statement, lexicon: AttributeLexicon) -> tuple[Attribute, ...]:
    """The parameters a provision's own words set."""
    rows: dict[tuple[str, str, str, str], Attribute] = {}
    for _, row in explained(statement, lexicon):
        rows.setdefault((row.attribute, row.value, row.unit, row.case), row)
    return tuple(rows.values())


def explained(statement: Statement, lexicon: AttributeLexicon) -> Iterator[tuple[AttributePattern, Attribute]]:
    """Everything that is found in a provision's own words, with the pattern that found it."""
    for number, sentence in enumerate(statement.sentences):
        for rules in lexicon.rules:
            if rules.cue.search(sentence.text):
                # Only for attributes whose values are quantities: in the others' patterns a number is a word like any.
                found = quantities(sentence.text, statement.language) if rules.counts else None
                yield from _read(rules, Reading(statement, number, found))


def _read(rules: AttributeRules, reading: Reading) -> Iterator[tuple[AttributePattern, Attribute]]:
    words = reading.words
    for pattern in rules.patterns:
        for match in pattern.find.finditer(words):
            if all(condition_holds(condition, reading) for condition in pattern.conditions):
                yield pattern, _attribute(pattern, rules.units, match, reading)


def condition_holds(condition: Condition, reading: Reading) -> bool:
    """Whether the words asked for stand there (or, for an unwanted condition, do not)."""
    return bool(condition.words.search(reading.scope(condition.scope))) == condition.wanted


def _attribute(pattern: AttributePattern, units: tuple[str, ...], match: re.Match[str], reading: Reading) -> Attribute:
    value, unit = pattern.value, ""
    if pattern.quantity:
        # A pattern may name {period} in several branches; one of them has matched.
        start = next(match.start(group) for group in pattern.quantity if match[group])
        quantity = next(one for one in reading.quantities or () if one.start == start)
        value, unit = quantity.expressed(units)
    evidence = reading.sentence.span(match.start(), match.end())
    return Attribute(
        eid=reading.statement.eid,
        attribute=pattern.attribute,
        value=value,
        unit=unit,
        case=pattern.case,
        evidence=evidence,
    )
