"""The records people type: instruments with their sources, gold labels, reviewers' decisions.

Every field that is optional is "" or empty when it is not known: facts nobody is sure of are left out, not guessed.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from treatynlp.field_types import Address, Date, Day, Hash, Id, Language, Media, Name, NoHash, Url, Words
from treatynlp.strict_files import StrictModel

__all__ = [
    "TITLES",
    "Address",
    "Coders",
    "Date",
    "Dates",
    "Expect",
    "GoldAttribute",
    "GoldElement",
    "GoldRow",
    "GoldTopic",
    "Hash",
    "Id",
    "Instrument",
    "Kind",
    "Language",
    "Name",
    "Override",
    "Source",
    "Url",
    "Version",
    "Words",
]  # fmt: skip

Kind = Literal[
    "treaty", "protocol", "regulation", "directive", "framework_decision", "model_law", "declaration",
    "resolution", "report", "other",
]  # fmt: skip


TITLES = "en"
"""The language that titles, bodies and citations are declared in."""


class Source(StrictModel):
    """Where the instrument's text is published: one file in one language.

    `official`: published by the body that made or keeps the text, in a language it publishes it in; copies and
    translations of others are not. `within`: words of the title to look for when several instruments are bound in one
    file ("" when the file holds only this one). Sources are tried in the order they stand in.
    """

    url: Url
    media_type: Media
    language: Language
    official: bool
    note: str = ""
    within: str = ""


class Dates(StrictModel):
    """When the instrument was adopted, opened for signature or signed, published, in force, applicable."""

    adopted: Date = ""
    opened: Date = ""
    signed: Date = ""
    published: Date = ""
    in_force: Date = ""
    applies: Date = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Dates":
        # A date known only to the year is compared as far as it is known.
        # Publication is in no order: acts are published before they are in force, and treaties often long after.
        order = [("adopted", "opened"), ("adopted", "signed"), ("adopted", "in_force"), ("opened", "in_force"),
                 ("signed", "in_force"), ("in_force", "applies")]  # fmt: skip
        for before, after in order:
            first, second = getattr(self, before), getattr(self, after)
            length = min(len(first), len(second))
            if first[:length] > second[:length]:
                raise ValueError(f"{before} ({first}) is later than {after} ({second}); correct one of them")
        return self

    @property
    def first(self) -> str:
        """The earliest date known: the one by which instruments are put in order of time."""
        known = (self.adopted, self.opened, self.signed, self.published, self.in_force, self.applies)
        # As words: ISO dates sort so, also those of which only the year is known.
        return min(filter(None, known), default="")


class Expect(StrictModel):
    """What a correct reading must find; fewer articles are an error, more a warning. None: not known."""

    articles: Annotated[int, Field(ge=0, le=2000)] | None = None


class Version(StrictModel):
    """The state of the text that the sources hold, when it is not the one first adopted: `date` is the latest date of
    its words, `as_amended_by` the amending instruments, as ids of the registry or, when it lacks them, by their titles.
    """

    date: Date
    as_amended_by: Annotated[tuple[Words, ...], Field(min_length=1)]


class Instrument(StrictModel):
    """A treaty, directive, model law, declaration or report whose provisions are compared.

    `regional`: made within an organisation that not every State may join, even if others may accede later.
    `family` says what it is about (cybercrime, extradition, ...), `parent` is the convention a protocol belongs to,
    `amends` and `supersedes` are ids of instruments it changes or replaces. `landing` is the body's page about it,
    `version` says which consolidated text the sources hold; without one they hold the words first adopted.
    `checked` says how the facts were checked, `todo` what is not known for certain.
    """

    id: Id
    title: Words
    short_title: Words
    citation: str = ""
    body: Words
    kind: Kind
    binding: bool
    scope: Literal["regional", "global"]
    region: str = ""
    family: Annotated[tuple[Name, ...], Field(min_length=1)]
    dates: Dates
    version: Version | None = None
    parent: Id | None = None
    amends: tuple[Id, ...] = ()
    supersedes: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ()
    landing: Url | None = None
    sources: tuple[Source, ...] = ()
    expect: Expect = Expect()
    checked: tuple[Words, ...] = ()
    todo: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> "Instrument":
        # Two fields that must agree, since matrices group by region and a forgotten one would make a regional treaty
        # global.
        if (self.scope == "regional") != bool(self.region):
            raise ValueError("a regional instrument needs `region`, a global one has none")
        if not self.dates.first:
            raise ValueError("dates: at least one date is needed, if only a year")
        if self.version and self.version.date < self.dates.first:
            raise ValueError(f"version: {self.version.date} is earlier than the first date, {self.dates.first}")
        return self

    @property
    def words_date(self) -> str:
        """The date of the words: that of the consolidated text, else the first date known.

        A consolidated text mixes words of both dates, so nobody can say of one provision that it is the older one:
        where `words_date` is later than `dates.first`, its words are of some day between the two.
        """
        return self.version.date if self.version else self.dates.first

    @property
    def within(self) -> str:
        """Words of the title to look for in a file that binds several instruments; "" when no source needs it."""
        return next((source.within for source in self.sources if source.within), "")

    @property
    def related(self) -> tuple[tuple[str, str], ...]:
        """The other instruments it names, each with the key that names it."""
        named = [("parent", self.parent)] if self.parent else []
        for key in ("amends", "supersedes"):
            named += [(f"{key}.{n}", other) for n, other in enumerate(getattr(self, key))]
        amending = self.version.as_amended_by if self.version else ()
        # A title has blanks, an id has none: what looks like an id must be one.
        named += [(f"version.as_amended_by.{n}", one) for n, one in enumerate(amending) if " " not in one]
        return tuple((key, other) for key, other in named if other)


class GoldRow(StrictModel):
    """Where people found something: an article and, in it, paragraphs ("" for the whole article).

    `text_hash` is that of the article's words when it was coded ("" until filled), so that gold goes stale visibly.
    """

    instrument: Id
    article: Words
    paragraph: str = ""
    text_hash: NoHash = ""

    @property
    def addresses(self) -> tuple[tuple[str, ...], ...]:
        """The labels to follow down the tree, one tuple for each place ("Principle 5" has the label 5, and FP marks
        a final part without articles, which is no step of its own).

        >>> GoldTopic(instrument="x", article="29", paragraph="3.1.a;4", topic="sanctions").addresses
        (('29', '3', '1', 'a'), ('29', '4'))
        """
        places = [place.strip() for place in self.paragraph.split(";")]
        return tuple((self.article, *_steps(place)) for place in places)


def _steps(place: str) -> tuple[str, ...]:
    # People write the step as it is printed ("Principle 5"); the tree knows its number.
    return tuple(part.split()[-1] for part in place.split(".") if part and part != "FP")


class Coders(StrictModel):
    """How many people coded one instrument, each by himself; with two, a third reading settled where they differed."""

    instrument: Id
    coders: Annotated[int, Field(ge=1, le=9)]


class GoldTopic(GoldRow):
    """People say: this place regulates this topic."""

    topic: Name


class GoldAttribute(GoldRow):
    """People say: this place sets this parameter to this value."""

    attribute: Name
    value: Words
    unit: str = ""
    case: str = ""


class GoldElement(GoldRow):
    """People say: this place lays an offence or a power down on this term."""

    element: Name
    value: Words
    case: str = ""


class Override(StrictModel):
    """A reviewer's decision on one label of one provision, or on one value that it sets (`attribute` with `value`,
    `unit` and `case`); stale once the provision's words (`text_hash`) change."""

    instrument: Id
    eid: Address
    text_hash: Hash
    decision: Literal["accept", "reject", "add"]
    topic: str = ""
    # Required: a decision without reviewer, date and reason could be judged by nobody later.
    reviewer: Words
    date: Day
    reason: Words
    attribute: str = ""
    value: str = ""
    unit: str = ""
    case: str = ""

    @model_validator(mode="after")
    def _on_one_thing(self) -> "Override":
        if bool(self.topic) == bool(self.attribute):
            raise ValueError("a decision is on a topic or on an attribute: fill one of the two columns")
        if bool(self.attribute) != bool(self.value):
            raise ValueError("an attribute needs a value, and a value an attribute")
        return self
