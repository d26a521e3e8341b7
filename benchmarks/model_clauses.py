"""How parameters and modality are read off the model clauses: instruments in the wordings of many houses. Their files
of odd number were looked at while patterns were mended, those of even number were not.

    python benchmarks/model_clauses.py              both halves, and all
    python benchmarks/model_clauses.py --misses     what is missed or read wrongly in the files of odd number

A parameter is right when article, attribute and value are (lengths of time in days), as `score_attributes.py` of the
gold counts; a modality, when the provision's strength is the one declared. Topics are measured by `treatynlp evaluate`.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatynlp.coding.fictional import printed
from treatynlp.coding.labels import Attribute
from treatynlp.coding.parameter_figures import Fact, fact, table
from treatynlp.coding.parameters import ParameterReader, load_parameter_reader
from treatynlp.model_clauses import ModelClauses, is_unread, load_model_clauses
from treatynlp.specimens import gold_attributes, specimen_attributes


@dataclass(frozen=True, slots=True)
class Compared:
    """A file's parameters as declared (`meant`) and as `read`, and its provisions' strengths as (meant, heard)."""

    name: str
    meant: frozenset[Fact]
    read: frozenset[Fact]
    strengths: dict[str, tuple[str, str]]


def compared(name: str, clauses: ModelClauses, reader: ParameterReader) -> Compared:
    treaty = printed(clauses)
    attributes, modalities = reader.read(treaty)
    article = {part.eid: one.label for one in treaty.articles for part in one.walk()}
    meant = (row for row in gold_attributes(clauses) if row.attribute != "modality")
    heard = {row.eid: row.strength for row in modalities}
    return Compared(
        name,
        frozenset(fact(row.article, row.attribute, row.value, row.unit) for row in meant),
        frozenset(_read(row, article) for row in attributes if row.eid in article),
        {
            eid: (value, heard.get(eid, "nothing"))
            for eid, attribute, value, _, _ in specimen_attributes(clauses)
            if attribute == "modality"
        },
    )


def _read(row: Attribute, article: dict[str, str]) -> Fact:
    return fact(article[row.eid], row.attribute, row.value, row.unit)


def figures(half: str, files: Sequence[Compared]) -> Iterator[str]:
    """The lines of a half: F1 of each attribute and over all, and how many strengths are right."""
    meant = {(one.name, *found) for one in files for found in one.meant}
    given = {(one.name, *found) for one in files for found in one.read}
    for name, count in table(meant, given).items():
        counts = f"right {count.right}   wrong {count.wrong}   missed {count.missed}"
        yield f"{half:5} {name:24} F1 {count.f1:.3f}   {counts}"
    pairs = [pair for one in files for pair in one.strengths.values()]
    right = sum(meant == heard for meant, heard in pairs)
    share = right / max(len(pairs), 1)
    yield f"{half:5} {'modality':24}    {share:.3f}   right {right} of {len(pairs)}, in {len(files)} files"


def misses(one: Compared) -> Iterator[str]:
    """What differs in a file: `-` missed, `+` read and not meant, `~` another strength."""
    yield from (f"{one.name} - {found}" for found in sorted(map(str, one.meant - one.read)))
    yield from (f"{one.name} + {found}" for found in sorted(map(str, one.read - one.meant)))
    yield from (f"{one.name} ~ {eid} {m} heard as {h}" for eid, (m, h) in one.strengths.items() if m != h)


def main() -> int:
    reader = load_parameter_reader()
    files = [compared(name, clauses, reader) for name, clauses in load_model_clauses().items()]
    odd, even = ([one for one in files if is_unread(one.name) == unread] for unread in (False, True))
    for half, found in (("odd", odd), ("even", even), ("all", files)):
        sys.stdout.write("".join(f"{line}\n" for line in figures(half, found)))
    if "--misses" in sys.argv:
        sys.stdout.write("".join(f"{line}\n" for one in odd for line in misses(one)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
