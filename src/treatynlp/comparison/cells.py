"""The cell of the matrix: what one instrument says of one topic, in one of seven states (see `states`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from treatynlp.coding.labels import Coding, Label
from treatynlp.comparison.records import CitedPassage, Place, Record, locate, places
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.states import FOUND, State
from treatynlp.comparison.strength import strengths, strongest
from treatynlp.errors import incomplete

if TYPE_CHECKING:
    from treatynlp.corpus import Codebook

LEGIBLE = 0.8
"""The confidence of reading below which the silence of a text proves nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One label behind a cell: where it stands, how strong the words are, how sure and who decided."""

    passage: CitedPassage
    strength: str
    score: float
    by: str
    operative: bool
    evidence: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one instrument says of one topic. `reason` explains every state but `present`.

    `grounds` are the labels it rests on: committed ones for present and partial, undecided ones for inconclusive; for
    by_reference the provisions that refer, and `referred` those of the other instrument that are made to apply.
    """

    instrument: str
    topic: str
    state: State
    grounds: tuple[Ground, ...] = ()
    reason: str = ""
    referred: tuple[CitedPassage, ...] = ()

    @property
    def strength(self) -> str:
        """The strongest modality among the grounds, "" when none is known."""
        return strongest(ground.strength for ground in self.grounds)

    @property
    def score(self) -> float | None:
        """How sure the surest ground is; None without grounds."""
        return max((ground.score for ground in self.grounds), default=None)

    @property
    def decided_by(self) -> str:
        """`human`, `rule` or `model`, in this order of rank; "" without grounds."""
        deciders = {decider(ground.by) for ground in self.grounds}
        return next((name for name in ("human", "rule", "model") if name in deciders), "")

    @property
    def found(self) -> bool:
        """Whether the instrument says anything of the topic."""
        return self.state in FOUND

    @property
    def known(self) -> bool:
        """Whether the cell claims presence or absence, so that it counts in an index."""
        return self.state in FOUND or self.state == "absent"


def decider(by: str) -> str:
    """Who a label's `by` stands for.

    >>> decider("rule:access-1"), decider("override:mm"), decider("gold"), decider("model:linear")
    ('rule', 'human', 'human', 'model')
    """
    kind = by.partition(":")[0]
    return "human" if kind in ("gold", "override", "human") else kind


def assess(records: Iterable[Record], codebook: "Codebook", rules: Rules) -> tuple[Cell, ...]:
    """One cell for each instrument and topic of the codebook, in the registry's and the codebook's order."""
    return tuple(cell for record in records for cell in _cells(record, codebook, rules))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What is known of a topic in an instrument before its state is decided: the labels that were committed to (`sure`)
    and those that were not; whether its family lays down duties; why instruments of this kind cannot have it (`reach`),
    and why this text's silence proves nothing (`doubt`), "" where they can and it does."""

    sure: tuple[Ground, ...]
    unsure: tuple[Ground, ...]
    duty: bool
    reach: str
    doubt: str


def _cells(record: Record, codebook: "Codebook", rules: Rules) -> Iterable[Cell]:
    where = places(record.treaty)
    coding = record.coding or Coding(record.id, ())
    said = strengths(record, where, rules)
    sure, unsure = _grounds(record, where, said, coding.labels), _grounds(record, where, said, coding.inconclusive)
    doubt = reason_for_doubt(record)
    final = {name for name, declared in codebook.topics.items() if declared.family == rules.final_clauses.family}
    # A convention on biomedicine whose copy stops before its last chapter was said to have no accession.
    ended = not record.instrument.binding or rules.final_clauses.every in sure
    cut = "" if ended else "the text may have lost its end: nothing says when it enters into force"
    for topic, declared in codebook.topics.items():
        heard = _Heard(
            sure=sure.get(topic, ()),
            unsure=unsure.get(topic, ()),
            duty=declared.family in rules.duties,
            reach=rules.out_of_reach(record.instrument.kind, topic),
            doubt=doubt or (cut if topic in final else ""),
        )
        state, reason = _state(record, heard)
        grounds = () if state == "not_assessed" else heard.sure or heard.unsure
        yield Cell(instrument=record.id, topic=topic, state=state, grounds=grounds, reason=reason)


def _state(record: Record, heard: _Heard) -> tuple[State, str]:
    """The state of a cell, and why, for every state but `present`."""
    if record.treaty is None:
        return "not_assessed", "no text"
    if record.coding is None:
        return "not_assessed", "not coded"
    # In this order: what was found counts even in a text that is torn; only silence needs a whole one.
    if heard.sure:
        touched = _touched(heard.sure, heard.duty)
        return "partial" if touched else "present", touched
    if heard.unsure:
        return "inconclusive", "the coder would not commit itself"
    # After what was found: a protocol that does lay down a rule its kind cannot have is told, not hidden.
    if heard.reach:
        return "not_applicable", heard.reach
    if heard.doubt:
        return "inconclusive", heard.doubt
    return "absent", "read whole, nothing found"


def _touched(grounds: tuple[Ground, ...], duty: bool) -> str:
    """Why these labels only touch their topic; "" where they regulate it."""
    operative = [ground for ground in grounds if ground.operative]
    if duty and not operative:
        return "only outside the operative text"
    # Only where every ground recommends: one that binds is enough for the topic to be regulated.
    if duty and {ground.strength for ground in operative} == {"recommendation"}:
        return "only recommended"
    return ""


def reason_for_doubt(record: Record) -> str:
    """Why nothing may be inferred from this text's silence; "" for a text that was read whole."""
    treaty, source = record.treaty, record.source
    expected = record.instrument.expect.articles
    if treaty is None or not treaty.provisions:
        return "no provisions were found"
    if source and source.confidence < LEGIBLE:
        return f"the source reads badly ({source.fidelity}, confidence {source.confidence:.2f})"
    # Too few proves a gap; too many may be an annex that numbers its articles anew, and is only warned of.
    if expected and len(treaty.articles) < expected:
        return f"{len(treaty.articles)} of {expected} expected articles were found"
    errors = sorted({issue.code for issue in treaty.issues if issue.level == "error"})
    if errors:
        return f"the text has errors: {', '.join(errors)}"
    torn = sorted({issue.code for issue in treaty.issues if incomplete([issue])})
    return f"the text may not be whole: {', '.join(torn)}" if torn else ""


def _grounds(
    record: Record, where: Mapping[str, Place], said: Mapping[str, str], labels: tuple[Label, ...]
) -> dict[str, tuple[Ground, ...]]:
    found: dict[str, list[Ground]] = {}
    # In reading order, so that the articles of a cell are cited as the treaty has them, whoever gave them.
    for label in sorted(labels, key=lambda x: (where[x.eid].order if x.eid in where else -1, x.topic, x.by)):
        passage = locate(record, dict(where), label.eid)
        evidence = (label.evidence.start, label.evidence.end) if label.evidence else None
        operative = where[label.eid].operative if label.eid in where else True
        ground = Ground(
            passage=passage,
            strength=said.get(label.eid, ""),
            score=label.score,
            by=label.by,
            operative=operative,
            evidence=evidence,
        )
        found.setdefault(label.topic, []).append(ground)
    return {topic: tuple(grounds) for topic, grounds in found.items()}
