"""Exchange with programs that people code in: passages as tasks for Label Studio and doccano, and what was coded there
as decisions for corpus/overrides.

Label Studio: a JSON list, `data` holds the passage, `predictions` what the machine gave; its export holds `annotations`
with `choices` (and, from a text area named `reason`, why). doccano: a JSON object a line with `text` and `label`; what
else stands in it comes back with its export.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from treatynlp.dates import day_of
from treatynlp.publishing.brief import Tables
from treatynlp.publishing.selection import each
from treatynlp.registry import Override

_WHERE = 3
"""How many of the keys say which provision it is, and in which words."""
KEYS = ("instrument", "eid", "text_hash", "citation", "heading", "given")
"""What a task carries beside its words, so that what comes back can be told where it belongs."""


@dataclass(frozen=True, slots=True)
class Task:
    """A passage to code, with the topics the machine gave it."""

    instrument: str
    eid: str
    text_hash: str
    citation: str
    heading: str
    text: str
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedPassage:
    """What one person said of a passage: its topics now, those the machine had given, why, who, when."""

    instrument: str
    eid: str
    text_hash: str
    given: frozenset[str]
    topics: frozenset[str]
    reason: str = ""
    coder: str = ""
    date: str = ""


def tasks(tables: Tables, instruments: Iterable[str]) -> Iterator[Task]:
    """The passages of some instruments that the machine gave a topic, or would not decide on."""
    labels, wanted = tables["labels"], set(instruments)
    given: dict[tuple[str, str], list[str]] = {}
    for row in each(labels[labels.instrument.isin(wanted)]):
        own = given.setdefault((row.instrument, row.eid), [])
        if row.status == "committed" and row.topic not in own:
            own.append(row.topic)
    provisions = tables["provisions"]
    for row in each(provisions[provisions.instrument.isin(wanted)]):
        if (row.instrument, row.eid) in given:
            topics = tuple(given[row.instrument, row.eid])
            heading, text = (
                value if isinstance(value, str) else "" for value in (row.heading, getattr(row, "text", ""))
            )
            yield Task(
                instrument=row.instrument,
                eid=row.eid,
                text_hash=row.text_hash,
                citation=row.citation,
                heading=heading,
                text=text,
                given=topics,
            )


# ---- out ------------------------------------------------------------------------------------------------------------


def _carried(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in KEYS} | {"text": task.text or task.heading}


def to_label_studio(found: Iterable[Task]) -> str:
    """The tasks as Label Studio imports them; its labelling interface names the choices `topics`, the words `text`."""
    return json.dumps([{"data": _carried(task), "predictions": [_prediction(task)]} for task in found],
                      ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def _prediction(task: Task) -> dict[str, Any]:
    choices = {"from_name": "topics", "to_name": "text", "type": "choices", "value": {"choices": list(task.given)}}
    return {"model_version": "treatynlp", "result": [choices] if task.given else []}


def to_doccano(found: Iterable[Task]) -> str:
    """The tasks as doccano imports them (JSONL, text classification)."""
    rows = (json.dumps(_carried(task) | {"label": list(task.given)}, ensure_ascii=False) for task in found)
    return "".join(f"{row}\n" for row in rows)


# ---- and back -------------------------------------------------------------------------------------------------------


def from_label_studio(text: str) -> Iterator[AnnotatedPassage]:
    """What people coded, from a JSON export of Label Studio; tasks without an annotation were not coded."""
    for task in json.loads(text):
        for done in task.get("annotations", ()):
            # Skipped by the coder: neither a yes nor a no.
            if not done.get("was_cancelled"):
                yield _annotated(task["data"], done)


def _annotated(data: Mapping[str, Any], done: Mapping[str, Any]) -> AnnotatedPassage:
    values = {one["from_name"]: one["value"] for one in done["result"]}
    why = " ".join(values.get("reason", {}).get("text", ()))
    return _coded(data, values.get("topics", {}).get("choices", ()), why, day_of(str(done.get("created_at", ""))))


def from_doccano(text: str) -> Iterator[AnnotatedPassage]:
    """What people coded, from a JSONL export of doccano."""
    for line in filter(str.strip, text.splitlines()):
        row = json.loads(line)
        data = {**row, **row.get("meta", {}), **row.get("metadata", {})}
        yield _coded(data, row.get("label", row.get("labels", ())), " ".join(map(str, row.get("Comments", ()))))


def _coded(data: Mapping[str, Any], topics: Iterable[str], reason: str = "", date: str = "") -> AnnotatedPassage:
    id, eid, digest = (str(data[name]) for name in KEYS[:_WHERE])
    return AnnotatedPassage(
        instrument=id,
        eid=eid,
        text_hash=digest,
        given=frozenset(data["given"]),
        topics=frozenset(map(str, topics)),
        reason=reason,
        date=date,
    )


FORMS = {"label-studio": (to_label_studio, from_label_studio), "doccano": (to_doccano, from_doccano)}


def decisions(found: Iterable[AnnotatedPassage], reviewer: str, date: str) -> Iterator[Override]:
    """Each topic of a passage as a decision: accepted or rejected where the machine had given it, else added.

    `date` stands where the program did not say one.
    """
    for one in found:
        for topic in sorted(one.given | one.topics):
            decision = "add" if topic not in one.given else "accept" if topic in one.topics else "reject"
            said = one.reason or "coded in an annotation program"
            yield Override.model_validate({
                "instrument": one.instrument, "eid": one.eid, "text_hash": one.text_hash, "decision": decision,
                "topic": topic, "reviewer": one.coder or reviewer, "date": one.date or date, "reason": said,
            })  # fmt: skip
