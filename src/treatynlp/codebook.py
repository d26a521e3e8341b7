"""The codebook: what a provision can be about and what can be read off it, with the names people read."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from treatynlp.errors import Issue, issue
from treatynlp.field_types import Name, Words, shortened
from treatynlp.strict_files import StrictModel

__all__ = ["DAYS", "AttributeRule", "Codebook", "ElementGroup", "ElementRule", "Topic"]


class Topic(StrictModel):
    """A thing a provision can be about, with the coding rule and where its neighbour begins.

    `label` is its name for people ("" : not named yet, the id is shown), `synonyms` words by which people look for it.
    """

    family: Name
    label: str = ""
    synonyms: tuple[Words, ...] = ()
    means: Words
    but_not: str = Field("", alias="not")


DAYS: Mapping[str, float] = {"hour": 1 / 24, "day": 1.0, "month": 30.0, "year": 365.0}
"""The units of time that parameters are counted in, in days; months and years by convention (30 and 365)."""


class AttributeRule(StrictModel):
    """A parameter read off a provision: a number, a whole number, or one of a list of values.

    `says` gives each value in the words of people.
    """

    label: str = ""
    synonyms: tuple[Words, ...] = ()
    says: dict[Name, Words] = Field(default_factory=dict)
    value: Literal["number", "integer"] | tuple[Name, ...]
    means: Words
    unit: tuple[Name, ...] = ()
    case: tuple[Name, ...] = ()

    def faults(self, where: str, value: str, unit: str, case: str) -> Iterator[Issue]:
        """What is wrong by this rule with a value that stands at `where`."""
        if isinstance(self.value, tuple):
            if value not in self.value:
                yield issue("corpus-value.value", where, found=shortened(value), allowed=", ".join(self.value))
        elif not _is_number(value, whole=self.value == "integer"):
            yield issue(f"corpus-value.{self.value}", where, found=shortened(value))
        for name, found, allowed in (("unit", unit, self.unit), ("case", case, self.case)):
            if found and found not in allowed:
                expected = f"one of {', '.join(allowed)}" if allowed else "empty"
                yield issue(f"corpus-value.{name}", where, found=shortened(found), expected=expected)


def _is_number(value: str, whole: bool) -> bool:
    # No sign, no exponent, ASCII only: values are compared and sorted by scripts of others.
    digits = value if whole else value.replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


class ElementRule(AttributeRule):
    """A term on which an offence, a power or cooperation is laid down: `of` names its group among `element_groups`."""

    of: Name


class ElementGroup(StrictModel):
    """Elements of one kind, and the topics whose provisions they qualify."""

    label: Words
    topics: Annotated[tuple[Name, ...], Field(min_length=1)]


class Codebook(StrictModel):
    """What a provision can be about (families, topics) and what can be read off it (attributes, elements), each with
    its name for people.
    """

    version: Annotated[int, Field(ge=1)]
    families: dict[Name, Words]
    topics: dict[Name, Topic]
    attributes: dict[Name, AttributeRule] = Field(default_factory=dict)
    element_groups: dict[Name, ElementGroup] = Field(default_factory=dict)
    elements: dict[Name, ElementRule] = Field(default_factory=dict)
    family_labels: dict[Name, Words] = Field(default_factory=dict)

    @property
    def family_of(self) -> dict[str, str]:
        """Topic → the family it is grouped under, in the order of the file."""
        return {name: topic.family for name, topic in self.topics.items()}

    @model_validator(mode="after")
    def _families_known(self) -> "Codebook":
        unknown = sorted(name for name, topic in self.topics.items() if topic.family not in self.families)
        strays = [*(f"{name} of {one.of}" for name, one in self.elements.items() if one.of not in self.element_groups)]
        strays += [
            topic for group in self.element_groups.values() for topic in group.topics if topic not in self.topics
        ]
        # Held here, since a misspelt group would silently take its elements out of every comparison.
        if strays:
            raise ValueError(f"elements of a group, or groups of a topic, that is not listed: {', '.join(strays)}")
        if unknown:
            raise ValueError(f"topics of a family that is not listed under families: {', '.join(unknown)}")
        return self
