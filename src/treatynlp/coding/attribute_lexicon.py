"""The patterns by which parameters are read: what people declare in corpus/lexicon/attributes*.yml, made ready to run.

A pattern is a regular expression over plain words (lower case, see `sentences.normalise`) with three conveniences: a
blank stands for one or more, `{name}` for a phrase of the file's `phrases`, and `{period}` or `{count}` for a length of
time or a number however it is written.

>>> lexicon = load_attribute_lexicon()
>>> [pattern.attribute for pattern in lexicon if pattern.id == "young-person"]
['age_of_child']
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, model_validator

from treatynlp.coding.quantities import COUNT, PERIOD
from treatynlp.errors import DataError, issue
from treatynlp.home import home
from treatynlp.strict_files import StrictModel, gather, read_yaml

Scope = Literal["sentence", "clause", "previous", "provision", "title", "heading", "setting", "article"]
"""Where a condition looks: the sentence; with the introductory words it completes; the sentence before it; the whole
provision with its introductory words; the heading it stands under; all headings above; these with the clause; all
words of the article."""

Unit = Literal["hour", "day", "month", "year"]
Conditions = Annotated[dict[Scope, str], Field(default_factory=dict)]


class DeclaredWording(StrictModel):
    """Invented words that show a pattern at work, with the heading and introductory words they need."""

    text: str
    before: str = ""
    heading: str = ""


class DeclaredPattern(StrictModel):
    """One way of wording a parameter: the words to find, what must or must not stand around them, and the value.

    `value` is a word of the codebook, or is left out when the value is the quantity found. `reason` says why the
    words mean that, `example` is the address of a provision (never its words), `specimen` invented words where no
    provision at hand has them; the tests look the pattern up there.
    """

    find: Annotated[str, Field(min_length=3)]
    value: str = ""
    case: str = ""
    where: Conditions
    unless: Conditions
    reason: Annotated[str, Field(min_length=10)]
    example: Annotated[str, Field(pattern=r"^[a-z0-9-]+ [a-z]+_\S+$")] = ""
    specimen: DeclaredWording | None = None

    @model_validator(mode="after")
    def _shown(self) -> "DeclaredPattern":
        if not self.example and not self.specimen:
            raise ValueError("give an `example` (the address of a provision) or a `specimen` (words of your own)")
        return self


class DeclaredAttribute(StrictModel):
    """An attribute's patterns by id. A sentence without any of the `cues` is not looked at (this is for speed)."""

    cues: Annotated[tuple[str, ...], Field(min_length=1)]
    units: tuple[Unit, ...] = ()
    where: Conditions
    unless: Conditions
    patterns: Annotated[dict[str, DeclaredPattern], Field(min_length=1)]


