"""What a server compressed, unpacked again: in bounds, and to its very end.

Compressed bytes say themselves where they end. An answer that stops before, or goes on behind with what is no further
part of it, has lost something on the way, even where its stated length is right.

>>> unpacker = unpacking("")
>>> unpacker.unpack(b"Article 1", 100), unpacker.finish()
(b'Article 1', None)
"""

import zlib
from typing import Protocol

from treatynlp.reading.fetch_types import refused

_NAME = 40
"""Letters of a server's words that a message repeats."""
_DEFLATE, _CHECK = zlib.DEFLATED, 31
"""How a wrapping (RFC 1950) begins: its method in the low half of the first byte, and two bytes that 31 divides."""
_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS


class Unpacker(Protocol):
    """Undoes a content encoding piece by piece."""

    def unpack(self, chunk: bytes, room: int) -> bytes:
        """What the next bytes unpack to, `room` bytes of it at most."""

    def finish(self) -> None:
        """Refused when the end of what was packed has not come."""


def unpacking(encoding: str) -> Unpacker:
    """How to undo a content encoding; one at most, and none but those that were asked for."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name not in ("gzip", "x-gzip", "deflate"):
        raise refused("source-encoding.unasked", encoding=encoding[:_NAME])
    return _Inflating(deflate=name == "deflate")


class _Plain:
    def unpack(self, chunk: bytes, room: int) -> bytes:
        return chunk

    def finish(self) -> None:
        return None


class _Inflating:
    """gzip in one or more members, as its standard allows; deflate with the wrapping that its standard asks for, and
    without it, as many servers send it."""

    def __init__(self, deflate: bool) -> None:
        self.deflate, self.waiting = deflate, b""
        self.inflater: zlib._Decompress | None = None

    def unpack(self, chunk: bytes, room: int) -> bytes:
        self.waiting += chunk
        data = bytearray()
        while self.waiting and room > len(data) and self._ready():
            data += self._some(room - len(data))
        return bytes(data)

    def _ready(self) -> bool:
        """Whether there is something to unpack with what has come."""
        if self.inflater and self.inflater.eof:
            if not self.waiting.strip(b"\0"):  # a last block is filled up with noughts
                self.waiting = b""
                return False
            if self.deflate:
                raise refused("source-encoding.more")
            self.inflater = None
        if self.inflater is None:
            if self.deflate and len(self.waiting) < 2:
                return False
            self.inflater = zlib.decompressobj(wbits=self._form())
        return True

    def _form(self) -> int:
        if not self.deflate:
            return _GZIP
        first, second = self.waiting[:2]
        return _ZLIB if first & 0xF == _DEFLATE and (first << 8 | second) % _CHECK == 0 else _RAW

    def _some(self, room: int) -> bytes:
        assert self.inflater is not None
        try:
            data = self.inflater.decompress(self.waiting, room)
        except zlib.error as error:
            raise refused("source-encoding.broken") from error
        self.waiting = self.inflater.unused_data if self.inflater.eof else self.inflater.unconsumed_tail
        return data

    def finish(self) -> None:
        if self.waiting.strip(b"\0") or not (self.inflater and self.inflater.eof):
            raise refused("source-truncated.packed", True)
