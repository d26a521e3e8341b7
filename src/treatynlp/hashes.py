"""Hashes in two lengths: one by which things are told apart, one that people are shown.

>>> fingerprint("lamp"), abridged(fingerprint("lamp"))
('c98e85f249002f03', 'c98e85f24900')
"""

from hashlib import sha256

TOLD_APART = 16
"""Hexadecimal digits of a fingerprint: 64 bits, of which no corpus has so many things that two share one by chance."""
SHOWN = 12
"""Digits of a hash in messages and on pages, where people compare two at a glance; the whole stands in the files."""


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that change when the text does."""
    return sha256(text.encode()).hexdigest()[:TOLD_APART]


def abridged(digest: str) -> str:
    """A hash as people are shown it."""
    return digest[:SHOWN]
