"""How values cross the border and how they are kept: JSON under its hash, judged by pydantic, the same on both sides.

What one process made and the other has checked once is not written down and checked again: it is named by its hash
(`Parcel`), and its bytes travel only to a process that does not hold it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from treatynlp.registry import Instrument
from treatynlp.text import Box

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.pipeline.steps.people import People
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

FAMILIES, BOXES = TypeAdapter(dict[str, str]), TypeAdapter(list[Box])
INSTRUMENT = TypeAdapter(Instrument)
REGISTRY = TypeAdapter(tuple[Instrument, ...])
T = TypeVar("T")
_REGISTRIES: "dict[int, tuple[tuple[Instrument, ...], Parcel]]" = {}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A value named by the hash of its JSON; `load` gives the JSON to whoever does not hold the value yet. One that is
    `lasting` is asked for with one document after the other (a registry), and is held as long as the process lives."""

    digest: str
    load: Callable[[], bytes]
    lasting: bool = False

    @classmethod
    def of(cls, data: bytes, lasting: bool = False) -> "Parcel":
        return cls(sha256(data).hexdigest(), lambda: data, lasting)


@dataclass(frozen=True, slots=True)
class Arrived(Generic[T]):
    """A value that came from the other process, checked, and the bytes it came as: those are kept, as they are."""

    value: T
    data: bytes

    @property
    def parcel(self) -> Parcel:
        return Parcel.of(self.data)


def registry_parcel(registry: tuple[Instrument, ...]) -> Parcel:
    """The instruments that references may mean, ready to be sent. It is the same for every instrument of a run, and is
    written down once."""
    # By identity, and one at a time: hashing some hundred instruments takes as long as writing them down.
    known = _REGISTRIES.get(id(registry))
    if known is None or known[0] is not registry:
        known = (registry, Parcel.of(REGISTRY.dump_json(registry, exclude_defaults=True), lasting=True))
        _REGISTRIES.clear()
        _REGISTRIES[id(registry)] = known
    return known[1]


def parcel_of(kind: TypeAdapter[Any], value: object, lasting: bool = False) -> Parcel:
    """A value of this side, ready to be sent."""
    return Parcel.of(kind.dump_json(value), lasting)


def understood(kind: TypeAdapter[T], body: bytes | None) -> T | None:
    """The value in a record; None where there is none, or one of another version that said it differently."""
    try:
        return kind.validate_json(body) if body is not None else None
    except ValidationError:
        return None


# Here and below late: `status` and `prune` ask this module for records, and need none of these packages.
@cache
def documents() -> "TypeAdapter[Document]":
    from treatynlp.reading.document import Document

    return TypeAdapter(Document)


@cache
def treaties() -> "TypeAdapter[Treaty]":
    from treatynlp.structure.tree import Treaty

    return TypeAdapter(Treaty)


@cache
def codings() -> "TypeAdapter[Coding]":
    from treatynlp.coding.labels import Coding

    return TypeAdapter(Coding)


@cache
def people_kind() -> "TypeAdapter[People]":
    from treatynlp.pipeline.steps.people import People

    return TypeAdapter(People)
