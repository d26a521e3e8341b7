"""An address as people write it → the provision it means, seen from where they write it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from treatynlp.structure.address import SHORT, component
from treatynlp.structure.numerals import readings
from treatynlp.structure.pointers import AddressStep, Path
from treatynlp.structure.reference_words import names_kind
from treatynlp.structure.tree import Provision, Treaty

_DIVISIONS = {"book", "part", "title", "chapter", "section"}
_INNER = {"paragraph", "subparagraph", "point"}
WORDED = ("rule", "clause", "principle")
"""Units that are provisions only where the instrument numbers them with that word."""
_RANGE = 300
"""A range of more provisions than this is a misreading."""

Line = tuple[Provision, ...]
"""The provisions around a place, the outermost first."""


@dataclass(frozen=True, slots=True)
class Places:
    """A treaty's provisions, to be found by their numbers. An annex with articles of its own is a scope of its own."""

    treaty: Treaty
    main: tuple[Provision, ...]
    rows: Mapping[tuple[str, str], Sequence[Provision]]

    def around(self, offset: int) -> Line:
        """The provisions that hold the character at the offset."""
        line: list[Provision] = []
        level: Sequence[Provision] = self.treaty.provisions
        while found := next((one for one in level if one.span.start <= offset < one.span.end), None):
            line.append(found)
            level = found.children
        return tuple(line)

    def scope(self, around: Line) -> tuple[Provision, ...]:
        """The provisions among which an article's number is unique: those of its annex, or of the main text."""
        annexes = [one for one in around if one.bound_in]
        return annexes[-1].children if annexes else self.main

    def row(self, kind: str, scope: Sequence[Provision]) -> Sequence[Provision]:
        """The provisions of a kind in a scope, in reading order."""
        return self.rows.get((scope[0].eid, kind), ()) if scope else ()

    def find(self, path: Path, around: Line, scope: Sequence[Provision], anchor: str = "") -> list[Provision]:
        """The provisions a path means: one, all of a range, or none when one of its steps is not there."""
        first, rest = path[0], path[1:]
        if first.kind in _INNER:
            found = self.inner(first, around, anchor)
        elif first.kind == "article":
            found = self.article(first, around, scope)
        elif first.kind in WORDED:
            found = _several(
                first,
                [one for one in self.treaty.walk() if names_kind(one.number, first.kind, self.treaty.language)],
                self.treaty.language,
            )
        else:
            found = self.division(first, around, scope)
        for step in rest:
            found = [one for base in found for one in _step(base, step, self.treaty.language)]
        return found

    def article(self, step: AddressStep, around: Line, scope: Sequence[Provision]) -> list[Provision]:
        """An article; where numbers begin anew in each Part, the one of the Part the words stand in."""
        row = self.row("article", scope)
        inside = next((one for one in around if one.kind in _DIVISIONS), None)
        near = [one for one in row if inside and one.eid.startswith(f"{inside.eid}__")]
        language = self.treaty.language
        return _several(step, near, language) or _several(step, row, language)

    def division(self, step: AddressStep, around: Line, scope: Sequence[Provision]) -> list[Provision]:
        """A section of the chapter the words stand in before one elsewhere; an annex wherever it is."""
        if step.kind == "annex":
            return _several(step, [one for one in self.treaty.provisions if one.kind == "annex"], self.treaty.language)
        near = [one for base in reversed(around) for one in base.children if one.kind == step.kind]
        found = _several(step, near, self.treaty.language) or _several(
            step, self.row(step.kind, scope), self.treaty.language
        )
        if found or step.kind not in ("section", "title", "part"):
            return found
        units = [one for one in self.row("article", scope) if names_kind(one.number, step.kind, self.treaty.language)]
        return _several(step, units, self.treaty.language)

    def inner(self, step: AddressStep, around: Line, anchor: str) -> list[Provision]:
        """A paragraph of the article the words stand in; a point of the nearest provision that has it."""
        article = _article(around)
        bases = around[article:] if around else ()
        if not bases:
            return []
        if anchor == "article":
            return _step(bases[0], step, self.treaty.language)
        if anchor or step.kind != "paragraph":
            bases = bases[::-1]
        if step.kind == "subparagraph" and step.label == "1":
            return _step(around[min(article + 1, len(around) - 1)], step, self.treaty.language)
        if anchor in _INNER:  # of this paragraph: not of the point the words stand in
            bases = tuple(reversed(around[article : article + 2]))
        return next(
            (found for base in bases if (found := _several(step, base.children, self.treaty.language))), []
        ) or _step(bases[-1], step, self.treaty.language)

    def near(self, kind: str, shift: Sequence[int], around: Line, scope: Sequence[Provision]) -> list[Provision]:
        """This article, the preceding paragraph: the provision of a kind around a place, or its neighbours."""
        at = _around(kind, around)
        if at is None:
            return []
        if not shift:
            return [around[at]]
        if kind == "article":
            row: Sequence[Provision] = self.row("article", scope)
        else:
            row = around[at - 1].children if at else self.treaty.provisions
        place = next(index for index, one in enumerate(row) if one.eid == around[at].eid)
        return [row[place + by] for by in shift if 0 <= place + by < len(row)]


