"""Headings that mislead: a heading speaks of crimes and the words below it of none, or the other way round.

Both are judged apart: the heading by its patterns, the words below it as if they had no heading. Of 44 warnings over
all topics (November 2026, judged by the text) one was right and two debatable: "Notification", "Transit" or
"Governance" name many things and lie about none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from treatynlp.coding.classifier import Coder
from treatynlp.coding.passages import Passage, every_headed
from treatynlp.coding.rules import heading_hits, hits, subjects
from treatynlp.errors import Issue, issue
from treatynlp.structure.tree import Treaty

CRIMES = "criminalisation"
SURE, UNLIKELY = 0.6, 0.2
"""From which probability the body is about a topic, and below which it is not."""


@dataclass(frozen=True, slots=True)
class MisleadingHeading:
    """A provision whose heading names `said` (topics, or families where it names no topic) while its words regulate
    `regulated` (topics, the likeliest first)."""

    eid: str
    heading: str
    said: tuple[str, ...]
    regulated: tuple[str, ...]


def misleading_headings(coder: Coder, treaty: Treaty, family: Mapping[str, str]) -> tuple[MisleadingHeading, ...]:
    """The provisions of an instrument, articles or smaller ones, whose heading misleads.

    `family` is each topic's: a heading may name a crime, or only announce some.
    """
    given = subjects(treaty, coder.lexicon)
    promising = [one for passage in every_headed(treaty) if (one := _promised(coder, passage, given))]
    if not promising:
        return ()
    # Scored without its heading, which would else vouch for itself.
    bare = [replace(one.passage, heading="") for one in promising]
    scores = coder.model.bare_probabilities(bare, [hits(one, coder.lexicon, given) for one in bare])
    likely = ({t: float(score) for t, score in zip(coder.model.topics, row, strict=True)} for row in scores)
    found = (_compared(one, about, family) for one, about in zip(promising, likely, strict=True))
    return tuple(one for one in found if one)


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a passage's heading says: topics, and families."""

    passage: Passage
    topics: frozenset[str]
    families: frozenset[str]


def _promised(coder: Coder, passage: Passage, given: frozenset[str]) -> _Promise | None:
    named = heading_hits(passage, coder.lexicon, given)
    said = {hit.pattern.topic for hit in named if hit.pattern.entry.weight == "strong"}
    # "Evidence of offences", "Transit of offenders" speak of offences and announce none.
    first = " ".join(passage.heading.split()[:1])
    announced = coder.lexicon.announced(first) & {CRIMES}
    return _Promise(passage, frozenset(said), frozenset(announced)) if said or announced else None


def _compared(promise: _Promise, likely: Mapping[str, float], family: Mapping[str, str]) -> MisleadingHeading | None:
    said, announced = promise.topics, promise.families
    regulated = sorted((t for t in likely if likely[t] >= SURE), key=lambda topic: -likely[topic])
    meant = [t for t in likely if t in said or (not said and family[t] in announced)]
    # Two levels with a band between them: a body that is of two minds does not make its heading a lie.
    if not regulated or max((likely[topic] for topic in meant), default=0.0) >= UNLIKELY:
        return None
    spoken = CRIMES in announced or any(family[topic] == CRIMES for topic in said)
    if spoken == (family[regulated[0]] == CRIMES):
        return None
    provision = promise.passage.provision
    return MisleadingHeading(provision.eid, provision.heading, tuple(sorted(said or announced)), tuple(regulated))


def heading_issues(coder: Coder, treaty: Treaty, family: Mapping[str, str]) -> tuple[Issue, ...]:
    """The misleading headings as rows for `issues.csv`."""
    return tuple(
        issue(
            "heading-disagrees", f"{treaty.id} {one.eid}", said=", ".join(one.said), regulated=", ".join(one.regulated)
        )
        for one in misleading_headings(coder, treaty, family)
    )