class AttributeFile(StrictModel):
    """A file attributes*.yml or elements_*.yml: phrases that patterns share, and the attributes or elements."""

    phrases: Annotated[dict[str, str], Field(default_factory=dict)]
    attributes: Annotated[dict[str, DeclaredAttribute], Field(validation_alias=AliasChoices("attributes", "elements"))]

    @model_validator(mode="after")
    def _compiles(self) -> "AttributeFile":
        faults = [found for name, one in self.attributes.items() for found in _faults(name, one, self.phrases)]
        if faults:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that must, or must not, stand in a scope."""

    scope: Scope
    words: re.Pattern[str]
    wanted: bool


@dataclass(frozen=True, slots=True)
class AttributePattern:
    """A pattern ready to run. `quantity` names the groups of which one holds the value; none when `value` is fixed."""

    id: str
    attribute: str
    find: re.Pattern[str]
    quantity: tuple[str, ...]
    value: str
    case: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AttributeRules:
    """All patterns of one attribute, in the order of the file."""

    attribute: str
    cue: re.Pattern[str]
    units: tuple[str, ...]
    patterns: tuple[AttributePattern, ...]

    @property
    def counts(self) -> bool:
        """Whether the values are quantities."""
        return any(pattern.quantity for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class AttributeLexicon:
    """The patterns of all attributes."""

    rules: tuple[AttributeRules, ...]

    def __iter__(self) -> Iterator[AttributePattern]:
        return (pattern for one in self.rules for pattern in one.patterns)


def load_attribute_lexicon(root: Path | None = None, files: str = "attributes*.yml") -> AttributeLexicon:
    """The patterns of a folder's files of that name (without a folder: those that come with treatynlp).

    DataError holds every fault of every file.
    """
    folder = root or home() / "corpus" / "lexicon"
    read, issues = gather(_file, sorted(folder.glob(files)))
    if issues:
        raise DataError(*issues)
    if not read:
        raise DataError(issue("lexicon-missing", folder, files=files))
    return AttributeLexicon(
        tuple(_rules(name, one, file.phrases) for file in read for name, one in file.attributes.items())
    )


def _file(path: Path) -> AttributeFile:
    return read_yaml(AttributeFile, path, f"lexicon/{path.name}")


def _rules(name: str, declared: DeclaredAttribute, phrases: Mapping[str, str]) -> AttributeRules:
    patterns = (_pattern(id, name, declared, one, phrases) for id, one in declared.patterns.items())
    cue = re.compile("|".join(map(re.escape, declared.cues)))
    return AttributeRules(name, cue, declared.units, tuple(patterns))


def _pattern(
    id: str, name: str, above: DeclaredAttribute, one: DeclaredPattern, phrases: Mapping[str, str]
) -> AttributePattern:
    find = expression(one.find, phrases)
    quantity = () if one.value else tuple(find.groupindex)
    wanted = [*above.where.items(), *one.where.items()]
    unwanted = [*above.unless.items(), *one.unless.items()]
    conditions = [Condition(scope, expression(words, phrases), True) for scope, words in wanted]
    conditions += [Condition(scope, expression(words, phrases), False) for scope, words in unwanted]
    return AttributePattern(
        id=id,
        attribute=name,
        find=find,
        quantity=quantity,
        value=one.value,
        case=one.case,
        conditions=tuple(conditions),
    )


_PHRASE = re.compile(r"\{([a-z_]+)\}")
_SIGNS = {"period": PERIOD, "count": COUNT}


def expression(words: str, phrases: Mapping[str, str]) -> re.Pattern[str]:
    """A declared pattern as a regular expression; each `{period}` and `{count}` becomes a named group.

    KeyError names a phrase nobody declared.

    >>> expression("(shall|must) {refuse}", {"refuse": "refuse|decline"}).pattern
    '(?:shall|must) ++(?:refuse|decline)'
    """
    number = count(1)
    while _PHRASE.search(words):
        words = _PHRASE.sub(lambda name: _group(name[1], next(number)) or f"({phrases[name[1]]})", words)
    # Every bracket a person writes is a plain group: only {period} and {count} are read out, by name.
    words = re.sub(r"(?<!\\)\((?!\?)", "(?:", words)
    return _compiled(re.sub(r" (?![?*+])", " ++", words))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled once: a file's patterns are proven when it is read, and wanted again when its rules are made; what `re`
    itself remembers is less than a lexicon."""
    return re.compile(expression)


def _group(name: str, number: int) -> str:
    if name not in _SIGNS:
        return ""
    return f"(?P<{name}_{number}>(?<!{_SIGNS[name]}){_SIGNS[name]}++)"


def _faults(name: str, declared: DeclaredAttribute, phrases: Mapping[str, str]) -> list[str]:
    """What is wrong with the patterns of an attribute, each named."""
    found = []
    for id, pattern in declared.patterns.items():
        words = [pattern.find, *pattern.where.values(), *pattern.unless.values()]
        try:
            compiled = [
                expression(one, phrases) for one in [*words, *declared.where.values(), *declared.unless.values()]
            ]
        except KeyError as error:
            found.append(f"{name}.{id} uses the phrase {{{error.args[0]}}}, which `phrases` does not declare")
        except re.error as error:
            found.append(f"{name}.{id} is no regular expression ({error})")
        else:
            if not pattern.value and not compiled[0].groupindex:
                found.append(f"{name}.{id} has neither a `value` nor {{period}} or {{count}} in `find`")
    return found
