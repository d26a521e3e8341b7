"""Small conventions of our own invention, built by hand, for tests that need a split and coded text.

A convention is written as `{address: words}` in reading order; the part before the last `__` is its parent.
"""

from dataclasses import dataclass, field

from treatynlp.coding.labels import Coding, Label, Modality
from treatynlp.comparison.records import Provenance, Record
from treatynlp.corpus import Codebook, Instrument
from treatynlp.structure.tree import Kind, Provision, Treaty
from treatynlp.text import Line, Span, Text

KINDS: dict[str, Kind] = {
    "art": "article", "para": "paragraph", "point": "point", "chp": "chapter", "preamble": "preamble",
    "annex": "annex", "alinea": "alinea", "rec": "recital", "front": "front",
}  # fmt: skip


@dataclass
class _Node:
    eid: str
    words: str
    children: list["_Node"] = field(default_factory=list)


def treaty(id: str, said: dict[str, str], headings: dict[str, str] | None = None) -> Treaty:
    """A treaty of these words, one printed line a provision, ten provisions a page."""
    lines = [Text.of(Line(words, 1 + n // 10, (72, 80, 500, 92))) for n, words in enumerate(said.values())]
    text, starts, at = Text.join(lines, "\n"), {}, 0
    for eid, words in said.items():
        starts[eid] = Span(at, at + len(words))
        at += len(words) + 1
    return Treaty(id, text, _children("", list(said), starts, text, headings or {}))


def _children(
    parent: str, eids: list[str], own: dict[str, Span], text: Text, headings: dict[str, str]
) -> tuple[Provision, ...]:
    provisions = []
    for eid in (e for e in eids if _parent(e, eids) == parent):
        inside = [own[e] for e in eids if e == eid or e.startswith(eid + "__")]
        span = Span(own[eid].start, max(s.end for s in inside))
        kind, _, label = eid.rpartition("__")[2].partition("_")
        children = _children(eid, eids, own, text, headings)
        heading, page = headings.get(eid, ""), text.page(span.start)
        provisions.append(Provision(eid, KINDS[kind], label, label, heading, span, span, page, children))
    return tuple(provisions)


def _parent(eid: str, eids: list[str]) -> str:
    above = eid.rpartition("__")[0]
    while above and above not in eids:
        above = above.rpartition("__")[0]
    return above


def instrument(id: str, **more: object) -> Instrument:
    """A registered instrument of the invented Lighthouse League."""
    declared = {
        "id": id, "title": f"Convention of the Lighthouse League ({id})", "short_title": id.title(),
        "body": "Lighthouse League", "kind": "treaty", "binding": "true", "scope": "regional", "region": "Atlantis",
        "family": ["cybercrime"], "dates": {"adopted": "2099-01-01"},
        "sources": [{"url": f"https://lighthouse.example/{id}.pdf", "media_type": "pdf", "language": "en",
                     "official": "true"}],
    }  # fmt: skip
    return Instrument.model_validate(declared | more)


def codebook(*, offences: tuple[str, ...] = ("illegal_access", "computer_fraud"), **more: str) -> Codebook:
    """A codebook of a few topics, under the real names of families; `more` topics with their families."""
    topics = dict.fromkeys((*offences, "sanctions"), "criminalisation")
    topics |= {"search_seizure": "procedure", "conditions_safeguards": "procedure", "extradition": "cooperation"}
    topics |= {"definitions": "general", "accession": "final"} | more
    return Codebook.model_validate({
        "version": "1",
        "families": {name: f"The family {name}" for name in dict.fromkeys(topics.values())},
        "topics": {name: {"family": family, "means": f"Rule for {name}"} for name, family in topics.items()},
    })  # fmt: skip


def coding(id: str, labels: dict[str, str], modality: dict[str, str] | None = None, **more: object) -> Coding:
    """Labels given as `{address: "topic topic"}`, modality as `{address: value}`; score 0.9, by a rule."""
    rows = tuple(Label(eid, topic, 0.9, "rule:x", None) for eid, said in labels.items() for topic in said.split())
    strengths = tuple(Modality(e, m, (), Span(0, 1)) for e, m in (modality or {}).items())
    return Coding(id, rows, modalities=strengths, **more)  # type: ignore[misc,arg-type]


def record(id: str, said: dict[str, str], coded: Coding | None = None, **declared: object) -> Record:
    """A record with a text of these words, read well."""
    declared_instrument = instrument(id, **declared)
    source = Provenance(declared_instrument.sources[0].url, "0" * 64, "application/pdf", 2, "text", "specimen")
    return Record(declared_instrument, source, treaty(id, said), coded)
