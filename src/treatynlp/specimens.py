"""Specimens: fictional conventions written for this project, whose labels are right by construction.

Each is one YAML file: the instrument as the registry has it, the look it is typeset in, and its text as a tree that
carries on every provision what the provision is about and what can be read off it.

>>> specimen = load_specimens()[0]
>>> [label for label in specimen_labels(specimen) if label[0] == "art_2"]
[('art_2', 'illegal_access')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Protocol, TypedDict

from pydantic import Discriminator, Field, Tag, model_validator

from treatynlp.errors import DataError
from treatynlp.home import home
from treatynlp.registry import GoldAttribute, GoldTopic, Instrument, Name, Words
from treatynlp.strict_files import StrictModel, gather, read_yaml

Modality = Literal["", "obligation", "prohibition", "permission", "recommendation", "declaration"]


class SpecimenParameter(StrictModel):
    """A value read off a provision, by the codebook's attributes."""

    attribute: Name
    value: Words
    unit: str = ""
    case: str = ""


class Clause(StrictModel):
    """A paragraph, a point, or words without a number; `number` as it is printed: `1.`, `(a)`, `2 bis.`, ``.

    `topics`, `attributes` and `modality` hold for this clause and what stands below it; `note` is a footnote.
    """

    number: str = ""
    text: Words
    note: str = ""
    topics: tuple[Name, ...] = ()
    attributes: tuple[SpecimenParameter, ...] = ()
    modality: Modality = ""
    clauses: tuple["Clause", ...] = ()


