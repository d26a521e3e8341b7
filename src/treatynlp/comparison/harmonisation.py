"""How far instruments agree, as numbers that state their formula and how much they depend on what is not known.

For a topic, over the instruments asked (by default the binding ones):

- `coverage` = (present + by reference + w · partial) / (these + absent), w = 0.5: what an instrument takes over from
  another it regulates. Not assessed, inconclusive and not-applicable cells are left out, and
  `coverage_low`/`coverage_high` count every unknown cell as absent/present.
- `wilson_low`/`wilson_high`: 95 % Wilson interval of that share, as if the instruments were a sample;
  `drawn_low`/`drawn_high`: 95 % interval when drafting families are drawn again, for instruments written from one
  another are no independent witnesses.
- `corrected`: coverage without the coder's known errors (see correction).
- `strict`/`loose`: coverage when only labels with score ≥ 0.9 count / when undecided labels with score ≥ 0.3 count too.
- `field_coverage`: coverage among the instruments that regulate any topic of the same family.
- `index` H = mean over all pairs of known instruments of h(a, b); h = 0 where either lacks the topic, else
  w(a) · w(b) · the mean agreement on their terms. Read: the chance that two instruments drawn at random both
  regulate the topic, discounted by how far their terms differ.
  Terms are the strength of the duty (1 when equal) and each parameter either of them sets (Jaccard of the values).
- `index_low`/`index_high`: pairs with an unknown instrument count 0 / count as they would if it had the topic on the
  other's terms.
- `index_least`/`index_most`: the lowest and highest H when any one instrument is left out: how much rests on one.
- `terms`: how alike those that regulate it lay it down (Gower over strength, parameters and elements: see agreement).
- `outliers`: of the instruments that regulate any topic of the family (four or more), those that stand against at least
  four fifths of the others: the few that lack what the others have, or have what the others lack.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from math import sqrt
from statistics import mean

import numpy as np

from treatynlp.coding.reliability import krippendorff
from treatynlp.comparison.agreement import Agreement, agreement_of, resampled
from treatynlp.comparison.bags import Matrix
from treatynlp.comparison.cells import Cell
from treatynlp.comparison.counts import unknown
from treatynlp.comparison.parameters import Parameter

PARTIAL = 0.5
"""What a partial cell counts."""
MAJORITY, FIELD = 0.8, 4
"""The share of the others against which an outlier stands, and how many there must be to speak of outliers."""
NORMAL_95 = 1.959964
"""Standard deviations within which 95 % of a normal distribution lie."""
STRICT, LOOSE = 0.9, 0.3
"""Scores between which the threshold is moved to show how much coverage depends on it."""

Terms = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Agreements:
    """How far the cells of one topic agree: the kind of each cell (cells of a kind say the same on the same terms), and
    h for every two kinds. So a topic that hundreds regulate in a few ways takes no room for every two of them."""

    kinds: tuple[int, ...]
    table: Matrix

    @property
    def whole(self) -> Matrix:
        """h of every two cells; a cell beside itself counts nought."""
        found = self.table[np.ix_(self.kinds, self.kinds)] if self.kinds else np.zeros((0, 0))
        np.fill_diagonal(found, 0.0)
        return found


@dataclass(frozen=True, slots=True)
class Harmony:
    """How far instruments agree on one topic; None where no instrument is known. Formulas: see the module."""

    topic: str
    family: str
    present: int
    partial: int
    by_reference: int
    absent: int
    unknown: int
    coverage: float | None
    coverage_low: float | None
    coverage_high: float | None
    wilson_low: float | None
    wilson_high: float | None
    drawn_low: float | None
    drawn_high: float | None
    field_coverage: float | None
    strict: float | None
    loose: float | None
    index: float | None
    index_low: float | None
    index_high: float | None
    index_least: float | None
    index_most: float | None
    terms: Agreement
    outliers: tuple[str, ...]
    corrected: float | None = None


def weight(cell: Cell) -> float:
    """What a cell counts: 1 present, and by reference, which regulates in another's words; 0.5 partial; 0 otherwise."""
    return {"present": 1.0, "by_reference": 1.0, "partial": PARTIAL}.get(cell.state, 0.0)


