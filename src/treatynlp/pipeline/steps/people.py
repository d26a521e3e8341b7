"""What people wrote about one instrument."""

from dataclasses import dataclass
from hashlib import sha256

from treatynlp.corpus import Corpus, GoldAttribute, GoldTopic, Override


@dataclass(frozen=True, slots=True)
class People:
    """What people wrote about one instrument: gold labels and attributes, and decisions on the machine's labels."""

    topics: tuple[GoldTopic, ...] = ()
    attributes: tuple[GoldAttribute, ...] = ()
    overrides: tuple[Override, ...] = ()

    @classmethod
    def of(cls, corpus: Corpus, ident: str) -> "People":
        return cls(
            tuple(row for row in corpus.topics if row.instrument == ident),
            tuple(row for row in corpus.attributes if row.instrument == ident),
            tuple(row for row in corpus.overrides if row.instrument == ident),
        )

    @property
    def digest(self) -> str:
        # Whole rows, with reason and reviewer: cheaper than to say which of them can change a coding, and never too
        # little.
        rows = (row.model_dump_json() for row in (*self.topics, *self.attributes, *self.overrides))
        return sha256("\n".join(rows).encode()).hexdigest()
