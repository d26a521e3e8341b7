"""What became of one source in a run, as a workspace remembers it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["first", "unchanged", "metadata", "text", "failed", "unusable"]


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What became of one source. `code` says how that is known, or why it failed; `said` is the same in a sentence.

    `first`: had for the first time; `unchanged`; `metadata`: other bytes, every word the same; `text`: other words,
    in `articles` articles; `failed`: not had; `unusable`: had, and refused once it was read.
    """

    id: str
    kind: Kind
    code: str
    said: str = ""
    articles: int = 0