def wilson(share: float, count: int, z: float = NORMAL_95) -> tuple[float, float]:
    """Wilson's score interval of a share.

    >>> [round(bound, 3) for bound in wilson(0.5, 10)]
    [0.237, 0.763]
    """
    centre, spread = share + z * z / (2 * count), z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, (centre - spread) / (1 + z * z / count)), min(1.0, (centre + spread) / (1 + z * z / count))


def parameter_values(parameters: Iterable[Parameter]) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """(instrument, topic) → attribute → the values it sets, lengths of time in days."""
    found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for row in parameters:
        value = f"{row.days:g} day" if row.days is not None else row.value
        at = found.setdefault((row.passage.instrument, row.topic), {})
        at[row.attribute] = at.get(row.attribute, frozenset()) | {f"{row.case} {value}".strip()}
    return found


def said_of(cell: Cell, said: Mapping[tuple[str, str], Terms]) -> Terms:
    """The terms of a cell: its own, or those of the instrument whose provisions it makes apply."""
    referred = cell.referred[0].instrument if cell.state == "by_reference" and cell.referred else ""
    return said.get((referred or cell.instrument, cell.topic), {})


def agreement(left: Cell, right: Cell, said: Mapping[tuple[str, str], Terms]) -> float:
    """h of two cells of one topic: 0 where either lacks it, 1 where both are present on the same terms."""
    if not (left.found and right.found):
        return 0.0
    a, b = said_of(left, said), said_of(right, said)
    alike = [float(left.strength == right.strength)]
    for name in sorted({*a, *b}):
        one, other = a.get(name, frozenset()), b.get(name, frozenset())
        alike.append(len(one & other) / len(one | other))
    return weight(left) * weight(right) * mean(alike)


def agreements(cells: Sequence[Cell], said: Mapping[tuple[str, str], Terms]) -> Agreements:
    """h of every two cells of one topic. Cells that say the same on the same terms are reckoned once."""
    kinds: dict[object, int] = {}
    first: list[Cell] = []
    of: list[int] = []
    for cell in cells:
        on = frozenset(said_of(cell, said).items())
        kind = kinds.setdefault((cell.found, weight(cell), cell.strength, on), len(kinds))
        first += [cell] if kind == len(first) else []
        of.append(kind)
    table = np.zeros((len(first), len(first)))
    for (a, one), (b, other) in combinations_with_replacement(enumerate(first), 2):
        table[a, b] = table[b, a] = agreement(one, other, said)
    return Agreements(tuple(of), table)


@dataclass(frozen=True, slots=True)
class Laid:
    """What harmonising goes by besides the cells: (instrument, topic) → parameters and → elements; topic → family;
    instrument → drafting family (without one an instrument stands alone)."""

    parameters: Mapping[tuple[str, str], Terms]
    families: Mapping[str, str]
    elements: Mapping[tuple[str, str], Terms] = field(default_factory=dict)
    drafted: Mapping[str, str] = field(default_factory=dict)


def harmonise(cells: Iterable[Cell], laid: Laid) -> tuple[Harmony, ...]:
    """One row per topic, in the order of the families; `cells` are those of the instruments asked."""
    rows: dict[str, list[Cell]] = {topic: [] for topic in laid.families}
    for cell in cells:
        rows[cell.topic].append(cell)
    active = {(c.instrument, laid.families[c.topic]) for row in rows.values() for c in row if c.found}
    return tuple(_harmony(topic, row, laid, active) for topic, row in rows.items())