def sorted_places(treaty: Treaty) -> Places:
    """A treaty's provisions sorted by scope and kind."""
    bound = [one for one in treaty.provisions if one.bound_in]
    main = tuple(one for one in treaty.provisions if one not in bound)
    rows: dict[tuple[str, str], list[Provision]] = {}
    for scope in (main, *(one.children for one in bound)):
        for one in _under(scope):
            rows.setdefault((scope[0].eid, one.kind), []).append(one)
    return Places(treaty, main, rows)


def _under(scope: Sequence[Provision]) -> Iterator[Provision]:
    for one in scope:
        yield from one.walk()


def _article(around: Line) -> int:
    """The place of the article in the line, or of what stands for it (an annex, a chapter without articles)."""
    found = [at for at, one in enumerate(around) if one.kind == "article"]
    if found:
        return found[-1]
    tops = [at for at, one in enumerate(around) if one.kind in _DIVISIONS or one.kind in ("annex", "preamble", "final")]
    return tops[-1] if tops else 0


def _around(kind: str, around: Line) -> int | None:
    article = _article(around)
    if kind == "article":
        return article if around and around[article].kind == "article" else None
    if kind == "paragraph":
        return min(article + 1, len(around) - 1) if around else None
    if kind in _INNER:
        return len(around) - 1 if len(around) > article + 1 else None
    return next((at for at in range(len(around) - 1, -1, -1) if around[at].kind == kind), None)


def _step(base: Provision, step: AddressStep, language: str) -> list[Provision]:
    """The part of a provision a step names: among its children, else deeper. The first paragraph where none is
    counted is what the provision itself begins with."""
    # Drafters leave levels out: "Article 4(b)" where (b) stands in the article's only paragraph.
    found = _several(step, base.children, language)
    level = list(base.children)
    # Of an article whose paragraphs are numbered "paragraph 3" is no third unnumbered part of its second paragraph.
    counted = step.kind != "subparagraph" and any(one.kind == "paragraph" for one in level)
    while not found and level:
        level = [below for one in level for below in one.children if not (counted and below.kind == "alinea")]
        found = _several(step, level, language)
    opening = step.label == "1" and step.kind in ("paragraph", "subparagraph")
    return [base] if opening and not found else found


def _several(step: AddressStep, row: Sequence[Provision], language: str) -> list[Provision]:
    first = _index(step.label, row, language)
    if first is None:
        return []
    last = _index(step.until, row, language) if step.until else first
    return list(row[first : last + 1]) if last is not None and first <= last < first + _RANGE else []


def _index(label: str, row: Sequence[Provision], language: str) -> int | None:
    """Where a number stands in a row: printed the same, or the same in other figures (IV and 4)."""
    wanted = label.lower()
    for at, one in enumerate(row):
        if one.label.lower() == wanted:
            return at
    values = {
        (reading.value, reading.suffix) for reading in readings(label, language) if reading.family in ("ROMAN", "digit")
    }
    for at, one in enumerate(row):
        plain = [reading for reading in readings(one.label, language) if reading.family in ("ROMAN", "digit", "word")]
        own = {(reading.value, reading.suffix) for reading in plain}
        # A number that can be read in two ways is no other number's in other figures.
        if len(values) == 1 and values & own:
            return at
    return None


def nominal(path: Path) -> list[str]:
    """The address a path has in an instrument that is not at hand; nobody has looked whether it is there.

    >>> nominal((AddressStep("article", "6"), AddressStep("point", "1"), AddressStep("point", "c")))
    ['art_6__para_1__point_c']
    """
    eids = [""]
    for step in path:
        kind = _nominal_kind(step, eids[0])
        if step.kind == "article":  # an article's address does not carry the chapter it stands in
            eids = [eid if eid.startswith("annex") else "" for eid in eids]
        eids = [f"{eid}__{component(kind, label)}".strip("_") for eid in eids for label in _labels(step)]
    return eids


def _nominal_kind(step: AddressStep, before: str) -> str:
    if step.kind not in _INNER:
        return step.kind if step.kind in SHORT else "point"
    return "paragraph" if step.label.isdigit() and "para" not in before and "point" not in before else "point"


def _labels(step: AddressStep) -> list[str]:
    if step.label.isdigit() and step.until.isdigit() and 0 <= int(step.until) - int(step.label) < _RANGE:
        return [str(number) for number in range(int(step.label), int(step.until) + 1)]
    return [step.label, step.until] if step.until else [step.label]
