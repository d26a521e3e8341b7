"""Messages between a run and the process that opens documents: a count, then lengths and bytes, and nothing else.

What arrives is JSON or plain bytes, judged by pydantic before it is used. No object of one process comes to life in
the other, so a document that takes the other process over can say false things, but run nothing here.

>>> import io
>>> wire = io.BytesIO()
>>> send(wire, b"{}", b"%PDF-1.7")
>>> receive(io.BytesIO(wire.getvalue()), most=100)
[b'{}', b'%PDF-1.7']
"""

from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from pydantic import TypeAdapter

from treatynlp.errors import Issue

_LENGTH = 8
"""Bytes of a length."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a request is about, by its hash. Its JSON follows as a part of its own, which is empty where the
    process holds the value; one that is `lasting` stays when the next document comes."""

    digest: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done, to a document people know by this name; `said` holds the small arguments. The parts that
    follow are the document's bytes, where the verb wants them, and then those of `given`. `anew`: nothing that was made
    or given before is asked for again."""

    verb: str
    name: str
    said: dict[str, str] = field(default_factory=dict)
    given: tuple[Given, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: `done` (the other parts are the result), `refused` (they are rows), `failed` (`text` says with
    what) or `memory`. Before it comes `ready`, once, and `scanning`, with how many pages OCR is going to read."""

    came: Literal["ready", "scanning", "done", "refused", "failed", "memory"]
    text: str = ""
    pages: int = 0


MAKING = ("read", "take_apart", "link", "code")
"""The verbs whose answer begins with a value that is held for what is asked next."""

REQUEST, ANSWER, ISSUES = TypeAdapter(Request), TypeAdapter(Answer), TypeAdapter(tuple[Issue, ...])


class TooMuch(ValueError):
    """A message is longer than was agreed."""


def send(wire: BinaryIO, *parts: bytes) -> None:
    """One message of up to 255 parts."""
    wire.write(bytes([len(parts)]))
    for part in parts:
        wire.write(len(part).to_bytes(_LENGTH, "big"))
        wire.write(part)
    wire.flush()


def receive(wire: BinaryIO, most: int) -> list[bytes]:
    """The parts of the next message. EOFError when the other side is gone; TooMuch, before a byte of it is kept, when
    they have more than `most` bytes together."""
    parts: list[bytes] = []
    for _ in range(_exactly(wire, 1)[0]):
        length = int.from_bytes(_exactly(wire, _LENGTH), "big")
        most -= length
        if most < 0:
            raise TooMuch(f"{-most} bytes more than were agreed")
        parts.append(_exactly(wire, length))
    return parts


def _exactly(wire: BinaryIO, length: int) -> bytes:
    data = wire.read(length)
    if len(data) < length:
        raise EOFError
    return data
