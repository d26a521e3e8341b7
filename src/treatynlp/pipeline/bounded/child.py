"""The process in which documents are opened: it answers one request after the other until nobody asks any more.

It is started by `treatynlp.pipeline.bounded` with the limits of `Bounds` on it and without the environment of the
process that started it. Requests come on its standard input and answers leave on its standard output, as frames; what
libraries print goes nowhere.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from treatynlp.corpus import Instrument
from treatynlp.errors import DataError
from treatynlp.pipeline.bounded.bounds import LIMITS, Bounds, die_with_parent, grant, rest, settle
from treatynlp.pipeline.bounded.frames import ANSWER, ASKED, ISSUES, Answer, Asked, receive, send
from treatynlp.pipeline.kinds import codings, documents, treaties
from treatynlp.text import Box

Parts = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a verb works with: the request, its large arguments, and whom to tell that a scan is going to be read."""

    asked: Asked
    parts: list[bytes]
    scanning: Callable[[int], None]

    @property
    def name(self) -> str:
        return self.asked.name


REGISTRY = TypeAdapter(tuple[Instrument, ...])
FAMILIES, BOXES = TypeAdapter(dict[str, str]), TypeAdapter(list[Box])


def _read(desk: Desk) -> Parts:
    from treatynlp.reading import read

    found = read(desk.parts[0], desk.name, desk.asked.said["language"], desk.scanning)
    return (documents().dump_json(found),)


def _audit(desk: Desk) -> Parts:
    from treatynlp.reading.audit import audit

    return (ISSUES.dump_json(audit(desk.parts[0], documents().validate_json(desk.parts[1]))),)


def _picture(desk: Desk) -> Parts:
    from treatynlp.reading.picture import picture

    document, boxes = documents().validate_json(desk.parts[1]), BOXES.validate_json(desk.parts[2])
    return (picture(desk.parts[0], document, int(desk.asked.said["page"]), boxes),)


def _verify(desk: Desk) -> Parts:
    from treatynlp.structure.verify import verify

    return (ISSUES.dump_json(verify(treaties().validate_json(desk.parts[1]), desk.parts[0])),)


def _taken_apart(desk: Desk) -> Parts:
    from treatynlp.pipeline.verbs import taken_apart

    said, document = desk.asked.said, documents().validate_json(desk.parts[0])
    treaty, rows = taken_apart(document, desk.name, said["within"], said["language"])
    return treaties().dump_json(treaty), ISSUES.dump_json(rows)


def _linked(desk: Desk) -> Parts:
    from treatynlp.pipeline.verbs import linked

    treaty, rows = linked(treaties().validate_json(desk.parts[0]), REGISTRY.validate_json(desk.parts[1]))
    return treaties().dump_json(treaty), ISSUES.dump_json(rows)


def _coded(desk: Desk) -> Parts:
    from treatynlp.pipeline.verbs import coded

    treaty, families = treaties().validate_json(desk.parts[0]), FAMILIES.validate_json(desk.parts[1])
    model = desk.asked.said.get("model")
    coding, rows = coded(treaty, families, Path(model) if model else None)
    return codings().dump_json(coding), ISSUES.dump_json(rows)


VERBS: dict[str, Callable[[Desk], Parts]] = {
    "read": _read, "audit": _audit, "picture": _picture, "verify": _verify, "taken_apart": _taken_apart,
    "linked": _linked, "coded": _coded,
}  # fmt: skip
"""All that can be asked for."""


def main() -> None:
    """Serve whoever started this process; `argv` holds that process's id and the bounds."""
    parent, bounds = int(sys.argv[1]), LIMITS.validate_json(sys.argv[2])
    inward, outward = _wires()
    die_with_parent()
    if os.name == "posix" and os.getppid() != parent:
        return
    settle(bounds)
    send(outward, ANSWER.dump_json(Answer("ready")))
    while True:
        try:
            head, *parts = receive(inward, most=sys.maxsize)
        except EOFError:
            return
        grant(bounds.allowed())
        send(outward, *_served(Desk(ASKED.validate_json(head), parts, _told(outward, bounds))))
        rest()


def _wires() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for this module alone: what a library reads or prints is cut off from them."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return inward, outward


def _told(outward: BinaryIO, bounds: Bounds) -> Callable[[int], None]:
    def scanning(pages: int) -> None:
        grant(bounds.allowed(pages))
        send(outward, ANSWER.dump_json(Answer("scanning", pages=pages)))

    return scanning


def _served(desk: Desk) -> Parts:
    try:
        return (ANSWER.dump_json(Answer("done")), *VERBS[desk.asked.verb](desk))
    except DataError as error:
        return ANSWER.dump_json(Answer("refused")), ISSUES.dump_json(error.issues)
    except MemoryError:
        return (ANSWER.dump_json(Answer("memory")),)
    except Exception as error:
        return (ANSWER.dump_json(Answer("failed", f"{type(error).__name__}: {error}"[:1000])),)


if __name__ == "__main__":
    main()
