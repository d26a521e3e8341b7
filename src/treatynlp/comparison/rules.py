"""What comparing takes for granted, as people declared it in `corpus/comparison.yml`, with the reasons."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from treatynlp.comparison.periods import number
from treatynlp.errors import DataError, issue
from treatynlp.strict_files import StrictModel, read_yaml

FILE = "comparison.yml"


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_regex)]
Reason = Annotated[str, Field(min_length=1)]


class Reach(StrictModel):
    """Topics that cannot stand in instruments of some kinds."""

    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    reason: Reason


class GeneralPart(StrictModel):
    """Criminalisation topics that describe no conduct of their own, and `broad` ones that hold several kinds of it;
    `lent` are those that mean something only with the offence they belong to."""

    topics: tuple[str, ...]
    lent: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()
    reason: Reason


class TopicsApart(StrictModel):
    """Topics that are compared otherwise than the rest, and why."""

    topics: tuple[str, ...] = ()
    reason: str = ""


class Qualifies(StrictModel):
    """Which topic of its provision a parameter belongs to: the first of its list that the provision is about; without a
    list all of them, but for those that stand only `beside` what it qualifies."""

    topics: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    beside: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    reason: str = ""

    def among(self, parameter: str, topics: tuple[str, ...]) -> tuple[str, ...]:
        """Those of a provision's topics that the parameter qualifies.

        >>> Qualifies(topics={"nationals": ("extradition",)}).among("nationals", ("extradition", "refusal_grounds"))
        ('extradition',)
        >>> Qualifies(beside={"mens_rea": ("definitions",)}).among("mens_rea", ("definitions", "other_offence"))
        ('other_offence',)
        """
        if first := next((one for one in self.topics.get(parameter, ()) if one in topics), ""):
            return (first,)
        return tuple(one for one in topics if one not in self.beside.get(parameter, ())) or topics


class FinalClauses(StrictModel):
    """Terms of final clauses: relations that rest on them alone are judged apart from those of substance.

    `first_day`: words before a period by which it ends with a month, or (group `after`) runs on to the next one.
    `family`: that of their topics, of which every binding text has the one; a copy without it may have lost its end.
    """

    family: str = ""
    every: str = ""
    terms: tuple[str, ...] = ()
    first_day: Pattern = "(?!)(?P<after>)"
    reason: str = ""


class Administrative(StrictModel):
    """Fields of administrative authorities, fields that may stand beside them, and the topics on which the assistance
    of such authorities is not that of criminal justice."""

    fields: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    reason: str = ""


class Powers(StrictModel):
    """Intrusive powers, and what governs them: topics of `safeguards`, and of `rights` that may condition measures.

    Words: `conditions` of a power in its own article, where they stand in what gives it or are said of the `article`;
    `domestic` where all is left to domestic law, so that nobody can say there are none; `procedural` of a safeguard for
    persons in one procedure only; `chapter` and `instrument` of one that reaches the powers of its chapter, or all
    measures; `anywhere` of conditions on all measures that need not be coded as safeguards.
    """

    topics: tuple[str, ...]
    safeguards: tuple[str, ...]
    rights: tuple[str, ...] = ()
    conditions: Pattern = "(?!)"
    article: Pattern = "(?!)"
    domestic: Pattern = "(?!)"
    procedural: Pattern = "(?!)"
    chapter: Pattern = "(?!)"
    instrument: Pattern = "(?!)"
    anywhere: Pattern = "(?!)"
    reason: Reason


class Strictness(StrictModel):
    """Which value of an element or parameter criminalises more (`sense: wider`) or asks more (`stronger`).

    `narrows`: each value makes the offence smaller, so that who does not say it criminalises more; `values` is then the
    ladder on which two of them can be told apart, the widest first.
    """

    attribute: str
    sense: Literal["wider", "stronger"] = "stronger"
    narrows: bool = False
    values: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    stricter: Literal["higher", "lower", ""] = ""
    unstated: Literal["strictest", "weakest", "unknown"] = "unknown"
    reason: Reason

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if not self.narrows and bool(self.values) == bool(self.stricter):
            raise ValueError("needs either `values` (strictest first) or `stricter` (higher, lower)")
        return self

    def rank(self, value: str) -> float | None:
        """How much a value asks, more being stricter; None for a value that has no rank."""
        twin = next((group[0] for group in self.same if value in group), value)
        if twin in self.values:
            return -float(self.values.index(twin))
        counted = number(value) if self.stricter else None
        return None if counted is None else counted * (1 if self.stricter == "higher" else -1)

    @property
    def silence(self) -> float | None:
        """The rank of saying nothing of the parameter."""
        return {"strictest": 1.0, "weakest": -float(len(self.values)), "unknown": None}[self.unstated]


class Mechanisms(StrictModel):
    """Topics of each mechanism of cooperation: what is said of one says nothing of another."""

    topics: tuple[tuple[str, ...], ...] = ()
    reason: str = ""


class Implied(StrictModel):
    """A value of an element that is also said by a parameter's values."""

    element: str
    value: str
    attribute: str
    values: tuple[str, ...]


