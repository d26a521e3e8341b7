"""Teaching treaties with their words: read from a folder of sources, split, and laid beside what people found."""

from hashlib import sha256
from pathlib import Path

from treatynlp.coding.fictional import Coded
from treatynlp.errors import DataError, issue
from treatynlp.reading import read
from treatynlp.strict_files import gather
from treatynlp.structure import split
from treatynlp.structure.tree import Treaty
from treatynlp.teaching import TeachingTreaty, Use, load_teaching


def taught(sources: Path, use: Use = "teach") -> Coded:
    """The teaching treaties of one use, whose files lie in `sources`, and their labels.

    DataError names every file that is not there, or is another than the one that was coded.
    """
    teaching = load_teaching().of(use)
    treaties, issues = gather(lambda one: _treaty(sources, one), teaching.instruments)
    if issues:
        raise DataError(*issues)
    return tuple(treaties), teaching.topics


def _treaty(sources: Path, one: TeachingTreaty) -> Treaty:
    try:
        data = (sources / one.file).read_bytes()
    except OSError as error:
        raise DataError(issue("teaching-source.missing", one.id, file=one.file, reason=error.strerror)) from None
    # Files of other makers, read without the border of a run: only those that are known to the byte.
    if sha256(data).hexdigest() != one.sha256:
        raise DataError(issue("teaching-source.other", one.id, file=one.file))
    return split(read(data, one.file), one.id)