def _harmony(topic: str, row: Sequence[Cell], laid: Laid, active: set[tuple[str, str]]) -> Harmony:
    known, unsure = [c for c in row if c.known], [c for c in row if unknown(c)]
    # What is not known is no absence: it widens the range between lowest and highest, and stays out of the share.
    family, share, total, other_only = laid.families[topic], _share(known), sum(map(weight, known)), len(unsure)
    everyone = len(known) + other_only
    counts = Counter(c.state for c in row)
    low, high = wilson(share, len(known)) if share is not None else (None, None)
    each, pairs = agreements(known, laid.parameters).whole, len(known) * (len(known) - 1) / 2
    sum_known = float(each.sum()) / 2
    index = sum_known / pairs if pairs else None
    # As if every cell that is not known agreed with all others: the index can be no higher once they are known.
    best = sum_known + other_only * total + other_only * (other_only - 1) / 2
    all_pairs = everyone * (everyone - 1) / 2
    in_field = [c for c in known if (c.instrument, family) in active]
    drawn_low, drawn_high = _drawn(known, laid)
    least, most = _without_one(each, sum_known)
    return Harmony(
        topic=topic, family=family, present=counts["present"], partial=counts["partial"],
        by_reference=counts["by_reference"], absent=counts["absent"], unknown=other_only,
        coverage=share, coverage_low=total / everyone if everyone else None,
        coverage_high=(total + other_only) / everyone if everyone else None, wilson_low=low, wilson_high=high,
        drawn_low=drawn_low, drawn_high=drawn_high, field_coverage=_share(in_field),
        strict=_share_at(row, STRICT), loose=_share_at(row, LOOSE), index=index,
        index_low=sum_known / all_pairs if all_pairs else None, index_high=best / all_pairs if all_pairs else None,
        index_least=least, index_most=most, terms=agreement_of(_said(known, laid), laid.drafted),
        outliers=_outliers(in_field),
    )  # fmt: skip


def _said(known: Sequence[Cell], laid: Laid) -> dict[str, Terms]:
    """What each instrument that regulates the topic lays down: how strongly, parameters and elements."""
    return {c.instrument: {"strength": frozenset({c.strength}), **said_of(c, laid.parameters),
                           **said_of(c, laid.elements)} for c in known if c.found and c.strength}  # fmt: skip


def _drawn(known: Sequence[Cell], laid: Laid) -> tuple[float | None, float | None]:
    weights = np.array([weight(cell) for cell in known])
    families = [laid.drafted.get(cell.instrument, cell.instrument) for cell in known]
    return resampled(families, lambda drawn: (drawn @ weights, drawn.sum(axis=1)))


def same_choice(cells: Iterable[Cell]) -> float | None:
    """Krippendorff's α of instruments that each regulate a topic or do not: near 0 they choose as by chance, at 1 all
    regulate the same topics; cells that are not known are left out."""
    units: dict[str, list[str]] = {}
    for cell in cells:
        if cell.known:
            units.setdefault(cell.topic, []).append("found" if cell.found else "absent")
    return krippendorff(units.values())


def _without_one(each: Matrix, whole: float) -> tuple[float | None, float | None]:
    """The lowest and the highest mean agreement when the pairs of any one instrument are left out."""
    others = len(each) - 1
    # Of two instruments one pair is left, and without either of them none: there is no range to speak of.
    if others < 2:
        return None, None
    rest = others * (others - 1) / 2
    means = (whole - each.sum(axis=1)) / rest
    return max(0.0, float(means.min())), min(1.0, float(means.max()))


def _outliers(field: Sequence[Cell]) -> tuple[str, ...]:
    """The instruments of a field whose having or lacking the topic sets them apart from nearly all others."""
    # Among few instruments each stands apart from nearly all others: nobody is an outlier.
    if len(field) < FIELD:
        return ()
    having = [cell.instrument for cell in field if cell.found]
    lacking = [cell.instrument for cell in field if not cell.found]
    few, many = sorted((having, lacking), key=len)
    return tuple(few) if len(many) >= MAJORITY * (len(field) - 1) else ()


def _share(known: Sequence[Cell]) -> float | None:
    return sum(map(weight, known)) / len(known) if known else None


def _share_at(row: Sequence[Cell], threshold: float) -> float | None:
    """Coverage were labels believed from this score on: a found cell below it, or an unsure one above it, moves."""
    # At another threshold an open cell would be decided; what was never assessed would not.
    counted = [c for c in row if c.known or c.state == "inconclusive"]
    met = sum((weight(c) or 1.0) for c in counted if c.score is not None and c.score >= threshold)
    return met / len(counted) if counted else None
