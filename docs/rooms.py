"""The picture of the house: its rooms from top to bottom, and which imports which, counted from the code itself.

A room may only use rooms that stand below it, so all numbers lie to the right of the diagonal. `python docs/rooms.py`
prints the picture as SVG.

>>> [room_of(module) for module in ("treatynlp.pipeline.ask.lookup", "treatynlp.words", "treatynlp.__main__")]
['pipeline.ask', 'nouns', 'cli']
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import grimp

ROOMS = {
    # room: what it is for, in a line; from top to bottom
    "cli": "commands, and what they print",
    "pipeline.ask": "questions to what is kept: look up, status, check, add, compare",
    "pipeline.runs": "a run: sources, making, release, outcome, workers",
    "pipeline.workspace": "keys of results, history, changes",
    "pipeline.sandbox": "the bounded process in which hostile files are read",
    "pipeline.steps": "what each stage does to values",
    "publishing": "comparison → tables, workbook, explorer, figures, briefs",
    "comparison": "coded treaties → cells, matches, relations, indices",
    "coding": "provisions → topics, parameters, strength, elements",
    "structure": "rows → articles, paragraphs, points; references; definitions",
    "reading": "bytes → rows of text, page by page; fetching",
    "store": "what is kept, by content, on disk or elsewhere",
    "nouns": "registry, codebook, words, issues, files that people write",
}
CELL, ROW, LEFT, WIDE = 38, 30, 160, 420


def room_of(module: str) -> str:
    """The room a module stands in."""
    parts = module.split(".")[1:]
    if parts[:1] == ["pipeline"] and len(parts) > 1:
        return ".".join(parts[:2])
    if parts[:1] == ["__main__"]:
        return "cli"
    return parts[0] if parts and parts[0] in ROOMS else "nouns"


@cache
def imports() -> Counter[tuple[str, str]]:
    """(room, room that it imports from) → how many imports. The two faces, `treatynlp` and `treatynlp.pipeline`, only
    hand on names and are left out."""
    graph = grimp.build_graph("treatynlp")
    faces = {"treatynlp", "treatynlp.pipeline"}
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules - faces:
        for other in graph.find_modules_directly_imported_by(module) - faces:
            found[room_of(module), room_of(other)] += 1
    return found


def rooms_picture() -> str:
    """An SVG for the page: a line a room, and how many imports it takes from each room below."""
    rooms, top = list(ROOMS), 120
    wide, high = LEFT + WIDE + CELL * (len(rooms) + 1), top + ROW * len(rooms) + 10
    shapes = "".join(_shapes(rooms, top))
    said = "; ".join(f"{one} imports from {', '.join(_below(one)) or 'none'}" for one in rooms)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" font-size="13"'
        f' fill="currentColor"><title>The rooms of the package: {said}.</title>{shapes}</svg>\n'
    )


def _below(room: str) -> list[str]:
    return [other for other in ROOMS if other != room and imports()[room, other]]


def _shapes(rooms: list[str], top: int) -> Iterator[str]:
    for number, room in enumerate(rooms):
        y, x = top + ROW * number, LEFT + WIDE + CELL * number
        yield f'<text x="0" y="{y + 20}" font-weight="bold">{room}</text>'
        yield f'<text x="{LEFT}" y="{y + 20}">{ROOMS[room]}</text>'
        yield f'<text transform="translate({x + 24},{top - 8}) rotate(-60)">{room}</text>'
        yield f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 2}" opacity="0.25"/>'
        for column, other in enumerate(rooms):
            if column != number and (count := imports()[room, other]):
                yield from _cell(LEFT + WIDE + CELL * column, y, count)


def _cell(x: int, y: int, count: int) -> Iterator[str]:
    strong = min(0.6, 0.08 + count / 80)
    yield f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 2}" fill="#4477aa" opacity="{strong:.2f}"/>'
    yield f'<text x="{x + CELL / 2 - 1}" y="{y + 20}" text-anchor="middle">{count}</text>'


if __name__ == "__main__":
    print(rooms_picture())  # noqa: T201
