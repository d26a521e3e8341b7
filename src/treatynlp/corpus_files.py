"""The files of a corpus folder, each read by itself: codebook, instruments, what people wrote about them.

What is wrong between files that are right each by itself is told by `corpus`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from treatynlp.codebook import Codebook
from treatynlp.errors import DataError, Issue, issue
from treatynlp.home import home
from treatynlp.registry import Coders, GoldAttribute, GoldElement, GoldTopic, Instrument, Override
from treatynlp.strict_files import gather, read_csv, read_yaml

Row = TypeVar("Row", GoldTopic, GoldAttribute, GoldElement, Override)


def typed_files(folder: Path, *endings: str) -> list[Path]:
    """The folder's files of these endings, by name; editors' and systems' hidden files left out."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    # Such as `._budapest-2001.yml` and `.~lock` files that a Mac and an office program leave in a shared folder.
    return [file for file in files if file.name.endswith(endings) and not file.name.startswith(".")]


def load_codebook(folder: Path | None = None) -> Codebook:
    """The codebook of a corpus folder; that which comes with treatynlp where it has none of its own, or without one."""
    own = (folder or home() / "corpus") / "codebook.yml"
    return read_yaml(Codebook, own if own.exists() else home() / "corpus" / "codebook.yml", "codebook.yml")


def read_instrument(folder: Path, file: Path) -> Instrument:
    """The instrument that a file of `instruments/` declares, if it is the one the file is named after."""
    where = f"instruments/{file.name}"
    instrument = read_yaml(Instrument, file, where)
    # A file that was copied to begin another and kept its id would be taken for the first.
    if file.name != f"{instrument.id}.yml":
        raise DataError(issue("corpus-id.file", f"{where}: id", found=instrument.id))
    return instrument


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """What people wrote about instruments, from files that hold no fault; `issues` are those of all the others."""

    topics: tuple[GoldTopic, ...]
    attributes: tuple[GoldAttribute, ...]
    elements: tuple[GoldElement, ...]
    overrides: tuple[Override, ...]
    coders: tuple[Coders, ...]
    issues: tuple[Issue, ...]


def read_rows(folder: Path) -> WrittenRows:
    """What people wrote about the instruments of a corpus folder."""
    # Read before a codebook is known to be there: a fault in it must not hide those of the rows.
    topics, topic_faults = _rows(GoldTopic, folder / "annotations", ".topics.csv")
    attributes, attribute_faults = _rows(GoldAttribute, folder / "annotations", ".attributes.csv")
    elements, element_faults = _rows(GoldElement, folder / "annotations", ".elements.csv")
    overrides, override_faults = _rows(Override, folder / "overrides", ".csv")
    coders, coder_faults = _coders(folder / "annotations" / "coders.csv")
    return WrittenRows(
        topics=topics,
        attributes=attributes,
        elements=elements,
        overrides=overrides,
        coders=coders,
        issues=(*topic_faults, *attribute_faults, *element_faults, *override_faults, *coder_faults),
    )


def _rows(model: type[Row], folder: Path, ending: str) -> tuple[tuple[Row, ...], list[Issue]]:
    read, issues = gather(partial(_table, model, ending), typed_files(folder, ending))
    return tuple(chain.from_iterable(read)), issues


def _table(model: type[Row], ending: str, file: Path) -> tuple[Row, ...]:
    """The rows of one instrument's file, each seen once and each of that instrument."""
    where, id = f"{file.parent.name}/{file.name}", file.name.removesuffix(ending)
    rows = read_csv(model, file, where, {"instrument": id} if model is Override else None)
    issues = []
    seen: dict[Row, int] = {}
    for number, row in enumerate(rows, start=2):
        if row.instrument != id:
            at = f"{where}: row {number}: instrument"
            issues.append(issue("corpus-id.row", at, found=row.instrument, expected=id))
        # Whole rows are compared: the same place may well have two topics.
        first = seen.setdefault(row, number)
        if first < number:
            issues.append(issue("corpus-repeated", f"{where}: row {number}", first=first))
    if issues:
        raise DataError(*issues)
    return rows


def _coders(file: Path) -> tuple[tuple[Coders, ...], list[Issue]]:
    """How many coded each instrument: optional, since a corpus of one's own need not say it."""
    read, issues = gather(lambda one: read_csv(Coders, one, "annotations/coders.csv"), [file] if file.exists() else [])
    return tuple(chain.from_iterable(read)), issues


# modality.csv is the sample that the reading of modality is measured on; the tests of coding read it.
_KNOWN = {
    "instruments": (".yml", ".yaml"),
    "annotations": (".topics.csv", ".attributes.csv", ".elements.csv", "modality.csv", "coders.csv"),
    "overrides": (".csv",),
}


def strangers(folder: Path) -> Iterator[Issue]:
    """Files that nothing reads: most likely a name with a slip in it."""
    for name, endings in _KNOWN.items():
        for file in typed_files(folder / name, ""):
            if not file.name.endswith((*endings, ".md", ".py")):
                yield issue("corpus-not-read", f"{name}/{file.name}", endings=" or ".join(endings))
