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
    """A parameter read off a provision: `Attribute("art_16__para_2", "preservation_period", "90", "day", "", Span(…))`."""

    eid: str
    attribute: str
    value: str
    unit: str
    case: str
    evidence: Span
