"""The process in which documents are opened: it answers one request after the other until nobody asks any more.

It is started by `treatynlp.pipeline.sandbox` with the limits of `Bounds` on it and without the environment of the
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
from treatynlp.pipeline.sandbox.bounds import LIMITS, Bounds, die_with_parent, grant, rest, settle
from treatynlp.pipeline.sandbox.protocol import ANSWER, ASKED, ISSUES, Answer, Asked, receive, send
from treatynlp.pipeline.sandbox.serialisation import codings, documents, treaties
from treatynlp.text import Box

Parts = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a verb works with: the request, its large arguments, and whom to tell that a scan is going to be read."""

    asked: Asked
    parts: list[bytes]
    scanning: Callable[[int], None]

    @property
    def name(self) -> str:
        return self.asked.name


REGISTRY = TypeAdapter(tuple[Instrument, ...])
FAMILIES, BOXES = TypeAdapter(dict[str, str]), TypeAdapter(list[Box])


def _read(request: Request) -> Parts:
    from treatynlp.pipeline.steps.reading import read

    found = read(request.parts[0], request.name, request.asked.said["language"], request.scanning)
    return (documents().dump_json(found),)


def _audit(request: Request) -> Parts:
    from treatynlp.pipeline.steps.auditing import audit

    return (ISSUES.dump_json(audit(request.parts[0], documents().validate_json(request.parts[1]))),)


def _picture(request: Request) -> Parts:
    from treatynlp.reading.picture import picture

    document, boxes = documents().validate_json(request.parts[1]), BOXES.validate_json(request.parts[2])
    return (picture(request.parts[0], document, int(request.asked.said["page"]), boxes),)


def _verify(request: Request) -> Parts:
    from treatynlp.structure.verify import verify

    return (ISSUES.dump_json(verify(treaties().validate_json(request.parts[1]), request.parts[0])),)


def _take_apart(request: Request) -> Parts:
    from treatynlp.pipeline.steps.splitting import take_apart

    said, document = request.asked.said, documents().validate_json(request.parts[0])
    treaty, rows = take_apart(document, request.name, said["within"], said["language"])
    return treaties().dump_json(treaty), ISSUES.dump_json(rows)


def _link(request: Request) -> Parts:
    from treatynlp.pipeline.steps.linking import link

    treaty, rows = link(treaties().validate_json(request.parts[0]), REGISTRY.validate_json(request.parts[1]))
    return treaties().dump_json(treaty), ISSUES.dump_json(rows)


def _code(request: Request) -> Parts:
    from treatynlp.pipeline.steps.coding import code

    treaty, families = treaties().validate_json(request.parts[0]), FAMILIES.validate_json(request.parts[1])
    model = request.asked.said.get("model")
    coding, rows = code(treaty, families, Path(model) if model else None)
    return codings().dump_json(coding), ISSUES.dump_json(rows)


VERBS: dict[str, Callable[[Request], Parts]] = {
    "read": _read, "audit": _audit, "picture": _picture, "verify": _verify, "take_apart": _take_apart,
    "link": _link, "code": _code,
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
        send(outward, *_served(Request(ASKED.validate_json(head), parts, _told(outward, bounds))))
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


def _served(request: Request) -> Parts:
    try:
        return (ANSWER.dump_json(Answer("done")), *VERBS[request.asked.verb](request))
    except DataError as error:
        return ANSWER.dump_json(Answer("refused")), ISSUES.dump_json(error.issues)
    except MemoryError:
        return (ANSWER.dump_json(Answer("memory")),)
    except Exception as error:
        return (ANSWER.dump_json(Answer("failed", f"{type(error).__name__}: {error}"[:1000])),)


if __name__ == "__main__":
    main()
