"""Damaged PDFs by the thousand: each is read and split, or refused with a reason; none crashes, none takes for ever.

    python benchmarks/fuzz.py              3,000 mutations, some minutes
    python benchmarks/fuzz.py 60           a first few, as the tests do

The specimens are damaged by flipped bits, cut ends, bytes set to nothing, objects swapped or doubled, numbers changed
in dictionaries. Seeds are fixed: mutation 17 is the same everywhere and can be looked at alone (`--only 17`). Each
batch runs in a process of its own under a time limit, so that a crash of the PDF engine is found, too.
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from treatynlp.errors import DataError
from treatynlp.reading import read
from treatynlp.structure import split

SPECIMENS = Path(__file__).parents[1] / "corpus" / "specimens"
BATCH = 50
SECONDS_A_DOCUMENT = 10.0
"""A specimen has eight pages at most and takes a fortieth of a second; this is what a damaged one may take."""
MEMORY = 4 * 1024**3
"""Bytes of address space a batch may take: a damaged number must not be believed as a size."""

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)
_NUMBER = re.compile(rb"(?<=[ /\[])\d{1,6}(?=[ /\]>\r\n])")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=3000)
    parser.add_argument("--only", type=int, help="try this one mutation, in this process")
    parser.add_argument("--batch", type=int, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only is not None:
        sys.stdout.write(tried(chosen.only) + "\n")
        return 0
    if chosen.batch:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for number in range(*chosen.batch):
            sys.stdout.write(f"{number}\t{tried(number)}\n")
            sys.stdout.flush()
        return 0
    return report(fuzzed(chosen.count))


def fuzzed(count: int) -> dict[int, str]:
    """By mutation, what came of it: `split`, `refused <code>`, or a fault: `slow`, `died`, the exception's name."""
    found: dict[int, str] = {}
    for first in range(0, count, BATCH):
        found |= batch(first, min(first + BATCH, count))
    return found


def batch(first: int, last: int) -> dict[int, str]:
    """A process for some mutations; where it dies or hangs, the mutation at fault is known and the next go on."""
    command = [sys.executable, __file__, "--batch", str(first), str(last)]
    try:
        out = subprocess.run(command, capture_output=True, timeout=SECONDS_A_DOCUMENT * (last - first) / 5 + 20).stdout
        fault = "died"
    except subprocess.TimeoutExpired as expired:
        out, fault = expired.stdout or b"", "hangs"
    lines = [line.split("\t", 1) for line in out.decode(errors="replace").splitlines() if "\t" in line]
    found = {int(number): said for number, said in lines}
    at = first + len(found)
    return found if at >= last else found | {at: fault} | (batch(at + 1, last) if at + 1 < last else {})


def report(found: dict[int, str]) -> int:
    faults = {number: said for number, said in found.items() if is_fault(said)}
    for said, count in sorted(Counter(found.values()).items()):
        sys.stdout.write(f"{count:6} {said}\n")
    for number, said in faults.items():
        sys.stdout.write(f"FAULT: mutation {number}: {said}\n")
    sys.stdout.write(f"{len(found)} mutations, {len(faults)} faults\n")
    return bool(faults)


def is_fault(said: str) -> bool:
    return not said.startswith(("split", "refused"))


def tried(number: int) -> str:
    """What comes of reading and splitting the specimen damaged by this mutation."""
    data = mutated(number)
    begin = time.process_time()
    try:
        split(read(data, f"mutation-{number}.pdf"), "mutation")
        said = "split"
    except DataError as error:
        said = f"refused {error.issues[0].code}"
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:160].replace("\n", " ")
    seconds = time.process_time() - begin
    return said if seconds < SECONDS_A_DOCUMENT or is_fault(said) else f"slow: {seconds:.1f} s"


# ---- the damage -------------------------------------------------------------------------------------------------


def mutated(number: int) -> bytes:
    """A specimen with one to three kinds of damage, the same for the same number."""
    chance = random.Random(number)
    paths = sorted(SPECIMENS.glob("*.pdf"))
    data = paths[number % len(paths)].read_bytes()
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(DAMAGES)(data, chance)
    return data


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
