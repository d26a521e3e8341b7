"""What people coded goes before what the machine says: for the articles they coded, their labels stand.

A label from corpus/annotations says `by="gold"`. It keeps the machine's evidence where the machine found the same
topic in the same article, since people wrote down where, but not on which words. Annotations whose article has
changed since (another text hash) are stale: the machine's labels stand, and an issue says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from treatynlp.coding.labels import Attribute, Coding, Label
from treatynlp.corpus import text_hash
from treatynlp.errors import Issue, issue
from treatynlp.registry import GoldAttribute, GoldRow, GoldTopic
from treatynlp.structure.address import stands_in
from treatynlp.structure.tree import Provision, Treaty

BY = "gold"
Coded = TypeVar("Coded", Label, Attribute)


@dataclass(frozen=True, slots=True)
class Gold:
    """The rows people wrote for one instrument."""

    topics: tuple[GoldTopic, ...] = ()
    attributes: tuple[GoldAttribute, ...] = ()


def with_gold(coding: Coding, treaty: Treaty, gold: Gold) -> tuple[Coding, tuple[Issue, ...]]:
    """The coding with people's labels and parameters in place of the machine's, article by article."""
    homes = homes_of(treaty)
    rows: Sequence[GoldRow] = (*gold.topics, *gold.attributes)
    stale = {row.article for row in rows if _is_stale(row, homes, treaty)}
    topics = [row for row in gold.topics if row.article not in stale]
    parameters = [row for row in gold.attributes if row.article not in stale]
    # A coded article is people's as a whole: what the machine adds there, they saw and did not give.
    coded = {homes[row.article].eid for row in topics}
    # Many coders give topics only: then the machine's parameters stand, though the topics are people's.
    kept = _outside(coding.attributes, coded) if gold.attributes else coding.attributes
    own = tuple(_parameters(parameters, homes, coding.attributes))
    # A chapter without articles may have people's parameters and none of their topics: where they say a value, the
    # machine's is not told beside it.
    said = {(one.eid, one.attribute) for one in own}
    return replace(
        coding,
        labels=tuple(sorted({*_outside(coding.labels, coded), *_labels(topics, homes, coding.labels)}, key=_order)),
        inconclusive=tuple(_outside(coding.inconclusive, coded)),
        attributes=tuple(sorted({*own, *(one for one in kept if (one.eid, one.attribute) not in said)})),
    ), tuple(_told(coding.instrument, article) for article in sorted(stale))


def homes_of(treaty: Treaty) -> Mapping[str, Provision]:
    """Articles by their label, and chapters that have no articles by theirs."""
    bare = {
        provision.label: provision
        for provision in treaty.walk()
        if provision.kind == "chapter" and not any(one.kind == "article" for one in provision.walk())
    }
    return bare | {article.label: article for article in treaty.articles}


def _is_stale(row: GoldRow, homes: Mapping[str, Provision], treaty: Treaty) -> bool:
    home = homes.get(row.article)
    return home is None or (bool(row.text_hash) and row.text_hash != text_hash(treaty.words(home.body)))


def _told(instrument: str, article: str) -> Issue:
    return issue("gold-stale", f"{instrument} Art. {article}")


def _outside(found: Iterable[Coded], homes: set[str]) -> Iterator[Coded]:
    return (one for one in found if one.eid.split("__")[0] not in homes)


def _labels(rows: Iterable[GoldTopic], homes: Mapping[str, Provision], machine: Sequence[Label]) -> Iterator[Label]:
    for row in rows:
        for address in row.addresses:
            home = homes[row.article]
            eid = _followed(home, address[1:]).eid
            same = [one for one in machine if one.topic == row.topic and one.evidence and stands_in(one.eid, home.eid)]
            # People give an address and no words; the machine's words for the same topic nearby show a reader where to
            # look.
            near = next((one for one in same if stands_in(one.eid, eid)), same[0] if same else None)
            yield Label(eid, row.topic, 1.0, BY, near.evidence if near else None)


def _parameters(
    rows: Iterable[GoldAttribute], homes: Mapping[str, Provision], machine: Sequence[Attribute]
) -> Iterator[Attribute]:
    for row in rows:
        for address in row.addresses:
            provision = _followed(homes[row.article], address[1:])
            same = (one for one in machine if (one.attribute, one.value) == (row.attribute, row.value))
            near = next((one.evidence for one in same if stands_in(one.eid, homes[row.article].eid)), provision.body)
            yield Attribute(
                eid=provision.eid,
                attribute=row.attribute,
                value=row.value,
                unit=row.unit,
                case=row.case,
                evidence=near,
                by=BY,
            )


def _followed(home: Provision, labels: Sequence[str]) -> Provision:
    """The provision the labels lead to; where the text has no such step, the last one that was found."""
    here = home
    for label in labels:
        # Stops where the text has no such step: rows are made on official paging, and a splitter may see one level
        # less.
        here = next((child for child in here.children if child.label == label and child.kind != "alinea"), here)
    return here


def _order(label: Label) -> tuple[str, str, float, str]:
    return label.eid, label.topic, label.score, label.by
