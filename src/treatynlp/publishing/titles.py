"""What people call the things of a release: topics, families, attributes, values, columns; from the codebook.

>>> length("2", "year"), length("730", "day"), length("24", "hour"), length("1", "year", "maximum_at_least")
('two years', 'two years', '24 hours', 'a maximum of at least one year')
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from treatynlp.codebook import DAYS

if TYPE_CHECKING:
    from treatynlp.comparison.parameters import Parameter
    from treatynlp.corpus import Codebook

IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LIMITS = {"at_least": "at least {}", "at_most": "at most {}", "more_than": "more than {}", "less_than": "less than {}"}
ASKED = {"required": "the provision asks for it", "optional": "a Party may ask for it"}
"""Who asks for a term of an offence."""
LONGER = {"day": (365, "year"), "month": (12, "year")}
"""Units that are told in a longer one where they make it whole: 730 days are two years."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The names of a codebook's things; what it does not name is its id in words."""

    codebook: "Codebook"

    def topic(self, name: str) -> str:
        """The name of a topic; of "" too, under which stand parameters of provisions without a topic."""
        known = self.codebook.topics.get(name)
        return (known.label if known else "") or id_words(name) or "Without a topic"

    def family(self, name: str) -> str:
        return self.codebook.family_labels.get(name) or id_words(name)

    def attribute(self, name: str) -> str:
        known = self.codebook.attributes.get(name) or self.codebook.elements.get(name)
        return (known.label if known else "") or id_words(name)

    def term(self, element: str, value: str, case: str) -> str:
        """A term of an offence or a power in words: `security measures infringed (a Party may ask for it)`."""
        known = self.codebook.elements.get(element)
        said = (known.says.get(value, "") if known else "") or value.replace("_", " ")
        return f"{said} ({ASKED[case]})" if case in ASKED else said

    def value(self, parameter: "Parameter") -> str:
        """A value in words: `at most 90 days`, `a maximum of at least one year (enforcement)`."""
        known = self.codebook.attributes.get(parameter.attribute) or self.codebook.elements.get(parameter.attribute)
        if parameter.unit in DAYS:
            said = length(parameter.value, parameter.unit, parameter.bound)
        else:
            said = (known.says.get(parameter.value, "") if known else "") or parameter.value.replace("_", " ")
            said = f"{said} {parameter.unit}".strip()
        if parameter.members:
            said += f", of which {parameter.members} member States"
        return f"{said} ({parameter.case.replace('_', ' ')})" if parameter.case else said


def id_words(name: str) -> str:
    """An id as people write it.

    >>> id_words("data_subject_rights")
    'Data subject rights'
    """
    return name.replace("_", " ").capitalize() if name.islower() else name.replace("_", " ")


def length(value: str, unit: str, bound: str = "") -> str:
    """A length of time in words, with what it bounds; numbers up to twelve are written out, as in running text."""
    # Whole years only: 400 days stay 400 days, since how they are counted is the instrument's own.
    if value.isdigit() and unit in LONGER and int(value) % LONGER[unit][0] == 0 and int(value):
        value, unit = str(int(value) // LONGER[unit][0]), LONGER[unit][1]
    number = IN_WORDS[int(value)] if value.isdigit() and int(value) < len(IN_WORDS) else value
    said = f"{number} {unit}" if value == "1" else f"{number} {unit}s"
    sentence, _, limit = bound.partition("_") if bound.startswith(("maximum", "minimum")) else ("", "", bound)
    said = LIMITS[limit].format(said) if limit else said
    return f"a {sentence} of {said}" if sentence else said
