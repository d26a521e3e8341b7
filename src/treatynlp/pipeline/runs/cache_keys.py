"""What each piece of work on an instrument rests on, besides its code: when one of these changes it is done again."""

from treatynlp.corpus import Instrument
from treatynlp.pipeline.runs.sources import SourceCopy
from treatynlp.pipeline.steps.people import People

Inputs = tuple[str, ...]


def to_read(source: SourceCopy, instrument: Instrument) -> Inputs:
    """The bytes, the name the document goes by, and the language to keep."""
    return source.sha256, instrument.id, source.declared(instrument).language


def to_split(document: str, source: SourceCopy, instrument: Instrument) -> Inputs:
    """The document, what the registry says of it (which of several bound instruments, how many articles), and what it
    is known by."""
    # Not the whole entry: an address or a scope that is corrected is no reason to split again; title, body and dates
    # are, since the text is held against them.
    declared = source.declared(instrument)
    known_by = instrument.model_dump_json(include={"title", "short_title", "body", "region", "dates"})
    return document, instrument.id, declared.within, declared.language, str(instrument.expect.articles), known_by


def to_code(treaty: str, coder: str, people: People) -> Inputs:
    """The treaty, the hash of codebook, lexicon and model, and what people coded and decided."""
    return treaty, coder, people.digest
