"""What coding says of a provision. One shape for gold, rule and model, so that evaluation is a comparison of sets."""

from dataclasses import dataclass

from treatynlp.text import Span


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """This provision regulates this topic: `by` says who decided (`gold`, `rule:<pattern id>`, `model:<name>`,
    `override:<reviewer>`), `score` how sure (a probability, 1.0 for people), `evidence` on which words
    (offsets into the treaty's text; None when the whole provision is meant).
    """

    eid: str
    topic: str
    score: float
    by: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, order=True)
class Attribute:
    """A parameter read off a provision, with the words it rests on.

    `Attribute("art_16__para_2", "preservation_period", "90", "day", "", Span(2310, 2321))`; `case` is one of the
    codebook's cases or "", `by` who decided: `rule`, or `gold` where people wrote it down.
    """

    eid: str
    attribute: str
    value: str
    unit: str
    case: str
    evidence: Span
    by: str = "rule"


@dataclass(frozen=True, slots=True, order=True)
class Element:
    """A term on which a provision lays down an offence, a power or cooperation, with the words it rests on.

    `Element("art_2", "security_measure", "infringed", "optional", Span(1204, 1231))`; `case` is `required` where the
    provision itself demands it, `optional` where a Party may, "" where the codebook does not ask.
    """

    eid: str
    element: str
    value: str
    case: str
    evidence: Span


@dataclass(frozen=True, slots=True, order=True)
class Modality:
    """How strongly a provision binds: `strength` is obligation, prohibition, permission, recommendation or
    declaration; `hedges` name what weakens or conditions it; `evidence` is the verb that says so.

    `Modality("art_16__para_2", "obligation", ("domestic_law",), Span(2290, 2295))`
    """

    eid: str
    strength: str
    hedges: tuple[str, ...]
    evidence: Span


@dataclass(frozen=True, slots=True)
class Coding:
    """All that coding says of one instrument. `inconclusive` holds labels the coder would not commit to:
    neither present nor absent, a reader must look."""

    instrument: str
    labels: tuple[Label, ...]
    inconclusive: tuple[Label, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    elements: tuple[Element, ...] = ()
    modalities: tuple[Modality, ...] = ()
