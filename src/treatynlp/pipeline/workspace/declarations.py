"""What the registry said of an instrument last: used when its file has become faulty, so that a slip of the pen takes
nothing out of the release."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from pydantic import ValidationError

from treatynlp import store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import Issue, issue
from treatynlp.store import Workspace


def remember_declared(workspace: Workspace, corpus: Corpus, series: str) -> None:
    """Keep every instrument as it is declared now."""
    for instrument in corpus.instruments:
        # Without what is default: fewer records name a field that a later version may drop.
        body = instrument.model_dump_json(exclude_defaults=True).encode()
        store.entrust(workspace, f"declared-{series}", instrument.id, body)


def as_declared_last(workspace: Workspace, corpus: Corpus, series: str) -> tuple[Corpus, tuple[Issue, ...]]:
    """The corpus with its faulty instruments as they were declared last, and a row for each of them."""
    there = {instrument.id for instrument in corpus.instruments}
    found = [_recalled(workspace, series, ident) for ident in _faulty(corpus) if ident not in there]
    kept = [instrument for instrument in found if instrument]
    if not kept:
        return corpus, ()
    rows = tuple(issue("registry-kept", instrument.id) for instrument in kept)
    ordered = sorted((*corpus.instruments, *kept), key=lambda instrument: instrument.id)
    return replace(corpus, instruments=tuple(ordered)), rows


def _faulty(corpus: Corpus) -> list[str]:
    """The ids of the instruments whose files have errors, by the rows that name the file."""
    files = (issue.where.partition(":")[0] for issue in corpus.issues if issue.level == "error")
    return list(dict.fromkeys(PurePosixPath(file).stem for file in files if file.startswith("instruments/")))


def declared_last(workspace: Workspace, series: Iterable[str], ident: str) -> Instrument | None:
    """An instrument as some series of runs declared it last; None where none did."""
    return next(filter(None, (_recalled(workspace, one, ident) for one in series)), None)


def _recalled(workspace: Workspace, series: str, ident: str) -> Instrument | None:
    body = store.recall_record(workspace, f"declared-{series}", ident)
    try:
        return Instrument.model_validate_json(body) if body else None
    except ValidationError:  # kept by an earlier version that asked for less
        return None
