"""Parts and starts → provisions with addresses and spans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise

from treatynlp.reading.rows import Row
from treatynlp.structure.address import component, unique
from treatynlp.structure.bodies import Part
from treatynlp.structure.list_levels import Start
from treatynlp.structure.lists import starts
from treatynlp.structure.tree import Kind, Provision
from treatynlp.text import Span, Text

_FREE = {"article", "annex", "preamble", "front", "signature"}
"""Kinds whose address does not carry the chapter they stand in."""
_UNLISTED = {"front", "signature", "note"}
"""Kinds whose lines are not looked through for paragraphs and points."""
_TITLE_ENDS = " .:;–—-"


@dataclass(frozen=True, slots=True)
class Plan:
    """A part with the starts inside it, before its text is set."""

    part: Part
    starts: tuple[Start, ...]
    parts: tuple["Plan", ...] = field(default=())

    def begins(self) -> Iterator[int]:
        """The rows that open a new line of the text."""
        yield from (self.part.first, self.part.heading.row, self.part.body)
        for start in self.starts:
            if start.at == 0:
                yield start.row
            if start.heading:
                yield start.row + start.heading
        for inner in self.parts:
            yield from inner.begins()
        if self.part.kind in ("front", "signature"):
            yield from range(self.part.first, self.part.stop)


def planned(rows: Sequence[Row], part: Part, language: str) -> Plan:
    """The part with the paragraphs and points inside it (only in what its parts leave to itself)."""
    inner = tuple(planned(rows, one, language) for one in part.parts)
    stop = part.parts[0].first if part.parts else part.stop
    listed = part.kind not in _UNLISTED and part.body < stop
    return Plan(part, tuple(starts(rows, (part.body, stop), language, part.body_at)) if listed else (), inner)


class Assembler:
    """Turns plans into provisions; knows the text, where each row begins in it, and the addresses given so far."""

    def __init__(self, text: Text, offsets: Sequence[int], rows: Sequence[Row]) -> None:
        self.text, self.offsets, self.rows = text, offsets, rows
        self.taken: set[str] = set()

    def provision(self, plan: Plan, parent: str = "") -> Provision:
        part = plan.part
        free = part.kind in _FREE and not part.anew
        eid = self.address(part.kind, part.label, self.scope(parent) if free else parent)
        span = self.trimmed(self.offsets[part.first], self.offsets[part.stop])
        body = _inside(self.trimmed(self.offsets[part.body] + part.body_at, self.offsets[part.stop]), span)
        listed = self.listed(plan, eid)
        inner = tuple(self.provision(one, eid) for one in plan.parts)
        title, page, children = self.title(part), self.page(span), (*listed, *inner)
        return Provision(
            eid=eid,
            kind=_kind(part.kind),
            label=part.label,
            number=part.number,
            heading=title,
            span=span,
            body=body,
            page=page,
            children=children,
        )

    def address(self, kind: str, label: str, parent: str) -> str:
        step = component(kind if kind != "division" else "part", label)
        eid = unique(f"{parent}__{step}" if parent else step, self.taken)
        self.taken.add(eid)
        return eid

    @staticmethod
    def scope(parent: str) -> str:
        """The annex an address is inside of, if any: articles are numbered anew in each."""
        steps = parent.split("__")
        annexes = [at for at, step in enumerate(steps) if step.startswith("annex")]
        return "__".join(steps[: annexes[-1] + 1]) if annexes else ""

    def title(self, part: Part) -> str:
        row, at, stop = part.heading
        if row >= stop:
            return ""
        words = self.text.value[self.offsets[row] + at : self.offsets[stop]]
        return " ".join(words.split()).strip(_TITLE_ENDS)

    def trimmed(self, start: int, end: int) -> Span:
        words = self.text.value[start:end]
        start += len(words) - len(words.lstrip())
        return Span(start, max(start, end - (len(words) - len(words.rstrip()))))

    def page(self, span: Span) -> int:
        return self.text.page(span.start)

    # ---- paragraphs and points ------------------------------------------------------------------------------

    def listed(self, plan: Plan, parent: str) -> tuple[Provision, ...]:
        part = plan.part
        stop = plan.parts[0].part.first if plan.parts else part.stop
        found = _with_first_alinea(plan, self.rows)
        return tuple(self.level(found, 1, parent, self.offsets[stop], part.kind))

    def level(self, found: Sequence[Start], depth: int, parent: str, end: int, of: str) -> Iterator[Provision]:
        """The provisions at this depth among the starts, each with those below it."""
        heads = [at for at, start in enumerate(found) if start.depth <= depth]
        counted = any(found[at].kind != "alinea" for at in heads)
        blocks = count(2)  # the words a provision begins with are its first unnumbered paragraph
        for at, after in pairwise([*heads, len(found)]):
            start = found[at]
            stop = self.place(found[after]) if after < len(found) else end
            label = start.label if start.kind != "alinea" else "1" if start.label == "first" else str(next(blocks))
            kind, named = _kinds(start.kind, of == "preamble" and depth == 1, counted)
            eid = self.address(named, label, parent)
            span = self.trimmed(self.place(start), stop)
            children = tuple(self.level(found[at + 1 : after], depth + 1, eid, stop, start.kind))
            title = self.start_title(start)
            page = self.page(span)
            yield Provision(
                eid=eid,
                kind=_kind(kind),
                label=label,
                number=start.number,
                heading=title,
                span=span,
                body=span,
                page=page,
                children=children,
                quoted=start.quoted,
            )

    def place(self, start: Start) -> int:
        return self.offsets[start.row] + start.at

    def start_title(self, start: Start) -> str:
        if not start.heading:
            return ""
        words = self.text.value[self.place(start) : self.offsets[start.row + start.heading]]
        return " ".join(words.split())[len(start.number) :].strip(_TITLE_ENDS)


def _inside(body: Span, span: Span) -> Span:
    """The body of a part that is nothing but its heading ends where the heading does."""
    return body if body.end <= span.end else Span(span.end, span.end)


def _kinds(kind: str, recital: bool, counted: bool) -> tuple[str, str]:
    """What a start is, and by which word its address names it. Where the recitals of a preamble are numbered, what
    stands unnumbered before them are citations ("Having regard to …")."""
    if not recital:
        return kind, kind
    return "recital", "citation" if counted and kind == "alinea" else "recital"


def _kind(name: str) -> Kind:
    return {"subsection": "section", "division": "part"}.get(name, name)  # type: ignore[return-value]


def _with_first_alinea(plan: Plan, rows: Sequence[Row]) -> Sequence[Start]:
    """Unnumbered paragraphs are counted with the first, unless that one only introduces a list."""
    # The words above the first unnumbered paragraph are one, too; but words that end in a colon are completed by what
    # follows, and are no paragraph of their own.
    found = plan.starts
    if not found or found[0].kind != "alinea" or found[0].depth != 1:
        return found
    above = rows[found[0].row - 1]
    if above.text.endswith(":"):
        return found
    return (Start(plan.part.body, plan.part.body_at, 1, "alinea", "first"), *found)
