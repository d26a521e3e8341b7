"""What the command line answers about a file, as JSON whose keys are stable: new ones may come, none goes.

An article is `{"eid", "label", "heading", "text", "page", "children": […]}` and more; `text` is all of its words
without heading, numbers included. Offsets count characters of the treaty's text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from treatynlp.coding.labels import Attribute, Coding, Label, Modality
from treatynlp.comparison.language_versions import SharedAddress, VersionDifference
from treatynlp.corpus import text_hash
from treatynlp.errors import Issue
from treatynlp.publishing.pairings import PLACES
from treatynlp.reading.document import Document
from treatynlp.structure.address import cited
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Span

Json = dict[str, Any]
Describe = Callable[[Provision], Json]

_SOURCE = ("name", "sha256", "media_type", "pages", "fidelity", "confidence")


def split_answer(treaty: Treaty, document: Document, issues: Iterable[Issue] = ()) -> Json:
    """What `treatynlp split` says of a file."""
    return _answer(treaty, document, issues, lambda provision: {})


def classify_answer(
    treaty: Treaty, coding: Coding, families: dict[str, str], document: Document, issues: Iterable[Issue] = ()
) -> Json:
    """What `treatynlp classify` says of a file: the split, and on each provision what it was coded as.

    `families` holds the family of each topic.
    """
    found = _Coded.of(coding)
    return _answer(treaty, document, issues, lambda provision: _coded(provision, treaty, found, families))


def versions_answer(
    left: Treaty, right: Treaty, beside: Iterable[SharedAddress], found: Iterable[VersionDifference]
) -> Json:
    """What `treatynlp versions` says of two language versions: the languages, every address that both have with its
    pages and topics, where they differ, and where it is not known (`not_compared` says why)."""
    rows = [{**asdict(one), "citation": cited(one.eid)} for one in found]
    return {
        "id": left.id, "left": left.language, "right": right.language,
        "beside": [{**asdict(one), "citation": cited(one.eid)} for one in beside],
        "differences": [row for row in rows if not row["not_compared"]],
        "not_compared": [row for row in rows if row["not_compared"]],
    }  # fmt: skip


def provision_answer(treaty: Treaty, coding: Coding, families: dict[str, str], provision: Provision) -> Json:
    """What `treatynlp show` says of one provision: what `classify` says of it."""
    found = _Coded.of(coding)
    return _node(provision, treaty, lambda one: _coded(one, treaty, found, families))


def _answer(treaty: Treaty, document: Document, issues: Iterable[Issue], more: Describe) -> Json:
    top = [provision for provision in treaty.provisions if provision.kind != "article"]
    return {
        "source": {"id": treaty.id, **{name: getattr(document, name) for name in _SOURCE}},
        "articles": [_node(article, treaty, more) for article in treaty.articles],
        "parts": [_part(part, treaty, more) for part in top],
        "references": [{**asdict(one), "text": treaty.words(one.span)} for one in treaty.references],
        "definitions": [{**asdict(one), "text": treaty.words(one.meaning)} for one in treaty.definitions],
        "issues": [asdict(issue) for issue in dict.fromkeys(issues)],
    }


def _node(provision: Provision, treaty: Treaty, more: Describe) -> Json:
    return {
        "eid": provision.eid, "label": provision.label, "heading": provision.heading,
        "text": treaty.words(provision.body), "page": provision.page, "kind": provision.kind,
        "number": provision.number, "citation": cited(provision.eid),
        "start": provision.body.start, "end": provision.body.end,
        "text_hash": text_hash(treaty.words(provision.span)), "quoted": provision.quoted,
        **more(provision),
        "children": [_node(child, treaty, more) for child in provision.children],
    }  # fmt: skip


def _part(provision: Provision, treaty: Treaty, more: Describe) -> Json:
    """A preamble, chapter, annex or the like. Its articles stand under `articles` once; here their addresses do, and
    only a part without articles carries its words. An annex, whose articles are its own, is told whole."""
    if provision.kind == "annex" or not any(below.kind == "article" for below in provision.walk()):
        return _node(provision, treaty, more)
    names = {"eid": provision.eid, "label": provision.label, "heading": provision.heading, "page": provision.page}
    about = {"kind": provision.kind, "number": provision.number, "citation": cited(provision.eid), **more(provision)}
    return {
        **names, **about,
        "articles": [child.eid for child in provision.children if child.kind == "article"],
        "children": [_part(child, treaty, more) for child in provision.children if child.kind != "article"],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Coded:
    """What was given to each provision, by its address, so that the tree is walked once and no list for each node."""

    labels: dict[str, list[Label]] = field(default_factory=lambda: defaultdict(list))
    inconclusive: dict[str, list[Label]] = field(default_factory=lambda: defaultdict(list))
    attributes: dict[str, list[Attribute]] = field(default_factory=lambda: defaultdict(list))
    modalities: dict[str, Modality] = field(default_factory=dict)

    @classmethod
    def of(cls, coding: Coding) -> "_Coded":
        found = cls()
        for label in coding.labels:
            found.labels[label.eid].append(label)
        for label in coding.inconclusive:
            found.inconclusive[label.eid].append(label)
        for attribute in coding.attributes:
            found.attributes[attribute.eid].append(attribute)
        found.modalities.update((one.eid, one) for one in coding.modalities)
        return found


def _coded(provision: Provision, treaty: Treaty, found: _Coded, families: dict[str, str]) -> Json:
    def labels(given: Iterable[Label]) -> list[Json]:
        return [
            {"topic": one.topic, "family": families.get(one.topic, ""), "score": round(one.score, PLACES), "by": one.by,
             "evidence": _evidence(one.evidence or provision.body, treaty)}
            for one in given
        ]  # fmt: skip

    own = found.attributes[provision.eid]
    modality = found.modalities.get(provision.eid)
    return {
        "labels": labels(found.labels[provision.eid]),
        "inconclusive": labels(found.inconclusive[provision.eid]),
        "modality": modality.strength if modality else None,
        "hedge": ";".join(modality.hedges) if modality else "",
        "attributes": list(_attributes(own, treaty)),
    }


def _attributes(own: Iterable[Attribute], treaty: Treaty) -> Iterator[Json]:
    for one in own:
        names = {"attribute": one.attribute, "value": one.value, "unit": one.unit, "case": one.case}
        yield {**names, "evidence": _evidence(one.evidence, treaty)}


def _evidence(span: Span, treaty: Treaty) -> Json:
    return {"start": span.start, "end": span.end, "text": treaty.words(span)}
