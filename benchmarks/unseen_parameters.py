"""How parameters, modality and hedges are read on treaties that nobody tuned on.

    python benchmarks/unseen_parameters.py              both halves, and all
    python benchmarks/unseen_parameters.py --misses     what is missed or read wrongly in the half that may be looked at

The treaties are those of corpus/teaching/parameters.csv, coded by reading before any answer was seen; their files lie
in ../shared/corpus/scale. `mended`: the half that was looked at, after the first count, while patterns were mended;
`unread`: the half that was only ever counted.
A hedge is right where the provision has that kind of hedge. Intervals are of 95 %, over treaties drawn anew.
"""

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from treatynlp.coding.parameter_figures import Fact, fact, table
from treatynlp.coding.parameters import ParameterReader, load_parameter_reader
from treatynlp.reading import read
from treatynlp.structure import Treaty, split

ROOT = Path(__file__).parents[1]
TEACHING = ROOT / "corpus" / "teaching"
SOURCES = ROOT.parent / "shared" / "corpus" / "scale"
DRAWS = 1000
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What people say of a treaty (`meant`) and what is read; strengths as (meant, heard) by address; hedges."""

    id: str
    half: str
    meant: frozenset[Fact]
    read: frozenset[Fact]
    strengths: dict[str, tuple[str, str]]
    hedges_meant: frozenset[Fact]
    hedges_read: frozenset[Fact]


def rows(name: str) -> list[Row]:
    path = TEACHING / name
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.exists() else []


def within(label: str, bounds: str) -> bool:
    """Whether an article is one of those that were coded: all of them, or "30-51"."""
    number = int("".join(filter(str.isdigit, label)) or 0)
    first, _, last = bounds.partition("-")
    return not bounds or int(first) <= number <= int(last)


def counted(row: Row, reader: ParameterReader) -> Counted:
    id, file = row["instrument"], row["file"]
    treaty = split(read((SOURCES / file).read_bytes(), file), id)
    attributes, modalities = reader.read(treaty)
    article = places(treaty, row["articles"])
    heard = {one.eid: one for one in modalities}
    meant = [one for one in rows("modality.csv") if one["instrument"] == id]
    return Counted(
        id,
        row["half"],
        frozenset(
            (id, *fact(one["article"], one["attribute"], one["value"], one["unit"]))
            for one in rows(f"{id}.attributes.csv")
        ),
        frozenset(
            (id, *fact(article[one.eid], one.attribute, one.value, one.unit))
            for one in attributes
            if one.eid in article
        ),
        {
            one["eid"]: (one["modality"], heard[one["eid"]].strength if one["eid"] in heard else "nothing")
            for one in meant
        },
        frozenset((id, one["eid"], kind, "") for one in meant for kind in one["hedges"].split()),
        frozenset((id, one["eid"], kind, "") for one in meant for kind in hedges(heard, one["eid"])),
    )


def hedges(heard: dict, eid: str) -> tuple[str, ...]:  # type: ignore[type-arg]
    return heard[eid].hedges if eid in heard else ()


def places(treaty: Treaty, bounds: str) -> dict[str, str]:
    """Address of each part of the coded articles → the article's label."""
    return {part.eid: one.label for one in treaty.articles if within(one.label, bounds) for part in one.walk()}


def figures(half: str, found: Sequence[Counted]) -> Iterator[str]:
    meant, given = all_of(found, "meant"), all_of(found, "read")
    for name, count in table(meant, given).items():
        yield (
            f"{half:7} {name:24} F1 {count.f1:.3f}   precision {count.precision:.3f}   recall {count.recall:.3f}   "
            f"right {count.right}   wrong {count.wrong}   missed {count.missed}"
        )
    low, high = interval(found)
    yield f"{half:7} {'all attributes':24} 95 % of drawings of treaties: {low:.3f} to {high:.3f}"
    pairs = [pair for one in found for pair in one.strengths.values()]
    right = sum(meant == heard for meant, heard in pairs)
    yield f"{half:7} {'modality':24}    {right / max(len(pairs), 1):.3f}   right {right} of {len(pairs)}"
    hedged = table(all_of(found, "hedges_meant"), all_of(found, "hedges_read"))["all attributes"]
    yield (
        f"{half:7} {'hedges':24} F1 {hedged.f1:.3f}   precision {hedged.precision:.3f}   recall {hedged.recall:.3f}   "
        f"right {hedged.right}   wrong {hedged.wrong}   missed {hedged.missed}"
    )


def all_of(found: Sequence[Counted], name: str) -> frozenset[Fact]:
    return reduce(or_, (getattr(one, name) for one in found), frozenset())


def interval(found: Sequence[Counted]) -> tuple[float, float]:
    """Between what the F1 of all attributes lies when as many treaties are drawn anew."""
    drawing = random.Random(DRAWS)
    scores = []
    for _ in range(DRAWS):
        drawn = [drawing.choice(found) for _ in found]
        right = sum(len(one.meant & one.read) for one in drawn)
        scores.append(2 * right / max(sum(len(one.meant) + len(one.read) for one in drawn), 1))
    scores.sort()
    return scores[round(0.025 * DRAWS)], scores[round(0.975 * DRAWS) - 1]


def misses(one: Counted) -> Iterator[str]:
    """What differs in a treaty: `-` missed, `+` read and not meant, `~` another strength."""
    for meant, given in ((one.meant, one.read), (one.hedges_meant, one.hedges_read)):
        yield from ("- " + " ".join(found) for found in sorted(meant - given))
        yield from ("+ " + " ".join(found) for found in sorted(given - meant))
    yield from (f"~ {one.id} {eid} {m} heard as {h}" for eid, (m, h) in one.strengths.items() if m != h)


def measured() -> list[Counted]:
    """Every treaty coded for parameters, counted."""
    reader = load_parameter_reader()
    return [counted(row, reader) for row in rows("parameters.csv")]


def main() -> int:
    if not SOURCES.is_dir():
        sys.stderr.write("The folder ../shared (real treaties) is not beside this checkout: nothing to measure.\n")
        return 1
    found = measured()
    halves = {half: [one for one in found if one.half == half] for half in ("mended", "unread")}
    for half, some in (*halves.items(), ("all", found)):
        sys.stdout.write("".join(f"{line}\n" for line in figures(half, some)))
    if "--misses" in sys.argv:
        sys.stdout.write("".join(f"{line}\n" for one in halves["mended"] for line in misses(one)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