class Silence(StrictModel):
    """Elements whose silence is not told, since their reader has no gold; and what other parameters imply of them."""

    elements: tuple[str, ...] = ()
    implied: tuple[Implied, ...] = ()
    reason: str = ""


class Defined(StrictModel):
    """A parameter that an instrument's definitions settle wherever the `word` defined is used, in a provision that also
    has words of `where` and none of `unless`."""

    term: str
    word: Pattern
    where: Pattern = "."
    unless: Pattern = "(?!)"
    reason: Reason


class Akin(StrictModel):
    """Words of the element `of` that also say a value of another."""

    element: str
    value: str
    of: str
    words: Pattern
    reason: Reason


class Boilerplate(StrictModel):
    """A phrase that comparing takes account of; most are shared by treaties whatever they are about."""

    pattern: Pattern
    reason: Reason


class Nearest(StrictModel):
    """With how many others, the nearest by topics and wording, each instrument is compared provision by provision; of
    up to `whole` instruments every two are."""

    count: Annotated[int, Field(ge=1)]
    whole: Annotated[int, Field(ge=0)] = 0
    reason: Reason


class Criminalising(StrictModel):
    """Words by which one provision obliges Parties to criminalise what others describe: of the `duty`, and those that
    mean the `chapter` it stands in (other provisions are those it refers to); `unless` it is about something else."""

    duty: Pattern
    chapter: Pattern
    unless: Pattern
    reason: Reason


class Incorporating(StrictModel):
    """Words around a reference that make what it points to apply: `before` it or `after` it, and none of `unless`."""

    before: Pattern
    after: Pattern
    unless: Pattern
    reason: Reason


class Rules(StrictModel):
    """Everything `corpus/comparison.yml` declares."""

    version: int
    reach: tuple[Reach, ...] = ()
    qualifies: Qualifies = Qualifies()
    duties: tuple[str, ...]
    general_part: GeneralPart
    vague: TopicsApart = TopicsApart()
    """Topics that name no subject: that an instrument has none of them says nothing."""
    incomparable: TopicsApart = TopicsApart()
    """Topics whose provisions answer each other and yet are about another matter in each instrument."""
    final_clauses: FinalClauses = FinalClauses()
    administrative: Administrative = Administrative()
    powers: Powers
    strictness: tuple[Strictness, ...] = ()
    least_terms: int = 2
    nearest: Nearest | None = None
    silence: Silence = Silence()
    mechanisms: Mechanisms = Mechanisms()
    proven: dict[str, bool] = Field(default_factory=dict)
    defined: tuple[Defined, ...] = ()
    akin: tuple[Akin, ...] = ()
    negations: Boilerplate | None = None
    notifying: Boilerplate | None = None
    last_act: Boilerplate | None = None
    boilerplate: tuple[Boilerplate, ...] = ()
    criminalising: Criminalising | None = None
    incorporating: Incorporating | None = None

    def out_of_reach(self, kind: str, topic: str) -> str:
        """Why a topic cannot stand in an instrument of this kind; "" where it can."""
        return next((r.reason for r in self.reach if kind in r.kinds and topic in r.topics), "")

    @property
    def topics(self) -> frozenset[str]:
        """Every topic the file names."""
        named = [
            self.general_part.topics,
            self.general_part.broad,
            self.vague.topics,
            self.incomparable.topics,
            self.administrative.topics,
            self.powers.topics,
            self.powers.safeguards,
            self.powers.rights,
            *self.mechanisms.topics,
            *self.qualifies.topics.values(),
            *(r.topics for r in self.reach),
        ]
        return frozenset(topic for topics in named for topic in topics)


def load_rules(root: Path, topics: Iterable[str] = (), families: Iterable[str] = ()) -> Rules:
    """The rules under a corpus folder, checked against the codebook's topics and families where they are given.

    Raises DataError with every fault of the file.
    """
    rules = read_yaml(Rules, root / FILE, FILE)
    unknown = [("topic", name) for name in sorted(rules.topics - set(topics))] if topics else []
    unknown += [("family", name) for name in sorted(set(rules.duties) - set(families))] if families else []
    if unknown:
        raise DataError(*(issue("rules-unknown-name", FILE, kind=kind, named=named) for kind, named in unknown))
    return rules
