"""In which encoding bytes are that do not say so."""

from charset_normalizer import from_bytes

LOOKED_AT = 200_000
"""Bytes by which an encoding is guessed: more make the guess slower and no surer."""


def guessed_encoding(data: bytes) -> str:
    """The encoding that the letters suggest; Windows' own Western one where they suggest none."""
    guess = from_bytes(data[:LOOKED_AT]).best()
    return guess.encoding if guess else "cp1252"
