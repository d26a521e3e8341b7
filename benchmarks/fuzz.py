"""Damaged PDFs by the thousand: each is read and split, or refused with a reason; none crashes, none takes for ever.

    python benchmarks/fuzz.py              3,000 mutations, some minutes
    python benchmarks/fuzz.py 60           a first few, as the tests do
    python benchmarks/fuzz.py 600 --as docx      the same words as a Word document; also xml, text

The specimens are damaged by flipped bits, cut ends, bytes set to nothing, objects swapped or doubled, numbers changed
in dictionaries. Seeds are fixed: mutation 17 is the same everywhere and can be looked at alone (`--only 17`). Each is
read as the pipeline reads it, in a process with limits: one that crashes it is a fault of the PDF engine that stops
nothing else, one that is ended for time or memory is counted apart.
"""

import argparse
import io
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document as new_word

from treatynlp.errors import DataError
from treatynlp.pipeline.sandbox import Bounds, read, take_apart
from treatynlp.reading import read as plainly

SPECIMENS = Path(__file__).parents[1] / "corpus" / "specimens"
BOUNDS = Bounds(seconds=30)
"""A specimen has eight pages at most and takes a fortieth of a second; this is what a damaged one may take."""
STOPPED = ("document-too-slow", "document-too-large")
"""What is said of a document that the limits ended."""

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)
_NUMBER = re.compile(rb"(?<=[ /\[])\d{1,6}(?=[ /\]>\r\n])")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=3000)
    parser.add_argument("--only", type=int, help="try this one mutation")
    parser.add_argument("--as", dest="kind", choices=("pdf", "docx", "xml", "text"), default="pdf")
    chosen = parser.parse_args()
    if chosen.only is not None:
        sys.stdout.write(tried(chosen.only, chosen.kind) + "\n")
        return 0
    return report(fuzzed(chosen.count, chosen.kind))


def fuzzed(count: int, kind: str = "pdf") -> dict[int, str]:
    """By mutation, what came of it: `split`, `refused <code>`, `stopped <code>` by a limit, or a fault."""
    return {number: tried(number, kind) for number in range(count)}


def report(found: dict[int, str]) -> int:
    faults = {number: said for number, said in found.items() if is_fault(said)}
    stopped = {number: said for number, said in found.items() if said.startswith("stopped")}
    for said, count in sorted(Counter(found.values()).items()):
        sys.stdout.write(f"{count:6} {said}\n")
    for number, said in (faults | stopped).items():
        sys.stdout.write(f"mutation {number}: {said}\n")
    sys.stdout.write(f"{len(found)} mutations, {len(faults)} faults, {len(stopped)} ended by a limit\n")
    return bool(faults)


def is_fault(said: str) -> bool:
    return not said.startswith(("split", "refused", "stopped"))


def tried(number: int, kind: str = "pdf") -> str:
    """What comes of reading and splitting the specimen damaged by this mutation."""
    try:
        document = read(mutated(number, kind), f"mutation-{number}.{kind}", bounds=BOUNDS)
        take_apart(document.parcel, "mutation", bounds=BOUNDS)
        return "split"
    except DataError as error:
        row = error.issues[0]
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:160].replace("\n", " ")
    if row.code == "document-crashed-reader":
        return f"crashed: {row.message}"
    return f"stopped {row.code}" if row.code in STOPPED else f"refused {row.code}"


# ---- the damage -------------------------------------------------------------------------------------------------


def mutated(number: int, kind: str = "pdf") -> bytes:
    """A specimen with one to three kinds of damage, the same for the same number. Of a Word document mostly a part
    is damaged, before it is packed: else the check of what was packed would refuse nearly all."""
    chance = random.Random(number)
    paths = sorted(SPECIMENS.glob("*.pdf"))
    path = paths[number % len(paths)]
    if kind == "docx" and number % 4:
        return repacked(written(path, kind), chance)
    return damaged(path.read_bytes() if kind == "pdf" else written(path, kind), chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(DAMAGES)(data, chance) if len(data) > 1 else data
    return data


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A packed folder with one of its parts damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hit = chance.choice(["word/document.xml", *sorted(old.namelist())])
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), chance) if name == hit else old.read(name))
    return out.getvalue()


@cache
def written(path: Path, kind: str) -> bytes:
    """A specimen's lines in another format."""
    lines = [line.text for line in plainly(path.read_bytes(), path.name).lines]
    if kind == "text":
        return "\n".join(lines).encode()
    if kind == "xml":
        return f"<ACT>{''.join(f'<P>{escape(line)}</P>' for line in lines)}</ACT>".encode()
    word, file = new_word(), io.BytesIO()
    for line in lines:
        word.add_paragraph(line, style="List Number" if len(line) % 7 == 0 else None)
    word.save(file)
    return file.getvalue()


def flipped(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def blanked(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randrange(1, 4000)
    return data[:at] + b"\0" * len(data[at : at + length]) + data[at + length :]


def removed(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 2000) :] or b"%PDF"


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two objects change places, or one stands where the other was."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return data
    one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    first = one[0] if chance.random() < 0.3 else other[0]
    return data[: one.start()] + first + data[one.end() : other.start()] + one[0] + data[other.end() :]


def renumbered(data: bytes, chance: random.Random) -> bytes:
    """Numbers in dictionaries changed: lengths, references, sizes, counts."""
    found = list(_NUMBER.finditer(data))
    for match in sorted(chance.sample(found, min(5, len(found))), key=lambda match: -match.start()):
        value = str(chance.choice((0, 1, 2, 7, 65535, 999999, 2**31))).encode()
        data = data[: match.start()] + value + data[match.end() :]
    return data


DAMAGES: Sequence[Callable[[bytes, random.Random], bytes]] = (flipped, cut, blanked, removed, swapped, renumbered)


if __name__ == "__main__":
    sys.exit(main())
