"""The tables of the documentation that are made from the program: issue codes, codebook, data dictionary, exit codes.

>>> print(filled("before <!-- generated: exit-codes --> after")[:6])
before
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rooms import rooms_picture

from treatynlp.codebook import Topic
from treatynlp.comparison.overview import compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import load
from treatynlp.errors import declared_codes
from treatynlp.home import home
from treatynlp.publishing.legend import LEGEND
from treatynlp.publishing.table import Field, Table
from treatynlp.publishing.tables import release_tables

HERE = Path(__file__).parent
ROOT = HERE.parent
MARK = re.compile(r"<!-- generated: ([\w-]+) -->")


def filled(page: str) -> str:
    """The page with every mark `<!-- generated: name -->` replaced by the table of that name."""
    return MARK.sub(lambda mark: MADE[mark[1]](), page)


def grid(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(escaped(str(cell)) for cell in line) + " |" for line in lines) + "\n"


def escaped(cell: str) -> str:
    """Words as a cell of a Markdown table can hold them.

    >>> escaped("a | b"), escaped("<id>.txt"), escaped("`<id>`")
    ('a \\\\| b', '\\\\<id>.txt', '`<id>`')
    """
    parts = re.split(r"(`[^`]*`)", cell.replace("|", "\\|").replace("\n", " "))
    return "".join(part if part.startswith("`") else re.sub(r"([<$*_])", r"\\\1", part) for part in parts)


def issue_codes() -> str:
    """Every issue code of the program, by stage, with what is said (… is filled in) and what to do."""
    stages: dict[str, list[Sequence[object]]] = {}
    for name, code in declared_codes().items():
        said = " / ".join(re.sub(r"{[^}]*}", "…", one) for one in code.says.values())
        stages.setdefault(code.stage, []).append((f"`{name}`", " or ".join(code.levels), said, code.advice))
    head = ("code", "level", "what is said", "what to do")
    return "\n".join(f"### {stage}\n\n" + grid(head, rows) for stage, rows in stages.items())


def measured() -> dict[str, Any]:
    """How the classifier fared on real instruments left out of training, as `treatynlp evaluate` wrote it."""
    found: dict[str, Any] = json.loads((ROOT / "models/topics/metrics.json").read_text("utf-8"))
    return {**found, **found["real"]}


def codebook() -> str:
    """Families and topics: what they mean, what they do not, and how often the machine is right about them."""
    book, figures, parts = load().codebook, measured(), []
    for family, means in book.families.items():
        parts.append(f"## {family.replace('_', ' ').capitalize()}\n\n{escaped(means)}.\n")
        parts.append(f"F1 over the articles of instruments left out of training: {figures['families'][family]}.\n")
        topics = {name: topic for name, topic in book.topics.items() if topic.family == family}
        rows = ((f"`{name}`", ruled(one), *error(figures["topics"].get(name))) for name, one in topics.items())
        parts.append(grid(("topic", "means", "F1", "right, wrong, missed"), rows))
    return "\n".join(parts)


def ruled(topic: Topic) -> str:
    """The coding rule of a topic, and where its neighbour begins."""
    return f"{topic.means}. Not: {topic.but_not}." if topic.but_not else f"{topic.means}."


def error(figures: dict[str, float] | None) -> tuple[object, str]:
    """How a topic fared on instruments left out of training: F1, and the three counts it comes from."""
    counts = [figures[name] for name in ("right", "wrong", "missed")] if figures else []
    if figures is None or not any(counts):
        return "–", "in no coded instrument"
    return figures["f1"], ", ".join(map(str, counts))


def calibration() -> str:
    """Of labels with a probability in a range, the share that people gave."""
    bins = [one for one in measured()["calibration"]["bins"] if one["low"] >= 0.3]
    head = ("score", "labels measured", "right in 100")
    return grid(head, ((f"{b['low']} to {b['high']}", b["pairs"], round(100 * b["share_given"])) for b in bins))


def unseen() -> str:
    """How many topics no coded real instrument regulates."""
    figures = measured()["topics"]
    return str(sum(error(figures.get(name))[0] == "–" for name in load().codebook.topics))


def attributes() -> str:
    """The parameters that are read off provisions."""
    rows = (
        (f"`{name}`", one.means, ", ".join(one.value) if isinstance(one.value, tuple | list) else one.value,
         ", ".join(one.unit), ", ".join(one.case))
        for name, one in load().codebook.attributes.items()
    )  # fmt: skip
    return grid(("parameter", "means", "value", "unit", "cases"), rows)


def dictionary() -> str:
    """Every table of a release: what a row is, its key, and each column."""
    corpus = load()
    two = [Record(instrument) for instrument in corpus.instruments[:2]]
    ids = [record.id for record in two]
    overview = compare(two, corpus.codebook, load_rules(home() / "corpus"))
    return "\n".join(described(table, ids) for table in release_tables(overview))


def described(table: Table, ids: Sequence[str]) -> str:
    """One table of the release; columns that stand for an instrument are described once."""
    fields = [field for field in table.fields if field.name not in ids]
    rows = [(f"`{field.name}`", field.means, field.type, limits(field)) for field in fields]
    if len(fields) < len(table.fields):
        one = next(field for field in table.fields if field.name in ids)
        means = "one column for every instrument, named by its id (see `instruments.csv`)"
        rows.append(("`<id>`, …", means, one.type, ""))
    key = f"Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else "No key: several rows may be alike."
    refers = " ".join(f"`{own}` stands in `{other}.csv` as `{column}`." for own, other, column in table.refers)
    head = ("column", "means", "type", "constraint")
    return f"## {table.name}.csv\n\n{escaped(table.means)}. {key} {refers}\n\n{grid(head, rows)}"


def limits(field: Field) -> str:
    """What a column's values must be."""
    said = ["never empty"] if field.required else []
    said += [f"one of: {', '.join(field.one_of)}"] if field.one_of else []
    said += ["words of a treaty: not in a release without text"] if field.words else []
    return "; ".join(said)


def exit_codes() -> str:
    """The statuses a command ends with."""
    from treatynlp.cli.console import EXITS

    return grid(("status", "means"), EXITS.items())


def notebooks() -> str:
    """The notebooks, by what they ask."""
    rows = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        first = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        title, _, below = first.partition("\n")
        rows.append((f"`{path.name}`", title.lstrip("# "), below.strip().split("\n\n")[0].replace("*", "")))
    return grid(("file", "title", "what it asks"), rows)


def states() -> str:
    """The states of a cell: sign, what is claimed and what is not."""
    rows = ((one.word, one.sign, one.means, one.not_) for one in LEGEND.values())
    return grid(("state", "sign", "what is claimed", "what is not"), rows)


MADE: dict[str, Callable[[], str]] = {
    "issue-codes": issue_codes,
    "codebook": codebook,
    "attributes": attributes,
    "dictionary": dictionary,
    "exit-codes": exit_codes,
    "calibration": calibration,
    "cells-f1": lambda: str(measured()["figures"]["cells_f1"]),
    "coders-f1": lambda: str(measured()["ceiling"]["f1"]),
    "unseen-topics": unseen,
    "notebooks": notebooks,
    "states": states,
    "rooms": rooms_picture,
}