class Article(StrictModel):
    """An article: its label (`14 bis`, `IV`), its heading, and either words of its own, or clauses, or both."""

    article: Words
    heading: str = ""
    text: str = ""
    note: str = ""
    topics: tuple[Name, ...] = ()
    attributes: tuple[SpecimenParameter, ...] = ()
    modality: Modality = ""
    clauses: tuple[Clause, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Article":
        if not self.text and not self.clauses:
            raise ValueError(f"article {self.article} says nothing; give it `text` or `clauses`")
        return self


def _kind(value: object) -> str:
    key = "article" if isinstance(value, dict) else "division"
    return "article" if isinstance(value, Article) or (isinstance(value, dict) and key in value) else "division"


Content = Annotated[Annotated["Division", Tag("division")] | Annotated[Article, Tag("article")], Discriminator(_kind)]


class Division(StrictModel):
    """A part, chapter, section or title. One that is not divided into articles has clauses of its own."""

    division: Literal["book", "part", "title", "chapter", "section"]
    number: Words
    heading: str = ""
    contents: tuple[Content, ...] = ()
    clauses: tuple[Clause, ...] = ()


class Annex(StrictModel):
    """What is bound behind the instrument, with articles that are numbered anew."""

    annex: Words
    heading: str = ""
    contents: tuple[Content, ...]


class PageDesign(StrictModel):
    """How an official publisher would set the instrument: the look's name, place and date, running heads."""

    name: Literal["coe", "un", "journal", "au", "typewriter"]
    place: Words
    running: Annotated[tuple[Words, ...], Field(min_length=1)]
    contents_list: bool = False


class Specimen(StrictModel):
    """A fictional convention: what it is, how it looks, what it says and what that means."""

    instrument: Instrument
    look: PageDesign
    preamble: Annotated[tuple[Clause, ...], Field(min_length=1)]
    contents: Annotated[tuple[Content, ...], Field(min_length=1)]
    closing: Words
    annexes: tuple[Annex, ...] = ()

    @model_validator(mode="after")
    def _counted(self) -> "Specimen":
        found, said = len(articles(self)), self.instrument.expect.articles
        if found != said:
            raise ValueError(f"instrument.expect.articles says {said}, but the text has {found} articles")
        return self


class Identified(Protocol):
    """Whatever has the id of an instrument."""

    @property
    def id(self) -> str: ...


class LabelledText(Protocol):
    """A text as a tree that carries its labels: a specimen, or model clauses."""

    @property
    def instrument(self) -> Identified: ...

    @property
    def contents(self) -> tuple[Content, ...]: ...


@dataclass(frozen=True, slots=True)
class SpecimenProvision:
    """A provision where it stands: its address, the article it belongs to, the labels on the way down to it."""

    eid: str
    article: str
    path: tuple[str, ...]
    node: Clause | Article


class SplitArticle(TypedDict):
    """An article as the splitter should give it."""

    label: str
    heading: str
    text: str


def load_specimens(root: Path | None = None) -> tuple[Specimen, ...]:
    """The specimens of a folder, by id (without one: those that come with treatynlp).

    DataError holds every fault of every file.
    """
    root = root or home() / "corpus" / "specimens"
    found, issues = gather(_specimen, sorted(root.glob("*.yml")))
    if issues:
        raise DataError(*issues)
    return tuple(found)


def _specimen(path: Path) -> Specimen:
    return read_yaml(Specimen, path, f"specimens/{path.name}")


def articles(specimen: LabelledText) -> tuple[Article, ...]:
    """The articles in order, whatever chapter they stand in; those of annexes left out."""
    return tuple(article for content in specimen.contents for article in _articles(content))


def _articles(content: Division | Article) -> Iterator[Article]:
    if isinstance(content, Article):
        yield content
    else:
        for inner in content.contents:
            yield from _articles(inner)


def bare_number(number: str) -> str:
    """A printed number without its word, points, brackets and blanks.

    >>> bare_number("(a)"), bare_number("2 bis."), bare_number("Principle 1.")
    ('a', '2bis', '1')
    """
    return re.sub(r"^[A-Z][a-z]{2,} |[\W_]", "", number)


def specimen_provisions(specimen: LabelledText) -> Iterator[SpecimenProvision]:
    """Every provision that can carry a label, in reading order: articles, paragraphs, points, and the clauses of
    chapters that have no articles. Annexes are left out.
    """
    for content in specimen.contents:
        yield from _places(content, "")


_SHORT = {"book": "book", "part": "part", "title": "title", "chapter": "chp", "section": "sec"}


def _places(content: Division | Article, above: str) -> Iterator[SpecimenProvision]:
    if isinstance(content, Article):
        eid = f"art_{bare_number(content.article)}"
        yield SpecimenProvision(eid, content.article, (), content)
        yield from _below(content.clauses, SpecimenProvision(eid, content.article, (), content))
        return
    eid = f"{above}{_SHORT[content.division]}_{bare_number(content.number)}"
    for number, clause in enumerate(content.clauses, start=1):
        # As the splitter counts them: a clause without a number goes by its place.
        label = bare_number(clause.number) or str(number)
        place = SpecimenProvision(f"{eid}__para_{label}", content.number, (f"FP.{label}",), clause)
        yield place
        yield from _below(clause.clauses, place)
    for inner in content.contents:
        yield from _places(inner, f"{eid}__")


def _below(clauses: tuple[Clause, ...], above: SpecimenProvision) -> Iterator[SpecimenProvision]:
    unnumbered = int(bool(above.node.text))  # words of its own are the first paragraph without a number
    for clause in clauses:
        unnumbered += not clause.number
        label = bare_number(clause.number) or str(unnumbered)
        place = SpecimenProvision(
            f"{above.eid}__{_level(clause, above)}_{label}", above.article, (*above.path, label), clause
        )
        yield place
        yield from _below(clause.clauses, place)


def _level(clause: Clause, above: SpecimenProvision) -> str:
    if not clause.number:
        return "alinea"
    # Below introductory words "(1)" lists, and is a point; without them it is a paragraph set in brackets.
    completes = (above.node.text or "").rstrip().endswith(":") and clause.number.startswith("(")
    numbered = bare_number(clause.number)[0].isdigit() or re.fullmatch(r"[IVXLC]+\.", clause.number)
    return "para" if isinstance(above.node, Article) and numbered and not completes else "point"


def specimen_labels(specimen: Specimen) -> tuple[tuple[str, str], ...]:
    """(address, topic) of everything the specimen regulates, in reading order; the preamble first."""
    found = ((place.eid, topic) for place in specimen_provisions(specimen) for topic in place.node.topics)
    # Every specimen has one, and its topic is what it is: nobody writes it down.
    return (("preamble", "preamble"), *found)


def specimen_attributes(specimen: LabelledText) -> tuple[tuple[str, str, str, str, str], ...]:
    """(address, attribute, value, unit, case) of every parameter, in reading order; modality among them."""
    return tuple(
        (place.eid, one.attribute, one.value, one.unit, one.case)
        for place in specimen_provisions(specimen)
        for one in _parameters(place.node)
    )


def _parameters(node: Clause | Article) -> tuple[SpecimenParameter, ...]:
    strength = (SpecimenParameter(attribute="modality", value=node.modality),) if node.modality else ()
    return (*strength, *node.attributes)


def gold_topics(specimen: LabelledText) -> tuple[GoldTopic, ...]:
    """The labels as rows of `annotations/<id>.topics.csv`: article, paragraph, topic."""
    id = specimen.instrument.id
    return tuple(
        GoldTopic(instrument=id, article=place.article, paragraph=".".join(place.path), topic=topic)
        for place in specimen_provisions(specimen)
        for topic in place.node.topics
    )


def gold_attributes(specimen: LabelledText) -> tuple[GoldAttribute, ...]:
    """The parameters as rows of `annotations/<id>.attributes.csv`."""
    id = specimen.instrument.id
    return tuple(
        GoldAttribute(instrument=id, article=place.article, paragraph=".".join(place.path), **dict(one))
        for place in specimen_provisions(specimen)
        for one in _parameters(place.node)
    )


def printed_text(node: Clause | Article) -> str:
    """The words of a provision as they are printed, a line for every numbered part; an article's heading left out."""
    own = [f"{node.number} {node.text}".strip()] if isinstance(node, Clause) else [node.text]
    return "\n".join(filter(None, [*own, *map(printed_text, node.clauses)]))


def expected_split(specimen: Specimen) -> dict[str, list[SplitArticle]]:
    """What the splitter should find, in the form of its own JSON: label, heading and whole text of each article."""
    return {
        "articles": [
            {"label": article.article, "heading": article.heading, "text": printed_text(article)}
            for article in articles(specimen)
        ]
    }
