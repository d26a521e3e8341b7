"""The process in which documents are opened: it answers one request after the other until nobody asks any more.

It is started by `treatynlp.pipeline.sandbox` with the limits of `Bounds` on it and without the environment of the
process that started it. Requests come on its standard input and answers leave on its standard output, as frames; what
libraries print goes nowhere.
"""

import os
import select
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from treatynlp.errors import DataError, failed
from treatynlp.pipeline.sandbox.bounds import LIMITS, Bounds, apply_limits, die_with_parent, grant, rest
from treatynlp.pipeline.sandbox.protocol import ANSWER, ISSUES, REQUEST, Answer, Request, receive, send
from treatynlp.pipeline.sandbox.serialisation import (
    BOXES,
    FAMILIES,
    INSTRUMENT,
    REGISTRY,
    codings,
    documents,
    people_kind,
    treaties,
)

Parts = tuple[bytes, ...]

_IDLE = 300.0
"""Seconds without a request after which the process ends: it holds 270 MB, in notebooks too that stay open all day."""


@dataclass(slots=True)
class Desk:
    """What a verb works with: the request, its parts, whom to tell that a scan is going to be read; and the values that
    were made or given before, by their hashes: those of the instrument at hand, and those that last."""

    request: Request
    parts: list[bytes]
    scanning: Callable[[int], None]
    held: dict[str, Any]
    lasting: dict[str, Any]

    @property
    def name(self) -> str:
        return self.request.name

    def given(self, number: int, kind: TypeAdapter[Any]) -> Any:
        """A value the request is about. KeyError when its bytes did not come and it is not held."""
        one = self.request.given[number]
        data, held = self.parts[number - len(self.request.given)], self.lasting if one.lasting else self.held
        if data:
            held[one.digest] = kind.validate_json(data)
        return held[one.digest]

    def made(self, kind: TypeAdapter[Any], value: object) -> bytes:
        """A value written down, and held for what is asked next."""
        data = kind.dump_json(value)
        self.held[sha256(data).hexdigest()] = value
        return data


# Imports stand inside the verbs: a process that only reads, or draws a page, is spared spaCy, the model and the
# lexicon, which take longer to load than most documents to read.
def _read(desk: Desk) -> Parts:
    from treatynlp.pipeline.steps.reading import read

    found = read(desk.parts[0], desk.name, desk.request.said["language"], desk.scanning)
    return (desk.made(documents(), replace(found, sha256="")),)


def _audit(desk: Desk) -> Parts:
    from treatynlp.pipeline.steps.auditing import audit

    return (ISSUES.dump_json(audit(desk.parts[0], desk.given(0, documents()), scanning=desk.scanning)),)


def _picture(desk: Desk) -> Parts:
    from treatynlp.reading.picture import picture

    document, boxes = desk.given(0, documents()), desk.given(1, BOXES)
    return (picture(desk.parts[0], document, int(desk.request.said["page"]), boxes),)


def _verify(desk: Desk) -> Parts:
    from treatynlp.structure.verify import verify
    from treatynlp.structure.verify_seen import verify_seen

    treaty, data, cited = desk.given(0, treaties()), desk.parts[0], desk.request.said.get("cited")
    pages = [int(one) for one in cited.split()] if cited is not None else None
    # The words first: they take a moment, and the pictures of pages seconds each.
    rows = verify(treaty, data)
    if not failed(rows):  # words that are not even the file's need no look at its pages
        rows += verify_seen(treaty, data, pages, desk.scanning)
    return (ISSUES.dump_json(rows),)


def _take_apart(desk: Desk) -> Parts:
    from treatynlp.pipeline.steps.splitting import doubted, take_apart

    said, document = desk.request.said, desk.given(0, documents())
    treaty, rows = take_apart(document, desk.name, said["within"])
    if len(desk.request.given) > 1:
        rows = (*rows, *doubted(document, treaty, desk.given(1, INSTRUMENT)))
    return desk.made(treaties(), treaty), ISSUES.dump_json(rows)


def _link(desk: Desk) -> Parts:
    from treatynlp.pipeline.steps.linking import link

    treaty, rows = link(desk.given(0, treaties()), desk.given(1, REGISTRY))
    return desk.made(treaties(), treaty), ISSUES.dump_json(rows)


def _code(desk: Desk) -> Parts:
    from treatynlp.pipeline.steps.coding import code, correct

    treaty, model = desk.given(0, treaties()), desk.request.said.get("model")
    coding, rows = code(treaty, desk.given(1, FAMILIES), Path(model) if model else None)
    if len(desk.request.given) > 2:
        coding, more = correct(coding, treaty, desk.given(2, people_kind()))
        rows = (*rows, *more)
    return desk.made(codings(), coding), ISSUES.dump_json(rows)


VERBS: dict[str, Callable[[Desk], Parts]] = {
    "read": _read, "audit": _audit, "picture": _picture, "verify": _verify, "take_apart": _take_apart,
    "link": _link, "code": _code,
}  # fmt: skip
"""All that can be asked for."""


def main() -> None:
    """Serve whoever started this process; `argv` holds that process's id and the bounds."""
    parent, bounds = int(sys.argv[1]), LIMITS.validate_json(sys.argv[2])
    inward, outward = _wires()
    die_with_parent()
    # The parent may have ended before the system was asked to watch it: then nobody would end this process.
    if os.name == "posix" and os.getppid() != parent:
        return
    apply_limits(bounds)
    send(outward, ANSWER.dump_json(Answer("ready")))
    held, lasting = dict[str, Any](), dict[str, Any]()
    while True:
        try:
            if not _asked(inward):
                return
            # Without a bound: the run has counted the bytes of a document before it sends them (`Bounds.size`).
            head, *parts = receive(inward, most=sys.maxsize)
        except EOFError:
            return
        grant(bounds.allowed())
        request = REQUEST.validate_json(head)
        # Cleared by the run, not when a name is new: only the run knows which values it will name by their hash alone.
        if request.anew:
            held.clear()
        send(outward, *_served(Desk(request, parts, _told(outward, bounds), held, lasting)))
        rest()


def _asked(inward: BinaryIO) -> bool:
    """Whether a request comes before the process has been idle for too long (Windows cannot wait for pipes)."""
    return os.name != "posix" or bool(select.select([inward], [], [], _IDLE)[0])


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


_SAID = 1000
"""Letters of an error's words that leave the process: they may quote the document that caused it."""


def _served(desk: Desk) -> Parts:
    try:
        return (ANSWER.dump_json(Answer("done")), *VERBS[desk.request.verb](desk))
    except DataError as error:
        return ANSWER.dump_json(Answer("refused")), ISSUES.dump_json(error.issues)
    except MemoryError:
        return (ANSWER.dump_json(Answer("memory")),)
    except Exception as error:
        return (ANSWER.dump_json(Answer("failed", f"{type(error).__name__}: {error}"[:_SAID])),)


if __name__ == "__main__":
    main()
