"""How well elements are read: F1 on the hand-coded instruments, over all of them and leaving one out.

    python benchmarks/elements.py ../shared/corpus/mirror [--wrong]

A row people coded is found where the machine says the same element, value and case at that place, in it or around it. A
row of the machine is wrong where people coded no such row at such a place; the same thing said again in an article that
people coded once counts neither way. `left out` drops, for each instrument, every pattern that is right nowhere else:
nobody would have written it without having read that instrument; `family left out` also those that are right only in
instruments drafted from the same source. Neither undoes what a pattern's wording owes to an instrument.
"""

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from treatynlp.codebook import Codebook
from treatynlp.coding.attributes import explained
from treatynlp.coding.elements import ElementReader, load_element_reader
from treatynlp.coding.gold_merge import homes_of
from treatynlp.coding.labels import Label
from treatynlp.coding.sentences import statements
from treatynlp.corpus import Corpus, GoldElement, load
from treatynlp.drafting import load_drafting
from treatynlp.reading import read
from treatynlp.registry import GoldTopic
from treatynlp.structure import Treaty, split
from treatynlp.structure.tree import Provision

Row = tuple[str, str, str, str]
"""Where (an eId), element, value, case."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What people coded and what the machine reads in one instrument; each of its rows with the pattern behind it."""

    gold: tuple[Row, ...]
    found: Mapping[Row, str]


def nested(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}__") or other.startswith(f"{one}__")


def same(one: Row, other: Row) -> bool:
    return one[1:] == other[1:] and nested(one[0], other[0])


