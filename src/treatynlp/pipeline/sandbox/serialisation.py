"""How values cross the border and how they are kept: a document, a treaty, a coding, as JSON that pydantic judges."""

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from treatynlp.coding.labels import Coding
    from treatynlp.reading.document import Document
    from treatynlp.structure.tree import Treaty

T = TypeVar("T")


def understood(kind: TypeAdapter[T], body: bytes | None) -> T | None:
    """The value in a record; None where there is none, or one of another version that said it differently."""
    try:
        return kind.validate_json(body) if body is not None else None
    except ValidationError:
        return None


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