def counted(gold: Iterable[Row], found: Iterable[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Right, missed and wrong rows."""
    gold, found = list(gold), list(found)
    right = [row for row in gold if any(same(row, one) for one in found)]
    # In an article coded once for this value, the place people named stands for the article.
    once = Counter((row[0].split("__")[0], *row[1:]) for row in gold)
    wrong = {
        (row[0].split("__")[0] if once else row[0], *row[1:]): row
        for row in found
        if not any(same(row, one) for one in gold) and once[(row[0].split("__")[0], *row[1:])] != 1
    }
    return right, [row for row in gold if row not in right], list(wrong.values())


def f1(right: int, missed: int, wrong: int) -> float:
    return 2 * right / max(2 * right + missed + wrong, 1)


def placed(row: GoldElement | GoldTopic, homes: Mapping[str, Provision]) -> Iterator[str]:
    for address in row.addresses:
        here = homes[row.article]
        for label in address[1:]:
            here = next((child for child in here.children if child.label == label), here)
        yield here.eid


def instrument(treaty: Treaty, corpus: Corpus, reader: ElementReader) -> Instrument:
    """Topics are people's, so that a miss of the classifier is not counted as one of the patterns."""
    homes = homes_of(treaty)
    topics = [row for row in corpus.topics if row.instrument == treaty.id]
    labels = [Label(eid, row.topic, 1.0, "gold") for row in topics for eid in placed(row, homes)]
    kept = {(row.eid, row.element, row.value, row.case) for row in reader.read(treaty, labels)}
    found = {}
    for statement in statements(treaty):
        for pattern, row in explained(statement, reader.lexicon):
            one = reader.element(row, pattern.case, statement)
            key = (one.eid, one.element, one.value, one.case)
            if key in kept:
                found.setdefault(key, f"{pattern.attribute}.{pattern.id}")
    gold = [row for row in corpus.elements if row.instrument == treaty.id]
    asked = {corpus.codebook.elements[row.element].of for row in gold} | {"offence", "power"}
    return Instrument(
        tuple((next(placed(row, homes)), row.element, row.value, row.case) for row in gold),
        {key: pattern for key, pattern in found.items() if corpus.codebook.elements[key[1]].of in asked},
    )


def left_out(name: str, all_of: Mapping[str, Instrument], kin: Collection[str] = ()) -> list[Row]:
    """What is found by patterns that are right in another instrument that is none of its kin."""
    elsewhere = {
        pattern
        for id, one in all_of.items()
        for row, pattern in one.found.items()
        if id != name and id not in kin and any(same(row, gold) for gold in one.gold)
    }
    return [row for row, pattern in all_of[name].found.items() if pattern in elsewhere]


def report(all_of: Mapping[str, Instrument], wrong_too: bool) -> Iterator[str]:
    """The table, and on demand what was missed and what was wrong."""
    groups = (f"{name}: P | R | F1" for name in ("all patterns", "left out", "family left out"))
    yield f"| instrument | rows | {' | '.join(groups)} |\n|---|---|" + "---|" * 9
    yield from lines(all_of, "all")
    book = load().codebook
    for group in book.element_groups:
        yield lines(of_group(all_of, group, book), group)[-1]
    if wrong_too:
        for name, one in all_of.items():
            _, missed, wrong = counted(one.gold, one.found)
            yield from (f"missed {name} {row}" for row in missed)
            yield from (f"wrong {name} {row} by {one.found[row]}" for row in wrong)


def lines(all_of: Mapping[str, Instrument], name: str) -> list[str]:
    """The lines of the table, the sum last and under that name."""
    sizes = {one: len(of.gold) for one, of in all_of.items()}
    sizes["all"] = sum(sizes.values())
    return [
        f"| {name if one == 'all' else one} | {sizes[one]} | {' | '.join(cells)} |"
        for one, cells in table(all_of).items()
    ]


def of_group(all_of: Mapping[str, Instrument], group: str, book: Codebook) -> dict[str, Instrument]:
    """The instruments coded for a group of elements, with the rows of that group only."""

    def own(row: Row) -> bool:
        return book.elements[row[1]].of == group

    cut = {
        name: Instrument(tuple(filter(own, one.gold)), {row: by for row, by in one.found.items() if own(row)})
        for name, one in all_of.items()
    }
    return {name: one for name, one in cut.items() if one.gold}


def table(all_of: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """Instrument, and `all` → precision, recall, F1 with all patterns, with those right in another instrument, and with
    those right outside its drafting families.
    """
    sums: list[Counter[str]] = [Counter(), Counter(), Counter()]
    rows, drafting = {}, load_drafting()
    for name, one in all_of.items():
        rows[name] = []
        kinds = list(one.found), left_out(name, all_of), left_out(name, all_of, drafting.siblings(name))
        for total, found in zip(sums, kinds, strict=True):
            right, missed, wrong = (len(part) for part in counted(one.gold, found))
            total.update(right=right, missed=missed, wrong=wrong)
            rows[name] += figures(right, missed, wrong)
    return rows | {"all": [cell for one in sums for cell in figures(one["right"], one["missed"], one["wrong"])]}


def figures(right: int, missed: int, wrong: int) -> list[str]:
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return [f"{figure:.3f}" for figure in (precision, recall, f1(right, missed, wrong))]


def instruments(mirror: Path) -> dict[str, Instrument]:
    """The hand-coded instruments, read from a folder of sources."""
    corpus, reader = load(), load_element_reader()
    all_of = {}
    for name in sorted({row.instrument for row in corpus.elements}):
        file = next(mirror.glob(f"{name}.*"))
        treaty = split(read(file.read_bytes(), file.name), name, corpus.instrument(name).within)
        all_of[name] = instrument(treaty, corpus, reader)
    return all_of


def measured(mirror: Path) -> dict[str, list[str]]:
    """The figures of the table."""
    return table(instruments(mirror))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("mirror", type=Path)
    arguments.add_argument("--wrong", action="store_true", help="list what was missed and what was wrong")
    asked = arguments.parse_args()
    print("\n".join(report(instruments(asked.mirror), asked.wrong)))  # noqa: T201


if __name__ == "__main__":
    main()
